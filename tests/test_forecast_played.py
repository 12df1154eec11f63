"""The forecast beside what then happened, on every programme that comes with the product."""

from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from moderator.core import commands
from moderator.core.actor import Actor
from moderator.core.forecast import DISCUSSIONS, forecast
from moderator.core.terms import (
    Category,
    CommandId,
    DelegationCode,
    Kind,
    Outcome,
    Role,
    capacity_of,
)
from moderator.core.units import SECOND, Duration, Instant, between
from moderator.programme import Delegation, Part, Programme, load_programme
from tests.core.dialogues import Later, Scene

FILES = sorted((Path(__file__).parent.parent / "moderator/data/programmes").glob("*.yaml"))
ASKING = 16
SEED = 20120403


class Told(NamedTuple):
    """What was expected at a moment of a segment."""

    at: Instant
    ends: Instant
    closed: bool


class Habits(NamedTuple):
    """What part of their time speakers use, and how long it is to the next (in seconds)."""

    shares: tuple[float, float]
    handovers: tuple[float, float]


STEADY = Habits(shares=(0.74, 0.82), handovers=(20, 30))
LONG_WINDED = Habits(shares=(0.96, 1.0), handovers=(40, 55))
BRIEF = Habits(shares=(0.45, 0.51), handovers=(8, 14))


class Day:
    """A dialogue over which somebody presides by the book, and what was expected all along."""

    def __init__(self, programme: Programme, habits: Habits) -> None:
        self.programme = programme
        self.scene = Scene()
        self.chance = Random(SEED)
        self.habits = habits
        self.told: list[Told] = []
        member = next(one for one in programme.bureau if one.role is Role.CHAIR)
        self.chair = Actor(Role.CHAIR, member.subject, "tablet")
        self._ids = (CommandId(f"command-{n:04}") for n in count(1))
        self.do(commands.OpenDialogue, segments=programme.segments())

    def do(
        self, command: type[commands.Command], by: Actor | None = None, /, **fields: object
    ) -> None:
        self.scene.when(command(**{"id": next(self._ids), "by": by or self.chair, **fields}))
        state = self.scene.state
        if (ends := forecast(state).ends) is not None:
            self.told.append(Told(state.at, ends, not state.list_open))

    def hold(self, part: Part) -> Instant:
        """Hold a segment: its speakers, then the list, closed after five turns; when it ended."""
        self.do(commands.BeginSegment, segment=part.id, holder=None)
        self.told.clear()
        for person in part.speakers:
            self.speak(person=person)
        self.do(commands.OpenList, segment=part.id)
        for delegation in asking(self.programme):
            self.do(
                commands.RequestFloor,
                Actor(Role.DELEGATION, delegation.code, "phone"),
                segment=part.id,
                delegation=delegation.code,
                kind=Kind.STATEMENT,
                capacity=capacity_of(delegation.category, None),
                group=None,
            )
        for place, request in enumerate(self.scene.state.waiting):
            if place == 5:
                self.do(commands.CloseList, segment=part.id)
            self.speak(request=request)
        return self.scene.now

    def speak(self, **whom: object) -> None:
        """Somebody is called after a hand-over, and stops when all is said."""
        handover = self.chance.uniform(*self.habits.handovers)
        self.scene.when(Later(Duration(int(handover * SECOND))))
        self.do(commands.GiveFloor, holder=None, **whom)
        turn = self.scene.state.floor
        assert turn is not None
        self.do(commands.StartClock, holder=turn.id)
        share = self.chance.uniform(*self.habits.shares)
        self.scene.when(Later(Duration(int(share * turn.clock.allowance))))
        self.do(commands.EndIntervention, holder=turn.id, outcome=Outcome.CONCLUDED)


def asking(programme: Programme) -> list[Delegation]:
    """So many delegations, of which a small event does not name all."""
    named = programme.delegations[:ASKING]
    further = [
        Delegation(DelegationCode(f"D{n}"), Category.MEMBER_STATE, None, {"en": f"D{n}"})
        for n in range(ASKING - len(named))
    ]
    return [*named, *further]


def discussions(programme: Programme) -> list[Part]:
    return [part for part in programme.parts if part.kind in DISCUSSIONS]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def programme(request: pytest.FixtureRequest) -> Programme:
    return load_programme(request.param.read_bytes())


@pytest.mark.story(13)
@pytest.mark.parametrize("habits", [STEADY, LONG_WINDED, BRIEF], ids=["steady", "long", "brief"])
def test_in_the_second_half_the_end_is_known_to_a_tenth_of_what_remains(
    programme: Programme, habits: Habits
) -> None:
    day = Day(programme, habits)
    assert discussions(programme)

    for part in discussions(programme):
        ended = day.hold(part)
        begun = day.told[0].at
        second_half = [
            told
            for told in day.told
            if told.closed and begun + (ended - begun) // 2 <= told.at < ended
        ]

        assert len(second_half) >= 20
        for told in second_half:
            remaining = between(told.at, ended)
            assert abs(told.ends - ended) <= remaining // 10, (part.id, remaining, told)
