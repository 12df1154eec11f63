"""What each will do in a discussion: who asks for what and when, and what goes wrong meanwhile.

Seconds are those of the day in 2012: whoever plays it at a speed makes them shorter. What would
make a forecast wrong (points of order, failures, overruns) happens early, as turns are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import Any, Final

from moderator.simulation.people import STATES, Voice, chance
from moderator.simulation.words import POINTS, QUESTIONS, Point

LAST_CALL_S: Final = 600.0
CLOSING_S: Final = 900.0
"""After the opening of a list: when its closing is announced, and when it is."""

OUTAGE_S: Final = (20.0, 110.0)
"""From when to when, after the opening of a list, some phones have no network."""


GROUPS: Final = 4
"""On behalf of how many groups somebody speaks in a discussion."""

EARLY: Final = 6
"""Places on the list below this come up before anybody needs to know how the day will end."""


class Habit(StrEnum):
    """What becomes of a request once it is on the list."""

    SPEAKS = "speaks"
    ABSENT = "absent"
    WITHDRAWS = "withdraws"
    GIVES_WAY = "gives-way"
    OVERRUNS = "overruns"


@dataclass(frozen=True, slots=True)
class Asking:
    """One request: so long after the opening of the list, by the delegation's own phone.

    `to` is a place in the row of panellists, of a question alone. `nameplate`: it is raised, and
    the assistant adds the request. `offline`: the phone has no network when it is tapped; `lost`
    is then whether the answer was lost on the way back rather than the question on its way.
    `share` is of the time it is given, `points` is what it says.
    """

    code: str
    after: float
    kind: str = "statement"
    group: str | None = None
    also_national: bool = False
    to: int | None = None
    gist: str | None = None
    habit: Habit = Habit.SPEAKS
    nameplate: bool = False
    offline: bool = False
    lost: bool = False
    share: float = 1.0
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class PointOfOrder:
    """A State rises to a point of order during a turn, and what the chair rules."""

    turn: int
    code: str
    ruling: str


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question that is put in writing; `to` is a place in the row of panellists."""

    code: str
    after: float
    to: int
    words: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that will happen in the discussion of a panel; turns are counted from 1.

    `limits` are the new limits in seconds, announced when the list closes. `named` feels named in
    the statement of the turn `naming`, and asks for a right of reply. `carry_over`: the list is cut
    by the clock, and whoever is left is heard in the next discussion.
    """

    askings: tuple[Asking, ...]
    written: tuple[WrittenQuestion, ...]
    points_of_order: tuple[PointOfOrder, ...]
    round: int
    limits: Mapping[str, int]
    interpretation_fails: int
    slow_down: int
    note_to_speaker: int
    both_press: int
    naming: int
    named: str
    carry_over: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a discussion is, and what it is like."""

    segment: str
    asking: int
    stakeholders: int
    round: int
    limits: Mapping[str, int]
    carry_over: bool
    outage: bool
    unruly: bool


SHAPES: Final = (
    Shape(
        segment="first",
        asking=24,
        stakeholders=8,
        round=7,
        limits={"national": 150, "group": 240},
        carry_over=True,
        outage=False,
        unruly=True,
    ),
    Shape(
        segment="second",
        asking=8,
        stakeholders=5,
        round=8,
        limits={"national": 120, "observer": 120, "stakeholder": 120, "group": 180},
        carry_over=False,
        outage=True,
        unruly=False,
    ),
)


def discussions(
    document: Mapping[str, Any], voices: Sequence[Voice], seed: int
) -> tuple[Discussion, Discussion]:
    """What will happen in both discussions; whoever asked in the first is not in the second.

    `document` is the programme document: its groups and members say who speaks for whom.
    """
    draw = chance(seed, "who asks where")
    delegations = [voice for voice in voices if voice.is_delegation]
    others = [voice for voice in voices if not voice.is_delegation]
    draw.shuffle(delegations)
    draw.shuffle(others)
    made = []
    for shape in SHAPES:
        heard = delegations[: shape.asking] + others[: shape.stakeholders]
        silent = delegations[shape.asking :]
        delegations, others = silent, others[shape.stakeholders :]
        made.append(_discussion(shape, heard, silent, members(document), seed))
    first, second = made
    return first, second


