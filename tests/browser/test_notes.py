"""Rapporteurs at their desks: by keys alone, several at once, and through outages."""

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser import chromium
from tests.browser.conftest import Enter
from tests.browser.test_accessibility import NARROW, faults
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

Kept = Callable[[], list[dict[str, Any]]]
POINT = "Victims should be identified early"
PATIENCE_S = 30.0
"""So late may others' notes be: they are asked for every second and a half."""


@pytest.fixture
def presiding(server: Server) -> Iterator[Client]:
    """Somebody who presides: Mexico has spoken, Nigeria has the floor."""
    chair = opened(server)
    for code in ("MX", "NG"):
        chair.do(
            "request-floor", f"tap-of-{code}", segment=segment_of(server.house), delegation=code
        )
    chair.do("give-floor", request="tap-of-MX", holder=None)
    chair.do("end-intervention", holder="tap-of-MX")
    chair.do("give-floor", request="tap-of-NG", holder=None)
    yield chair
    chair.close()


@pytest.fixture
def desk(enter: Enter, presiding: Client) -> Callable[..., Page]:
    """A rapporteur's desk, with the focus in the note."""

    def sits_down(language: str = "en", **options: object) -> Page:
        page = enter("rapporteur", language=language, **options)
        expect(page.locator(".taken .flag")).to_have_count(2)
        expect(note(page)).to_be_focused()
        return page

    return sits_down


@pytest.fixture
def kept(presiding: Client) -> Kept:
    """What the server has."""
    return presiding.notes


