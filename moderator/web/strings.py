"""GET /strings/<language>.json: the words of the screens, for the scripts that draw them.

GET /strings/<language>/hall.json: without those of the desks, for those who follow.
GET /strings/<language>/phone.json: those of a delegation's phone, with what every screen says.
GET /strings/<language>/more.json: the same, with those of what a phone loads when it is wanted.
GET /strings/<language>/display.json: those of the display, with what every screen says.
GET /strings/<language>/panel.json: the same, with those of the settings of a display.
GET /strings/<language>/lectern.json: those of the lectern and of the overlay of a webcast.
"""

from collections.abc import Iterable
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

DESKS: Final = (
    "moderator/programme/",
    "moderator/secretariat.py",
    "moderator/text.py",
    "moderator/web/order.py",
    "moderator/web/picture.py",
    "moderator/web/record.py",
    "moderator/web/roster.py",
    "moderator/web/telling.py",
    "static/js/cards",
    "static/js/chair",
    "static/js/links",
    "static/js/print",
    "static/js/record",
    "static/js/setup",
    "static/js/summary",
    "static/js/wall",
    "templates/cards.html",
    "templates/chair.html",
    "templates/desk.html",
    "templates/links.html",
    "templates/paper.html",
    "templates/record.html",
    "templates/secretariat.html",
    "templates/setup.html",
    "templates/summary.html",
    "templates/timeline.html",
    "templates/told.html",
)
"""How the paths begin of the files whose words only the bureau reads."""

DISPLAY: Final = (f"{SCRIPTS}display",)
PANEL: Final = tuple(f"{SCRIPTS}display/{name}.js" for name in ("panel", "picture", "words"))
"""What a display fetches when somebody sets it up."""
SEATS_APART: Final = (f"{SCRIPTS}booth", f"{SCRIPTS}kinds", f"{SCRIPTS}panellist")
"""Pages of which a hall has a few: nobody else loads their words."""
RECEIVERS: Final = (f"{SCRIPTS}lectern", f"{SCRIPTS}overlay")
"""The other pages of a display."""
FOLLOWERS: Final = (f"{SCRIPTS}follow",)
PHONES: Final = (f"{SCRIPTS}phone", *FOLLOWERS)
MORE: Final = tuple(
    f"{SCRIPTS}{name}"
    for name in ("phone/menu.js", "phone/more", "own.js", "said.js", "booth/words.js")
)
"""What a phone fetches once it waits, speaks, or something is not as every day."""

_FOLDER: Final = Path(__file__).resolve().parent.parent / "translations"


@bp.get("/strings/<code>.json")
def show(code: str) -> Response:
    """The translations by their English; a list of forms, in CLDR's order, for plurals."""
    return _answer(code, but=())


@bp.get("/strings/<code>/hall.json")
def hall(code: str) -> Response:
    """Those among them that the pages of those who follow say."""
    return _answer(code, but=DESKS + DISPLAY + RECEIVERS)


@bp.get("/strings/<code>/phone.json")
def phone(code: str) -> Response:
    """Those among them that a delegation's phone says: a hall loads its phones all at once."""
    return _answer(code, but=DESKS + DISPLAY + RECEIVERS + FOLLOWERS + SEATS_APART + MORE)


@bp.get("/strings/<code>/more.json")
def more(code: str) -> Response:
    """Those among them that a phone says with those of what it loads when it is wanted."""
    apart = (f"{SCRIPTS}booth.js", f"{SCRIPTS}booth/s", f"{SCRIPTS}booth/c", f"{SCRIPTS}panellist")
    return _answer(code, but=DESKS + DISPLAY + RECEIVERS + FOLLOWERS + apart)


@bp.get("/strings/<code>/display.json")
def display(code: str) -> Response:
    """Those among them that the display says, but those of its settings."""
    return _answer(code, but=DESKS + PHONES + SEATS_APART + RECEIVERS + PANEL)


@bp.get("/strings/<code>/panel.json")
def panel(code: str) -> Response:
    """Those among them that the display says with those of its settings."""
    return _answer(code, but=DESKS + PHONES + SEATS_APART + RECEIVERS)


@bp.get("/strings/<code>/lectern.json")
def lectern(code: str) -> Response:
    """Those among them that the lectern and the overlay say."""
    return _answer(code, but=DESKS + PHONES + SEATS_APART + DISPLAY)


def is_for_the_hall(files: Iterable[str]) -> bool:
    """Whether a string of these files (paths from the root) is read by others than the bureau.

    What no list names is for the hall: a new page must be complete in six languages until DESKS
    says that it is the bureau's.
    """
    return any(not name.startswith(DESKS) for name in files)


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
        if all(name.startswith(but) for name in said_by):  # or by no script at all
            continue
        forms = [message.string] if isinstance(message.string, str) else message.string or []
        if not forms or not all(forms):
            continue  # not translated yet: the English stands in its place
        if isinstance(message.id, str):
            strings[message.id] = forms[0]
        else:
            strings[message.id[0]] = list(forms)
    return strings
