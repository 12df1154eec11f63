"""Those who have come without being expected: they register, and are let in with one press."""

from typing import Annotated, Any

from flask import Blueprint, Response, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from werkzeug import Response as WerkzeugResponse

from moderator.core.authority import PRESIDING
from moderator.core.terms import Category, Role
from moderator.programme.form import NAME
from moderator.store.registry import WalkInRow
from moderator.text import paragraphs
from moderator.walkins import CATEGORIES, NotFit, WalkIns
from moderator.web import gate, refusals, roster

bp = Blueprint("walkins", __name__)

Line = Annotated[str, Field(max_length=NAME), AfterValidator(paragraphs)]


def _category(value: Category) -> Category:
    if value not in CATEGORIES:
        raise ValueError("a State has a link of its own")
    return value


class RegistrationBody(BaseModel):
    """Who asks to take part; `person` is seen by chair and secretary alone."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    name: Line
    category: Annotated[Category, Field(strict=False), AfterValidator(_category)]
    person: Line


@bp.get("/api/dialogues/<dialogue_id>/walk-ins")
def index(dialogue_id: str) -> Response:
    """All who have registered, for chair and secretary; for a follower its own."""
    seat = gate.seat_in(dialogue_id, frozenset({*PRESIDING, Role.FOLLOWER}))
    if seat.role is Role.FOLLOWER:
        mine = _door().of(seat)
        return jsonify(walk_ins=[] if mine is None else [_told(mine)])
    response = jsonify(walk_ins=[_told(row) for row in _door().all(dialogue_id)])
    response.add_etag()
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)  # type: ignore[return-value]


@bp.post("/api/dialogues/<dialogue_id>/walk-ins")
def register(dialogue_id: str) -> ResponseReturnValue:
    """A follower's device asks to take part; the same again is the same registration."""
    seat = gate.seat_in(dialogue_id, frozenset({Role.FOLLOWER}))
    gate.count_command(seat)
    if request.mimetype != "application/json":
        return refusals.refusal("not-json", 415)
    try:
        body = RegistrationBody.model_validate_json(request.get_data())
    except ValidationError as error:
        return refusals.invalid(error)
    return jsonify(_told(_door().register(seat, body.name, body.category, body.person)))


@bp.post("/api/dialogues/<dialogue_id>/walk-ins/<walk_in_id>/approve")
def approve(dialogue_id: str, walk_in_id: str) -> ResponseReturnValue:
    """Let somebody in; again: the same answer."""
    seat = gate.seat_in(dialogue_id, frozenset(PRESIDING))
    return jsonify(approved=_door().approve(dialogue_id, walk_in_id, seat.actor))


@bp.post("/api/dialogues/<dialogue_id>/walk-ins/<walk_in_id>/refuse")
def refuse(dialogue_id: str, walk_in_id: str) -> ResponseReturnValue:
    """Turn somebody away; again: the same answer."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    _door().refuse(dialogue_id, walk_in_id)
    return jsonify(refused=walk_in_id)


@bp.post("/s/<seat_id>/take-part")
def take_part(seat_id: str) -> WerkzeugResponse:
    """Make the device of somebody who was let in a seat of its delegation."""
    seat, secret = _door().take_part(gate.seat_of_page(seat_id))
    return gate.keep_seat(redirect(url_for("pages.screen", seat_id=seat.id), 303), seat, secret)


@bp.errorhandler(NotFit)
def not_fit(error: NotFit) -> ResponseReturnValue:
    """Why the name cannot be taken, in the words of the roster."""
    g.reason = "name-not-fit"
    return jsonify(reason="name-not-fit", message=roster.in_words(error.problem)["message"]), 409


def _door() -> WalkIns:
    house = gate.installation()
    return WalkIns(house.engine, house.now, house.service, house.secretariat)


def _told(row: WalkInRow) -> dict[str, Any]:
    decided = "approved" if row.delegation is not None else "refused"
    return {
        "id": row.id,
        "name": row.name,
        "category": row.category,
        "person": row.person,
        "asked_at": row.asked_at,
        "state": "pending" if row.decided_at is None else decided,
        "delegation": row.delegation,
    }
