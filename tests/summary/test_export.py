"""The record as CSV and JSON: documented, in two times, and safe to open."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from moderator.core.commands import (
    EndIntervention,
    GiveFloor,
    SetAllowance,
    StartClock,
    StopClock,
)
from moderator.core.events import Event
from moderator.core.model import Correction, FreeText, Ruled, Rules
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    Outcome,
    PauseReason,
    PersonId,
    QuestionId,
    Ruling,
    SegmentId,
    TextId,
)
from moderator.core.units import Duration, Instant
from moderator.summary.dictionary import FIELDS, Table, as_markdown, columns_of
from moderator.summary.dictionary import as_csv as dictionary_csv
from moderator.summary.export import (
    COLUMNS,
    SCHEMA,
    as_csv,
    as_json,
    as_sheets,
    request_rows,
    segment_rows,
    turn_rows,
)
from moderator.summary.record import (
    Act,
    Announcement,
    CarryOver,
    CorrectionMade,
    GavelChange,
    Interruption,
    Pause,
    RulingMade,
    WrittenQuestion,
    record_of,
)
from tests.summary.day_of_2012 import day_of_2012, document
from tests.summary.meetings import Meeting
from tests.summary.test_draft import heard, panel

PAGE = Path(__file__).parents[2] / "docs" / "record.md"
HEAD = "ab" * 32
KINDS = {"text", "number", "time", "duration"}


def lines(meeting: Meeting, names: dict[str, Any] | None = None) -> list[dict[str, str]]:
    text = as_csv(record_of(meeting.log), names or document(), HEAD)
    return list(csv.DictReader(io.StringIO(text)))


def whole(meeting: Meeting) -> dict[str, Any]:
    return as_json(record_of(meeting.log), document(), HEAD)


def paths_of(value: Any, path: str = "") -> set[str]:
    """The paths of all values of a document, as the dictionary spells them."""
    if isinstance(value, dict) and set(value) != {"utc", "local"}:
        inner = [(f"{path}.{key}" if path else key, item) for key, item in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[]", item) for item in value]
    else:
        return {path}
    return {found for name, item in inner for found in paths_of(item, name)}


@pytest.mark.story(50)
def test_a_turn_is_told_in_utc_and_local_time_and_in_seconds() -> None:
    meeting = panel()
    meeting.later(seconds=7.25)
    brazil = heard(meeting, "BR")

    (line,) = lines(meeting)

    assert tuple(line) == COLUMNS
    assert line == {
        "dialogue": "d1",
        "version": str(len(meeting.log)),
        "head": HEAD,
        "turn": "1",
        "intervention": brazil,
        "segment": "s2",
        "segment_title": document()["segments"][1]["title"],
        "delegation": "BR",
        "person": "",
        "name": "Brazil",
        "category": "member-state",
        "kind": "statement",
        "capacity": "national",
        "group": "",
        "group_name": "",
        "also_national": "0",
        "to": "",
        "statement": "",
        "number": "1",
        "asked_utc": "2012-04-03T14:00:07.250Z",
        "asked_local": "2012-04-03T10:00:07.250-04:00",
        "asked_by": "delegation/BR",
        "given_utc": "2012-04-03T14:00:07.250Z",
        "given_local": "2012-04-03T10:00:07.250-04:00",
        "given_by": "chair/p01",
        "times_given": "1",
        "started_utc": "2012-04-03T14:00:12.250Z",
        "started_local": "2012-04-03T10:00:12.250-04:00",
        "started_by": "clock/",
        "runs": "2012-04-03T14:00:12.250Z clock/ 2012-04-03T14:01:07.250Z chair/p01",
        "stood_still_seconds": "0",
        "pauses": "",
        "interruptions": "",
        "ruling": "",
        "ruled_utc": "",
        "ruled_local": "",
        "ruled_by": "",
        "returned": "",
        "continued": "",
        "ended_utc": "2012-04-03T14:01:07.250Z",
        "ended_local": "2012-04-03T10:01:07.250-04:00",
        "ended_by": "chair/p01",
        "limit_seconds": "180",
        "allowance_seconds": "180",
        "extensions": "",
        "used_seconds": "55",
        "overrun_seconds": "0",
        "handover_seconds": "",
        "outcome": "concluded",
        "struck": "0",
        "corrections": "",
        "original_delegation": "",
        "original_group": "",
        "original_outcome": "",
        "original_used_seconds": "",
    }


def test_a_speaker_of_the_programme_has_no_request_and_no_category() -> None:
    meeting = panel()
    meeting.do(GiveFloor, holder=None, person="p08")

    (line,) = lines(meeting)

    assert (line["person"], line["name"]) == ("p08", "Ms. Michelle Bachelet")
    assert [line[key] for key in ("delegation", "category", "number", "asked_utc")] == [""] * 4
    assert (line["outcome"], line["ended_utc"], line["ended_by"]) == ("has-floor", "", "")


def test_every_outcome_of_the_day_is_told() -> None:
    outcomes = {line["outcome"] for line in lines(day_of_2012())}

    assert outcomes == {"concluded", "time-expired", "not-present"}


def test_a_turn_returned_to_the_list_is_told_as_returned() -> None:
    meeting = panel()
    request = meeting.ask("BR", group="G77")
    given = meeting.do(GiveFloor, holder=None, request=request)
    meeting.later(seconds=30)
    meeting.undo(given)

    (line,) = lines(meeting)

    assert (line["outcome"], line["used_seconds"]) == ("returned", "25")
    assert line["returned"] == "2012-04-03T14:00:30.000Z chair/p01"
    assert line["group_name"] == "Group of 77 and China"


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "＝"])
def test_no_cell_is_a_formula(begins: str) -> None:
    meeting = panel()
    heard(meeting, "BR")
    names = document()
    names["delegations"]["BR"] = {**names["delegations"]["BR"], "name": f"{begins}SUM(A1)"}

    (line,) = lines(meeting, names)

    assert line["name"] == f"'{begins}SUM(A1)"


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    meeting = panel()
    heard(meeting, "BR")
    names = document()
    names["delegations"]["BR"] = {**names["delegations"]["BR"], "name": 'a,"b"\nc'}

    (line,) = lines(meeting, names)

    assert line["name"] == 'a,"b"\nc'


def test_stops_extensions_and_silence_stand_in_the_line_of_their_turn() -> None:
    meeting = panel()
    heard(meeting, "DZ")
    meeting.later(seconds=20)
    brazil = meeting.ask("BR")
    meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(seconds=15.5)
    meeting.do(StopClock, holder=brazil)
    meeting.do(SetAllowance, holder=brazil, total=Duration(210_500))
    meeting.later(seconds=30)
    meeting.do(StartClock, holder=brazil)
    meeting.later(seconds=10)
    meeting.do(EndIntervention, holder=brazil)

    line = lines(meeting)[1]

    assert line["runs"].split("; ") == [
        "2012-04-03T14:01:25.000Z clock/ 2012-04-03T14:01:35.500Z chair/p01",
        "2012-04-03T14:02:05.500Z chair/p01 2012-04-03T14:02:15.500Z chair/p01",
    ]
    assert line["extensions"] == "210.5 2012-04-03T14:01:35.500Z chair/p01"
    told = [line[f"{what}_seconds"] for what in ("stood_still", "used", "handover", "allowance")]
    assert told == ["30", "20.5", "25", "210.5"]


def test_the_json_holds_the_whole_record() -> None:
    day = day_of_2012()
    record = record_of(day.log)

    told = whole(day)

    assert json.loads(json.dumps(told)) == told
    assert (told["schema"], told["dialogue"], told["version"]) == (SCHEMA, "d1", len(day.log))
    assert told["head"] == HEAD
    assert [turn["id"] for turn in told["turns"]] == [turn.id for turn in record.turns]
    assert [made["id"] for made in told["requests"]] == [made.id for made in record.requests]
    assert told["phases"][0] == {
        "phase": "open",
        "at": {"utc": "2012-04-03T14:02:00.000Z", "local": "2012-04-03T10:02:00.000-04:00"},
        "by": "chair/p01",
    }
    extended = next(turn for turn in told["turns"] if turn["delegation"] == "EU")
    assert [change["total"] for change in extended["changes"]] == [210_000]
    assert extended["ended"]["by"] == "clock/"
    missed = next(made for made in told["requests"] if made["standing"] == "not-reached")
    assert (missed["name"], missed["left"]["by"]) == ("Tronie Foundation", "chair/p01")


def test_a_segment_without_planned_times_has_none() -> None:
    day = day_of_2012()
    record = record_of(day.log)
    unplanned = replace(record.segments[0], planned=None)
    told = replace(record, segments=(unplanned,))

    (segment,) = as_json(told, document(), HEAD)["segments"]
    (row,) = segment_rows(told, document())

    assert (segment["starts"], segment["ends"]) == (None, None)
    assert segment["begun"]["local"] == "2012-04-03T10:02:00.000-04:00"
    assert (row["starts_utc"], row["ends_local"]) == (None, None)
    assert (row["begun_by"], row["turns"], row["spoken_seconds"]) == ("chair/p01", 4, 2160)


def test_requests_are_a_table_of_their_own() -> None:
    day = day_of_2012()

    rows = request_rows(record_of(day.log), document())

    (withdrawn,) = [row for row in rows if row["standing"] == "withdrawn"]
    assert (withdrawn["name"], withdrawn["left_by"]) == ("Brazil", "chair/p01")
    assert withdrawn["left_local"] == "2012-04-03T11:37:55.000-04:00"


BY_PARTS = ("ended", "original", "ruling")


@pytest.mark.story(50)
def test_every_exported_field_stands_in_the_dictionary_and_the_reverse() -> None:
    day = day_of_2012()
    presided = GavelChange("chair/p01", Act(day.now, "chair/p01"))
    plain = record_of(day.log)
    was = Correction(None, Capacity.PANELLIST, None, Outcome.CONCLUDED, Duration(1))
    made = CorrectionMade(was, FreeText(TextId("text-1"), "00"), presided.act)
    told_of = replace(
        plain.turns[0],
        corrections=(made,),
        original=was,
        pauses=(Pause(PauseReason.OTHER, presided.act),),
        interruptions=(Interruption(plain.turns[1].id, presided.act),),
        ruling=RulingMade(Ruled(Ruling.NOTED), presided.act),
    )
    carried = CarryOver(SegmentId("s1"), 1, presided.act)
    asked = WrittenQuestion(
        *(QuestionId("q"), DelegationCode("BR"), PersonId("p08")), made.reason, presided.act, False
    )
    day_record = replace(
        plain,
        gavel=(presided,),
        turns=(told_of, *plain.turns[1:]),
        requests=(replace(plain.requests[0], carried_over=(carried,)), *plain.requests[1:]),
        announcements=(Announcement(SegmentId("s1"), Rules(), presided.act),),
        questions=(asked,),
    )
    told = as_json(day_record, document(), HEAD)
    exported = {
        Table.TURNS: set(turn_rows(day_record, document(), HEAD)[0]),
        Table.REQUESTS: set(request_rows(day_record, document())[0]),
        Table.SEGMENTS: set(segment_rows(day_record, document())[0]),
        # What is null in some entries is told in full in others.
        Table.JSON: paths_of(told)
        - {"turns[].ended", "turns[].original", "turns[].ruling", "requests[].left"},
    }

    for table, names in exported.items():
        assert names == set(columns_of(table)), table
        assert len(columns_of(table)) == len(set(columns_of(table)))


def test_every_sheet_has_a_value_for_every_column() -> None:
    sheets = as_sheets(record_of(day_of_2012().log), document(), HEAD, Instant(0))

    assert [sheet["title"] for sheet in sheets] == [
        "Turns",
        "Requests",
        "Segments",
        "Data dictionary",
        "About",
    ]
    for sheet in sheets:
        assert {column["kind"] for column in sheet["columns"]} <= KINDS
        assert {len(row) for row in sheet["rows"]} == {len(sheet["columns"])}
    about = dict(sheets[-1]["rows"])
    assert (about["dialogue"], about["head"]) == ("d1", HEAD)
    assert (about["version"], about["exported_utc"]) == (
        str(len(day_of_2012().log)),
        "1970-01-01T00:00:00.000Z",
    )


def test_the_tables_of_the_page_are_those_of_the_dictionary() -> None:
    page = PAGE.read_text(encoding="utf-8")

    for table in Table:
        assert f"<!-- dictionary: {table} -->\n\n{as_markdown(table)}\n" in page


def test_the_dictionary_can_be_taken_as_a_file() -> None:
    rows = list(csv.DictReader(io.StringIO(dictionary_csv())))

    assert len(rows) == len(FIELDS)
    used = next(row for row in rows if (row["table"], row["field"]) == ("turns", "used_seconds"))
    assert (used["unit"], used["source"]) == ("seconds", "ClockStarted, ClockStopped")
    sources = {name for row in rows for name in re.findall(r"[A-Z]\w+[a-z][A-Z]\w+", row["source"])}
    assert sources <= {kind.__name__ for kind in get_args(Event)}
