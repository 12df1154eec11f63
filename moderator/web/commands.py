"""POST /api/dialogues/<id>/commands: the one door through which anything is asked."""

from functools import partial
from typing import Final

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from moderator.core.authority import PRESIDING
from moderator.programme.source import MAX_BYTES
from moderator.web import account, asking, gate, refusals, wire
from moderator.web.rehearsal import rehearsals

bp = Blueprint("commands", __name__)

MAX_PROGRAMME: Final = MAX_BYTES
"""Bytes; nobody but who presides sends anything so long."""


@bp.post("/api/dialogues/<dialogue_id>/commands")
def give(dialogue_id: str) -> ResponseReturnValue:
    """Parse, make the core's command of it, hand it over, and tell the version that holds it."""
    seat = gate.seat_at(dialogue_id)
    gate.count_command(seat)
    if seat.role in PRESIDING:
        request.max_content_length = MAX_PROGRAMME
    if request.mimetype != "application/json":
        return refusals.refusal("not-json", 415)
    try:
        body = wire.COMMAND.validate_json(request.get_data())
    except ValidationError as error:
        return refusals.invalid(error)
    account.command(body.type, body.id)
    house = gate.installation()
    asked = asking.asked(body, seat, house)
    beside = asked.beside
    if isinstance(body, wire.OpenDialogue):
        beside = partial(rehearsals().end_within, home=dialogue_id)
    receipt = house.service.handle(dialogue_id, asked.command, beside)
    if isinstance(body, wire.ChangeProgramme | wire.SetRules):
        house.secretariat.forget(dialogue_id)
    return jsonify(version=receipt.version, undo=receipt.undo)
