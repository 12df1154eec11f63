"""What one seat is told beside its audience's view: delegation, panellist, booth and lectern."""

from typing import Final

from moderator.core.changes import why_not_write
from moderator.core.limits import MOST_REPLIES, allowance, has_spoken, replies_given
from moderator.core.listing import why_not
from moderator.core.model import Dialogue, Intervention, Request
from moderator.core.questions import questions_to
from moderator.core.rejected import Reason
from moderator.core.terms import (
    Capacity,
    Category,
    DelegationCode,
    InterventionId,
    Kind,
    PersonId,
    Standing,
    capacity_of,
    may_ask_for,
)
from moderator.core.units import Duration
from moderator.core.view import (
    STATEMENT_ROWS,
    View,
    details_section,
    replied_to,
    speaker,
    statements,
    text_id,
)

BOOTH_ROWS: Final = 3
"""How many of the list interpreters are told about beforehand."""

_UNHEARD: Final = (Standing.WITHDRAWN, Standing.NOT_PRESENT, Standing.NOT_REACHED)


def own(state: Dialogue, delegation: DelegationCode, category: Category) -> View:
    """What a delegation sees of itself.

    * `requests`, `replies`, `points`: what of it waits on each list, `place` counted from 0.
    * `replies_left`: how many rights of reply it still has.
    * `statements`: the latest turns of others that it may reply to, the last first; none when it
      has no right of reply.
    * `unheard`: what of it left a list unheard in the present segment, or with the last one, and
      how; not what it has asked for again, nor been heard with, since.
    * `questions`: what it asked in writing.
    * `turn`: its turn at the floor, with what is for the speaker alone; None when it has none.
    * `capacities`: its limit in each capacity. Only States and observers speak for a group; outside
      a segment the limits are None.
    * `may`: for each kind, and for `written-question`, why it would be refused now; None when not.
    """
    questions = (one for one in state.questions.values() if one.delegation == delegation)
    return {
        "requests": _waiting(state, state.waiting, delegation),
        "replies": _waiting(state, state.replies, delegation),
        "points": _waiting(state, state.points, delegation),
        "replies_left": max(0, MOST_REPLIES - replies_given(state, delegation)),
        "statements": _statements_of_others(state, delegation, category),
        "unheard": _unheard(state, delegation),
        "questions": [
            {
                "id": question.id,
                "to": question.to,
                "words": question.words.id,
                "answered": question.id in state.answered,
            }
            for question in questions
        ],
        "turn": _own_turn(state, _at_the_floor(state, delegation=delegation)),
        "capacities": _capacities(state, delegation, category),
        "may": {
            **{kind: _why_not(state, delegation, category, kind) for kind in Kind},
            "written-question": why_not_write(state, delegation),
        },
    }


def panellist(state: Dialogue, person: PersonId) -> View:
    """What a panellist sees: the questions put to it, in order, and its own turn at the floor."""
    return {
        "questions": questions_to(state, person),
        "turn": _own_turn(state, _at_the_floor(state, person=person)),
    }


def booth(state: Dialogue) -> View:
    """What interpreters see: who speaks and who is next, language and text, and until when.

    They are told of the next few even when the list is hidden from the public.
    """
    turn = state.floor
    return {
        "floor": turn
        and {
            **speaker(state, turn),
            "details": details_section(state, turn),
            "paused": turn.paused,
            "slow_down": turn.slow_down,
        },
        "next": [
            {
                "id": request.id,
                "delegation": request.delegation,
                "kind": request.kind,
                "capacity": request.capacity,
                "group": request.group,
                "also_national": request.also_national,
                "to": request.to,
                "details": details_section(state, request),
            }
            for request in state.listed[:BOOTH_ROWS]
        ],
        "interpretation_until": list(state.interpretation_until),
        "closes_at": state.closes_at,
    }


def lectern(state: Dialogue) -> View:
    """What the screen on the rostrum adds to the public view: what is for whoever has the floor.

    Nobody but the speaker stands before it (decision 0021); None when nobody has the floor.
    """
    turn = state.floor
    told = turn and {"id": turn.id, "note": text_id(turn.note), "slow_down": turn.slow_down}
    return {"turn": told}


def _waiting(
    state: Dialogue, line: tuple[InterventionId, ...], delegation: DelegationCode
) -> list[View]:
    rows = ((place, state.requests[request]) for place, request in enumerate(line))
    return [_entry(state, row, place) for place, row in rows if row.delegation == delegation]


def _entry(state: Dialogue, request: Request, place: int) -> View:
    return {
        "id": request.id,
        "kind": request.kind,
        "capacity": request.capacity,
        "group": request.group,
        "also_national": request.also_national,
        "to": request.to,
        "statement": request.statement,
        "in_reply_to": replied_to(state, request),
        "number": request.number,
        "asked_at": request.asked_at,
        "place": place,
        "details": details_section(state, request),
    }


def _statements_of_others(
    state: Dialogue, delegation: DelegationCode, category: Category
) -> list[View]:
    if not may_ask_for(category, Kind.RIGHT_OF_REPLY):
        return []
    others = [row for row in statements(state) if row["delegation"] != delegation]
    return others[:STATEMENT_ROWS]


def _unheard(state: Dialogue, delegation: DelegationCode) -> list[View]:
    own = [request for request in state.requests.values() if request.delegation == delegation]
    ends = {segment: sitting.ended_at or 0 for segment, sitting in state.sittings.items()}
    near = (state.segment_id, max(ends, key=ends.__getitem__, default=None))
    return [
        {
            "id": request.id,
            "segment": request.segment,
            "kind": request.kind,
            "group": request.group,
            "standing": request.standing,
        }
        for request in own
        if request.standing in _UNHEARD
        and request.segment in near
        and not any(
            later.voice == request.voice
            and later.asked_at >= request.asked_at
            and later.standing not in _UNHEARD
            for later in own
        )
    ]


def _at_the_floor(
    state: Dialogue, delegation: DelegationCode | None = None, person: PersonId | None = None
) -> Intervention | None:
    """The turn of somebody that has the floor, or waits behind a point of order."""
    for turn in (state.floor, state.interrupted):
        if turn is not None and (turn.delegation, turn.person) == (delegation, person):
            return turn
    return None


def _own_turn(state: Dialogue, turn: Intervention | None) -> View | None:
    if turn is None:
        return None
    return {
        "id": turn.id,
        "note": text_id(turn.note),
        "slow_down": turn.slow_down,
        "details": details_section(state, turn),
    }


def _capacities(
    state: Dialogue, delegation: DelegationCode, category: Category
) -> dict[str, Duration | None]:
    capacities = [_capacity(category)]
    if capacities != [Capacity.STAKEHOLDER]:
        capacities.append(Capacity.GROUP)
    if state.segment is None:
        return dict.fromkeys(map(str, capacities))
    spoken = has_spoken(state, delegation)
    limits = state.segment.rules.limits
    return {str(one): allowance(limits, one, spoken) for one in capacities}


def _capacity(category: Category) -> Capacity:
    capacity = capacity_of(category, None)
    assert capacity is not None, "everybody may speak for itself"
    return capacity


def _why_not(
    state: Dialogue, delegation: DelegationCode, category: Category, kind: Kind
) -> Reason | None:
    if not may_ask_for(category, kind):
        return Reason.NOT_ENTITLED
    return why_not(state, (delegation, kind, _capacity(category), None, None))
