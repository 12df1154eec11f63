"""The rules of the meeting itself: its phases, its segments, and who presides."""

from moderator.core.actor import Actor
from moderator.core.commands import BeginSegment, OpenDialogue
from moderator.core.events import (
    DialogueClosed,
    DialogueOpened,
    DialogueResumed,
    DialogueSuspended,
    Event,
    GavelTaken,
    ListClosed,
    RequestCarriedOver,
    RequestNotReached,
    SegmentBegun,
)
from moderator.core.floor import clock_halted, concluded
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.seen import require_begun, require_holder, require_not_closed, require_open
from moderator.core.terms import InterventionId, Phase, SegmentId
from moderator.core.units import Instant


def open_dialogue(state: Dialogue, command: OpenDialogue, now: Instant) -> tuple[Event, ...]:
    """See OpenDialogue."""
    if state.phase is Phase.SCHEDULED:
        return (DialogueOpened(now, command.segments, command.interpretation_until),)
    require_not_closed(state)
    return ()


def take_gavel(state: Dialogue, by: Actor, now: Instant) -> tuple[Event, ...]:
    """See TakeGavel."""
    require_not_closed(state)
    return () if state.gavel == by.office else (GavelTaken(now, by.office),)


def suspend(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """See SuspendDialogue."""
    require_begun(state)
    if state.phase is Phase.SUSPENDED:
        return ()
    return (*clock_halted(state, now), DialogueSuspended(now))


def resume(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """See ResumeDialogue."""
    require_begun(state)
    return () if state.phase is Phase.OPEN else (DialogueResumed(now),)


def close_dialogue(
    state: Dialogue, holder: InterventionId | None, now: Instant
) -> tuple[Event, ...]:
    """See CloseDialogue."""
    if state.phase is Phase.CLOSED:
        return ()
    require_begun(state)
    require_holder(state, holder)
    return (
        *concluded(state, now),
        *_list_closed(state, now),
        *_not_reached(state.points, now),
        *_not_reached(state.replies, now),
        *_not_reached(state.waiting, now),
        DialogueClosed(now),
    )


def begin_segment(state: Dialogue, command: BeginSegment, now: Instant) -> tuple[Event, ...]:
    """See BeginSegment."""
    require_open(state)
    segment = command.segment
    if segment == state.segment_id:
        return ()
    if all(known.id != segment for known in state.segments):
        raise Rejected(Reason.UNKNOWN_SEGMENT)
    require_holder(state, command.holder)
    return (
        *concluded(state, now),
        *_list_closed(state, now),
        *(() if command.carry_over else _not_reached(state.waiting, now)),
        SegmentBegun(now, segment, state.segment_id),
        *(_carried_over(state, segment, now) if command.carry_over else ()),
    )


def _list_closed(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    if state.segment_id is None or not state.list_open:
        return ()
    return (ListClosed(now, state.segment_id),)


def _not_reached(line: tuple[InterventionId, ...], now: Instant) -> tuple[Event, ...]:
    # From the end of the list, so that each place is where an undo has to put the request back.
    waiting = reversed(tuple(enumerate(line)))
    return tuple(RequestNotReached(now, request, place) for place, request in waiting)


def _carried_over(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    sitting = state.sittings.get(segment)
    first = 1 if sitting is None else sitting.arrivals + 1
    return tuple(
        RequestCarriedOver(now, request.id, request.segment, request.number, segment, number)
        for number, request in enumerate(state.listed, start=first)
    )
