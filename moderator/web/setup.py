"""Set-up of a dialogue by chair or secretary: its programme, its people, whoever takes part."""

from flask import Blueprint, Response, jsonify, make_response, render_template

from moderator.core.authority import PRESIDING
from moderator.programme.catalogue import known_delegations, known_groups
from moderator.programme.languages import place_in_alphabet, said_in
from moderator.web import flags, gate, language, pages
from moderator.web.record import file_name, reader

bp = Blueprint("setup", __name__)


@bp.get("/s/<seat_id>/setup")
def page(seat_id: str) -> str:
    """The fields of the programme, to be changed; the page's script fills them in."""
    seat = reader(seat_id, frozenset(PRESIDING))
    return render_template("setup.html", **pages.page_of(seat))


@bp.get("/s/<seat_id>/programme.yaml")
def file(seat_id: str) -> Response:
    """The programme file, as it would be loaded again."""
    seat = reader(seat_id, frozenset(PRESIDING))
    mark = "# Rehearsal\n" if seat.rehearses else ""
    response = make_response(mark + gate.installation().secretariat.text(seat.dialogue_id))
    response.headers["Content-Type"] = "application/yaml; charset=utf-8"
    name = file_name(seat, f"programme-{seat.dialogue_id}.yaml")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@bp.get("/api/catalogue")
def catalogue() -> Response:
    """The delegations and groups that a programme may name by their codes, in a language."""
    code = language.chosen()
    delegations = sorted(
        (
            {
                "code": one.code,
                "name": said_in(one.names, code, "en"),
                "category": one.category,
                "region": one.region,
                "flag": flags.address(one.code) if one.has_flag else "",
            }
            for one in known_delegations().values()
        ),
        key=lambda one: place_in_alphabet(str(one["name"]), code),
    )
    groups = [
        {"code": one.code, "name": said_in(one.names, code, "en")}
        for one in known_groups().values()
    ]
    response = jsonify(delegations=delegations, groups=groups)
    # The language stands in the address.
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
