"""The log on disk: what is appended is read back, and whatever was done to it is found."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.store import journal, tables
from moderator.store.engine import reading, writing
from moderator.store.journal import Head, Receipt
from tests.store.logs import DIALOGUE, add_dialogue, gavels, write_log

WHO = ("chair/mexico", "chair/norway", "secretary/okoye", "chair/mexico")

HASH = "662f3f104cc91b0186801886906f1023a0ceaaf6449dc46bf3c489ce5f5691fc"
"""Of the log below. If it changes, no log that was ever written can be checked any more."""

GUARDS_OFF = {
    "sqlite": (
        "PRAGMA foreign_keys = OFF",
        "BEGIN",
        "DROP TRIGGER event_no_update",
        "DROP TRIGGER event_no_delete",
        "DROP TRIGGER dialogue_no_delete",
    ),
    "postgresql": ("BEGIN", "SET LOCAL session_replication_role = replica"),
}
"""What somebody with the database in hand could do before touching the log."""


@pytest.fixture
def dialogue(engine: sa.Engine) -> str:
    """A dialogue whose log has four rows."""
    write_log(engine, *WHO)
    return DIALOGUE.id


@pytest.fixture
def another(engine: sa.Engine) -> str:
    """A dialogue whose log has one row."""
    write_log(engine, "chair/norway", dialogue_id="another")
    return "another"


@pytest.fixture
def intruder(engine: sa.Engine, dialogue: str) -> Iterator[sa.Connection]:
    """A connection that no guard stops; what it does is taken back at the end."""
    free = sa.create_engine(engine.url, isolation_level="AUTOCOMMIT")
    with free.connect() as connection:
        for statement in GUARDS_OFF[engine.dialect.name]:
            connection.exec_driver_sql(statement)
        yield connection
        connection.exec_driver_sql("ROLLBACK")
    free.dispose()


def damage(engine: sa.Engine) -> tuple[str, ...]:
    with reading(engine) as connection:
        return journal.damage(connection, DIALOGUE.id)


def seen_by(intruder: sa.Connection, dialogue_id: str = DIALOGUE.id) -> tuple[str, ...]:
    return journal.damage(intruder, dialogue_id)


# Writing and reading


def test_rows_are_read_back_in_order(engine, dialogue):
    with reading(engine) as connection:
        entries = journal.read(connection, dialogue)
        newer = journal.read(connection, dialogue, after=2)

    assert tuple(entry.event for entry in entries) == gavels(*WHO)
    assert [(entry.version, entry.actor, entry.command_id) for entry in newer] == [
        (3, "chair/mexico/1", "tap-3"),
        (4, "chair/mexico/1", "tap-4"),
    ]


def test_a_log_stands_where_its_last_row_does(engine, dialogue):
    with writing(engine) as connection:
        locked = journal.lock(connection, dialogue)
        last = connection.execute(
            sa.select(tables.event.c.version, tables.event.c.hash)
            .order_by(tables.event.c.version.desc())
            .limit(1)
        ).one()

    assert locked == Head(*last)
    assert locked is not None
    assert locked.version == 4


def test_a_new_dialogue_stands_at_nothing(engine):
    add_dialogue(engine)

    with reading(engine) as connection:
        assert journal.head(connection, DIALOGUE.id) == Head(0, "")
        assert journal.read(connection, DIALOGUE.id) == ()


def test_there_is_no_head_of_an_unknown_dialogue(engine):
    with writing(engine) as connection:
        assert journal.lock(connection, "nowhere") is None
        assert journal.head(connection, "nowhere") is None


def test_appending_nothing_leaves_the_log_as_it_is(engine, dialogue):
    with writing(engine) as connection:
        head = journal.lock(connection, dialogue)
        assert head is not None
        assert journal.append(connection, dialogue, head, journal.CLOCK, None, ()) == head


def test_a_version_is_never_written_twice(engine, dialogue):
    """Whatever went wrong with the lock, the primary key is the last guard."""
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        journal.append(connection, dialogue, Head(3, "0"), "chair//", None, gavels("chair/x"))

    assert damage(engine) == ()


def test_a_receipt_is_kept_for_its_dialogue(engine, dialogue):
    add_dialogue(engine, "another")
    kept = Receipt("digest", 4, None)
    with writing(engine) as connection:
        journal.keep_receipt(connection, dialogue, "tap-4", kept)

    with reading(engine) as connection:
        assert journal.receipt(connection, dialogue, "tap-4") == kept
        assert journal.receipt(connection, dialogue, "tap-5") is None
        assert journal.receipt(connection, "another", "tap-4") is None


def test_the_rows_of_a_command_are_found_by_any_of_them(engine):
    add_dialogue(engine)
    with writing(engine) as connection:
        head = journal.append(
            connection, DIALOGUE.id, Head(0, ""), journal.CLOCK, None, gavels("chair/clock")
        )
        head = journal.append(connection, DIALOGUE.id, head, "chair//", "tap-1", gavels("a", "b"))
        journal.append(connection, DIALOGUE.id, head, "chair//", "tap-2", gavels("c"))

    with reading(engine) as connection:
        for version in (2, 3):
            entries = journal.entries_of_command(connection, DIALOGUE.id, version)
            assert [(entry.version, entry.command_id) for entry in entries] == [
                (2, "tap-1"),
                (3, "tap-1"),
            ]
        assert journal.entries_of_command(connection, DIALOGUE.id, 1) == ()
        assert journal.entries_of_command(connection, DIALOGUE.id, 9) == ()


def test_the_deadlines_of_all_dialogues_are_told_nearest_first(engine):
    with writing(engine) as connection:
        assert journal.deadlines(connection) == ()
    for name, deadline in (("late", 9_000), ("soon", 5_000), ("never", None)):
        head = write_log(engine, "chair/mexico", dialogue_id=name)
        with writing(engine) as connection:
            journal.move_head(connection, name, head, deadline and Instant(deadline), None)

    with reading(engine) as connection:
        assert journal.deadlines(connection) == (("soon", 5_000), ("late", 9_000))


def test_versions_are_told_for_the_dialogues_that_exist(engine, dialogue):
    add_dialogue(engine, "another")

    with reading(engine) as connection:
        asked = iter((dialogue, "another", "nowhere"))
        assert journal.versions(connection, asked) == {dialogue: 4, "another": 0}


# Damage


def test_a_log_that_nobody_touched_is_whole(engine, dialogue):
    assert damage(engine) == ()


def test_an_empty_log_is_whole(engine):
    add_dialogue(engine)

    assert damage(engine) == ()


@pytest.mark.story(51)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", 1_001),
        ("actor", "chair/mexico/2"),
        ("command_id", "tap-X"),
        ("command_id", None),
        ("type", "GavelTakem"),
        ("data", '{"holder":"chair/mexicp"}'),
        ("data", '{"holder": "chair/mexico"}'),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_byte_is_found_in_every_column_of_every_row(engine, intruder, column, value):
    for version in (1, 2, 4):
        intruder.exec_driver_sql("SAVEPOINT whole")
        _change(intruder, version, column, value)
        assert f"row {version} was changed" in seen_by(intruder)
        intruder.exec_driver_sql("ROLLBACK TO SAVEPOINT whole")


def test_a_row_that_was_given_to_another_dialogue_is_missed_in_both(another, intruder):
    _change(intruder, 3, "dialogue_id", "another")

    assert seen_by(intruder) == ("rows are missing between 2 and 4",)
    assert seen_by(intruder, "another") == (
        "rows are missing between 1 and 3",
        "the head on the dialogue's row is not that of the log",
    )


def test_a_changed_row_whose_hash_was_made_to_fit_is_found_by_the_next(engine, intruder):
    _change(intruder, 2, "data", '{"holder":"chair/nobody"}')
    _change(intruder, 2, "hash", _hash_of(intruder, 2))

    assert seen_by(intruder) == ("row 3 was changed",)


def test_a_changed_last_row_whose_hash_was_made_to_fit_is_found_by_the_head(engine, intruder):
    _change(intruder, 4, "data", '{"holder":"chair/nobody"}')
    _change(intruder, 4, "hash", _hash_of(intruder, 4))

    assert seen_by(intruder) == ("the head on the dialogue's row is not that of the log",)


def test_a_cut_tail_is_found(engine, intruder):
    intruder.exec_driver_sql("DELETE FROM event WHERE version >= 3")

    assert seen_by(intruder) == ("the log ends at row 2, but 4 were written",)


def test_a_log_that_was_emptied_is_found(engine, intruder):
    intruder.exec_driver_sql("DELETE FROM event")

    assert seen_by(intruder) == ("the log ends at row 0, but 4 were written",)


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        ("version = 2", "rows are missing between 1 and 3"),
        ("version IN (2, 3)", "rows are missing between 1 and 4"),
        ("version = 1", "rows are missing between 0 and 2"),
    ],
)
def test_missing_rows_are_found_and_the_others_not_accused(engine, intruder, missing, found):
    intruder.exec_driver_sql(f"DELETE FROM event WHERE {missing}")

    assert seen_by(intruder) == (found,)


def test_an_added_row_is_found(engine, intruder):
    intruder.exec_driver_sql(
        "INSERT INTO event SELECT dialogue_id, 5, at, actor, command_id, type, data, hash"
        " FROM event WHERE version = 4"
    )

    assert seen_by(intruder) == (
        "row 5 was changed",
        "the head on the dialogue's row is not that of the log",
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("version = 5", "the log ends at row 4, but 5 were written"),
        ("version = 3", "the head on the dialogue's row is not that of the log"),
        ("hash = 'f'", "the head on the dialogue's row is not that of the log"),
    ],
)
def test_a_changed_head_is_found(engine, intruder, change, found):
    intruder.exec_driver_sql(f"UPDATE dialogue SET {change}")

    assert seen_by(intruder) == (found,)


def test_a_missing_dialogue_is_found(engine, intruder):
    intruder.exec_driver_sql("DELETE FROM dialogue")

    assert seen_by(intruder) == ("the dialogue's row is missing",)


def test_the_same_log_has_the_same_hash_wherever_it_is_kept(engine, dialogue):
    """A log that is carried from one database to the other, or to a newer version, stays whole."""
    with reading(engine) as connection:
        assert journal.head(connection, dialogue) == Head(4, HASH)


def _change(intruder: sa.Connection, version: int, column: str, value: object) -> None:
    intruder.execute(
        sa.update(tables.event)
        .where(tables.event.c.dialogue_id == DIALOGUE.id, tables.event.c.version == version)
        .values({column: value})
    )


def _hash_of(intruder: sa.Connection, version: int) -> str:
    """The hash that a row would have if it had been written as it now is."""
    row, before = intruder.execute(
        sa.select(tables.event)
        .where(tables.event.c.version.in_((version, version - 1)))
        .order_by(tables.event.c.version.desc())
    )
    return journal._hash(before.hash, *row[:-1])
