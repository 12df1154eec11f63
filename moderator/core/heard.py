"""Who was heard: the turns that count for orders, forecasts and figures."""

from moderator.core.limits import was_heard
from moderator.core.model import Dialogue, Intervention
from moderator.core.terms import STATEMENTS


def heard(state: Dialogue) -> tuple[Intervention, ...]:
    """The turns that took place or are taking place, as the record has them, in their order.

    Of the whole dialogue: statements and questions of delegations, and persons of the programme.
    Whoever was called and absent was not heard, nor one whose turn was taken back or struck.
    """
    turns = [
        turn
        for turn in state.recorded
        if (turn.delegation is None or turn.kind in STATEMENTS) and was_heard(state, turn)
    ]
    return tuple(sorted(turns, key=lambda turn: (turn.given_at, turn.id)))


def heard_in_segment(state: Dialogue) -> tuple[Intervention, ...]:
    """Those of the segment that goes on; none before the first."""
    return tuple(turn for turn in heard(state) if turn.segment == state.segment_id)
