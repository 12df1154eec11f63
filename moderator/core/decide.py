"""The rules of procedure: what a command brings about in a dialogue, or why it is refused."""

from typing import assert_never

from moderator.core.actor import Actor
from moderator.core.authority import authorise
from moderator.core.commands import (
    BeginSegment,
    ChangeProgramme,
    CloseDialogue,
    CloseList,
    Command,
    ContinueIntervention,
    CorrectIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    MoveRequest,
    OpenDialogue,
    OpenList,
    RequestFloor,
    ResumeDialogue,
    ReturnToList,
    SetAllowance,
    SetStage,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    YieldFloor,
)
from moderator.core.due import due
from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    ClockStopped,
    DialogueClosed,
    DialogueOpened,
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
    RequestWithdrawn,
    SegmentBegun,
    StageSet,
)
from moderator.core.limits import allowance_of_person, allowance_of_request, have_spoken
from moderator.core.model import Dialogue, Intervention, Request, Stage
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    Capacity,
    InterventionId,
    Kind,
    Outcome,
    PersonId,
    Phase,
    Role,
    SegmentId,
    Standing,
)
from moderator.core.undo import take_back
from moderator.core.units import Duration, Instant, after


def decide(state: Dialogue, command: Command, now: Instant) -> tuple[Event, ...]:
    """What the command brings about at `now`; nothing when it is already true.

    What was due has been applied before (see `due`). Raises Rejected when a rule does not allow it.
    """
    assert not due(state, now), "what is due comes first"
    authorise(state, command)
    match command:
        case OpenDialogue():
            return _open_dialogue(state, command, now)
        case TakeGavel(by=by):
            return _take_gavel(state, by, now)
        case SuspendDialogue():
            return _suspend(state, now)
        case ResumeDialogue():
            return _resume(state, now)
        case CloseDialogue(holder=holder):
            return _close_dialogue(state, holder, now)
        case BeginSegment(segment=segment, holder=holder):
            return _begin_segment(state, segment, holder, now)
        case OpenList(segment=segment):
            return _open_list(state, segment, now)
        case CloseList(segment=segment):
            return _close_list(state, segment, now)
        case RequestFloor():
            return _request(state, command, now)
        case WithdrawRequest(request=request):
            return _withdraw(state, request, now)
        case MoveRequest(request=request, before=before):
            return _move(state, request, before, now)
        case MarkNotPresent(request=request):
            return _mark_not_present(state, request, now)
        case GiveFloor():
            return _give(state, command, now)
        case StartClock(holder=holder):
            return _start_clock(state, holder, now)
        case StopClock(holder=holder):
            return _stop_clock(state, holder, now)
        case SetAllowance(holder=holder, total=total):
            return _set_allowance(state, holder, total, now)
        case EndIntervention(holder=holder, outcome=outcome):
            return _end(state, holder, outcome, now)
        case YieldFloor(holder=holder):
            return _end(state, holder, Outcome.CONCLUDED, now)
        case ContinueIntervention(intervention=intervention, total=total):
            return _continue(state, intervention, total, now)
        case ReturnToList(holder=holder):
            return _return(state, holder, now)
        case ChangeProgramme():
            return _change_programme(state, command, now)
        case CorrectIntervention():
            return _correct(state, command, now)
        case SetStage(blackout=blackout, message=message):
            if state.stage == Stage(blackout, message):
                return ()
            return (StageSet(now, blackout, message),)
        case Undo(done=done):
            return take_back(state, done, now)
        case _:
            assert_never(command)


# The dialogue and its segments


def _open_dialogue(state: Dialogue, command: OpenDialogue, now: Instant) -> tuple[Event, ...]:
    if state.phase is Phase.SCHEDULED:
        return (DialogueOpened(now, command.segments),)
    _not_closed(state)
    return ()


def _take_gavel(state: Dialogue, by: Actor, now: Instant) -> tuple[Event, ...]:
    _not_closed(state)
    return () if state.gavel == by.office else (GavelTaken(now, by.office),)


