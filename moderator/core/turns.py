"""Bookkeeping of the floor: who has it, whom a point of order interrupts, and the clocks."""

from dataclasses import replace

from moderator.core.clock import Clock
from moderator.core.events import FloorGiven
from moderator.core.lines import off_the_list, on_the_list, with_sitting, with_standing, without
from moderator.core.model import Dialogue, Intervention
from moderator.core.terms import InterventionId, Kind, Outcome, PauseReason, Standing
from moderator.core.units import Duration, Instant


def given(state: Dialogue, event: FloorGiven) -> Dialogue:
    """Somebody has the floor; a point of order interrupts whoever had it."""
    before = state.interventions.get(event.intervention)
    returned = before if before is not None and before.outcome is None else None
    rules = state.segment_of(event.segment).rules
    turn = Intervention(
        id=event.intervention,
        segment=event.segment,
        delegation=event.delegation,
        person=event.person,
        kind=event.kind,
        capacity=event.capacity,
        group=event.group,
        clock=Clock(event.allowance, returned.clock.used if returned else Duration(0)),
        given_at=event.at,
        starts_at=event.starts_at,
        enforcement=rules.enforcement,
        warning=rules.warning,
        grace=rules.grace,
        started_at=None if returned is None else returned.started_at,
        note=None if returned is None else returned.note,
        slow_down=None if returned is None else returned.slow_down,
    )
    if event.delegation is not None:
        state = off_the_list(state, event.intervention, Standing.HAS_FLOOR, None)
    if before is not None and before.outcome is not None:  # called and absent, and reinstated since
        sitting = state.sittings[before.segment]
        sitting = replace(sitting, ended_turns=without(sitting.ended_turns, before.id))
        state = with_sitting(state, before.segment, sitting)
    return _at_the_floor(state, turn, event.at)


def started(state: Dialogue, intervention: InterventionId, at: Instant) -> Dialogue:
    """The clock of whoever has the floor runs."""
    turn = holder(state, intervention)
    return with_turn(
        state,
        replace(
            turn,
            clock=turn.clock.started(at),
            starts_at=None,
            paused=None,
            started_at=at if turn.started_at is None else turn.started_at,
        ),
    )


def stopped(
    state: Dialogue, intervention: InterventionId, at: Instant, reason: PauseReason | None
) -> Dialogue:
    """The clock of whoever has the floor stands still."""
    return with_turn(state, replace(_still(holder(state, intervention), at), paused=reason))


def allowed(state: Dialogue, intervention: InterventionId, total: Duration) -> Dialogue:
    """Whoever has the floor has another speaking time."""
    turn = holder(state, intervention)
    return with_turn(state, replace(turn, clock=replace(turn.clock, allowance=total)))


def ended(state: Dialogue, intervention: InterventionId, outcome: Outcome, at: Instant) -> Dialogue:
    """A turn is over; the turn that it interrupted has the floor again."""
    turn = holder(state, intervention)
    over = replace(_still(turn, at), paused=None, ended_at=at, outcome=outcome)
    if turn.delegation is not None:
        absent = outcome is Outcome.NOT_PRESENT
        standing = Standing.NOT_PRESENT if absent else Standing.HEARD
        state = with_standing(state, intervention, standing)
    sitting = state.sittings[turn.segment]
    sitting = replace(sitting, ended_turns=(*sitting.ended_turns, intervention))
    return _back_to_who_was_interrupted(with_sitting(with_turn(state, over), turn.segment, sitting))


def continued(
    state: Dialogue, intervention: InterventionId, total: Duration, at: Instant
) -> Dialogue:
    """A turn that had ended has the floor again, its clock standing still."""
    turn = state.interventions[intervention]
    if turn.delegation is not None:
        state = with_standing(state, turn.id, Standing.HAS_FLOOR)
    sitting = state.sittings[turn.segment]
    sitting = replace(sitting, ended_turns=without(sitting.ended_turns, turn.id))
    clock = replace(turn.clock, allowance=total)
    turn = replace(turn, clock=clock, ended_at=None, outcome=None)
    # What was corrected was a turn that had ended.
    corrections = {k: v for k, v in state.corrections.items() if k != turn.id}
    state = with_sitting(replace(state, corrections=corrections), turn.segment, sitting)
    return _at_the_floor(state, turn, at)


def returned(
    state: Dialogue, intervention: InterventionId, place: int | None, at: Instant
) -> Dialogue:
    """The floor was taken back; a request waits again."""
    turn = replace(_still(holder(state, intervention), at), paused=None)
    state = _back_to_who_was_interrupted(with_turn(state, turn))
    return state if place is None else on_the_list(state, intervention, place)


def with_turn(state: Dialogue, turn: Intervention) -> Dialogue:
    """The dialogue with a turn as it is now."""
    return replace(state, interventions={**state.interventions, turn.id: turn})


def holder(state: Dialogue, intervention: InterventionId) -> Intervention:
    """The turn that has the floor, which must be this one."""
    turn = state.floor
    assert turn is not None, "the log is damaged: nobody holds the floor"
    assert turn.id == intervention, f"the log is damaged: {intervention} does not hold the floor"
    return turn


def _still(turn: Intervention, at: Instant) -> Intervention:
    return replace(turn, clock=turn.clock.stopped(at), starts_at=None)


def _at_the_floor(state: Dialogue, turn: Intervention, at: Instant) -> Dialogue:
    other = state.floor
    if other is not None:
        interrupts = turn.kind is Kind.POINT_OF_ORDER and state.interrupted_id is None
        assert interrupts, "the log is damaged: the floor was given while it was held"
        state = with_turn(state, _still(other, at))
    turn = replace(turn, interrupts=state.floor_id)
    return replace(with_turn(state, turn), floor_id=turn.id, interrupted_id=state.floor_id)


def _back_to_who_was_interrupted(state: Dialogue) -> Dialogue:
    return replace(state, floor_id=state.interrupted_id, interrupted_id=None)
