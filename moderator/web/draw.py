"""GET /draw: a page on which anybody computes a draw again, in their own browser."""

from typing import Final

from flask import Blueprint, render_template, request

bp = Blueprint("draw", __name__)

GIVEN: Final = ("seed", "commitment", "codes")
"""What an address may bring along: the revealed seed, its published hash, the codes."""


@bp.get("/draw")
def show() -> str:
    """The page with what its address brings; the server computes nothing that could be doubted."""
    return render_template("draw.html", **{name: request.args.get(name, "") for name in GIVEN})