@pytest.mark.story(23)
def test_a_point_is_written_and_tagged_by_keys_alone(desk: Callable[..., Page], kept: Kept) -> None:
    page = desk()

    page.keyboard.type(f"{POINT}.")
    for key in ("Escape", "3", "c", "-", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#said")).to_have_text("Kept, theme 3, concern, against")
    expect(note(page)).to_have_value("")
    page.keyboard.type("A fund")
    for key in ("Alt+1", "Alt+m", "Alt+g", "Alt+g", "Shift+Enter"):
        page.keyboard.press(key)
    page.keyboard.type("for victims")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Kept, theme 1")
    page.keyboard.type("No tag at all")
    page.keyboard.press("Enter")
    expect(points(page)).to_have_count(3)

    expect(page.locator(".write .standing")).to_contain_text("Kept")
    written = [
        (f"{POINT}.", "t3", "concern", "against", "tap-of-NG"),
        ("A fund\nfor victims", "t1", None, None, "tap-of-NG"),
        ("No tag at all", None, None, None, "tap-of-NG"),
    ]
    texts = [text for text, *_ in written]
    assert [
        (each["text"], each["theme"], each["kind"], each["stance"], each["intervention"])
        for each in until(kept, lambda notes: [each["text"] for each in notes] == texts)
    ] == written


def test_a_key_that_is_no_tag_goes_back_to_the_text(desk: Callable[..., Page]) -> None:
    page = desk()

    page.keyboard.press("Escape")
    expect(page.locator("form.write")).to_have_attribute("data-tagging", "true")
    page.keyboard.type("the c")

    expect(note(page)).to_have_value("the c")
    expect(page.locator("form.write")).not_to_have_attribute("data-tagging", "true")
    expect(page.locator(".write .badge")).to_have_count(0)


def test_a_point_goes_to_the_turn_that_is_chosen_and_to_none(
    desk: Callable[..., Page], kept: Kept
) -> None:
    page = desk()
    expect(page.locator("#who")).to_have_text("Nigeria")

    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#who")).to_have_text("Mexico")
    write(page, "Of Mexico")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#who")).to_have_text("The part as a whole")
    write(page, "Of nobody")
    page.locator(".taken button", has_text="Nigeria").click()
    write(page, "Of Nigeria")

    whose = {"Of Mexico": "tap-of-MX", "Of nobody": None, "Of Nigeria": "tap-of-NG"}
    found = until(kept, lambda notes: {each["text"] for each in notes} == set(whose))
    assert {each["text"]: each["intervention"] for each in found} == whose


def test_a_point_that_was_begun_stays_with_its_turn(
    desk: Callable[..., Page], presiding: Client, kept: Kept
) -> None:
    page = desk()
    page.keyboard.type("Begun while Nigeria")

    presiding.do("end-intervention", holder="tap-of-NG")
    presiding.do("give-floor", person="p09", holder=None)
    expect(page.locator(".taken .flag")).to_have_count(3)
    page.keyboard.type(" spoke")
    page.keyboard.press("Enter")

    expect(page.locator("#who")).not_to_have_text("Nigeria")
    (only,) = until(
        kept, lambda notes: [each["text"] for each in notes] == ["Begun while Nigeria spoke"]
    )
    assert only["intervention"] == "tap-of-NG"


def test_what_is_typed_is_kept_without_a_press_and_stands_there_after_a_reload(
    desk: Callable[..., Page], kept: Kept
) -> None:
    page, other = desk(), desk()

    page.keyboard.type("Half a sen")
    until(kept, lambda notes: [each["text"] for each in notes] == ["Half a sen"])
    expect(points(other)).to_contain_text(["Half a sen"])
    expect(points(other).locator("small")).to_have_text("Rapporteur, on another device")
    page.reload()
    expect(note(page)).to_have_value("Half a sen")
    note(page).press("End")
    page.keyboard.type("tence")
    page.keyboard.press("Enter")

    (only,) = until(kept, lambda notes: [each["text"] for each in notes] == ["Half a sentence"])
    assert only["revision"] >= 2
    expect(points(other)).to_contain_text(["Half a sentence"])


def test_words_that_were_taken_away_again_leave_no_note(
    desk: Callable[..., Page], kept: Kept
) -> None:
    page = desk()
    page.keyboard.type("Never mind")
    until(kept, lambda notes: len(notes) == 1)

    note(page).fill("")
    until(kept, lambda notes: notes == [])
    write(page, "This one")

    until(kept, lambda notes: [each["text"] for each in notes] == ["This one"])


def test_two_rapporteurs_and_one_outage(desk: Callable[..., Page], kept: Kept) -> None:
    first, second = desk(), desk()
    write(first, "Seen by both")
    write(first, "To be tagged")
    expect(points(second)).to_have_count(2)

    first.context.set_offline(True)
    write(first, "Written in the dark")
    change(first, "Seen by both", "Of the first")
    point(first, "To be tagged").get_by_role("button", name="Change").click()
    for key in ("Alt+2", "Alt+r", "Enter"):
        first.keyboard.press(key)
    first.keyboard.type("Not even fin")
    expect(first.locator(".write .standing")).to_contain_text("4 notes waiting to be sent")
    expect(point(first, "Written in the dark")).to_contain_text("Waiting to be sent")

    write(second, "Written meanwhile")
    change(second, "Seen by both", "Of the second")
    change(second, "To be tagged", "Tagged, and worded anew")
    until(kept, lambda notes: any(each["text"] == "Tagged, and worded anew" for each in notes))
    assert len(kept()) == 3

    # The page is loaded anew while there is no network, the tab closed, and opened again later.
    address = first.url
    with pytest.raises(Error):
        first.reload()
    context = first.context
    first.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(note(again)).to_have_value("Not even fin")

    clash = again.locator(".clash")
    expect(clash).to_have_count(1)
    expect(clash).to_contain_text("Of the first")
    expect(clash).to_contain_text("Of the second")
    expect(again.locator("#said")).to_contain_text("Two have changed this note")
    clash.get_by_role("button", name="Keep both").click()
    note(again).press("End")
    again.keyboard.type("ished")
    again.keyboard.press("Enter")

    texts = {
        "Of the first",
        "Of the second",
        "Tagged, and worded anew",
        "Written in the dark",
        "Written meanwhile",
        "Not even finished",
    }
    found = until(kept, lambda notes: {each["text"] for each in notes} == texts)
    assert len(found) == len(texts)
    (tagged,) = [each for each in found if each["text"] == "Tagged, and worded anew"]
    assert (tagged["theme"], tagged["kind"]) == ("t2", "recommendation")
    for page in (again, second):
        expect(points(page)).to_have_count(len(texts))
        for text in texts:
            expect(point(page, text)).to_have_count(1)
    expect(again.locator(".waits, .clash")).to_have_count(0)
    chromium.until(again, "() => !Object.keys(localStorage).some((key) => key.includes('/note/'))")


def test_what_was_typed_last_outlives_a_crash_of_the_browser_while_there_is_no_network(
    desk: Callable[..., Page], kept: Kept
) -> None:
    page = desk()
    page.context.set_offline(True)
    write(page, "The last but one")
    page.keyboard.type("The last")
    address, context = page.url, page.context

    with pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    expect(note(again)).to_have_value("The last")
    texts = ["The last but one", "The last"]
    until(kept, lambda notes: [each["text"] for each in notes] == texts)


def test_what_is_written_while_the_server_is_down_is_sent_once_when_it_is_back(
    desk: Callable[..., Page], kept: Kept, server: Server
) -> None:
    page = desk()
    write(page, "Before")
    until(kept, lambda notes: len(notes) == 1)

    server.kill()
    write(page, "Meanwhile")
    change(page, "Before", "Before, and changed")
    expect(page.locator(".write .standing")).to_contain_text("2 notes waiting to be sent")
    server.start()

    found = until(kept, lambda notes: len(notes) == 2)
    until(kept, lambda notes: notes[0]["revision"] == 2)
    assert [each["id"] for each in kept()] == [each["id"] for each in found]
    assert [each["text"] for each in kept()] == ["Before, and changed", "Meanwhile"]
    expect(page.locator(".waits")).to_have_count(0)


def test_what_the_server_will_not_have_is_said_in_words_and_not_lost(
    desk: Callable[..., Page], kept: Kept
) -> None:
    page = desk()

    note(page).fill("Turned \u202e round")
    page.keyboard.press("Enter")
    write(page, "The next one")

    said = "Not kept: This request is not complete or not correct."
    expect(point(page, "Turned")).to_contain_text(said)
    expect(page.locator(".write .standing")).to_have_text(said)
    assert [each["text"] for each in until(kept, len)] == ["The next one"]
    change(page, "Turned", "Right round")
    until(kept, lambda notes: len(notes) == 2)
    expect(page.locator(".waits")).to_have_count(0)


def test_a_removed_note_can_be_had_back(desk: Callable[..., Page], kept: Kept) -> None:
    page = desk()
    write(page, POINT)
    until(kept, len)

    point(page, POINT).get_by_role("button", name="Remove").click()
    until(kept, lambda notes: notes == [])
    page.get_by_role("button", name="Have the removed note back").click()

    assert [each["text"] for each in until(kept, len)] == [POINT]
    expect(points(page)).to_have_count(1)


def test_points_are_found_by_their_tags(desk: Callable[..., Page]) -> None:
    page = desk()
    for text, keys in {"A": ("1", "c"), "B": ("1", "q"), "C": ("0",), "D": ("c",)}.items():
        page.keyboard.type(text)
        for key in ("Escape", *keys, "Enter"):
            page.keyboard.press(key)
    expect(points(page)).to_have_count(4)
    page.keyboard.press("Alt+ArrowDown")
    expect(points(page)).to_have_count(0)

    def shown() -> str:
        return "".join(page.locator(".points p").all_inner_texts())

    page.select_option("[name=theme]", label="No theme")
    expect(page.locator("[name=scope]")).to_have_value("part")
    assert shown() == "CD"
    page.select_option("[name=theme]", "t1")
    assert shown() == "AB"
    page.select_option("[name=kind]", "concern")
    assert shown() == "A"
    page.select_option("[name=theme]", "")
    assert shown() == "AD"
    page.select_option("[name=kind]", "")
    page.get_by_role("button", name="No tag").click()
    assert shown() == "C"
    expect(page.locator("#said")).to_contain_text("1 note shown")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_a_desk_with_notes_and_a_clash(
    desk: Callable[..., Page], kept: Kept, language: str
) -> None:
    first, second = desk(language, reduced_motion="reduce"), desk()
    write(first, "Seen by both")
    write(first, "Another")
    expect(points(second)).to_have_count(2)
    first.context.set_offline(True)
    for page in (first, second):
        page.locator(".points li", has_text="Seen").locator("button").first.click()
        note(page).fill(f"Changed by {page is first}")
        page.keyboard.press("Enter")
    until(kept, lambda notes: any(each["text"] == "Changed by False" for each in notes))
    first.keyboard.type("Being written")
    first.keyboard.press("Alt+1")
    assert faults(first) == []
    first.context.set_offline(False)
    expect(first.locator(".clash")).to_have_count(1)

    first.select_option("[name=scope]", "all")
    for scheme in ("light", "dark"):
        first.emulate_media(color_scheme=scheme)
        assert faults(first) == []
    first.set_viewport_size(NARROW)
    assert faults(first) == []
    assert first.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def note(page: Page) -> Locator:
    """Where the next point is written."""
    return page.locator("#note")


def points(page: Page) -> Locator:
    """The points that are listed."""
    return page.locator(".points > li")


def point(page: Page, text: str) -> Locator:
    """The points with this text in them."""
    return points(page).filter(has_text=text)


def write(page: Page, text: str) -> None:
    """Write a point from its first key to its last."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(note(page)).to_have_value("")


def change(page: Page, text: str, anew: str) -> None:
    """Change the text of a point that is listed."""
    point(page, text).get_by_role("button", name="Change").click()
    expect(note(page)).to_have_value(re.compile(text))
    note(page).fill(anew)
    page.keyboard.press("Enter")
    expect(note(page)).to_have_value("")


def until(kept: Kept, wanted: Callable[[list[dict[str, Any]]], object]) -> list[dict[str, Any]]:
    """Wait until the server has what is wanted, and tell it; AssertionError when it does not."""
    deadline = time.monotonic() + PATIENCE_S
    while not wanted(notes := kept()):
        assert time.monotonic() < deadline, notes
        time.sleep(0.05)
    return notes
