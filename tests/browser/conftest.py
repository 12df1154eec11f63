"""Real pages of the real server in Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import chromium
from tests.browser.pages import DESKS, Seen
from tests.processes.conftest import furnished_file, serve, sqlite_house, warm
from tests.processes.server import House, Server

__all__ = ["furnished_file", "serve", "sqlite_house", "warm"]

SIZES = {
    "chair": (1440, 900),
    "secretary": (1440, 900),
    "rapporteur": (1440, 900),
    "secretariat": (1440, 900),
    "interpreter": (1366, 768),
    "display": (1920, 1080),
    "wall": (1920, 1080),
    "delegation": (390, 844),
}
PATIENCE_MS = 30_000
SENT_WHOLE = ("./cards", "./paper")
"""Pages that no script of theirs draws."""

expect.set_options(timeout=PATIENCE_MS)

OpenPage = Callable[..., Page]
Enter = Callable[..., Page]
EnterDesk = Callable[..., Page]
Look = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for all that a process of the tests does."""
    with chromium() as started:
        yield started


@pytest.fixture
def server(sqlite_house: House, serve: Callable[..., Server]) -> Server:
    """A server of its own, with a demonstration whose limits are a few seconds."""
    return serve(sqlite_house)


@pytest.fixture(scope="module")
def shared_server(
    tmp_path_factory: pytest.TempPathFactory, furnished_file: House, warm: Path
) -> Iterator[Server]:
    """One server for all tests of a module that change nothing which another would see."""
    server = Server(
        furnished_file.copied_to(tmp_path_factory.mktemp("shared") / "house"), warm=warm
    )
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log, server.log


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Open an address on a device of its own: `open_page(kind, address)`; any fault on it fails.

    With `link` and `language` it has entered by that before; then "." is its own screen, and an
    address that begins with a dot is below its seat's. With `watched` it is a fault, too, to ask
    anybody else for anything: it takes a tenth of the time, so not everywhere.
    """
    contexts = []
    faults: list[str] = []

    def opened(
        kind: str,
        address: str,
        link: str | None = None,
        language: str = "en",
        *,
        watched: bool = False,
        **options: object,
    ) -> Page:
        width, height = SIZES.get(kind, SIZES["delegation"])
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{kind}: {error}"))
        if watched:
            page.on("request", lambda asked: _only_ours(asked.url, server, faults))
        if link is not None:
            entered = context.request.post(
                server.url + link, form={"lang": language}, max_redirects=0
            )
            address = _below(entered.headers["location"], address)
        page.goto(server.url + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def enter(open_page: OpenPage, server: Server) -> Enter:
    """Enter by a link as one device: `enter(role, subject, language)`.

    With `at` ("./record") it has come to another page than the seat's own screen.
    """

    def entered(
        role: str,
        subject: str | None = None,
        language: str = "en",
        at: str = ".",
        **options: object,
    ) -> Page:
        link = server.house.seat(role, subject)["link"]
        page = open_page(role, at, link, language, **options)
        if not at.startswith(SENT_WHOLE):
            page.wait_for_selector("html[data-ready]")
        return page

    return entered


@pytest.fixture
def enter_desk(open_page: OpenPage, server: Server) -> EnterDesk:
    """Enter a desk of the installation: `enter_desk(kind, language)`."""

    def entered(desk: str, language: str = "en", **options: object) -> Page:
        link = server.house.demonstration["desks"][desk]
        page = open_page(desk, ".", link, language, **options)
        page.wait_for_selector("html[data-ready]" if desk == "wall" else ".office")
        return page

    return entered


@pytest.fixture
def look(open_page: OpenPage, enter: Enter, enter_desk: EnterDesk, server: Server) -> Look:
    """Come to a page of the table of pages, as one device: `look(seen, language)`."""

    def looked(seen: Seen, language: str = "en", **options: object) -> Page:
        if seen.by is None:
            mark = "&" if "?" in seen.path else "?"
            page = open_page("anybody", f"{seen.path}{mark}lang={language}", **options)
        elif seen.path == "." and seen.by in DESKS:
            page = enter_desk(seen.by, language, **options)
        elif seen.path == ".":
            page = enter(seen.by, None, language, **options)
        else:
            desks = server.house.demonstration["desks"]
            link = desks[seen.by] if seen.by in DESKS else server.house.seat(seen.by)["link"]
            page = open_page(seen.by, seen.path, link, language, **options)
            page.wait_for_load_state("networkidle")
        if seen.prepare is not None:
            seen.prepare(page)
        return page

    return looked


def _below(screen: str, address: str) -> str:
    """Where an address leads from somebody's own screen."""
    if address == ".":
        return screen
    # A rapporteur's own screen is the record: the seat's address stands before that.
    seat = "/".join(screen.split("/")[:3])
    return seat + address[1:] if address.startswith(".") else address


def _only_ours(url: str, server: Server, faults: list[str]) -> None:
    ours = (server.url, server.url.replace("http", "ws", 1), "data:", "blob:")
    if not url.startswith(ours):
        faults.append(f"asked for {url}")
