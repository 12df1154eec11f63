"""The notes: who reads and writes them, and what no note may hold."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from moderator.core.terms import BUREAU, Role
from moderator.core.units import SECOND, Duration
from moderator.web.gate import COMMANDS_PER_SEAT
from moderator.web.notes import LONGEST, WRITERS
from tests.fake_now import FakeNow
from tests.web.hall import PANEL, PANEL_2, Caller, Hall, new_id

POINT = {
    "base": 0,
    "segment": PANEL,
    "intervention": None,
    "theme": "t1",
    "kind": None,
    "stance": None,
    "text": "A point",
}


def put(who: Caller, note: str, body: object, **options: Any) -> TestResponse:
    headers = {**who.headers, **options.pop("headers", {})}
    address = f"{who.hall.api}/notes/{note}"
    return who.client.put(address, json=body, headers=headers, **options)


def delete(who: Caller, note: str, base: object = 1) -> TestResponse:
    address = f"{who.hall.api}/notes/{note}?base={base}"
    return who.client.delete(address, headers=dict(who.headers))


def kept(hall: Hall) -> list[dict[str, Any]]:
    notes: list[dict[str, Any]] = hall.program(Role.RAPPORTEUR).get("/notes").get_json()["notes"]
    return notes


def test_a_note_is_kept_and_read_back(hall: Hall, now: FakeNow):
    hall.begin()
    turn = hall.give(hall.ask("BR"))
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    tagged = {**POINT, "intervention": turn, "kind": "concern", "stance": "against"}

    answer = put(rapporteur, note, tagged)

    assert (answer.status_code, answer.get_json()) == (200, {"kept": note, "revision": 1})
    assert kept(hall) == [
        {
            "id": note,
            "segment": PANEL,
            "intervention": turn,
            "theme": "t1",
            "kind": "concern",
            "stance": "against",
            "text": "A point",
            "at": now(),
            "revision": 1,
            "author": {
                "office": f"rapporteur/{hall.link(Role.RAPPORTEUR).subject}",
                "name": "Rapporteur",
                "seat": rapporteur.seat,
            },
        }
    ]


def test_the_same_note_again_changes_nothing(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    put(rapporteur, note, POINT)
    before = kept(hall)

    answer = put(rapporteur, note, POINT)

    assert (answer.status_code, answer.get_json()) == (200, {"kept": note, "revision": 1})
    assert kept(hall) == before


def test_a_note_is_written_anew_and_keeps_its_place(hall: Hall, now: FakeNow):
    rapporteur, first, second = hall.enter(Role.RAPPORTEUR), new_id(), new_id()
    put(rapporteur, first, POINT)
    now.pass_by(Duration(SECOND))
    put(rapporteur, second, POINT)

    anew = {**POINT, "base": 1, "theme": None, "text": "Another"}
    answer = put(hall.enter(Role.SECRETARY), first, anew)

    assert answer.get_json() == {"kept": first, "revision": 2}
    changed, other = kept(hall)
    assert (changed["id"], changed["text"], changed["theme"]) == (first, "Another", None)
    assert changed["author"]["office"] == f"secretary/{hall.link(Role.SECRETARY).subject}"
    assert changed["revision"] == 2
    assert other["id"] == second


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten_and_is_told(hall: Hall):
    first, second, note = hall.enter(Role.RAPPORTEUR), hall.enter(Role.RAPPORTEUR), new_id()
    put(first, note, POINT)
    put(second, note, {**POINT, "base": 1, "text": "Of the second"})
    (stands,) = kept(hall)

    for base in (0, 1, 3):
        answer = put(first, note, {**POINT, "base": base, "text": "Of the first"})

        assert (answer.status_code, answer.get_json()["reason"]) == (409, "note-changed")
        assert answer.get_json()["note"] == stands
    assert kept(hall) == [stands]
    assert stands["text"] == "Of the second"
    assert stands["author"]["seat"] == second.seat


def test_an_answer_that_was_lost_is_given_again(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    put(rapporteur, note, POINT)
    anew = {**POINT, "base": 1, "text": "Another"}

    answers = [put(rapporteur, note, anew) for _ in range(2)]

    assert [answer.get_json() for answer in answers] == [{"kept": note, "revision": 2}] * 2
    assert [each["revision"] for each in kept(hall)] == [2]


def test_whoever_writes_what_stands_already_is_told_its_revision(hall: Hall):
    first, second, note = hall.enter(Role.RAPPORTEUR), hall.enter(Role.RAPPORTEUR), new_id()
    put(first, note, POINT)
    put(first, note, {**POINT, "base": 1, "text": "Another"})

    answer = put(second, note, {**POINT, "text": " Another "})

    assert answer.get_json() == {"kept": note, "revision": 2}


def test_a_note_is_dropped_and_dropping_it_again_is_answered_the_same(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    put(rapporteur, note, POINT)

    answers = [delete(rapporteur, note) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [answer.get_json() for answer in answers] == [{"dropped": note}] * 2
    assert kept(hall) == []
    assert delete(rapporteur, new_id()).status_code == 200


def test_a_note_that_was_changed_meanwhile_is_not_dropped(hall: Hall):
    first, second, note = hall.enter(Role.RAPPORTEUR), hall.enter(Role.RAPPORTEUR), new_id()
    put(first, note, POINT)
    put(second, note, {**POINT, "base": 1, "text": "Another"})
    (stands,) = kept(hall)

    answer = delete(first, note)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "note-changed")
    assert answer.get_json()["note"] == stands
    assert kept(hall) == [stands]


def test_a_note_that_was_dropped_does_not_come_back(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    put(rapporteur, note, POINT)
    delete(rapporteur, note)

    for base in (0, 1, 2):
        answer = put(rapporteur, note, {**POINT, "base": base})

        assert (answer.status_code, answer.get_json()["reason"]) == (409, "note-dropped")
    assert kept(hall) == []
    assert put(rapporteur, new_id(), {**POINT, "base": 1}).status_code == 409


@pytest.mark.parametrize("base", ["", "x", "-1", "1.5", 2**31])
def test_to_drop_a_note_one_says_which_revision(hall: Hall, base: object):
    answer = delete(hall.enter(Role.RAPPORTEUR), new_id(), base)

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
    assert [problem["path"] for problem in answer.get_json()["problems"]] == ["base"]


def test_notes_are_told_again_only_when_something_was_written(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()
    tags = []

    def asked() -> int:
        headers = {**rapporteur.headers, "If-None-Match": tags[-1] if tags else ""}
        answer = rapporteur.client.get(f"{hall.api}/notes", headers=headers)
        tags.append(answer.headers["ETag"])
        return answer.status_code

    assert [asked(), asked()] == [200, 304]
    put(rapporteur, note, POINT)
    assert [asked(), asked()] == [200, 304]
    put(rapporteur, note, {**POINT, "base": 1, "text": "Another"})
    assert [asked(), asked()] == [200, 304]
    delete(rapporteur, note, 2)
    assert [asked(), asked()] == [200, 304]
    delete(rapporteur, note, 2)
    assert asked() == 304
    assert len(set(tags)) == 4


def test_the_names_of_authors_are_in_the_language_of_the_reader(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR, lang="ar")
    put(rapporteur, new_id(), POINT)

    headers = dict(rapporteur.headers)
    (note,) = rapporteur.client.get(f"{hall.api}/notes", headers=headers).get_json()["notes"]

    assert note["author"]["name"] == "المقرر"


def test_notes_are_read_by_the_bureau_and_written_by_those_who_draft(hall: Hall):
    callers, note = {role: hall.program(role) for role in Role}, new_id()

    reading = {role: who.get("/notes").status_code for role, who in callers.items()}
    writing = {role: put(who, note, POINT).status_code for role, who in callers.items()}
    dropping = {role: delete(who, note).status_code for role, who in callers.items()}

    assert reading == {role: 200 if role in BUREAU else 403 for role in Role}
    assert writing == dropping == {role: 200 if role in WRITERS else 403 for role in Role}


def test_a_seat_without_its_cookie_neither_reads_nor_writes(hall: Hall):
    seat = hall.enter(Role.RAPPORTEUR).seat
    stranger = hall.app.test_client()
    headers = {"Moderator-Seat": seat}

    answers = [
        stranger.get(f"{hall.api}/notes", headers=headers),
        stranger.put(f"{hall.api}/notes/{new_id()}", json=POINT, headers=headers),
        stranger.delete(f"{hall.api}/notes/{new_id()}", headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert {answer.get_json()["reason"] for answer in answers} == {"no-seat"}


def test_the_notes_of_another_dialogue_are_not_there(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)

    answer = rapporteur.client.get("/api/dialogues/other/notes", headers=dict(rapporteur.headers))

    assert (answer.status_code, answer.get_json()["reason"]) == (404, "not-found")


FAULTS = (
    ("text", "", "text"),
    ("text", " \n ", "text"),
    ("text", "x" * (LONGEST + 1), "text"),
    ("text", 7, "text"),
    ("text", "nul \0", "text"),
    ("text", "bell \a", "text"),
    ("text", "turned \u202e", "text"),
    ("segment", "", "segment"),
    ("theme", "t8", "theme"),
    ("theme", 1, "theme"),
    ("kind", "complaint", "kind"),
    ("stance", "undecided", "stance"),
    ("base", -1, "base"),
    ("base", "0", "base"),
    ("base", 2**31, "base"),
    ("surplus", "x", "surplus"),
)


def test_what_is_no_note_is_refused_and_its_fault_named(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)

    for field, value, path in FAULTS:
        answer = put(rapporteur, new_id(), {**POINT, field: value})

        assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
        assert [problem["path"] for problem in answer.get_json()["problems"]] == [path]
    assert kept(hall) == []


def test_half_a_character_is_refused(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)
    body = json.dumps({**POINT, "text": "half \ud800"}).encode()

    answer = put(rapporteur, new_id(), None, data=body, content_type="application/json")

    assert b"\\ud800" in body
    assert answer.status_code == 400


def test_the_longest_note_is_kept_whole(hall: Hall):
    text = "ن" * LONGEST

    assert put(hall.enter(Role.RAPPORTEUR), new_id(), {**POINT, "text": text}).status_code == 200
    assert kept(hall)[0]["text"] == text


def test_a_note_of_several_lines_keeps_them(hall: Hall):
    put(hall.enter(Role.RAPPORTEUR), new_id(), {**POINT, "text": " one\n\ttwo "})

    assert kept(hall)[0]["text"] == "one\n\ttwo"


def test_a_segment_that_the_programme_does_not_have_is_refused(hall: Hall):
    answer = put(hall.enter(Role.RAPPORTEUR), new_id(), {**POINT, "segment": "s9"})

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "unknown-segment")


@pytest.mark.parametrize("segment", [PANEL, PANEL_2])
def test_an_intervention_that_was_not_in_the_segment_is_refused(hall: Hall, segment: str):
    hall.begin()
    turn = hall.give(hall.ask("BR")) if segment == PANEL_2 else "never-was"
    body = {**POINT, "segment": segment, "intervention": turn, "theme": None}

    answer = put(hall.enter(Role.RAPPORTEUR), new_id(), body)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "unknown-request")


def test_what_is_no_id_is_not_found(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)
    none = ("short", "x" * 65, "with%20space", "nul%00nul%00")

    assert {put(rapporteur, note, POINT).status_code for note in none} == {404}
    assert {delete(rapporteur, note).status_code for note in none} == {404}


def test_only_json_is_taken(hall: Hall):
    rapporteur = hall.enter(Role.RAPPORTEUR)

    answer = put(rapporteur, new_id(), None, data="{}", content_type="text/plain")

    assert (answer.status_code, answer.get_json()["reason"]) == (415, "not-json")


def test_another_site_cannot_write_a_note(hall: Hall):
    other = {"Origin": "https://elsewhere.example"}

    answer = put(hall.enter(Role.RAPPORTEUR), new_id(), POINT, headers=other)

    assert (answer.status_code, answer.get_json()["reason"]) == (403, "wrong-origin")


def test_more_notes_than_anybody_writes_are_slowed_down(hall: Hall):
    rapporteur, note = hall.enter(Role.RAPPORTEUR), new_id()

    answers = [put(rapporteur, note, POINT) for _ in range(COMMANDS_PER_SEAT.amount + 1)]

    assert answers[-2].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
