"""The secretariat of the installation: all dialogues, new ones from programme files, copies."""

from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge

from moderator.core.terms import Role
from moderator.desk import Desk, DeskRole
from moderator.programme import SECRETARIAT, Problem, ProgrammeErrors
from moderator.programme.source import MAX_BYTES
from moderator.secretariat import Seat, Secretariat
from moderator.web import gate, listing, refusals

bp = Blueprint("secretariat", __name__)

LARGEST_FORM: Final = 2 * MAX_BYTES + gate.MAX_BODY
"""A file and a text, each as large as a programme may be; what is larger is told in words."""


@bp.get("/secretariat")
def show() -> ResponseReturnValue:
    """All dialogues, and the form for a new one."""
    _desk()
    return _page()


@bp.post("/secretariat/dialogues")
def create() -> ResponseReturnValue:
    """Set up a dialogue from a programme file or a text; all its problems are told, or none."""
    _desk()
    request.max_content_length = request.max_form_memory_size = LARGEST_FORM
    try:
        file, text = request.files.get("file"), request.form.get("text", "")
        given = file.read() if file else b""
    except RequestEntityTooLarge:
        return _page(problems=(_too_large(),), status=413)
    programme = given or text.replace("\r\n", "\n").encode(errors="surrogatepass")
    try:
        made = _secretariat().create(programme)
    except ProgrammeErrors as errors:
        # What was sent as a file comes back as a text, to be put right here.
        written = programme[:MAX_BYTES].decode(errors="replace").removeprefix("\ufeff")
        return _page(problems=errors.problems, text=written, status=400)
    return redirect(url_for("secretariat.show", made=made), 303)


@bp.post("/secretariat/dialogues/<dialogue_id>/enter")
def enter(dialogue_id: str) -> Response:
    """Take a seat in a dialogue as one of its secretaries; the same seat in the same browser."""
    desk = _desk()
    set_up = request.form.get("to") == "setup"
    held = next((seat for seat in gate.seats_held() if _is_ours(seat, dialogue_id)), None)
    if held is not None:
        return redirect(_address(held, set_up), 303)
    seat, secret = _secretariat().enter_from_desk(dialogue_id, desk.language)
    return gate.keep_seat(redirect(_address(seat, set_up), 303), seat, secret)


@bp.post("/secretariat/dialogues/<dialogue_id>/copy")
def copy(dialogue_id: str) -> ResponseReturnValue:
    """Set up a dialogue like this one, on another day and perhaps under another title."""
    _desk()
    day, title = request.form.get("date", ""), " ".join(request.form.get("title", "").split())
    try:
        made = _secretariat().copy(dialogue_id, day, title)
    except ProgrammeErrors as errors:
        return _page(problems=errors.problems, status=400)
    return redirect(url_for("secretariat.show", made=made), 303)


@bp.get("/secretariat/dialogues/<dialogue_id>/programme.yaml")
def download(dialogue_id: str) -> Response:
    """The programme file that a dialogue was made from."""
    _desk()
    day = _secretariat().programme(dialogue_id).day
    response = make_response(_secretariat().text(dialogue_id))
    response.mimetype = "application/yaml"
    response.headers["Content-Disposition"] = f'attachment; filename="{day}-{dialogue_id}.yaml"'
    return response


def _page(
    problems: tuple[Problem, ...] = (), text: str = "", status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "secretariat.html",
        dialogues=listing.listed(),
        seats=_secretariat().seats_in_use(),
        made=request.args.get("made"),
        problems=problems,
        text=text,
        largest=MAX_BYTES,
    )
    return make_response(page, status)


def _too_large() -> Problem:
    return Problem(1, "", str(refusals.WORDS["too-large"]))


def _desk() -> Desk:
    return gate.desk(DeskRole.SECRETARIAT)


def _secretariat() -> Secretariat:
    return gate.installation().secretariat


def _is_ours(seat: Seat, dialogue_id: str) -> bool:
    return (seat.dialogue_id, seat.role, seat.subject) == (
        dialogue_id,
        Role.SECRETARY,
        SECRETARIAT.subject,
    )


def _address(seat: Seat, set_up: bool) -> str:
    """The seat's screen, or the pages on which its dialogue is set up."""
    screen = url_for("pages.screen", seat_id=seat.id)
    return f"{screen}/setup" if set_up else screen
