"""Which limit applies to whom: by capacity, and shorter for whoever has already had a turn."""

from typing import assert_never

from moderator.core.model import Dialogue, Intervention, Limits, Request
from moderator.core.terms import Capacity, DelegationCode, Outcome, PersonId
from moderator.core.units import Duration


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


def allowance_of_request(
    state: Dialogue, request: Request, spoken: frozenset[DelegationCode]
) -> Duration:
    """Speaking time that a waiting request gets now: its limit, or what its turn had before.

    `spoken` is `have_spoken(state)`, counted once for a whole list.
    """
    before = state.interventions.get(request.id)
    if before is not None:
        return before.clock.allowance
    limits = state.segment_of(request.segment).rules.limits
    return allowance(limits, request.capacity, request.delegation in spoken)


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
    return (
        turn.segment == state.segment_id
        and turn.capacity is not Capacity.GROUP
        and turn.outcome is not Outcome.NOT_PRESENT
        and (turn.ended_at is not None or turn.id == state.floor_id)
    )
