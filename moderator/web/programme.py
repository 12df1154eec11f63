"""GET /api/dialogues/<id>/programme: the names behind the codes, in the caller's language."""

import hashlib

from flask import Blueprint, jsonify, request
from werkzeug import Response

from moderator.web import gate, language

bp = Blueprint("programme", __name__)


@bp.get("/api/dialogues/<dialogue_id>/programme")
def show(dialogue_id: str) -> Response:
    """The programme document; 304 while it has not changed."""
    gate.seat_at(dialogue_id)
    programme = gate.installation().secretariat.programme(dialogue_id)
    response = jsonify(id=dialogue_id, **programme.document(language.chosen()))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
