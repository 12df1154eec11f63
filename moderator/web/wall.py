"""The wall: all rooms of the installation at a glance, for a screen that nobody touches."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask import Blueprint, current_app, json, jsonify, render_template, request, url_for
from werkzeug import Response

from moderator.core import view
from moderator.core.model import Dialogue
from moderator.core.terms import Phase
from moderator.core.units import Instant
from moderator.desk import DeskRole
from moderator.programme import Programme
from moderator.programme.languages import Text, said_in
from moderator.programme.programme import local_time
from moderator.store.registry import DialogueRow
from moderator.web import flags, gate, language, listing

bp = Blueprint("wall", __name__)

NOW_HEADER: Final = "Moderator-Now"
"""The server's time with every answer, also with one that says that nothing has changed."""


@bp.get("/wall")
def show() -> str:
    """The page; its script asks for the rooms again and again."""
    _desk()
    boot = {
        "lang": language.current(),
        "wall": url_for("wall.rooms"),
        "flags": flags.pattern(),
        "strings": url_for("strings.show", code=language.current()),
    }
    return render_template("wall.html", wall=boot)


@bp.get("/api/wall")
def rooms() -> Response:
    """What the public sees of each room, with the names that it needs; 304 while unchanged."""
    _desk()
    house = gate.installation()
    now = house.now()
    shown = [room for row in house.secretariat.dialogues() if (room := _room(row, now))]
    told: dict[str, Any] = {**_day(shown, now), "rooms": [room for room, _ in shown]}
    # `now` has no part in it: a room stays the same while its clock runs.
    etag = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
    response = jsonify(now=now, **told)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers[NOW_HEADER] = str(now)
    return response.make_conditional(request)


def _desk() -> None:
    gate.desk(DeskRole.WALL, DeskRole.SECRETARIAT)


def _room(row: DialogueRow, now: Instant) -> tuple[dict[str, Any], Programme] | None:
    """A room that is in use, will be today or rehearses; None for any other.

    Its `view` is null where what is recorded of it cannot be read: one damaged log must not darken
    the wall.
    """
    house = gate.installation()
    if listing.is_over(row, now):
        return None
    programme = house.secretariat.programme(row.id)
    rehearsed = house.secretariat.rehearsal_lately(row.id) is not None
    try:
        state = house.service.state(row.id)
    except Exception:
        current_app.logger.exception("the wall cannot read %s", row.id)
        unread = {"version": None, "rehearsal": rehearsed, "view": None}
        return {**_named(row.id, programme, None), **unread}, programme
    to_come = state.phase is Phase.SCHEDULED and programme.day > _today(programme, now)
    if to_come and not rehearsed:
        return None
    return {
        **_named(row.id, programme, state),
        "version": state.version,
        "rehearsal": rehearsed,
        "view": view.wall(state),
    }, programme


def _named(dialogue_id: str, programme: Programme, state: Dialogue | None) -> dict[str, Any]:
    """A room with as much of its programme document as its card needs; a whole one takes long."""

    def said(text: Text) -> str:
        return said_in(text, language.current(), programme.original)

    turn = None if state is None else state.floor or state.last
    delegation = turn and programme.by_code.get(turn.delegation or "")
    return {
        "id": dialogue_id,
        "title": said(programme.title),
        "place": said(programme.place),
        "programme": {
            "starts": programme.starts,
            "utc_offset": _offset(local_time(programme.starts, programme.timezone)),
            "segments": [
                {
                    "id": part.id,
                    "title": said(part.title),
                    "starts": part.starts,
                    "ends": part.ends,
                }
                for part in programme.parts
            ],
            "delegations": {
                one.code: {"name": said(one.names), "initials": one.initials, "flag": one.has_flag}
                for one in (delegation,)
                if one
            },
            "persons": {
                person.id: {"name": said(person.name), "title": said(person.title)}
                for person in programme.persons
                if turn and person.id == turn.person
            },
            "groups": {
                group.code: {"name": said(group.names)}
                for group in programme.groups
                if turn and group.code == turn.group
            },
        },
    }


def _today(programme: Programme, now: Instant) -> date:
    return local_time(now, programme.timezone).date()


def _offset(at: datetime) -> int:
    """By how many minutes clocks are ahead of Greenwich."""
    return round((at.utcoffset() or timedelta()) / timedelta(minutes=1))


def _day(shown: list[tuple[dict[str, Any], Programme]], now: Instant) -> dict[str, Any]:
    """The day and the offset of the clocks where the first room is; of Greenwich without rooms."""
    at = local_time(now, shown[0][1].timezone if shown else "UTC")
    return {"date": language.day(at.date()), "utc_offset": _offset(at)}
