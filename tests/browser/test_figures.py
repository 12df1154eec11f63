"""The closing figures on the screen: they follow the meeting, and every crowd of kinds fits."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, opened, segment_of
from tests.processes.server import Server

KINDS = ("KP", "GB", "MX", "PL", "NG", "VA", "EU", "UNODC", "IOM", "TRONIE", "MANPOWER")
"""Delegations of all regions, and of all kinds that the demonstration has."""

SIZES = ((1920, 1080), (1280, 720), (1024, 768))

# What of the projected form stands outside of the picture, or over another part.
LAPPING = """() => {
  const parts = [...document.querySelectorAll(".projected > *, .halves section, .shares li")];
  const outside = parts.filter((part) => {
    const { right, bottom } = part.getBoundingClientRect();
    return right > innerWidth + 1 || bottom > innerHeight + 1;
  });
  const bottom = Math.max(...[...document.querySelectorAll(".shares li")].map(
    (row) => row.getBoundingClientRect().bottom
  ));
  const foot = document.querySelector(".further").getBoundingClientRect().top;
  return [...outside.map((part) => part.className), ...(bottom > foot + 1 ? ["further"] : [])];
}"""


@pytest.fixture
def chair(server: Server) -> Client:
    """The first panel goes on, and its list is open."""
    return opened(server)


def speak(server: Server, chair: Client, code: str) -> None:
    """A delegation asks, takes the floor and concludes."""
    desk = Client(server, "secretary")
    desk.do("request-floor", f"tap-of-{code}", segment=segment_of(server.house), delegation=code)
    desk.close()
    chair.do("give-floor", request=f"tap-of-{code}", holder=None)
    chair.do("end-intervention", holder=f"tap-of-{code}", outcome="concluded")


def test_the_figures_follow_the_meeting_and_are_reached_from_the_chair(
    enter: Enter, server: Server, chair: Client
) -> None:
    page = enter("chair")
    page.keyboard.press("p")
    page.get_by_role("link", name="Closing figures").click()
    expect(page.get_by_text("there is nothing to read out")).to_be_visible()

    speak(server, chair, "MX")
    expect(page.locator(".aloud").first).to_contain_text("1 delegation took the floor.")
    page.locator("summary").click()
    speak(server, chair, "NG")

    expect(page.locator(".aloud").first).to_contain_text("2 delegations took the floor.")
    expect(page.locator(".aloud[lang=ru]")).to_contain_text("Слово взяли 2 делегации.")
    expect(page.locator("details")).to_have_attribute("open", "")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="For the projector").click()
    expect(popup.value.locator(".tiles")).to_contain_text("2")


@pytest.mark.parametrize("language", ["en", "ar", "ru"])
def test_all_kinds_and_regions_fit_on_the_projected_form(
    enter: Enter, server: Server, chair: Client, language: str
) -> None:
    for code in KINDS:
        speak(server, chair, code)
    chair.do("give-floor", "speech-1", person="p08", holder=None)
    chair.do("end-intervention", holder="speech-1", outcome="concluded")
    page = enter("secretary", language=language, at="./figures/projected")
    expect(page.locator(".halves section")).to_have_count(2)
    expect(page.locator(".halves section").nth(1).locator("li")).to_have_count(5)
    fits(page)


def fits(page: Page) -> None:
    for width, height in SIZES:
        page.set_viewport_size(ViewportSize(width=width, height=height))
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate(LAPPING) == [], (width, height)
