"""Taking back a command of the bureau: for each of its events, newest first, what restores it.

The table, by event: what left the list comes back to its place, what moved goes back, a list opens
or closes again, a limit is what it was, the floor goes back to whoever had it, a segment or the
dialogue goes on. Time already spoken is never erased, so a clock that ran stays where it stopped.
Whatever has no line here cannot be undone.
"""

from moderator.core.commands import Done
from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    CommandUndone,
    DialogueClosed,
    DialogueReopened,
    Event,
    FloorGiven,
    InterventionContinued,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListOpened,
    RequestMoved,
    RequestNotPresent,
    RequestNotReached,
    RequestReinstated,
    RequestWithdrawn,
    SegmentBegun,
    SegmentReturned,
)
from moderator.core.evolve import evolve, evolve_all
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import BUREAU, InterventionId, Phase, Standing
from moderator.core.units import Duration, Instant

UNDOABLE = (
    AllowanceSet,
    DialogueClosed,
    FloorGiven,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListOpened,
    RequestMoved,
    RequestNotPresent,
    RequestWithdrawn,
    SegmentBegun,
)
"""A command can be undone when one of these is among what it recorded."""


def can_be_undone(events: tuple[Event, ...]) -> bool:
    """Whether what a command of the bureau recorded may be offered for undoing."""
    return any(isinstance(event, UNDOABLE) for event in events)


def take_back(state: Dialogue, done: Done, now: Instant) -> tuple[Event, ...]:
    """The events that undo a command at once; none when it is undone already.

    Raises Rejected: cannot-undo for what the table does not serve or a delegate did, and
    too-late-to-undo when something that happened since depends on it.
    """
    if done.version in state.undone:
        return ()
    if done.by.role not in BUREAU or not can_be_undone(done.events):
        raise Rejected(Reason.CANNOT_UNDO)
    closing = any(isinstance(event, DialogueClosed) for event in done.events)
    _require(closing or state.phase is not Phase.CLOSED)
    undoing: list[Event] = [CommandUndone(now, done.version)]
    state = evolve(state, undoing[0])
    for event in reversed(done.events):
        inverse = _inverse(state, event, now)
        undoing.extend(inverse)
        state = evolve_all(state, inverse)
    return tuple(undoing)


def _inverse(state: Dialogue, event: Event, now: Instant) -> tuple[Event, ...]:
    match event:
        case RequestMoved(_, request, former, _):
            _require(request in state.waiting)
            place = state.waiting.index(request)
            back = min(former, len(state.waiting) - 1)
            return (RequestMoved(now, request, place, back),)
        case RequestWithdrawn(_, request, place):
            return _reinstated(state, request, Standing.WITHDRAWN, place, now)
        case RequestNotPresent(_, request, place):
            return _reinstated(state, request, Standing.NOT_PRESENT, place, now)
        case RequestNotReached(_, request, place):
            return _reinstated(state, request, Standing.NOT_REACHED, place, now)
        case ListOpened(_, segment):
            _require(segment == state.segment_id and state.list_open)
            return (ListClosed(now, segment),)
        case ListClosed(_, segment):
            _require(segment == state.segment_id and not state.list_open)
            return (ListOpened(now, segment),)
        case AllowanceSet(_, intervention, former, total):
            return _allowance_restored(state, intervention, former, total, now)
        case ClockStarted():
            return ()  # the floor is taken back below, with the time that was spoken
        case FloorGiven():
            return _floor_taken_back(state, event, now)
        case InterventionEnded():
            return _turn_restored(state, event, now)
        case InterventionReturned():
            return _given_again(state, event, now)
        case SegmentBegun(_, segment, former):
            _require(segment == state.segment_id and state.floor_id is None)
            _require(not state.waiting and not state.list_open and state.last is None)
            return (SegmentReturned(now, former, segment),)
        case DialogueClosed():
            return (DialogueReopened(now),)
        case _:
            raise Rejected(Reason.CANNOT_UNDO)


def _reinstated(
    state: Dialogue, request_id: InterventionId, standing: Standing, place: int, now: Instant
) -> tuple[Event, ...]:
    request = state.requests[request_id]
    _require(request.standing is standing and request.segment == state.segment_id)
    # A turn that went on while this request waited is not in its way; one asked for since is.
    speaks_by_a_later_one = any(
        other.standing is Standing.HAS_FLOOR
        and other.voice == request.voice
        and other.number > request.number
        for other in state.requests.values()
    )
    _require(not state.waits(request.voice) and not speaks_by_a_later_one)
    return (RequestReinstated(now, request_id, min(place, len(state.waiting))),)


def _allowance_restored(
    state: Dialogue, intervention: InterventionId, former: Duration, total: Duration, now: Instant
) -> tuple[Event, ...]:
    turn = state.floor
    _require(turn is not None and turn.id == intervention and turn.clock.allowance == total)
    assert turn is not None
    _require(turn.clock.used_at(now) < former)
    return (AllowanceSet(now, intervention, total, former),)


def _floor_taken_back(state: Dialogue, given: FloorGiven, now: Instant) -> tuple[Event, ...]:
    _require(state.floor_id == given.intervention)
    if given.place is None:
        return (InterventionReturned(now, given.intervention, None),)
    _require(not state.waits(state.requests[given.intervention].voice))
    place = min(given.place, len(state.waiting))
    return (InterventionReturned(now, given.intervention, place),)


def _turn_restored(state: Dialogue, ended: InterventionEnded, now: Instant) -> tuple[Event, ...]:
    """The floor goes back with the clock stopped: the chair starts it when the speaker is ready.

    Only to the turn that ended last, by this very end: who spoke since had the floor rightly.
    """
    turn = state.last
    _require(state.floor_id is None and turn is not None and turn.id == ended.intervention)
    assert turn is not None
    _require(turn.ended_at == ended.at)
    return (InterventionContinued(now, turn.id, turn.clock.allowance),)


def _given_again(
    state: Dialogue, returned: InterventionReturned, now: Instant
) -> tuple[Event, ...]:
    """The floor goes back, with the clock stopped, unless somebody has spoken since."""
    turn = state.interventions[returned.intervention]
    _require(state.floor_id is None and turn.outcome is None and turn.segment == state.segment_id)
    last_end = state.last.ended_at if state.last else None
    _require(last_end is None or last_end <= returned.at)
    _require(turn.delegation is None or turn.id in state.waiting)
    place = None if turn.delegation is None else state.waiting.index(turn.id)
    return (
        FloorGiven(
            at=now,
            intervention=turn.id,
            segment=turn.segment,
            delegation=turn.delegation,
            person=turn.person,
            kind=turn.kind,
            capacity=turn.capacity,
            group=turn.group,
            place=place,
            allowance=turn.clock.allowance,
            starts_at=None,
        ),
    )


def _require(holds: bool) -> None:
    if not holds:
        raise Rejected(Reason.TOO_LATE_TO_UNDO)
