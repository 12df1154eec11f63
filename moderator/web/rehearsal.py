"""The rehearsal of a dialogue: begun and ended by who presides, entered and left with one press."""

from contextlib import suppress

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as WerkzeugResponse

from moderator.core.authority import PRESIDING
from moderator.core.terms import Role
from moderator.rehearsal import Rehearsals
from moderator.secretariat import NoRehearsal, Seat
from moderator.web import gate, refusals

bp = Blueprint("rehearsal", __name__)


@bp.get("/api/dialogues/<dialogue_id>/rehearsal")
def show(dialogue_id: str) -> Response:
    """The rehearsal that goes on, for whoever has a seat; null for none."""
    gate.seat_at(dialogue_id)
    return jsonify(rehearsal=rehearsals().of(dialogue_id))


@bp.post("/api/dialogues/<dialogue_id>/rehearsal")
def begin(dialogue_id: str) -> ResponseReturnValue:
    """Begin a rehearsal; one that goes on already is told again."""
    _presiding(gate.seat_at(dialogue_id))
    return jsonify(rehearsal=rehearsals().begin(dialogue_id))


@bp.post("/api/dialogues/<dialogue_id>/rehearsal/end")
def end(dialogue_id: str) -> ResponseReturnValue:
    """End the rehearsal; again, or where there is none: the same answer."""
    _presiding(gate.seat_at(dialogue_id))
    rehearsals().end(dialogue_id)
    return jsonify(rehearsal=None)


@bp.post("/s/<seat_id>/rehearsal")
def begin_here(seat_id: str) -> WerkzeugResponse:
    """Begin a rehearsal, and take this device there."""
    seat = _presiding(gate.seat_of_page(seat_id))
    rehearsals().begin(seat.dialogue_id)
    return _crossed(seat, to_rehearsal=True)


@bp.post("/s/<seat_id>/rehearsal/end")
def end_here(seat_id: str) -> WerkzeugResponse:
    """End the rehearsal, and take this device back with all others."""
    seat = _presiding(gate.seat_of_page(seat_id))
    rehearsals().end(seat.dialogue_id)
    return _to_screen(seat)


@bp.post("/s/<seat_id>/cross")
def cross(seat_id: str) -> WerkzeugResponse:
    """Take this device into the rehearsal or back into the meeting; a display has no say in it."""
    seat = gate.seat_of_page(seat_id)
    if seat.role is Role.DISPLAY:
        raise refusals.NotAllowed
    return _crossed(seat, to_rehearsal=request.form.get("to") == "rehearsal")


def rehearsals() -> Rehearsals:
    """Those of the installation that the request came to."""
    house = gate.installation()
    return Rehearsals(house.now, house.service, house.secretariat)


def _presiding(seat: Seat) -> Seat:
    if seat.role not in PRESIDING:
        raise refusals.NotAllowed
    gate.count_command(seat)
    return seat


def _crossed(seat: Seat, *, to_rehearsal: bool) -> WerkzeugResponse:
    # When it is over, the device is in the meeting, as everybody is.
    with suppress(NoRehearsal):
        gate.installation().secretariat.cross_over(seat, to_rehearsal=to_rehearsal)
    return _to_screen(seat)


def _to_screen(seat: Seat) -> WerkzeugResponse:
    return redirect(url_for("pages.screen", seat_id=seat.id), 303)
