"""The record of a dialogue for its bureau: as a page, for spreadsheets and for programs."""

import json
from typing import Any, Final

from flask import Blueprint, jsonify, make_response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug import Response

from moderator.core.authority import RIGHTS
from moderator.core.commands import CorrectIntervention
from moderator.core.terms import BUREAU, Role
from moderator.secretariat import Seat
from moderator.service import UnknownDialogue
from moderator.store import journal
from moderator.store.engine import reading
from moderator.store.journal import Entry
from moderator.summary import dictionary
from moderator.summary.export import as_csv, as_json, as_sheets
from moderator.summary.record import Record, record_of
from moderator.web import gate, language, pages, refusals
from moderator.web.picture import day_table, pictures
from moderator.web.telling import Telling
from moderator.workshop import work

bp = Blueprint("record", __name__)

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/s/<seat_id>/record")
def page(seat_id: str) -> str:
    """Every turn with all its facts, segment by segment; its script asks for it again and again."""
    seat = reader(seat_id, BUREAU)
    record, head = told_for(seat)
    document = document_for(seat, language.current())
    telling = Telling(record, document, texts_of(seat))
    now = gate.installation().now()
    return render_template(
        "record.html",
        **pages.page_of(seat),
        version=record.version,
        head=head,
        corrects=seat.role in RIGHTS[CorrectIntervention],
        pictures=pictures(record, document, telling, now),
        day=day_table(record, document, telling, now),
        segments=telling.segments(),
        course=telling.course(),
    )


@bp.get("/s/<seat_id>/record.svg")
def picture(seat_id: str) -> Response:
    """The picture of the day by itself; 204 when neither plan nor meeting has any time."""
    seat = reader(seat_id, BUREAU)
    record = record_for(seat)
    document = document_for(seat, language.current())
    drawn = pictures(record, document, Telling(record, document), gate.installation().now())
    if not drawn:
        return Response(status=204)
    response = make_response(
        render_template("record.svg", picture=drawn[0], rehearsal=pages.rehearsal_of(seat))
    )
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return response


@bp.get("/s/<seat_id>/record.csv")
def table(seat_id: str) -> Response:
    """The turns, a line each, for spreadsheets."""
    seat = reader(seat_id, BUREAU)
    record, head = told_for(seat)
    text = as_csv(record, _marked_parts(seat, document_for(seat, language.current())), head)
    return _file(
        file_name(seat, f"record-{seat.dialogue_id}.csv"), _utf_8(text), "text/csv; charset=utf-8"
    )


@bp.get("/s/<seat_id>/record.xlsx")
def workbook(seat_id: str) -> Response:
    """Turns, requests, segments, what their columns mean, and where all that is from."""
    seat = reader(seat_id, BUREAU)
    record, head = told_for(seat)
    document = _marked_parts(seat, document_for(seat, language.current()))
    sheets = as_sheets(record, document, head, gate.installation().now())
    given = {"sheets": sheets, "rtl": language.direction() == "rtl"}
    name = file_name(seat, f"record-{seat.dialogue_id}.xlsx")
    return _file(name, work("xlsx", json.dumps(given).encode()), XLSX)


@bp.get("/s/<seat_id>/record-dictionary.csv")
def meanings(seat_id: str) -> Response:
    """What every field of every export means."""
    reader(seat_id, BUREAU)
    return _file("record-dictionary.csv", _utf_8(dictionary.as_csv()), "text/csv; charset=utf-8")


@bp.get("/s/<seat_id>/record.json")
def whole(seat_id: str) -> Response:
    """All of the record, for programs; 304 while it has not changed."""
    seat = reader(seat_id, BUREAU)
    record, head = told_for(seat)
    response = jsonify(as_json(record, document_for(seat, language.current()), head))
    response.set_etag(f"{seat.dialogue_id}-{record.version}-{language.current()}")
    return response.make_conditional(request)


def reader(seat_id: str, roles: frozenset[Role]) -> Seat:
    """The seat that asks for a page, of a role among `roles`; raises NotAdmitted or NotAllowed."""
    seat = gate.seat_of_page(seat_id)
    if seat.role not in roles:
        raise refusals.NotAllowed
    return seat


def record_for(seat: Seat) -> Record:
    """The record of a seat's dialogue until now; what is due is recorded first."""
    return told_for(seat)[0]


def told_for(seat: Seat) -> tuple[Record, str]:
    """The same, and the hash of the log's head up to which it was told."""
    entries, head = log_for(seat)
    return record_of(entries), head


def log_for(seat: Seat) -> tuple[tuple[Entry, ...], str]:
    """The log of a seat's dialogue until now, and the hash of its head."""
    house = gate.installation()
    house.service.state(seat.dialogue_id)
    with reading(house.engine) as connection:
        head = journal.head(connection, seat.dialogue_id)
        if head is None:
            raise UnknownDialogue(seat.dialogue_id)
        entries = journal.read(connection, seat.dialogue_id)
    # What was appended between the two statements is told the next time.
    return tuple(entry for entry in entries if entry.version <= head.version), head.hash


def texts_of(seat: Seat) -> dict[str, str]:
    """The free texts that the log of a seat's dialogue names, but for those that were erased."""
    return gate.installation().secretariat.texts(seat.dialogue_id)


def document_for(seat: Seat, code: str) -> dict[str, Any]:
    """The programme document of a seat's dialogue in a language.

    In a rehearsal the title says so, wherever it is shown or written.
    """
    programme = gate.installation().secretariat.programme(seat.dialogue_id)
    document = {"id": seat.dialogue_id, **programme.document(code)}
    return {**document, "title": _marked(document["title"], code)} if seat.rehearses else document


def _marked(title: str, code: str) -> str:
    with force_locale(code):
        return str(_("Rehearsal: %(title)s", title=title))


def _marked_parts(seat: Seat, document: dict[str, Any]) -> dict[str, Any]:
    """The same with the mark on each part of the programme too, for tables that have no title."""
    if not seat.rehearses:
        return document
    code = language.current()
    parts = [{**part, "title": _marked(part["title"], code)} for part in document["segments"]]
    return {**document, "segments": parts}


def file_name(seat: Seat, name: str) -> str:
    """What a file is called that is written from a dialogue: from a rehearsal its name says so."""
    return f"rehearsal-{name}" if seat.rehearses else name


def _utf_8(text: str) -> bytes:
    """With the byte order mark, which tells spreadsheets that it is UTF-8."""
    return text.encode("utf-8-sig")


def _file(name: str, content: bytes, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
