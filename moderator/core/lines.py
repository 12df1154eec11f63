"""Bookkeeping of the three lists: who waits where, and in which order. No rules here."""

from collections.abc import Callable
from dataclasses import replace

from moderator.core.events import (
    FloorRequested,
    ListClosingSet,
    ListOpened,
    ListReordered,
    RequestCarriedOver,
)
from moderator.core.model import Dialogue, Draw, Request, Sitting
from moderator.core.terms import (
    STATEMENTS,
    DelegationCode,
    InterventionId,
    Kind,
    SegmentId,
    Standing,
)
from moderator.core.units import after

Line = tuple[InterventionId, ...]


def with_sitting(state: Dialogue, segment: SegmentId, sitting: Sitting) -> Dialogue:
    """The dialogue with a sitting of a segment."""
    return replace(state, sittings={**state.sittings, segment: sitting})


def with_request(state: Dialogue, request: Request) -> Dialogue:
    """The dialogue with a request as it is now."""
    return replace(state, requests={**state.requests, request.id: request})


def with_standing(state: Dialogue, request: InterventionId, standing: Standing) -> Dialogue:
    """The dialogue with a request in another place."""
    return with_request(state, replace(state.requests[request], standing=standing))


def opened(state: Dialogue, event: ListOpened) -> Dialogue:
    """The list takes requests; a hash that was not published before begins a draw."""
    sitting = state.sittings[event.segment]
    draws = sitting.draws
    if event.draw is not None and (not draws or draws[-1].sha256 != event.draw):
        window = state.segment_of(event.segment).rules.draw_window
        draws = (*draws, Draw(event.draw, event.at, after(event.at, window)))
    return with_sitting(
        state,
        event.segment,
        replace(sitting, list_open=True, opened_at=event.at, closes_at=None, draws=draws),
    )


def closing_set(state: Dialogue, event: ListClosingSet) -> Dialogue:
    """The list will close at another time, or at none."""
    sitting = replace(state.sittings[event.segment], closes_at=event.closes_at)
    return with_sitting(state, event.segment, sitting)


def revealed(
    state: Dialogue, segment: SegmentId, seed: str, codes: tuple[DelegationCode, ...]
) -> Dialogue:
    """The present draw with its seed."""
    sitting = state.sittings[segment]
    *former, draw = sitting.draws
    draws = (*former, replace(draw, seed=seed, codes=codes))
    return with_sitting(state, segment, replace(sitting, draws=draws))


def draw_withdrawn(state: Dialogue, segment: SegmentId) -> Dialogue:
    """The draw before the present one is the present one again, if there was any."""
    sitting = state.sittings[segment]
    return with_sitting(state, segment, replace(sitting, draws=sitting.draws[:-1]))


def requested(state: Dialogue, event: FloorRequested) -> Dialogue:
    """A request at the end of its list."""
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
        to=event.to,
        statement=event.statement,
        also_national=event.also_national,
    )
    if event.kind in STATEMENTS:
        sitting = replace(state.sittings[event.segment], arrivals=event.number)
        state = with_sitting(state, event.segment, sitting)
    state = with_request(state, request)
    return _with_line(state, event.kind, lambda line: (*line, event.request))


def moved(state: Dialogue, request: InterventionId, place: int) -> Dialogue:
    """A request at another place of its list."""
    kind = state.requests[request].kind
    assert request in state.line(kind), f"the log is damaged: {request} moved, but waits not"
    return _with_line(state, kind, lambda line: placed(without(line, request), request, place))


def reordered(state: Dialogue, event: ListReordered) -> Dialogue:
    """The list of speakers in another order."""
    same = sorted(event.order) == sorted(state.waiting)
    assert same, "the log is damaged: another order is not of who waits"
    return replace(state, waiting=event.order)


def carried_over(state: Dialogue, event: RequestCarriedOver) -> Dialogue:
    """A request of another segment's list, at the place where it was."""
    request = replace(state.requests[event.request], segment=event.segment, number=event.number)
    sitting = state.sittings[event.segment]
    sitting = replace(sitting, arrivals=max(sitting.arrivals, event.number))
    return with_sitting(with_request(state, request), event.segment, sitting)


def off_the_list(
    state: Dialogue, request_id: InterventionId, standing: Standing, place: int | None
) -> Dialogue:
    """A request that waits no longer; `place` is where it stood, None when it has the floor."""
    request = state.requests[request_id]
    assert request_id in state.line(request.kind), (
        f"the log is damaged: {request_id} was not on the list"
    )
    state = with_request(state, replace(request, standing=standing, left_from=place))
    return _with_line(state, request.kind, lambda line: without(line, request_id))


def on_the_list(state: Dialogue, request: InterventionId, place: int) -> Dialogue:
    """A request that waits, at a place of its list."""
    kind = state.requests[request].kind
    assert request not in state.line(kind), f"the log is damaged: {request} is on the list twice"
    waiting = replace(state.requests[request], standing=Standing.WAITING, left_from=None)
    return _with_line(with_request(state, waiting), kind, lambda line: placed(line, request, place))


def without(line: Line, one: InterventionId) -> Line:
    """A list without one of its entries."""
    return tuple(other for other in line if other != one)


def placed(line: Line, one: InterventionId, place: int) -> Line:
    """A list with one more entry, at a place counted from 0."""
    return (*line[:place], one, *line[place:])


def _with_line(state: Dialogue, kind: Kind, change: Callable[[Line], Line]) -> Dialogue:
    line = change(state.line(kind))
    if kind is Kind.RIGHT_OF_REPLY:
        return replace(state, replies=line)
    if kind is Kind.POINT_OF_ORDER:
        return replace(state, points=line)
    return replace(state, waiting=line)
