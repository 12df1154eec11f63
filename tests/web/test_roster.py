"""Tables that are uploaded to be looked at: what is answered, and that nothing is stored."""

import io
import random
import re
from typing import Any

import pytest
import sqlalchemy as sa

from moderator import workshop
from moderator.core.terms import Role
from moderator.programme import roster as rosters
from moderator.store.engine import reading
from moderator.store.tables import metadata
from moderator.web import roster
from moderator.workshop import table
from tests.web.hall import PRESIDENT, Caller, Hall
from tests.workshop.files import BAD_FILES, workbook

GOOD = "name;category\r\nCôte d’Azur Relief;ngo\r\nTown Twinning Network;civil society\r\n"


def preview(caller: Caller, data: bytes, of: str = "delegations", **options: Any) -> Any:
    return caller.client.post(
        f"{caller.hall.api}/{of}/preview",
        data=data,
        content_type=options.pop("content_type", "application/octet-stream"),
        headers={**caller.headers, **options},
    )


def stored(hall: Hall) -> dict[str, Any]:
    """All that stands in the database, and all files of the installation."""
    with reading(hall.house.engine) as connection:
        rows = {
            name: connection.execute(sa.select(table)).all()
            for name, table in metadata.tables.items()
        }
    instance = hall.house.settings.instance
    return {**rows, "files": sorted(path.name for path in instance.iterdir() if path.is_file())}


@pytest.fixture
def secretary(quiet: Hall) -> Caller:
    return quiet.program(Role.SECRETARY)


def test_a_table_is_shown_as_entries_of_a_programme(secretary: Caller):
    before = stored(secretary.hall)

    answer = preview(secretary, GOOD.encode("windows-1252"))

    assert answer.status_code == 200
    assert answer.get_json() == {
        "rows": 2,
        "delegations": [
            {"code": "CDAR", "category": "ngo", "name": {"en": "Côte d’Azur Relief"}},
            {"code": "TTN", "category": "ngo", "name": {"en": "Town Twinning Network"}},
        ],
        "problems": [],
        "more_problems": 0,
        "ignored": [],
        "kind": "csv",
        "encoding": "windows-1252",
        "separator": ";",
        "sheet": None,
        "passed_over": [],
    }
    assert stored(secretary.hall) == before


def test_a_workbook_may_be_larger_than_what_else_is_sent(secretary: Caller):
    rows = [["name", "category", "remarks"]]
    rows += [
        [f"Organization {n}", "ngo", random.Random(n).randbytes(400).hex()] for n in range(600)
    ]
    data = workbook(rows)
    assert len(data) > 100_000

    answer = preview(secretary, data).get_json()

    assert len(answer["delegations"]) == 600
    assert answer["ignored"] == ["remarks"]
    assert answer["sheet"] == "Sheet"


@pytest.mark.story(15)
def test_a_problem_is_told_in_words_and_nothing_is_taken(quiet: Hall):
    device = quiet.enter(Role.SECRETARY, lang="en")

    answer = preview(device, b"name,category\nBolivia,member state\nAid,ngo\nAid,club\n").get_json()

    assert answer["delegations"] == []
    assert answer["problems"] == [
        {
            "line": 2,
            "column": 1,
            "reason": "state-unknown",
            "message": "“Bolivia” is not a State that is known. "
            "Is it “Bolivia (Plurinational State of)”?",
        },
        {
            "line": 4,
            "column": 2,
            "reason": "category-unknown",
            "message": "“club” is not a category that is known.",
        },
    ]


def test_every_message_is_said_in_arabic(quiet: Hall):
    device = quiet.enter(Role.SECRETARY, lang="ar")

    (problem,) = preview(device, b"name,category\nAid,club\n").get_json()["problems"]
    refused = preview(device, b"%PDF-1.7").get_json()

    assert problem["message"] == "الفئة ”\u2068club\u2069“ غير معروفة."
    assert re.match("[\u0600-\u06ff]+ ", refused["message"])


def test_a_formula_is_told_with_its_place(secretary: Caller):
    data = workbook([["name", "category"], ["=1+1", "ngo"]])

    (problem,) = preview(secretary, data).get_json()["problems"]

    assert (problem["line"], problem["column"], problem["reason"]) == (2, 1, "formula")


def test_more_problems_than_anybody_reads_are_counted(secretary: Caller):
    answer = preview(secretary, b"name,category\n" + b"Aid,club\n" * 600).get_json()

    assert len(answer["problems"]) == roster.TOLD
    assert answer["more_problems"] == 100


def test_groups_are_shown_with_their_members(secretary: Caller):
    answer = preview(
        secretary, b"group,name,member\nLAKES,Friends of the Lakes,CH\nLAKES,,Chad\n", "groups"
    )

    assert answer.get_json()["groups"] == [
        {"code": "LAKES", "name": {"en": "Friends of the Lakes"}, "members": ["CH", "TD"]}
    ]


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_in_words_and_nothing_is_stored(hall: Hall, kind: str):
    make, reason = BAD_FILES[kind]
    secretary = hall.program(Role.SECRETARY)
    before = stored(hall)

    answer = preview(secretary, make())

    assert answer.status_code == (413 if reason == "file-too-large" else 422)
    assert answer.get_json()["reason"] == reason
    assert re.fullmatch(r"[^%]+\.( [^%]+\.)?", answer.get_json()["message"])
    assert stored(hall) == before


class Unread(io.RawIOBase):
    """A body of 50 MB that nobody may read."""

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: Any) -> int:
        raise AssertionError("the body was read")


def test_a_body_of_50_mb_is_refused_before_it_is_read(secretary: Caller):
    answer = secretary.client.post(
        f"{secretary.hall.api}/delegations/preview",
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": "50000000"},
        content_type="application/octet-stream",
        headers=dict(secretary.headers),
    )

    assert answer.status_code == 413
    assert answer.get_json() == {
        "reason": "file-too-large",
        "message": "This file is too large. A table may have at most 5 MB.",
    }


def test_other_bodies_stay_as_short_as_they_were(hall: Hall):
    assert hall.program(Role.ASSISTANT).raw(b" " * 70_000).status_code == 413


def test_a_form_of_another_page_is_no_file(secretary: Caller):
    for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded"):
        assert preview(secretary, GOOD.encode(), content_type=kind).status_code == 415


@pytest.mark.parametrize("role", Role)
def test_chair_and_secretary_upload_and_nobody_else(quiet: Hall, role: Role):
    subject = PRESIDENT if role is Role.CHAIR else None
    expected = 200 if role in (Role.CHAIR, Role.SECRETARY) else 403

    assert preview(quiet.program(role, subject), GOOD.encode()).status_code == expected


def test_a_table_that_cannot_be_read_in_time_is_refused(secretary: Caller, monkeypatch):
    def fail(*_given: object, **_bounds: object) -> bytes:
        raise workshop.Failed("table: not done after 30 s")

    monkeypatch.setattr(workshop, "work", fail)

    answer = preview(secretary, GOOD.encode())

    assert answer.status_code == 422
    assert answer.get_json()["reason"] == "file-unreadable"


def test_there_are_words_for_every_reason():
    assert set(roster.FILE_WORDS) == table.REASONS | {"file-unreadable", "not-a-file"}
    assert set(roster.PROBLEM_WORDS) == rosters.REASONS | {"state-unknown-near"}


def test_the_web_lets_in_what_the_workshop_reads():
    assert roster.MAX_FILE == table.LARGEST
