"""The projected display can be read from the last row, whatever projects it."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server
from tests.processes.trouble import silent

SMALLEST = 0.35
"""Of the height of the picture: how high the digits are at least."""

PICTURES = {"16:9": (1920, 1080), "small": (1280, 720), "4:3": (1024, 768), "16:10": (1280, 800)}
ELEVEN_MINUTES_MS = 660_000

# The height of a figure, and what of the clock's lines lies over another or outside the picture.
INK = """() => {
  const digits = document.querySelector(".stage > .digits");
  const style = getComputedStyle(digits);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return pen.measureText("0").actualBoundingBoxAscent / innerHeight;
}"""
LAPPING = """() => {
  const lines = [".person", ".stage > .digits", ".stage > .bar", ".foot", ".lost-line"];
  const boxes = lines.flatMap((line) => {
    const found = document.querySelector(line);
    return found ? [[line, found.getBoundingClientRect()]] : [];
  });
  const beyond = boxes.filter(
    ([, { right, bottom }]) => right > innerWidth || bottom > innerHeight
  );
  const over = boxes.slice(1).filter(([, box], index) => box.top < boxes[index][1].bottom - 2);
  return [...beyond, ...over].map(([line]) => line);
}"""


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


def fits(display: Page) -> None:
    """In every picture the digits are large, and no line lies over another."""
    for name, (width, height) in PICTURES.items():
        display.set_viewport_size(ViewportSize(width=width, height=height))
        display.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        assert display.evaluate(INK) >= SMALLEST, name
        assert display.evaluate(LAPPING) == [], name
