"""Which audience a seat belongs to, and what it is shown: the same over HTTP and over sockets."""

from enum import StrEnum
from typing import Any

from moderator.core import personal as seats
from moderator.core import reading, view
from moderator.core.model import Dialogue
from moderator.core.terms import BUREAU, DelegationCode, PersonId, Role, TextId
from moderator.core.view import View
from moderator.programme import Programme
from moderator.secretariat import Seat


class Audience(StrEnum):
    """Who is told the same at the same time."""

    BUREAU = "bureau"
    PUBLIC = "public"
    DISPLAY = "display"


def audience_of(role: Role) -> Audience:
    """The audience of a role; a display sees what the public sees, but is heard of more often."""
    if role in BUREAU:
        return Audience.BUREAU
    return Audience.DISPLAY if role is Role.DISPLAY else Audience.PUBLIC


def view_of(state: Dialogue, audience: Audience) -> View:
    """The sections that an audience sees."""
    return view.bureau(state) if audience is Audience.BUREAU else view.public(state)


def personal(state: Dialogue, seat: Seat, programme: Programme) -> dict[str, Any]:
    """What a seat is told beside its view, of matters that are not everybody's.

    `own` for a delegation, `panellist` for one, `booth` for interpreters, `lectern` for a display,
    which may stand on the rostrum; for others nothing.
    """
    if seat.role is Role.DISPLAY:
        return {"lectern": seats.lectern(state)}
    if seat.role is Role.INTERPRETER:
        return {"booth": seats.booth(state)}
    if seat.role is Role.PANELLIST and seat.subject is not None:
        return {"panellist": seats.panellist(state, PersonId(seat.subject))}
    delegation = programme.by_code.get(seat.subject or "")
    if seat.role is not Role.DELEGATION or delegation is None:
        return {}
    return {"own": seats.own(state, delegation.code, delegation.category)}


def texts_of(state: Dialogue, seat: Seat) -> frozenset[TextId] | None:
    """The ids of the free texts that a seat may read; None: all of them, as the bureau may."""
    if seat.role in BUREAU:
        return None
    if seat.role is Role.INTERPRETER:
        return reading.texts_of_booth(state)
    if seat.role is Role.PANELLIST and seat.subject is not None:
        return reading.texts_of_panellist(state, PersonId(seat.subject))
    if seat.role is Role.DELEGATION and seat.subject is not None:
        return reading.texts_of_delegation(state, DelegationCode(seat.subject))
    if seat.role is Role.DISPLAY:
        return reading.texts_of_lectern(state)
    return reading.public_texts(state)
