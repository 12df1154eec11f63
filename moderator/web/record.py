"""The record of a dialogue for its bureau: as a page, for spreadsheets and for programs."""

from typing import Any

from flask import Blueprint, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug import Response

from moderator.core.terms import BUREAU, GroupCode, Outcome, Role
from moderator.core.units import Instant
from moderator.programme.programme import local_time
from moderator.secretariat import Seat
from moderator.summary.english import with_article
from moderator.summary.export import as_csv, as_json, minutes_of, outcome_of
from moderator.summary.record import Record, Turn, record_of
from moderator.web import gate, language, pages, refusals

bp = Blueprint("record", __name__)


@bp.get("/s/<seat_id>/record")
def page(seat_id: str) -> str:
    """Every turn with its times, segment by segment; the page's script keeps it up to date."""
    seat = reader(seat_id, BUREAU)
    document = document_for(seat, language.current())
    tables = _tables(record_for(seat), document)
    return render_template("record.html", **pages.page_of(seat), record=tables)


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


def _tables(record: Record, document: dict[str, Any]) -> list[dict[str, Any]]:
    """A table for each segment that was begun."""
    titles = {segment["id"]: segment["title"] for segment in document["segments"]}
    return [
        {
            "title": titles[segment.id],
            "turns": [_line(turn, document) for turn in record.turns if turn.segment == segment.id],
        }
        for segment in record.segments
        if segment.begun_at is not None
    ]


def _line(turn: Turn, document: dict[str, Any]) -> dict[str, str | None]:
    """A turn in words; times of day are those of the place, and empty for what has not been."""

    def time_of(instant: Instant | None) -> str | None:
        return None if instant is None else f"{local_time(instant, document['timezone']):%H:%M:%S}"

    speaker = _speaker(turn, document)
    return {
        "code": speaker.get("initials"),
        "name": speaker["name"],
        "on_behalf": None if turn.group is None else _group(turn.group, document),
        "asked": time_of(turn.asked_at),
        "called": time_of(turn.given[-1].at),
        "started": time_of(turn.runs[0].started) if turn.runs else None,
        "ended": time_of(turn.ended.at) if turn.ended else None,
        "allowance": minutes_of(turn.allowance),
        "used": None if turn.has_floor else minutes_of(turn.used),
        "outcome": _outcome_words()[outcome_of(turn)],
    }


def _speaker(turn: Turn, document: dict[str, Any]) -> dict[str, Any]:
    kind, code = ("delegations", turn.delegation) if turn.delegation else ("persons", turn.person)
    found: dict[str, Any] = document[kind][code]
    return found


def _group(code: GroupCode, document: dict[str, Any]) -> str:
    """A group as it stands after "on behalf of"; English wants an article there."""
    name = str(document["groups"][code]["name"])
    return with_article(name) if language.current() == "en" else name


def _outcome_words() -> dict[str, str]:
    return {
        Outcome.CONCLUDED: _("Concluded"),
        Outcome.TIME_EXPIRED: _("Time expired"),
        Outcome.WITHDRAWN_BY_CHAIR: _("Withdrawn by the chair"),
        Outcome.NOT_PRESENT: _("Not present"),
        "has-floor": _("Has the floor"),
        "returned": _("Returned to the list"),
    }


def _file(seat: Seat, content: bytes, kind: str, ending: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    name = f"record-{seat.dialogue_id}.{ending}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
