"""GET /strings/<language>.json: the words of the screens, for the scripts that draw them."""

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

_FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"


@bp.get("/strings/<code>.json")
def show(code: str) -> Response:
    """The translations by their English; a list of forms, in CLDR's order, for plurals."""
    if code not in language.OFFERED:
        abort(404)
    response = jsonify(lang=code, strings=_strings(code))
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


@cache
def _strings(code: str) -> dict[str, str | list[str]]:
    path = _FOLDER / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}  # English is the language of the sources
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    strings: dict[str, str | list[str]] = {}
    for message in catalogue:
        if not message.string or not any(name.startswith(SCRIPTS) for name, _ in message.locations):
            continue
        if isinstance(message.id, str):
            strings[message.id] = str(message.string)
        else:
            strings[message.id[0]] = list(message.string)
    return strings
