"""The secretariat of the installation: all dialogues, new ones from programme files, copies."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug import Response
from werkzeug.exceptions import RequestEntityTooLarge

from moderator.core.terms import Role
from moderator.desk import Desk, DeskRole
from moderator.programme import SECRETARIAT, Problem, ProgrammeErrors
from moderator.programme.catalogue import known_groups
from moderator.programme.edit import written
from moderator.programme.source import MAX_BYTES, TOO_LARGE, Tree
from moderator.secretariat import Seat, Secretariat
from moderator.web import gate, language, listing
from moderator.web.rehearsal import rehearsals

bp = Blueprint("secretariat", __name__)

ZONES: Final = (
    "America/New_York",
    "Europe/Zurich",
    "Europe/Vienna",
    "Africa/Nairobi",
    "Africa/Addis_Ababa",
    "Asia/Bangkok",
    "Asia/Beirut",
    "America/Santiago",
)
"""Where the United Nations meet most; any other is written in the set-up."""

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
        return _page(problems=(Problem(1, "", TOO_LARGE),), status=413)
    programme = given or text.replace("\r\n", "\n").encode(errors="surrogatepass")
    try:
        made = _secretariat().create(programme)
    except ProgrammeErrors as errors:
        # What was sent as a file comes back as a text, to be put right here.
        written = programme[:MAX_BYTES].decode(errors="replace").removeprefix("\ufeff")
        return _page(problems=errors.problems, text=written, status=400)
    return redirect(url_for("secretariat.show", made=made), 303)


@bp.post("/secretariat/dialogues/plain")
def create_plain() -> ResponseReturnValue:
    """Set up a dialogue from a few words, and go on to all the others."""
    desk = _desk()
    said = {name: " ".join(value.split()) for name, value in request.form.items()}
    try:
        made = _secretariat().create(written(_plain(said)))
    except ProgrammeErrors as errors:
        return _page(problems=errors.problems, said=said, status=400)
    seat, secret = _secretariat().enter_from_desk(made, desk.language)
    return gate.keep_seat(redirect(_address(seat, set_up=True), 303), seat, secret)


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


@bp.post("/secretariat/dialogues/<dialogue_id>/rehearsal")
def rehearse(dialogue_id: str) -> Response:
    """Begin a rehearsal of a dialogue; who enters the dialogue is led into it."""
    _desk()
    rehearsals().begin(dialogue_id)
    return redirect(url_for("secretariat.show", _anchor=dialogue_id), 303)


@bp.post("/secretariat/dialogues/<dialogue_id>/rehearsal/end")
def end_rehearsal(dialogue_id: str) -> Response:
    """End the rehearsal of a dialogue; nothing of it is kept."""
    _desk()
    rehearsals().end(dialogue_id)
    return redirect(url_for("secretariat.show", _anchor=dialogue_id), 303)


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


def _plain(said: Mapping[str, str]) -> dict[str, Tree]:
    """The fields of a programme with one part, to which every State is invited."""
    original = language.known(said.get("original"))
    with force_locale(original):
        bureau = (
            ("chair", _("Chair")),
            ("secretary", _("Secretary")),
            ("assistant", _("Assistant")),
            ("rapporteur", _("Rapporteur")),
        )
        discussion, nations = _("Interactive discussion"), _("United Nations")
    return {
        "title": {original: said.get("title", "")},
        "organ": {original: said.get("organ") or nations},
        "place": {original: said.get("place", "")},
        "date": said.get("date", ""),
        "timezone": said.get("timezone", ""),
        "original": original,
        "bureau": [{"role": role, "name": {original: name}} for role, name in bureau],
        "groups": list(known_groups()),
        "delegations": ["all-member-states", "observer-states", "EU"],
        "segments": [
            {
                "kind": "panel",
                "title": {original: discussion},
                "start": said.get("start") or None,
                "end": said.get("end") or None,
            }
        ],
    }


def _page(
    problems: tuple[Problem, ...] = (),
    text: str = "",
    said: Mapping[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    page = render_template(
        "secretariat.html",
        dialogues=listing.listed(),
        seats=_secretariat().seats_in_use(),
        made=request.args.get("made"),
        problems=problems,
        in_words=language.in_words,
        text=text,
        said=said or {},
        zones=ZONES,
        largest=MAX_BYTES,
    )
    return make_response(page, status)


def _desk() -> Desk:
    return gate.desk(DeskRole.SECRETARIAT)


def _secretariat() -> Secretariat:
    return gate.installation().secretariat


def _is_ours(seat: Seat, dialogue_id: str) -> bool:
    return (seat.home, seat.role, seat.subject) == (
        dialogue_id,
        Role.SECRETARY,
        SECRETARIAT.subject,
    )


def _address(seat: Seat, set_up: bool) -> str:
    """The seat's screen, or the pages on which its dialogue is set up."""
    screen = url_for("pages.screen", seat_id=seat.id)
    return f"{screen}/setup" if set_up else screen
