"""The other pages of a display: the lectern, read from a metre, and the overlay of a webcast."""

import base64

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.chromium import deadlines_agree
from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

NOTE = "Please conclude: the interpreters leave in four minutes."
LONGEST_NOTE = ("Mr. President asks you kindly to come to the end of your statement now. " * 3)[
    :200
]

SEVEN_INCHES = {(1024, 600): 0.0893, (800, 480): 0.0914}
"""Height of the picture in metres, by its pixels: seven inches across."""

READ_FROM_A_METRE = 0.00465
"""Metres: how high a capital is under sixteen minutes of arc."""

# How high capitals are of each text, in parts of the picture; and what stands outside of it.
CAPITALS = """() => {
  const shown = ".state, .state small, .slower span, .from-chair p, .then p";
  const texts = [...document.querySelectorAll(shown)];
  return texts.map((text) => {
    const style = getComputedStyle(text);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const capital = pen.measureText("H").actualBoundingBoxAscent;
    return [text.className || text.localName, capital / innerHeight];
  });
}"""
OUTSIDE = """() => {
  const parts = document.querySelectorAll(".lectern > *, .from-chair p, .then p");
  return [...parts].filter((part) => {
    const { top, bottom, left, right } = part.getBoundingClientRect();
    const held = part.closest(".from-chair, .then")?.getBoundingClientRect().bottom ?? innerHeight;
    const low = bottom > Math.min(held, innerHeight) + 1;
    return top < -1 || left < -1 || right > innerWidth + 1 || low;
  }).map((part) => part.className);
}"""
OVER = """() => {
  const parts = [...document.querySelectorAll(".lectern > *")];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const laps = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  return parts.filter((part, index) => boxes.slice(0, index).some((box) => laps(box, boxes[index])))
    .map((part) => part.className);
}"""

# From where to where a picture is not transparent: left, top, right, bottom; null when it is empty.
SEEN = """async (data) => {
  const picture = await createImageBitmap(await (await fetch(data)).blob());
  const { width, height } = picture;
  const pen = new OffscreenCanvas(width, height).getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data: pixels } = pen.getImageData(0, 0, width, height);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let place = 3; place < pixels.length; place += 4) {
    if (pixels[place] === 0) continue;
    const [x, y] = [((place - 3) / 4) % width, Math.floor(place / 4 / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  }
  return right < 0 ? null : [left, top, right, bottom];
}"""
SAFE = 0.05
"""Of the picture, from each edge: what televisions may hide (EBU R 95)."""


@pytest.fixture
def chair(server: Server) -> Client:
    """Nigeria has the floor and its clock runs; the State with the longest name is next."""
    chair = opened(server)
    for code in ("NG", "GB"):
        segment = segment_of(server.house)
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)
    chair.do("give-floor", request="tap-of-NG", holder=None)
    chair.do("start-clock", holder="tap-of-NG")
    return chair


def receiver(enter: Enter, page: str, language: str = "en") -> Page:
    """Another page of a display, on a screen of its own."""
    return enter("display", language=language, at=f".{page}")


def test_lectern_and_overlay_show_the_second_of_the_display(enter: Enter, chair: Client) -> None:
    display = enter("display")
    deadlines_agree(display, receiver(enter, "/lectern"), receiver(enter, "/overlay"))


def test_both_are_reached_from_the_settings_of_the_display(enter: Enter, chair: Client) -> None:
    display = enter("display")
    display.keyboard.press("s")
    display.get_by_role("link", name="Lectern").click()
    expect(display.locator(".lectern .digits")).to_be_visible()

    display.go_back()
    expect(display.locator("main.display .digits")).to_be_visible()
    display.keyboard.press("s")
    display.get_by_role("link", name="Overlay for the webcast").click()
    expect(display.locator(".lower .name")).to_have_text("Nigeria")


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_on_seven_inches_everything_is_read_from_a_metre(
    enter: Enter, chair: Client, language: str
) -> None:
    lectern = receiver(enter, "/lectern", language)
    booth = Client(chair.server, "interpreter")
    readable(lectern)

    chair.do("send-note", intervention="tap-of-NG", words=NOTE)
    expect(lectern.locator(".from-chair")).to_have_text(NOTE)
    readable(lectern)
    booth.do("ask-to-slow-down", holder="tap-of-NG")
    expect(lectern.locator(".slower")).to_be_visible()
    readable(lectern)

    chair.do("send-note", intervention="tap-of-NG", words=LONGEST_NOTE)
    expect(lectern.locator(".from-chair")).to_have_text(LONGEST_NOTE)
    readable(lectern)


def readable(lectern: Page) -> None:
    """In the usual sizes of such screens no text is too small, outside, or over another."""
    for (width, height), metres in SEVEN_INCHES.items():
        lectern.set_viewport_size(ViewportSize(width=width, height=height))
        lectern.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        lectern.evaluate("new Promise(requestAnimationFrame)")
        assert lectern.evaluate(OUTSIDE) == [], (width, height)
        assert lectern.evaluate(OVER) == [], (width, height)
        for text, share in lectern.evaluate(CAPITALS):
            assert share * metres >= READ_FROM_A_METRE, (text, share, width)


