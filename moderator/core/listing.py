"""The rules of the lists: who is inscribed, in which order, until when, and who sees it."""

from moderator.core.commands import (
    AcceptOrder,
    CloseList,
    DescribeRequest,
    LetOnePass,
    MoveRequest,
    OpenList,
    ReinstateRequest,
    RequestFloor,
    RevealDraw,
)
from moderator.core.draw import commitment
from moderator.core.events import (
    DrawRevealed,
    Event,
    FloorRequested,
    InterventionEnded,
    ListClosed,
    ListClosingSet,
    ListHidden,
    ListOpened,
    ListReordered,
    ListShown,
    RequestDescribed,
    RequestMoved,
    RequestNotPresent,
    RequestReinstated,
    RequestWithdrawn,
)
from moderator.core.limits import MOST_REPLIES, replies_given, was_heard
from moderator.core.model import Dialogue, Request, Voice
from moderator.core.rejected import Reason, Rejected
from moderator.core.seen import (
    known,
    place_of,
    require_begun,
    require_open,
    require_segment,
    require_speaker,
)
from moderator.core.terms import (
    STATEMENTS,
    DelegationCode,
    InterventionId,
    Kind,
    Outcome,
    Role,
    SegmentId,
    Standing,
)
from moderator.core.units import Instant

# The list as a whole


def open_list(state: Dialogue, command: OpenList, now: Instant) -> tuple[Event, ...]:
    """See OpenList."""
    require_open(state)
    require_segment(state, command.segment)
    if not state.list_open:
        draw = state.draw
        goes_on = draw is not None and draw.seed is None
        published = draw.sha256 if draw is not None and goes_on else command.draw
        return (ListOpened(now, command.segment, published),)
    if state.closes_at is not None:
        return (ListClosingSet(now, command.segment, None, state.closes_at),)
    return ()


def close_list(state: Dialogue, command: CloseList, now: Instant) -> tuple[Event, ...]:
    """See CloseList; a time that has passed means now."""
    require_begun(state)
    require_segment(state, command.segment)
    at_once = command.at is None or command.at <= now
    if not state.list_open:
        if at_once:
            return ()
        raise Rejected(Reason.LIST_CLOSED)
    if at_once:
        return (ListClosed(now, command.segment),)
    if command.at == state.closes_at:
        return ()
    return (ListClosingSet(now, command.segment, command.at, state.closes_at),)


