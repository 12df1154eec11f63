"""The rules for what is changed beside the floor: programme, limits, the record, questions."""

from moderator.core.commands import (
    ChangeProgramme,
    CorrectIntervention,
    SetAnswered,
    SetPrivateLimit,
    SetRules,
    WriteQuestion,
)
from moderator.core.events import (
    Event,
    InterventionCorrected,
    PrivateLimitSet,
    ProgrammeChanged,
    QuestionAnswered,
    QuestionWritten,
    RulesSet,
)
from moderator.core.model import Correction, Dialogue, Intervention, Request
from moderator.core.questions import asked_of
from moderator.core.rejected import Reason, Rejected
from moderator.core.seen import require_begun, require_not_closed, require_speaker
from moderator.core.terms import DelegationCode, GroupCode, PersonId, Phase, QuestionId, Role
from moderator.core.units import Instant

MOST_UNANSWERED = 3
"""Written questions of a delegation that wait for an answer at a time."""


def change_programme(state: Dialogue, command: ChangeProgramme, now: Instant) -> tuple[Event, ...]:
    """See ChangeProgramme."""
    if command.base != state.revision:
        raise Rejected(Reason.PROGRAMME_CHANGED)
    skeleton = None if command.segments == state.segments else command.segments
    if state.phase is Phase.SCHEDULED:
        skeleton = None  # the opening brings it
    elif skeleton is not None:
        require_not_closed(state)
        kinds = {segment.id: segment.kind for segment in skeleton}
        if any(kinds.get(held) is not state.segment_of(held).kind for held in state.sittings):
            raise Rejected(Reason.SEGMENT_HELD)
    delegations, groups, persons = _in_the_record(state)
    still_there = (
        delegations <= {*command.delegations, None}
        and groups <= {*command.groups, None}
        and persons <= {*command.persons, None}
    )
    if not still_there:
        raise Rejected(Reason.IN_THE_RECORD)
    until, by = command.interpretation_until, command.by.office
    return (ProgrammeChanged(now, state.revision + 1, skeleton, until, by),)


def _in_the_record(
    state: Dialogue,
) -> tuple[set[DelegationCode | None], set[GroupCode | None], set[PersonId | None]]:
    """Whoever the log names: they stay in the programme."""
    turns, asked = state.interventions.values(), state.requests.values()
    written = state.questions.values()
    limited = state.private_limits
    speak_or_ask: tuple[Intervention | Request | Correction, ...] = (
        *turns,
        *asked,
        *state.corrections.values(),
    )
    delegations = {one.delegation for one in speak_or_ask}
    delegations |= {question.delegation for question in written}
    delegations |= {delegation for delegation, _ in limited}
    persons = {turn.person for turn in turns} | {person for _, person in limited}
    persons |= {request.to for request in asked} | {question.to for question in written}
    return delegations, {one.group for one in speak_or_ask}, persons


def set_rules(state: Dialogue, command: SetRules, now: Instant) -> tuple[Event, ...]:
    """See SetRules."""
    require_begun(state)
    segment = next((one for one in state.segments if one.id == command.segment), None)
    if segment is None:
        raise Rejected(Reason.UNKNOWN_SEGMENT)
    sitting = state.sittings.get(segment.id)
    if sitting is not None and sitting.ended_at is not None:
        raise Rejected(Reason.SEGMENT_OVER)
    if segment.rules == command.rules:
        return ()
    if command.base != state.revision:
        raise Rejected(Reason.PROGRAMME_CHANGED)
    office = command.by.office
    return (RulesSet(now, state.revision + 1, segment.id, command.rules, office),)


def set_private_limit(state: Dialogue, command: SetPrivateLimit, now: Instant) -> tuple[Event, ...]:
    """See SetPrivateLimit."""
    require_not_closed(state)
    owner = command.delegation, command.person
    former = state.private_limits.get(owner)
    if former == command.total:
        return ()
    return (PrivateLimitSet(now, *owner, command.total, former),)


def correct(state: Dialogue, command: CorrectIntervention, now: Instant) -> tuple[Event, ...]:
    """See CorrectIntervention."""
    turn = state.interventions.get(command.intervention)
    if turn is None:
        raise Rejected(Reason.UNKNOWN_INTERVENTION)
    if turn.outcome is None:
        raise Rejected(Reason.NOT_ENDED)
    if (command.correction.delegation is None) != (turn.delegation is None):
        raise Rejected(Reason.NOT_THIS_SPEAKER)
    if state.corrections.get(turn.id) == command.correction:
        return ()
    return (InterventionCorrected(now, turn.id, command.correction, command.reason),)


def write_question(state: Dialogue, command: WriteQuestion, now: Instant) -> tuple[Event, ...]:
    """See WriteQuestion."""
    require_begun(state)
    require_speaker(state, command.to)
    _require_few_unanswered(state, command.delegation)
    return (
        QuestionWritten(
            at=now,
            question=QuestionId(command.id),
            delegation=command.delegation,
            to=command.to,
            words=command.words,
            by_bureau=command.by.role is not Role.DELEGATION,
        ),
    )


def why_not_write(state: Dialogue, delegation: DelegationCode) -> Reason | None:
    """Why a written question of a delegation would be refused now; None when it would not."""
    try:
        require_begun(state)
        _require_few_unanswered(state, delegation)
    except Rejected as rejected:
        return rejected.reason
    return None


def _require_few_unanswered(state: Dialogue, delegation: DelegationCode) -> None:
    waiting = sum(
        question.delegation == delegation and question.id not in state.answered
        for question in state.questions.values()
    )
    if waiting >= MOST_UNANSWERED:
        raise Rejected(Reason.TOO_MANY_QUESTIONS)


def set_answered(state: Dialogue, command: SetAnswered, now: Instant) -> tuple[Event, ...]:
    """See SetAnswered."""
    require_begun(state)
    if asked_of(state, command.question) is None:
        raise Rejected(Reason.UNKNOWN_QUESTION)
    if (command.question in state.answered) == command.answered:
        return ()
    return (QuestionAnswered(now, command.question, command.answered),)
