"""The record as CSV and JSON: documented, in two times, and safe to open."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from moderator.core.commands import EndIntervention, GiveFloor
from moderator.summary.export import COLUMNS, as_csv, as_json
from moderator.summary.record import record_of
from tests.summary.day_of_2012 import day_of_2012, document
from tests.summary.meetings import Meeting
from tests.summary.test_draft import heard, panel

DICTIONARY = Path(__file__).parents[2] / "docs" / "record.md"


def lines(meeting: Meeting, names: dict[str, Any] | None = None) -> list[dict[str, str]]:
    text = as_csv(record_of(meeting.log), names or document())
    return list(csv.DictReader(io.StringIO(text)))


def keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    return {key for inner in value for key in keys_of(inner)} if isinstance(value, list) else set()


def documented() -> set[str]:
    return set(re.findall(r"[\w-]+", " ".join(re.findall(r"`[^`]+`", DICTIONARY.read_text()))))


def test_a_turn_is_told_in_utc_and_local_time_and_in_minutes_and_milliseconds() -> None:
    meeting = panel()
    meeting.later(seconds=7.25)
    brazil = heard(meeting, "BR")

    (line,) = lines(meeting)

    assert tuple(line) == COLUMNS
    assert line == {
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
        "number": "1",
        "asked_utc": "2012-04-03T14:00:07.250Z",
        "asked_local": "2012-04-03T10:00:07.250-04:00",
        "given_utc": "2012-04-03T14:00:07.250Z",
        "given_local": "2012-04-03T10:00:07.250-04:00",
        "times_given": "1",
        "ended_utc": "2012-04-03T14:01:07.250Z",
        "ended_local": "2012-04-03T10:01:07.250-04:00",
        "limit": "3:00",
        "limit_ms": "180000",
        "allowance": "3:00",
        "allowance_ms": "180000",
        "used": "0:55",
        "used_ms": "55000",
        "overrun": "0:00",
        "overrun_ms": "0",
        "outcome": "concluded",
        "given_by": "chair/p01",
        "ended_by": "chair/p01",
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

    assert (line["outcome"], line["used"]) == ("returned", "0:25")
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


def test_the_json_holds_the_whole_record() -> None:
    day = day_of_2012()
    record = record_of(day.log)

    whole = as_json(record, document())

    assert json.loads(json.dumps(whole)) == whole
    assert (whole["dialogue"], whole["version"]) == ("d1", len(day.log))
    assert [turn["id"] for turn in whole["turns"]] == [turn.id for turn in record.turns]
    assert [made["id"] for made in whole["requests"]] == [made.id for made in record.requests]
    assert whole["phases"][0] == {
        "phase": "open",
        "at": {"utc": "2012-04-03T14:02:00.000Z", "local": "2012-04-03T10:02:00.000-04:00"},
        "by": "chair/p01",
    }
    extended = next(turn for turn in whole["turns"] if turn["delegation"] == "EU")
    assert [change["total"] for change in extended["changes"]] == [210_000]
    assert extended["ended"]["by"] == "clock/"
    missed = next(made for made in whole["requests"] if made["standing"] == "not-reached")
    assert (missed["name"], missed["left"]["by"]) == ("Tronie Foundation", "chair/p01")


def test_a_segment_without_planned_times_has_none() -> None:
    day = day_of_2012()
    record = record_of(day.log)
    unplanned = replace(record.segments[0], planned=None)
    told = replace(record, segments=(unplanned,))

    (segment,) = as_json(told, document())["segments"]

    assert (segment["starts"], segment["ends"]) == (None, None)
    assert segment["begun"]["local"] == "2012-04-03T10:02:00.000-04:00"


def test_every_column_and_key_is_in_the_data_dictionary() -> None:
    meeting = panel()
    turn = heard(meeting, "BR")
    meeting.do(EndIntervention, holder=turn)
    whole = as_json(record_of(day_of_2012().log), document())

    assert set(COLUMNS) | keys_of(whole) <= documented()


def test_the_columns_are_documented_in_their_order() -> None:
    table = DICTIONARY.read_text().partition("| column |")[2].partition("## ")[0]
    first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]

    assert tuple(re.findall(r"`(\w+)`", " ".join(first))) == COLUMNS
