"""The projected display can be read from the last row, whatever projects it."""

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.browser.chromium import until
from tests.browser.conftest import SIZES, Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server
from tests.processes.trouble import silent

SMALLEST = 0.35
"""Of the height of the picture: how high the digits are at least."""

PICTURES = {"16:9": (1920, 1080), "small": (1280, 720), "4:3": (1024, 768), "16:10": (1280, 800)}
ELEVEN_MINUTES_MS = 660_000

ROOMS = ("?depth=8&height=2", "?depth=20&height=2", "?depth=30&height=2", "?depth=90&height=1")
SPEAKER = "H.E. Ms. Alejandra Gutiérrez de la Peña y Fernández"
TITLE = (
    "Minister of the Interior, of Public Security and of the Rights of the Victims of Trafficking"
)
MINE = "Democratic People's Republic of Korea"

# The height of a figure, and what of the clock's lines lies over another or outside the picture.
INK = """() => {
  const digits = document.querySelector(".stage > .digits");
  const style = getComputedStyle(digits);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return pen.measureText("0").actualBoundingBoxAscent / innerHeight;
}"""
LAPPING = """() => {
  const below = "[data-next=line] > .queue";
  const clock = [".person", ".stage > .digits", ".stage > .bar, .stage > .held", ".foot"];
  const lines = [...clock, below, ".band", ".lost-line"];
  const boxes = lines.flatMap((line) => {
    const found = document.querySelector(line);
    return found?.checkVisibility() ? [[line, found.getBoundingClientRect()]] : [];
  });
  const beyond = boxes.filter(
    ([, { right, bottom }]) => right > innerWidth || bottom > innerHeight
  );
  const over = boxes.slice(1).filter(([, box], index) => box.top < boxes[index][1].bottom - 2);
  return [...beyond, ...over].map(([line]) => line);
}"""

# What is told in the panel, and what is drawn: how high each text is, of the height of the picture.
TOLD_AND_DRAWN = """() => {
  const rows = [...document.querySelectorAll(".panel tbody tr")];
  const told = rows.map((row) => parseFloat(row.querySelector("small").textContent) / 100);
  const drawn = [".person h1", ".foot .state", ".queue li", ".foot .aside"].map((text) => {
    const style = getComputedStyle(document.querySelector(text));
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `700 ${style.fontSize} ${style.fontFamily}`;
    const letter = document.documentElement.lang === "ar" ? "ا" : "H";
    return pen.measureText(letter).actualBoundingBoxAscent / innerHeight;
  });
  const [, name, , state, next, foot] = told;
  return { told: [name, state, next, foot], drawn };
}"""

# How many tones are made: a browser without a loudspeaker makes them too.
COUNT_TONES = """() => {
  window.tones = 0;
  const Tone = window.OscillatorNode;
  window.OscillatorNode = class extends Tone {
    constructor(...given) {
      super(...given);
      window.tones += 1;
    }
  };
  const Sounds = window.AudioContext;
  window.AudioContext = class extends Sounds {
    constructor(...given) {
      super(...given);
      window.sounds = this;
    }
  };
}"""
HAS_CHIME = """() => performance.getEntriesByType("resource").some(
  (one) => one.name.endsWith("chime.js"))"""

# What of the test picture stands outside of the picture.
OUTSIDE = """() => [...document.querySelectorAll(".test-picture *")].filter((part) => {
  const { top, bottom, left, right } = part.getBoundingClientRect();
  return top < 0 || left < 0 || right > innerWidth || bottom > innerHeight;
}).map((part) => part.outerHTML.slice(0, 80))"""


@pytest.fixture
def chair(server: Server) -> Client:
    """Somebody who presides while the State with the longest name speaks."""
    chair = opened(server)
    for code in ("GB", "CD", "KP"):
        segment = segment_of(server.house)
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)
    chair.do("give-floor", request="tap-of-GB", holder=None)
    chair.do("stop-clock", holder="tap-of-GB")
    return chair


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_digits_are_large_on_every_projector(
    enter: Enter, server: Server, chair: Client, language: str
) -> None:
    display = enter("display", language=language)
    fits(display)

    chair.do("set-allowance", holder="tap-of-GB", total=ELEVEN_MINUTES_MS)
    expect(display.locator(".digits[data-figures='5']")).to_have_count(1)
    fits(display)

    with silent(server):
        expect(display.locator(".lost-line")).to_have_count(1)
        fits(display)


