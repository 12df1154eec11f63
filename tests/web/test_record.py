"""The record for the bureau: as a page, for spreadsheets and for programs."""

import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from moderator.core.terms import BUREAU, Role
from moderator.core.units import SECOND, Duration
from tests.fake_now import FakeNow
from tests.web.hall import BACHELET, Device, Hall

FORMS = (
    "/record",
    "/record.csv",
    "/record.json",
    "/record.svg",
    "/record.xlsx",
    "/record-dictionary.csv",
)


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


def floor_of(hall: Hall) -> str:
    """Who has the floor."""
    floor = hall.house.service.state(hall.dialogue).floor_id
    assert floor is not None
    return floor


def words(markup: str) -> str:
    """What is read of a piece of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


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

    assert "Ms. Michelle Bachelet" in page
    assert "on behalf of the Group of 77 and China" in page
    bachelet, brazil = page.split("<summary>")[1:]
    assert words(bachelet.partition("</summary>")[0]) == (
        "1 MB Ms. Michelle Bachelet Called 06:00:00 Started 06:00:05 Ended 06:01:05"
        " Limit 7:00 Used 1:00 Outcome Concluded"
    )
    assert words(brazil.partition("</summary>")[0]) == (
        "2 Brazil on behalf of the Group of 77 and China Asked 06:01:05 Called 06:01:05"
        " Started 06:01:10 Limit 5:00 Outcome Has the floor"
    )


def test_a_turn_opens_to_all_that_became_of_it_and_who_did_it(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    chair, brazil = hall.chair, floor_of(hall)
    now.pass_by(Duration(10 * SECOND))
    chair.do("set-allowance", holder=brazil, total=330 * SECOND)
    chair.do("stop-clock", holder=brazil)
    now.pass_by(Duration(20 * SECOND))
    device.do("start-clock", holder=brazil)
    now.pass_by(Duration(5 * SECOND))
    chair.do("end-intervention", holder=brazil, outcome="withdrawn-by-chair")

    facts = words(device.page("/record").text.split('class="facts"')[2].partition("</details>")[0])

    president = "H.E. Mr. Nassir Abdulaziz Al-Nasser (Chair)"
    for told in (
        "Arrival number 1 Capacity For a group On behalf of the Group of 77 and China",
        "Speaking time at first 5:00 Speaking time at last 5:30",
        "Time spoken 0:16 Beyond the limit 0:00 Clock stood still 0:20 Hand-over before 0:05",
        "06:01:05 Floor asked for Brazil",
        f"06:01:05 Floor given {president}",
        "06:01:10 Clock started by time alone",
        f"06:01:21 Speaking time 5:30 (+0:30) {president}",
        f"06:01:21 Clock stopped {president}",
        "06:01:41 Clock started again Secretary",
        f"06:01:46 Ended: Withdrawn by the chair {president}",
    ):
        assert told in facts, facts
    assert facts.count("Clock stopped") == 1  # the end says the second


def test_requests_that_were_not_heard_are_told_with_when_and_by_whom(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    gone, absent = hall.ask("MX"), hall.ask("NG")
    waits = hall.ask("DZ")
    now.pass_by(Duration(SECOND))
    hall.program(Role.DELEGATION, "MX").do("withdraw-request", request=gone)
    hall.chair.do("mark-not-present", request=absent)

    page = device.page("/record").text
    table = words(page.partition("Requests that were not heard")[2].partition("</table>")[0])

    assert "2 Mexico 06:01:11 Withdrawn 06:01:12 Mexico" in table
    president = "H.E. Mr. Nassir Abdulaziz Al-Nasser (Chair)"
    assert f"3 Nigeria 06:01:11 Not present 06:01:12 {president}" in table
    assert waits
    assert "Algeria" not in table


def test_the_course_of_the_meeting_is_told(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    hall.chair.do("suspend-dialogue")
    hall.chair.do("resume-dialogue")
    device.do("take-gavel")

    course = words(device.page("/record").text.partition('id="course"')[2])

    told = (
        "06:00:00 Dialogue opened",
        "06:00:00 Begun: Interactive Panel Discussion I",
        "06:00:00 List of speakers opened",
        "06:01:11 Dialogue suspended",
        "06:01:11 Dialogue resumed",
        "06:01:11 Gavel: Secretary",
    )
    places = [course.find(step) for step in told]
    assert -1 not in places, course
    assert places == sorted(places)


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


def test_the_workbook_opens_with_times_and_durations_as_what_they_are(hall: Hall, now: FakeNow):
    device = heard(hall, now)

    answer = device.page("/record.xlsx")
    book = load_workbook(io.BytesIO(answer.data))

    name = f"record-{hall.dialogue}.xlsx"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert book.sheetnames == ["Turns", "Requests", "Segments", "Data dictionary", "About"]
    heads, bachelet, brazil = book["Turns"].iter_rows(values_only=True)
    turn = dict(zip(heads, bachelet, strict=True))
    assert turn["name"] == "Ms. Michelle Bachelet"
    assert turn["given_utc"] == datetime(2012, 4, 3, 10, 0)  # noqa: DTZ001  workbooks know no zone
    assert turn["given_local"] == "2012-04-03T06:00:00.000-04:00"
    assert turn["used_seconds"] == timedelta(minutes=1)
    assert dict(zip(heads, brazil, strict=True))["group"] == "G77"
    assert not book["Turns"].sheet_view.rightToLeft


def test_no_cell_of_the_workbook_is_a_formula(
    hall: Hall, now: FakeNow, monkeypatch: pytest.MonkeyPatch
):
    device = heard(hall, now)
    programme = hall.house.secretariat.programme(hall.dialogue)
    document = programme.document("en")
    document["delegations"]["BR"]["name"] = "=1+1"
    monkeypatch.setattr(type(programme), "document", lambda _self, _language: document)

    book = load_workbook(io.BytesIO(device.page("/record.xlsx").data))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}


def test_an_arabic_workbook_is_read_from_the_right(hall: Hall, now: FakeNow):
    heard(hall, now)

    answer = hall.enter(Role.RAPPORTEUR, lang="ar").page("/record.xlsx")

    book = load_workbook(io.BytesIO(answer.data))
    assert book["Turns"].sheet_view.rightToLeft
    assert "البرازيل" in [cell.value for row in book["Turns"].iter_rows() for cell in row]


def test_every_export_tells_the_head_that_check_journal_shows(hall: Hall, now: FakeNow):
    device = heard(hall, now)
    book = load_workbook(io.BytesIO(device.page("/record.xlsx").data))
    about = dict(book["About"].iter_rows(values_only=True))
    told = device.page("/record.json").get_json()
    text = device.page("/record.csv").data.decode("utf-8-sig")
    line, *_others = csv.DictReader(io.StringIO(text))

    printed = hall.app.test_cli_runner().invoke(args=["check-journal"]).output

    proof = (hall.dialogue, str(len(hall.log())), told["head"])
    assert (told["dialogue"], str(told["version"]), told["head"]) == proof
    assert (line["dialogue"], line["version"], line["head"]) == proof
    assert (about["dialogue"], about["version"], about["head"]) == proof
    assert "{}: whole: {} rows, head {}".format(*proof) in printed


def test_the_dictionary_is_a_table_for_spreadsheets(hall: Hall):
    answer = hall.enter(Role.RAPPORTEUR).page("/record-dictionary.csv")

    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {row["table"] for row in rows} == {"turns", "requests", "segments", "json"}
    assert all(row["meaning"] and row["unit"] and row["source"] for row in rows)


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


def test_the_picture_of_the_day_stands_on_the_page_with_its_words(hall: Hall, now: FakeNow):
    page = heard(hall, now).page("/record").text

    wide = page.partition('<svg class="timeline wide"')[2].partition("</svg>")[0]
    assert 'role="img" aria-labelledby="day-title-wide day-desc-wide"' in wide
    described = "Interactive Panel Discussion I: Protecting the Victims of Trafficking"
    assert described in words(wide.partition("<desc")[2].partition("</desc>")[0])
    assert 'class="now"' in wide
    assert " style=" not in page
    table = words(page.partition("The same as a table")[2].partition("</table>")[0])
    assert "1 · Opening remarks 10:00–11:00 0 0:00" not in table  # counted from the opening
    assert "05:00–06:00 0 0:00" in table
    assert "06:00– 2 1:00" in table


def test_the_picture_stands_alone_as_an_image_that_is_well_formed(hall: Hall, now: FakeNow):
    heard(hall, now)

    answer = hall.enter(Role.SECRETARY, lang="ar").page("/record.svg")

    assert answer.content_type == "image/svg+xml; charset=utf-8"
    svg = ElementTree.fromstring(answer.text)  # noqa: S314  our own server's
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    texts = [text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {text.get("direction") for text in texts} == {"ltr", "rtl"}
    # What is on the axis is mirrored: the first hour stands at the right.
    marks = [text for text in texts if text.get("direction") == "ltr"]
    places = [float(mark.get("x", "nan")) for mark in marks]
    assert places == sorted(places, reverse=True)


def corrected(hall: Hall, now: FakeNow) -> Device:
    """Brazil's turn has ended, and the secretary has said how it is to be read."""
    device = heard(hall, now)
    brazil = floor_of(hall)
    hall.chair.do("end-intervention", holder=brazil)
    now.pass_by(Duration(60 * SECOND))
    device.do(
        "correct-intervention",
        "correction-of-brazil",
        intervention=brazil,
        delegation="MX",
        group=None,
        outcome="time-expired",
        used=90_000,
        reason="The <wrong> nameplate was pressed.",
    )
    return device


