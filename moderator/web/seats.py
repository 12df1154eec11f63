"""The seats of a dialogue, for chair and secretary: seen, and expelled."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from moderator.core.authority import PRESIDING
from moderator.service import UnknownDialogue
from moderator.web import gate

bp = Blueprint("seats", __name__)


@bp.get("/api/dialogues/<dialogue_id>/seats")
def index(dialogue_id: str) -> Response:
    """Every device that has entered, oldest first; instants in ms."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    seats = gate.installation().secretariat.seats(dialogue_id)
    return jsonify(
        seats=[
            {
                "id": seat.id,
                "role": seat.role,
                "subject": seat.subject,
                "made_at": seat.made_at,
                "expelled_at": seat.expelled_at,
            }
            for seat in seats
        ]
    )


@bp.post("/api/dialogues/<dialogue_id>/seats/<seat_id>/expel")
def expel(dialogue_id: str, seat_id: str) -> ResponseReturnValue:
    """End a seat at once: its next request and its socket are refused. Again: the same answer."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    secretariat = gate.installation().secretariat
    if all(seat.id != seat_id for seat in secretariat.seats(dialogue_id)):
        raise UnknownDialogue(dialogue_id)
    secretariat.expel(seat_id)
    return jsonify(expelled=seat_id)
