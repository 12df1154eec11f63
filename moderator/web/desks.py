"""Entering a desk of the installation: the secretariat's, or the wall that shows all rooms."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from moderator.desk import DeskRole
from moderator.web import gate, language

bp = Blueprint("desks", __name__)

PAGES = {DeskRole.SECRETARIAT: "secretariat.show", DeskRole.WALL: "wall.show"}


@bp.get("/d/<token>")
def show(token: str) -> str:
    """What the link is for; nothing happens before the button is pressed."""
    return render_template("desk.html", role=gate.installation().desks.role_of(token))


@bp.post("/d/<token>")
def enter(token: str) -> Response:
    """Make a desk of this device and go to its page."""
    desk, secret = gate.installation().desks.enter(
        token, language.known(request.form.get("lang") or language.chosen())
    )
    response = redirect(url_for(PAGES[desk.role]), 303)
    return gate.keep_desk(language.remember(response, desk.language), desk, secret)
