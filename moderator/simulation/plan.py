"""What each will do in a discussion: who asks for what and when, and what goes wrong meanwhile.

Seconds are those of the day in 2012: whoever plays it at a speed makes them shorter. What would
make a forecast wrong (points of order, failures, overruns) happens early, as turns are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from moderator.simulation.askings import (
    EARLY,
    Asking,
    Habit,
    asking,
    with_groups,
    with_habits,
    with_outage,
)
from moderator.simulation.people import STATES, Voice, chance
from moderator.simulation.words import QUESTIONS

POLICIES: Final = (
    "groups-first",
    "first-time-speakers",
    "level",
    "regions-in-turn",
    "stakeholders-between",
)
"""All but the draw, whose seed is the server's: by it the same seed would not play the same day."""

CORRECTED: Final = 3
"""The turn of a discussion that is corrected."""


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
class PrivateLimit:
    """Somebody who needs more time than there is by the rules; `total` is in seconds."""

    code: str
    total: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """A turn whose clock was started late: `more` is how many seconds longer somebody spoke."""

    turn: int
    more: int


@dataclass(frozen=True, slots=True)
class Discussion:
    """All that will happen in the discussion of a panel; turns are counted from 1.

    `limits` are the new limits in seconds, announced when the list closes, where the forecast has
    none with which all can speak. `named` feels named in the statement of the turn `naming`, and
    asks for a right of reply. `policies` are those by which the chair asks for another order: the
    first that would move somebody is accepted. `private` is None where nobody needs more time.
    `carry_over`: the list is cut by the clock, and whoever is left is heard in the next discussion.
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
    policies: tuple[str, ...]
    corrected: Corrected
    private: PrivateLimit | None
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
    accommodates: bool


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
        accommodates=True,
    ),
    Shape(
        segment="second",
        asking=12,
        stakeholders=6,
        round=8,
        limits={"national": 120, "observer": 120, "stakeholder": 120, "group": 180},
        carry_over=False,
        outage=True,
        unruly=False,
        accommodates=False,
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
    askings = with_groups(askings, groups, draw)
    askings = with_habits(askings, draw, unruly=shape.unruly)
    if shape.outage:
        askings = with_outage(askings)
    # Whoever does not ask may still put a question in writing, or rise to a point of order.
    rest = list(silent) or list(heard)
    states = [voice.code for voice in rest if voice.category in STATES]
    states = states or [voice.code for voice in rest]
    policies = list(POLICIES)
    chance(seed, shape.segment, "order").shuffle(policies)
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
        policies=tuple(policies),
        corrected=Corrected(
            turn=CORRECTED, more=chance(seed, shape.segment, "correction").randrange(5, 16)
        ),
        private=_private(askings, shape.segment, seed) if shape.accommodates else None,
        carry_over=shape.carry_over,
    )


def _private(askings: Sequence[Asking], segment: str, seed: int) -> PrivateLimit:
    """One of those who ask neither first nor last, and speak for themselves, needs more time."""
    able = [
        one for one in askings[EARLY : 2 * EARLY] if one.habit is Habit.SPEAKS and one.group is None
    ]
    draw = chance(seed, segment, "private limit")
    return PrivateLimit(draw.choice(able or askings).code, draw.choice((270, 300)))


def members(document: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Who may speak for each group: its members as named, those of its region, and itself."""
    delegations = document["delegations"]
    return {
        group: frozenset(about["members"])
        | {code for code, one in delegations.items() if group in (one["region"], code)}
        for group, about in document["groups"].items()
    }