def test_a_corrected_turn_reads_as_corrected_with_the_original_beside(hall: Hall, now: FakeNow):
    page = corrected(hall, now).page("/record").text

    turn = page.split("<summary>")[2].partition("</details>")[0]
    assert words(turn).startswith("2 Mexico Asked 06:01:05")
    assert "Used 1:30 Outcome Time expired Corrected" in words(turn)
    table = words(turn.partition("as it was recorded at the time")[2].partition("</table>")[0])
    for row in (
        "Speaker Mexico Brazil",
        "On behalf of – the Group of 77 and China",
        "Outcome Time expired Concluded",
        "Time spoken 1:30 0:01",
        "Took place Yes Yes",
    ):
        assert row in table, table
    course = words(turn.partition("What became of this turn")[2])
    assert "06:01:11 Ended: Concluded" in course
    assert "06:02:11 Corrected: The <wrong> nameplate was pressed. Secretary" in course
    assert "<wrong>" not in turn


def test_a_turn_that_was_struck_says_so_and_is_not_counted(hall: Hall, now: FakeNow):
    device = corrected(hall, now)
    hall.chair.do(
        "correct-intervention",
        intervention=device.page("/record.json").get_json()["turns"][1]["id"],
        delegation="BR",
        group="G77",
        outcome="concluded",
        used=1_000,
        struck=True,
        reason="It was a test of the button.",
    )

    page = device.page("/record").text

    assert "Outcome Struck from the record Corrected" in words(page.split("<summary>")[2])
    table = words(page.partition("The same as a table")[2].partition("</table>")[0])
    assert "06:00– 1 1:00" in table
    assert "Struck from the record · Corrected" in words(device.page("/paper").text)


