"""Other orders of the list, as proposals, and who was heard: what the chair weighs, in words.

GET /api/dialogues/<id>/order?policy=…&every=…: the list as a policy would have it.
GET /api/dialogues/<id>/balance: turns and time by region and kind of voice, with hints.
"""

from dataclasses import asdict
from typing import Annotated, Any, Final

from flask import Blueprint, jsonify, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug import Response

from moderator.core.authority import PRESIDING
from moderator.core.draw import drawn
from moderator.core.fairness import Hint, HintReason, Present, fairness
from moderator.core.model import Dialogue
from moderator.core.order import (
    BETWEEN_STAKEHOLDERS,
    Moved,
    Proposal,
    Why,
    candidates,
    others_since_stakeholder,
    propose,
)
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import BUREAU, DelegationCode, Policy
from moderator.programme import Programme
from moderator.programme.catalogue import known_groups
from moderator.programme.languages import said_in
from moderator.web import gate, language, refusals

bp = Blueprint("order", __name__)

MOST_BETWEEN: Final = 20
"""Of so many others at most a stakeholder has one turn; beyond that it has none."""

REASONS: Final[dict[Why, Any]] = {
    Why.ARRIVAL: _l("asked earlier"),
    Why.FOR_A_GROUP: _l("speaks on behalf of a group"),
    Why.AFTER_GROUPS: _l("speaks for itself: groups go first"),
    Why.NOT_HEARD_YET: _l("not heard yet"),
    Why.HEARD_IN_THE_DIALOGUE: _l("heard earlier in the dialogue"),
    Why.HEARD_IN_THE_SEGMENT: _l("heard in this part already"),
    Why.HEAD: _l("head of State or Government"),
    Why.MINISTER: _l("minister"),
    Why.OTHER_LEVEL: _l("below the level of minister"),
    Why.TURN_OF_ITS_REGION: _l("turn of its regional group"),
    Why.TURN_OF_NO_REGION: _l("turn of those outside the regional groups"),
    Why.TURN_OF_A_STAKEHOLDER: _l("turn of a stakeholder"),
    Why.BETWEEN_STAKEHOLDERS: _l("between two stakeholders"),
    Why.DRAWN: _l("its lot"),
    Why.AFTER_THE_DRAW: _l("not in the draw: after it"),
}
"""Why an entry would be moved, for the chair to say."""


class Wanted(BaseModel):
    """What is asked for in the query."""

    model_config = ConfigDict(extra="forbid")

    policy: Policy
    every: Annotated[int, Field(ge=1, le=MOST_BETWEEN)] = BETWEEN_STAKEHOLDERS


@bp.get("/api/dialogues/<dialogue_id>/order")
def proposed(dialogue_id: str) -> Response:
    """The list as a policy would have it; nothing is moved (decision 0022).

    For chair and secretary. Raises Invalid; Rejected, no-draw, while no draw was revealed.
    """
    seat = gate.seat_in(dialogue_id, frozenset(PRESIDING))
    try:
        wanted = Wanted.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise refusals.Invalid(error) from None
    house = gate.installation()
    state = house.service.state(dialogue_id)
    proposal = _proposal(state, house.secretariat.programme(seat.dialogue_id), wanted)
    return jsonify(
        version=state.version,
        segment=state.segment_id,
        policy=proposal.policy,
        order=proposal.order,
        moved=[_moved(one) for one in proposal.moved],
    )


def _proposal(state: Dialogue, programme: Programme, wanted: Wanted) -> Proposal:
    lots: tuple[DelegationCode, ...] | None = None
    if wanted.policy is Policy.DRAW:
        draw = state.draw
        if draw is None or draw.seed is None or draw.codes is None:
            raise Rejected(Reason.NO_DRAW)
        lots = tuple(lot.code for lot in drawn(draw.seed, draw.codes))
    regions = {one.code: one.region for one in programme.delegations}
    return propose(
        candidates(state, regions),
        wanted.policy,
        every=wanted.every,
        since=others_since_stakeholder(state),
        drawn=lots,
    )


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "id": one.id,
        "former": one.former,
        "place": one.place,
        "why": one.why,
        "words": str(REASONS[one.why]),
    }


@bp.get("/api/dialogues/<dialogue_id>/balance")
def balance(dialogue_id: str) -> Response:
    """Turns and time of those who were heard, and what the chair may want to look at."""
    gate.seat_in(dialogue_id, BUREAU)
    house = gate.installation()
    state = house.service.state(dialogue_id)
    programme = house.secretariat.programme(dialogue_id)
    present = {one.code: Present(one.region, one.category) for one in programme.delegations}
    figures = fairness(state, present)
    return jsonify(
        version=state.version,
        segment=asdict(figures.segment),
        dialogue=asdict(figures.dialogue),
        hints=[{**asdict(hint), "words": _hint(hint)} for hint in figures.hints],
    )


def _hint(hint: Hint) -> str:
    """What a hint says; it names no delegation, and proposes nothing."""
    match hint.reason:
        case HintReason.REGION_NOT_HEARD:
            words = ngettext(
                "%(region)s: nobody heard yet; %(other)s: %(num)s turn.",
                "%(region)s: nobody heard yet; %(other)s: %(num)s turns.",
                hint.count,
                region=_region(hint.region),
                other=_region(hint.other),
            )
        case HintReason.STAKEHOLDERS_NOT_HEARD:
            words = ngettext(
                "No stakeholder heard yet in %(num)s turn.",
                "No stakeholder heard yet in %(num)s turns.",
                hint.count,
            )
        case HintReason.FIRST_TIME_BEHIND_SECOND:
            words = ngettext(
                "First statements wait behind %(num)s second one.",
                "First statements wait behind %(num)s second ones.",
                hint.count,
            )
    return str(words)


def _region(code: str | None) -> str:
    group = known_groups().get(code or "")
    return _("Others") if group is None else said_in(group.names, language.current(), "en")
