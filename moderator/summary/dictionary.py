"""The data dictionary: every field of every export, what it means, its unit, and where it is from.

One table: from it come the columns of the exports, the sheet and the file that explain them, and
the tables of docs/record.md.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Table(StrEnum):
    """What a field is a column or a key of."""

    TURNS = "turns"
    REQUESTS = "requests"
    SEGMENTS = "segments"
    JSON = "json"


class Unit(StrEnum):
    """How a value is written."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    UTC = "ISO 8601, UTC"
    LOCAL = "ISO 8601, local with offset"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    INSTANT = "utc and local, ISO 8601"
    OFFICE = "office"
    LIST = "list, by semicolons"


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `source` names the events of the log, or where else it comes from."""

    table: Table
    name: str
    unit: Unit
    meaning: str
    source: str


def fields_of(table: Table) -> tuple[Field, ...]:
    """The fields of a table, in its order."""
    return tuple(field for field in FIELDS if field.table is table)


def columns_of(table: Table) -> tuple[str, ...]:
    """The names of the fields of a table, in its order."""
    return tuple(field.name for field in fields_of(table))


def as_csv() -> str:
    """The whole dictionary as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(rows())
    return text.getvalue()


def rows() -> list[list[str]]:
    """The whole dictionary, a row for each field."""
    return [[field.table, field.name, field.meaning, field.unit, field.source] for field in FIELDS]


def as_markdown(table: Table) -> str:
    """The fields of a table as Markdown, as it stands in docs/record.md."""
    lines = ["| field | meaning | unit | source |", "|---|---|---|---|"]
    for field in fields_of(table):
        lines.append(f"| `{field.name}` | {field.meaning} | {field.unit} | {field.source} |")
    return "\n".join(lines)


HEADINGS: Final = ("table", "field", "meaning", "unit", "source")

_PROGRAMME: Final = "programme"
_ENDS: Final = "InterventionEnded"
_CLOCK: Final = "ClockStarted, ClockStopped"
_CORRECTED: Final = "InterventionCorrected"
_RETURNED: Final = "InterventionReturned"
_TURN_BEGAN: Final = "FloorGiven"
_LEFT: Final = "RequestWithdrawn, RequestNotPresent, RequestNotReached, InterventionEnded"
_ALLOWED: Final = "AllowanceSet, InterventionContinued"
_PHASES: Final = "DialogueOpened, DialogueSuspended, DialogueResumed, DialogueClosed"
_OUTCOMES: Final = (
    "concluded, time-expired, withdrawn-by-chair, not-present; has-floor while it goes on; "
    "returned when it is back on the list, or left it from there"
)
_STANDINGS: Final = "waiting, has-floor, heard, withdrawn, not-present, not-reached"
_CATEGORIES: Final = (
    "member-state, observer-state, observer-organization, un-entity, intergovernmental, ngo, "
    "private-sector, academia; empty for a speaker of the programme"
)
_CAPACITIES: Final = (
    "national, group, observer, stakeholder, panellist: what chose the speaking time"
)


def _of(table: Table, *fields: tuple[str, Unit, str, str]) -> Iterable[Field]:
    return (Field(table, *field) for field in fields)


_PROOF: Final = (
    ("dialogue", Unit.CODE, "id of the dialogue", "the dialogue"),
    ("version", Unit.NUMBER, "the row of the log up to which the record was told", "the log"),
    ("head", Unit.CODE, "hash of that row: `check-journal` shows the same", "the log"),
)

