"""GET /strings/<language>.json: the words of the screens, for the scripts that draw them."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from babel.support import Translations
from flask import Blueprint, abort, jsonify, request
from werkzeug import Response

from moderator.web import language

bp = Blueprint("strings", __name__)

DOMAIN: Final = "screens"
"""The catalogue of what stands in static/js; that of pages and answers is `messages`."""

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
    catalogue: Any = getattr(Translations.load(str(_FOLDER), [code], DOMAIN), "_catalog", {})
    strings: dict[str, str | list[str]] = {}
    for key, words in sorted(catalogue.items(), key=str):
        match key:
            case (str(source), int()):
                forms = strings.setdefault(source, [])
                if isinstance(forms, list):
                    forms.append(words)
            case str() if key:
                strings[key] = words
    return strings
