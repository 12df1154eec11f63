"""Taking back a command of the bureau: for each of its events, newest first, what restores it.

The table, by event: what left the list comes back to its place, what moved goes back, a list opens
or closes again, is shown or hidden, or has its former order; a limit is what it was; a ruling and a
tick are taken away; the floor goes back to whoever had it, a segment or the dialogue goes on. Time
already spoken is never erased, so a clock that ran stays where it stopped.
Whatever has no line here cannot be undone.
"""

from moderator.core.commands import Done
from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    CommandUndone,
    DialogueClosed,
    DialogueReopened,
    DrawWithdrawn,
    Event,
    FloorGiven,
    InterventionContinued,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListClosingSet,
    ListHidden,
    ListOpened,
    ListReordered,
    ListShown,
    PointRuled,
    PrivateLimitSet,
    QuestionAnswered,
    RequestCarriedOver,
    RequestMoved,
    RequestNotPresent,
    RequestNotReached,
    RequestReinstated,
    RequestWithdrawn,
    SegmentBegun,
    SegmentReturned,
)
from moderator.core.evolve import evolve, evolve_all
from moderator.core.limits import MOST_REPLIES, replies_given
from moderator.core.listing import reordered
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    BUREAU,
    STATEMENTS,
    InterventionId,
    Kind,
    Phase,
    SegmentId,
    Standing,
)
from moderator.core.units import Duration, Instant