def test_while_a_point_of_order_is_heard_the_rostrum_sees_its_own_time_stand_still(
    enter: Enter, chair: Client
) -> None:
    lectern, overlay = receiver(enter, "/lectern"), receiver(enter, "/overlay")
    chair.do("send-note", intervention="tap-of-NG", words=NOTE)
    expect(lectern.locator(".from-chair")).to_be_visible()
    segment = segment_of(chair.server.house)
    chair.do(
        "request-floor", "point-of-CH", segment=segment, delegation="CH", kind="point-of-order"
    )
    chair.do("give-floor", request="point-of-CH", holder="tap-of-NG")
    chair.do("start-clock", holder="point-of-CH")

    expect(lectern.get_by_role("heading", level=1)).to_have_text("Point of order")
    expect(lectern.locator(".then")).to_have_text("Your time stands still.")
    expect(lectern.locator(".from-chair")).to_have_count(0)
    expect(overlay.locator(".lower .name")).to_have_text("Switzerland")
    expect(overlay.locator(".lower .state")).to_have_text("Point of order")
    standing = chair.view()["view"]["interrupted"]
    left = -(-(standing["allowance"] - standing["used"]) // 1_000)
    expect(lectern.locator(".digits")).to_have_text(f"{left // 60}:{left % 60:02}")

    chair.do("rule-on-point", point="point-of-CH", ruling="noted")
    expect(lectern.locator(".lectern")).to_have_attribute("data-state", "paused")
    expect(lectern.locator(".from-chair")).to_be_visible()


def test_a_note_is_for_the_one_who_speaks_and_goes_with_the_turn(
    enter: Enter, chair: Client
) -> None:
    lectern, display = receiver(enter, "/lectern"), enter("display")
    chair.do("send-note", intervention="tap-of-NG", words=NOTE)
    expect(lectern.locator(".from-chair")).to_have_text(NOTE)
    expect(display.get_by_text(NOTE)).to_have_count(0)

    chair.do("give-floor", request="tap-of-GB", holder="tap-of-NG")
    expect(lectern.locator(".from-chair")).to_have_count(0)


def test_the_overlay_lies_on_nothing(enter: Enter, browser: Browser, chair: Client) -> None:
    overlay = receiver(enter, "/overlay?title=1")
    overlay.set_viewport_size(ViewportSize(width=1920, height=1080))
    for side in ("dark", "light"):
        overlay.emulate_media(color_scheme=side, reduced_motion="reduce")
        drawn = seen(overlay, browser)
        assert drawn is not None
        left, top, right, bottom = drawn
        assert left >= 1920 * SAFE
        assert right <= 1920 * (1 - SAFE)
        assert top >= 1080 / 2
        assert bottom <= 1080 * (1 - SAFE)
    assert overlay.evaluate("[innerWidth, document.documentElement.scrollHeight]") == [1920, 1080]
    assert overlay.locator("a, button, input, [tabindex]").count() == 0


def test_the_overlay_is_empty_when_nobody_speaks_unless_the_title_is_asked_for(
    enter: Enter, browser: Browser, chair: Client
) -> None:
    plain, titled = receiver(enter, "/overlay"), receiver(enter, "/overlay?title=1", "fr")
    for overlay in (plain, titled):
        expect(overlay.locator(".lower .digits")).to_be_visible()

    chair.do("end-intervention", holder="tap-of-NG", outcome="concluded")

    expect(titled.locator(".lower .title")).to_contain_text("Protéger")
    expect(plain.locator(".lower")).to_have_count(0)
    assert seen(plain, browser) is None
    chair.do("suspend-dialogue")
    expect(titled.locator(".lower")).to_have_count(0)


def test_the_overlay_names_the_person_who_was_let_out(enter: Enter, chair: Client) -> None:
    overlay = receiver(enter, "/overlay")
    said = {"speaker": "Ms. Ada Obi", "title": "Minister of Water"}
    chair.do("describe-request", request="tap-of-NG", **said)
    chair.do("set-allowance", holder="tap-of-NG", total=120_000)
    expect(overlay.locator(".digits")).to_contain_text("1:")
    expect(overlay.locator(".second")).to_have_count(0)

    chair.do("describe-request", request="tap-of-NG", **said, show_speaker=True)

    expect(overlay.locator(".second")).to_have_text("Ms. Ada Obi, Minister of Water")


def seen(page: Page, browser: Browser) -> list[int] | None:
    """From where to where something is drawn on a page; None when nothing is."""
    picture = base64.b64encode(page.screenshot(omit_background=True)).decode()
    reader = browser.new_page()
    found: list[int] | None = reader.evaluate(SEEN, f"data:image/png;base64,{picture}")
    reader.close()
    return found
