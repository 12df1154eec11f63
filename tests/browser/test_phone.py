"""A delegation's phone on a real day, with the display and the followers' page beside it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Enter, OpenPage
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

FIVE_MINUTES_MS = 300_000

SHAKES = """
  window.shaken = [];
  Object.defineProperty(navigator, "vibrate", { value: (pattern) => window.shaken.push(pattern) });
"""
"""A device that remembers what it was shaken for."""


@pytest.fixture
def chair(server: Server) -> Iterator[Client]:
    """Somebody who presides, with the list of the first panel open."""
    chair = opened(server)
    yield chair
    chair.close()


@pytest.fixture
def segment(server: Server) -> str:
    return segment_of(server.house)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def ask(chair: Client, segment: str, *codes: str) -> None:
    """These delegations wait, in this order."""
    for code in codes:
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)


def choose(phone: Page, kind: str) -> None:
    """Choose what to ask for."""
    phone.select_option("[name=kind]", kind)


def confirm(phone: Page) -> None:
    """The second of the two buttons of a second thought."""
    phone.locator(".thumb .pair .button").last.click()


def send(phone: Page) -> None:
    """The one filled button."""
    phone.locator(".thumb .primary").click()


@contextmanager
def described(phone: Page) -> Iterator[None]:
    """Wait until the server has what is said about a request: it is sent after the request."""
    with phone.expect_response(
        lambda answer: "describe-request" in (answer.request.post_data or "")
    ):
        yield


# Asking


@pytest.mark.story(29)
@pytest.mark.story(30)
def test_two_taps_lead_from_the_link_to_a_place_that_says_when_and_calls_before_its_turn(
    open_page: OpenPage, server: Server, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR", "TH")
    phone = open_page("delegation", f"{server.house.seat('delegation', 'MX')['link']}?lang=en")
    phone.get_by_role("button", name="Enter as Mexico").click()
    phone.get_by_role("button", name="Ask for the floor").click()

    expect(heading(phone)).to_have_text("You are third")
    expect(phone.locator(".lead")).to_have_text(
        re.compile(r"^In about \d+ min, between \d+:\d\d and \d+:\d\d\.$")
    )
    chair.do("give-floor", request="tap-of-BR", holder=None)
    expect(heading(phone)).to_have_text("You are second")
    chair.do("give-floor", request="tap-of-TH", holder="tap-of-BR")
    expect(heading(phone)).to_have_text("You are next")
    expect(phone.locator("main")).to_contain_text("Thailand")


def test_a_question_names_its_panellist_and_the_hall_reads_to_whom(
    enter: Enter, chair: Client
) -> None:
    phone, display = enter("delegation", "MX"), enter("display")
    choose(phone, "question")
    expect(phone.locator("select[name=to]")).to_be_visible()
    send(phone)
    expect(phone.locator(".notice")).to_contain_text("choose the panellist")

    phone.select_option("select[name=to]", index=1)
    name = phone.locator("select[name=to] option:checked").inner_text()
    phone.fill("[name=words]", "Shelters")
    with described(phone):
        send(phone)

    expect(heading(phone)).to_have_text("You are next")
    expect(phone.locator(".notice")).to_have_count(0)
    (entry,) = chair.view()["view"]["list"]["entries"]
    assert entry["kind"] == "question"
    assert entry["details"]["gist"] is not None
    chair.do("give-floor", request=entry["id"], holder=None)
    expect(display.locator(".person")).to_contain_text(f"question to {name}")


def test_a_written_question_may_be_sent_when_the_list_is_closed(
    enter: Enter, chair: Client, segment: str
) -> None:
    chair.do("close-list", segment=segment)
    phone = enter("delegation", "MX")
    expect(heading(phone)).to_have_text("The list of speakers is closed")
    phone.get_by_role("button", name="Reply, or question in writing").click()
    phone.select_option("select[name=to]", index=1)
    phone.fill("[name=words]", "Who pays for the shelters?")

    send(phone)

    asked = phone.locator(".asked")
    expect(asked).to_contain_text("not answered yet")
    expect(asked).to_contain_text("Who pays for the shelters?")
    (rows,) = chair.view()["view"]["questions"].values()
    chair.do("set-answered", question=rows[0]["id"], answered=True)
    phone.reload()
    expect(phone.locator(".asked")).to_contain_text("answered · Who pays")


def test_a_right_of_reply_names_the_statement_and_so_does_the_hall(
    enter: Enter, chair: Client, segment: str
) -> None:
    phone, display, follower = enter("delegation", "MX"), enter("display"), enter("follower")
    choose(phone, "right-of-reply")
    expect(phone.locator(".facts")).to_contain_text("Nobody else has spoken yet")
    expect(phone.locator(".thumb .primary")).to_be_disabled()
    choose(phone, "statement")
    expect(phone.locator(".thumb .primary")).to_be_enabled()
    ask(chair, segment, "BR")
    chair.do("give-floor", request="tap-of-BR", holder=None)
    chair.do("end-intervention", holder="tap-of-BR")
    choose(phone, "right-of-reply")
    expect(phone.locator("[name=statement] option")).to_have_count(2)
    phone.select_option("[name=statement]", "tap-of-BR")

    send(phone)

    expect(phone.locator(".asked")).to_contain_text("Right of reply to Brazil")
    (reply,) = chair.view()["view"]["replies"]
    chair.do("give-floor", request=reply["id"], holder=None)
    expect(display.locator(".person")).to_contain_text("right of reply to Brazil")
    expect(follower.locator(".own")).to_contain_text("right of reply to Brazil")
    expect(phone.locator(".own")).to_be_visible()
    expect(phone.locator(".asked")).to_have_count(0)


def test_a_stakeholder_is_offered_neither_replies_nor_points_of_order(
    enter: Enter, chair: Client
) -> None:
    phone = enter("delegation", "EHTN")
    kinds = phone.locator("[name=kind] option")
    expect(kinds).to_have_count(3)
    expect(phone.locator("[value=right-of-reply]")).to_have_count(0)
    expect(phone.get_by_role("button", name="Point of order")).to_have_count(0)


def test_on_behalf_of_a_group_and_also_for_itself(enter: Enter, chair: Client) -> None:
    phone, display = enter("delegation", "MX"), enter("display")
    phone.select_option("[name=as]", "G77")
    phone.get_by_role("checkbox").check()
    send(phone)
    expect(heading(phone)).to_have_text("You are next")

    (entry,) = chair.view()["view"]["list"]["entries"]
    assert (entry["group"], entry["also_national"]) == ("G77", True)
    chair.do("give-floor", request=entry["id"], holder=None)
    expect(display.locator(".person")).to_contain_text("and in its own name")


# The speaker


def test_what_is_said_of_the_speaker_before_asking_reaches_interpreters_and_hall(
    enter: Enter, server: Server, chair: Client
) -> None:
    phone, display = enter("delegation", "MX"), enter("display")
    phone.locator(".about").click()
    phone.fill("[name=speaker]", "Ms. Ana Pérez")
    phone.fill("[name=title]", "Minister of Justice")
    phone.locator("[name=show]").check()
    phone.select_option("[name=language]", "fr")
    phone.fill("textarea", "Madame la Présidente, merci.")
    expect(phone.locator(".form small")).to_contain_text("4 words.")
    send(phone)
    with described(phone):
        send(phone)

    expect(heading(phone)).to_have_text("You are next")
    booth = Client(server, "interpreter")
    (told,) = booth.view()["booth"]["next"]
    booth.close()
    assert (told["details"]["language"], told["details"]["text"] is not None) == ("fr", True)
    chair.do("give-floor", request=told["id"], holder=None)
    expect(display.locator(".person")).to_contain_text("Ms. Ana Pérez, Minister of Justice")


def test_it_can_be_changed_while_waiting_and_going_back_changes_nothing(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR", "MX")
    chair.do("describe-request", request="tap-of-MX", speaker="Ms. Ana Pérez", level="minister")
    phone = enter("delegation", "MX")
    about = phone.locator(".about")
    expect(about).to_contain_text("Ms. Ana Pérez")
    about.click()
    expect(phone.locator("[name=speaker]")).to_have_value("Ms. Ana Pérez")
    phone.fill("[name=speaker]", "Somebody else")
    phone.get_by_role("button", name="Back without sending").click()
    expect(about).to_contain_text("Ms. Ana Pérez")

    about.click()
    phone.fill("[name=speaker]", "Mr. Luis Soto")
    send(phone)

    expect(about).to_contain_text("Mr. Luis Soto")
    *_, entry = chair.view()["view"]["list"]["entries"]
    assert entry["details"]["level"] == "minister"


# The place


def test_let_one_pass_says_who_and_is_done_once(enter: Enter, chair: Client, segment: str) -> None:
    ask(chair, segment, "BR", "MX", "TH", "DZ")
    phone = enter("delegation", "MX")
    expect(heading(phone)).to_have_text("You are second")
    phone.get_by_role("button", name="Let one pass").click()
    expect(phone.locator(".thumb")).to_contain_text("Thailand will speak before you.")
    phone.locator(".thumb .pair .button").first.click()
    expect(heading(phone)).to_have_text("You are second")

    phone.get_by_role("button", name="Let one pass").click()
    confirm(phone)

    expect(heading(phone)).to_have_text("You are third")
    order = [entry["delegation"] for entry in chair.view()["view"]["list"]["entries"]]
    assert order == ["BR", "TH", "MX", "DZ"]


def test_a_hidden_list_shows_nobody_and_each_its_own_place(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR", "TH", "MX")
    phone, other, display = (
        enter("delegation", "MX"),
        enter("delegation", "DZ"),
        enter("display"),
    )
    chair.do("hide-list", segment=segment)

    expect(phone.locator(".before")).to_have_count(0)
    expect(heading(phone)).to_have_text("You are third")
    expect(phone.locator("main")).to_contain_text("does not show the list")
    expect(other.locator("main")).to_contain_text("3 waiting.")
    chair.do("move-request", request="tap-of-MX", before="tap-of-BR")
    expect(heading(phone)).to_have_text("You are next")
    chair.do("give-floor", request="tap-of-MX", holder=None)
    expect(display.locator(".queue p")).to_have_text("2 waiting; the list is not shown")


def test_the_last_call_is_on_every_screen_and_counts(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR")
    waits, may_ask = enter("delegation", "BR"), enter("delegation", "MX")
    display, follower = enter("display"), enter("follower")
    chair.do("close-list", segment=segment, at=chair.view()["now"] + FIVE_MINUTES_MS)

    for phone in (may_ask, follower):
        expect(phone.locator("main")).to_contain_text("The list closes at")
        expect(phone.locator("main")).to_contain_text(re.compile(r"in [34]:\d\d"))
    expect(display.locator("h1")).to_contain_text("The list closes at")
    expect(display.locator(".notices")).to_contain_text(re.compile(r"[34]:\d\d"))
    chair.do("close-list", segment=segment)
    expect(heading(may_ask)).to_have_text("The list of speakers is closed")
    expect(waits.locator(".last-call")).to_have_count(0)


def test_whoever_was_absent_is_told_and_told_when_it_is_back(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR", "MX")
    phone = enter("delegation", "MX")
    expect(heading(phone)).to_have_text("You are second")
    chair.do("mark-not-present", request="tap-of-MX")
    expect(phone.locator(".notice")).to_contain_text("You were called and were not present")

    chair.do("reinstate-request", request="tap-of-MX", before=None)

    expect(phone.locator(".notice")).to_contain_text("You are back on the list")
    phone.get_by_role("button", name="Seen").click()
    expect(phone.locator(".notice")).to_have_count(0)
    expect(heading(phone)).to_have_text("You are second")


def test_whoever_is_carried_over_need_not_ask_again(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR", "MX")
    phone = enter("delegation", "MX")
    following = chair.view()["view"]["programme"]
    after = following[[row["id"] for row in following].index(segment) + 1]["id"]
    chair.do("begin-segment", segment=after, holder=None, carry_over=True)

    expect(phone.locator("main")).to_contain_text("Carried over")
    expect(heading(phone)).to_have_text("You are second")


def test_whoever_was_not_reached_is_told_so(enter: Enter, chair: Client, segment: str) -> None:
    ask(chair, segment, "BR", "MX")
    phone = enter("delegation", "MX")
    following = chair.view()["view"]["programme"]
    after = following[[row["id"] for row in following].index(segment) + 1]["id"]
    chair.do("begin-segment", segment=after, holder=None)

    expect(phone.locator(".notice")).to_contain_text("You were not reached")


# Limits


@pytest.mark.story(2)
def test_other_limits_are_on_every_phone_before_anybody_asks_until_they_are_seen(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR")
    chair.do("give-floor", request="tap-of-BR", holder=None)
    chair.do("stop-clock", holder="tap-of-BR")
    phone, display, follower = enter("delegation", "MX"), enter("display"), enter("follower")
    speaker = enter("delegation", "BR")
    view = chair.view()["view"]
    rules = {**view["segment"]["rules"]}
    rules["limits"] = {**rules["limits"], "national": 150_000}
    chair.do("set-rules", base=view["revision"], segment=segment, rules=rules)

    notice = phone.locator(".notice")
    expect(notice).to_contain_text("From the next speaker on: 2:30")
    expect(notice).to_contain_text("Announced by the chair at")
    expect(follower.locator(".notice")).to_contain_text("From the next speaker on: 2:30")
    expect(display.locator(".notices")).to_contain_text("from the next speaker on 2:30")
    expect(phone.locator("[name=kind] option").first).to_have_text("A statement, 2:30")
    expect(speaker.locator(".own")).to_be_visible()
    expect(speaker.locator(".notice")).to_have_count(0)

    phone.get_by_role("button", name="Seen").click()
    expect(notice).to_have_count(0)
    phone.reload()
    expect(heading(phone)).to_have_text("The floor is open")
    expect(phone.locator("main")).to_contain_text("Announced by the chair at")
    expect(notice).to_have_count(0)
    ask(chair, segment, "TH")
    chair.do("give-floor", request="tap-of-TH", holder="tap-of-BR")
    expect(display.locator(".notices")).to_have_count(0)


# The own turn


def test_a_point_of_order_is_seen_by_the_chair_alone_and_interrupts(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR")
    chair.do("give-floor", request="tap-of-BR", holder=None)
    chair.do("stop-clock", holder="tap-of-BR")
    speaker, raising, display = (
        enter("delegation", "BR"),
        enter("delegation", "MX"),
        enter("display"),
    )
    raising.get_by_role("button", name="Point of order").click()
    expect(raising.locator(".thumb")).to_contain_text("The chair alone sees it")
    confirm(raising)
    expect(raising.locator(".asked")).to_contain_text("Point of order")
    expect(heading(display)).to_have_text("Brazil")

    (point,) = chair.view()["view"]["points"]["waiting"]
    chair.do("give-floor", request=point["id"], holder="tap-of-BR")

    expect(heading(speaker)).to_have_text("Point of order")
    expect(speaker.locator("main")).to_contain_text("Mexico has raised it")
    expect(raising.locator(".own")).to_be_visible()
    expect(display.locator("main")).to_have_attribute("data-state", "order")
    expect(display.locator(".held")).to_contain_text("Brazil waits with")
    expect(display.locator(".foot")).to_contain_text("Point of order")

    chair.do("rule-on-point", point=point["id"], ruling="noted")

    expect(heading(display)).to_have_text("Brazil")
    expect(display.locator(".held")).to_have_count(0)
    expect(heading(speaker)).to_have_text("Paused")


@pytest.mark.story(8)
def test_a_pause_says_its_reason_on_phone_and_display(
    enter: Enter, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR")
    phone, display, follower = enter("delegation", "BR"), enter("display"), enter("follower")
    chair.do("give-floor", request="tap-of-BR", holder=None)
    chair.do("stop-clock", holder="tap-of-BR", reason="interpretation")

    expect(phone.locator(".why")).to_have_text("Paused: interpretation")
    expect(display.locator(".aside")).to_have_text("interpretation")
    expect(follower.locator(".meta")).to_contain_text("interpretation")


def test_a_note_and_slow_down_reach_the_speaker_alone_who_is_shaken_once(
    browser: Browser, enter: Enter, server: Server, chair: Client, segment: str
) -> None:
    ask(chair, segment, "BR")
    chair.do("give-floor", request="tap-of-BR", holder=None)
    phone, other = enter("delegation", "BR"), enter("delegation", "MX")
    phone.add_init_script(SHAKES)
    phone.reload()
    phone.locator(".seat").click()
    expect(phone.locator(".own")).to_be_visible()
    booth = Client(server, "interpreter")
    booth.do("ask-to-slow-down", holder="tap-of-BR")
    booth.close()
    expect(phone.locator(".slower")).to_have_text("Please slow down")
    chair.do("send-note", intervention="tap-of-BR", words="Please conclude within the minute.")

    expect(phone.locator(".from-chair")).to_contain_text("Please conclude within the minute.")
    assert phone.evaluate("shaken.filter(([first]) => first === 300).length") == 1
    expect(other.locator(".slower, .from-chair")).to_have_count(0)
    chair.do("send-note", intervention="tap-of-BR", words=None)
    expect(phone.locator(".from-chair")).to_have_count(0)


# What is loaded


def test_what_is_rare_is_loaded_when_it_is_wanted(enter: Enter, chair: Client) -> None:
    phone = enter("delegation", "MX")
    expect(heading(phone)).to_have_text("The floor is open")
    loaded = "performance.getEntriesByType('resource').some(({ name }) => name.includes('/more'))"
    assert phone.evaluate(loaded) is False

    choose(phone, "written-question")

    expect(phone.locator("[name=words]")).to_be_visible()
    assert phone.evaluate(loaded) is True


def test_what_is_loaded_later_keeps_the_language(enter: Enter, chair: Client) -> None:
    phone = enter("delegation", "MX", "ar")
    phone.locator(".about").click()
    expect(heading(phone)).to_have_text("عن المتكلم")
