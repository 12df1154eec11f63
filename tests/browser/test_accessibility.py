"""Every page however it is drawn: axe finds nothing, nothing scrolls sideways, HTML is valid."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from moderator.web.language import OFFERED
from tests.browser.conftest import Enter, Look, OpenPage
from tests.browser.pages import LANGUAGES, PAGES, Seen
from tests.processes.clients import Client
from tests.processes.server import Server

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
WAITING = ("MX", "BO", "GB", "DZ", "NG", "VA", "EU", "UNODC", "CD", "KP", "FM", "TH")
NARROW: ViewportSize = {"width": 320, "height": 640}

DRAWN: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference"},
    {"color_scheme": "light", "contrast": "more"},
    {"color_scheme": "dark", "contrast": "more"},
    {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "active"},
)
"""As the device asks for it: its side, more contrast, and colours of its own."""

COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe that look at colours; these are the same in every language."""

VNU = Path(__file__).resolve().parents[2] / "node_modules/vnu-jar/build/dist/vnu.jar"
QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-Xss8m")
"""Half of the time went into making fast what ran only once; this way takes more of the stack."""


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    """One server for all: Panel I goes on, the clock of who has the floor stands, others wait."""
    chair = Client(shared_server, "chair")
    chair.do("open-dialogue")
    chair.do("begin-segment", segment="s2", holder=None)
    chair.do("open-list", segment="s2")
    for code in WAITING:
        chair.do("request-floor", segment="s2", delegation=code)
    first, *_ = chair.view()["view"]["list"]["entries"]
    chair.do("give-floor", holder=None, request=first["id"])
    chair.do("stop-clock", holder=first["id"])
    chair.close()
    return shared_server


@pytest.fixture(scope="module")
def as_html(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for pages, whose HTML is valid: it is read at the end, as Java starts slowly."""
    folder = tmp_path_factory.mktemp("html")
    yield folder
    java = shutil.which("java")
    assert java is not None, "scripts/setup.sh --test installs it"
    pages = map(str, sorted(folder.glob("*.html")))
    done = subprocess.run(
        [java, *QUICK_JAVA, "-jar", str(VNU), "--format", "gnu", *pages],
        capture_output=True,
        text=True,
    )
    said = done.stderr.replace(f"file:{folder}/", "")
    assert done.returncode == 0, said


@pytest.mark.story(49)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_axe_finds_nothing_on_any_page_and_its_html_is_valid(
    look: Look, seen: Seen, language: str, as_html: Path
) -> None:
    # Colours must not be judged while they change.
    page = look(seen, language, watched=True, reduced_motion="reduce")
    keep_html(page, as_html, f"{PAGES.index(seen)} {seen} {language}")
    assert_good(page, DRAWN)


def test_axe_finds_nothing_on_the_links_of_the_desks(open_page: OpenPage, server: Server) -> None:
    for address in server.house.demonstration["desks"].values():
        assert_good(open_page("secretariat", address, reduced_motion="reduce"))


@pytest.mark.parametrize("language", LANGUAGES)
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
    page = enter("rapporteur", language=language, at="./summary", reduced_motion="reduce")
    page.locator(".quant").first.click()
    page.locator('[data-key="s2.t1.points"] .no button').click()
    page.wait_for_selector("#editor")

    assert_good(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_the_links_while_they_are_looked_after(
    enter: Enter, server: Server, language: str
) -> None:
    enter("delegation", "NG")
    page = enter("secretary", language=language, at="./links", reduced_motion="reduce")
    _open_and_choose_some_links(page, server)
    assert_good(page)

    page.locator(".row [data-col=again]").first.click()
    assert_good(page)


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
def test_axe_finds_nothing_on_the_way_in(
    open_page: OpenPage, server: Server, language: str
) -> None:
    link = server.house.seat("delegation", "GB")["link"]
    for path in ("/", "/join", link):
        assert_good(open_page("delegation", f"{path}?lang={language}", reduced_motion="reduce"))


def assert_good(page: Page, ways: Sequence[dict[str, Any]] = DRAWN[:2]) -> None:
    """Axe finds nothing, in English in all these ways; and nothing scrolls sideways on a phone."""
    before = page.viewport_size
    assert before is not None
    in_english = page.evaluate("document.documentElement.lang") == "en"
    for drawn in ways if in_english else ():
        page.emulate_media(**drawn)
        assert faults(page, _rules(drawn)) == [], (page.url, drawn)
    if not in_english:
        no_colours = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
        assert faults(page, no_colours) == [], page.url
    page.emulate_media(**DRAWN[0])
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(before)


def _rules(drawn: dict[str, Any]) -> dict[str, Any]:
    """What axe looks for: everything at first, and of another side what its colours change."""
    if drawn == DRAWN[0]:
        return {}
    return {"runOnly": {"type": "rule", "values": COLOURS}}


def faults(page: Page, rules: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What axe finds on a page: rule and the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    asked = {"resultTypes": ["violations"], **(rules or {})}
    violations = page.evaluate("(asked) => axe.run(asked).then((told) => told.violations)", asked)
    return [
        {"rule": fault["id"], "at": [node["target"] for node in fault["nodes"]]}
        for fault in violations
    ]


def keep_html(page: Page, folder: Path, about: str) -> None:
    """A page as the server sends it, and as the scripts have drawn it."""
    name = "".join(letter if letter.isalnum() else "-" for letter in about)
    sent = page.request.get(page.url, fail_on_status_code=False).text()
    (folder / f"{name}-sent.html").write_text(sent)
    drawn = page.evaluate("document.documentElement.outerHTML")
    (folder / f"{name}-drawn.html").write_text(f"<!doctype html>{drawn}")
