"""The Summary is written on its page: by several, through outages, over new drafts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Enter
from tests.processes.clients import Client, new_id
from tests.processes.server import Server

STATED = "s2.t1.points"
TEXT = "victims should be identified early"


class Rapporteur(Client):
    """A client that keeps notes."""

    def note(self, turn: str | None, text: str, theme: str = "t1") -> None:
        body = {"segment": "s2", "intervention": turn, "theme": theme, "text": text}
        answer = self._answer("PUT", f"notes/{new_id()}", body)
        assert answer.status == 200, answer


@pytest.fixture
def turns(server: Server) -> dict[str, str]:
    """Two delegations and a group have spoken in the first panel; the turns by their codes."""
    chair = Client(server, "chair")
    chair.do("open-dialogue")
    chair.do("begin-segment", segment="s2", holder=None)
    chair.do("open-list", segment="s2")
    turns = {}
    for code, more in (("MX", {}), ("DZ", {"group": "G77"}), ("BR", {})):
        turns[code] = new_id()
        chair.do("request-floor", turns[code], segment="s2", delegation=code, **more)
        chair.do("give-floor", request=turns[code], holder=None)
        chair.do("end-intervention", holder=turns[code])
    chair.close()
    return turns


@pytest.fixture
def rapporteur(server: Server, turns: dict[str, str]) -> Iterator[Rapporteur]:
    """Both delegations have said the same, which was noted."""
    client = Rapporteur(server, "rapporteur")
    client.note(turns["MX"], TEXT.capitalize())
    client.note(turns["BR"], TEXT)
    yield client
    client.close()


def sheet(enter: Enter, role: str) -> Page:
    """The page of the Summary, of somebody who has entered."""
    page = enter(role, at="./summary")
    expect(paragraph(page, STATED)).to_be_visible()
    return page


def paragraph(page: Page, key: str):
    return page.locator(f'[data-key="{key}"]')


def write(page: Page, key: str, text: str) -> None:
    """Open a paragraph by its number, write it anew and close it."""
    paragraph(page, key).locator(".no button").press("Enter")
    page.locator("#editor").fill(text)
    page.locator("#editor").press("Enter")
    expect(page.locator("#editor")).to_have_count(0)


@pytest.mark.story(24)
def test_a_quantifier_opens_what_is_behind_it(enter: Enter, rapporteur: Rapporteur):
    page = sheet(enter, "rapporteur")
    phrase = paragraph(page, STATED).get_by_role("button", name="Two delegations")

    phrase.press("Enter")

    panel = page.locator("#evidence")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("2 of 3")
    expect(panel.locator("li strong")).to_have_text(["Mexico", "Brazil"])
    expect(panel.locator("li p").first).to_have_text(TEXT.capitalize())
    page.get_by_role("button", name="Close").press("Enter")
    expect(panel).to_have_count(0)
    expect(phrase).to_be_focused()


def test_what_was_written_outlives_a_new_draft_and_both_are_shown(
    enter: Enter, rapporteur: Rapporteur, turns: dict[str, str]
):
    page = sheet(enter, "rapporteur")
    write(page, STATED, "Two delegations asked for early help.")
    expect(page.locator("#contact")).to_contain_text("Kept")

    rapporteur.note(turns["DZ"], TEXT)

    moved = paragraph(page, STATED).locator(".moved")
    expect(moved).to_contain_text("The draft has changed since this was written.")
    expect(moved.locator("blockquote")).to_have_text(
        f"Two delegations and one group of States stated that {TEXT}."
    )
    expect(paragraph(page, STATED).locator("> p").first).to_contain_text("asked for early help")
    page.reload()
    expect(paragraph(page, STATED)).to_contain_text("asked for early help")
    page.get_by_role("button", name="Leave it as written").click()
    expect(moved).to_have_count(0)


def test_two_who_write_the_same_paragraph_see_both_texts_and_join_them(
    enter: Enter, rapporteur: Rapporteur
):
    first, second = sheet(enter, "rapporteur"), sheet(enter, "secretary")
    paragraph(second, STATED).locator(".no button").click()
    second.locator("#editor").fill("Ours of the secretary.")
    first_text = "Theirs of the rapporteur."
    second.route("**/api/**/summary/*", lambda route: route.abort())
    write(first, STATED, first_text)
    expect(first.locator("#contact")).to_contain_text("Kept")
    second.locator("#editor").press("Enter")
    expect(second.locator("#unsent")).to_be_visible()
    second.unroute("**/api/**/summary/*")

    clash = paragraph(second, STATED)
    expect(clash.locator("blockquote")).to_have_text([first_text, "Ours of the secretary."])
    second.get_by_role("button", name="Join both").click()
    joined = f"{first_text} Ours of the secretary."
    expect(second.locator("#editor")).to_have_value(joined)
    second.locator("#editor").press("Escape")

    expect(paragraph(first, STATED).locator("> p").first).to_have_text(joined)
    expect(second.locator("#unsent")).to_have_count(0)


def test_who_wrote_second_may_keep_theirs(enter: Enter, rapporteur: Rapporteur):
    first, second = sheet(enter, "rapporteur"), sheet(enter, "secretary")
    paragraph(second, STATED).locator(".no button").click()
    write(first, STATED, "Theirs.")
    expect(first.locator("#contact")).to_contain_text("Kept")
    second.locator("#editor").fill("Ours.")
    second.locator("#editor").press("Enter")

    second.get_by_role("button", name="Keep theirs").click()

    expect(paragraph(second, STATED).locator("> p").first).to_have_text("Theirs.")
    expect(paragraph(first, STATED).locator("> p").first).to_have_text("Theirs.")


def test_without_contact_it_is_kept_here_and_sent_once_there_is(
    enter: Enter, rapporteur: Rapporteur
):
    page = sheet(enter, "rapporteur")
    held = "**/api/**/summary/*"
    page.route(held, lambda route: route.abort())
    write(page, STATED, "Written in the tunnel.")

    expect(paragraph(page, STATED)).to_contain_text("Kept on this device, not sent yet.")
    expect(page.locator("#unsent")).to_contain_text("1 paragraph kept on this device")
    page.reload()
    expect(paragraph(page, STATED)).to_contain_text("Written in the tunnel.")
    page.unroute(held)

    expect(page.locator("#unsent")).to_have_count(0)
    expect(paragraph(page, STATED)).to_contain_text("Written in the tunnel.")
    expect(paragraph(page, STATED)).not_to_contain_text("Kept on this device")


def test_an_answer_that_was_lost_is_no_conflict(enter: Enter, rapporteur: Rapporteur):
    page = sheet(enter, "rapporteur")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().text())
        return route.abort()

    page.route("**/api/**/summary/*", lose)
    write(page, STATED, "First.")
    expect(page.locator("#unsent")).to_be_visible()
    write(page, STATED, "Second.")

    expect(page.locator("#unsent")).to_have_count(0)
    expect(paragraph(page, STATED).locator("> p").first).to_have_text("Second.")
    expect(page.locator(".clash")).to_have_count(0)
    assert '"revision":1' in lost[0]


def test_what_outruns_the_record_is_pointed_out(enter: Enter, rapporteur: Rapporteur):
    page = sheet(enter, "rapporteur")

    write(page, STATED, "Many delegations and Chad agreed on […].")

    one = paragraph(page, STATED)
    expect(one.locator(".quant.doubt")).to_have_text("Many delegations2")
    expect(one.locator(".why")).to_have_text(
        [
            re.compile("“Many delegations” is more than the record holds.*“two delegations”"),
            re.compile("“Chad” is named"),
            re.compile("“agreed” claims agreement"),
        ]
    )
    expect(one.locator(".slot")).to_have_text("[…]")
    expect(page.locator('.outline a[href="#section-s2.t1"]')).to_contain_text("not done")


def test_paragraphs_are_added_taken_out_and_brought_back(enter: Enter, rapporteur: Rapporteur):
    page = sheet(enter, "rapporteur")
    under = page.locator('section[id="section-s2.t1"]')

    under.get_by_role("button", name="Add a paragraph").click()
    page.locator("#editor").fill("In my own words.")
    page.locator("#editor").press("Enter")
    expect(page.locator("#contact")).to_contain_text("Kept")
    added = under.locator(".para", has_text="In my own words.")
    expect(added).to_contain_text("nothing in the record is behind them")

    added.locator(".no button").click()
    page.get_by_role("button", name="Take out").click()
    expect(added).to_contain_text("Taken out")
    expect(page.locator("#unsent")).to_have_count(0)
    page.get_by_role("button", name="Bring back").click()
    expect(added.locator(".no button")).to_be_visible()


def test_earlier_versions_come_back(enter: Enter, rapporteur: Rapporteur):
    page = sheet(enter, "rapporteur")
    for text in ("One.", "Two."):
        write(page, STATED, text)
        expect(page.locator("#unsent")).to_have_count(0)

    paragraph(page, STATED).locator(".no button").click()
    page.get_by_role("button", name="Earlier versions").click()
    expect(page.locator(".versions blockquote")).to_have_text(["Two.", "One."])
    page.locator(".versions").get_by_role("button", name="Bring back").last.click()
    expect(page.locator("#editor")).to_have_value("One.")
    page.locator("#editor").press("Escape")

    expect(paragraph(page, STATED).locator("> p").first).to_have_text("One.")


def test_what_was_sent_stands_there_before_the_paper_comes_again(
    enter: Enter, rapporteur: Rapporteur
):
    page = sheet(enter, "rapporteur")
    held: list[Route] = []
    page.route("**/dialogues/*/summary", lambda route: held.append(route))
    write(page, STATED, "One.")
    expect(page.locator("#unsent")).to_have_count(0)

    expect(paragraph(page, STATED).locator("> p").first).to_have_text("One.")
    paragraph(page, STATED).locator(".no button").click()
    expect(page.locator("#editor")).to_have_value("One.")
    page.locator("#editor").press("Escape")

    page.get_by_role("button", name="Add a paragraph").first.click()
    page.locator("#editor").fill("In my own words.")
    page.locator("#editor").press("Enter")
    expect(page.locator("#unsent")).to_have_count(0)
    expect(page.locator(".para", has_text="In my own words.")).to_be_visible()

    assert held
    page.unroute("**/dialogues/*/summary")
    expect(page.locator(".para", has_text="In my own words.").locator(".no")).to_contain_text(".")


def test_what_is_typed_is_sent_after_a_pause_without_being_closed(
    enter: Enter, rapporteur: Rapporteur
):
    page, other = sheet(enter, "rapporteur"), sheet(enter, "chair")

    paragraph(page, STATED).locator(".no button").click()
    page.locator("#editor").fill("Still being typed.")

    expect(paragraph(other, STATED)).to_contain_text("Still being typed.")
    expect(page.locator("#editor")).to_be_focused()
