"""The interactive dialogue of 3 April 2012 on five screens, from the first gavel to the record."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import deadlines_agree
from tests.browser.conftest import Enter
from tests.processes.server import House, set_up

SECONDS = 6


@pytest.fixture
def sqlite_house(tmp_path: Path) -> House:
    """A demonstration whose limits are so short that the test can wait for them."""
    return set_up(tmp_path / "house", seconds=SECONDS)


@pytest.fixture
def hall(enter: Enter) -> dict[str, Page]:
    """Chair, display and three phones, one of them in Arabic."""
    return {
        "chair": enter("chair", "p01", watched=True),
        "display": enter("display", watched=True),
        "MX": enter("delegation", "MX", watched=True),
        "DZ": enter("delegation", "DZ", "ar", watched=True),
        "NG": enter("delegation", "NG", watched=True),
    }


@pytest.mark.story(6)
@pytest.mark.story(22)
@pytest.mark.story(32)
def test_five_screens_run_a_dialogue_from_opening_to_record(hall: dict[str, Page]) -> None:
    chair, display, mexico, algeria, nigeria = hall.values()

    next_action(chair, "Open the dialogue")
    next_action(chair, "Opening remarks")
    next_until(chair, "Interactive Panel Discussion I")
    next_action(chair, "Interactive Panel Discussion I")
    next_until(chair, "Open the")
    next_action(chair, "Open the")

    for place, phone in enumerate((mexico, algeria, nigeria), start=1):
        phone.locator("nav .primary").click()
        expect(chair.locator(".entry")).to_have_count(place)
    expect(nigeria.get_by_role("heading", level=1)).to_have_text("You are third")
    expect(algeria.get_by_role("heading", level=1)).to_have_text("أنت الثاني")

    next_action(chair, "Mexico")
    expect(display.get_by_role("heading", level=1)).to_have_text("Mexico")
    deadlines_agree(*hall.values())

    expect(display.locator("main")).to_have_attribute("data-state", "time")
    expect(chair.locator(".floor")).not_to_have_attribute("data-state", "speaking")
    assert turns(chair)[-1]["outcome"] == "time-expired"
    assert turns(chair)[-1]["used"] == SECONDS * 1_000

    # Not before the chair's screen knows that the floor is free: it says whom it saw there.
    expect(chair.locator("#next")).to_contain_text("Give the floor to")
    next_action(chair, "Algeria")
    expect(display.get_by_role("heading", level=1)).to_have_text("Algeria")
    expect(algeria.locator("[data-deadline-local]")).to_have_count(1)
    algeria.locator("nav .primary").click()
    expect(chair.locator("#next")).to_contain_text("Give the floor to")

    next_action(chair, "Nigeria")
    expect(nigeria.locator("[data-deadline-local]")).to_have_count(1)
    next_until(chair, "Close the dialogue")
    next_action(chair, "Close the dialogue")
    expect(display.locator("main")).to_have_attribute("data-state", "closed")

    record = turns(chair)
    spoken = [turn["delegation"] for turn in record if turn["delegation"]]
    assert spoken == ["MX", "DZ", "NG"]
    assert sum(1 for turn in record if turn["person"]) == 16
    assert "Mexico" in summary(chair)


def next_words(chair: Page) -> str:
    """What the chair's one next action says."""
    return chair.locator("#next").inner_text()


def next_action(chair: Page, words: str) -> None:
    """Press N for the action that says `words`, and once more where it asks to be sure."""
    expect(chair.locator("#next")).to_contain_text(words)
    before = chair.locator("html").get_attribute("data-version") or ""
    # The press before may have met this action already, when the server ended a turn meanwhile.
    asked = asks_to_be_sure(chair)
    press_next(chair)
    if not asked and asks_to_be_sure(chair):
        press_next(chair)
    expect(chair.locator("html")).not_to_have_attribute("data-version", before)


def asks_to_be_sure(chair: Page) -> bool:
    """Whether the next press is the second of two."""
    return "press again" in next_words(chair).lower()


def next_until(chair: Page, words: str) -> None:
    """Press N until it says `words`; the server may end a turn between two presses."""
    rested(chair)
    while words not in next_words(chair):
        chair.keyboard.press("n")
        rested(chair)


def press_next(chair: Page) -> None:
    """Press N as soon as the button has rested from the last press."""
    rested(chair)
    chair.keyboard.press("n")


def rested(chair: Page) -> None:
    """Wait until the button, which rests after a press, can be pressed."""
    expect(chair.locator("#next")).not_to_have_attribute("aria-disabled", "true")


def turns(chair: Page) -> list[dict[str, Any]]:
    """The turns of the record, as its JSON has them."""
    answer = chair.request.get(f"{chair.url}/record.json")
    assert answer.ok, answer.text()
    found: list[dict[str, Any]] = answer.json()["turns"]
    return found


def summary(chair: Page) -> str:
    """The draft of the Summary in Markdown."""
    answer = chair.request.get(f"{chair.url}/summary.md")
    assert answer.ok, answer.text()
    return answer.text()
