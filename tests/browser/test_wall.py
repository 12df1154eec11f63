"""The wall of all rooms and the start page, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import until
from tests.browser.conftest import EnterDesk, OpenPage
from tests.data.programmes import SMALL
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server
from tests.processes.trouble import silent

ONE_SECOND_S = 1.0
DRIFTS = re.compile(r"^(\d+ (h \d+ )?min (ahead|behind)|On time)$")

HELD = """(room) => {
  const digits = document.querySelector(`[data-room="${room}"] .digits`).textContent.trim();
  const [minutes, seconds] = digits.replace("+", "").split(":").map(Number);
  return 60 * minutes + seconds;
}"""


@pytest.fixture
def chair(server: Server) -> Client:
    """Somebody who presides while Mexico speaks and Nigeria waits."""
    chair = opened(server)
    for code in ("MX", "NG"):
        chair.do(
            "request-floor", f"tap-of-{code}", segment=segment_of(server.house), delegation=code
        )
    chair.do("give-floor", request="tap-of-MX", holder=None)
    return chair


@pytest.fixture
def wall(enter_desk: EnterDesk) -> Page:
    return enter_desk("wall")


def test_the_wall_shows_who_speaks_and_what_is_left_without_a_hand(
    chair: Client, wall: Page, server: Server
) -> None:
    room = wall.locator(f"[data-room='{server.house.dialogue}']")
    expect(room).to_contain_text("Conference Room 2 (NLB)")
    expect(room).to_contain_text("Mexico")
    expect(room).to_contain_text("1 waiting")
    expect(room).to_have_attribute("data-state", "speaking")
    expect(room.locator("footer span").last).to_have_text(DRIFTS)
    floor = chair.view()
    shown = wall.evaluate(HELD, server.house.dialogue)
    told = (floor["view"]["floor"]["running_since"] or floor["now"]) + 60_000 - floor["now"]
    assert abs(shown - told / 1_000) < 3 * ONE_SECOND_S

    chair.do("give-floor", request="tap-of-NG", holder="tap-of-MX")
    expect(room).to_contain_text("Nigeria")
    expect(room).to_contain_text("0 waiting")
    chair.do("stop-clock", holder="tap-of-NG")
    expect(room).to_have_attribute("data-state", "paused")


def test_the_clock_goes_on_without_contact_and_the_wall_says_so(
    chair: Client, wall: Page, server: Server
) -> None:
    room = wall.locator(f"[data-room='{server.house.dialogue}']")
    expect(room).to_have_attribute("data-state", "speaking")

    with silent(server):
        expect(wall.locator(".wall-top .lost")).to_contain_text("No contact")
        expect(room).to_have_attribute("data-state", "lost")
        expect(room).to_contain_text("clock still counting")
        before = wall.evaluate(HELD, server.house.dialogue)
        until(wall, f"([room, before]) => ({HELD})(room) < before", [server.house.dialogue, before])

    expect(room).not_to_have_attribute("data-state", "lost")
    expect(wall.locator(".wall-top")).to_contain_text("1 room connected")


def test_a_wall_outlives_the_server(chair: Client, wall: Page, server: Server) -> None:
    expect(wall.locator(".room")).to_contain_text("Mexico")
    server.kill()
    expect(wall.locator(".wall-top .lost")).to_contain_text("No contact")
    expect(wall.locator(".room")).to_contain_text("Mexico")

    server.start()

    expect(wall.locator(".wall-top")).to_contain_text("1 room connected")


def test_several_rooms_stand_in_their_order_and_fit_the_screen(
    wall: Page, server: Server, chair: Client
) -> None:
    names = ("2009-side-event", "2014-special-event", "2008-thematic-debate")
    made = [server.house.flask("demo", "--programme", name).strip() for name in names]

    expect(wall.locator(".room")).to_have_count(4)

    shown = wall.locator(".room").evaluate_all("(rooms) => rooms.map((room) => room.dataset.room)")
    assert shown == [server.house.dialogue, *made]
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert (
        wall.evaluate(
            """[...document.querySelectorAll(".room")].filter((room) =>
            room.scrollWidth > room.clientWidth || room.scrollHeight > room.clientHeight).length"""
        )
        == 0
    )


def test_the_start_page_leads_back_to_a_seat_and_into_a_public_dialogue(
    open_page: OpenPage, server: Server, chair: Client
) -> None:
    server.house.flask("demo", "--programme", "2009-side-event")
    page = open_page("delegation", server.house.seat("delegation", "NG")["link"])
    page.click("button[type=submit]")
    page.wait_for_selector("html[data-ready]")
    seat = page.url

    page.goto(server.url)
    expect(page.locator(".meetings li")).to_have_count(2)
    expect(page.locator(".meetings li").first).to_contain_text("In progress")
    page.get_by_role("link", name="Back to the seat of Nigeria").click()
    expect(page).to_have_url(seat)

    page.goto(server.url)
    page.get_by_role("link", name=re.compile("^Follow: Taking Collective Action")).click()
    page.click("button[type=submit]")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("h1")).to_contain_text("The dialogue has not begun")


def test_the_secretariat_sets_up_a_dialogue_and_enters_it(
    enter_desk: EnterDesk, server: Server, chair: Client
) -> None:
    page = enter_desk("secretariat")
    page.fill("textarea", "title: Water for all\ndate: tomorrow\n")
    page.click(".new:not(.plain) button")
    expect(page.get_by_role("alert")).to_contain_text("“tomorrow” is not a day")

    page.fill("textarea", SMALL)
    page.click(".new:not(.plain) button")
    expect(page.locator("li.made")).to_contain_text("Water for all")
    page.get_by_role("button", name="Enter as its secretary: Water for all").click()

    page.wait_for_selector("html[data-ready]")
    expect(page.locator("body")).to_contain_text("Water for all")
