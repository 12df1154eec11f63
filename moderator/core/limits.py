"""Which limit applies to whom: by capacity and kind, and shorter for a second turn."""

from typing import assert_never

from moderator.core.model import Dialogue, Intervention, Limits, Request
from moderator.core.terms import (
    STATEMENTS,
    Capacity,
    DelegationCode,
    Kind,
    Outcome,
    PersonId,
)
from moderator.core.units import Duration

MOST_REPLIES = 2
"""Rights of reply of a delegation in a dialogue (GA decision 34/401: A/520, annex V)."""


def allowance_of_person(state: Dialogue, person: PersonId) -> Duration:
    """Speaking time of a person of the programme: a presentation first, then replies."""
    assert state.segment is not None, "nobody of the programme speaks outside a segment"
    limits = state.segment.rules.limits
    spoken = any(
        turn.segment == state.segment_id
        and turn.person == person
        and turn.outcome not in (None, Outcome.NOT_PRESENT)
        for turn in state.recorded
    )
    return limits.reply if spoken else limits.panellist


def with_private(
    state: Dialogue, limit: Duration, delegation: DelegationCode | None, person: PersonId | None
) -> Duration:
    """The time that is really given: a private limit counts where it is longer."""
    return max(limit, state.private_limits.get((delegation, person), limit))


def time_of_request(state: Dialogue, request: Request) -> Duration:
    """Speaking time that a request is given now: what its turn had before, or its limit."""
    returned = _returned(state, request)
    if returned is not None:
        return returned.clock.allowance
    limit = _limit(state, request, have_spoken(state))
    return with_private(state, limit, request.delegation, None)


def allowance_of_request(
    state: Dialogue, request: Request, spoken: frozenset[DelegationCode]
) -> Duration:
    """The same as everybody may know it: without what a private limit adds.

    `spoken` is `have_spoken(state)`, counted once for a whole list.
    """
    limit = _limit(state, request, spoken)
    returned = _returned(state, request)
    if returned is None:
        return limit
    kept = returned.clock.allowance
    return limit if kept == with_private(state, limit, request.delegation, None) else kept


def _returned(state: Dialogue, request: Request) -> Intervention | None:
    """The turn of a request that was taken back before it ended."""
    before = state.interventions.get(request.id)
    return before if before is not None and before.outcome is None else None


def _limit(state: Dialogue, request: Request, spoken: frozenset[DelegationCode]) -> Duration:
    """By kind and capacity; replies and points have those of the present segment."""
    kind = request.kind
    segment = request.segment if kind in STATEMENTS else state.segment_id or request.segment
    limits = state.segment_of(segment).rules.limits
    match kind:
        case Kind.POINT_OF_ORDER:
            return limits.point_of_order
        case Kind.RIGHT_OF_REPLY:
            return _limit_of_reply(limits, replies_given(state, request.delegation))
        case Kind.STATEMENT | Kind.QUESTION:
            return allowance(limits, request.capacity, request.delegation in spoken)
        case _:
            assert_never(kind)


def _limit_of_reply(limits: Limits, given: int) -> Duration:
    """The first right of reply has more time than another."""
    return limits.right_of_reply_again if given > 0 else limits.right_of_reply


def times_of_replies(state: Dialogue) -> tuple[tuple[Duration, Duration], ...]:
    """Total and used time of each right of reply that waits, as if all were heard in this order.

    So the second of a delegation has less time although the first was not heard yet; whoever has
    had two by then is not heard, and left out.
    """
    assert state.segment is not None, "nobody is heard outside a segment"
    limits = state.segment.rules.limits
    given: dict[DelegationCode, int] = {}
    times = []
    for request in (state.requests[reply] for reply in state.replies):
        who = request.delegation
        before = given.get(who, replies_given(state, who))
        given[who] = before + 1
        if before >= MOST_REPLIES:
            continue
        returned = _returned(state, request)
        if returned is not None:
            times.append((returned.clock.allowance, returned.clock.used))
        else:
            total = with_private(state, _limit_of_reply(limits, before), who, None)
            times.append((total, Duration(0)))
    return tuple(times)


def replies_given(state: Dialogue, delegation: DelegationCode) -> int:
    """How many rights of reply a delegation has exercised in the dialogue, or exercises."""
    return sum(
        turn.kind is Kind.RIGHT_OF_REPLY
        and turn.delegation == delegation
        and was_heard(state, turn)
        for turn in state.recorded
    )


def was_heard(state: Dialogue, turn: Intervention) -> bool:
    """Whether somebody has spoken in a turn, or speaks: called and absent is not heard."""
    if state.at_the_floor(turn.id):
        return True
    return turn.ended_at is not None and turn.outcome is not Outcome.NOT_PRESENT


def allowance(limits: Limits, capacity: Capacity, has_spoken: bool) -> Duration:
    """Speaking time of a delegation in a capacity.

    A second statement for itself in the segment (`has_spoken`) is held to the shorter limit
    `again`; speaking on behalf of a group is not (design § 7).
    """
    match capacity:
        case Capacity.GROUP:
            return limits.group
        case Capacity.OBSERVER:
            own = limits.observer
        case Capacity.STAKEHOLDER:
            own = limits.stakeholder
        case Capacity.NATIONAL | Capacity.PANELLIST:
            own = limits.national
        case _:
            assert_never(capacity)
    return min(own, limits.again) if has_spoken else own


def have_spoken(state: Dialogue) -> frozenset[DelegationCode]:
    """The delegations that have had, or have, a turn of their own in the current segment."""
    return frozenset(
        turn.delegation
        for turn in state.recorded
        if turn.delegation is not None and _was_its_own(state, turn)
    )


def has_spoken(state: Dialogue, delegation: DelegationCode) -> bool:
    """Whether one delegation is among them."""
    return any(
        turn.delegation == delegation and _was_its_own(state, turn) for turn in state.recorded
    )


def _was_its_own(state: Dialogue, turn: Intervention) -> bool:
    if turn.segment != state.segment_id or turn.kind not in STATEMENTS:
        return False
    return was_heard(state, turn) and (
        turn.capacity is not Capacity.GROUP or spoke_for_itself_too(state, turn)
    )


def spoke_for_itself_too(state: Dialogue, turn: Intervention) -> bool:
    """Whether a turn on behalf of a group is the delegation's own statement as well."""
    request = state.requests.get(turn.id)
    return request is not None and request.also_national
