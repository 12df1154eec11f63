"""GET /api/dialogues/<id>/view: what the sockets deliver, for whoever asks or cannot have them."""

from flask import Blueprint, jsonify, request
from werkzeug import Response

from moderator.audience import audience_of, personal, view_of
from moderator.core.authority import PRESIDING
from moderator.core.terms import Role
from moderator.web import gate

bp = Blueprint("views", __name__)


@bp.get("/api/dialogues/<dialogue_id>/view")
def show(dialogue_id: str) -> Response:
    """The view of the caller's audience; 304 while nothing has changed."""
    seat = gate.seat_at(dialogue_id)
    house = gate.installation()
    if seat.role is Role.DELEGATION and seat.subject is not None:
        house.presence.polled(dialogue_id, seat.subject)
    state = house.service.state(dialogue_id)
    rehearsal = house.secretariat.rehearsal_lately(dialogue_id) is not None
    response = jsonify(
        version=state.version,
        now=house.now(),
        view=view_of(state, audience_of(seat.role)),
        **({"rehearsal": True} if rehearsal else {}),
        **personal(state, seat, house.secretariat.programme(dialogue_id)),
    )
    # `now` has no part in it: a view stays the same while its clock runs.
    rehearsed = "-rehearsed" if rehearsal else ""
    response.set_etag(f"{dialogue_id}-{state.version}-{seat.role}-{seat.subject or ''}{rehearsed}")
    return response.make_conditional(request)


@bp.get("/api/dialogues/<dialogue_id>/reached")
def reached(dialogue_id: str) -> Response:
    """The delegations of which a device hears the server now, for chair and secretary."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    return jsonify(delegations=gate.installation().presence.reached(dialogue_id))
