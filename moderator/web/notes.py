"""The notes of the rapporteurs: read by the bureau, written by whoever drafts the Summary.

Several write at once: each names the revision that they saw, and nobody overwrites what they did
not see.
"""

from collections.abc import Callable
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
from moderator.summary.material import PointKind, Stance
from moderator.text import paragraphs
from moderator.web import gate, language, names, refusals
from moderator.web.wire import MOST_ROWS, Id, Name

bp = Blueprint("notes", __name__)

WRITERS: Final = frozenset({Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARY})
LONGEST: Final = 2_000
"""Characters of a note: a point, not a statement."""


class NoteBody(BaseModel):
    """A note as it comes over the wire; its id, made by the client, stands in the address."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    base: Annotated[
        int, Field(ge=0, le=MOST_ROWS, description="the revision the writer saw; 0: a new note")
    ] = 0
    segment: Name
    intervention: Name | None
    theme: Name | None
    kind: Annotated[PointKind | None, Field(strict=False)] = None
    stance: Annotated[Stance | None, Field(strict=False)] = None
    text: Annotated[str, Field(max_length=LONGEST), AfterValidator(paragraphs)]


@bp.get("/api/dialogues/<dialogue_id>/notes")
def index(dialogue_id: str) -> Response:
    """All notes, in the order in which they were first written; instants in ms.

    304 while nothing was written, and then no note is even looked at: pages ask every few seconds.
    """
    gate.seat_in(dialogue_id, BUREAU)
    house = gate.installation()
    with reading(house.engine) as connection:
        writings = registry.notes_written(connection, dialogue_id)
        tag = f"{dialogue_id}-notes-{writings}-{language.chosen()}"
        if request.if_none_match.contains_weak(tag):
            answer = Response(status=304)
        else:
            rows = registry.notes(connection, dialogue_id)
            tell = _teller(dialogue_id)
            answer = jsonify(notes=[tell(row) for row in rows])
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.put("/api/dialogues/<dialogue_id>/notes/<note_id>")
def keep(dialogue_id: str, note_id: str) -> ResponseReturnValue:
    """Write a note on top of what the writer saw of it; the same again changes nothing."""
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
        author=str(seat.actor),
        at=house.now(),
        kind=body.kind and body.kind.value,
        stance=body.stance and body.stance.value,
    )
    with writing(house.engine) as connection:
        stands = registry.keep_note(connection, dialogue_id, row, body.base)
    if stands is None:
        return refusals.refusal("note-dropped", 409)
    if stands.says() != row.says():
        return _changed(dialogue_id, stands)
    return jsonify(kept=note_id, revision=stands.revision)


@bp.delete("/api/dialogues/<dialogue_id>/notes/<note_id>")
def drop(dialogue_id: str, note_id: str) -> ResponseReturnValue:
    """Remove a note as its writer saw it; again: the same answer."""
    _writer(dialogue_id, note_id)
    try:
        base = _BASE.validate_python(request.args.get("base"))
    except ValidationError:
        problem = {"path": "base", "message": "the revision that was seen, as a whole number"}
        return refusals.refusal("invalid", 400, problems=[problem])
    with writing(gate.installation().engine) as connection:
        stands = registry.drop_note(connection, dialogue_id, note_id, base)
    if stands is not None:
        return _changed(dialogue_id, stands)
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
_BASE: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(ge=0, le=MOST_ROWS)])


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


def _changed(dialogue_id: str, stands: NoteRow) -> ResponseReturnValue:
    return refusals.refusal("note-changed", 409, note=_teller(dialogue_id)(stands))


def _teller(dialogue_id: str) -> Callable[[NoteRow], dict[str, Any]]:
    """Tells notes with the names of their authors, in the caller's language."""
    programme = gate.installation().secretariat.programme(dialogue_id)
    document = programme.document(language.chosen())

    def told(row: NoteRow) -> dict[str, Any]:
        role, subject, seat = (*row.author.split("/"), "")[:3]
        return {
            "id": row.id,
            "segment": row.segment_id,
            "intervention": row.intervention_id,
            "theme": row.theme_id,
            "kind": row.kind,
            "stance": row.stance,
            "text": row.text,
            "at": row.at,
            "revision": row.revision,
            "author": {
                "office": f"{role}/{subject}",
                "name": names.name_of(document, Role(role), subject or None),
                "seat": seat or None,
            },
        }

    return told