def hide_list(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    """See HideList."""
    require_begun(state)
    require_segment(state, segment)
    return () if state.hidden else (ListHidden(now, segment),)


def show_list(state: Dialogue, segment: SegmentId, now: Instant) -> tuple[Event, ...]:
    """See ShowList."""
    require_begun(state)
    require_segment(state, segment)
    return (ListShown(now, segment),) if state.hidden else ()


def accept_order(state: Dialogue, command: AcceptOrder, now: Instant) -> tuple[Event, ...]:
    """See AcceptOrder."""
    require_begun(state)
    require_segment(state, command.segment)
    for request in command.order:
        known(state, request)
    order = reordered(state.waiting, command.order)
    if order == state.waiting:
        return ()
    return (ListReordered(now, command.segment, command.policy, state.waiting, order),)


def reordered(
    waiting: tuple[InterventionId, ...], wanted: tuple[InterventionId, ...]
) -> tuple[InterventionId, ...]:
    """Who waits in the order that is wanted: who waits no longer is passed over, others follow."""
    first = [request for request in dict.fromkeys(wanted) if request in waiting]
    return (*first, *(request for request in waiting if request not in first))


def reveal_draw(state: Dialogue, command: RevealDraw, now: Instant) -> tuple[Event, ...]:
    """See RevealDraw."""
    require_begun(state)
    require_segment(state, command.segment)
    draw = state.draw
    if draw is None:
        raise Rejected(Reason.NO_DRAW)
    if commitment(command.seed) != draw.sha256:
        raise Rejected(Reason.WRONG_SEED)
    if draw.seed is not None:
        return ()
    if now < draw.window_ends:
        raise Rejected(Reason.DRAW_WINDOW_OPEN)
    takes_part = {
        request.delegation
        for request in state.requests.values()
        if request.segment == command.segment
        and request.kind in STATEMENTS
        and draw.since <= request.asked_at <= draw.window_ends
        and request.standing is not Standing.WITHDRAWN
    }
    return (DrawRevealed(now, command.segment, command.seed, tuple(sorted(takes_part))),)


# Requests


def request_floor(state: Dialogue, command: RequestFloor, now: Instant) -> tuple[Event, ...]:
    """See RequestFloor."""
    require_open(state)
    kind = command.kind
    if kind in STATEMENTS:
        require_segment(state, command.segment)
    presides = command.by.role in (Role.CHAIR, Role.SECRETARY)
    voice = (command.delegation, kind, command.capacity, command.group, command.statement)
    segment = _segment_that_hears(state, voice, presides)
    if kind is Kind.RIGHT_OF_REPLY:
        assert command.statement is not None, "a right of reply names no statement"
        _require_statement(state, command.statement)
    if kind is Kind.QUESTION:
        assert command.to is not None, "a question names nobody"
        require_speaker(state, command.to)
    return (
        FloorRequested(
            at=now,
            request=InterventionId(command.id),
            segment=segment,
            delegation=command.delegation,
            kind=kind,
            capacity=command.capacity,
            group=command.group,
            number=_next_number(state, segment, kind),
            by_bureau=command.by.role is not Role.DELEGATION,
            to=command.to,
            statement=command.statement,
            also_national=command.also_national,
        ),
    )


def why_not(state: Dialogue, voice: Voice) -> Reason | None:
    """Why a request of a voice, by its own seat, would be refused now; None when it would not.

    To which statement or panellist is not looked at.
    """
    try:
        require_open(state)
        _segment_that_hears(state, voice, presides=False)
    except Rejected as rejected:
        return rejected.reason
    return None


def _segment_that_hears(state: Dialogue, voice: Voice, presides: bool) -> SegmentId:
    """The present segment; Rejected when it hears no request of this voice."""
    delegation, kind, *_ = voice
    if state.segment_id is None:
        raise Rejected(Reason.NO_SEGMENT)
    if state.waits(voice):
        raise Rejected(Reason.ALREADY_WAITING)
    if state.holds_floor(voice):
        raise Rejected(Reason.HAS_THE_FLOOR)
    if kind is Kind.RIGHT_OF_REPLY:
        require_reply_left(state, delegation)
    if kind in STATEMENTS and not state.list_open and not presides:
        raise Rejected(Reason.LIST_CLOSED)
    return state.segment_id


def require_reply_left(state: Dialogue, delegation: DelegationCode) -> None:
    """Raise Rejected when a delegation has had its rights of reply."""
    if replies_given(state, delegation) >= MOST_REPLIES:
        raise Rejected(Reason.REPLIES_USED)


def _require_statement(state: Dialogue, statement: InterventionId) -> None:
    turn = state.interventions.get(statement)
    right = None if turn is None else state.as_recorded(turn)
    if right is None or not was_heard(state, right):
        raise Rejected(Reason.UNKNOWN_INTERVENTION)


def _next_number(state: Dialogue, segment: SegmentId, kind: Kind) -> int:
    """Each list counts for itself: numbers tell the public of nothing else that was asked for."""
    if kind in STATEMENTS:
        return state.sittings[segment].arrivals + 1
    return sum(request.kind is kind for request in state.requests.values()) + 1


def describe(state: Dialogue, command: DescribeRequest, now: Instant) -> tuple[Event, ...]:
    """See DescribeRequest."""
    require_begun(state)
    request = known(state, command.request)
    if request.standing not in (Standing.WAITING, Standing.HAS_FLOOR):
        raise Rejected(Reason.NOT_WAITING)
    if state.details.get(request.id) == command.details:
        return ()
    return (RequestDescribed(now, request.id, command.details),)


def withdraw(state: Dialogue, request: InterventionId, now: Instant) -> tuple[Event, ...]:
    """See WithdrawRequest."""
    require_begun(state)
    if known(state, request).standing is Standing.WITHDRAWN:
        return ()
    return (RequestWithdrawn(now, request, place_of(state, request)),)


def move(state: Dialogue, command: MoveRequest, now: Instant) -> tuple[Event, ...]:
    """See MoveRequest."""
    require_begun(state)
    former = place_of(state, command.request)
    place = _place_before(state, command.request, former, command.before)
    if place == former:
        return ()
    return (RequestMoved(now, command.request, former, place, command.reason),)


def _place_before(
    state: Dialogue, request_id: InterventionId, former: int, before_id: InterventionId | None
) -> int:
    line = state.line(state.requests[request_id].kind)
    if before_id is None:
        return len(line) - 1
    if before_id == request_id:
        return former
    before = known(state, before_id)
    elsewhere = before.kind in STATEMENTS and before.segment != state.segment_id
    if state.line(before.kind) is not line or elsewhere:
        raise Rejected(Reason.NOT_WAITING)
    if before_id in line:
        place = line.index(before_id)
        return place - 1 if former < place else place
    if before.left_from is None:  # it has been given the floor
        return 0
    return min(before.left_from, len(line) - 1)


def let_one_pass(state: Dialogue, command: LetOnePass, now: Instant) -> tuple[Event, ...]:
    """See LetOnePass."""
    require_begun(state)
    place = place_of(state, command.request)
    last = len(state.line(state.requests[command.request].kind)) - 1
    if place > command.place or place == last:
        return ()
    return (RequestMoved(now, command.request, place, place + 1),)


def reinstate(state: Dialogue, command: ReinstateRequest, now: Instant) -> tuple[Event, ...]:
    """See ReinstateRequest."""
    require_begun(state)
    request = known(state, command.request)
    if request.standing is Standing.WAITING:
        return ()
    if request.standing is Standing.HAS_FLOOR:
        raise Rejected(Reason.HAS_THE_FLOOR)
    if not can_be_reinstated(state, request):
        raise Rejected(Reason.CANNOT_REINSTATE)
    if state.waits(request.voice):
        raise Rejected(Reason.ALREADY_WAITING)
    if state.holds_floor(request.voice):
        raise Rejected(Reason.HAS_THE_FLOOR)
    line = state.line(request.kind)
    place = len(line)
    if command.before is not None:
        known(state, command.before)
        if command.before in line:
            place = line.index(command.before)
    return (RequestReinstated(now, request.id, place, request.standing),)


def can_be_reinstated(state: Dialogue, request: Request) -> bool:
    """Whether a request left its list unheard, and that list goes on.

    A turn whose record was corrected stays as it is.
    """
    if request.standing not in (Standing.WITHDRAWN, Standing.NOT_PRESENT):
        return False
    if request.id in state.corrections:
        return False
    return request.kind not in STATEMENTS or request.segment == state.segment_id


def mark_not_present(state: Dialogue, request: InterventionId, now: Instant) -> tuple[Event, ...]:
    """See MarkNotPresent."""
    require_begun(state)
    if state.floor_id == request:
        return (InterventionEnded(now, request, Outcome.NOT_PRESENT),)
    turn = state.interventions.get(request)
    if turn is not None and turn.person is not None and turn.outcome is Outcome.NOT_PRESENT:
        return ()
    if known(state, request).standing is Standing.NOT_PRESENT:
        return ()
    return (RequestNotPresent(now, request, place_of(state, request)),)