def _suspend(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    if state.phase is Phase.SUSPENDED:
        return ()
    return (*_clock_halted(state, now), DialogueSuspended(now))


def _resume(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    return () if state.phase is Phase.OPEN else (DialogueResumed(now),)


def _close_dialogue(
    state: Dialogue, holder: InterventionId | None, now: Instant
) -> tuple[Event, ...]:
    if state.phase is Phase.CLOSED:
        return ()
    _begun(state)
    _floor_as_seen(state, holder)
    return (*_segment_wound_up(state, now), DialogueClosed(now))


def _begin_segment(
    state: Dialogue, segment_id: SegmentId, holder: InterventionId | None, now: Instant
) -> tuple[Event, ...]:
    _open(state)
    if segment_id == state.segment_id:
        return ()
    if all(segment.id != segment_id for segment in state.segments):
        raise Rejected(Reason.UNKNOWN_SEGMENT)
    _floor_as_seen(state, holder)
    return (*_segment_wound_up(state, now), SegmentBegun(now, segment_id, state.segment_id))


def _segment_wound_up(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """What ends with a segment: the turn at the floor, the list, the hope of who waits."""
    closed: tuple[Event, ...] = ()
    if state.segment_id is not None and state.list_open:
        closed = (ListClosed(now, state.segment_id),)
    # From the end of the list, so that each place is where an undo has to put the request back.
    waiting = reversed(tuple(enumerate(state.waiting)))
    not_reached = (RequestNotReached(now, request, place) for place, request in waiting)
    return (*_concluded(state, now), *closed, *not_reached)


# Programme and record


def _change_programme(state: Dialogue, command: ChangeProgramme, now: Instant) -> tuple[Event, ...]:
    if command.base != state.revision:
        raise Rejected(Reason.PROGRAMME_CHANGED)
    skeleton = None if command.segments == state.segments else command.segments
    if state.phase is Phase.SCHEDULED:
        skeleton = None  # the opening brings it
    elif skeleton is not None:
        _not_closed(state)
        kinds = {segment.id: segment.kind for segment in skeleton}
        if any(kinds.get(held) is not state.segment_of(held).kind for held in state.sittings):
            raise Rejected(Reason.SEGMENT_HELD)
    turns, asked = state.interventions.values(), state.requests.values()
    named = [(turn.delegation, turn.group) for turn in turns]
    named += [(request.delegation, request.group) for request in asked]
    named += [(right.delegation, right.group) for right in state.corrections.values()]
    still_there = (
        {delegation for delegation, _ in named} <= {*command.delegations, None}
        and {group for _, group in named} <= {*command.groups, None}
        and {turn.person for turn in turns} <= {*command.persons, None}
    )
    if not still_there:
        raise Rejected(Reason.IN_THE_RECORD)
    return (ProgrammeChanged(now, state.revision + 1, skeleton),)


def _correct(state: Dialogue, command: CorrectIntervention, now: Instant) -> tuple[Event, ...]:
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


# The list of speakers


def _open_list(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    _open(state)
    _segment_as_seen(state, segment)
    return () if state.list_open else (ListOpened(now, segment),)


def _close_list(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    _segment_as_seen(state, segment)
    return (ListClosed(now, segment),) if state.list_open else ()


def _request(state: Dialogue, command: RequestFloor, now: Instant) -> tuple[Event, ...]:
    _open(state)
    _segment_as_seen(state, command.segment)
    voice = (command.delegation, command.kind, command.capacity, command.group)
    if state.waits(voice):
        raise Rejected(Reason.ALREADY_WAITING)
    if state.holds_floor(voice):
        raise Rejected(Reason.HAS_THE_FLOOR)
    if not state.list_open and command.by.role not in (Role.CHAIR, Role.SECRETARY):
        raise Rejected(Reason.LIST_CLOSED)
    return (
        FloorRequested(
            at=now,
            request=InterventionId(command.id),
            segment=command.segment,
            delegation=command.delegation,
            kind=command.kind,
            capacity=command.capacity,
            group=command.group,
            number=state.sittings[command.segment].arrivals + 1,
            by_bureau=command.by.role is not Role.DELEGATION,
        ),
    )


def _withdraw(state: Dialogue, request: InterventionId, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    if _known(state, request).standing is Standing.WITHDRAWN:
        return ()
    return (RequestWithdrawn(now, request, _place(state, request)),)


def _move(
    state: Dialogue, request: InterventionId, before: InterventionId | None, now: Instant
) -> tuple[Event, ...]:
    _begun(state)
    _known(state, request)
    former = _place(state, request)
    if before is None:
        place = len(state.waiting) - 1
    elif before == request:
        place = former
    else:
        _known(state, before)
        place = _place(state, before) - (1 if former < _place(state, before) else 0)
    return () if place == former else (RequestMoved(now, request, former, place),)


def _mark_not_present(state: Dialogue, request: InterventionId, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    if state.floor_id == request:
        return (InterventionEnded(now, request, Outcome.NOT_PRESENT),)
    turn = state.interventions.get(request)
    if turn is not None and turn.outcome is Outcome.NOT_PRESENT:
        return ()
    if _known(state, request).standing is Standing.NOT_PRESENT:
        return ()
    return (RequestNotPresent(now, request, _place(state, request)),)


def _known(state: Dialogue, request: InterventionId) -> Request:
    if request not in state.requests:
        raise Rejected(Reason.UNKNOWN_REQUEST)
    return state.requests[request]


def _place(state: Dialogue, request: InterventionId) -> int:
    """Where a request stands on the list, counted from 0; Rejected when it does not wait."""
    if request == state.floor_id:
        raise Rejected(Reason.HAS_THE_FLOOR)
    if request not in state.waiting:
        raise Rejected(Reason.NOT_WAITING)
    return state.waiting.index(request)


# The floor


def _give(state: Dialogue, command: GiveFloor, now: Instant) -> tuple[Event, ...]:
    _open(state)
    if state.segment_id is None:
        raise Rejected(Reason.NO_SEGMENT)
    if command.request is not None:
        if command.request == state.floor_id:
            return ()
        _known(state, command.request)
        _floor_as_seen(state, command.holder)
        given = _given_to_request(state, command.request, now)
    else:
        assert command.person is not None, "a command to give the floor names nobody"
        if state.floor is not None and state.floor.person == command.person:
            return ()
        _floor_as_seen(state, command.holder)
        given = _given_to_person(state, InterventionId(command.id), command.person, now)
    return (*_concluded(state, now), given, *_started_at_once(given))


def _given_to_request(state: Dialogue, request_id: InterventionId, now: Instant) -> FloorGiven:
    request = state.requests[request_id]
    place = _place(state, request_id)
    return FloorGiven(
        at=now,
        intervention=request_id,
        segment=request.segment,
        delegation=request.delegation,
        person=None,
        kind=request.kind,
        capacity=request.capacity,
        group=request.group,
        place=place,
        allowance=allowance_of_request(state, request, have_spoken(state)),
        starts_at=_starts_at(state, request.segment, now),
    )


def _given_to_person(
    state: Dialogue, intervention: InterventionId, person: PersonId, now: Instant
) -> FloorGiven:
    segment = state.segment
    if segment is None or person not in segment.speakers:
        raise Rejected(Reason.NOT_IN_PROGRAMME)
    returned = _returned_turn(state, segment.id, person)
    return FloorGiven(
        at=now,
        intervention=returned.id if returned else intervention,
        segment=segment.id,
        delegation=None,
        person=person,
        kind=Kind.STATEMENT,
        capacity=Capacity.PANELLIST,
        group=None,
        place=None,
        allowance=returned.clock.allowance if returned else allowance_of_person(state, person),
        starts_at=_starts_at(state, segment.id, now),
    )


def _returned_turn(state: Dialogue, segment: SegmentId, person: PersonId) -> Intervention | None:
    """A turn of this person that was taken back before it ended; its time is kept."""
    for turn in state.interventions.values():
        if (turn.segment, turn.person, turn.outcome) == (segment, person, None):
            return turn
    return None


def _starts_at(state: Dialogue, segment: SegmentId, now: Instant) -> Instant | None:
    start_after = state.segment_of(segment).rules.start_after
    return None if start_after is None else after(now, start_after)


def _started_at_once(given: FloorGiven) -> tuple[Event, ...]:
    return (ClockStarted(given.at, given.intervention),) if given.starts_at == given.at else ()


def _start_clock(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    _open(state)
    turn = _holding(state, holder)
    return () if turn.clock.running_since is not None else (ClockStarted(now, holder),)


def _stop_clock(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    _holding(state, holder)
    return _clock_halted(state, now)


def _set_allowance(
    state: Dialogue, holder: InterventionId, total: Duration, now: Instant
) -> tuple[Event, ...]:
    _begun(state)
    turn = _holding(state, holder)
    if turn.clock.allowance == total:
        return ()
    if total <= turn.clock.used_at(now):
        raise Rejected(Reason.LESS_THAN_USED)
    return (AllowanceSet(now, holder, turn.clock.allowance, total),)


def _end(
    state: Dialogue, holder: InterventionId, outcome: Outcome, now: Instant
) -> tuple[Event, ...]:
    _begun(state)
    ended = state.interventions.get(holder)
    if ended is not None and ended.outcome is not None:
        return ()
    _holding(state, holder)
    return (InterventionEnded(now, holder, outcome),)


def _continue(
    state: Dialogue, intervention: InterventionId, total: Duration, now: Instant
) -> tuple[Event, ...]:
    _open(state)
    if state.floor_id == intervention:
        return ()
    _floor_as_seen(state, None)
    turn = state.last
    if turn is None or turn.id != intervention:
        raise Rejected(Reason.CANNOT_CONTINUE)
    if total <= turn.clock.used:
        raise Rejected(Reason.LESS_THAN_USED)
    return (InterventionContinued(now, intervention, total), ClockStarted(now, intervention))


def _return(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    _begun(state)
    if holder in state.waiting:
        return ()
    turn = _holding(state, holder)
    if turn.clock.remaining_at(now) <= 0:
        raise Rejected(Reason.NOTHING_LEFT)
    if turn.delegation is None:
        return (InterventionReturned(now, holder, None),)
    if state.waits(state.requests[holder].voice):
        raise Rejected(Reason.ALREADY_WAITING)
    return (InterventionReturned(now, holder, 0),)


def _holding(state: Dialogue, holder: InterventionId) -> Intervention:
    if state.floor is None or state.floor.id != holder:
        raise Rejected(Reason.FLOOR_CHANGED)
    return state.floor


def _concluded(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    if state.floor_id is None:
        return ()
    return (InterventionEnded(now, state.floor_id, Outcome.CONCLUDED),)


def _clock_halted(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    turn = state.floor
    if turn is None or (turn.clock.running_since is None and turn.starts_at is None):
        return ()
    return (ClockStopped(now, turn.id),)


# What the asker must have seen, and what the phase allows


def _floor_as_seen(state: Dialogue, holder: InterventionId | None) -> None:
    if state.floor_id != holder:
        raise Rejected(Reason.FLOOR_CHANGED)


def _segment_as_seen(state: Dialogue, segment: SegmentId) -> None:
    if state.segment_id is None:
        raise Rejected(Reason.NO_SEGMENT)
    if state.segment_id != segment:
        raise Rejected(Reason.SEGMENT_CHANGED)


def _open(state: Dialogue) -> None:
    _begun(state)
    if state.phase is Phase.SUSPENDED:
        raise Rejected(Reason.SUSPENDED)


def _begun(state: Dialogue) -> None:
    """Open or suspended: the meeting goes on."""
    if state.phase is Phase.SCHEDULED:
        raise Rejected(Reason.NOT_OPEN)
    _not_closed(state)


def _not_closed(state: Dialogue) -> None:
    if state.phase is Phase.CLOSED:
        raise Rejected(Reason.DIALOGUE_CLOSED)
