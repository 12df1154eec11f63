"""The chair's screen on a real day: each rule pressed as whoever presides presses it."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from moderator.core.draw import commitment, drawn
from tests.browser.conftest import Enter
from tests.browser.test_accessibility import DRAWN, assert_good
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

LIST = ("NG", "MX", "BR", "TH", "CH")
MINUTE = 60_000


@pytest.fixture
def presiding(server: Server) -> Iterator[Client]:
    """Somebody who presides over an open list on which five delegations wait."""
    chair = opened(server)
    for code in LIST:
        ask(server, code, f"tap-of-{code}")
    yield chair
    chair.close()


def ask(server: Server, code: str, tap: str, **fields: Any) -> None:
    """A delegation asks for the floor from its phone."""
    phone = Client(server, "delegation", code)
    body = {"id": tap, "type": "request-floor", "segment": segment_of(server.house), **fields}
    answer = phone._answer("POST", "commands", body)
    assert answer.status == 200, answer
    phone.close()


def set_rules(server: Server, chair: Client, *, every: int | None = None, **rules: Any) -> None:
    """Change rules of the segment; `every` is what all statements have."""
    view = chair.view()["view"]
    now = view["segment"]["rules"]
    limits = dict(now["limits"])
    if every is not None:
        of_all = ("national", "group", "observer", "stakeholder", "again")
        limits |= dict.fromkeys(of_all, every)
    chair.do(
        "set-rules",
        base=view["revision"],
        segment=segment_of(server.house),
        rules={**now, "limits": limits, **rules},
    )


def give(chair: Client, request: str, holder: str | None = None) -> None:
    """Give the floor, and stop the clock: nothing happens by itself."""
    chair.do("give-floor", request=request, holder=holder)
    chair.do("stop-clock", holder=request)


def row(screen: Page, code: str) -> Locator:
    return screen.locator(f"[data-entry=tap-of-{code}]")


def order(screen: Page) -> list[str]:
    """Who waits, as the screen has it."""
    rows = screen.locator(".entry").evaluate_all("all => all.map((row) => row.dataset.entry)")
    return [str(one).removeprefix("tap-of-") for one in rows]


def expect_order(screen: Page, *codes: str) -> None:
    for place, code in enumerate(codes):
        expect(screen.locator(".entry").nth(place)).to_have_attribute(
            "data-entry", f"tap-of-{code}"
        )
    assert order(screen) == list(codes)


def choose(screen: Page, code: str, item: str) -> None:
    """Open the menu of an entry and choose from it."""
    row(screen, code).locator(".more").click()
    screen.get_by_role("menuitem", name=item, exact=True).click()


@pytest.mark.story(3)
def test_two_chairs_work_on_two_rows_and_the_gavel_passes(
    enter: Enter, server: Server, presiding: Client
) -> None:
    one, other = enter("chair", "p01"), enter("secretary")
    expect(one.locator(".entry")).to_have_count(len(LIST))

    row(one, "CH").locator("[data-do=up]").click()
    row(other, "NG").locator("[data-do=down]").click()

    for screen in (one, other):
        expect_order(screen, "MX", "NG", "BR", "CH", "TH")
    one.keyboard.press("g")
    expect(one.locator(".gavel")).to_contain_text("You hold the gavel")
    expect(other.locator(".gavel button")).to_be_visible()
    other.keyboard.press("g")
    expect(other.locator(".gavel")).to_contain_text("You hold the gavel")
    expect(one.locator(".gavel")).not_to_contain_text("You hold the gavel")


def test_a_point_of_order_during_a_speech_is_ruled_on_and_the_floor_returns(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    presiding.do("give-floor", request="tap-of-NG", holder=None)
    presiding.do("start-clock", holder="tap-of-NG")
    ask(server, "BR", "point-of-BR", kind="point-of-order")
    ask(server, "TH", "point-of-TH", kind="point-of-order")

    alert = chair.locator(".alert")
    expect(alert).to_contain_text("Brazil")
    expect(chair).to_have_title("◆ Point of order: Brazil")
    # Even a sheet over the screen does not hide it, nor hold it up.
    chair.keyboard.press("p")
    expect(chair.locator("dialog .over-all")).to_contain_text("Brazil")
    chair.keyboard.press("o")

    expect(chair.locator(".floor h2")).to_have_text("Brazil")
    expect(chair.locator(".floor")).to_have_attribute("data-state", "order")
    expect(chair.locator(".interrupted")).to_contain_text("Nigeria waits")
    expect(alert).to_contain_text("Another point of order waits")
    expect(alert).to_contain_text("Thailand")
    expect(chair.get_by_role("radio", name="Noted")).to_be_checked()
    # On a tablet, with the other point that waits, the ruling has its words too.
    chair.set_viewport_size({"width": 1024, "height": 768})
    words = chair.get_by_label("The ruling in words, if wanted")
    for part in (words, chair.locator(".interrupted"), chair.locator("#next")):
        expect(part).to_be_in_viewport(ratio=1)
    words.fill("As rule 71 has it")
    words.blur()
    bottom = chair.locator(".interrupted").evaluate("it => it.getBoundingClientRect().bottom")
    assert bottom <= chair.locator("#next").evaluate("it => it.getBoundingClientRect().top")

    chair.keyboard.press("2")
    expect(chair.get_by_role("radio", name="Upheld", exact=False).first).to_be_checked()
    expect(chair.locator("#next")).to_contain_text("return the floor to")
    expect(chair.locator(".say")).to_contain_text("well taken")
    chair.keyboard.press("n")

    expect(chair.locator(".floor h2")).to_have_text("Nigeria")
    expect(chair.locator(".floor")).to_have_attribute("data-state", "paused")
    expect(chair.locator(".toast")).to_contain_text("Ruled: Upheld")
    expect(chair.locator(".interrupted")).to_have_count(0)


@pytest.mark.story(13)
def test_who_will_not_be_reached_is_seen_and_one_press_lets_all_speak(
    enter: Enter, server: Server, presiding: Client
) -> None:
    ask(server, "KE", "tap-of-KE")
    give(presiding, "tap-of-NG")
    set_rules(server, presiding, every=50 * MINUTE)
    phone = enter("delegation", "KE")
    chair = enter("chair", "p01")

    cut = chair.locator(".cut:not(.service)")
    expect(cut).to_contain_text("will not be reached before")
    reached = chair.locator(".entry:not(.beyond)").count()
    assert 0 < reached < 5
    cut.locator("[data-do=remedy]").click()

    expect(cut).to_have_count(0)
    expect(chair.locator(".toast")).to_contain_text("from the next speaker on")
    limits = presiding.view()["view"]["segment"]["rules"]["limits"]
    assert limits["national"] < 50 * MINUTE
    assert limits["panellist"] == MINUTE
    # Of the five who wait one has a phone that shows it; the others are told at their seats.
    told = chair.locator(".told")
    expect(told).to_contain_text("Told on their phones: 1. Tell by voice: Mexico, Brazil")
    expect(phone.locator("#app")).not_to_contain_text("50:00")
    # One press takes it back, announced as it was.
    chair.keyboard.press("u")
    expect(chair.locator(".toast")).to_contain_text("Taken back: The limit is")
    expect(cut).to_be_visible()
    assert presiding.view()["view"]["segment"]["rules"]["limits"]["national"] == 50 * MINUTE
    chair.keyboard.press("n")
    expect(told).to_have_count(0)


def test_who_waits_is_carried_over_where_the_chair_says_so(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    chair.keyboard.press("p")
    part = chair.locator(".part").nth(2)
    part.get_by_role("button", name="Begin").click()
    expect(part.locator("[data-do=leave]")).to_contain_text("5 requests are not reached")
    part.locator("[data-do=carry]").click()

    expect(chair.locator(".day-now")).to_contain_text("Discussion II")
    expect_order(chair, *LIST)
    expect(chair.locator(".toast")).to_contain_text("Begun")
    chair.keyboard.press("u")
    expect(chair.locator(".day-now strong")).to_have_text("Interactive Panel Discussion I")
    expect_order(chair, *LIST)


def test_whom_the_server_ended_goes_on_with_one_press(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    give(presiding, "tap-of-NG")
    used = presiding.view()["view"]["floor"]["used"]
    presiding.do("set-allowance", holder="tap-of-NG", total=used + 500)
    presiding.do("start-clock", holder="tap-of-NG")

    expect(chair.locator(".floor")).to_have_attribute("data-state", "time")
    expect(chair.locator(".floor p").first).to_contain_text("Time expired")
    chair.get_by_role("button", name="Continue").click()

    expect(chair.locator(".floor h2")).to_have_text("Nigeria")
    expect(chair.locator(".toast")).to_contain_text("Nigeria goes on")
    assert presiding.view()["view"]["floor"]["allowance"] > MINUTE


def test_another_order_is_seen_with_its_reasons_accepted_whole_and_undone(
    enter: Enter, server: Server, presiding: Client
) -> None:
    ask(server, "DZ", "tap-of-DZ", group="G77")
    chair = enter("chair", "p01")
    expect(chair.locator(".entry")).to_have_count(6)

    chair.keyboard.press("v")
    proposed = chair.locator(".beside section").last
    expect(proposed.locator("li").first).to_contain_text("Algeria")
    expect(proposed.locator(".moves")).to_have_count(1)
    expect(proposed.locator(".moves")).to_contain_text("from 6 to 1: speaks on behalf of a group")
    assert order(chair)[0] == "NG"
    chair.locator("dialog button.primary").click()

    expect_order(chair, "DZ", *LIST)
    expect(chair.locator(".toast")).to_contain_text("Groups first")
    chair.keyboard.press("u")
    expect_order(chair, *LIST, "DZ")


def test_an_order_is_chosen_by_the_arrow_keys_and_a_point_of_order_goes_before_it(
    enter: Enter, server: Server, presiding: Client
) -> None:
    give(presiding, "tap-of-NG")
    ask(server, "DZ", "tap-of-DZ", group="G77")
    chair = enter("chair", "p01")
    chair.keyboard.press("v")
    expect(chair.get_by_label("Groups first")).to_be_focused()
    expect(chair.locator(".beside section").last.locator(".moves")).to_have_count(1)
    chair.keyboard.press("ArrowUp")
    expect(chair.get_by_label("Order of request")).to_be_checked()
    chair.keyboard.press(" ")
    expect(chair.get_by_text("The list is in this order already.")).to_be_visible()

    ask(server, "BR", "point-of-BR", kind="point-of-order")
    expect(chair.locator("dialog .over-all")).to_be_visible()
    chair.keyboard.press("o")
    expect(chair.locator("dialog[open]")).to_have_count(0)
    expect(chair.locator(".floor h2")).to_contain_text("Brazil")


def test_an_order_that_has_changed_meanwhile_is_proposed_anew(
    enter: Enter, server: Server, presiding: Client
) -> None:
    ask(server, "DZ", "tap-of-DZ", group="G77")
    chair = enter("chair", "p01")
    chair.keyboard.press("v")
    proposed = chair.locator(".beside section").last
    expect(proposed.locator(".moves")).to_contain_text("from 6 to 1")

    presiding.do("withdraw-request", request="tap-of-MX")

    expect(proposed.locator(".moves")).to_contain_text("from 5 to 1")


def test_an_entry_is_moved_to_a_position_with_a_reason(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    choose(chair, "CH", "To position…")
    chair.get_by_role("textbox", name="Position").fill("9")
    chair.keyboard.press("Enter")
    expect(chair.get_by_role("alert")).to_contain_text("from 1 to 5")
    chair.get_by_role("textbox", name="Position").fill("2")
    chair.get_by_role("textbox", name="Reason").fill("Leaves for the airport")
    chair.keyboard.press("Enter")

    expect_order(chair, "NG", "CH", "MX", "BR", "TH")
    expect(chair.locator(".toast")).to_contain_text("Leaves for the airport")
    chair.keyboard.press("u")
    expect_order(chair, *LIST)


def test_an_entry_is_dragged_by_its_handle(enter: Enter, server: Server, presiding: Client) -> None:
    chair = enter("chair", "p01")
    handle, target = row(chair, "TH").locator(".pos"), row(chair, "NG")
    handle.hover()
    chair.mouse.down()
    box = target.bounding_box()
    assert box is not None
    chair.mouse.move(box["x"] + 20, box["y"] + 2, steps=6)
    expect(chair.locator(".drop-before")).to_have_attribute("data-entry", "tap-of-NG")
    chair.mouse.up()

    expect_order(chair, "TH", "NG", "MX", "BR", "CH")


def test_the_last_call_is_announced_the_list_is_hidden_and_reopened(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    chair.keyboard.press("c")
    chair.get_by_role("button", name="In 5 minutes").click()
    expect(chair.locator(".count")).to_contain_text("closes at")
    assert presiding.view()["view"]["list"]["closes_at"] is not None

    chair.get_by_role("button", name="More for the list").click()
    chair.get_by_role("menuitem", name="Hide the list from the hall").click()
    expect(chair.locator(".count")).to_contain_text("hidden from the hall")
    chair.keyboard.press("c")
    chair.get_by_role("button", name="Now", exact=True).click()
    expect(chair.locator(".is-open")).to_have_text("Closed")
    chair.get_by_role("button", name="Open the list").click()
    expect(chair.locator(".is-open")).to_have_text("Open")


def test_who_was_called_and_absent_is_reinstated(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair = enter("chair", "p01")
    choose(chair, "MX", "Not present")
    expect(chair.locator(".unheard")).to_contain_text("Mexico")
    chair.get_by_role("button", name="Reinstate Mexico").click()

    expect_order(chair, "NG", "BR", "TH", "CH", "MX")
    expect(chair.locator(".unheard")).to_have_count(0)


def test_a_right_of_reply_has_its_own_list_and_says_to_whom(
    enter: Enter, server: Server, presiding: Client
) -> None:
    give(presiding, "tap-of-NG")
    ask(server, "MX", "reply-of-MX", kind="right-of-reply", statement="tap-of-NG")
    chair = enter("chair", "p01")

    replies = chair.locator(".beneath")
    expect(replies).to_contain_text("Mexico to Nigeria")
    expect(chair.locator(".entry")).to_have_count(len(LIST) - 1)
    replies.get_by_role("button", name="Give the floor to Mexico").click()
    expect(chair.locator(".floor h2")).to_have_text("Mexico")
    expect(chair.locator(".holder p")).to_contain_text("Right of reply")


def test_a_raised_nameplate_is_added_with_kind_and_panellist(
    enter: Enter, server: Server, presiding: Client
) -> None:
    assistant = enter("assistant")
    assistant.keyboard.press("a")
    assistant.get_by_label("Delegation", exact=True).fill("Kenya")
    assistant.get_by_label("Asks for").select_option("question")
    assistant.locator("dialog .pair select").last.select_option(label="Ms. Alyse Nelson")
    assistant.locator("dialog button.primary").click()

    expect(assistant.locator(".entry").last).to_contain_text("Question to Ms. Alyse Nelson")


@pytest.mark.story(11)
def test_after_a_round_the_panel_replies_and_questions_are_ticked_off(
    enter: Enter, server: Server, presiding: Client
) -> None:
    set_rules(server, presiding, round=1)
    presiding.do("withdraw-request", request="tap-of-NG")
    view = presiding.view()["view"]
    assert view["round"] == {"size": 1, "taken": 0, "replied": []}
    ask(server, "NG", "question-of-NG", kind="question", to="p09")
    give(presiding, "question-of-NG")
    presiding.do("describe-request", request="question-of-NG", gist="Who pays for it?")
    chair = enter("chair", "p01")

    expect(chair.locator("#next")).to_contain_text("the panel replies")
    expect(chair.locator("#next")).to_contain_text("Ms. Alyse Nelson")
    chair.keyboard.press("n")
    asked = chair.locator(".asked")
    expect(asked).to_contain_text("Who pays for it?")
    asked.get_by_role("checkbox").click()
    expect(asked.locator(".answered")).to_contain_text("Nigeria")
    expect(chair.locator("#next")).to_contain_text("Mexico")
    # An assistant sees the same; by the role table, to tick them off is not for an assistant.
    assistant = enter("assistant")
    assistant.get_by_role("button", name="Questions to the panel").click()
    seen = assistant.get_by_role("dialog", name="Questions to the panel")
    expect(seen.locator(".answered")).to_contain_text("Who pays for it?")
    expect(seen.get_by_role("checkbox")).to_be_disabled()


def test_limits_are_changed_from_the_next_speaker_on_and_said_by_whom(
    enter: Enter, server: Server, presiding: Client
) -> None:
    give(presiding, "tap-of-NG")
    chair = enter("chair", "p01")
    chair.keyboard.press("r")
    chair.get_by_label("Statement").fill("0:45")
    expect(chair.locator(".meaning")).to_contain_text("4 of those who wait would have less time")
    chair.keyboard.press("Enter")

    expect(row(chair, "MX").locator(".limit")).to_contain_text("0:45")
    expect(chair.locator(".clock dd").first).to_have_text("1:00")
    chair.keyboard.press("r")
    expect(chair.locator("dialog .label").last).to_contain_text("Last announced by")


def test_a_pause_says_why_and_a_note_reaches_the_speaker_alone(
    enter: Enter, server: Server, presiding: Client
) -> None:
    presiding.do("give-floor", request="tap-of-NG", holder=None)
    presiding.do("start-clock", holder="tap-of-NG")
    chair, lectern = enter("chair", "p01"), enter("display", at="./lectern")
    chair.get_by_role("button", name="More for who has the floor").click()
    chair.get_by_role("menuitem", name="Pause: Interpretation").click()
    expect(chair.locator(".holder p")).to_contain_text("Interpretation")

    chair.get_by_role("button", name="More for who has the floor").click()
    chair.get_by_role("menuitem", name="A note to the speaker").click()
    chair.get_by_role("button", name="Please conclude.").click()
    expect(lectern.locator("body")).to_contain_text("Please conclude.")


def test_a_draw_is_revealed_after_its_window_and_anybody_draws_it_again(
    enter: Enter, server: Server
) -> None:
    segment = segment_of(server.house)
    presiding = Client(server, "chair")
    presiding.do("open-dialogue")
    presiding.do("begin-segment", segment=segment, holder=None)
    set_rules(server, presiding, draw_window=5_000)
    presiding.do("open-list", segment=segment)
    for code in LIST:
        ask(server, code, f"tap-of-{code}")
    promised = presiding.view()["view"]["list"]["draw"]
    chair = enter("chair", "p01")
    chair.keyboard.press("v")
    chair.get_by_role("radio", name="By lot").click()
    expect(chair.locator(".drawn code")).to_have_text(promised["sha256"])
    chair.get_by_role("button", name="Reveal the draw").click()

    again = chair.get_by_role("link", name="Draw it again, as anybody can")
    expect(again).to_be_visible()
    revealed = presiding.view()["view"]["list"]["draw"]
    assert commitment(revealed["seed"]) == promised["sha256"]
    assert revealed["seed"] in str(again.get_attribute("href"))
    lots = [lot.code for lot in drawn(revealed["seed"], revealed["codes"])]
    assert sorted(lots) == sorted(LIST)
    if lots != list(LIST):
        chair.locator("dialog button.primary").click()
    expect_order(chair, *lots)
    presiding.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_while_a_point_of_order_is_raised_heard_and_ruled_on(
    enter: Enter, server: Server, presiding: Client, language: str
) -> None:
    give(presiding, "tap-of-NG")
    ask(server, "MX", "reply-of-MX", kind="right-of-reply", statement="tap-of-NG")
    ask(server, "TH", "question-of-TH", kind="question", to="p09")
    presiding.do("mark-not-present", request="tap-of-CH")
    presiding.do(
        "describe-request", request="question-of-TH", speaker="Mr. A", language="fr", text="Words."
    )
    for code in ("BR", "MX"):
        ask(server, code, f"point-of-{code}", kind="point-of-order")
    chair = enter("chair", "p01", language, reduced_motion="reduce")
    expect(chair.locator(".beneath")).to_be_visible()
    chair.keyboard.press("o")
    expect(chair.locator(".interrupted")).to_be_visible()
    presiding.do("stop-clock", holder="point-of-BR")

    assert_good(chair, DRAWN[:2])