def test_a_reason_that_was_erased_is_not_told(hall: Hall, now: FakeNow):
    device = corrected(hall, now)
    runner = hall.app.test_cli_runner()
    assert (
        runner.invoke(args=["erase-text", hall.dialogue, "correction-of-brazil.reason"]).exit_code
        == 0
    )

    told = words(device.page("/record").text)

    assert "Corrected: the reason was erased" in told
    assert "nameplate was pressed" not in told


@pytest.mark.story(19)
def test_exports_tell_corrections_and_the_original_but_no_reason(hall: Hall, now: FakeNow):
    device = corrected(hall, now)
    text = device.page("/record.csv").data.decode("utf-8-sig")
    line = list(csv.DictReader(io.StringIO(text)))[1]
    turn = device.page("/record.json").get_json()["turns"][1]

    assert (line["delegation"], line["original_delegation"]) == ("MX", "BR")
    assert (line["used_seconds"], line["original_used_seconds"]) == ("90", "1")
    assert line["corrections"] == "2012-04-03T10:02:11.000Z secretary/s1"
    assert turn["original"]["group"] == "G77"
    (made,) = turn["corrections"]
    assert (made["delegation"], made["by"]) == ("MX", "secretary/s1")
    assert made["reason"] == "correction-of-brazil.reason"
    assert "nameplate" not in text + str(turn)


@pytest.mark.parametrize("role", sorted(BUREAU))
def test_who_may_correct_has_the_button_on_turns_that_have_ended(
    hall: Hall, now: FakeNow, role: Role
):
    heard(hall, now)

    page = hall.enter(role).page("/record").text

    assert page.count("data-correct=") == (0 if role is Role.ASSISTANT else 1)
