"""List and record for print, as they are: a page without script, for when everything breaks."""

from typing import Any

from flask import Blueprint, render_template

from moderator.core import view
from moderator.core.model import Dialogue
from moderator.core.terms import BUREAU, Phase
from moderator.core.units import Instant
from moderator.summary.export import minutes_of
from moderator.summary.moment import at_end
from moderator.summary.record import record_of
from moderator.web import gate, language, pages
from moderator.web.picture import pictures
from moderator.web.record import document_for, log_for, reader, texts_of
from moderator.web.telling import Telling, Words, category_words, phase_words

bp = Blueprint("paper", __name__)


@bp.get("/s/<seat_id>/paper")
def page(seat_id: str) -> str:
    """The list with room to tick, then the record so far; every sheet tells of when it is."""
    seat = reader(seat_id, BUREAU)
    entries, head = log_for(seat)
    record, state = record_of(entries), at_end(entries).state
    document = document_for(seat, language.current())
    telling = Telling(record, document, texts_of(seat))
    now = gate.installation().now()
    # Without `boot`: this page has no script.
    words = {name: pages.page_of(seat)[name] for name in ("seat", "dialogue", "rehearsal")}
    return render_template(
        "paper.html",
        **words,
        version=record.version,
        head=head,
        printed=telling.day_and_time(now),
        now=_now(state, telling, now),
        waiting=_waiting(state, telling, document),
        pictures=pictures(record, document, telling, now)[:1],
        segments=telling.segments(),
        course=telling.course(),
    )


def _now(state: Dialogue, telling: Telling, now: Instant) -> Words:
    """How the meeting stands."""
    floor = state.floor
    scheduled = state.phase is Phase.SCHEDULED
    return {
        "phase": phase_words()[state.phase],
        "since": None if scheduled else telling.time_of(state.phase_since),
        "segment": None if state.segment_id is None else telling.title(state.segment_id),
        "list_open": state.list_open,
        "floor": None
        if floor is None
        else {
            **telling.speaker(floor),
            "used": minutes_of(floor.clock.used_at(now)),
            "allowance": minutes_of(floor.clock.allowance),
        },
        "gavel": None if state.gavel is None else telling.who(state.gavel),
    }


def _waiting(state: Dialogue, telling: Telling, document: dict[str, Any]) -> list[Words]:
    """The list of speakers, in order."""
    limits = {entry["id"]: entry["limit"] for entry in view.bureau(state)["list"]["entries"]}
    categories = category_words()
    return [
        {
            **telling.speaker(request),
            "number": request.number,
            "kind": categories[document["delegations"][request.delegation]["category"]],
            "asked": telling.time_of(request.asked_at),
            "limit": minutes_of(limits[request.id]),
        }
        for request in state.listed
    ]
