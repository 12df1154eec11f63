"""Rehearsals in the database: they may go as a whole, and nothing else may; on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.store import journal, registry, tables, texts
from moderator.store.backup import back_up, restore
from moderator.store.engine import NotRecorded, make_engine, reading, writing
from moderator.store.guards import REFUSAL
from moderator.store.registry import LinkRow, SeatRow, WalkInRow
from tests.store.logs import DIALOGUE, add_dialogue, gavels, write_log
from tests.store.test_registry import NOTE

REAL, REHEARSAL = DIALOGUE.id, "rehearsal"
OTHER = "another"

DEEDS: dict[str, str] = {
    "a log that is no rehearsal's": f"DELETE FROM event WHERE dialogue_id = '{REAL}'",
    "one row of it": f"DELETE FROM event WHERE dialogue_id = '{REAL}' AND version = 2",
    "all logs at once": "DELETE FROM event",
    "its dialogue": f"DELETE FROM dialogue WHERE id = '{REAL}'",
    "all dialogues": "DELETE FROM dialogue",
    "a row of a rehearsal, changed": (
        f"UPDATE event SET actor = 'x' WHERE dialogue_id = '{REHEARSAL}'"
    ),
    "to look like a rehearsal": f"UPDATE dialogue SET rehearsal_of = '{OTHER}' WHERE id = '{REAL}'",
    "no rehearsal any more": f"UPDATE dialogue SET rehearsal_of = NULL WHERE id = '{REHEARSAL}'",
    "of another one": f"UPDATE dialogue SET rehearsal_of = '{OTHER}' WHERE id = '{REHEARSAL}'",
    "another id": f"UPDATE dialogue SET id = 'x' WHERE id = '{OTHER}'",
}
SQLITE_DEEDS: dict[str, str] = {
    "in place of the dialogue": (
        "INSERT OR REPLACE INTO dialogue (id, programme, made_at, rehearsal_of)"
        f" VALUES ('{REAL}', '', 0, '{OTHER}')"
    ),
    "by an update in its place": (
        "INSERT INTO dialogue (id, programme, made_at, rehearsal_of)"
        f" VALUES ('{REAL}', '', 0, '{OTHER}')"
        f" ON CONFLICT (id) DO UPDATE SET rehearsal_of = '{OTHER}'"
    ),
}


@pytest.fixture
def house(engine: sa.Engine) -> sa.Engine:
    """A dialogue with a log, its rehearsal with one, and another dialogue without."""
    furnish(engine)
    return engine


def furnish(engine: sa.Engine) -> None:
    write_log(engine, "chair/mexico", "chair/ghana", "chair/mexico")
    add_dialogue(engine, OTHER)
    with writing(engine) as connection:
        registry.add_dialogue(connection, replace(DIALOGUE, id=REHEARSAL, rehearsal_of=REAL))
        head = journal.lock(connection, REHEARSAL)
        assert head is not None
        head = journal.append(
            connection, REHEARSAL, head, "chair/mexico/1", "tap-1", gavels("chair/mexico", "x/y")
        )
        journal.move_head(connection, REHEARSAL, head, None, None)


def rows(engine: sa.Engine, dialogue_id: str) -> dict[str, int]:
    """How many rows of a dialogue each table has, but for tables that have none."""
    with reading(engine) as connection:
        found = {
            table.name: connection.scalar(
                sa.select(sa.func.count()).where(table.c.dialogue_id == dialogue_id)
            )
            for table in tables.metadata.sorted_tables
            if "dialogue_id" in table.c
        }
    return {name: count for name, count in found.items() if count}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_the_guards_let_nothing_go_but_what_is_a_rehearsal(house: sa.Engine, deed: str):
    with house.connect() as connection, pytest.raises(sa.exc.DBAPIError, match=REFUSAL):
        connection.exec_driver_sql(deed)

    assert rows(house, REAL) == {"event": 3}
    assert rows(house, REHEARSAL) == {"event": 2}


@pytest.mark.parametrize("deed", SQLITE_DEEDS.values(), ids=SQLITE_DEEDS)
@pytest.mark.parametrize("keys", ["ON", "OFF"])
def test_nor_what_was_put_in_place_of_a_dialogue(sqlite_engine: sa.Engine, deed: str, keys: str):
    furnish(sqlite_engine)
    with sqlite_engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("ROLLBACK") if driver.in_transaction else None
        driver.execute(f"PRAGMA foreign_keys = {keys}")
        with pytest.raises(Exception, match=REFUSAL):
            driver.execute(deed)
        with pytest.raises(Exception, match=REFUSAL):
            driver.execute(f"DELETE FROM dialogue WHERE id = '{REAL}'")

    assert rows(sqlite_engine, REAL) == {"event": 3}


def test_a_rehearsal_goes_with_all_its_rows_and_takes_nothing_along(house: sa.Engine):
    seat = SeatRow("s1", REAL, "chair", "mexico", "5ea7", 1, 9, None, "en", REHEARSAL)
    with writing(house) as connection:
        for dialogue in (REAL, REHEARSAL):
            registry.keep_note(connection, dialogue, NOTE, 0)
            texts.keep(connection, dialogue, "text-1", "salt", "words")
            link = LinkRow(f"l-{dialogue}", dialogue, "follower", None, 1)
            registry.add_link(connection, link, f"hash-{dialogue}", None)
            walk_in = WalkInRow(f"w-{dialogue}", dialogue, "A", "ngo", "B", "s1", 1, None, None)
            registry.add_walk_in(connection, walk_in)
            journal.keep_receipt(connection, dialogue, "tap-1", journal.Receipt("d", 1, None))
        registry.add_seat(connection, seat)
        registry.add_seat(connection, replace(seat, id="s2", dialogue_id=REHEARSAL, rehearsal=None))
    before = rows(house, REAL)
    assert rows(house, REHEARSAL).keys() == before.keys()

    with writing(house) as connection:
        registry.delete_rehearsal(connection, REHEARSAL)

    assert rows(house, REHEARSAL) == {}
    assert rows(house, REAL) == before
    with reading(house) as connection:
        assert registry.dialogue(connection, REHEARSAL) is None
        assert registry.seats(connection, REAL) == (replace(seat, rehearsal=None),)
        assert journal.damage(connection, REAL) == ()


def test_what_is_no_rehearsal_is_not_deleted_as_one(house: sa.Engine):
    refusals = (sa.exc.DBAPIError, NotRecorded)
    with pytest.raises(refusals, match=REFUSAL), writing(house) as connection:
        registry.delete_rehearsal(connection, REAL)

    assert rows(house, REAL) == {"event": 3}


def test_a_dialogue_has_one_rehearsal_at_a_time(house: sa.Engine):
    with pytest.raises(sa.exc.IntegrityError), writing(house) as connection:
        registry.add_dialogue(connection, replace(DIALOGUE, id="second", rehearsal_of=REAL))

    with reading(house) as connection:
        assert registry.rehearsals(connection) == {REAL: REHEARSAL}


def test_no_list_of_dialogues_names_it_unless_it_is_asked_for(house: sa.Engine):
    with reading(house) as connection:
        listed = {row.id for row in registry.dialogues(connection)}
        all_of_them = {row.id for row in registry.dialogues(connection, rehearsals=True)}

    assert (listed, all_of_them) == ({REAL, OTHER}, {REAL, OTHER, REHEARSAL})


def test_a_seat_is_found_where_it_is(house: sa.Engine):
    seat = SeatRow("s1", REAL, "chair", "mexico", "5ea7", 1, 9, None, "en")
    with writing(house) as connection:
        registry.add_seat(connection, seat)
        registry.add_seat(connection, replace(seat, id="d1", role="display", subject=None))
        registry.cross_over_all(connection, REAL, "display", REHEARSAL)
        assert [one.id for one in registry.seats(connection, REHEARSAL)] == ["d1"]
        registry.cross_over(connection, "s1", REHEARSAL)
        assert set(registry.seats_by_id(connection, REHEARSAL)) == {"s1", "d1"}
        registry.cross_over(connection, "s1", None)

        assert registry.seat(connection, "s1") == registry.SeatFound(seat, None, None)
        assert [one.id for one in registry.seats(connection, REHEARSAL)] == ["d1"]
        assert {one.id for one in registry.seats(connection, REAL)} == {"s1", "d1"}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_backup_takes_it_along_whichever_comes_first(
    house: sa.Engine,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
):
    monkeypatch.setattr("moderator.store.backup.AT_A_TIME", 1)  # each row by itself
    with writing(house) as connection:  # by its id it would come before what it is one of
        registry.add_dialogue(connection, replace(DIALOGUE, id="a", rehearsal_of=OTHER))
    file, url = tmp_path / "backup.zip", f"sqlite:///{tmp_path / 'elsewhere.db'}"
    if kind == "postgres":
        url = request.getfixturevalue("postgres").fresh_database()
    elsewhere = make_engine(url)
    back_up(house, b"key", file, "0.1.0", Instant(5))

    _manifest, damage = restore(elsewhere, file, lambda _key: None)

    assert damage == {REAL: (), REHEARSAL: (), OTHER: (), "a": ()}
    with writing(elsewhere) as connection:
        registry.delete_rehearsal(connection, "a")
        assert registry.rehearsals(connection) == {REAL: REHEARSAL}
    with elsewhere.connect() as connection, pytest.raises(sa.exc.DBAPIError, match=REFUSAL):
        connection.exec_driver_sql("DELETE FROM event")
    elsewhere.dispose()
