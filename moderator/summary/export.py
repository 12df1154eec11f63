"""The record for spreadsheets (CSV, XLSX) and for programs (JSON).

What each field means stands in moderator.summary.dictionary, from which the columns come too.
Every export tells the version and the hash of the log's head, so that anybody can compare it.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from moderator.core.model import Correction
from moderator.core.units import SECOND, Duration, Instant
from moderator.core.view import rules_section
from moderator.summary import dictionary
from moderator.summary.dictionary import Table, Unit, columns_of, fields_of
from moderator.summary.record import (
    Act,
    Record,
    RequestMade,
    RulingMade,
    Run,
    SegmentHeld,
    Turn,
    WrittenQuestion,
    handovers,
)

SCHEMA: Final = 1
"""The form of record.json; it changes when a key changes its meaning or goes."""

COLUMNS: Final = columns_of(Table.TURNS)

Row = dict[str, str | int | float | None]
"""A row of a table by its columns; instants in ISO 8601, durations in seconds."""


def as_csv(record: Record, document: Mapping[str, Any], head: str) -> str:
    """The turns, a line each, with names from the programme document.

    It is to be encoded with a byte order mark: without one, spreadsheets misread Arabic.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for row in turn_rows(record, document, head):
        writer.writerow({column: _inert(cell) for column, cell in row.items()})
    return text.getvalue()


def as_sheets(
    record: Record, document: Mapping[str, Any], head: str, exported: Instant
) -> list[dict[str, Any]]:
    """The sheets of the workbook, as the workshop's program for them reads them."""
    naming = _Naming(document)
    about = {
        "dialogue": document["id"],
        "title": document["title"],
        "organ": document["organ"],
        "place": document["place"],
        "timezone": document["timezone"],
        "version": record.version,
        "head": head,
        "exported_utc": naming.times(exported)[0],
        "exported_local": naming.times(exported)[1],
    }
    return [
        _sheet("Turns", Table.TURNS, turn_rows(record, document, head)),
        _sheet("Requests", Table.REQUESTS, request_rows(record, document)),
        _sheet("Segments", Table.SEGMENTS, segment_rows(record, document)),
        {
            "title": "Data dictionary",
            "columns": [
                {"title": heading, "kind": "text", "width": width}
                for heading, width in zip(dictionary.HEADINGS, (10, 28, 64, 24, 44), strict=True)
            ],
            "rows": dictionary.rows(),
        },
        {
            "title": "About",
            "columns": [
                {"title": "what", "kind": "text", "width": 16},
                {"title": "is", "kind": "text", "width": 70},
            ],
            "rows": [[key, str(value)] for key, value in about.items()],
        },
    ]


def as_json(record: Record, document: Mapping[str, Any], head: str) -> dict[str, Any]:
    """The whole record as plain values, with the names it needs from the programme document.

    An instant is its UTC and its local time in ISO 8601; durations are milliseconds.
    """
    naming = _Naming(document)
    silences = handovers(record)
    return {
        "schema": SCHEMA,
        "dialogue": document["id"],
        "version": record.version,
        "head": head,
        "title": document["title"],
        "organ": document["organ"],
        "place": document["place"],
        "timezone": document["timezone"],
        "phases": [{"phase": change.phase, **_act(change.act, naming)} for change in record.phases],
        "gavel": [{"holder": change.holder, **_act(change.act, naming)} for change in record.gavel],
        "lists": [
            {"segment": change.segment, "open": change.open, **_act(change.act, naming)}
            for change in record.lists
        ],
        "segments": [_segment(segment, naming) for segment in record.segments],
        "turns": [_turn(turn, naming, silences.get(turn.id)) for turn in record.turns],
        "requests": [_request(request, naming) for request in record.requests],
        "announcements": [
            {
                "segment": made.segment,
                "rules": rules_section(made.rules),
                **_act(made.act, naming),
            }
            for made in record.announcements
        ],
        "questions": [_question(question, naming) for question in record.questions],
    }


def outcome_of(turn: Turn) -> str:
    """How a turn ended; "has-floor" while it goes on, "returned" when it is back on the list."""
    if turn.has_floor:
        return "has-floor"
    return "returned" if turn.outcome is None else turn.outcome


