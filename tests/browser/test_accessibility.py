"""Every screen in its languages, light and dark: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from moderator.web.language import OFFERED
from tests.browser.conftest import Enter, EnterDesk
from tests.processes.clients import Client
from tests.processes.server import House, Server

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
WAITING = ("MX", "BO", "GB", "DZ", "NG", "VA", "EU", "UNODC", "CD", "KP", "FM", "TH")
ROLES = ("chair", "delegation", "display", "rapporteur", "assistant", "follower")
OF_THE_HALL = ("delegation", "display")
MEDIA: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"contrast": "more"},
    {"color_scheme": "light"},
    {"contrast": "no-preference", "forced_colors": "active"},
)
"""Each on top of those before: light, dark, more contrast on both sides, forced colours."""

NARROW: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, furnished_file: House) -> Iterator[Server]:
    """One server for all: Panel I goes on, the clock of who has the floor stands, others wait."""
    house = furnished_file.copied_to(tmp_path_factory.mktemp("accessible") / "house")
    server = Server(house)
    server.start()
    chair = Client(server, "chair")
    chair.do("open-dialogue")
    chair.do("begin-segment", segment="s2", holder=None)
    chair.do("open-list", segment="s2")
    for code in WAITING:
        chair.do("request-floor", segment="s2", delegation=code)
    first, *_ = chair.view()["view"]["list"]["entries"]
    chair.do("give-floor", holder=None, request=first["id"])
    chair.do("stop-clock", holder=first["id"])
    chair.close()
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("role", "language"),
    [
        *((role, language) for role in ROLES for language in ("en", "ar")),
        *((role, language) for role in OF_THE_HALL for language in ("es", "fr", "ru", "zh")),
        ("chair", "fr"),
        ("chair", "zh"),
    ],
)
def test_axe_finds_nothing_on_any_screen(enter: Enter, role: str, language: str) -> None:
    # Colours must not be judged while they change.
    page = enter(role, language=language, reduced_motion="reduce")

    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/record", "/paper"])
def test_axe_finds_nothing_on_the_record_and_on_paper(
    enter: Enter, path: str, language: str
) -> None:
    page = enter("secretary", language=language, reduced_motion="reduce")
    page.goto(page.url + path)
    if path == "/record":
        page.wait_for_selector("html[data-ready]")
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")

    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_the_summary_while_it_is_written(
    enter: Enter, server: Server, language: str
) -> None:
    chair = Client(server, "chair")
    (turn,) = [chair.view()["view"]["floor"]["id"]]
    note = {"segment": "s2", "intervention": turn, "theme": "t1", "text": "Shelters are closing"}
    assert chair._answer("PUT", f"notes/note-{language}-1", note).status == 200
    named = {"base": 0, "text": "Many delegations, and Chad, agreed on […].", "after": None}
    chair._answer("PUT", "summary/s2.chairs", named)
    chair._answer("PUT", "summary/s2.discussion", {"base": 0, "text": None, "after": None})
    chair.close()
    page = enter("rapporteur", language=language, reduced_motion="reduce")
    page.goto(page.url.replace("/record", "/summary"))
    page.locator(".quant").first.click()
    page.locator('[data-key="s2.t1.points"] .no button').click()
    page.wait_for_selector("#editor")

    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/links", "/cards?search=NG,MX,GB", "/cards?format=badge&of=EEG"])
def test_axe_finds_nothing_on_the_pages_of_the_secretariat(
    enter: Enter, server: Server, path: str, language: str
) -> None:
    page = enter("secretary", language=language, reduced_motion="reduce")
    enter("delegation", "NG")
    page.goto(page.url + path)
    if path == "/links":
        _open_and_choose_some_links(page, server)

    for media in MEDIA:
        page.emulate_media(**media)
        assert faults(page) == [], media
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    if path == "/links":
        page.locator(".row [data-col=again]").first.click()
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def _open_and_choose_some_links(page: Page, server: Server) -> None:
    """One is revoked, one is open with its device, one is chosen."""
    chair = Client(server, "chair")
    chair.revoke_link("delegation", "ZW")
    chair.close()
    page.click("#update")
    expect(page.locator(".revoked")).to_have_count(1)
    page.fill("#find", "NG")
    page.locator(".row .devices").first.click()
    expect(page.locator(".entered li")).not_to_have_count(0)
    page.fill("#find", "")
    page.locator(".row .tick").first.click()


@pytest.mark.parametrize("language", OFFERED)
def test_axe_finds_nothing_on_the_way_in(enter: Enter, server: Server, language: str) -> None:
    page = enter("follower", language=language)
    link = server.house.seat("delegation", "GB")["link"]
    page.set_viewport_size(NARROW)

    desks = server.house.demonstration["desks"].values()
    for path in ("/", "/join", "/l/unknown", link, *desks):
        page.goto(server.url + path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("desk", ["secretariat", "wall"])
def test_axe_finds_nothing_at_the_desks(
    enter_desk: EnterDesk, server: Server, desk: str, language: str
) -> None:
    page = enter_desk(desk, language, reduced_motion="reduce")
    if desk == "secretariat":
        page.locator("summary").first.click()
        page.fill("textarea", "title: x\ndate: tomorrow\n")
        page.locator(".new button").click()
        page.wait_for_selector("[role=alert]")

    assert_good(page)
    page.goto(server.url)
    assert_good(page)


def assert_good(page: Page) -> None:
    """Axe finds nothing by day and by night, and nothing scrolls sideways on a narrow phone."""
    before = page.viewport_size
    assert before is not None
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page) == [], (page.url, scheme)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(before)


def faults(page: Page) -> list[dict[str, Any]]:
    """What axe finds on a page: rule and the elements that break it."""
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then((result) => result.violations)")
    return [
        {"rule": fault["id"], "at": [node["target"] for node in fault["nodes"]]}
        for fault in violations
    ]
