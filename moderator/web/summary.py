"""The first draft of the Summary, for those who write it: as a page and as Markdown."""

from typing import Final

from flask import Blueprint, make_response, render_template
from werkzeug import Response

from moderator.secretariat import Seat
from moderator.store import registry
from moderator.store.engine import reading
from moderator.summary.draft import Draft, draft
from moderator.summary.material import Note, PointKind, Stance
from moderator.summary.render import as_page, markdown
from moderator.web import gate, pages
from moderator.web.notes import WRITERS
from moderator.web.record import document_for, reader, record_for

bp = Blueprint("summary", __name__)

DRAFTED_IN: Final = "en"
"""The draft is in one language, whatever the seat's: translation is the work of people."""


@bp.get("/s/<seat_id>/summary")
def page(seat_id: str) -> str:
    """The draft, each paragraph with what it rests on."""
    seat = reader(seat_id, WRITERS)
    # Without `boot`: this page has no script.
    words = {name: pages.page_of(seat)[name] for name in ("seat", "dialogue")}
    return render_template("summary.html", **words, summary=as_page(_draft(seat)))


@bp.get("/s/<seat_id>/summary.md")
def text(seat_id: str) -> Response:
    """The draft as a text to work on."""
    seat = reader(seat_id, WRITERS)
    response = make_response(markdown(_draft(seat)))
    response.headers["Content-Type"] = "text/markdown; charset=utf-8"
    name = f"summary-{seat.dialogue_id}.md"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _draft(seat: Seat) -> Draft:
    with reading(gate.installation().engine) as connection:
        rows = registry.notes(connection, seat.dialogue_id)
    notes = (
        Note(
            id=row.id,
            segment=row.segment_id,
            intervention=row.intervention_id,
            theme=row.theme_id,
            text=row.text,
            kind=None if row.kind is None else PointKind(row.kind),
            stance=None if row.stance is None else Stance(row.stance),
        )
        for row in rows
    )
    return draft(document_for(seat, DRAFTED_IN), record_for(seat), notes)