_TURNS: Final = (
    *_PROOF,
    ("turn", Unit.NUMBER, "1, 2, 3 …: the order in which the floor was held", _TURN_BEGAN),
    ("intervention", Unit.CODE, "id of the intervention, and of its request", "FloorRequested"),
    ("segment", Unit.CODE, "id of the segment", _TURN_BEGAN),
    ("segment_title", Unit.TEXT, "title of the segment", _PROGRAMME),
    ("delegation", Unit.CODE, "code of the delegation; empty for a speaker", _TURN_BEGAN),
    ("person", Unit.CODE, "id of a speaker of the programme; else empty", _TURN_BEGAN),
    ("name", Unit.TEXT, "name of the delegation or speaker", _PROGRAMME),
    ("category", Unit.CODE, _CATEGORIES, _PROGRAMME),
    ("kind", Unit.CODE, "what was asked for: statement", _TURN_BEGAN),
    ("capacity", Unit.CODE, _CAPACITIES, _TURN_BEGAN),
    ("group", Unit.CODE, "code of the group on whose behalf it was; else empty", _TURN_BEGAN),
    ("group_name", Unit.TEXT, "name of that group", _PROGRAMME),
    ("number", Unit.NUMBER, "arrival number on the list of the segment", "FloorRequested"),
    ("asked_utc", Unit.UTC, "when the floor was asked for", "FloorRequested"),
    ("asked_local", Unit.LOCAL, "the same at the meeting's place", "FloorRequested"),
    ("asked_by", Unit.OFFICE, "who asked: the delegation, or the bureau for it", "FloorRequested"),
    ("given_utc", Unit.UTC, "when the floor was given, the first time", _TURN_BEGAN),
    ("given_local", Unit.LOCAL, "the same at the meeting's place", _TURN_BEGAN),
    ("given_by", Unit.OFFICE, "who gave it", _TURN_BEGAN),
    ("times_given", Unit.NUMBER, "more than 1 after a return to the list", _TURN_BEGAN),
    ("started_utc", Unit.UTC, "when the clock started, the first time", "ClockStarted"),
    ("started_local", Unit.LOCAL, "the same at the meeting's place", "ClockStarted"),
    ("started_by", Unit.OFFICE, "who started it", "ClockStarted"),
    ("runs", Unit.LIST, "every run of the clock: start, office, stop, office", _CLOCK),
    ("stood_still_seconds", Unit.SECONDS, "how long the clock stood still between runs", _CLOCK),
    ("returned", Unit.LIST, "every return to the list: instant, office", _RETURNED),
    ("continued", Unit.LIST, "every going on after an end: instant, office", _ALLOWED),
    ("ended_utc", Unit.UTC, "when the turn ended; empty while it goes on", _ENDS),
    ("ended_local", Unit.LOCAL, "the same at the meeting's place", _ENDS),
    ("ended_by", Unit.OFFICE, "who ended it; `clock/` at an enforced limit", _ENDS),
    ("limit_seconds", Unit.SECONDS, "speaking time at first", _TURN_BEGAN),
    ("allowance_seconds", Unit.SECONDS, "speaking time at last, with all extensions", _ALLOWED),
    ("extensions", Unit.LIST, "every change of it: total in seconds, instant, office", _ALLOWED),
    ("used_seconds", Unit.SECONDS, "time spoken until the clock last stood still", _CLOCK),
    ("overrun_seconds", Unit.SECONDS, "time spoken beyond the allowance", _CLOCK),
    ("handover_seconds", Unit.SECONDS, "silence since the speaker before", _CLOCK),
    ("outcome", Unit.CODE, _OUTCOMES, _ENDS),
    ("struck", Unit.NUMBER, "1: by a correction it did not take place; else 0", _CORRECTED),
    ("corrections", Unit.LIST, "every correction: instant, office", _CORRECTED),
    ("original_delegation", Unit.CODE, "what was recorded, when it was corrected", _CORRECTED),
    ("original_group", Unit.CODE, "what was recorded, when it was corrected", _CORRECTED),
    ("original_outcome", Unit.CODE, "what was recorded, when it was corrected", _CORRECTED),
    ("original_used_seconds", Unit.SECONDS, "what was recorded, when it was corrected", _CORRECTED),
)

