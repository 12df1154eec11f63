"""The rules of the floor: who is given it, how the clock runs, how a turn ends and goes on."""

from moderator.core.commands import GiveFloor, RuleOnPoint, StopClock
from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    ClockStopped,
    Event,
    FloorGiven,
    InterventionContinued,
    InterventionEnded,
    InterventionReturned,
    NoteSent,
    PointRuled,
    SlowDownAsked,
)
from moderator.core.limits import (
    allowance_of_person,
    time_of_request,
    with_private,
)
from moderator.core.listing import require_reply_left
from moderator.core.model import Dialogue, FreeText, Intervention, Ruled
from moderator.core.rejected import Reason, Rejected
from moderator.core.seen import known, place_of, require_begun, require_holder, require_open
from moderator.core.terms import Capacity, InterventionId, Kind, Outcome, PersonId, SegmentId
from moderator.core.units import SECOND, Duration, Instant, after, between

SLOW_DOWN_FOR = Duration(10 * SECOND)
"""How long the speaker is shown that interpreters ask for it; asking again then changes nothing."""


def give(state: Dialogue, command: GiveFloor, now: Instant) -> tuple[Event, ...]:
    """See GiveFloor."""
    require_open(state)
    segment = state.segment_id
    if segment is None:
        raise Rejected(Reason.NO_SEGMENT)
    if command.request is not None:
        if command.request == state.floor_id:
            return ()
        known(state, command.request)
        require_holder(state, command.holder)
        given = _given_to_request(state, segment, command.request, now)
    else:
        assert command.person is not None, "a command to give the floor names nobody"
        if state.floor is not None and state.floor.person == command.person:
            return ()
        require_holder(state, command.holder)
        if state.interrupted is not None and state.interrupted.person == command.person:
            raise Rejected(Reason.HAS_THE_FLOOR)
        given = _given_to_person(state, InterventionId(command.id), command.person, now)
    makes_room = _room_for_a_point if given.kind is Kind.POINT_OF_ORDER else concluded
    return (*makes_room(state, now), given, *_started_at_once(given))


def _given_to_request(
    state: Dialogue, segment: SegmentId, request_id: InterventionId, now: Instant
) -> FloorGiven:
    request = state.requests[request_id]
    place = place_of(state, request_id)
    if request.kind is Kind.RIGHT_OF_REPLY:
        require_reply_left(state, request.delegation)
    return FloorGiven(
        at=now,
        intervention=request_id,
        segment=segment,
        delegation=request.delegation,
        person=None,
        kind=request.kind,
        capacity=request.capacity,
        group=request.group,
        place=place,
        allowance=time_of_request(state, request),
        starts_at=_starts_at(state, segment, now),
    )


def _given_to_person(
    state: Dialogue, intervention: InterventionId, person: PersonId, now: Instant
) -> FloorGiven:
    segment = state.segment
    if segment is None or person not in segment.speakers:
        raise Rejected(Reason.NOT_IN_PROGRAMME)
    returned = _returned_turn(state, segment.id, person)
    limit = returned.clock.allowance if returned else allowance_of_person(state, person)
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
        allowance=with_private(state, limit, None, person),
        starts_at=_starts_at(state, segment.id, now),
    )


def _returned_turn(state: Dialogue, segment: SegmentId, person: PersonId) -> Intervention | None:
    """A turn of this person that was taken back before it ended; its time is kept."""
    for turn in state.interventions.values():
        returned = not state.at_the_floor(turn.id)
        if returned and (turn.segment, turn.person, turn.outcome) == (segment, person, None):
            return turn
    return None


def _starts_at(state: Dialogue, segment: SegmentId, now: Instant) -> Instant | None:
    start_after = state.segment_of(segment).rules.start_after
    return None if start_after is None else after(now, start_after)


def _started_at_once(given: FloorGiven) -> tuple[Event, ...]:
    return (ClockStarted(given.at, given.intervention),) if given.starts_at == given.at else ()


