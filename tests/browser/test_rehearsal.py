"""The evening before: the meeting is tried out with its own cards, and nothing of that is kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter, EnterDesk
from tests.browser.test_accessibility import assert_good
from tests.processes.clients import Client
from tests.processes.server import Server

WORDS = {"en": "Rehearsal", "ar": "تجربة"}
OVER = {"en": "The rehearsal is over", "ar": "انتهت التجربة"}
BACK = {"en": "Back to the meeting", "ar": "العودة إلى الجلسة"}
ASK = {"en": "Ask for the floor", "ar": "طلب الكلمة"}


def bears_the_mark(page: Page, language: str) -> None:
    mark = page.locator(".rehearsal .rehearsal-word")
    expect(mark).to_have_text(WORDS[language])
    expect(mark).to_be_in_viewport(ratio=1)


def turn_to(tab: Page) -> None:
    """What a browser tells a tab that was not seen for a while."""
    tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def bears_the_mark_on_every_sheet(page: Page) -> None:
    """The head of a table comes again on every sheet."""
    page.emulate_media(media="print")
    expect(page.locator("body")).to_have_css("display", "table")
    expect(page.locator("body > .rehearsal")).to_have_css("display", "table-header-group")
    page.emulate_media(media="screen")


def test_tried_out_with_its_own_links_and_nothing_of_it_is_kept(
    enter: Enter, enter_desk: EnterDesk, server: Server
) -> None:
    language = "ar"
    display = enter("display", None, language)
    wall = enter_desk("wall", language)
    early = enter("delegation", "DZ", language)
    chair = enter("chair", None, language)
    expect(display.locator(".rehearsal")).to_have_count(0)

    chair.locator(".rehearse button").click()
    bears_the_mark(chair, language)
    bears_the_mark(display, language)  # by itself
    expect(wall.locator(".room .state")).to_contain_text(WORDS[language])
    expect(early.locator("#rehearsal")).to_be_visible()
    other_tab = early.context.new_page()
    other_tab.goto(early.url)
    other_tab.wait_for_selector("html[data-ready]")
    early.locator("#rehearsal button").click()
    bears_the_mark(early, language)
    turn_to(other_tab)
    bears_the_mark(other_tab, language)  # by itself

    phone = enter("delegation", "NG", language)
    bears_the_mark(phone, language)
    presiding = Client(server, "chair")
    presiding.cross_over()
    presiding.do("open-dialogue")
    presiding.do("begin-segment", segment="s2", holder=None)
    presiding.do("open-list", segment="s2")
    phone.get_by_role("button", name=ASK[language]).click()
    entry = chair.locator(".entry")
    expect(entry).to_have_count(1)
    request = presiding.view()["view"]["list"]["entries"][0]["id"]
    presiding.do("give-floor", request=request, holder=None)
    expect(phone.get_by_role("timer")).to_be_visible()
    expect(display.locator(".stage .digits")).to_be_visible()
    for page in (chair, phone, display, early):
        bears_the_mark(page, language)
    title = display.locator(".display > header .title")
    assert title.evaluate("it => it.scrollWidth <= it.clientWidth")
    expect(title).to_have_css("text-overflow", "clip")

    rapporteur = enter("rapporteur", None, language)
    follower = enter("follower", None, language)
    bureau = enter("secretary", None, language)
    seat = bureau.url
    for path in ("/record", "/paper", "/cards?search=GB", "/setup", "/links"):
        bureau.goto(seat + path)
        bears_the_mark(bureau, language)
    bureau.goto(seat + "/record")
    bears_the_mark_on_every_sheet(bureau)
    for page in (rapporteur, follower):
        bears_the_mark(page, language)
    rapporteur.goto(rapporteur.url.replace("/record", "/summary"))
    bears_the_mark(rapporteur, language)
    bears_the_mark_on_every_sheet(rapporteur)

    # Where one tab of a device goes, the others follow when they are turned to, and say why.
    other_tab.get_by_role("button", name=BACK[language]).click()
    expect(other_tab.locator(".rehearsal .rehearsal-word")).to_have_count(0)
    turn_to(early)
    expect(early.locator("#rehearsal-over").get_by_role("heading")).to_have_text(OVER[language])
    expect(early.locator(".rehearsal .rehearsal-word")).to_have_count(0)

    chair.locator(".rehearsal summary").click()
    chair.locator(".rehearsal details button").click()
    expect(chair.locator(".rehearse")).to_be_visible()
    for page in (phone, rapporteur, follower, bureau):
        over = page.locator("#rehearsal-over")
        expect(over.get_by_role("heading")).to_have_text(OVER[language])
        over.get_by_role("link", name=BACK[language]).click()
        page.wait_for_selector("html[data-ready]")
        expect(page.locator(".rehearsal .rehearsal-word")).to_have_count(0)
    expect(display.locator(".before-opening")).to_be_visible()
    expect(display.locator(".rehearsal")).to_have_count(0)
    expect(wall.locator(".room .state")).not_to_contain_text(WORDS[language])

    record = chair.request.get(f"{chair.url}/record.json").json()
    assert (record["version"], record["turns"], record["requests"]) == (0, [], [])
    assert Client(server, "chair").view()["view"]["dialogue"]["phase"] == "scheduled"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_the_screens_of_a_rehearsal_nor_where_it_is_over(
    enter: Enter, server: Server, language: str
) -> None:
    presiding = Client(server, "chair")
    early = enter("delegation", "DZ", language, reduced_motion="reduce")
    chair = enter("chair", None, language, reduced_motion="reduce")
    chair.locator(".rehearse button").click()
    bears_the_mark(chair, language)
    expect(early.locator("#rehearsal")).to_be_visible()
    assert_good(early)
    display = enter("display", None, language)
    phone = enter("delegation", "NG", language, reduced_motion="reduce")
    for page in (chair, phone, display):
        page.wait_for_selector("html[data-ready]")
        assert_good(page)
    chair.locator(".rehearsal summary").click()
    assert_good(chair)

    presiding.cross_over()
    presiding.end_rehearsal()
    expect(phone.locator("#rehearsal-over")).to_be_visible()
    assert_good(phone)
