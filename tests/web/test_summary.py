"""The draft of the Summary for those who write it: as a page and as Markdown."""

from moderator.core.terms import Role
from moderator.web.notes import WRITERS
from tests.web.hall import BACHELET, PANEL, Device, Hall, new_id

FORMS = ("/summary", "/summary.md")


def noted(hall: Hall, text: str, **of: str) -> Device:
    """A panel has begun, and the rapporteur has noted this; tells the rapporteur."""
    hall.begin()
    return note(hall, text, **of)


def note(hall: Hall, text: str, **of: str) -> Device:
    rapporteur = hall.enter(Role.RAPPORTEUR)
    body = {"segment": PANEL, "intervention": None, "theme": None, "text": text, **of}
    address = f"{hall.api}/notes/{new_id()}"
    answer = rapporteur.client.put(address, json=body, headers=dict(rapporteur.headers))
    assert answer.status_code == 200, answer.text
    return rapporteur


def test_the_draft_is_for_those_who_write_it(hall: Hall):
    devices = {role: hall.enter(role) for role in Role}

    answers = {(role, form): devices[role].page(form) for role in Role for form in FORMS}

    admitted = {asked for asked, answer in answers.items() if answer.status_code == 200}
    assert admitted == {(role, form) for role in WRITERS for form in FORMS}
    assert {answer.status_code for answer in answers.values()} == {200, 403}


def test_the_draft_tells_who_spoke_and_what_was_noted_under_which_theme(hall: Hall):
    hall.begin()
    chair = hall.chair
    chair.do("give-floor", "speech-of-bachelet", person=BACHELET, holder=None)
    chair.do("end-intervention", holder="speech-of-bachelet")
    turn = hall.give(hall.ask("BR"))

    page = note(hall, "Early identification", intervention=turn, theme="t1").page("/summary").text

    assert "Presentations were made by Ms. Michelle Bachelet" in page
    assert "Early identification." in page
    assert "Enhancing political will and commitment" in page
    assert "<li>Brazil</li>" in page
    assert "No source yet" not in page


def test_the_draft_is_in_one_language_on_a_page_in_the_seats_own(hall: Hall):
    hall.begin()

    page = hall.enter(Role.RAPPORTEUR, lang="ar").page("/summary").text

    assert 'lang="ar" dir="rtl"' in page
    assert 'id="draft" lang="en" dir="ltr"' in page
    assert "The meeting “Interactive dialogue on human trafficking”" in page


def test_a_note_is_text_on_the_page_and_in_the_markdown(hall: Hall):
    rapporteur = noted(hall, "<script>alert(1)</script> [x](javascript:alert(1))")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rapporteur.page("/summary").text
    assert "<script>alert(1)" not in rapporteur.page("/summary").text
    assert r"\<script\>alert(1)\</script\> \[x\](" in rapporteur.page("/summary.md").text


def test_a_note_that_names_a_delegation_is_pointed_out(hall: Hall):
    page = noted(hall, "Brazil agreed").page("/summary").text

    assert "To be looked at before it goes out:" in page
    assert "Brazil, agreed" in page


def test_the_page_has_no_script(hall: Hall):
    assert "<script" not in hall.enter(Role.CHAIR).page("/summary").text


def test_the_markdown_comes_as_a_file(hall: Hall):
    answer = noted(hall, "A point").page("/summary.md")

    assert answer.content_type == "text/markdown; charset=utf-8"
    name = f"summary-{hall.dialogue}.md"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.text.startswith("# President’s Summary: Interactive dialogue on human traffick")
    assert "A point." in answer.text
