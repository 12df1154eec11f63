"""Every screen, in both languages, light and dark: axe finds nothing, nothing scrolls sideways."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Enter
from tests.processes.server import Server

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
ROLES = ("chair", "delegation", "display", "rapporteur", "assistant", "follower")
NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_any_screen(
    enter: Enter, meeting: None, language: str, colours: str
) -> None:
    found = {}
    for role in ROLES:
        page = enter(role, language=language, color_scheme=colours)
        found[role] = faults(page)
    assert not any(found.values()), found


@pytest.mark.parametrize("path", ["/", "/join", "/l/unknown"])
def test_axe_finds_nothing_on_the_way_in(enter: Enter, server: Server, path: str) -> None:
    page = enter("follower")
    page.goto(server.url + path)

    assert faults(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(
    enter: Enter, meeting: None, language: str
) -> None:
    for role in ROLES:
        page = enter(role, language=language)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], (role, wide)


def faults(page: Page) -> list[dict[str, Any]]:
    """What axe finds on a page: rule and the elements that break it."""
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then((result) => result.violations)")
    return [
        {"rule": fault["id"], "at": [node["target"] for node in fault["nodes"]]}
        for fault in violations
    ]
