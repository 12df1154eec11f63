"""Any moment of a meeting, from its log alone: who had the floor, what was left, who waited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moderator.core.evolve import evolve
from moderator.core.model import Dialogue
from moderator.core.units import Instant
from moderator.summary.record import Logged


@dataclass(frozen=True, slots=True)
class Moment:
    """The dialogue as it stood at an instant, and the row that had brought it there last.

    `entry` is None before the first row.
    """

    state: Dialogue
    at: Instant
    entry: Logged | None


def moments(entries: Iterable[Logged]) -> Iterator[Moment]:
    """The moment after each row of a whole log."""
    state = Dialogue()
    for entry in entries:
        state = evolve(state, entry.event)
        yield Moment(state, state.at, entry)


def at_version(entries: Iterable[Logged], version: int) -> Moment | None:
    """The moment after row `version`, 0 before the first; None when the log has no such row."""
    if version == 0:
        return Moment(Dialogue(), Instant(0), None)
    return next((moment for moment in moments(entries) if moment.state.version == version), None)


def at_instant(entries: Iterable[Logged], instant: Instant) -> Moment:
    """The moment at an instant: after the rows of until then, with the clock as it was at it."""
    last = Moment(Dialogue(), instant, None)
    for moment in moments(entries):
        if moment.at > instant:
            break
        last = moment
    return Moment(last.state, instant, last.entry)


def at_end(entries: Iterable[Logged]) -> Moment:
    """The moment after the last row."""
    last = Moment(Dialogue(), Instant(0), None)
    for moment in moments(entries):
        last = moment
    return last


def as_json(moment: Moment, document: Mapping[str, Any]) -> dict[str, Any]:
    """A moment as plain values, with names from the programme document.

    Instants and durations are milliseconds; `remaining` is negative once the time is overrun.
    """
    state, at, entry = moment.state, moment.at, moment.entry
    floor = state.floor
    return {
        "version": state.version,
        "at": None if entry is None else at,
        "event": None if entry is None else type(entry.event).__name__,
        "actor": None if entry is None else entry.actor.rpartition("/")[0],
        "phase": state.phase,
        "segment": state.segment_id,
        "segment_title": None if state.segment_id is None else _title(document, state.segment_id),
        "list_open": state.list_open,
        "floor": None
        if floor is None
        else {
            "id": floor.id,
            "delegation": floor.delegation,
            "person": floor.person,
            "name": _speaker(document, floor.delegation, floor.person),
            "capacity": floor.capacity,
            "group": floor.group,
            "running": floor.clock.running_since is not None,
            "allowance": floor.clock.allowance,
            "used": floor.clock.used_at(at),
            "remaining": floor.clock.remaining_at(at),
        },
        "waiting": [
            {
                "id": request.id,
                "number": request.number,
                "delegation": request.delegation,
                "name": _speaker(document, request.delegation, None),
                "capacity": request.capacity,
                "group": request.group,
            }
            for request in state.listed
        ],
        "gavel": state.gavel,
    }


def _title(document: Mapping[str, Any], segment: str) -> str:
    """The title of a segment; its id when the programme has it no more."""
    titles = {part["id"]: part["title"] for part in document["segments"]}
    return str(titles.get(segment, segment))


def _speaker(document: Mapping[str, Any], delegation: str | None, person: str | None) -> str:
    """The name of a delegation or person; the code when the programme has it no more."""
    kind, code = ("persons", person) if delegation is None else ("delegations", delegation)
    return str(document[kind].get(code, {}).get("name", code))