def _discussion(
    shape: Shape,
    heard: Sequence[Voice],
    silent: Sequence[Voice],
    groups: Mapping[str, frozenset[str]],
    seed: int,
) -> Discussion:
    draw = chance(seed, shape.segment)
    askings = sorted((asking(voice, seed) for voice in heard), key=lambda one: one.after)
    askings = _with_groups(askings, groups, draw)
    askings = _with_habits(askings, draw, unruly=shape.unruly)
    if shape.outage:
        askings = _with_outage(askings)
    # Whoever does not ask may still put a question in writing, or rise to a point of order.
    rest = list(silent) or list(heard)
    states = [voice.code for voice in rest if voice.category in STATES]
    states = states or [voice.code for voice in rest]
    return Discussion(
        askings=tuple(askings),
        written=tuple(
            WrittenQuestion(
                voice.code, draw.uniform(60, 1_500), draw.randrange(5), draw.choice(QUESTIONS)
            )
            for voice in rest[:3]
        ),
        points_of_order=(PointOfOrder(4, states[0], draw.choice(("noted", "not-upheld"))),),
        round=shape.round,
        limits=shape.limits,
        interpretation_fails=2,
        slow_down=3,
        note_to_speaker=5,
        both_press=6,
        naming=3,
        named=states[-1],
        carry_over=shape.carry_over,
    )


def members(document: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Who may speak for each group: its members as named, those of its region, and itself."""
    delegations = document["delegations"]
    return {
        group: frozenset(about["members"])
        | {code for code, one in delegations.items() if group in (one["region"], code)}
        for group, about in document["groups"].items()
    }


def asking(voice: Voice, seed: int) -> Asking:
    """How one delegation asks, and what it will say."""
    draw = chance(seed, "asks", voice.code)
    points = tuple(draw.choice(POINTS) for _ in range(draw.choice((0, 1, 1, 1, 2, 2))))
    question = draw.random() < 0.15
    return Asking(
        code=voice.code,
        after=3 + min(draw.expovariate(1 / 140), CLOSING_S - 100),
        kind="question" if question else "statement",
        to=draw.randrange(5) if question else None,
        gist=draw.choice(QUESTIONS) if question else None,
        nameplate=draw.random() < 0.08,
        share=voice.share,
        points=points,
    )


def _with_groups(
    askings: Sequence[Asking], groups: Mapping[str, frozenset[str]], draw: Random
) -> list[Asking]:
    """The first to be able to speak for a group do so, one of them for itself too."""
    changed = list(askings)
    places = {one.code: place for place, one in enumerate(askings)}
    named = sorted(groups)
    draw.shuffle(named)
    spoken: set[int] = set()
    beside: int | None = None
    for group in named:
        able = [
            place for code, place in places.items() if code in groups[group] and place not in spoken
        ]
        if able and len(spoken) < GROUPS:
            place = min(able)
            if beside is None and changed[place].code != group:
                beside = place
            changed[place] = replace(
                changed[place],
                group=group,
                also_national=place == beside,
                kind="statement",
                to=None,
                gist=None,
                after=min(changed[place].after, draw.uniform(4, 40)),
            )
            spoken.add(place)
    return sorted(changed, key=lambda one: one.after)


def _with_habits(askings: Sequence[Asking], draw: Random, *, unruly: bool) -> list[Asking]:
    """Two who asked early give way, two who asked late withdraw.

    Where it is `unruly`, one of the early ones overruns too, and two are absent.
    """
    habits = [*[Habit.GIVES_WAY] * 2]
    if unruly:
        habits += [Habit.OVERRUNS, *[Habit.ABSENT] * 2]
    early = list(range(1, min(len(askings), EARLY)))
    draw.shuffle(early)
    of_places = dict(zip(early, habits, strict=False))
    late = list(range(EARLY, len(askings)))
    of_places.update(dict.fromkeys(late[2:4], Habit.WITHDRAWS))
    return [
        replace(one, habit=of_places.get(place, Habit.SPEAKS)) for place, one in enumerate(askings)
    ]


def _with_outage(askings: Sequence[Asking]) -> list[Asking]:
    """Some phones have no network when they are tapped: half of them hear no answer alone."""
    begins, ends = OUTAGE_S
    hit = [
        place
        for place, one in enumerate(askings)
        if begins < one.after < ends - 10 and not one.nameplate
    ][:6]
    return [
        replace(one, offline=place in hit, lost=place in hit[::2])
        for place, one in enumerate(askings)
    ]
