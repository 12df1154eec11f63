"""Questions to a panellist: what was asked at the floor, and what was written, in one order."""

from typing import Any

from moderator.core.limits import was_heard
from moderator.core.model import Dialogue
from moderator.core.terms import InterventionId, PersonId, QuestionId


def questions_to(state: Dialogue, person: PersonId) -> list[dict[str, Any]]:
    """The questions put to a panellist, as JSON, in the order in which they were put.

    Those of the floor since it was given for them, written ones since they were written. `words`
    is the id of a text: of a written question, or of what the other is about; None if there is
    none. `at` is when it was put.
    """
    rows: list[dict[str, Any]] = [
        {
            "id": question.id,
            "written": True,
            "delegation": question.delegation,
            "group": None,
            "at": question.written_at,
            "words": question.words.id,
            "answered": question.id in state.answered,
        }
        for question in state.questions.values()
        if question.to == person
    ]
    for turn in state.recorded:
        request = state.requests.get(turn.id)
        if request is None or request.to != person or not was_heard(state, turn):
            continue
        details = state.details.get(turn.id)
        rows.append(
            {
                "id": turn.id,
                "written": False,
                "delegation": turn.delegation,
                "group": turn.group,
                "at": turn.given_at,
                "words": details.gist.id if details and details.gist else None,
                "answered": QuestionId(turn.id) in state.answered,
            }
        )
    return sorted(rows, key=lambda row: (row["at"], row["id"]))


def asked_persons(state: Dialogue) -> list[PersonId]:
    """To whom questions were put, or are waiting to be put, in the order of their ids."""
    asked = {question.to for question in state.questions.values()}
    asked |= {request.to for request in state.requests.values() if request.to is not None}
    return sorted(asked)


def asked_of(state: Dialogue, question: QuestionId) -> PersonId | None:
    """To whom a question was put, in writing or at the floor; None when there is none such."""
    written = state.questions.get(question)
    if written is not None:
        return written.to
    turn = state.interventions.get(InterventionId(question))
    right = None if turn is None else state.as_recorded(turn)
    if right is None or not was_heard(state, right):
        return None
    request = state.requests.get(right.id)
    return None if request is None else request.to
