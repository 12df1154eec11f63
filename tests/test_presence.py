"""Who hears the server: what a process counts, and what it knows of the others."""

import sqlalchemy as sa

from moderator.core.units import SECOND, Duration
from moderator.presence import HOLDS, POLLED, Presence
from moderator.store import tables
from moderator.store.engine import reading, writing

BY_HALF = Duration(HOLDS // 2)


def rows(engine):
    with reading(engine) as connection:
        return connection.scalars(sa.select(tables.presence.c.delegations)).all()


def test_a_delegation_is_reached_while_one_of_its_devices_listens(engine, now):
    here = Presence(engine, now)

    here.came("d1", "NG")
    here.came("d1", "NG")
    here.came("d1", "BR")
    here.went("d1", "NG")
    assert here.reached("d1") == ("BR", "NG")
    here.went("d1", "NG")

    assert here.reached("d1") == ("BR",)
    assert here.reached("d2") == ()


def test_whoever_comes_for_the_view_is_reached_for_a_moment(engine, now):
    here = Presence(engine, now)

    here.polled("d1", "NG")
    now.pass_by(Duration(POLLED - 1))
    assert here.reached("d1") == ("NG",)
    now.pass_by(Duration(1))

    assert here.reached("d1") == ()


def test_each_process_knows_of_the_others_what_they_have_told(engine, now):
    here, beside = Presence(engine, now), Presence(engine, now)
    here.came("d1", "NG")
    beside.came("d1", "BR")
    beside.came("d2", "MX")
    assert here.reached("d1") == ("NG",)

    beside.share()
    assert here.reached("d1") == ("BR", "NG")
    beside.went("d1", "BR")
    beside.share()

    assert here.reached("d1") == ("NG",)
    assert here.reached("d2") == ("MX",)


def test_a_process_that_is_dead_is_believed_no_longer(engine, now):
    here, dead = Presence(engine, now), Presence(engine, now)
    dead.came("d1", "BR")
    dead.share()

    now.pass_by(Duration(HOLDS - 1))
    assert here.reached("d1") == ("BR",)
    now.pass_by(Duration(1))
    assert here.reached("d1") == ()
    here.came("d1", "NG")
    here.share()

    assert rows(engine) == ["NG"]


def test_what_has_not_changed_is_told_again_before_it_lapses_and_not_earlier(engine, now):
    here, beside = Presence(engine, now), Presence(engine, now)
    here.came("d1", "NG")
    here.share()
    with writing(engine) as connection:
        connection.execute(sa.delete(tables.presence))

    now.pass_by(Duration(BY_HALF - SECOND))
    here.share()
    assert rows(engine) == []
    now.pass_by(SECOND)
    here.share()

    assert beside.reached("d1") == ("NG",)


def test_nobody_and_nothing_is_kept_of_a_dialogue_that_all_have_left(engine, now):
    here = Presence(engine, now)
    here.came("d1", "NG")
    here.share()
    here.went("d1", "NG")
    here.share()

    assert rows(engine) == []
    here.came("d1", "NG")
    here.share()
    assert rows(engine) == ["NG"]