def concluded(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """The end of whoever has the floor, and of a turn that was interrupted."""
    at_the_floor = (state.floor_id, state.interrupted_id)
    return tuple(
        InterventionEnded(now, turn, Outcome.CONCLUDED) for turn in at_the_floor if turn is not None
    )


def _room_for_a_point(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """A point of order interrupts; but another point that has the floor has concluded."""
    if state.floor is None or state.floor.kind is not Kind.POINT_OF_ORDER:
        return ()
    return (InterventionEnded(now, state.floor.id, Outcome.CONCLUDED),)


def start_clock(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    """See StartClock."""
    require_open(state)
    turn = _holding(state, holder)
    return () if turn.clock.running_since is not None else (ClockStarted(now, holder),)


def stop_clock(state: Dialogue, command: StopClock, now: Instant) -> tuple[Event, ...]:
    """See StopClock."""
    require_begun(state)
    turn = _holding(state, command.holder)
    if _stands(turn) and command.reason in (None, turn.paused):
        return ()
    return (ClockStopped(now, turn.id, command.reason),)


def clock_halted(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """The stop of a clock that runs, or that would start by itself."""
    turn = state.floor
    return () if turn is None or _stands(turn) else (ClockStopped(now, turn.id),)


def _stands(turn: Intervention) -> bool:
    return turn.clock.running_since is None and turn.starts_at is None


def set_allowance(
    state: Dialogue, holder: InterventionId, total: Duration, now: Instant
) -> tuple[Event, ...]:
    """See SetAllowance."""
    require_begun(state)
    turn = _holding(state, holder)
    if turn.clock.allowance == total:
        return ()
    if total <= turn.clock.used_at(now):
        raise Rejected(Reason.LESS_THAN_USED)
    return (AllowanceSet(now, holder, turn.clock.allowance, total),)


def end(
    state: Dialogue, holder: InterventionId, outcome: Outcome, now: Instant
) -> tuple[Event, ...]:
    """See EndIntervention and YieldFloor."""
    require_begun(state)
    ended = state.interventions.get(holder)
    if ended is not None and ended.outcome is not None:
        return ()
    _holding(state, holder)
    return (InterventionEnded(now, holder, outcome),)


def go_on(
    state: Dialogue, intervention: InterventionId, total: Duration, now: Instant
) -> tuple[Event, ...]:
    """See ContinueIntervention."""
    require_open(state)
    if state.floor_id == intervention:
        return ()
    require_holder(state, None)
    turn = state.last
    if turn is None or turn.id != intervention:
        raise Rejected(Reason.CANNOT_CONTINUE)
    if total <= turn.clock.used:
        raise Rejected(Reason.LESS_THAN_USED)
    return (InterventionContinued(now, intervention, total), ClockStarted(now, intervention))


def put_back(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    """See ReturnToList."""
    require_begun(state)
    request = state.requests.get(holder)
    if request is not None and holder in state.line(request.kind):
        return ()
    turn = _holding(state, holder)
    if turn.clock.remaining_at(now) <= 0:
        raise Rejected(Reason.NOTHING_LEFT)
    if request is None:
        return (InterventionReturned(now, holder, None),)
    if state.waits(request.voice):
        raise Rejected(Reason.ALREADY_WAITING)
    return (InterventionReturned(now, holder, 0),)


def rule_on_point(state: Dialogue, command: RuleOnPoint, now: Instant) -> tuple[Event, ...]:
    """See RuleOnPoint."""
    require_begun(state)
    point = state.interventions.get(command.point)
    if point is None or point.kind is not Kind.POINT_OF_ORDER:
        raise Rejected(Reason.UNKNOWN_INTERVENTION)
    ends: tuple[Event, ...] = ()
    if point.outcome is None:
        _holding(state, point.id)
        ends = (InterventionEnded(now, point.id, Outcome.CONCLUDED),)
    ruled, former = Ruled(command.ruling, command.words), state.rulings.get(point.id)
    if ruled == former:
        return ends
    return (PointRuled(now, point.id, ruled, former), *ends)


def send_note(
    state: Dialogue, intervention: InterventionId, words: FreeText | None, now: Instant
) -> tuple[Event, ...]:
    """See SendNote."""
    require_begun(state)
    turn = _holding(state, intervention)
    return () if turn.note == words else (NoteSent(now, intervention, words),)


def ask_to_slow_down(state: Dialogue, holder: InterventionId, now: Instant) -> tuple[Event, ...]:
    """See AskToSlowDown."""
    require_begun(state)
    asked = _holding(state, holder).slow_down
    if asked is not None and between(asked, now) < SLOW_DOWN_FOR:
        return ()
    return (SlowDownAsked(now, holder),)


def _holding(state: Dialogue, holder: InterventionId) -> Intervention:
    if state.floor is None or state.floor.id != holder:
        raise Rejected(Reason.FLOOR_CHANGED)
    return state.floor
