"""Every programme that comes with the product is played from the first gavel to the last."""

import re
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from moderator.core import commands
from moderator.core.actor import Actor
from moderator.core.model import Dialogue
from moderator.core.terms import (
    Capacity,
    CommandId,
    Enforcement,
    InterventionId,
    Kind,
    Outcome,
    Phase,
    Role,
    SegmentId,
    capacity_of,
)
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.programme import Delegation, Part, Programme, load_programme
from moderator.summary.record import record_of
from tests.fake_now import FakeNow
from tests.meetings import Meeting
from tests.store.logs import add_dialogue

FILES = sorted((Path(__file__).parent.parent / "moderator/data/programmes").glob("*.yaml"))


def test_there_are_four() -> None:
    assert [file.stem for file in FILES] == [
        "2008-thematic-debate",
        "2009-side-event",
        "2012-trafficking",
        "2014-special-event",
    ]


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def programme(request: pytest.FixtureRequest) -> Programme:
    return load_programme(request.param.read_bytes())


class Play:
    """A dialogue that somebody presides over by the book."""

    def __init__(self, engine: sa.Engine, programme: Programme) -> None:
        add_dialogue(engine)
        self.programme = programme
        self.meeting = Meeting(engine, FakeNow())
        member = next(one for one in programme.bureau if one.role is Role.CHAIR)
        self.chair = Actor(Role.CHAIR, member.subject, "tablet")
        self._ids = (CommandId(f"command-{n:03}") for n in count(1))

    @property
    def state(self) -> Dialogue:
        return self.meeting.service.state(self.meeting.id)

    @property
    def holder(self) -> InterventionId | None:
        return self.state.floor_id

    def do(self, kind: type[commands.Command], **fields: object) -> CommandId:
        """A command of the chair."""
        command_id = next(self._ids)
        self.meeting.do(kind(**{"id": command_id, "by": self.chair, **fields}))
        return command_id

    def pass_by(self, duration: Duration) -> None:
        self.meeting.now.pass_by(duration)
        self.meeting.service.ring(self.meeting.id)

    def hold(self, part: Part, asking: tuple[Delegation, ...]) -> None:
        """Hold a segment: its speakers in their order, then whoever asks."""
        self.do(commands.BeginSegment, segment=part.id, holder=self.holder)
        for person in part.speakers:
            self.do(commands.GiveFloor, holder=self.holder, person=person)
            self.pass_by(MINUTE)
        self.do(commands.OpenList, segment=part.id)
        for delegation in asking:
            self.ask(part.id, delegation)
        for request in self.state.waiting:
            self.do(commands.GiveFloor, holder=self.holder, request=request)
            self.pass_by(Duration(4 * MINUTE))
        self.do(commands.CloseList, segment=part.id)

    def ask(self, segment: SegmentId, delegation: Delegation) -> None:
        capacity = capacity_of(delegation.category, None)
        assert isinstance(capacity, Capacity)
        self.meeting.do(
            commands.RequestFloor(
                id=next(self._ids),
                by=Actor(Role.DELEGATION, delegation.code, "phone"),
                segment=segment,
                delegation=delegation.code,
                kind=Kind.STATEMENT,
                capacity=capacity,
                group=None,
            )
        )


@pytest.fixture
def play(sqlite_engine: sa.Engine, programme: Programme) -> Play:
    return Play(sqlite_engine, programme)


def test_it_is_played_from_gavel_to_gavel(play: Play) -> None:
    parts = play.programme.parts
    asking = play.programme.delegations[:3]

    play.do(commands.OpenDialogue, segments=play.programme.segments())
    for part in parts:
        play.hold(part, asking)
    play.do(commands.CloseDialogue, holder=play.holder)

    assert play.state.phase is Phase.CLOSED
    held = [
        [turn for turn in play.state.interventions.values() if turn.segment == part.id]
        for part in parts
    ]
    for part, turns in zip(parts, held, strict=True):
        assert [turn.person for turn in turns if turn.person] == list(part.speakers)
        assert [turn.delegation for turn in turns if turn.delegation] == [
            delegation.code for delegation in asking
        ]
        if part.rules.enforcement is Enforcement.AUTOMATIC:
            spoken = [turn for turn in turns if turn.delegation]
            assert {turn.outcome for turn in spoken} == {Outcome.TIME_EXPIRED}
            assert {turn.clock.used for turn in spoken} == {part.rules.limits.national}


def test_the_record_of_it_holds_every_turn(play: Play) -> None:
    play.do(commands.OpenDialogue, segments=play.programme.segments())
    for part in play.programme.parts:
        play.hold(part, play.programme.delegations[:1])
    play.do(commands.CloseDialogue, holder=play.holder)

    record = record_of(play.meeting.service.log(play.meeting.id))

    assert [segment.id for segment in record.segments] == [part.id for part in play.programme.parts]
    assert len(record.turns) == sum(len(part.speakers) + 1 for part in play.programme.parts)


def test_what_is_shown_of_it_stands_in_english_and_in_arabic(programme: Programme) -> None:
    texts = [programme.title, programme.organ, programme.place]
    texts += [part.title for part in programme.parts]
    texts += [theme.text for part in programme.parts for theme in part.themes]
    texts += [text for person in programme.persons for text in (person.name, person.title)]
    texts += [member.name for member in programme.bureau]

    for text in texts:
        assert re.search("[a-z]", text["en"])
        assert re.search("[\u0620-\u064a]", text["ar"])


def test_seconds_make_it_short_enough_to_try_out(programme: Programme) -> None:
    assert {part.rules.limits.national for part in programme.with_seconds(6).parts} == {6 * SECOND}
