"""Who was heard: the turns that count for orders, forecasts and figures."""

from moderator.core.model import Dialogue, Intervention
from moderator.core.terms import Outcome


def heard(state: Dialogue) -> tuple[Intervention, ...]:
    """The turns that took place or are taking place, as the record has them, in their order.

    Of the whole dialogue, delegations and persons of the programme. Whoever was called and absent
    was not heard, nor one whose turn was taken back or struck from the record.
    """
    turns = [
        turn
        for turn in state.recorded
        if (turn.ended_at is not None or turn.id == state.floor_id)
        and turn.outcome is not Outcome.NOT_PRESENT
    ]
    return tuple(sorted(turns, key=lambda turn: (turn.given_at, turn.id)))


def heard_in_segment(state: Dialogue) -> tuple[Intervention, ...]:
    """Those of the segment that goes on; none before the first."""
    return tuple(turn for turn in heard(state) if turn.segment == state.segment_id)
