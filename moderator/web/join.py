"""Entering a dialogue: by the link on a place card, or by typing its short code."""

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from moderator.core.terms import Role
from moderator.secretariat import SEAT_COOKIE, Link, NotAdmitted, Seat
from moderator.web import gate, language, names, refusals

bp = Blueprint("join", __name__)

OF_THE_ROOM: Final = ("depth", "height", "mirror", "captions", "title")
"""What the link of a display may say of its room; the display itself reads it."""

SHOW: Final = {"lectern": "pages.lectern", "overlay": "pages.overlay"}
"""What the link of a display may lead to instead of the display, by `show`."""


@bp.get("/l/<token>")
def show(token: str) -> ResponseReturnValue:
    """Whom the link admits, and in which language; nothing happens before the button is pressed.

    A display that has a seat already goes on with it: after a power cut nobody is there to press.
    """
    link = gate.installation().secretariat.link(token)
    if link.role is Role.DISPLAY and (seat := _kept_seat(link)) is not None:
        return redirect(_screen_of(seat), 303)
    programme = gate.installation().secretariat.programme(link.dialogue_id)
    document = programme.document(language.current())
    return render_template(
        "join.html",
        dialogue=names.dialogue_words(link.dialogue_id, programme),
        name=names.name_of(document, link.role, link.subject),
        role=link.role,
        initials=names.initials_of(document, link.role, link.subject),
        flag=names.flag_of(document, link.role, link.subject),
        token=token,
        rehearses=gate.installation().secretariat.rehearsal_lately(link.dialogue_id) is not None,
    )


@bp.post("/l/<token>")
def enter(token: str) -> Response:
    """Make a seat for this device and go to its screen."""
    secretariat = gate.installation().secretariat
    seat, secret = secretariat.enter(
        secretariat.link(token), language.known(request.form.get("lang") or language.chosen())
    )
    response = redirect(_screen_of(seat), 303)
    return gate.keep_seat(language.remember(response, seat.language), seat, secret)


@bp.get("/join")
def ask_code() -> str:
    """The field for the short code."""
    return render_template("code.html", message=None)


@bp.post("/join")
def try_code() -> ResponseReturnValue:
    """Go to the link of a code; a wrong one is told in its own words, and counted."""
    address = request.remote_addr or ""
    gate.refuse_guessing(address)
    try:
        link: Link = gate.installation().secretariat.link_by_code(request.form.get("code", ""))
    except NotAdmitted as refused:
        gate.count_wrong_code(address)
        message = str(refusals.WORDS[refused.reason])
        return make_response(render_template("code.html", message=message), 404)
    return redirect(url_for("join.show", token=link.token), 303)


@bp.post("/lang")
def choose() -> Response:
    """Change the language of this browser, and of the seat that asks."""
    chosen = language.known(request.form.get("lang"))
    seat_id = request.form.get("seat", "")
    back = url_for("pages.start" if request.form.get("back") == "start" else "join.ask_code")
    if seat_id:
        gate.seat_of_page(seat_id)
        gate.installation().secretariat.speak(seat_id, chosen)
        back = url_for("pages.screen", seat_id=seat_id)
    return language.remember(redirect(back, 303), chosen)


def _screen_of(seat: Seat) -> str:
    """The page of a seat; of a display the one its link asks for, with what it says of the room."""
    of_display = seat.role is Role.DISPLAY
    told = {name: request.args[name] for name in OF_THE_ROOM if of_display and name in request.args}
    asked = request.args.get("show", "") if of_display else ""
    page = url_for(SHOW.get(asked, "pages.screen"), seat_id=seat.id)
    return f"{page}?{urlencode(told)}" if told else page


def _kept_seat(link: Link) -> Seat | None:
    """A seat that this device has by such a link, and that still stands."""
    for name, secret in request.cookies.items():
        if not name.startswith(SEAT_COOKIE):
            continue
        try:
            seat = gate.installation().secretariat.seat(name.removeprefix(SEAT_COOKIE), secret)
        except NotAdmitted:
            continue
        if (seat.home, seat.role) == (link.dialogue_id, link.role):
            return seat
    return None
