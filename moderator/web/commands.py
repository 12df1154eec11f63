"""POST /api/dialogues/<id>/commands: the one door through which anything is asked."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from moderator.web import account, gate, refusals, wire

bp = Blueprint("commands", __name__)


@bp.post("/api/dialogues/<dialogue_id>/commands")
def give(dialogue_id: str) -> ResponseReturnValue:
    """Parse, make the core's command of it, hand it over, and tell the version that holds it."""
    seat = gate.seat_at(dialogue_id)
    gate.count_command(seat)
    if request.mimetype != "application/json":
        return refusals.refusal("not-json", 415)
    try:
        body = wire.COMMAND.validate_json(request.get_data())
    except ValidationError as error:
        return refusals.invalid(error)
    account.command(body.type, body.id)
    house = gate.installation()
    receipt = house.service.handle(dialogue_id, wire.command_of(body, seat, house))
    return jsonify(version=receipt.version, undo=receipt.undo)
