"""The record of a dialogue for its bureau: as a page, for spreadsheets and for programs."""

from typing import Any

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug import Response

from moderator.core.terms import BUREAU, Role
from moderator.secretariat import Seat
from moderator.summary.export import as_csv, as_json
from moderator.summary.record import Record, record_of
from moderator.web import gate, language, pages, refusals
from moderator.web.picture import day_table, pictures
from moderator.web.telling import Telling

bp = Blueprint("record", __name__)


@bp.get("/s/<seat_id>/record")
def page(seat_id: str) -> str:
    """Every turn with all its facts, segment by segment; its script asks for it again and again."""
    seat = reader(seat_id, BUREAU)
    record = record_for(seat)
    document = document_for(seat, language.current())
    telling = Telling(record, document)
    now = gate.installation().now()
    return render_template(
        "record.html",
        **pages.page_of(seat),
        version=record.version,
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
    response = make_response(render_template("record.svg", picture=drawn[0]))
    response.headers["Content-Type"] = "image/svg+xml; charset=utf-8"
    return response


@bp.get("/s/<seat_id>/record.csv")
def table(seat_id: str) -> Response:
    """The turns, a line each, for spreadsheets."""
    seat = reader(seat_id, BUREAU)
    text = as_csv(record_for(seat), document_for(seat, language.current()))
    # The byte order mark tells spreadsheets that it is UTF-8.
    return _file(seat, text.encode("utf-8-sig"), "text/csv", "csv")


@bp.get("/s/<seat_id>/record.json")
def whole(seat_id: str) -> Response:
    """All of the record, for programs; 304 while it has not changed."""
    seat = reader(seat_id, BUREAU)
    record = record_for(seat)
    response = jsonify(as_json(record, document_for(seat, language.current())))
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
    service = gate.installation().service
    service.state(seat.dialogue_id)
    return record_of(service.log(seat.dialogue_id))


def document_for(seat: Seat, code: str) -> dict[str, Any]:
    """The programme document of a seat's dialogue in a language."""
    programme = gate.installation().secretariat.programme(seat.dialogue_id)
    return {"id": seat.dialogue_id, **programme.document(code)}


def _file(seat: Seat, content: bytes, kind: str, ending: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    name = f"record-{seat.dialogue_id}.{ending}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