UNDOABLE = (
    AllowanceSet,
    DialogueClosed,
    FloorGiven,
    InterventionEnded,
    InterventionReturned,
    ListClosed,
    ListClosingSet,
    ListHidden,
    ListOpened,
    ListReordered,
    ListShown,
    PointRuled,
    PrivateLimitSet,
    QuestionAnswered,
    RequestMoved,
    RequestNotPresent,
    RequestReinstated,
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
            line = _line_of(state, request)
            _require(request in line)
            return (RequestMoved(now, request, line.index(request), min(former, len(line) - 1)),)
        case RequestWithdrawn(_, request, place):
            return _reinstated(state, request, Standing.WITHDRAWN, place, now)
        case RequestNotPresent(_, request, place):
            return _reinstated(state, request, Standing.NOT_PRESENT, place, now)
        case RequestNotReached(_, request, place):
            return _reinstated(state, request, Standing.NOT_REACHED, place, now)
        case RequestReinstated():
            return _off_again(state, event, now)
        case RequestCarriedOver():
            return _carried_back(state, event, now)
        case ListOpened():
            return _closed_again(state, event, now)
        case ListClosed(_, segment):
            return _opened_again(state, segment, now)
        case ListClosingSet(_, segment, closes_at, former):
            _require(segment == state.segment_id and state.list_open)
            _require(state.closes_at == closes_at and (former is None or former > now))
            return (ListClosingSet(now, segment, former, closes_at),)
        case ListHidden(_, segment):
            _require(segment == state.segment_id and state.hidden)
            return (ListShown(now, segment),)
        case ListShown(_, segment):
            _require(segment == state.segment_id and not state.hidden)
            return (ListHidden(now, segment),)
        case ListReordered(_, segment, policy, former):
            _require(segment == state.segment_id)
            order = reordered(state.waiting, former)
            return (ListReordered(now, segment, policy, state.waiting, order),)
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
        case PointRuled(_, point, ruled, former):
            _require(state.rulings.get(point) == ruled)
            return (PointRuled(now, point, former, ruled),)
        case QuestionAnswered(_, question, answered):
            _require((question in state.answered) == answered)
            return (QuestionAnswered(now, question, not answered),)
        case PrivateLimitSet(_, delegation, person, total, former):
            _require(state.private_limits.get((delegation, person)) == total)
            return (PrivateLimitSet(now, delegation, person, former, total),)
        case SegmentBegun(_, segment, former):
            return _segment_left(state, segment, former, now)
        case DialogueClosed():
            return (DialogueReopened(now),)
        case _:
            raise Rejected(Reason.CANNOT_UNDO)


def _line_of(state: Dialogue, request: InterventionId) -> tuple[InterventionId, ...]:
    return state.line(state.requests[request].kind)


def _off_again(state: Dialogue, reinstated: RequestReinstated, now: Instant) -> tuple[Event, ...]:
    """What was reinstated leaves the list again, as it had left it."""
    request, line = reinstated.request, _line_of(state, reinstated.request)
    _require(request in line)
    kind = RequestWithdrawn if reinstated.former is Standing.WITHDRAWN else RequestNotPresent
    return (kind(now, request, line.index(request)),)


def _carried_back(state: Dialogue, carried: RequestCarriedOver, now: Instant) -> tuple[Event, ...]:
    request = state.requests[carried.request]
    _require(request.id in state.waiting and request.segment == carried.segment)
    return (
        RequestCarriedOver(
            now,
            carried.request,
            carried.segment,
            carried.number,
            carried.former,
            carried.former_number,
        ),
    )


def _segment_left(
    state: Dialogue, segment: SegmentId, former: SegmentId | None, now: Instant
) -> tuple[Event, ...]:
    """Nothing has happened on the list of the new one, and nobody has spoken."""
    _require(segment == state.segment_id and state.floor_id is None)
    _require(not state.list_open and not state.hidden and state.last is None)
    # Rights of reply and points of order are the dialogue's, whenever they were asked for.
    _require(all(request.segment != segment for request in state.listed))
    return (SegmentReturned(now, former, segment),)


def _closed_again(state: Dialogue, opened: ListOpened, now: Instant) -> tuple[Event, ...]:
    """The list closes, and the draw that its opening published is none."""
    _require(opened.segment == state.segment_id and state.list_open)
    draw = state.draw
    closed = ListClosed(now, opened.segment)
    if draw is None or draw.sha256 != opened.draw or draw.since != opened.at:
        return (closed,)
    _require(draw.seed is None)
    return (closed, DrawWithdrawn(now, opened.segment))


def _opened_again(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    """The list opens with the draw that it has, and closes when it was to, if that is to come."""
    _require(segment == state.segment_id and not state.list_open)
    opened = ListOpened(now, segment, None if state.draw is None else state.draw.sha256)
    closes_at = state.sittings[segment].closes_at
    if closes_at is None or closes_at <= now:
        return (opened,)
    return opened, ListClosingSet(now, segment, closes_at, None)


def _reinstated(
    state: Dialogue, request_id: InterventionId, standing: Standing, place: int, now: Instant
) -> tuple[Event, ...]:
    request = state.requests[request_id]
    _require(request.standing is standing)
    _require(request.kind not in STATEMENTS or request.segment == state.segment_id)
    # A turn that went on while this request waited is not in its way; one asked for since is.
    speaks_by_a_later_one = any(
        other.standing is Standing.HAS_FLOOR
        and other.voice == request.voice
        and other.number > request.number
        for other in state.requests.values()
    )
    _require(not state.waits(request.voice) and not speaks_by_a_later_one)
    place = min(place, len(state.line(request.kind)))
    return (RequestReinstated(now, request_id, place, standing),)


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
    request = state.requests[given.intervention]
    _require(not state.waits(request.voice))
    place = min(given.place, len(state.line(request.kind)))
    return (InterventionReturned(now, given.intervention, place),)


def _turn_restored(state: Dialogue, ended: InterventionEnded, now: Instant) -> tuple[Event, ...]:
    """The floor goes back with the clock stopped: the chair starts it when the speaker is ready.

    Only to the turn that ended last, by this very end: who spoke since had the floor rightly. What
    a point of order interrupted waits behind it again.
    """
    turn = state.last
    _require(turn is not None and turn.id == ended.intervention)
    assert turn is not None
    _require(state.floor_id == turn.interrupts)
    _require(turn.ended_at == ended.at)
    return (InterventionContinued(now, turn.id, turn.clock.allowance),)


def _given_again(
    state: Dialogue, returned: InterventionReturned, now: Instant
) -> tuple[Event, ...]:
    """The floor goes back, with the clock stopped, unless somebody has spoken since."""
    turn = state.interventions[returned.intervention]
    _require(state.floor_id == turn.interrupts and turn.id != state.floor_id)
    _require(turn.outcome is None and turn.segment == state.segment_id)
    if turn.kind is Kind.RIGHT_OF_REPLY and turn.delegation is not None:
        _require(replies_given(state, turn.delegation) < MOST_REPLIES)
    last_end = state.last.ended_at if state.last else None
    _require(last_end is None or last_end <= returned.at)
    place = None
    if turn.delegation is not None:
        line = _line_of(state, turn.id)
        _require(turn.id in line)
        place = line.index(turn.id)
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
