"""The Summary for those who write it: its page, its paragraphs, and the files that go out."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from werkzeug.test import TestResponse

from moderator.core.terms import Role
from moderator.core.units import SECOND, Duration
from moderator.web.gate import COMMANDS_PER_SEAT
from moderator.web.notes import WRITERS
from moderator.web.summary import LONGEST
from tests.fake_now import FakeNow
from tests.web.hall import BACHELET, PANEL, Caller, Device, Hall, new_id

FORMS = ("/summary", "/summary.md", "/summary.html", "/summary.docx")
STATED = "s2.t1.points"


def noted(hall: Hall, text: str, **of: Any) -> Device:
    """A panel has begun, and the rapporteur has noted this; tells the rapporteur."""
    hall.begin()
    return note(hall, text, **of)


def note(hall: Hall, text: str, **of: Any) -> Device:
    rapporteur = hall.enter(Role.RAPPORTEUR)
    body = {"segment": PANEL, "intervention": None, "theme": "t1", "text": text, **of}
    address = f"{hall.api}/notes/{new_id()}"
    answer = rapporteur.client.put(address, json=body, headers=dict(rapporteur.headers))
    assert answer.status_code == 200, answer.text
    return rapporteur


def put(who: Caller, key: str, text: Any, base: Any = 0, **more: Any) -> TestResponse:
    body = {"base": base, "text": text, **more}
    address = f"{who.hall.api}/summary/{key}"
    return who.client.put(address, json=body, headers=dict(who.headers))


def paragraphs(who: Caller) -> dict[str, dict[str, Any]]:
    """All paragraphs by their keys, in their order."""
    told = who.get("/summary").get_json()
    front = {"box": told["box"], "status": told["status"]}
    return front | {one["key"]: one for part in told["sections"] for one in part["paragraphs"]}


def test_the_summary_is_for_those_who_write_it(hall: Hall):
    devices = {role: hall.enter(role) for role in Role}

    answers = {(role, form): devices[role].page(form) for role in Role for form in FORMS}
    reading = {role: devices[role].get("/summary").status_code for role in Role}
    writing = {role: put(devices[role], "own-1", "Mine.").status_code for role in Role}
    looking = {role: devices[role].get("/summary/own-1/versions").status_code for role in Role}

    admitted = {asked for asked, answer in answers.items() if answer.status_code == 200}
    assert admitted == {(role, form) for role in WRITERS for form in FORMS}
    assert {answer.status_code for answer in answers.values()} == {200, 403}
    rights = {role: 200 if role in WRITERS else 403 for role in Role}
    assert reading == writing == looking == rights


def test_a_stranger_neither_reads_nor_writes(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)
    stranger = Device(hall, hall.app.test_client(), rapporteur.seat)

    answers = [
        stranger.get("/summary"),
        put(stranger, "own-1", "Mine."),
        stranger.get("/summary/own-1/versions"),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    elsewhere = "/api/dialogues/other/summary"
    assert rapporteur.client.get(elsewhere, headers=rapporteur.headers).status_code == 404


def test_the_draft_tells_who_spoke_and_what_was_noted_under_which_theme(hall: Hall):
    hall.begin()
    chair = hall.chair
    chair.do("give-floor", "speech-of-bachelet", person=BACHELET, holder=None)
    chair.do("end-intervention", holder="speech-of-bachelet")
    turn = hall.give(hall.ask("BR"))

    rapporteur = note(hall, "Victims should be identified", intervention=turn)
    told = rapporteur.get("/summary").get_json()
    one = paragraphs(rapporteur)[STATED]

    assert one["text"] == "One delegation stated that victims should be identified."
    assert one["pieces"][0] == {"text": "One delegation", "evidence": 0}
    (evidence,) = one["evidence"]
    assert (evidence["n"], evidence["of"]) == (1, 1)
    assert evidence["voices"][0]["name"] == "Brazil"
    assert evidence["voices"][0]["interventions"] == [turn]
    (said,) = (told["notes"][id_] for id_ in one["notes"])
    assert said == {"text": "Victims should be identified", "intervention": turn}
    assert turn in told["interventions"]
    assert "Presentations were made by Ms. Michelle Bachelet" in rapporteur.page("/summary.md").text


def test_the_page_is_in_the_seats_language_and_has_its_script(hall: Hall):
    page = hall.enter(Role.RAPPORTEUR, lang="ar").page("/summary").text

    assert 'lang="ar" dir="rtl"' in page
    assert "js/summary.js" in page


def test_nothing_is_sent_again_while_nothing_has_changed(hall: Hall, now: FakeNow):
    rapporteur = noted(hall, "It is so")
    first = rapporteur.get("/summary")
    known = {"If-None-Match": first.headers["ETag"]}

    assert rapporteur.get("/summary", headers=known).status_code == 304
    put(rapporteur, STATED, "It was so.")
    assert rapporteur.get("/summary", headers=known).status_code == 200
    known = {"If-None-Match": rapporteur.get("/summary").headers["ETag"]}
    now.pass_by(Duration(SECOND))
    note(hall, "It is other")
    assert rapporteur.get("/summary", headers=known).status_code == 200


def test_a_paragraph_is_written_and_outlives_a_new_draft(hall: Hall, now: FakeNow):
    rapporteur = noted(hall, "It is so")

    answer = put(rapporteur, STATED, "  In my\nown words. ")
    now.pass_by(Duration(SECOND))
    note(hall, "It is other")
    one = paragraphs(rapporteur)[STATED]

    assert (answer.status_code, answer.get_json()) == (200, {"key": STATED, "revision": 1})
    assert (one["text"], one["state"], one["revision"]) == ("In my own words.", "edited", 1)
    assert one["changed_from"] == "It was stated that it is so."
    assert one["drafted"] == "It was stated that it is so; and that it is other."
    for form in FORMS[1:3]:
        assert "In my own words." in rapporteur.page(form).text


def test_the_same_again_is_answered_the_same_and_kept_once(hall: Hall):
    rapporteur = noted(hall, "It is so")

    answers = [put(rapporteur, STATED, "Mine.").get_json() for _ in range(3)]

    assert answers == [{"key": STATED, "revision": 1}] * 3
    versions = rapporteur.get(f"/summary/{STATED}/versions").get_json()["versions"]
    assert [one["text"] for one in versions] == ["Mine."]


def test_every_version_is_kept_with_who_wrote_it(hall: Hall, now: FakeNow):
    rapporteur = noted(hall, "It is so")
    put(rapporteur, STATED, "One.")
    put(hall.enter(Role.SECRETARY), STATED, None, base=1)
    put(rapporteur, STATED, "Three.", base=2)

    versions = rapporteur.get(f"/summary/{STATED}/versions").get_json()["versions"]

    drafted = "It was stated that it is so."
    assert [(one["revision"], one["text"], one["drafted"]) for one in versions] == [
        (1, "One.", drafted),
        (2, None, drafted),
        (3, "Three.", drafted),
    ]
    assert versions[1]["author"] == f"secretary/{hall.link(Role.SECRETARY).subject}"
    assert {one["at"] for one in versions} == {now()}


def test_who_saw_an_older_version_is_told_both_and_nothing_is_lost(hall: Hall):
    rapporteur, chair = noted(hall, "It is so"), hall.enter(Role.CHAIR)
    put(rapporteur, STATED, "Theirs.")

    answer = put(chair, STATED, "Yours.")

    told = answer.get_json()
    assert (answer.status_code, told["reason"]) == (409, "paragraph-changed")
    assert (told["theirs"]["text"], told["theirs"]["revision"]) == ("Theirs.", 1)
    assert told["yours"] == "Yours."
    assert paragraphs(rapporteur)[STATED]["text"] == "Theirs."
    assert put(chair, STATED, "Yours.", base=1).status_code == 200


def test_a_revision_that_never_was_is_refused(hall: Hall):
    answer = put(noted(hall, "It is so"), STATED, "Mine.", base=7)

    assert answer.status_code == 409
    assert answer.get_json()["theirs"]["revision"] == 0


def test_a_paragraph_is_taken_out_and_brought_back(hall: Hall):
    rapporteur = noted(hall, "It is so")
    put(rapporteur, STATED, "Mine.")

    put(rapporteur, STATED, None, base=1)
    out = paragraphs(rapporteur)[STATED]
    there = "Mine." in rapporteur.page("/summary.md").text
    put(rapporteur, STATED, out["text"], base=2)

    assert (out["state"], out["text"], out["number"]) == ("taken-out", "Mine.", None)
    assert not there
    assert paragraphs(rapporteur)[STATED]["state"] == "edited"


def test_a_paragraph_of_ones_own_stands_where_it_was_put(hall: Hall):
    rapporteur = noted(hall, "It is so")

    put(rapporteur, "own-2", "Behind.", after="own-1")
    put(rapporteur, "own-1", "Mine.", after=STATED)

    keys = list(paragraphs(rapporteur))
    place = keys.index(STATED)
    assert keys[place : place + 3] == [STATED, "own-1", "own-2"]
    one = paragraphs(rapporteur)["own-1"]
    assert (one["state"], one["sources"], one["drafted"]) == ("own", [], None)


def test_what_a_person_wrote_is_looked_through(hall: Hall):
    rapporteur = noted(hall, "It is so")

    put(rapporteur, STATED, "Many delegations and Chad agreed on […].")

    faults = {(flag["fault"], flag["words"]) for flag in paragraphs(rapporteur)[STATED]["flags"]}
    assert faults == {
        ("without-evidence", "Many delegations"),
        ("named", "Chad"),
        ("agreement", "agreed"),
        ("slot", "[…]"),
    }


FAULTS = (
    ({"text": ""}, "text"),
    ({"text": " \n "}, "text"),
    ({"text": "x" * (LONGEST + 1)}, "text"),
    ({"text": 7}, "text"),
    ({"text": "nul \0"}, "text"),
    ({"text": "turned \u202e"}, "text"),
    ({"base": -1}, "base"),
    ({"base": "0"}, "base"),
    ({"after": "two words"}, "after"),
    ({"surplus": 1}, "surplus"),
)


@pytest.mark.parametrize(("wrong", "path"), FAULTS)
def test_what_is_no_paragraph_is_refused_and_its_fault_named(
    quiet: Hall, wrong: dict[str, Any], path: str
):
    rapporteur = quiet.enter(Role.RAPPORTEUR)
    body = {"base": 0, "text": "Mine.", **wrong}
    address = f"{quiet.api}/summary/own-1"

    answer = rapporteur.client.put(address, json=body, headers=dict(rapporteur.headers))

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
    assert [problem["path"] for problem in answer.get_json()["problems"]] == [path]
    assert rapporteur.get("/summary/own-1/versions").get_json() == {"versions": []}


def test_what_is_no_key_is_not_found_and_only_json_is_taken(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)
    none = ("x" * 201, "with%20space", ".hidden")

    assert {put(rapporteur, key, "Mine.").status_code for key in none} == {404}
    address = f"{hall.api}/summary/own-1"
    plain = rapporteur.client.put(address, data="{}", headers=dict(rapporteur.headers))
    assert (plain.status_code, plain.get_json()["reason"]) == (415, "not-json")


def test_the_longest_paragraph_is_kept_whole(hall: Hall):
    rapporteur, text = hall.enter(Role.RAPPORTEUR), "ن" * LONGEST

    assert put(rapporteur, "own-1", text).status_code == 200
    assert paragraphs(rapporteur)["own-1"]["text"] == text


def test_more_paragraphs_than_anybody_writes_are_slowed_down(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)

    answers = [put(rapporteur, "own-1", "Mine.") for _ in range(COMMANDS_PER_SEAT.amount + 1)]

    assert (answers[-2].status_code, answers[-1].status_code) == (200, 429)


def test_a_note_is_text_in_every_form(hall: Hall):
    rapporteur = noted(hall, "<script>alert(1)</script> is [x](javascript:alert(1))")
    put(rapporteur, "own-1", "<script>alert(1)</script>", after=STATED)

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rapporteur.page("/summary.html").text
    assert r"\<script\>alert(1)\</script\>" in rapporteur.page("/summary.md").text
    word = Document(BytesIO(rapporteur.page("/summary.docx").data))
    assert "<script>alert(1)</script>" in [paragraph.text for paragraph in word.paragraphs]


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("md", "text/markdown; charset=utf-8", b"General Assembly"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK",
        ),
    ],
)
def test_each_form_comes_as_a_file(hall: Hall, form: str, kind: str, begins: bytes):
    answer = noted(hall, "A point").page(f"/summary.{form}")

    assert answer.content_type == kind
    name = f"summary-{hall.dialogue}.{form}"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.data.startswith(begins)


def test_statistics_and_counts_come_when_they_are_asked_for(hall: Hall):
    hall.begin()
    turn = hall.give(hall.ask("BR"))
    rapporteur = note(hall, "It is so", intervention=turn)

    plain, full = (rapporteur.page(f"/summary.md{asked}").text for asked in ("", "?statistics=1"))
    counted = Document(BytesIO(rapporteur.page("/summary.docx?counts=1").data))

    assert "Statistics (not for publication)" not in plain
    assert "Statistics (not for publication)" in full
    (comment,) = counted.comments
    assert comment.text == "one delegation: 1 of 1: up to four are counted."
