"""The record for spreadsheets (CSV) and for programs (JSON); docs/record.md explains each field."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from moderator.core.units import SECOND, Duration, Instant
from moderator.core.view import rules_section
from moderator.summary.record import Act, Record, RequestMade, SegmentHeld, Turn

COLUMNS: Final = (
    "turn",
    "intervention",
    "segment",
    "segment_title",
    "delegation",
    "person",
    "name",
    "category",
    "kind",
    "capacity",
    "group",
    "group_name",
    "number",
    "asked_utc",
    "asked_local",
    "given_utc",
    "given_local",
    "times_given",
    "ended_utc",
    "ended_local",
    "limit",
    "limit_ms",
    "allowance",
    "allowance_ms",
    "used",
    "used_ms",
    "overrun",
    "overrun_ms",
    "outcome",
    "given_by",
    "ended_by",
)


def as_csv(record: Record, document: Mapping[str, Any]) -> str:
    """The turns, a line each, with names from the programme document.

    It is to be encoded with a byte order mark: without one, spreadsheets misread Arabic.
    """
    naming = _Naming(document)
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    for place, turn in enumerate(record.turns, 1):
        line = _line(place, turn, naming)
        writer.writerow({column: _inert(cell) for column, cell in line.items()})
    return text.getvalue()


def as_json(record: Record, document: Mapping[str, Any]) -> dict[str, Any]:
    """The whole record as plain values, with the names it needs from the programme document.

    An instant is its UTC and its local time in ISO 8601; durations are milliseconds.
    """
    naming = _Naming(document)
    return {
        "dialogue": document["id"],
        "title": document["title"],
        "organ": document["organ"],
        "place": document["place"],
        "timezone": document["timezone"],
        "version": record.version,
        "phases": [{"phase": change.phase, **_act(change.act, naming)} for change in record.phases],
        "segments": [_segment(segment, naming) for segment in record.segments],
        "turns": [_turn(turn, naming) for turn in record.turns],
        "requests": [_request(request, naming) for request in record.requests],
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


# CSV


def _line(place: int, turn: Turn, naming: _Naming) -> dict[str, str | int | None]:
    asked_utc, asked_local = naming.times(None if turn.asked is None else turn.asked.at)
    given_utc, given_local = naming.times(turn.given[0].at)
    ended_utc, ended_local = naming.times(None if turn.ended is None else turn.ended.at)
    return {
        "turn": place,
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
        "number": turn.number,
        "asked_utc": asked_utc,
        "asked_local": asked_local,
        "given_utc": given_utc,
        "given_local": given_local,
        "times_given": len(turn.given),
        "ended_utc": ended_utc,
        "ended_local": ended_local,
        "limit": minutes_of(turn.limit),
        "limit_ms": turn.limit,
        "allowance": minutes_of(turn.allowance),
        "allowance_ms": turn.allowance,
        "used": minutes_of(turn.used),
        "used_ms": turn.used,
        "overrun": minutes_of(turn.overrun),
        "overrun_ms": turn.overrun,
        "outcome": outcome_of(turn),
        "given_by": turn.given[0].by,
        "ended_by": None if turn.ended is None else turn.ended.by,
    }


def _inert(cell: str | int | None) -> str | int | None:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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
        "ended": naming.instant(segment.ended_at),
        "rules": rules_section(segment.rules),
    }


def _turn(turn: Turn, naming: _Naming) -> dict[str, Any]:
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
        "number": turn.number,
        "asked": naming.instant(None if turn.asked is None else turn.asked.at),
        "given": [_act(act, naming) for act in turn.given],
        "returned": [_act(act, naming) for act in turn.returned],
        "continued": [_act(act, naming) for act in turn.continued],
        "runs": [
            {
                "started": naming.instant(run.started.at),
                "stopped": None if run.stopped is None else naming.instant(run.stopped.at),
            }
            for run in turn.runs
        ],
        "limit": turn.limit,
        "changes": [{"total": change.total, **_act(change.act, naming)} for change in turn.changes],
        "allowance": turn.allowance,
        "used": turn.used,
        "overrun": turn.overrun,
        "ended": None if turn.ended is None else _act(turn.ended, naming),
        "outcome": outcome_of(turn),
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
        "number": request.number,
        "asked": _act(request.asked, naming),
        "standing": request.standing,
        "left": None if request.left is None else _act(request.left, naming),
    }


def _act(act: Act, naming: _Naming) -> dict[str, Any]:
    return {"at": naming.instant(act.at), "by": act.by}
