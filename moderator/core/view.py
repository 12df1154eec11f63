"""What each audience sees of a dialogue, as plain JSON sections; only what changed is sent again.

Codes, ids and milliseconds: names come from the programme document, and free texts are fetched by
their ids (see `reading`). What the public never sees (design § 5) is simply not put in here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from moderator.core.forecast import forecast
from moderator.core.limits import allowance_of_request, have_spoken, was_heard
from moderator.core.listing import can_be_reinstated
from moderator.core.model import Dialogue, FreeText, Intervention, Request, Rules
from moderator.core.questions import questions_to
from moderator.core.rounds import replied, taken
from moderator.core.terms import STATEMENTS, InterventionId, Kind, SegmentId
from moderator.core.units import Duration

View = dict[str, Any]
"""Sections by name; each is replaced whole when anything in it changes."""

PUBLIC_ROWS: Final = 8
"""How many entries of the list every phone and display gets."""

STATEMENT_ROWS: Final = 8
"""To how many of the latest turns a screen offers to reply."""


def public(state: Dialogue) -> View:
    """The sections for delegations, displays and followers.

    Of a hidden list there is no entry and no order, only how long it is.
    """
    shown = () if state.hidden else state.listed
    expected = forecast(state)
    return {
        **_common(state),
        "forecast": {
            "next_at": expected.next_at,
            "slot": expected.slot,
            "holds_until": expected.holds_until,
        },
        "list": {
            **_list(state),
            "first": _entries(state, shown[:PUBLIC_ROWS]),
            "order": [request.delegation for request in shown],
        },
    }


def bureau(state: Dialogue) -> View:
    """The sections for the bureau: all lists, who presides, and what the public never sees."""
    expected = forecast(state)
    return {
        **_common(state),
        "forecast": {**asdict(expected), "starts": list(expected.starts)},
        "list": {**_list(state), "entries": _bureau_entries(state, state.listed)},
        "replies": _bureau_entries(state, _requests(state, state.replies)),
        "points": {
            "waiting": _bureau_entries(state, _requests(state, state.points)),
            "unruled": _unruled(state),
        },
        "not_heard": _not_heard(state),
        "statements": statements(state)[:STATEMENT_ROWS],
        "questions": _questions_by_person(state),
        "round": _round(state),
        "speaker": _for_the_speaker(state),
        "gavel": state.gavel,
        "programme": [_sitting(state, segment.id) for segment in state.segments],
        "heard": _heard(state),
        "spoken": _spoken(state),
        "private_limits": [
            {"delegation": delegation, "person": person, "total": total}
            for (delegation, person), total in sorted(
                state.private_limits.items(), key=lambda item: [code or "" for code in item[0]]
            )
        ],
    }


def wall(state: Dialogue) -> View:
    """What a card on the wall shows of a room: who speaks, how many wait, how far from its plan."""
    common = _common(state)
    expected = forecast(state)
    return {
        **{part: common[part] for part in ("dialogue", "segment", "floor", "last")},
        "list": {"open": state.list_open, "length": len(state.waiting)},
        "forecast": {
            "drift": expected.drift,
            "ends": expected.ends,
            "planned_end": expected.planned_end,
            "holds_until": expected.holds_until,
        },
        "programme": [
            {"id": segment, "begun_at": sitting.begun_at}
            for segment, sitting in state.sittings.items()
        ],
    }


def rules_section(rules: Rules) -> View:
    """The rules of a segment as the wire spells them; durations in milliseconds."""
    limits = rules.limits
    return {
        "limits": {
            "national": limits.national,
            "group": limits.group,
            "observer": limits.observer,
            "stakeholder": limits.stakeholder,
            "panellist": limits.panellist,
            "again": limits.again,
            "reply": limits.reply,
            "right_of_reply": limits.right_of_reply,
            "right_of_reply_again": limits.right_of_reply_again,
            "point_of_order": limits.point_of_order,
        },
        "enforcement": rules.enforcement,
        "warning": rules.warning,
        "grace": rules.grace,
        "start_after": rules.start_after,
        "round": rules.round,
        "draw_window": rules.draw_window,
    }


def _common(state: Dialogue) -> View:
    return {
        "dialogue": {
            "phase": state.phase,
            "since": state.phase_since,
            "interpretation_until": list(state.interpretation_until),
        },
        "segment": _segment(state),
        "floor": None if state.floor is None else _turn(state, state.floor),
        "interrupted": None if state.interrupted is None else _turn(state, state.interrupted),
        "last": _last(state),
        "revision": state.revision,
        "stage": {"blackout": state.stage.blackout, "message": text_id(state.stage.message)},
    }


def _segment(state: Dialogue) -> View | None:
    segment = state.segment
    if segment is None:
        return None
    announced = state.announced.get(segment.id)
    return {
        "id": segment.id,
        "kind": segment.kind,
        "begun_at": state.sittings[segment.id].begun_at,
        "rules": rules_section(segment.rules),
        "announced": announced and {"at": announced.at, "by": announced.by},
    }


def _turn(state: Dialogue, turn: Intervention) -> View:
    return {
        **speaker(state, turn),
        "given_at": turn.given_at,
        "starts_at": turn.starts_at,
        "allowance": turn.clock.allowance,
        "used": turn.clock.used,
        "running_since": turn.clock.running_since,
        "paused": turn.paused,
        # Of the rules when the floor was given: other ones hold from the next speaker on.
        "enforcement": turn.enforcement,
        "warning": turn.warning,
        "grace": turn.grace,
    }


def _last(state: Dialogue) -> View | None:
    """The turn that ended last in this segment: its name and TIME stay until the next turn."""
    turn = state.last
    if state.floor is not None or turn is None:
        return None
    return {
        **speaker(state, turn),
        "allowance": turn.clock.allowance,
        "used": turn.clock.used,
        "outcome": turn.outcome,
        "ended_at": turn.ended_at,
    }


def speaker(state: Dialogue, turn: Intervention) -> View:
    """Who speaks, what for and on whose behalf, as everybody may know it."""
    request = state.requests.get(turn.id)
    return {
        "id": turn.id,
        "delegation": turn.delegation,
        "person": turn.person,
        "kind": turn.kind,
        "capacity": turn.capacity,
        "group": turn.group,
        "also_national": request is not None and request.also_national,
        "to": request and request.to,
        "statement": request and request.statement,
        "in_reply_to": None if request is None else replied_to(state, request),
        "shown": _shown_speaker(state, turn),
    }


def replied_to(state: Dialogue, request: Request) -> View | None:
    """Whose statement a right of reply replies to; None for other requests."""
    turn = None if request.statement is None else state.interventions.get(request.statement)
    right = None if turn is None else state.as_recorded(turn)
    if right is None:
        return None
    return {"delegation": right.delegation, "person": right.person, "group": right.group}


def _shown_speaker(state: Dialogue, one: Request | Intervention) -> View | None:
    """The texts of the speaker's name and title, where they were let out to the public."""
    details = state.details.get(one.id)
    if details is None or not details.show_speaker:
        return None
    return {"speaker": text_id(details.speaker), "title": text_id(details.title)}


