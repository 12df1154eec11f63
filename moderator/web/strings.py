"""GET /strings/<language>.json: the words of the screens, for the scripts that draw them.

GET /strings/<language>/hall.json: without those of the desks, for the phones of a hall.
"""

from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from flask import Blueprint, abort, jsonify, request
from werkzeug import Response

from moderator.web import language

bp = Blueprint("strings", __name__)

SCRIPTS: Final = "static/js/"
"""Only what stands in the scripts is sent; pages and answers are put into words here."""

DESKS: Final = tuple(f"{SCRIPTS}{desk}" for desk in ("chair", "record", "setup", "wall"))
"""The scripts of chair, secretariat, rapporteur and wall."""

_FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"


@bp.get("/strings/<code>.json")
def show(code: str) -> Response:
    """The translations by their English; a list of forms, in CLDR's order, for plurals."""
    return _answer(code, but=())


@bp.get("/strings/<code>/hall.json")
def hall(code: str) -> Response:
    """Those among them that phones and display say."""
    return _answer(code, but=DESKS)


def _answer(code: str, but: tuple[str, ...]) -> Response:
    if code not in language.OFFERED:
        abort(404)
    response = jsonify(lang=code, strings=_strings(code, but))
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


@cache
def _strings(code: str, but: tuple[str, ...]) -> dict[str, str | list[str]]:
    path = _FOLDER / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}  # English is the language of the sources
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    strings: dict[str, str | list[str]] = {}
    for message in catalogue:
        said_by = [name for name, _ in message.locations if name.startswith(SCRIPTS)]
        if not message.string or all(name.startswith(but) for name in said_by):
            continue
        if isinstance(message.id, str):
            strings[message.id] = str(message.string)
        else:
            strings[message.id[0]] = list(message.string)
    return strings
