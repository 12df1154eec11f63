"""Rounds: how many interventions were taken since the panel last spoke."""

from moderator.core.limits import was_heard
from moderator.core.model import Dialogue
from moderator.core.terms import STATEMENTS, PersonId


def taken(state: Dialogue) -> int:
    """How many statements and questions were heard in this segment since the panel last spoke.

    As the record has them; the one that has the floor is not counted yet (decision 0021).
    """
    count = 0
    for turn_id in state.sitting.ended_turns if state.sitting else ():
        turn = state.as_recorded(state.interventions[turn_id])
        if turn is None or not was_heard(state, turn):
            continue
        if turn.person is not None:
            count = 0
        elif turn.kind in STATEMENTS:
            count += 1
    return count


def replied(state: Dialogue) -> list[PersonId]:
    """Which persons of the programme have spoken, or speak, since the last statement or question.

    In the order in which they first did; none while a delegation's is at the floor.
    """
    persons: list[PersonId] = []
    ended = state.sitting.ended_turns if state.sitting else ()
    speaking = (state.floor_id,) if state.floor_id is not None else ()
    for turn_id in (*ended, *speaking):
        turn = state.as_recorded(state.interventions[turn_id])
        if turn is None or not was_heard(state, turn):
            continue
        if turn.person is not None:
            persons.append(turn.person)
        elif turn.kind in STATEMENTS:
            persons.clear()
    return list(dict.fromkeys(persons))
