"""The Summary, for those who write it: the page, its paragraphs, and the files that go out."""

import hashlib
import json
import re
from typing import Annotated, Any, Final

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from werkzeug import Response as WerkzeugResponse
from werkzeug.exceptions import NotFound

from moderator import workshop
from moderator.secretariat import Seat
from moderator.store import paragraphs, registry
from moderator.store.engine import reading
from moderator.store.paragraphs import ParagraphRow
from moderator.store.registry import NoteRow
from moderator.summary.draft import draft
from moderator.summary.material import Note, PointKind, Stance
from moderator.summary.paper import Paper, Written, paper
from moderator.summary.record import Record
from moderator.summary.render import as_json, for_docx, html, markdown
from moderator.text import line
from moderator.web import gate, pages, refusals
from moderator.web.notes import WRITERS
from moderator.web.record import document_for, file_name, reader, record_for

bp = Blueprint("summary", __name__)

DRAFTED_IN: Final = "en"
"""The draft is in one language, whatever the seat's: translation is the work of people."""

LONGEST: Final = 10_000
"""Characters of a paragraph."""

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
"""What a paragraph may be called; those that people add are called own-… by the client."""


@bp.get("/s/<seat_id>/summary")
def page(seat_id: str) -> str:
    """The paper on which it is written; the page's script fetches and sends its paragraphs."""
    seat = reader(seat_id, WRITERS)
    return render_template("summary.html", **pages.page_of(seat))


@bp.get("/s/<seat_id>/summary.md")
def text(seat_id: str) -> WerkzeugResponse:
    """The paper as a text, each paragraph with its sources."""
    seat = reader(seat_id, WRITERS)
    return _file(seat, markdown(_paper(seat)), "text/markdown; charset=utf-8", "md")


@bp.get("/s/<seat_id>/summary.html")
def alone(seat_id: str) -> WerkzeugResponse:
    """The paper as one file that needs nothing else."""
    seat = reader(seat_id, WRITERS)
    return _file(seat, html(_paper(seat)), "text/html; charset=utf-8", "html")


@bp.get("/s/<seat_id>/summary.docx")
def word(seat_id: str) -> WerkzeugResponse:
    """The paper as a Word document; with `?counts=1` quantifiers bear comments for translators."""
    seat = reader(seat_id, WRITERS)
    given = for_docx(_paper(seat), counts="counts" in request.args)
    return _file(seat, workshop.work("word", json.dumps(given).encode()), WORD, "docx")


def _file(seat: Seat, content: str | bytes, kind: str, ending: str) -> WerkzeugResponse:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    name = file_name(seat, f"summary-{seat.dialogue_id}.{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


# Its paragraphs


class ParagraphBody(BaseModel):
    """A paragraph as somebody has written it; `base` is the revision that they saw."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    base: Annotated[int, Field(ge=0, le=1_000_000)]
    text: Annotated[str, Field(max_length=LONGEST), AfterValidator(line)] | None
    after: Annotated[str, Field(pattern=rf"^{KEY.pattern}$")] | None = None


@bp.get("/api/dialogues/<dialogue_id>/summary")
def whole(dialogue_id: str) -> WerkzeugResponse:
    """The whole paper with what is behind each quantifier; 304 while nothing has changed."""
    seat = gate.seat_in(dialogue_id, WRITERS)
    record, notes, written, stamp = _material(seat)
    answer = Response(status=200)
    answer.set_etag(stamp)
    if request.if_none_match.contains_weak(stamp):
        answer.status_code = 304
        return answer
    document = document_for(seat, DRAFTED_IN)
    made = paper(draft(document, record, map(_note, notes)), document, map(_kept, written))
    told = jsonify(
        **as_json(made),
        notes={row.id: {"text": row.text, "intervention": row.intervention_id} for row in notes},
        interventions={
            turn.id: {
                "at": turn.given[-1].at,
                "delegation": turn.delegation,
                "person": turn.person,
                "group": turn.group,
            }
            for turn in record.turns
        },
    )
    told.set_etag(stamp)
    return told


@bp.put("/api/dialogues/<dialogue_id>/summary/<paragraph_id>")
def write(dialogue_id: str, paragraph_id: str) -> ResponseReturnValue:
    """Write a paragraph, add one or take it out; the same again is answered the same."""
    seat = gate.seat_in(dialogue_id, WRITERS)
    gate.count_command(seat)
    if not KEY.fullmatch(paragraph_id):
        raise NotFound
    if request.mimetype != "application/json":
        return refusals.refusal("not-json", 415)
    try:
        body = ParagraphBody.model_validate_json(request.get_data())
    except ValidationError as error:
        return refusals.invalid(error)
    house = gate.installation()
    drafted = {entry.key: entry.drafted for entry in _paper(seat).entries}
    row = ParagraphRow(
        paragraph_id,
        body.base + 1,
        body.after,
        body.text,
        drafted.get(paragraph_id),
        seat.actor.office,
        house.now(),
    )
    try:
        kept = paragraphs.write(house.engine, dialogue_id, row)
    except paragraphs.Changed as changed:
        theirs = _told(changed.newest)
        return refusals.refusal("paragraph-changed", 409, theirs=theirs, yours=body.text)
    return jsonify(key=paragraph_id, revision=kept.revision)


@bp.get("/api/dialogues/<dialogue_id>/summary/<paragraph_id>/versions")
def versions(dialogue_id: str, paragraph_id: str) -> Response:
    """Every version of a paragraph, oldest first; instants in ms."""
    gate.seat_in(dialogue_id, WRITERS)
    with reading(gate.installation().engine) as connection:
        rows = paragraphs.versions(connection, dialogue_id, paragraph_id)
    return jsonify(versions=[_told(row) for row in rows])


def _told(row: ParagraphRow) -> dict[str, Any]:
    return {
        "revision": row.revision,
        "after": row.after,
        "text": row.text,
        "drafted": row.drafted,
        "author": row.author,
        "at": row.at,
    }


# What it is made of


def _paper(seat: Seat) -> Paper:
    record, notes, written, _ = _material(seat)
    document = document_for(seat, DRAFTED_IN)
    statistics = "statistics" in request.args
    made = draft(document, record, map(_note, notes), statistics=statistics)
    return paper(made, document, map(_kept, written))


_Kept = tuple[ParagraphRow, str | None]


def _material(seat: Seat) -> tuple[Record, tuple[NoteRow, ...], tuple[_Kept, ...], str]:
    """The record, the notes and what was written; and a stamp that changes with any of them."""
    record = record_for(seat)
    house = gate.installation()
    with reading(house.engine) as connection:
        notes = registry.notes(connection, seat.dialogue_id)
        written = paragraphs.newest(connection, seat.dialogue_id)
    programme = house.secretariat.programme(seat.dialogue_id)
    parts = (record.version, notes, written, programme)
    return record, notes, written, hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _note(row: NoteRow) -> Note:
    return Note(
        id=row.id,
        segment=row.segment_id,
        intervention=row.intervention_id,
        theme=row.theme_id,
        text=row.text,
        kind=None if row.kind is None else PointKind(row.kind),
        stance=None if row.stance is None else Stance(row.stance),
    )


def _kept(kept: _Kept) -> Written:
    row, before = kept
    return Written(row.key, row.revision, row.after, row.text, row.drafted, before)
