"""The first load of a phone and of the display: how heavy it is, and what it waits for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from moderator.web.language import OFFERED
from tests.browser.chromium import until
from tests.browser.conftest import Enter
from tests.processes.server import Server

HEAVIEST = 60_000
"""Bytes, compressed, without fonts: a crowded network brings that much in a second or two."""

WHAT_LATER = ("/fonts/", "/flags/")

PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length === 1"


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    """One server for all: nobody changes anything."""
    return shared_server


@dataclass
class Traffic:
    """What came over the network: of each request the address, and the size of its answer."""

    paths: dict[str, str] = field(default_factory=dict)
    heads: dict[str, tuple[int, int]] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)

    def asked(self, event: dict[str, Any]) -> None:
        """A request was sent."""
        self.paths[event["requestId"]] = event["request"]["url"]

    def answered(self, event: dict[str, Any]) -> None:
        """The head of an answer came."""
        response = event["response"]
        self.heads[event["requestId"]] = (response["status"], response["encodedDataLength"])

    def finished(self, event: dict[str, Any]) -> None:
        """All of an answer came."""
        _, head = self.heads[event["requestId"]]
        self.bodies[self.paths[event["requestId"]]] = int(event["encodedDataLength"]) - head

    @property
    def weight(self) -> int:
        """Bytes of all bodies, without what comes after the first paint."""
        return sum(
            size
            for path, size in self.bodies.items()
            if not any(part in path for part in WHAT_LATER)
        )


@pytest.mark.parametrize("language", OFFERED)
@pytest.mark.parametrize(("role", "subject"), [("delegation", "MX"), ("display", None)])
def test_the_first_load_is_light_and_the_second_lighter(
    enter: Enter, browser: Browser, role: str, subject: str | None, language: str
) -> None:
    with fresh(browser, enter(role, subject, language)) as (page, url):
        first = load(page, url)
        second = load(page, url)

    assert any("socket.io.js" in path for path in first.bodies)
    assert first.weight <= HEAVIEST, first.bodies
    changed = {path for path, size in second.bodies.items() if size > 0}
    assert all(path == url or path.endswith("/view") for path in changed), changed


def test_a_phone_shows_its_words_before_the_fonts_have_come(enter: Enter, browser: Browser) -> None:
    held: list[Route] = []
    with fresh(browser, enter("delegation", "MX", "ar")) as (page, url):
        page.route("**/fonts/**", lambda route: held.append(route))
        with page.expect_request("**/fonts/**"):
            page.goto(url, wait_until="commit")
        page.wait_for_selector("html[data-ready]")
        until(page, PAINTED)
        assert held
        for route in held:
            route.abort()


def test_a_flag_is_asked_for_once_the_words_are_there(enter: Enter, browser: Browser) -> None:
    held: list[Route] = []
    with fresh(browser, enter("delegation", "MX", "fr")) as (page, url):
        page.route("**/flags/**", lambda route: held.append(route))
        with page.expect_request("**/flags/**"):
            page.goto(url, wait_until="commit")
        page.wait_for_selector("html[data-ready]")
        until(page, PAINTED)
        expect(page.locator("h1")).to_contain_text("dialogue")
        assert [route.request.url.partition("/flags/")[2].partition("?")[0] for route in held] == [
            "mx.svg"
        ]
        for route in held:
            route.abort()


MEASURES = "CanvasRenderingContext2D.prototype.measureText = () => ({ width: WIDTH });"
"""A device that has no Chinese draws a narrow box for every sign; one that has it, a square."""


@pytest.mark.parametrize(
    ("language", "knows_it", "brought"),
    [
        ("zh", False, True),
        ("zh", True, False),
        ("fr", False, False),
    ],
)
def test_the_font_for_chinese_comes_slice_by_slice_to_whoever_has_none(
    enter: Enter, browser: Browser, language: str, knows_it: bool, brought: bool
) -> None:
    with fresh(browser, enter("display", None, language)) as (page, url):
        page.add_init_script(MEASURES.replace("WIDTH", "100" if knows_it else "60"))
        traffic = load(page, url)
        slices = [path for path in traffic.bodies if "/noto-sans-sc-" in path]

    assert any(path.endswith("/noto-sans-sc.css") for path in traffic.bodies) is brought
    assert bool(slices) is brought
    assert len(slices) < 40, "all of it is some four megabytes"


@contextmanager
def fresh(browser: Browser, entered: Page) -> Iterator[tuple[Page, str]]:
    """The same seat in a browser that has kept nothing but its cookie; and where its page is."""
    context = browser.new_context(storage_state=entered.context.storage_state())
    try:
        yield context.new_page(), entered.url
    finally:
        context.close()


def load(page: Page, url: str) -> Traffic:
    """Open the page, and wait until it shows the meeting and asks for nothing more."""
    traffic = Traffic()
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", traffic.asked)
    network.on("Network.responseReceived", traffic.answered)
    network.on("Network.loadingFinished", traffic.finished)
    network.send("Network.enable")
    page.goto(url)
    page.wait_for_selector("html[data-ready]")
    # The network may have been idle before the view came, which asks for fonts of its own.
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    page.wait_for_load_state("networkidle")
    network.detach()
    return traffic
