"""Who asks for the floor in a discussion: when, for what, and what becomes of it.

Seconds are those of the day in 2012. What would make a forecast wrong happens to those who ask
early.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import Final

from moderator.simulation.people import Voice, chance
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


def with_groups(
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


def with_habits(askings: Sequence[Asking], draw: Random, *, unruly: bool) -> list[Asking]:
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


def with_outage(askings: Sequence[Asking]) -> list[Asking]:
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
