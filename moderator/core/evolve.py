"""Bookkeeping: what the dialogue is after an event. No rules here; the log is never argued with."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from moderator.core.clock import Clock
from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    ClockStopped,
    CommandUndone,
    DialogueClosed,
    DialogueOpened,
    DialogueReopened,
    DialogueResumed,
    DialogueSuspended,
    Event,
    FloorGiven,
    FloorRequested,
    GavelTaken,
    InterventionContinued,
    InterventionCorrected,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListOpened,
    ProgrammeChanged,
    RequestMoved,
    RequestNotPresent,
    RequestNotReached,
    RequestReinstated,
    RequestWithdrawn,
    SegmentBegun,
    SegmentReturned,
    StageSet,
)
from moderator.core.model import Dialogue, Intervention, Request, Sitting, Stage
from moderator.core.terms import InterventionId, Outcome, Phase, SegmentId, Standing
from moderator.core.units import Duration, Instant


def evolve_all(state: Dialogue, events: Iterable[Event]) -> Dialogue:
    """The dialogue after several events, in their order."""
    for event in events:
        state = evolve(state, event)
    return state


def evolve(state: Dialogue, event: Event) -> Dialogue:
    """The dialogue after one event; an AssertionError says how the log is damaged."""
    state = _applied(state, event)
    return replace(state, version=state.version + 1, at=event.at)


def _applied(state: Dialogue, event: Event) -> Dialogue:
    match event:
        case DialogueOpened(at, segments):
            return replace(state, phase=Phase.OPEN, phase_since=at, segments=segments)
        case DialogueSuspended(at):
            return replace(state, phase=Phase.SUSPENDED, phase_since=at)
        case DialogueResumed(at):
            return replace(state, phase=Phase.OPEN, phase_since=at)
        case DialogueClosed(at):
            return _closed(_segment_ended(state, at), at)
        case DialogueReopened():
            return _reopened(_segment_resumed(state))
        case SegmentBegun(at, segment):
            return _segment_begun(_segment_ended(state, at), segment, at)
        case SegmentReturned(at, segment, left):
            return _segment_resumed(replace(_segment_left(state, left, at), segment_id=segment))
        case ListOpened(_, segment):
            return _with_sitting(state, segment, replace(state.sittings[segment], list_open=True))
        case ListClosed(_, segment):
            return _with_sitting(state, segment, replace(state.sittings[segment], list_open=False))
        case FloorRequested():
            return _requested(state, event)
        case RequestWithdrawn(_, request):
            return _off_the_list(state, request, Standing.WITHDRAWN)
        case RequestNotPresent(_, request):
            return _off_the_list(state, request, Standing.NOT_PRESENT)
        case RequestNotReached(_, request):
            return _off_the_list(state, request, Standing.NOT_REACHED)
        case RequestMoved(_, request, _, place):
            assert request in state.waiting, f"the log is damaged: {request} moved, but waits not"
            return replace(state, waiting=_placed(_without(state.waiting, request), request, place))
        case RequestReinstated(_, request, place):
            return _on_the_list(state, request, place)
        case FloorGiven():
            return _given(state, event)
        case ClockStarted(at, intervention):
            turn = _holder(state, intervention)
            return _with_turn(state, replace(turn, clock=turn.clock.started(at), starts_at=None))
        case ClockStopped(at, intervention):
            turn = _holder(state, intervention)
            return _with_turn(state, replace(turn, clock=turn.clock.stopped(at), starts_at=None))
        case AllowanceSet(_, intervention, _, total):
            turn = _holder(state, intervention)
            return _with_turn(state, replace(turn, clock=replace(turn.clock, allowance=total)))
        case InterventionEnded(at, intervention, outcome):
            return _ended(state, intervention, outcome, at)
        case InterventionContinued(_, intervention, total):
            return _continued(state, state.interventions[intervention], total)
        case InterventionReturned(at, intervention, place):
            return _returned(state, intervention, place, at)
        case GavelTaken(_, holder):
            return replace(state, gavel=holder)
        case ProgrammeChanged(_, revision, segments):
            kept = state.segments if segments is None else segments
            return replace(state, revision=revision, segments=kept)
        case InterventionCorrected(_, intervention, correction):
            return replace(state, corrections={**state.corrections, intervention: correction})
        case StageSet(_, blackout, message):
            return replace(state, stage=Stage(blackout, message))
        case CommandUndone(_, version):
            return replace(state, undone=state.undone | {version})
        case _:
            assert_never(event)


def _closed(state: Dialogue, at: Instant) -> Dialogue:
    was = (state.phase, state.phase_since)
    return replace(state, phase=Phase.CLOSED, phase_since=at, closed_in=was)


def _reopened(state: Dialogue) -> Dialogue:
    assert state.closed_in is not None, "the log is damaged: reopened, but never closed"
    phase, since = state.closed_in
    return replace(state, phase=phase, phase_since=since, closed_in=None)


def _segment_begun(state: Dialogue, segment: SegmentId, at: Instant) -> Dialogue:
    assert not state.waiting, "the log is damaged: a segment began while requests were waiting"
    before = state.sittings.get(segment)
    sitting = (
        Sitting(begun_at=at)
        if before is None
        else Sitting(before.begun_at, arrivals=before.arrivals, before=before)
    )
    return replace(_with_sitting(state, segment, sitting), segment_id=segment)


def _segment_ended(state: Dialogue, at: Instant) -> Dialogue:
    if state.segment_id is None:
        return state
    sitting = state.sittings[state.segment_id]
    return _with_sitting(state, state.segment_id, replace(sitting, ended_at=at))


def _segment_resumed(state: Dialogue) -> Dialogue:
    if state.segment_id is None:
        return state
    sitting = replace(state.sittings[state.segment_id], ended_at=None)
    return _with_sitting(state, state.segment_id, sitting)


def _segment_left(state: Dialogue, left: SegmentId, at: Instant) -> Dialogue:
    """A segment whose beginning was taken back is what it was before, or was never held."""
    sitting = state.sittings[left]
    if sitting.before is not None:
        return _with_sitting(state, left, replace(sitting.before, arrivals=sitting.arrivals))
    was_held = sitting.arrivals > 0 or any(
        turn.segment == left for turn in state.interventions.values()
    )
    if was_held:
        return _segment_ended(state, at)
    return replace(state, sittings={k: v for k, v in state.sittings.items() if k != left})


def _with_sitting(state: Dialogue, segment: SegmentId, sitting: Sitting) -> Dialogue:
    return replace(state, sittings={**state.sittings, segment: sitting})


def _requested(state: Dialogue, event: FloorRequested) -> Dialogue:
    request = Request(
        id=event.request,
        segment=event.segment,
        delegation=event.delegation,
        kind=event.kind,
        capacity=event.capacity,
        group=event.group,
        number=event.number,
        asked_at=event.at,
        by_bureau=event.by_bureau,
    )
    sitting = replace(state.sittings[event.segment], arrivals=event.number)
    return replace(
        _with_sitting(_with_request(state, request), event.segment, sitting),
        waiting=(*state.waiting, event.request),
    )


def _with_request(state: Dialogue, request: Request) -> Dialogue:
    return replace(state, requests={**state.requests, request.id: request})


def _standing(state: Dialogue, request: InterventionId, standing: Standing) -> Dialogue:
    return _with_request(state, replace(state.requests[request], standing=standing))


def _off_the_list(state: Dialogue, request: InterventionId, standing: Standing) -> Dialogue:
    assert request in state.waiting, f"the log is damaged: {request} was not on the list"
    state = _standing(state, request, standing)
    return replace(state, waiting=_without(state.waiting, request))


def _on_the_list(state: Dialogue, request: InterventionId, place: int) -> Dialogue:
    assert request not in state.waiting, f"the log is damaged: {request} is on the list twice"
    state = _standing(state, request, Standing.WAITING)
    return replace(state, waiting=_placed(state.waiting, request, place))


def _without(order: tuple[InterventionId, ...], one: InterventionId) -> tuple[InterventionId, ...]:
    return tuple(other for other in order if other != one)


def _placed(
    waiting: tuple[InterventionId, ...], request: InterventionId, place: int
) -> tuple[InterventionId, ...]:
    return (*waiting[:place], request, *waiting[place:])


def _given(state: Dialogue, event: FloorGiven) -> Dialogue:
    assert state.floor_id is None, "the log is damaged: the floor was given while it was held"
    before = state.interventions.get(event.intervention)
    used = Duration(0) if before is None else before.clock.used
    turn = Intervention(
        id=event.intervention,
        segment=event.segment,
        delegation=event.delegation,
        person=event.person,
        kind=event.kind,
        capacity=event.capacity,
        group=event.group,
        clock=Clock(event.allowance, used),
        given_at=event.at,
        starts_at=event.starts_at,
    )
    if event.delegation is not None:
        state = _off_the_list(state, event.intervention, Standing.HAS_FLOOR)
    return replace(_with_turn(state, turn), floor_id=turn.id)


def _with_turn(state: Dialogue, turn: Intervention) -> Dialogue:
    return replace(state, interventions={**state.interventions, turn.id: turn})


def _holder(state: Dialogue, intervention: InterventionId) -> Intervention:
    turn = state.floor
    assert turn is not None, "the log is damaged: nobody holds the floor"
    assert turn.id == intervention, f"the log is damaged: {intervention} does not hold the floor"
    return turn


def _ended(
    state: Dialogue, intervention: InterventionId, outcome: Outcome, at: Instant
) -> Dialogue:
    turn = _holder(state, intervention)
    ended = replace(
        turn, clock=turn.clock.stopped(at), starts_at=None, ended_at=at, outcome=outcome
    )
    if turn.delegation is not None:
        absent = outcome is Outcome.NOT_PRESENT
        standing = Standing.NOT_PRESENT if absent else Standing.HEARD
        state = _standing(state, intervention, standing)
    sitting = state.sittings[turn.segment]
    sitting = replace(sitting, ended_turns=(*sitting.ended_turns, intervention))
    return replace(_with_sitting(_with_turn(state, ended), turn.segment, sitting), floor_id=None)


def _continued(state: Dialogue, turn: Intervention, total: Duration) -> Dialogue:
    assert state.floor_id is None, "the log is damaged: a turn went on while the floor was held"
    if turn.delegation is not None:
        state = _standing(state, turn.id, Standing.HAS_FLOOR)
    sitting = state.sittings[turn.segment]
    sitting = replace(sitting, ended_turns=_without(sitting.ended_turns, turn.id))
    clock = replace(turn.clock, allowance=total)
    turn = replace(turn, clock=clock, ended_at=None, outcome=None)
    # What was corrected was a turn that had ended.
    corrections = {k: v for k, v in state.corrections.items() if k != turn.id}
    state = replace(state, floor_id=turn.id, corrections=corrections)
    return _with_sitting(_with_turn(state, turn), turn.segment, sitting)


def _returned(
    state: Dialogue, intervention: InterventionId, place: int | None, at: Instant
) -> Dialogue:
    turn = _holder(state, intervention)
    turn = replace(turn, clock=turn.clock.stopped(at), starts_at=None)
    state = replace(_with_turn(state, turn), floor_id=None)
    return state if place is None else _on_the_list(state, intervention, place)