@pytest.mark.story(49)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_in_every_room_the_digits_are_large_and_no_line_lies_over_another(
    enter: Enter, chair: Client, language: str
) -> None:
    display = enter("display", language=language)
    for room in (*ROOMS, "?depth=30&height=2&captions=1"):
        visit(display, room)
        fits(display)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_that_can_be_said_of_a_turn_leaves_room_for_the_clock(
    enter: Enter, server: Server, language: str
) -> None:
    chair = opened(server)
    segment = segment_of(server.house)
    turn, point = "tap-of-MX", "tap-of-CH-1"
    group = {"group": "G77", "also_national": True}
    chair.do("request-floor", turn, segment=segment, delegation="MX", **group)
    chair.do("describe-request", request=turn, speaker=SPEAKER, title=TITLE, show_speaker=True)
    chair.do("give-floor", request=turn, holder=None)
    chair.do("stop-clock", holder=turn, reason="document")
    view = chair.view()
    rules = view["view"]["segment"]["rules"]
    chair.do(
        "set-rules", base=view["view"]["revision"], segment=segment, rules={**rules, "round": 9}
    )
    chair.do("close-list", segment=segment, at=view["now"] + ELEVEN_MINUTES_MS)
    display = enter("display", language=language)
    expect(display.locator(".person p")).to_have_count(2)
    expect(display.locator(".notices > span")).to_have_count(2)
    fits(display)

    order = {"segment": segment, "kind": "point-of-order"}
    Client(server, "delegation", "CH").do("request-floor", point, **order)
    chair.do("give-floor", request=point, holder=turn)
    chair.do("stop-clock", holder=point)
    expect(display.locator(".held")).to_have_count(1)
    fits(display)


@pytest.mark.story(43)
def test_what_the_panel_tells_is_what_is_drawn(enter: Enter, server: Server) -> None:
    chair = opened(server)
    for code in ("MX", "DZ", "TH"):
        chair.do(
            "request-floor", f"tap-of-{code}", segment=segment_of(server.house), delegation=code
        )
    chair.do("give-floor", request="tap-of-MX", holder=None)
    # So long that one state lasts while all is measured.
    chair.do("set-allowance", holder="tap-of-MX", total=9 * 60_000)
    chair.do("start-clock", holder="tap-of-MX")

    for language in ("en", "ar"):
        display = enter("display", language=language)
        for room in ROOMS:
            visit(display, room)
            display.keyboard.press("s")
            expect(display.locator(".panel tbody tr")).to_have_count(7)
            for width, height in (PICTURES["16:9"], PICTURES["4:3"]):
                display.set_viewport_size(ViewportSize(width=width, height=height))
                display.evaluate("() => new Promise(requestAnimationFrame)")
                measured = display.evaluate(TOLD_AND_DRAWN)
                for told, drawn in zip(measured["told"], measured["drawn"], strict=True):
                    assert told == pytest.approx(drawn, abs=0.002), (
                        room,
                        width,
                        language,
                        measured,
                    )


def test_a_deep_room_reads_fewer_names_and_counts_the_others(enter: Enter, server: Server) -> None:
    chair = opened(server)
    for code in ("MX", "DZ", "TH", "NG", "BR", "CH", "EG", "JM"):
        chair.do(
            "request-floor", f"tap-of-{code}", segment=segment_of(server.house), delegation=code
        )
    chair.do("give-floor", request="tap-of-MX", holder=None)
    display = enter("display")
    names, more = display.locator(".queue li"), display.locator(".queue .more")

    for room, shown in zip(("?depth=8&height=2", "?depth=20", "?depth=30"), (5, 3, 1), strict=True):
        visit(display, room)
        expect(names).to_have_count(shown)
        expect(more).to_contain_text(f"{7 - shown} more")
        flags = display.locator(".queue .flag:visible")
        expect(flags).to_have_count(shown if shown == 5 else 0)


def test_the_panel_comes_by_hand_alone_and_goes_by_itself(enter: Enter, chair: Client) -> None:
    display = enter("display")
    panel, button = display.locator(".panel"), display.locator(".to-settings")
    display.mouse.move(500, 500)
    display.mouse.move(505, 503)
    for key in ("n", "b", " ", "PageDown", ".", "Escape", "Enter"):
        display.keyboard.press(key)
    expect(panel).to_have_count(0)
    expect(button).to_have_count(0)

    display.clock.install()
    display.mouse.move(700, 700)
    display.mouse.move(900, 300)
    expect(button).to_be_visible()
    display.clock.run_for(5_000)
    expect(button).to_have_count(0)

    display.keyboard.press("s")
    expect(panel).to_be_visible()
    expect(panel.locator("input").first).to_be_focused()
    display.clock.run_for(12_000)
    display.keyboard.type("3")
    display.clock.run_for(12_000)
    expect(panel).to_be_visible()
    display.clock.run_for(10_000)
    expect(panel).to_have_count(0)


def test_it_is_not_ready_before_all_of_its_picture_came(enter: Enter, chair: Client) -> None:
    display = enter("display")
    held: list[Route] = []
    display.route("**/display/turn.js*", lambda route: held.append(route))
    with display.expect_request("**/display/turn.js*"):
        display.reload()
    expect(display.locator("main h1")).to_contain_text("Interactive dialogue")
    assert display.locator("html[data-ready]").count() == 0

    for route in held:
        route.continue_()
    display.wait_for_selector("html[data-ready]")
    assert display.locator("main h1").inner_text().startswith("United Kingdom")


