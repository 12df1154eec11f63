"""The interpreters' booth: who comes next, with which text; and the press to slow down."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server
from tests.processes.trouble import silent

SAID = {
    "level": "minister",
    "language": "fr",
    "delivery": "check-against-delivery",
    "speaker": "Mme Ada Obi",
    "title": "Ministre de l’eau",
    "text": "Monsieur le Président, permettez-moi de commencer par les lacs.",
}
LONGEST = {
    **SAID,
    "speaker": "Her Excellency Ms. " + "Fernández-Rodríguez " * 5,
    "title": "Minister for Foreign Affairs, " + "International Cooperation and " * 8 + "Trade",
    "text": "Trafficking in persons is a crime that no State can fight alone. " * 300,
}
SIZES = ((1366, 768), (1024, 768), (1920, 1080), (768, 1024), (390, 844), (320, 640))

# What of the press to slow down is not in sight.
HIDDEN = """() => {
  const { top, bottom, left, right } = document.querySelector(".slow").getBoundingClientRect();
  return top < 0 || left < 0 || right > innerWidth || bottom > innerHeight;
}"""
# Names of States, and of people, of which a part is not seen.
CUT = """() => {
  const parts = document.querySelectorAll(".names *, .spoken li, .service, .slow span");
  const boxes = [...parts].filter((part) => getComputedStyle(part).display !== "inline");
  const cut = boxes.filter((part) => part.scrollWidth > part.clientWidth + 1);
  return cut.map((part) => part.textContent.trim());
}"""


@pytest.fixture
def chair(server: Server) -> Client:
    """Mexico has the floor with its clock standing; Nigeria, who has told all, and others wait."""
    chair = opened(server)
    for code in ("MX", "NG", "GB", "DZ", "KP"):
        segment = segment_of(server.house)
        chair.do("request-floor", f"tap-of-{code}", segment=segment, delegation=code)
    chair.do("describe-request", request="tap-of-NG", **SAID)
    chair.do("give-floor", request="tap-of-MX", holder=None)
    chair.do("stop-clock", holder="tap-of-MX")
    return chair


@pytest.mark.story(44)
def test_the_next_three_are_told_with_language_and_text(enter: Enter, chair: Client) -> None:
    booth = enter("interpreter")
    first, *others = booth.locator(".follows > ol > li").all()
    expect(booth.locator(".follows > ol > li")).to_have_count(3)
    for told in ("Nigeria", "Mme Ada Obi, Ministre de l’eau", "Minister", "French"):
        expect(first).to_contain_text(told)
    expect(first).to_contain_text("Check against delivery")
    expect(others[0]).to_contain_text("Language not told")

    first.get_by_role("button", name="Open the text").click()
    expect(booth.locator(".words p")).to_have_text(SAID["text"])
    expect(booth.locator(".words p")).to_have_attribute("lang", "fr")
    booth.get_by_role("button", name="Back to who speaks").click()
    expect(booth.locator(".words")).to_contain_text("There is no text of this speaker.")

    chair.do("describe-request", request="tap-of-NG", **{**SAID, "language": "en"})
    expect(first).to_contain_text("English")


@pytest.mark.story(45)
def test_the_end_of_interpretation_is_always_in_sight(enter: Enter, chair: Client) -> None:
    booth = enter("interpreter", language="fr")
    until = chair.view()["view"]["dialogue"]["interpretation_until"]
    assert len(until) == 2
    expect(booth.locator(".service")).to_contain_text("Interprétation jusqu’à")
    expect(booth.locator(".service b")).to_have_text(re.compile(r"\d"))
    chair.do("suspend-dialogue")
    expect(booth.locator("#speaks")).to_have_text("Suspension")
    expect(booth.locator(".service")).to_be_visible()


def test_the_text_that_lies_open_follows_the_floor(enter: Enter, chair: Client) -> None:
    booth = enter("interpreter")
    expect(booth.locator(".who strong")).to_have_text("Mexico")

    chair.do("give-floor", request="tap-of-NG", holder="tap-of-MX")

    expect(booth.locator(".who strong")).to_have_text("Nigeria")
    expect(booth.locator(".words p")).to_have_text(SAID["text"])
    expect(booth.locator(".follows > ol > li").first).to_contain_text("United Kingdom")


@pytest.mark.story(44)
def test_one_press_asks_the_speaker_alone_to_slow_down(enter: Enter, chair: Client) -> None:
    booth, other_booth = enter("interpreter"), enter("interpreter", language="fr")
    lectern, display = enter("display", at="./lectern"), enter("display")
    expect(lectern.locator(".digits")).to_be_visible()
    expect(lectern.locator(".slower")).to_have_count(0)

    booth.get_by_role("button", name="Please slow down").click()

    expect(lectern.locator(".slower")).to_have_text("Please slow down")
    expect(booth.locator(".slow")).to_have_text("The speaker is asked")
    expect(booth.locator(".slow")).to_have_attribute("aria-disabled", "true")
    expect(other_booth.locator(".slow")).to_have_text("L’orateur est prévenu")
    expect(display.get_by_text("slow down")).to_have_count(0)

    # After ten seconds it is over, and can be asked again.
    expect(lectern.locator(".slower")).to_have_count(0)
    expect(booth.locator(".slow")).to_have_text("Please slow down")
    expect(booth.locator(".slow")).not_to_have_attribute("aria-disabled", "true")


def test_where_nobody_speaks_nobody_can_be_asked(enter: Enter, chair: Client) -> None:
    booth = enter("interpreter")
    chair.do("end-intervention", holder="tap-of-MX", outcome="concluded")

    press = booth.locator(".slow")
    expect(press).to_have_attribute("aria-disabled", "true")
    press.click(force=True)

    expect(booth.locator("#speaks")).to_have_text("Nobody has the floor")
    assert chair.view()["view"]["speaker"] is None


def test_a_press_without_contact_says_that_the_speaker_was_not_asked(
    enter: Enter, server: Server, chair: Client
) -> None:
    booth = enter("interpreter")
    expect(booth.locator(".who strong")).to_have_text("Mexico")
    with silent(server):
        booth.locator(".slow").click()
        expect(booth.locator(".ask .said")).to_have_text("No contact: the speaker was not asked.")
        expect(booth.locator(".chip")).to_contain_text("No contact")
    expect(booth.locator(".chip")).to_contain_text("Connected")


@pytest.mark.parametrize(("language", "side"), [("en", "light"), ("ar", "dark")])
def test_the_longest_names_are_whole_and_the_press_is_in_sight(
    enter: Enter, chair: Client, language: str, side: str
) -> None:
    for code in ("MX", "NG", "GB", "DZ"):
        chair.do("describe-request", request=f"tap-of-{code}", **LONGEST)
    booth = enter("interpreter", language=language, color_scheme=side)
    expect(booth.locator(".words p")).to_contain_text("Trafficking in persons")
    for width, height in SIZES:
        booth.set_viewport_size(ViewportSize(width=width, height=height))
        booth.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        assert booth.evaluate("document.documentElement.scrollWidth") <= width
        assert not booth.evaluate(HIDDEN), (width, height)
        assert booth.evaluate(CUT) == [], (width, height)


def test_the_letters_of_the_text_are_set_by_hand_and_kept(enter: Enter, chair: Client) -> None:
    chair.do("describe-request", request="tap-of-MX", **SAID)
    booth = enter("interpreter")
    before = letters(booth)

    booth.get_by_role("button", name="Larger letters").click()

    assert letters(booth) > before
    larger = letters(booth)
    booth.reload()
    expect(booth.locator(".words p")).to_be_visible()
    assert letters(booth) == larger


def letters(booth: Page) -> float:
    expect(booth.locator(".words p")).to_have_text(SAID["text"])
    size: float = booth.locator(".words p").evaluate(
        "(words) => parseFloat(getComputedStyle(words).fontSize)"
    )
    return size
