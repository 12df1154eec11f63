"""The seats of a dialogue, for chair and secretary: seen, and expelled."""

from typing import Annotated

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from moderator.core.authority import PRESIDING
from moderator.secretariat import Seat
from moderator.service import UnknownDialogue
from moderator.web import gate, refusals
from moderator.web.wire import Name

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


class SeatsBody(BaseModel):
    """The seats that are to end together."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    seats: Annotated[tuple[Name, ...], Field(min_length=1)]


@bp.post("/api/dialogues/<dialogue_id>/seats/expel")
def expel_many(dialogue_id: str) -> ResponseReturnValue:
    """End seats at once, all that are named or none. Again: the same answer."""
    gate.count_command(_writer(dialogue_id))
    body = gate.body_of(SeatsBody)
    secretariat = gate.installation().secretariat
    if not {seat.id for seat in secretariat.seats(dialogue_id)}.issuperset(body.seats):
        raise UnknownDialogue(dialogue_id)
    secretariat.expel(*body.seats)
    return jsonify(expelled=body.seats)


@bp.post("/api/dialogues/<dialogue_id>/seats/<seat_id>/expel")
def expel(dialogue_id: str, seat_id: str) -> ResponseReturnValue:
    """End a seat at once: its next request and its socket are refused. Again: the same answer."""
    _writer(dialogue_id)
    secretariat = gate.installation().secretariat
    if all(seat.id != seat_id for seat in secretariat.seats(dialogue_id)):
        raise UnknownDialogue(dialogue_id)
    secretariat.expel(seat_id)
    return jsonify(expelled=seat_id)


def _writer(dialogue_id: str) -> Seat:
    """Whoever may expel; raises InRehearsal, since an expelled device could not come back."""
    seat = gate.seat_in(dialogue_id, frozenset(PRESIDING))
    if seat.rehearses:
        raise refusals.InRehearsal
    return seat
