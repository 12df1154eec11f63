"""Rehearsals begun and ended by many at once, and while somebody writes; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa

from moderator.core.actor import Actor
from moderator.core.commands import OpenDialogue, TakeGavel
from moderator.core.terms import CommandId, Role
from moderator.core.units import MINUTE
from moderator.rehearsal import Rehearsals, TooLateToRehearse
from moderator.secretariat import NoRehearsal, Secretariat
from moderator.service import Service, UnknownDialogue
from moderator.store import journal
from moderator.store.engine import reading
from tests.data.programmes import SMALL
from tests.fake_now import FakeNow

CHAIR = Actor(Role.CHAIR, "chair", "seat")


class House:
    """A dialogue, and all that a process of its own has."""

    def __init__(self, engine: sa.Engine, now: FakeNow, dialogue: str | None = None) -> None:
        self.engine = engine
        self.published: list[str] = []
        self.service = Service(engine, now, self.published.append)
        self.secretariat = Secretariat(engine, now, b"not a secret, and thirty-two long")
        self.rehearsals = Rehearsals(now, self.service, self.secretariat)
        self.dialogue = dialogue or self.secretariat.create(SMALL)

    def open(self) -> None:
        def ending(connection: sa.Connection) -> None:
            self.rehearsals.end_within(connection, self.dialogue)

        segments = self.secretariat.programme(self.dialogue).segments()
        command = OpenDialogue(CommandId("opened-once"), CHAIR, segments)
        self.service.handle(self.dialogue, command, ending)


@pytest.fixture
def house(engine: sa.Engine, now: FakeNow) -> House:
    return House(engine, now)


def test_many_who_begin_at_once_begin_one(house: House, now: FakeNow):
    others = [House(house.engine, now, house.dialogue) for _ in range(3)]

    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(lambda one: one.rehearsals.begin(house.dialogue), [house, *others]))

    assert len(set(begun)) == 1
    assert house.secretariat.rehearsals() == {house.dialogue: begun[0]}


def test_it_begins_at_the_running_quarter_with_all_else_as_it_was(house: House, now: FakeNow):
    rehearsal = house.rehearsals.begin(house.dialogue)

    of_it = house.secretariat.programme(rehearsal)
    assert 0 <= now() - of_it.starts < 15 * MINUTE
    assert of_it.starting_at(house.secretariat.programme(house.dialogue).starts) == (
        house.secretariat.programme(house.dialogue)
    )


def test_either_it_begins_or_the_meeting_is_open_and_never_both(house: House, now: FakeNow):
    other = House(house.engine, now, house.dialogue)

    def begin(_: object) -> None:
        with suppress(TooLateToRehearse):
            other.rehearsals.begin(house.dialogue)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda act: act(None), [begin, lambda _: house.open()]))

    with pytest.raises(TooLateToRehearse):
        other.rehearsals.begin(house.dialogue)
    assert house.secretariat.rehearsals() == {}


def test_what_is_written_while_it_ends_goes_with_it_or_finds_nothing(house: House, now: FakeNow):
    writer = House(house.engine, now, house.dialogue)
    rehearsal = house.rehearsals.begin(house.dialogue)

    def write(number: int) -> None:
        command = TakeGavel(CommandId(f"gavel-{number:04}"), Actor(Role.CHAIR, str(number), "s"))
        with suppress(UnknownDialogue):
            writer.service.handle(rehearsal, command)

    with ThreadPoolExecutor(4) as pool:
        written = pool.map(write, range(40))
        house.rehearsals.end(rehearsal)
        list(written)

    with reading(house.engine) as connection:
        assert journal.read(connection, rehearsal) == ()
        assert journal.head(connection, rehearsal) is None
    with pytest.raises(UnknownDialogue):
        writer.service.state(rehearsal)


def test_who_enters_while_it_ends_has_a_seat(house: House, now: FakeNow):
    door = House(house.engine, now, house.dialogue)
    rehearsal = house.rehearsals.begin(house.dialogue)
    link = next(one for one in door.secretariat.links(house.dialogue) if one.role is Role.FOLLOWER)

    with ThreadPoolExecutor(4) as pool:
        entering = pool.map(lambda _: door.secretariat.enter(link, "en"), range(20))
        house.rehearsals.end(house.dialogue)
        entered = list(entering)

    for seat, secret in entered:
        assert seat.dialogue_id in (house.dialogue, rehearsal)
        assert door.secretariat.seat(seat.id, secret).dialogue_id == house.dialogue


def test_there_is_nowhere_to_cross_over_to_when_none_goes_on(house: House):
    link = house.secretariat.links(house.dialogue)[0]
    seat, _secret = house.secretariat.enter(link, "en")

    with pytest.raises(NoRehearsal):
        house.secretariat.cross_over(seat, to_rehearsal=True)
    assert house.secretariat.cross_over(seat, to_rehearsal=False) == seat


@pytest.mark.parametrize("deed", ["begin", "end"])
def test_what_is_no_dialogue_has_no_rehearsal(house: House, deed: str):
    with pytest.raises(UnknownDialogue):
        getattr(house.rehearsals, deed)("nowhere")