def minutes_of(duration: Duration) -> str:
    """m:ss, as the screens show it."""
    seconds = duration // SECOND
    return f"{seconds // 60}:{seconds % 60:02}"


class _Naming:
    """Names and local times, as the programme document has them."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._titles = {segment["id"]: segment["title"] for segment in document["segments"]}
        self._zone = ZoneInfo(document["timezone"])

    def title(self, segment: str) -> str:
        return str(self._titles[segment])

    def speaker(self, turn: Turn) -> str:
        """The name of the delegation or of the person of the programme."""
        if turn.person is not None:
            return str(self._document["persons"][turn.person]["name"])
        return str(self._document["delegations"][turn.delegation]["name"])

    def delegation(self, code: str) -> str:
        return str(self._document["delegations"][code]["name"])

    def category(self, turn: Turn) -> str | None:
        if turn.delegation is None:
            return None
        return str(self._document["delegations"][turn.delegation]["category"])

    def group(self, code: str | None) -> str | None:
        return None if code is None else str(self._document["groups"][code]["name"])

    def times(self, instant: Instant | None) -> tuple[str | None, str | None]:
        """(UTC, local) in ISO 8601 with milliseconds; None twice for no instant."""
        if instant is None:
            return None, None
        utc = datetime.fromtimestamp(instant / SECOND, UTC)
        local = utc.astimezone(self._zone)
        iso = utc.replace(tzinfo=None).isoformat(timespec="milliseconds")
        return f"{iso}Z", local.isoformat(timespec="milliseconds")

    def instant(self, instant: Instant | None) -> dict[str, str | None] | None:
        if instant is None:
            return None
        utc, local = self.times(instant)
        return {"utc": utc, "local": local}

    def both(self, name: str, instant: Instant | None) -> Row:
        """The two columns of an instant."""
        utc, local = self.times(instant)
        return {f"{name}_utc": utc, f"{name}_local": local}

    def done(self, name: str, act: Act | None) -> Row:
        """The three columns of an act."""
        by = None if act is None else act.by
        return {**self.both(name, None if act is None else act.at), f"{name}_by": by}

    def said(self, act: Act | None) -> str:
        """An act within a cell: instant and office."""
        return "" if act is None else f"{self.times(act.at)[0]} {act.by}"


# Tables


def turn_rows(record: Record, document: Mapping[str, Any], head: str) -> list[Row]:
    """The rows of the table of turns."""
    naming = _Naming(document)
    silences = handovers(record)
    proof: Row = {"dialogue": str(document["id"]), "version": record.version, "head": head}
    return [
        {**proof, "turn": place, **_turn_row(turn, naming, silences.get(turn.id))}
        for place, turn in enumerate(record.turns, 1)
    ]


def request_rows(record: Record, document: Mapping[str, Any]) -> list[Row]:
    """The rows of the table of requests."""
    naming = _Naming(document)
    return [
        {
            "request": request.id,
            "segment": request.segment,
            "segment_title": naming.title(request.segment),
            "number": request.number,
            "delegation": request.delegation,
            "name": naming.delegation(request.delegation),
            "kind": request.kind,
            "capacity": request.capacity,
            "group": request.group,
            "group_name": naming.group(request.group),
            "also_national": int(request.also_national),
            "to": request.to,
            "statement": request.statement,
            **naming.done("asked", request.asked),
            "carried_over": "; ".join(
                f"{made.former} {made.number} {naming.said(made.act)}"
                for made in request.carried_over
            ),
            "standing": request.standing,
            **naming.done("left", request.left),
        }
        for request in record.requests
    ]


def segment_rows(record: Record, document: Mapping[str, Any]) -> list[Row]:
    """The rows of the table of segments."""
    naming = _Naming(document)
    rows: list[Row] = []
    for segment in record.segments:
        starts, ends = segment.planned or (None, None)
        turns = [t for t in record.turns if t.segment == segment.id and not t.struck]
        rows.append(
            {
                "segment": segment.id,
                "kind": segment.kind,
                "title": naming.title(segment.id),
                **naming.both("starts", starts),
                **naming.both("ends", ends),
                **naming.both("begun", segment.begun_at),
                "begun_by": segment.begun_by,
                **naming.both("ended", segment.ended_at),
                "turns": len(turns),
                "spoken_seconds": _seconds(Duration(sum(turn.used for turn in turns))),
            }
        )
    return rows


def _turn_row(turn: Turn, naming: _Naming, silence: Duration | None) -> Row:
    return {
        "intervention": turn.id,
        "segment": turn.segment,
        "segment_title": naming.title(turn.segment),
        "delegation": turn.delegation,
        "person": turn.person,
        "name": naming.speaker(turn),
        "category": naming.category(turn),
        "kind": turn.kind,
        "capacity": turn.capacity,
        "group": turn.group,
        "group_name": naming.group(turn.group),
        "also_national": int(turn.also_national),
        "to": turn.to,
        "statement": turn.statement,
        "number": turn.number,
        **naming.done("asked", turn.asked),
        **naming.done("given", turn.given[0]),
        "times_given": len(turn.given),
        **naming.done("started", turn.runs[0].started if turn.runs else None),
        "runs": "; ".join(_run(run, naming) for run in turn.runs),
        "stood_still_seconds": _seconds(turn.stood_still),
        "pauses": "; ".join(f"{one.reason} {naming.said(one.act)}" for one in turn.pauses),
        "interruptions": "; ".join(
            f"{one.point} {naming.said(one.act)}" for one in turn.interruptions
        ),
        "ruling": None if turn.ruling is None else turn.ruling.ruled.ruling,
        **naming.done("ruled", None if turn.ruling is None else turn.ruling.act),
        "returned": "; ".join(naming.said(act) for act in turn.returned),
        "continued": "; ".join(naming.said(act) for act in turn.continued),
        **naming.done("ended", turn.ended),
        "limit_seconds": _seconds(turn.limit),
        "allowance_seconds": _seconds(turn.allowance),
        "extensions": "; ".join(
            f"{_seconds(change.total)} {naming.said(change.act)}" for change in turn.changes
        ),
        "used_seconds": _seconds(turn.used),
        "overrun_seconds": _seconds(turn.overrun),
        "handover_seconds": None if silence is None else _seconds(silence),
        "outcome": outcome_of(turn),
        "struck": int(turn.struck),
        "corrections": "; ".join(naming.said(made.act) for made in turn.corrections),
        "original_delegation": None if turn.original is None else turn.original.delegation,
        "original_group": None if turn.original is None else turn.original.group,
        "original_outcome": None if turn.original is None else turn.original.outcome,
        "original_used_seconds": None if turn.original is None else _seconds(turn.original.used),
    }


def _run(run: Run, naming: _Naming) -> str:
    """A run of the clock within a cell."""
    return f"{naming.said(run.started)} {naming.said(run.stopped)}".strip()


def _seconds(duration: Duration) -> int | float:
    """Seconds, whole where they are."""
    whole, rest = divmod(duration, SECOND)
    return duration / SECOND if rest else whole


def _inert(cell: str | float | None) -> str | float | None:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


# Sheets


def _sheet(title: str, table: Table, rows: Iterable[Row]) -> dict[str, Any]:
    fields = fields_of(table)
    return {
        "title": title,
        "columns": [
            {
                "title": field.name,
                "kind": _KINDS.get(field.unit, "text"),
                "width": _WIDTHS.get(field.name, 22 if field.unit in _TIMES else 14),
            }
            for field in fields
        ],
        "rows": [[row[field.name] for field in fields] for row in rows],
    }


_KINDS: Final = {Unit.NUMBER: "number", Unit.UTC: "time", Unit.SECONDS: "duration"}
_TIMES: Final = (Unit.UTC, Unit.LOCAL)
_WIDTHS: Final = {"name": 32, "segment_title": 32, "title": 32, "group_name": 28, "runs": 32}


# JSON


def _segment(segment: SegmentHeld, naming: _Naming) -> dict[str, Any]:
    starts, ends = segment.planned or (None, None)
    return {
        "id": segment.id,
        "kind": segment.kind,
        "title": naming.title(segment.id),
        "starts": naming.instant(starts),
        "ends": naming.instant(ends),
        "begun": naming.instant(segment.begun_at),
        "begun_by": segment.begun_by,
        "ended": naming.instant(segment.ended_at),
        "rules": rules_section(segment.rules),
    }


def _turn(turn: Turn, naming: _Naming, silence: Duration | None) -> dict[str, Any]:
    return {
        "id": turn.id,
        "segment": turn.segment,
        "delegation": turn.delegation,
        "person": turn.person,
        "name": naming.speaker(turn),
        "category": naming.category(turn),
        "kind": turn.kind,
        "capacity": turn.capacity,
        "group": turn.group,
        "group_name": naming.group(turn.group),
        "also_national": turn.also_national,
        "to": turn.to,
        "statement": turn.statement,
        "number": turn.number,
        "asked": None if turn.asked is None else naming.instant(turn.asked.at),
        "asked_by": None if turn.asked is None else turn.asked.by,
        "given": [_act(act, naming) for act in turn.given],
        "returned": [_act(act, naming) for act in turn.returned],
        "continued": [_act(act, naming) for act in turn.continued],
        "runs": [
            {
                "started": naming.instant(run.started.at),
                "started_by": run.started.by,
                "stopped": None if run.stopped is None else naming.instant(run.stopped.at),
                "stopped_by": None if run.stopped is None else run.stopped.by,
            }
            for run in turn.runs
        ],
        "pauses": [{"reason": one.reason, **_act(one.act, naming)} for one in turn.pauses],
        "interruptions": [
            {"point": one.point, **_act(one.act, naming)} for one in turn.interruptions
        ],
        "ruling": None if turn.ruling is None else _ruling(turn.ruling, naming),
        "limit": turn.limit,
        "changes": [{"total": change.total, **_act(change.act, naming)} for change in turn.changes],
        "allowance": turn.allowance,
        "used": turn.used,
        "overrun": turn.overrun,
        "stood_still": turn.stood_still,
        "handover": silence,
        "ended": None if turn.ended is None else _act(turn.ended, naming),
        "outcome": outcome_of(turn),
        "struck": turn.struck,
        "original": None if turn.original is None else _read(turn.original),
        "corrections": [
            {
                **_read(made.correction),
                **_act(made.act, naming),
                "reason": made.reason.id,
            }
            for made in turn.corrections
        ],
    }


def _ruling(made: RulingMade, naming: _Naming) -> dict[str, Any]:
    words = made.ruled.words
    return {
        "ruling": made.ruled.ruling,
        "words": None if words is None else words.id,
        **_act(made.act, naming),
    }


def _question(question: WrittenQuestion, naming: _Naming) -> dict[str, Any]:
    return {
        "id": question.id,
        "delegation": question.delegation,
        "name": naming.delegation(question.delegation),
        "to": question.to,
        "words": question.words.id,
        "asked": _act(question.asked, naming),
        "answered": question.answered,
    }


def _read(as_: Correction) -> dict[str, Any]:
    """How a turn is to be read."""
    return {
        "delegation": as_.delegation,
        "capacity": as_.capacity,
        "group": as_.group,
        "outcome": as_.outcome,
        "used": as_.used,
        "struck": as_.struck,
    }


def _request(request: RequestMade, naming: _Naming) -> dict[str, Any]:
    return {
        "id": request.id,
        "segment": request.segment,
        "delegation": request.delegation,
        "name": naming.delegation(request.delegation),
        "kind": request.kind,
        "capacity": request.capacity,
        "group": request.group,
        "group_name": naming.group(request.group),
        "also_national": request.also_national,
        "to": request.to,
        "statement": request.statement,
        "number": request.number,
        "asked": _act(request.asked, naming),
        "carried_over": [
            {"segment": made.former, "number": made.number, **_act(made.act, naming)}
            for made in request.carried_over
        ],
        "standing": request.standing,
        "left": None if request.left is None else _act(request.left, naming),
    }


def _act(act: Act, naming: _Naming) -> dict[str, Any]:
    return {"at": naming.instant(act.at), "by": act.by}
