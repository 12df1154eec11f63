"""The notes of the rapporteur: read by the bureau, written by whoever drafts the Summary."""

from typing import Annotated, Any, Final

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from werkzeug.exceptions import NotFound

from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import BUREAU, InterventionId, Role
from moderator.secretariat import Seat
from moderator.store import registry
from moderator.store.engine import reading, writing
from moderator.store.registry import NoteRow
from moderator.web import gate, refusals
from moderator.web.text import written
from moderator.web.wire import Id, Name

bp = Blueprint("notes", __name__)

WRITERS: Final = frozenset({Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARY})
LONGEST: Final = 2_000
"""Characters of a note: a point, not a statement."""


class NoteBody(BaseModel):
    """A note as it comes over the wire; its id, made by the client, stands in the address."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    segment: Name
    intervention: Name | None
    theme: Name | None
    text: Annotated[str, Field(max_length=LONGEST), AfterValidator(written)]


@bp.get("/api/dialogues/<dialogue_id>/notes")
def index(dialogue_id: str) -> Response:
    """All notes, in the order in which they were first written; instants in ms."""
    gate.seat_in(dialogue_id, BUREAU)
    with reading(gate.installation().engine) as connection:
        rows = registry.notes(connection, dialogue_id)
    return jsonify(notes=[_told(row) for row in rows])


@bp.put("/api/dialogues/<dialogue_id>/notes/<note_id>")
def keep(dialogue_id: str, note_id: str) -> ResponseReturnValue:
    """Write a note, or write it anew; the same again changes nothing."""
    seat = _writer(dialogue_id, note_id)
    if request.mimetype != "application/json":
        return refusals.refusal("not-json", 415)
    try:
        body = NoteBody.model_validate_json(request.get_data())
    except ValidationError as error:
        return refusals.invalid(error)
    if problems := _theme_problem(dialogue_id, body):
        return refusals.refusal("invalid", 400, problems=problems)
    house = gate.installation()
    row = NoteRow(
        id=note_id,
        segment_id=body.segment,
        intervention_id=body.intervention,
        theme_id=body.theme,
        text=body.text,
        author=seat.actor.office,
        at=house.now(),
    )
    with writing(house.engine) as connection:
        registry.keep_note(connection, dialogue_id, row)
    return jsonify(kept=note_id)


@bp.delete("/api/dialogues/<dialogue_id>/notes/<note_id>")
def drop(dialogue_id: str, note_id: str) -> Response:
    """Remove a note; again: the same answer."""
    _writer(dialogue_id, note_id)
    with writing(gate.installation().engine) as connection:
        registry.drop_note(connection, dialogue_id, note_id)
    return jsonify(dropped=note_id)


def _writer(dialogue_id: str, note_id: str) -> Seat:
    """Whoever writes; raises NotAllowed, TooMany, and NotFound for an id that is none."""
    seat = gate.seat_in(dialogue_id, WRITERS)
    gate.count_command(seat)
    try:
        _ID.validate_python(note_id)
    except ValidationError:
        raise NotFound from None
    return seat


_ID: TypeAdapter[str] = TypeAdapter(Id)


def _theme_problem(dialogue_id: str, body: NoteBody) -> list[dict[str, str]]:
    """What is wrong with the theme of a note; Rejected when its segment or turn is not there."""
    house = gate.installation()
    parts = house.secretariat.programme(dialogue_id).parts
    part = next((part for part in parts if part.id == body.segment), None)
    if part is None:
        raise Rejected(Reason.UNKNOWN_SEGMENT)
    if body.intervention is not None:
        turns = house.service.state(dialogue_id).interventions
        turn = turns.get(InterventionId(body.intervention))
        if turn is None or turn.segment != part.id:
            raise Rejected(Reason.UNKNOWN_REQUEST)
    if body.theme is None or any(theme.id == body.theme for theme in part.themes):
        return []
    return [{"path": "theme", "message": "the segment has no such theme"}]


def _told(row: NoteRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "segment": row.segment_id,
        "intervention": row.intervention_id,
        "theme": row.theme_id,
        "text": row.text,
        "at": row.at,
        "author": row.author,
    }
