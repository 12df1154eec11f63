"""What each audience sees of a dialogue, as plain JSON sections; only what changed is sent again.

Codes, ids and milliseconds: names come from the programme document. What the public never sees
(design § 5) is simply not put in here.
"""

from collections import Counter
from typing import Any, Final

from moderator.core.limits import allowance, allowance_of_request, has_spoken, have_spoken
from moderator.core.model import Dialogue, Intervention, Request, Rules
from moderator.core.terms import Capacity, DelegationCode, Outcome, SegmentId
from moderator.core.units import Duration

View = dict[str, Any]
"""Sections by name; each is replaced whole when anything in it changes."""

PUBLIC_ROWS: Final = 8
"""How many entries of the list every phone and display gets."""


def public(state: Dialogue) -> View:
    """The sections for delegations, displays and followers."""
    return {
        **_common(state),
        "list": {
            "open": state.list_open,
            "length": len(state.waiting),
            "first": _entries(state, state.listed[:PUBLIC_ROWS]),
            "order": [request.delegation for request in state.listed],
        },
    }


def bureau(state: Dialogue) -> View:
    """The sections for the bureau: the whole list, and who presides."""
    return {
        **_common(state),
        "list": {
            "open": state.list_open,
            "length": len(state.waiting),
            "entries": [
                {**entry, "by_bureau": request.by_bureau}
                for entry, request in zip(_entries(state, state.listed), state.listed, strict=True)
            ],
        },
        "gavel": state.gavel,
        "programme": [_sitting(state, segment.id) for segment in state.segments],
        "heard": _heard(state),
    }


def own(state: Dialogue, delegation: DelegationCode, capacity: Capacity) -> View:
    """What a delegation sees of itself: its waiting requests, and its limit in each capacity.

    `capacity` is that in which it speaks for itself; only States and observers speak for a group.
    Outside a segment the limits are None.
    """
    requests = [request for request in state.listed if request.delegation == delegation]
    group = () if capacity is Capacity.STAKEHOLDER else (Capacity.GROUP,)
    capacities: dict[str, Duration | None] = dict.fromkeys(map(str, (capacity, *group)))
    if state.segment is not None:
        spoken = has_spoken(state, delegation)
        limits = state.segment.rules.limits
        capacities = {str(kind): allowance(limits, kind, spoken) for kind in (capacity, *group)}
    return {
        "requests": [
            {
                "id": request.id,
                "capacity": request.capacity,
                "group": request.group,
                "number": request.number,
            }
            for request in requests
        ],
        "capacities": capacities,
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
        },
        "enforcement": rules.enforcement,
        "warning": rules.warning,
        "grace": rules.grace,
        "start_after": rules.start_after,
    }


def _common(state: Dialogue) -> View:
    return {
        "dialogue": {"phase": state.phase, "since": state.phase_since},
        "segment": _segment(state),
        "floor": None if state.floor is None else _turn(state.floor),
        "last": _last(state),
        "revision": state.revision,
        "stage": {
            "blackout": state.stage.blackout,
            "message": state.stage.message and state.stage.message.id,
        },
    }


def _segment(state: Dialogue) -> View | None:
    segment = state.segment
    if segment is None:
        return None
    return {
        "id": segment.id,
        "kind": segment.kind,
        "begun_at": state.sittings[segment.id].begun_at,
        "rules": rules_section(segment.rules),
    }


def _turn(turn: Intervention) -> View:
    return {
        **_speaker(turn),
        "given_at": turn.given_at,
        "starts_at": turn.starts_at,
        "allowance": turn.clock.allowance,
        "used": turn.clock.used,
        "running_since": turn.clock.running_since,
    }


def _last(state: Dialogue) -> View | None:
    """The turn that ended last in this segment: its name and TIME stay until the next turn."""
    turn = state.last
    if state.floor is not None or turn is None:
        return None
    return {
        **_speaker(turn),
        "allowance": turn.clock.allowance,
        "used": turn.clock.used,
        "outcome": turn.outcome,
        "ended_at": turn.ended_at,
    }


def _speaker(turn: Intervention) -> View:
    return {
        "id": turn.id,
        "delegation": turn.delegation,
        "person": turn.person,
        "kind": turn.kind,
        "capacity": turn.capacity,
        "group": turn.group,
    }


def _entries(state: Dialogue, requests: tuple[Request, ...]) -> list[View]:
    spoken = have_spoken(state)
    heard = _heard(state)
    return [
        {
            "id": request.id,
            "delegation": request.delegation,
            "kind": request.kind,
            "capacity": request.capacity,
            "group": request.group,
            "number": request.number,
            "asked_at": request.asked_at,
            "limit": allowance_of_request(state, request, spoken),
            "first": request.delegation not in heard,
        }
        for request in requests
    ]


def _sitting(state: Dialogue, segment_id: SegmentId) -> View:
    sitting = state.sittings.get(segment_id)
    heard = dict.fromkeys(
        turn.person
        for turn in state.recorded
        if turn.segment == segment_id and turn.person and _was_heard(state, turn)
    )
    return {
        "id": segment_id,
        "begun_at": sitting and sitting.begun_at,
        "ended_at": sitting and sitting.ended_at,
        "heard": list(heard),
    }


def _heard(state: Dialogue) -> dict[str, int]:
    """How many turns each delegation has had, or has, in the current segment."""
    return dict(
        Counter(
            turn.delegation
            for turn in state.recorded
            if turn.segment == state.segment_id and turn.delegation and _was_heard(state, turn)
        )
    )


def _was_heard(state: Dialogue, turn: Intervention) -> bool:
    if turn.id == state.floor_id:
        return True
    return turn.ended_at is not None and turn.outcome is not Outcome.NOT_PRESENT