def _list(state: Dialogue) -> View:
    draw = state.draw
    return {
        "open": state.list_open,
        "closes_at": state.closes_at,
        "hidden": state.hidden,
        "length": len(state.waiting),
        "draw": draw
        and {
            "sha256": draw.sha256,
            "window_ends": draw.window_ends,
            "seed": draw.seed,
            "codes": None if draw.codes is None or state.hidden else list(draw.codes),
        },
    }


def _entries(state: Dialogue, requests: Iterable[Request]) -> list[View]:
    spoken = have_spoken(state)
    heard = _heard(state)
    return [
        {
            "id": request.id,
            "delegation": request.delegation,
            "kind": request.kind,
            "capacity": request.capacity,
            "group": request.group,
            "also_national": request.also_national,
            "to": request.to,
            "number": request.number,
            "asked_at": request.asked_at,
            "limit": allowance_of_request(state, request, spoken),
            "first": request.delegation not in heard,
            "shown": _shown_speaker(state, request),
        }
        for request in requests
    ]


def _requests(state: Dialogue, line: tuple[InterventionId, ...]) -> tuple[Request, ...]:
    return tuple(state.requests[request] for request in line)


def _bureau_entries(state: Dialogue, requests: tuple[Request, ...]) -> list[View]:
    """Entries with what only the bureau and interpreters are told."""
    return [
        {
            **entry,
            "by_bureau": request.by_bureau,
            "statement": request.statement,
            "in_reply_to": replied_to(state, request),
            "details": details_section(state, request),
            "private_limit": state.private_limits.get((request.delegation, None)),
        }
        for entry, request in zip(_entries(state, requests), requests, strict=True)
    ]