@pytest.mark.story(42)
def test_a_room_is_told_by_hand_and_kept_over_a_power_cut(
    enter: Enter, browser: Browser, server: Server, chair: Client
) -> None:
    display = enter("display")
    display.keyboard.press("s")
    depth = display.get_by_label("Depth of the room, in metres")
    depth.fill("300")
    expect(display.locator(".panel")).to_contain_text("Between 1 and 200 metres.")
    depth.fill("30")
    display.get_by_label("Height of the picture, in metres").fill("2,5")
    display.get_by_label("Mirrored, for projection from behind").check()
    expect(display.locator("main")).to_have_attribute("data-mirrored", "")
    expect(display.locator(".panel")).to_contain_text("?depth=30&height=2.5&mirror=1")
    display.keyboard.press("Escape")
    expect(display.locator(".panel")).to_have_count(0)
    seat, _, said = display.url.partition("?")
    assert said == "depth=30&height=2.5&mirror=1"

    kept = display.context.storage_state()
    display.context.close()
    server.kill()
    server.start()
    width, height = SIZES["display"]
    again = browser.new_context(
        storage_state=kept, viewport=ViewportSize(width=width, height=height)
    )
    try:
        page = again.new_page()
        for address in (seat, f"{server.url}{server.house.seat('display')['link']}"):
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            expect(page.locator("main")).to_have_attribute("data-mirrored", "")
            expect(page.locator("main h1")).to_contain_text("United Kingdom")
            assert page.url.endswith("?depth=30&height=2.5&mirror=1")
    finally:
        again.close()


@pytest.mark.story(43)
def test_the_test_picture_comes_by_hand_and_gives_way_to_a_turn(
    enter: Enter, server: Server
) -> None:
    chair = opened(server)
    chair.do("request-floor", "tap-of-KP", segment=segment_of(server.house), delegation="KP")
    display = enter("display")
    visit(display, "?depth=30&height=2")
    picture = display.locator(".test-picture")
    for key in ("t", "Escape"):
        display.keyboard.press("t" if key == "Escape" else key)
        expect(picture).to_contain_text("Test picture")
        expect(picture.locator("tbody tr")).to_have_count(7)
        expect(picture.locator(".states li")).to_have_count(8)
        display.keyboard.press(key)
        expect(picture).to_have_count(0)

    display.keyboard.press("t")
    expect(picture).to_be_visible()
    for width, height in PICTURES.values():
        display.set_viewport_size(ViewportSize(width=width, height=height))
        assert display.evaluate("document.documentElement.scrollWidth") <= width
        assert display.evaluate(OUTSIDE) == [], (width, height)
    chair.do("give-floor", request="tap-of-KP", holder=None)
    expect(picture).to_have_count(0)
    expect(display.locator("main h1")).to_have_text(MINE)
    display.keyboard.press("t")
    chair.do("end-intervention", holder="tap-of-KP", outcome="concluded")
    expect(display.locator("main")).to_have_attribute("data-state", "ended")
    expect(picture).to_have_count(0)


def visit(display: Page, room: str) -> None:
    """Come again with what an address says of the room."""
    display.goto(display.url.partition("?")[0] + room)
    display.wait_for_selector("html[data-ready]")
    display.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


def fits(display: Page) -> None:
    """In every picture the digits are large, and no line lies over another."""
    for name, (width, height) in PICTURES.items():
        display.set_viewport_size(ViewportSize(width=width, height=height))
        display.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        assert display.evaluate(INK) >= SMALLEST, name
        assert display.evaluate(LAPPING) == [], name
        bars = display.locator(".stage > .bar").all()
        assert all((bar.bounding_box() or {"height": 0})["height"] > height / 100 for bar in bars)


def test_the_end_of_a_firm_limit_is_heard_where_the_page_was_touched(
    enter: Enter, chair: Client, server: Server
) -> None:
    view = chair.view()["view"]
    firm = {**view["segment"]["rules"], "enforcement": "firm"}
    chair.do("set-rules", base=view["revision"], segment=segment_of(server.house), rules=firm)
    display = enter("display")
    display.evaluate(COUNT_TONES)
    chair.do("give-floor", request="tap-of-CD", holder="tap-of-GB")
    chair.do("stop-clock", holder="tap-of-CD")
    until(display, HAS_CHIME)
    display.mouse.click(200, 200)
    until(display, "() => window.sounds.state === 'running'")

    used = chair.view()["view"]["floor"]["used"]
    chair.do("set-allowance", holder="tap-of-CD", total=used + 500)
    chair.do("start-clock", holder="tap-of-CD")

    expect(display.locator(".display")).to_have_attribute("data-state", "overtime")
    until(display, "() => window.tones === 2")
