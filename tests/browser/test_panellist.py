"""A panellist's page: questions ticked off one by one, the own clock, the floor given back."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import deadlines_agree
from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

BACHELET, NELSON = "p08", "p09"
WRITTEN = "How are survivors heard when action plans are drawn up?"
GIST = "What has worked in the Philippines?"


@pytest.fixture
def chair(server: Server) -> Client:
    """Mexico has asked Ms. Bachelet in writing; Nigeria puts a question to her at the floor."""
    chair = opened(server)
    chair.do("write-question", "of-mexico", to=BACHELET, words=WRITTEN, delegation="MX")
    segment = segment_of(server.house)
    chair.do(
        "request-floor",
        "of-nigeria",
        segment=segment,
        delegation="NG",
        kind="question",
        to=BACHELET,
        group="G77",
    )
    chair.do("describe-request", request="of-nigeria", gist=GIST)
    chair.do("give-floor", request="of-nigeria", holder=None)
    chair.do("stop-clock", holder="of-nigeria")
    return chair


def questions(chair: Client) -> dict[str, bool]:
    """Which questions to Ms. Bachelet are answered, as the chair is told."""
    told = chair.view()["view"]["questions"][BACHELET]
    return {question["id"]: question["answered"] for question in told}


@pytest.mark.story(41)
def test_questions_come_in_order_and_are_ticked_and_unticked(enter: Enter, chair: Client) -> None:
    page = enter("panellist", BACHELET)
    rows = page.locator(".questions li")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 open questions")
    expect(rows.nth(0)).to_contain_text("Mexico")
    expect(rows.nth(0)).to_contain_text(WRITTEN)
    expect(rows.nth(0)).to_contain_text("In writing")
    expect(rows.nth(1)).to_contain_text("on behalf of the Group of 77 and China")
    expect(rows.nth(1)).to_contain_text(GIST)
    expect(rows.nth(1)).to_contain_text("At the floor")
    expect(page.locator(".now-line")).to_contain_text("Nigeria")

    # The page shows a tick before the server has it.
    with page.expect_response("**/commands"):
        page.get_by_label("Mexico").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 open question")
    expect(rows.nth(0)).to_contain_text("Answered")
    assert questions(chair) == {"of-mexico": True, "of-nigeria": False}

    page.reload()
    expect(page.get_by_label("Mexico")).to_be_checked()
    with page.expect_response("**/commands"):
        page.get_by_label("Mexico").uncheck()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 open questions")
    assert questions(chair)["of-mexico"] is False


def test_a_question_comes_by_itself_and_only_to_whom_it_was_put(
    enter: Enter, chair: Client
) -> None:
    page, other = enter("panellist", BACHELET), enter("panellist", NELSON)
    expect(page.locator(".questions li")).to_have_count(2)

    chair.do("write-question", to=NELSON, words="And in Thailand?", delegation="TH")

    expect(other.get_by_role("heading", level=1)).to_have_text("1 open question")
    expect(other.locator(".questions")).to_contain_text("And in Thailand?")
    expect(page.locator(".questions li")).to_have_count(2)


def test_the_own_clock_runs_and_the_floor_is_given_back(enter: Enter, chair: Client) -> None:
    page, display = enter("panellist", BACHELET), enter("display")
    chair.do("end-intervention", holder="of-nigeria", outcome="concluded")
    chair.do("give-floor", "speech-1", person=BACHELET, holder=None)
    chair.do("start-clock", holder="speech-1")

    expect(page.get_by_role("heading", level=1)).to_have_text("You have the floor")
    expect(page.locator(".own .digits")).to_be_visible()
    expect(page.locator(".put h2")).to_have_text("2 open questions")
    deadlines_agree(page, display)

    chair.do("send-note", intervention="speech-1", words="Two minutes more")
    expect(page.locator(".from-chair")).to_contain_text("Two minutes more")
    booth = Client(chair.server, "interpreter")
    booth.do("ask-to-slow-down", holder="speech-1")
    expect(page.locator(".slower")).to_have_text("Please slow down")

    page.get_by_role("button", name="I have finished").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 open questions")
    expect(page.locator(".from-chair")).to_have_count(0)
    assert chair.view()["view"]["last"]["outcome"] == "concluded"
