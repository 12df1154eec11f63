"""Other orders of the list, as proposals: what would change, and why; nobody is moved here.

A policy is an order of the entries that wait. Among those between which it makes no difference the
present order stays, and so a policy that is asked again about its own order changes nothing. The
chair accepts a proposal whole, or not at all (decision 0022).
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from moderator.core.heard import heard, heard_in_segment
from moderator.core.model import Details, Dialogue, Intervention
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    GroupCode,
    InterventionId,
    Level,
    Policy,
)

BETWEEN_STAKEHOLDERS: Final = 3
"""After how many others a stakeholder has a turn, unless the chair says otherwise."""


class Why(StrEnum):
    """What it is about an entry that gave it its new place."""

    ARRIVAL = "arrival"
    FOR_A_GROUP = "for-a-group"
    AFTER_GROUPS = "after-groups"
    NOT_HEARD_YET = "not-heard-yet"
    HEARD_IN_THE_DIALOGUE = "heard-in-the-dialogue"
    HEARD_IN_THE_SEGMENT = "heard-in-the-segment"
    HEAD = "head"
    MINISTER = "minister"
    OTHER_LEVEL = "other-level"
    TURN_OF_ITS_REGION = "turn-of-its-region"
    TURN_OF_NO_REGION = "turn-of-no-region"
    TURN_OF_A_STAKEHOLDER = "turn-of-a-stakeholder"
    BETWEEN_STAKEHOLDERS = "between-stakeholders"
    DRAWN = "drawn"
    AFTER_THE_DRAW = "after-the-draw"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry of the list with what a policy looks at; `number` is its arrival number.

    `region` is None for a delegation of no regional group, `level` where nothing was said of the
    speaker. Heard means that the voice has spoken, or speaks: the delegation for itself, or the
    group for which it asks.
    """

    id: InterventionId
    delegation: DelegationCode
    number: int
    group: GroupCode | None = None
    region: str | None = None
    stakeholder: bool = False
    level: Level | None = None
    heard_in_segment: bool = False
    heard_in_dialogue: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """An entry that would pass others, from place `former` to `place` (both counted from 0).

    The two may be equal: as many as it passes pass it.
    """

    id: InterventionId
    former: int
    place: int
    why: Why


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole list in the order of a policy, and who would be moved, in that order."""

    policy: Policy
    order: tuple[InterventionId, ...]
    moved: tuple[Moved, ...]


def propose(
    present: Sequence[Candidate],
    policy: Policy,
    *,
    every: int = BETWEEN_STAKEHOLDERS,
    since: int = 0,
    drawn: Sequence[DelegationCode] | None = None,
) -> Proposal:
    """The list, now in the order `present`, as a policy would have it.

    A stakeholder has a turn after `every` others, of whom `since` were heard already. `drawn` are
    the codes of those that took part in the draw, in the order that it gave; it is needed for that
    policy alone. ValueError when there is none, or `every` is below 1.
    """
    order, why = _ordered(present, policy, every, since, drawn)
    former = {entry.id: place for place, entry in enumerate(present)}
    places = [former[entry.id] for entry in order]
    stay = _longest_rise(places)
    return Proposal(
        policy=policy,
        order=tuple(entry.id for entry in order),
        moved=tuple(
            Moved(entry.id, before, place, why[entry.id])
            for place, (entry, before) in enumerate(zip(order, places, strict=True))
            if before not in stay
        ),
    )


def candidates(
    state: Dialogue, regions: Mapping[DelegationCode, str | None]
) -> tuple[Candidate, ...]:
    """Who waits, in the present order, with what policies look at.

    `regions` are the regional groups of delegations; whoever is not in them has none.
    """
    in_dialogue = frozenset(_voice(turn) for turn in heard(state))
    in_segment = frozenset(_voice(turn) for turn in heard_in_segment(state))
    return tuple(
        Candidate(
            id=request.id,
            delegation=request.delegation,
            number=request.number,
            group=request.group,
            region=regions.get(request.delegation),
            stakeholder=request.capacity is Capacity.STAKEHOLDER,
            level=state.details.get(request.id, Details()).level,
            heard_in_segment=(request.group or request.delegation) in in_segment,
            heard_in_dialogue=(request.group or request.delegation) in in_dialogue,
        )
        for request in state.listed
    )


def others_since_stakeholder(state: Dialogue) -> int:
    """How many delegations have been heard in the segment since its last stakeholder.

    Whoever has the floor counts. It is what `since` of a proposal is, so that one accepted anew
    after each turn does not put the stakeholders off for ever.
    """
    since = 0
    for turn in heard_in_segment(state):
        if turn.delegation is not None:
            since = 0 if turn.capacity is Capacity.STAKEHOLDER else since + 1
    return since


def _voice(turn: Intervention) -> str | None:
    return turn.group or turn.delegation


_Reasons = dict[InterventionId, Why]


def _ordered(
    present: Sequence[Candidate],
    policy: Policy,
    every: int,
    since: int,
    drawn: Sequence[DelegationCode] | None,
) -> tuple[list[Candidate], _Reasons]:
    """The entries as the policy has them, and for each what it is about it."""
    match policy:
        case Policy.ORDER_OF_REQUEST:
            order = sorted(present, key=lambda entry: entry.number)
            return order, {entry.id: Why.ARRIVAL for entry in present}
        case Policy.GROUPS_FIRST:
            return _in_classes(present, {entry.id: _of_group(entry) for entry in present})
        case Policy.FIRST_TIME_SPEAKERS:
            return _in_classes(present, {entry.id: _of_hearing(entry) for entry in present})
        case Policy.LEVEL:
            return _in_classes(present, {entry.id: _of_level(entry) for entry in present})
        case Policy.REGIONS_IN_TURN:
            return _regions_in_turn(present)
        case Policy.STAKEHOLDERS_BETWEEN:
            if every < 1:
                raise ValueError("a stakeholder has a turn after one other at least")
            return _stakeholders_between(present, every, since)
        case Policy.DRAW:
            if drawn is None:
                raise ValueError("there is no draw yet")
            return _by_lot(present, drawn)
        case _:
            assert_never(policy)


_PRECEDENCE: Final = tuple(Why)
"""Classes come in the order in which their reasons are declared."""


def _in_classes(
    present: Sequence[Candidate], classes: _Reasons
) -> tuple[list[Candidate], _Reasons]:
    return sorted(present, key=lambda entry: _PRECEDENCE.index(classes[entry.id])), classes


def _of_group(entry: Candidate) -> Why:
    return Why.AFTER_GROUPS if entry.group is None else Why.FOR_A_GROUP


def _of_hearing(entry: Candidate) -> Why:
    if entry.heard_in_segment:
        return Why.HEARD_IN_THE_SEGMENT
    return Why.HEARD_IN_THE_DIALOGUE if entry.heard_in_dialogue else Why.NOT_HEARD_YET


def _of_level(entry: Candidate) -> Why:
    match entry.level:
        case Level.HEAD:
            return Why.HEAD
        case Level.MINISTER:
            return Why.MINISTER
        case Level.OTHER | None:
            return Why.OTHER_LEVEL
        case _:
            assert_never(entry.level)


def _regions_in_turn(present: Sequence[Candidate]) -> tuple[list[Candidate], _Reasons]:
    """Round by round, regions in the order in which they stand on the list.

    Those of no region take turns as if they were one.
    """
    regions: dict[str | None, deque[Candidate]] = {}
    for entry in present:
        regions.setdefault(entry.region, deque()).append(entry)
    order: list[Candidate] = []
    while any(regions.values()):
        order += [waiting.popleft() for waiting in regions.values() if waiting]
    why = {
        entry.id: Why.TURN_OF_NO_REGION if entry.region is None else Why.TURN_OF_ITS_REGION
        for entry in present
    }
    return order, why


def _stakeholders_between(
    present: Sequence[Candidate], every: int, since: int
) -> tuple[list[Candidate], _Reasons]:
    """After each `every` others one stakeholder; when either has run out, the rest of the other."""
    stakeholders = deque(entry for entry in present if entry.stakeholder)
    others = deque(entry for entry in present if not entry.stakeholder)
    order: list[Candidate] = []
    while stakeholders and others:
        if since >= every:
            order.append(stakeholders.popleft())
            since = 0
        else:
            order.append(others.popleft())
            since += 1
    order += [*others, *stakeholders]
    why = {
        entry.id: Why.TURN_OF_A_STAKEHOLDER if entry.stakeholder else Why.BETWEEN_STAKEHOLDERS
        for entry in present
    }
    return order, why


def _by_lot(
    present: Sequence[Candidate], drawn: Sequence[DelegationCode]
) -> tuple[list[Candidate], _Reasons]:
    """Each delegation that takes part by its lot, with the entry that it made first.

    What else it asks for, and who came after the window, stays behind: nobody is drawn twice.
    """
    lots = {code: place for place, code in enumerate(drawn)}
    first: dict[DelegationCode, InterventionId] = {}
    for entry in sorted(present, key=lambda entry: entry.number):
        first.setdefault(entry.delegation, entry.id)
    takes_part = {
        entry.id
        for entry in present
        if entry.delegation in lots and first[entry.delegation] == entry.id
    }
    order = sorted(
        present,
        key=lambda entry: lots[entry.delegation] if entry.id in takes_part else len(lots),
    )
    why = {
        entry.id: Why.DRAWN if entry.id in takes_part else Why.AFTER_THE_DRAW for entry in present
    }
    return order, why


def _longest_rise(places: Iterable[int]) -> frozenset[int]:
    """The longest run of places, not side by side, that rises: those who need not be moved.

    Of several that are as long, the one whose places are least: so who is moved is moved up rather
    than back, as a chair would say it. (Patience sorting; each place remembers the one before it.)
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(ends, place)
        before[place] = ends[at - 1] if at else None
        ends[at : at + 1] = [place]
    rise: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        rise.add(step)
        step = before[step]
    return frozenset(rise)
