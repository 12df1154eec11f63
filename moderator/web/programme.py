"""GET /api/dialogues/<id>/programme: the names behind the codes, in the caller's language."""

import hashlib

from flask import Blueprint, jsonify, request
from werkzeug import Response
from werkzeug.exceptions import NotFound

from moderator.audience import texts_of
from moderator.core.authority import PRESIDING
from moderator.web import gate, language, refusals

bp = Blueprint("programme", __name__)


@bp.get("/api/dialogues/<dialogue_id>/programme")
def show(dialogue_id: str) -> Response:
    """The programme document; 304 while it has not changed."""
    gate.seat_at(dialogue_id)
    edition = gate.installation().secretariat.edition(dialogue_id)
    document = edition.programme.document(language.chosen())
    response = jsonify(id=dialogue_id, revision=edition.revision, **document)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@bp.get("/api/dialogues/<dialogue_id>/programme/form")
def form(dialogue_id: str) -> Response:
    """The fields of the programme file, to be changed and sent back with their revision."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    fields, revision = gate.installation().secretariat.form(dialogue_id)
    return jsonify(revision=revision, programme=fields)


@bp.get("/api/dialogues/<dialogue_id>/texts/<text_id>")
def text(dialogue_id: str, text_id: str) -> Response:
    """A free text that the log names, for whom it is: see `audience.texts_of`."""
    seat = gate.seat_at(dialogue_id)
    house = gate.installation()
    told = texts_of(house.service.state(dialogue_id), seat)
    if told is not None and text_id not in told:
        raise refusals.NotAllowed
    words = house.secretariat.texts(dialogue_id).get(text_id)
    if words is None:
        raise NotFound
    return jsonify(text=words)