_REQUESTS: Final = (
    ("request", Unit.CODE, "id of the request, and of its intervention", "FloorRequested"),
    ("segment", Unit.CODE, "id of the segment", "FloorRequested"),
    ("segment_title", Unit.TEXT, "title of the segment", _PROGRAMME),
    ("number", Unit.NUMBER, "arrival number on the list of the segment", "FloorRequested"),
    ("delegation", Unit.CODE, "code of the delegation", "FloorRequested"),
    ("name", Unit.TEXT, "name of the delegation", _PROGRAMME),
    ("kind", Unit.CODE, "what was asked for: statement", "FloorRequested"),
    ("capacity", Unit.CODE, _CAPACITIES, "FloorRequested"),
    ("group", Unit.CODE, "code of the group on whose behalf it was; else empty", "FloorRequested"),
    ("group_name", Unit.TEXT, "name of that group", _PROGRAMME),
    ("asked_utc", Unit.UTC, "when the floor was asked for", "FloorRequested"),
    ("asked_local", Unit.LOCAL, "the same at the meeting's place", "FloorRequested"),
    ("asked_by", Unit.OFFICE, "who asked: the delegation, or the bureau for it", "FloorRequested"),
    ("standing", Unit.CODE, _STANDINGS, _LEFT),
    ("left_utc", Unit.UTC, "when it left the list unheard", _LEFT),
    ("left_local", Unit.LOCAL, "the same at the meeting's place", _LEFT),
    ("left_by", Unit.OFFICE, "who took it off the list", _LEFT),
)

_SEGMENTS: Final = (
    ("segment", Unit.CODE, "id of the segment", "DialogueOpened"),
    ("kind", Unit.CODE, "opening, panel, statements, closing", "DialogueOpened"),
    ("title", Unit.TEXT, "title of the segment", _PROGRAMME),
    ("starts_utc", Unit.UTC, "when it was to start", "DialogueOpened"),
    ("starts_local", Unit.LOCAL, "the same at the meeting's place", "DialogueOpened"),
    ("ends_utc", Unit.UTC, "when it was to end", "DialogueOpened"),
    ("ends_local", Unit.LOCAL, "the same at the meeting's place", "DialogueOpened"),
    ("begun_utc", Unit.UTC, "when it was begun; empty when it was not held", "SegmentBegun"),
    ("begun_local", Unit.LOCAL, "the same at the meeting's place", "SegmentBegun"),
    ("begun_by", Unit.OFFICE, "who began it", "SegmentBegun"),
    ("ended_utc", Unit.UTC, "when it ended", "SegmentBegun, DialogueClosed"),
    ("ended_local", Unit.LOCAL, "the same at the meeting's place", "SegmentBegun, DialogueClosed"),
    ("turns", Unit.NUMBER, "how many turns at the floor it had", _TURN_BEGAN),
    ("spoken_seconds", Unit.SECONDS, "time spoken in them", _CLOCK),
)

_RULES: Final = tuple(
    (f"segments[].rules.{name}", unit, meaning, "DialogueOpened")
    for name, unit, meaning in (
        *(
            (f"limits.{capacity}", Unit.MILLISECONDS, f"speaking time, {whose}")
            for capacity, whose in (
                ("national", "national statement"),
                ("group", "on behalf of a group"),
                ("observer", "observer"),
                ("stakeholder", "stakeholder"),
                ("panellist", "speaker of the programme"),
                ("again", "second statement in the segment"),
                ("reply", "second turn of a speaker of the programme"),
                ("right_of_reply", "right of reply"),
                ("right_of_reply_again", "second right of reply of a delegation"),
                ("point_of_order", "point of order"),
            )
        ),
        ("enforcement", Unit.CODE, "automatic, firm, advisory"),
        ("warning", Unit.MILLISECONDS, "how long before the limit everybody is told"),
        ("grace", Unit.MILLISECONDS, "what automatic enforcement adds to the limit"),
        ("start_after", Unit.MILLISECONDS, "the clock starts by itself so long after the giving"),
        ("round", Unit.NUMBER, "interventions before the panel replies; null: no rounds"),
        ("draw_window", Unit.MILLISECONDS, "how long after the opening who asks is in the draw"),
    )
)

