"""The record for the bureau: as a page, for spreadsheets and for programs."""

import csv
import io

import pytest

from moderator.core.terms import BUREAU, Role
from moderator.core.units import SECOND, Duration
from tests.fake_now import FakeNow
from tests.web.hall import BACHELET, Device, Hall

FORMS = ("/record", "/record.csv", "/record.json")


def heard(hall: Hall, now: FakeNow) -> Device:
    """Ms. Bachelet has concluded, Brazil has the floor on behalf of a group; tells a secretary."""
    hall.begin()
    chair = hall.chair
    chair.do("give-floor", "speech-of-bachelet", person=BACHELET, holder=None)
    now.pass_by(Duration(65 * SECOND))
    chair.do("end-intervention", holder="speech-of-bachelet")
    hall.give(hall.ask("BR", group="G77"))
    now.pass_by(Duration(6 * SECOND))
    return hall.enter(Role.SECRETARY)


def test_the_record_is_for_the_bureau(hall: Hall):
    devices = {role: hall.enter(role) for role in Role}

    answers = {(role, form): devices[role].page(form) for role in Role for form in FORMS}

    admitted = {asked for asked, answer in answers.items() if answer.status_code == 200}
    assert admitted == {(role, form) for role in BUREAU for form in FORMS}
    assert {answer.status_code for answer in answers.values()} == {200, 403}


def test_a_device_without_the_cookie_gets_no_record(hall: Hall):
    seat, stranger = hall.enter(Role.SECRETARY).seat, hall.app.test_client()

    assert {stranger.get(f"/s/{seat}{form}").status_code for form in FORMS} == {401}


def test_before_the_meeting_the_page_says_that_nothing_has_happened(hall: Hall):
    page = hall.enter(Role.RAPPORTEUR).page("/record").text

    assert "The dialogue has not begun" in page


def test_the_page_shows_every_turn_with_its_times(hall: Hall, now: FakeNow):
    page = heard(hall, now).page("/record").text

    cells = [cell.partition("</bdi>")[0] for cell in page.split('dir="ltr">')[1:]]
    assert "Ms. Michelle Bachelet" in page
    assert "on behalf of the Group of 77 and China" in page
    assert "Concluded" in page
    assert "Has the floor" in page
    assert [cell for cell in cells if ":" in cell] == [
        *("06:00:00", "06:00:05", "06:01:05", "7:00", "1:00"),
        *("06:01:05", "06:01:05", "06:01:10", "5:00"),
    ]


def test_the_page_is_in_the_language_of_the_seat(hall: Hall, now: FakeNow):
    heard(hall, now)

    page = hall.enter(Role.RAPPORTEUR, lang="ar").page("/record").text

    assert 'lang="ar" dir="rtl"' in page
    assert "the مجموعة" not in page
    assert "مجموعة الـ\N{NO-BREAK SPACE}77 والصين" in page
    assert "البرازيل" in page


def test_names_are_text_on_the_page(hall: Hall, now: FakeNow, monkeypatch: pytest.MonkeyPatch):
    device = heard(hall, now)
    programme = hall.house.secretariat.programme(hall.dialogue)
    document = programme.document("en")
    document["delegations"]["BR"]["name"] = "<script>alert(1)</script>"
    monkeypatch.setattr(type(programme), "document", lambda _self, _language: document)

    page = device.page("/record").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_the_csv_is_read_by_spreadsheets_as_utf_8(hall: Hall, now: FakeNow):
    heard(hall, now)

    answer = hall.enter(Role.RAPPORTEUR, lang="ar").page("/record.csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    name = f"record-{hall.dialogue}.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [line["name"] for line in lines][1] == "البرازيل"
    assert [line["outcome"] for line in lines] == ["concluded", "has-floor"]


def test_the_json_is_the_whole_record_and_is_not_sent_twice(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    answer = device.page("/record.json")

    assert answer.get_json()["dialogue"] == hall.dialogue
    assert [turn["outcome"] for turn in answer.get_json()["turns"]] == ["concluded", "has-floor"]
    tag = {"If-None-Match": answer.headers["ETag"]}
    again = device.client.get(f"/s/{device.seat}/record.json", headers=tag)
    assert (again.status_code, again.data) == (304, b"")


def test_what_is_due_is_in_the_record_though_no_bell_has_rung(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    now.pass_by(Duration(600 * SECOND))

    turns = device.page("/record.json").get_json()["turns"]

    assert turns[1]["outcome"] == "time-expired"
    assert turns[1]["ended"]["at"]["local"] == "2012-04-03T06:06:10.000-04:00"
    assert turns[1]["ended"]["by"] == "clock/"
