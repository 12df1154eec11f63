"""The chair darkens the displays and gives them a message; clocks go on, and nothing is covered."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter
from tests.browser.test_display import PICTURES, fits, visit
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

LONGEST = 200
SEATS = "Please take your seats."
ARABIC = "تُستأنف الجلسة في الساعة 15:00."
LONG = ("A technical problem with the interpretation into Arabic is being looked into. " * 3)[
    :LONGEST
]

# Whether words of a message stand outside of what holds them, or of the picture.
CUT = """() => [".announcement h1", ".band span", ".told span"].filter((words) => {
  const found = document.querySelector(words);
  if (!found) return false;
  const held = found.parentElement.getBoundingClientRect();
  const { top, bottom, left, right } = found.getBoundingClientRect();
  const over = top < held.top - 1 || bottom > held.bottom + 1;
  const beyond = left < -1 || right > innerWidth + 1 || bottom > innerHeight;
  return over || beyond || found.scrollWidth > found.clientWidth + 1;
})"""


@pytest.fixture
def presiding(server: Server) -> Client:
    """Somebody who presides while Mexico speaks and Algeria waits."""
    chair = opened(server)
    for code in ("MX", "DZ"):
        segment = segment_of(server.house)
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)
    chair.do("give-floor", request="tap-of-MX", holder=None)
    chair.do("start-clock", holder="tap-of-MX")
    return chair


def test_the_chair_gives_the_hall_a_message_and_takes_it_away(
    enter: Enter, server: Server, presiding: Client
) -> None:
    chair, display = enter("chair"), enter("display", language="ar")
    presiding.do("end-intervention", holder="tap-of-MX", outcome="concluded")
    expect(display.locator("main")).to_have_attribute("data-state", "ended")

    chair.keyboard.press("d")
    expect(chair.get_by_label("Message, in any language")).to_be_focused()
    show = chair.get_by_role("button", name="Show the message")
    show.click()
    expect(chair.get_by_role("alert")).to_have_text("Write a message first, or choose one.")
    chair.get_by_role("button", name=SEATS).click()
    show.click()
    expect(chair.locator(".toast")).to_contain_text("The message is shown")
    expect(display.locator(".announcement h1")).to_have_text(SEATS)

    display.reload()
    expect(display.locator(".announcement h1")).to_have_text(SEATS)
    chair.get_by_role("button", name="Message on the displays").click()
    expect(chair.get_by_label("Message, in any language")).to_have_value(SEATS)
    chair.get_by_role("button", name="Take the message away").click()
    expect(display.locator(".announcement")).to_have_count(0)
    expect(chair.get_by_role("button", name="Message on the displays")).to_have_count(0)


def test_a_dark_display_is_alive_and_a_turn_ends_on_time_behind_it(
    enter: Enter, presiding: Client
) -> None:
    chair, display = enter("chair"), enter("display")
    chair.keyboard.press("d")
    chair.get_by_label("Dark").check()
    screen = display.locator("main")
    expect(screen).to_have_attribute("data-state", "dark")
    expect(display.locator(".alive .shape")).to_be_visible()
    expect(display.locator(".digits, h1, time:visible")).to_have_count(0)
    expect(screen).to_have_css("background-color", "rgb(0, 0, 0)")
    display.keyboard.press("t")
    chair.keyboard.press("Escape")
    expect(chair.get_by_role("button", name="Displays dark")).to_be_visible()

    presiding.do("stop-clock", holder="tap-of-MX")
    used = presiding.view()["view"]["floor"]["used"]
    presiding.do("set-allowance", holder="tap-of-MX", total=used + 2_000)
    presiding.do("start-clock", holder="tap-of-MX")
    expect(chair.locator(".floor")).to_have_attribute("data-state", "time")
    expect(screen).to_have_attribute("data-state", "dark")
    presiding.do("give-floor", request="tap-of-DZ", holder=None)
    presiding.do("set-stage", blackout=False, message=None)
    expect(display.locator("main h1")).to_have_text("Algeria")
    expect(display.locator(".test-picture")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_message_covers_anything_or_is_cut(
    enter: Enter, presiding: Client, language: str
) -> None:
    display = enter("display", language=language)
    for room in ("?captions=0", "?depth=30&height=2", "?captions=1"):
        visit(display, room)
        for words in (SEATS, ARABIC, LONG, "x" * LONGEST):
            presiding.do("set-stage", blackout=False, message=words)
            band = display.locator(".told" if "captions=1" in room else ".band")
            expect(band).to_have_text(words)
            fits(display)
            whole(display)

    presiding.do("end-intervention", holder="tap-of-MX", outcome="concluded")
    for room in ("?captions=0", "?captions=1"):
        visit(display, room)
        for words in (ARABIC, LONG, "x" * LONGEST):
            presiding.do("set-stage", blackout=False, message=words)
            expect(display.locator(".announcement h1")).to_have_text(words)
            whole(display)
    side = display.locator(".announcement h1").evaluate(
        "(words) => getComputedStyle(words).direction"
    )
    assert side == "ltr"


def whole(display: Page) -> None:
    """In every picture all words of the message are seen."""
    for name, (width, height) in PICTURES.items():
        display.set_viewport_size(ViewportSize(width=width, height=height))
        display.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        display.evaluate("new Promise(requestAnimationFrame)")
        assert display.evaluate(CUT) == [], name
