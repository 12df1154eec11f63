"""With nobody on the list, with one, with many, with the longest names: nothing is cut."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter
from tests.browser.crowds import CROWDS, crowd
from tests.browser.test_display import fits
from tests.processes.server import House, Server

LOOKED_AT: Mapping[str, tuple[tuple[int, int], ...]] = {
    "chair": ((1440, 900), (1024, 768), (832, 900), (544, 900)),
    "delegation": ((390, 844), (320, 640)),
    "display": ((1920, 1080), (1280, 720), (1024, 768)),
}
SIDES = {"en": "light", "ar": "dark"}
NO_PAGE_SCROLL = (1440, 900)

# Names, titles and sentences of which a part is not seen.
CUT = """() => {
  const texts = document.querySelectorAll("h1, h2, strong, small, p, li, td, dd, button, .name");
  const seen = [...texts].filter(
    (text) => text.checkVisibility() && !text.closest(".hidden, .day")
  );
  const cut = seen.filter((text) => {
    const { display, overflowX } = getComputedStyle(text);
    if (display === "inline") return false;
    const wide = text.scrollWidth > text.clientWidth + 1;
    const high = overflowX !== "visible" && text.scrollHeight > text.clientHeight + 1;
    return text.clientWidth > 0 && (wide || high);
  });
  return cut.map((text) => `${text.localName}.${text.className}: ${text.textContent.trim()}`);
}"""


@pytest.fixture(scope="module")
def halls(
    tmp_path_factory: pytest.TempPathFactory, furnished_file: House, warm: Path
) -> Iterator[Callable[[int], Server]]:
    """A server for a hall with so many requests; each is made once."""
    servers: dict[int, Server] = {}

    def hall(waiting: int) -> Server:
        if waiting not in servers:
            place = tmp_path_factory.mktemp("crowd") / "house"
            server = servers[waiting] = Server(furnished_file.copied_to(place), warm=warm)
            server.start()
            crowd(server, waiting, holder=waiting > 0).close()
        return servers[waiting]

    yield hall
    for server in servers.values():
        server.stop()


@pytest.fixture(params=CROWDS)
def waiting(request: pytest.FixtureRequest) -> int:
    """How many wait."""
    return int(request.param)


@pytest.fixture
def server(waiting: int, halls: Callable[[int], Server]) -> Server:
    """The server of the hall in which so many wait."""
    return halls(waiting)


@pytest.mark.parametrize("language", SIDES)
@pytest.mark.parametrize("role", LOOKED_AT)
def test_every_screen_holds_every_crowd(
    enter: Enter, waiting: int, role: str, language: str
) -> None:
    subject = "MX" if role == "delegation" else None
    screen = enter(role, subject, language, color_scheme=SIDES[language])
    if role == "chair":
        expect(screen.locator(".entry")).to_have_count(waiting)
        expect(screen.locator(".balance")).to_have_count(1)
    if role == "display" and waiting:
        expect(screen.locator(".queue li").first).to_be_visible()

    for width, height in LOOKED_AT[role]:
        screen.set_viewport_size(ViewportSize(width=width, height=height))
        settle(screen)
        across, down = screen.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        assert across <= width
        assert screen.evaluate(CUT) == [], (width, height)
        if (width, height) == NO_PAGE_SCROLL or role == "display":
            assert down <= height
        if role == "chair" and (width, height) == NO_PAGE_SCROLL:
            assert screen.evaluate(
                "(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)"
                "(document.querySelector('.side'))"
            )
    if role == "display" and waiting:
        fits(screen)


def settle(page: Page) -> None:
    """Wait until the page is drawn in its size with all its letters."""
    page.evaluate(
        """document.fonts.ready.then(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        )"""
    )