def details_section(state: Dialogue, one: Request | Intervention) -> View | None:
    """What is said about a speaker, texts by their ids; None where nothing is."""
    details = state.details.get(one.id)
    if details is None:
        return None
    return {
        "level": details.level,
        "language": details.language,
        "delivery": details.delivery,
        "speaker": text_id(details.speaker),
        "title": text_id(details.title),
        "text": text_id(details.text),
        "gist": text_id(details.gist),
        "show_speaker": details.show_speaker,
    }


def _for_the_speaker(state: Dialogue) -> View | None:
    """What concerns whoever has the floor and is not for the public; None when nobody has it."""
    turn = state.floor
    if turn is None:
        return None
    return {
        "id": turn.id,
        "details": details_section(state, turn),
        "note": text_id(turn.note),
        "slow_down": turn.slow_down,
        "private_limit": state.private_limits.get((turn.delegation, turn.person)),
    }


def text_id(text: FreeText | None) -> str | None:
    """The id by which a free text is fetched."""
    return None if text is None else text.id


def _unruled(state: Dialogue) -> list[View]:
    """Points of order that were heard, and that the chair has not ruled on."""
    return [
        {"id": turn.id, "delegation": turn.delegation, "ended_at": turn.ended_at}
        for turn in state.recorded
        if turn.kind is Kind.POINT_OF_ORDER
        and turn.id not in state.rulings
        and was_heard(state, turn)
    ]


def _not_heard(state: Dialogue) -> list[View]:
    """Requests that left their list unheard and can be reinstated."""
    return [
        {
            "id": request.id,
            "delegation": request.delegation,
            "kind": request.kind,
            "capacity": request.capacity,
            "group": request.group,
            "number": request.number,
            "standing": request.standing,
        }
        for request in state.requests.values()
        if can_be_reinstated(state, request)
    ]


def statements(state: Dialogue) -> list[View]:
    """The turns to which a right of reply may reply, the last one first."""
    turns = [
        turn
        for turn in state.recorded
        if turn.kind is not Kind.POINT_OF_ORDER and was_heard(state, turn)
    ]
    turns = sorted(turns, key=lambda turn: turn.given_at)[::-1]
    return [
        {
            "id": turn.id,
            "delegation": turn.delegation,
            "person": turn.person,
            "group": turn.group,
            "given_at": turn.given_at,
        }
        for turn in turns
    ]


def _questions_by_person(state: Dialogue) -> View:
    asked = {question.to for question in state.questions.values()}
    asked |= {request.to for request in state.requests.values() if request.to is not None}
    return {person: questions_to(state, person) for person in sorted(asked)}


def _round(state: Dialogue) -> View | None:
    segment = state.segment
    if segment is None or segment.rules.round is None:
        return None
    return {"size": segment.rules.round, "taken": taken(state), "replied": replied(state)}


def _sitting(state: Dialogue, segment_id: SegmentId) -> View:
    sitting = state.sittings.get(segment_id)
    heard = dict.fromkeys(
        turn.person
        for turn in state.recorded
        if turn.segment == segment_id and turn.person and was_heard(state, turn)
    )
    return {
        "id": segment_id,
        "begun_at": sitting and sitting.begun_at,
        "ended_at": sitting and sitting.ended_at,
        "heard": list(heard),
    }


def _heard(state: Dialogue) -> dict[str, int]:
    """How many statements each delegation has made, or makes, in the current segment."""
    return dict(
        Counter(
            turn.delegation
            for turn in state.recorded
            if turn.segment == state.segment_id
            and turn.delegation
            and turn.kind in STATEMENTS
            and was_heard(state, turn)
        )
    )


def _spoken(state: Dialogue) -> View:
    """What each delegation and group has had of the whole dialogue: turns, and time used in all.

    A turn on behalf of a group counts for both. The clock that runs counts when it is stopped.
    """
    delegations: dict[str, list[Duration]] = {}
    groups: dict[str, list[Duration]] = {}
    for turn in state.recorded:
        if not was_heard(state, turn):
            continue
        if turn.delegation is not None:
            delegations.setdefault(turn.delegation, []).append(turn.clock.used)
        if turn.group is not None:
            groups.setdefault(turn.group, []).append(turn.clock.used)
    return {"delegations": _sums(delegations), "groups": _sums(groups)}


def _sums(turns: dict[str, list[Duration]]) -> View:
    return {code: {"turns": len(used), "used": sum(used)} for code, used in turns.items()}
