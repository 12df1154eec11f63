"""The way to the newest tables, step by step, on both databases; and the guards after each step."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from moderator.store import migrate as migrate_module
from moderator.store import tables
from moderator.store.engine import NotRecorded, make_engine, reading, writing
from moderator.store.guards import REFUSAL, guards_missing
from moderator.store.migrate import MIGRATIONS, config, is_current, migrate
from tests.processes.crew import crew

STEPS = [step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()][::-1]

DEEDS = {
    "sqlite": (
        "UPDATE event SET data = '{}'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
        "INSERT INTO event SELECT * FROM event WHERE true"
        " ON CONFLICT (dialogue_id, version) DO UPDATE SET data = '{}'",
    ),
    "postgresql": (
        "UPDATE event SET data = '{}'",
        "DELETE FROM event",
        "TRUNCATE event",
        "TRUNCATE dialogue CASCADE",
        "INSERT INTO event SELECT * FROM event"
        " ON CONFLICT (dialogue_id, version) DO UPDATE SET data = '{}'",
    ),
}
"""Every way to change or remove a row of the log that SQL has."""

ROWS = (
    "INSERT INTO dialogue (id, programme, made_at) VALUES ('d', '', 0)",
    "INSERT INTO event (dialogue_id, version, at, actor, type, data, hash)"
    " VALUES ('d', 1, 0, 'clock//', 'DialogueSuspended', '{}', '')",
)

REBUILDING = """
from alembic import op
revision, down_revision = "9999", "{last}"
def upgrade():
    with op.batch_alter_table("{table}", recreate="{recreate}") as batch:
        batch.alter_column("{column}", nullable=True)
"""
"""A step to come that changes a column; SQLite can do so only by making the whole table anew."""

BREAKING = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9999", "{last}"
def upgrade():
    op.create_table("half_done", sa.Column("id", sa.Text(), primary_key=True))
    op.execute("SELECT * FROM nowhere")
"""


@pytest.fixture
def empty(empty_database: str) -> Iterator[sa.Engine]:
    """An engine on a database without any table."""
    engine = make_engine(empty_database)
    yield engine
    engine.dispose()


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Adds one more migration after all of ours."""
    folder = tmp_path / "migrations"

    def add(source: str, **words: str) -> None:
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        step = folder / "versions" / "9999_next.py"
        step.write_text(source.format(last=STEPS[-1], **words))
        monkeypatch.setattr(migrate_module, "MIGRATIONS", folder)

    return add


def test_the_log_is_guarded_after_every_step(empty):
    for step in STEPS:
        migrate(empty, step)
        if step == STEPS[0]:
            _write(empty, ROWS)
        _assert_guarded(empty)


def test_the_files_of_the_steps_are_numbered_as_they_follow_each_other():
    """By its file the newest step is known without loading it."""
    files = sorted((MIGRATIONS / "versions").glob("*.py"))

    assert [file.name.partition("_")[0] for file in files] == STEPS


def test_migrating_again_changes_nothing_and_keeps_the_guards(engine):
    _write(engine, ROWS)

    migrate(engine)

    _assert_guarded(engine)


def test_guards_that_were_dropped_are_missed_and_come_back_with_the_next_migration(engine):
    _write(engine, ROWS)
    on_table = "ON event" if engine.dialect.name == "postgresql" else ""
    _write(engine, (f"DROP TRIGGER event_no_update {on_table}",))
    with reading(engine) as connection:
        assert guards_missing(connection) == ("event_no_update",)

    migrate(engine)

    _assert_guarded(engine)


@pytest.mark.parametrize("state", ["DISABLE", "ENABLE REPLICA"])
def test_guards_that_were_switched_off_are_missed(postgres_engine, state):
    engine = postgres_engine
    _write(engine, (f"ALTER TABLE event {state} TRIGGER event_no_truncate",))

    with reading(engine) as connection:
        assert guards_missing(connection) == ("event_no_truncate",)


@pytest.mark.parametrize("table", ["event", "dialogue"])
def test_a_step_that_makes_a_table_anew_keeps_its_rows_and_the_guards(empty, next_step, table):
    migrate(empty)
    _write(empty, ROWS)
    recreate = "always" if empty.dialect.name == "sqlite" else "never"
    column = {"event": "actor", "dialogue": "made_at"}[table]

    next_step(REBUILDING, table=table, column=column, recreate=recreate)
    migrate(empty)

    assert is_current(empty)
    _assert_guarded(empty)
    with reading(empty) as connection:
        assert connection.scalar(sa.select(tables.event.c.type)) == "DialogueSuspended"
    with pytest.raises(sa.exc.IntegrityError):
        _write(empty, (ROWS[1].replace("'d', 1", "'nowhere', 1"),))


def test_a_step_that_breaks_leaves_the_database_as_it_was(empty, next_step):
    migrate(empty)
    next_step(BREAKING)

    with pytest.raises((sa.exc.DBAPIError, NotRecorded), match="nowhere"):
        migrate(empty)

    assert not is_current(empty)
    assert "half_done" not in sa.inspect(empty).get_table_names()
    with reading(empty) as connection:
        assert guards_missing(connection) == ()


def test_a_database_is_current_only_when_every_step_was_taken(empty):
    assert not is_current(empty)

    migrate(empty)

    assert is_current(empty)


def test_the_tables_are_what_the_code_says(engine):
    with reading(engine) as connection:
        # Alembic takes SQLite's '' for another default than the empty one.
        defaults = connection.dialect.name == "postgresql"
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": defaults}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_every_step_can_be_taken_back(empty):
    migrate(empty)

    with writing(empty) as connection:
        command.downgrade(config(connection), "base")

    assert sa.inspect(empty).get_table_names() == ["alembic_version"]


def test_servers_that_start_at_once_follow_each_other(empty_database):
    crew(_start, [(empty_database,)] * 4)

    engine = make_engine(empty_database)
    assert is_current(engine)
    engine.dispose()


def _start(database: str) -> None:
    migrate(make_engine(database))


def _write(engine: sa.Engine, statements: tuple[str, ...]) -> None:
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _assert_guarded(engine: sa.Engine) -> None:
    """The guards are there, and each of them does what it is for."""
    with reading(engine) as connection:
        assert guards_missing(connection) == ()
    for deed in DEEDS[engine.dialect.name]:
        # Below the retry, whose error it would become.
        with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match=REFUSAL):
            connection.exec_driver_sql(deed)
    with reading(engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.event)) == 1
