"""The links of a dialogue, for chair and secretary: seen, issued again, revoked; and their page."""

from collections import Counter
from typing import Annotated, Any, Final, Self

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, model_validator
from werkzeug.exceptions import NotFound

from moderator.core.authority import PRESIDING
from moderator.core.terms import Category, Role
from moderator.secretariat import Link, Seat, UnknownLink, Which
from moderator.web import gate, language, names, pages, refusals
from moderator.web.wire import Name

bp = Blueprint("links", __name__)

MOST: Final = 2_000
"""Links named in one request; no hall has as many."""


class WhichBody(BaseModel):
    """Which links are meant: one of the three."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Role | None = None
    category: Category | None = None
    links: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST)] | None = None

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(part is not None for part in (self.role, self.category, self.links)) != 1:
            raise ValueError("name a role, a category, or links")
        return self

    @property
    def which(self) -> Which:
        """The same in the words of the secretariat."""
        ids = None if self.links is None else frozenset(self.links)
        return Which(self.role, self.category, ids)


class ManyAgainBody(WhichBody):
    """Which links are issued again; `expel` ends the seats made by the old ones."""

    expel: bool = False


class AgainBody(BaseModel):
    """How a link is issued again; `expel` ends the seats made by the old one."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    expel: bool = False


@bp.get("/s/<seat_id>/links")
def page(seat_id: str) -> str:
    """The page on which links are looked after; its script draws it."""
    seat = gate.seat_of_page(seat_id)
    if seat.role not in PRESIDING:
        raise refusals.NotAllowed
    drawn = pages.page_of(seat)
    drawn["boot"]["urls"] |= {
        "link_list": url_for("links.index", dialogue_id=seat.dialogue_id),
        "seat_list": url_for("seats.index", dialogue_id=seat.dialogue_id),
    }
    return render_template("links.html", **drawn)


@bp.get("/api/dialogues/<dialogue_id>/links")
def index(dialogue_id: str) -> Response:
    """All links with their codes and how many devices hold a seat by each; instants in ms."""
    gate.seat_in(dialogue_id, frozenset(PRESIDING))
    return jsonify(links=_told(gate.installation().secretariat.links(dialogue_id), dialogue_id))


@bp.post("/api/dialogues/<dialogue_id>/links/<link_id>/reissue")
def reissue(dialogue_id: str, link_id: str) -> ResponseReturnValue:
    """Give a link a new token and code; a body is needed only to end its seats as well."""
    seat = _writer(dialogue_id)
    body = gate.body_of(AgainBody, may_be_empty=True)
    which = Which(ids=frozenset({link_id}))
    return _reissued(seat, which, expel=body.expel)


@bp.post("/api/dialogues/<dialogue_id>/links/<link_id>/revoke")
def revoke(dialogue_id: str, link_id: str) -> ResponseReturnValue:
    """End a link and the seats made by it; again: it keeps its instant."""
    return _revoked(_writer(dialogue_id), Which(ids=frozenset({link_id})))


@bp.post("/api/dialogues/<dialogue_id>/links/reissue")
def reissue_many(dialogue_id: str) -> ResponseReturnValue:
    """Give links a new token and code each, all that are meant or none."""
    seat = _writer(dialogue_id)
    body = gate.body_of(ManyAgainBody)
    return _reissued(seat, body.which, expel=body.expel)


@bp.post("/api/dialogues/<dialogue_id>/links/revoke")
def revoke_many(dialogue_id: str) -> ResponseReturnValue:
    """End links and the seats made by them, all that are meant or none."""
    seat = _writer(dialogue_id)
    body = gate.body_of(WhichBody)
    return _revoked(seat, body.which)


def _writer(dialogue_id: str) -> Seat:
    seat = gate.seat_in(dialogue_id, frozenset(PRESIDING))
    gate.count_command(seat)
    if seat.rehearses:
        raise refusals.InRehearsal
    return seat


def _reissued(seat: Seat, which: Which, *, expel: bool) -> ResponseReturnValue:
    secretariat = gate.installation().secretariat
    try:
        if expel and _has_own(seat, secretariat.meant(seat.dialogue_id, which)):
            return refusals.refusal("own-link", 409)
        links = secretariat.reissue_all(seat.dialogue_id, which, expel=expel)
    except UnknownLink:
        raise NotFound from None
    return jsonify(links=_told(links, seat.dialogue_id))


def _revoked(seat: Seat, which: Which) -> ResponseReturnValue:
    secretariat = gate.installation().secretariat
    try:
        if _has_own(seat, secretariat.meant(seat.dialogue_id, which)):
            return refusals.refusal("own-link", 409)
        links = secretariat.revoke_all(seat.dialogue_id, which)
    except UnknownLink:
        raise NotFound from None
    return jsonify(links=_told(links, seat.dialogue_id))


def _has_own(seat: Seat, links: tuple[Link, ...]) -> bool:
    """Whether the asker came by one of them: whoever shut that would be outside."""
    return any((link.role, link.subject) == (seat.role, seat.subject) for link in links)


def _told(links: tuple[Link, ...], dialogue_id: str) -> list[dict[str, Any]]:
    house = gate.installation()
    document = house.secretariat.programme(dialogue_id).document(language.current())
    now = house.now()
    devices = Counter(
        (seat.role, seat.subject)
        for seat in house.secretariat.seats(dialogue_id)
        if seat.expelled_at is None and seat.expires_at > now
    )
    here = pages.public_address()
    return [
        {
            "id": link.id,
            "role": link.role,
            "subject": link.subject,
            "name": names.name_of(document, link.role, link.subject),
            "code": link.code,
            "url": here + url_for("join.show", token=link.token),
            "issue": link.issue,
            "revoked_at": link.revoked_at,
            "devices": devices[link.role, link.subject],
        }
        for link in links
    ]