_JSON: Final = (
    ("schema", Unit.NUMBER, "version of this form; it changes when a key changes or goes", "—"),
    *_PROOF,
    ("title", Unit.TEXT, "title of the dialogue", _PROGRAMME),
    ("organ", Unit.TEXT, "whose meeting it is", _PROGRAMME),
    ("place", Unit.TEXT, "where it meets", _PROGRAMME),
    ("timezone", Unit.CODE, "the time zone of that place", _PROGRAMME),
    ("phases[].phase", Unit.CODE, "open, suspended, closed: from `at` on", _PHASES),
    ("phases[].at", Unit.INSTANT, "since when", _PHASES),
    ("phases[].by", Unit.OFFICE, "who brought it about", _PHASES),
    ("gavel[].holder", Unit.OFFICE, "who presided from `at` on", "GavelTaken"),
    ("gavel[].at", Unit.INSTANT, "since when", "GavelTaken"),
    ("gavel[].by", Unit.OFFICE, "who took it", "GavelTaken"),
    ("lists[].segment", Unit.CODE, "whose list of speakers it is", "ListOpened, ListClosed"),
    ("lists[].open", Unit.CODE, "true: opened; false: closed", "ListOpened, ListClosed"),
    ("lists[].at", Unit.INSTANT, "when", "ListOpened, ListClosed"),
    ("lists[].by", Unit.OFFICE, "who did it", "ListOpened, ListClosed"),
    ("segments[].id", Unit.CODE, "id of the segment", "DialogueOpened"),
    ("segments[].kind", Unit.CODE, "opening, panel, statements, closing", "DialogueOpened"),
    ("segments[].title", Unit.TEXT, "title of the segment", _PROGRAMME),
    ("segments[].starts", Unit.INSTANT, "when it was to start", "DialogueOpened"),
    ("segments[].ends", Unit.INSTANT, "when it was to end", "DialogueOpened"),
    ("segments[].begun", Unit.INSTANT, "when it was begun; null: not held", "SegmentBegun"),
    ("segments[].begun_by", Unit.OFFICE, "who began it", "SegmentBegun"),
    ("segments[].ended", Unit.INSTANT, "when it ended", "SegmentBegun, DialogueClosed"),
    *_RULES,
    ("turns[].id", Unit.CODE, "id of the intervention, and of its request", "FloorRequested"),
    ("turns[].segment", Unit.CODE, "id of the segment", _TURN_BEGAN),
    ("turns[].delegation", Unit.CODE, "code of the delegation", _TURN_BEGAN),
    ("turns[].person", Unit.CODE, "id of a speaker of the programme", _TURN_BEGAN),
    ("turns[].name", Unit.TEXT, "name of the delegation or speaker", _PROGRAMME),
    ("turns[].category", Unit.CODE, _CATEGORIES, _PROGRAMME),
    ("turns[].kind", Unit.CODE, "what was asked for: statement", _TURN_BEGAN),
    ("turns[].capacity", Unit.CODE, _CAPACITIES, _TURN_BEGAN),
    ("turns[].group", Unit.CODE, "code of the group on whose behalf it was", _TURN_BEGAN),
    ("turns[].group_name", Unit.TEXT, "name of that group", _PROGRAMME),
    ("turns[].number", Unit.NUMBER, "arrival number on the list", "FloorRequested"),
    ("turns[].asked", Unit.INSTANT, "when the floor was asked for", "FloorRequested"),
    ("turns[].asked_by", Unit.OFFICE, "who asked", "FloorRequested"),
    ("turns[].given[].at", Unit.INSTANT, "when the floor was given", _TURN_BEGAN),
    ("turns[].given[].by", Unit.OFFICE, "who gave it", _TURN_BEGAN),
    (
        "turns[].returned[].at",
        Unit.INSTANT,
        "when it went back to the list",
        "InterventionReturned",
    ),
    ("turns[].returned[].by", Unit.OFFICE, "who put it there", "InterventionReturned"),
    ("turns[].continued[].at", Unit.INSTANT, "when it went on after an end", _ALLOWED),
    ("turns[].continued[].by", Unit.OFFICE, "who let it go on", _ALLOWED),
    ("turns[].runs[].started", Unit.INSTANT, "the clock ran from then on", "ClockStarted"),
    ("turns[].runs[].started_by", Unit.OFFICE, "who started it", "ClockStarted"),
    ("turns[].runs[].stopped", Unit.INSTANT, "until then; the runs add up to `used`", _CLOCK),
    ("turns[].runs[].stopped_by", Unit.OFFICE, "who stopped it", _CLOCK),
    ("turns[].limit", Unit.MILLISECONDS, "speaking time at first", _TURN_BEGAN),
    ("turns[].changes[].total", Unit.MILLISECONDS, "speaking time from then on", _ALLOWED),
    ("turns[].changes[].at", Unit.INSTANT, "when it was changed", _ALLOWED),
    ("turns[].changes[].by", Unit.OFFICE, "who changed it", _ALLOWED),
    ("turns[].allowance", Unit.MILLISECONDS, "speaking time at last", _ALLOWED),
    ("turns[].used", Unit.MILLISECONDS, "time spoken until the clock last stood still", _CLOCK),
    ("turns[].overrun", Unit.MILLISECONDS, "time spoken beyond the allowance", _CLOCK),
    ("turns[].stood_still", Unit.MILLISECONDS, "the clock stood still between runs", _CLOCK),
    ("turns[].handover", Unit.MILLISECONDS, "silence since the speaker before", _CLOCK),
    ("turns[].ended.at", Unit.INSTANT, "when the turn ended", _ENDS),
    ("turns[].ended.by", Unit.OFFICE, "who ended it; `clock/` at an enforced limit", _ENDS),
    ("turns[].outcome", Unit.CODE, _OUTCOMES, _ENDS),
    ("turns[].struck", Unit.CODE, "true: by a correction it did not take place", _CORRECTED),
    *(
        (f"turns[].{key}.{name}", unit, f"{meaning}, {when}", _CORRECTED)
        for key, when in (
            ("original", "as recorded at the time"),
            ("corrections[]", "as it was to be read from then on"),
        )
        for name, unit, meaning in (
            ("delegation", Unit.CODE, "code of the delegation"),
            ("capacity", Unit.CODE, "in what capacity"),
            ("group", Unit.CODE, "code of the group"),
            ("outcome", Unit.CODE, "how it ended"),
            ("used", Unit.MILLISECONDS, "time spoken"),
            ("struck", Unit.CODE, "whether it did not take place"),
        )
    ),
    ("turns[].corrections[].at", Unit.INSTANT, "when it was corrected", _CORRECTED),
    ("turns[].corrections[].by", Unit.OFFICE, "who corrected it", _CORRECTED),
    ("turns[].corrections[].reason", Unit.CODE, "id of the text that says why", _CORRECTED),
    ("requests[].id", Unit.CODE, "id of the request, and of its intervention", "FloorRequested"),
    ("requests[].segment", Unit.CODE, "id of the segment", "FloorRequested"),
    ("requests[].delegation", Unit.CODE, "code of the delegation", "FloorRequested"),
    ("requests[].name", Unit.TEXT, "name of the delegation", _PROGRAMME),
    ("requests[].kind", Unit.CODE, "what was asked for: statement", "FloorRequested"),
    ("requests[].capacity", Unit.CODE, _CAPACITIES, "FloorRequested"),
    ("requests[].group", Unit.CODE, "code of the group on whose behalf it was", "FloorRequested"),
    ("requests[].group_name", Unit.TEXT, "name of that group", _PROGRAMME),
    ("requests[].number", Unit.NUMBER, "arrival number on the list", "FloorRequested"),
    ("requests[].asked.at", Unit.INSTANT, "when the floor was asked for", "FloorRequested"),
    ("requests[].asked.by", Unit.OFFICE, "who asked", "FloorRequested"),
    ("requests[].standing", Unit.CODE, _STANDINGS, _LEFT),
    ("requests[].left.at", Unit.INSTANT, "when it left the list unheard", _LEFT),
    ("requests[].left.by", Unit.OFFICE, "who took it off the list", _LEFT),
)

FIELDS: Final = (
    *_of(Table.TURNS, *_TURNS),
    *_of(Table.REQUESTS, *_REQUESTS),
    *_of(Table.SEGMENTS, *_SEGMENTS),
    *_of(Table.JSON, *_JSON),
)
"""All fields of all exports."""
