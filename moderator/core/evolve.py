"""Bookkeeping: what the dialogue is after an event. No rules here; the log is never argued with."""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from moderator.core import lines, turns
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
    DrawRevealed,
    DrawWithdrawn,
    Event,
    FloorGiven,
    FloorRequested,
    GavelTaken,
    InterventionContinued,
    InterventionCorrected,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListClosingSet,
    ListHidden,
    ListOpened,
    ListReordered,
    ListShown,
    NoteSent,
    PointRuled,
    PrivateLimitSet,
    ProgrammeChanged,
    QuestionAnswered,
    QuestionWritten,
    RequestCarriedOver,
    RequestDescribed,
    RequestMoved,
    RequestNotPresent,
    RequestNotReached,
    RequestReinstated,
    RequestWithdrawn,
    RulesSet,
    SegmentBegun,
    SegmentReturned,
    SlowDownAsked,
    StageSet,
)
from moderator.core.model import Announced, Dialogue, Owner, Question, Ruled, Sitting, Stage
from moderator.core.terms import InterventionId, Phase, SegmentId, Standing
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
        case DialogueOpened(at, segments, until):
            return replace(
                state,
                phase=Phase.OPEN,
                phase_since=at,
                segments=segments,
                interpretation_until=until,
            )
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
        case ListOpened():
            return lines.opened(state, event)
        case ListClosingSet():
            return lines.closing_set(state, event)
        case ListClosed(_, segment):
            sitting = replace(state.sittings[segment], list_open=False)
            return lines.with_sitting(state, segment, sitting)
        case ListHidden(_, segment):
            sitting = replace(state.sittings[segment], hidden=True)
            return lines.with_sitting(state, segment, sitting)
        case ListShown(_, segment):
            sitting = replace(state.sittings[segment], hidden=False)
            return lines.with_sitting(state, segment, sitting)
        case ListReordered():
            return lines.reordered(state, event)
        case DrawRevealed(_, segment, seed, codes):
            return lines.revealed(state, segment, seed, codes)
        case DrawWithdrawn(_, segment):
            return lines.draw_withdrawn(state, segment)
        case FloorRequested():
            return lines.requested(state, event)
        case RequestDescribed(_, request, details):
            return replace(state, details={**state.details, request: details})
        case RequestWithdrawn(_, request, place):
            return lines.off_the_list(state, request, Standing.WITHDRAWN, place)
        case RequestNotPresent(_, request, place):
            return lines.off_the_list(state, request, Standing.NOT_PRESENT, place)
        case RequestNotReached(_, request, place):
            return lines.off_the_list(state, request, Standing.NOT_REACHED, place)
        case RequestMoved(_, request, _, place):
            return lines.moved(state, request, place)
        case RequestReinstated(_, request, place):
            return lines.on_the_list(state, request, place)
        case RequestCarriedOver():
            return lines.carried_over(state, event)
        case FloorGiven():
            return turns.given(state, event)
        case ClockStarted(at, intervention):
            return turns.started(state, intervention, at)
        case ClockStopped(at, intervention, reason):
            return turns.stopped(state, intervention, at, reason)
        case AllowanceSet(_, intervention, _, total):
            return turns.allowed(state, intervention, total)
        case InterventionEnded(at, intervention, outcome):
            return turns.ended(state, intervention, outcome, at)
        case InterventionContinued(at, intervention, total):
            return turns.continued(state, intervention, total, at)
        case InterventionReturned(at, intervention, place):
            return turns.returned(state, intervention, place, at)
        case PointRuled(_, point, ruled):
            return _ruled(state, point, ruled)
        case NoteSent(_, intervention, words):
            turn = turns.holder(state, intervention)
            return turns.with_turn(state, replace(turn, note=words))
        case SlowDownAsked(at, intervention):
            turn = turns.holder(state, intervention)
            return turns.with_turn(state, replace(turn, slow_down=at))
        case QuestionWritten():
            return _question_written(state, event)
        case QuestionAnswered(_, question, answered):
            others = state.answered - {question}
            return replace(state, answered=others | {question} if answered else others)
        case PrivateLimitSet(_, delegation, person, total):
            return _private_limit_set(state, (delegation, person), total)
        case RulesSet():
            return _rules_set(state, event)
        case GavelTaken(_, holder):
            return replace(state, gavel=holder)
        case ProgrammeChanged():
            return _programme_changed(state, event)
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
    before = state.sittings.get(segment)
    sitting = (
        Sitting(begun_at=at)
        if before is None
        else Sitting(before.begun_at, arrivals=before.arrivals, before=before)
    )
    return replace(lines.with_sitting(state, segment, sitting), segment_id=segment)


def _segment_ended(state: Dialogue, at: Instant) -> Dialogue:
    if state.segment_id is None:
        return state
    sitting = state.sittings[state.segment_id]
    return lines.with_sitting(state, state.segment_id, replace(sitting, ended_at=at))


def _segment_resumed(state: Dialogue) -> Dialogue:
    if state.segment_id is None:
        return state
    sitting = replace(state.sittings[state.segment_id], ended_at=None)
    return lines.with_sitting(state, state.segment_id, sitting)


def _segment_left(state: Dialogue, left: SegmentId, at: Instant) -> Dialogue:
    """A segment whose beginning was taken back is what it was before, or was never held."""
    sitting = state.sittings[left]
    if sitting.before is not None:
        return lines.with_sitting(state, left, replace(sitting.before, arrivals=sitting.arrivals))
    was_held = any(request.segment == left for request in state.requests.values()) or any(
        turn.segment == left for turn in state.interventions.values()
    )
    if was_held:
        return _segment_ended(state, at)
    return replace(state, sittings={k: v for k, v in state.sittings.items() if k != left})


def _ruled(state: Dialogue, point: InterventionId, ruled: Ruled | None) -> Dialogue:
    others = {k: v for k, v in state.rulings.items() if k != point}
    return replace(state, rulings=others if ruled is None else {**others, point: ruled})


def _question_written(state: Dialogue, event: QuestionWritten) -> Dialogue:
    question = Question(
        event.question, event.delegation, event.to, event.words, event.at, event.by_bureau
    )
    return replace(state, questions={**state.questions, question.id: question})


def _private_limit_set(state: Dialogue, owner: Owner, total: Duration | None) -> Dialogue:
    others = {k: v for k, v in state.private_limits.items() if k != owner}
    return replace(state, private_limits=others if total is None else {**others, owner: total})


def _rules_set(state: Dialogue, event: RulesSet) -> Dialogue:
    segments = tuple(
        replace(segment, rules=event.rules) if segment.id == event.segment else segment
        for segment in state.segments
    )
    announced = {**state.announced, event.segment: Announced(event.at, event.by)}
    return replace(state, revision=event.revision, segments=segments, announced=announced)


def _programme_changed(state: Dialogue, event: ProgrammeChanged) -> Dialogue:
    kept = state.segments if event.segments is None else event.segments
    rules = {segment.id: segment.rules for segment in state.segments}
    changed = (one.id for one in kept if one.id in rules and one.rules != rules[one.id])
    return replace(
        state,
        revision=event.revision,
        segments=kept,
        interpretation_until=event.interpretation_until,
        announced={**state.announced, **dict.fromkeys(changed, Announced(event.at, event.by))},
    )
