"""Triggers that keep the log append-only, whoever opens the database.

One kind of log may go, and only as a whole: that of a rehearsal. So that no other dialogue can be
made to look like one, `rehearsal_of` is written when a dialogue's row is made and never again, and
a row that is no rehearsal's can neither be deleted nor be given another id.
"""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

REFUSAL: Final = "the log is only ever added to"

_Guards = Mapping[str, tuple[str, str]]
"""By name: the table that a trigger stands on, and what it does."""

_REFUSE_ON_SQLITE: Final = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_SQLITE: Final[_Guards] = {
    "event_no_update": ("event", f"BEFORE UPDATE ON event {_REFUSE_ON_SQLITE}"),
    "event_no_delete": ("event", f"BEFORE DELETE ON event {_REFUSE_ON_SQLITE}"),
    # INSERT OR REPLACE takes a row away without calling the trigger for DELETE.
    "event_no_replace": (
        "event",
        f"""BEFORE INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event
                     WHERE dialogue_id = NEW.dialogue_id AND version = NEW.version)
        {_REFUSE_ON_SQLITE}""",  # noqa: S608  nothing from outside stands in it
    ),
}
_SQLITE_WITH_REHEARSALS: Final[_Guards] = {
    **_SQLITE,
    "event_no_delete": (
        "event",
        f"""BEFORE DELETE ON event
        WHEN NOT EXISTS (SELECT 1 FROM dialogue
                         WHERE id = OLD.dialogue_id AND rehearsal_of IS NOT NULL)
        {_REFUSE_ON_SQLITE}""",  # noqa: S608
    ),
    "dialogue_no_update": (
        "dialogue",
        f"""BEFORE UPDATE ON dialogue
        WHEN NEW.id <> OLD.id OR NEW.rehearsal_of IS NOT OLD.rehearsal_of
        {_REFUSE_ON_SQLITE}""",
    ),
    "dialogue_no_delete": (
        "dialogue",
        f"BEFORE DELETE ON dialogue WHEN OLD.rehearsal_of IS NULL {_REFUSE_ON_SQLITE}",
    ),
    "dialogue_no_replace": (
        "dialogue",
        f"""BEFORE INSERT ON dialogue
        WHEN EXISTS (SELECT 1 FROM dialogue WHERE id = NEW.id)
        {_REFUSE_ON_SQLITE}""",  # noqa: S608
    ),
}

_FUNCTION: Final = f"""
    CREATE OR REPLACE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""
_FUNCTIONS_WITH_REHEARSALS: Final = (
    f"""
    CREATE OR REPLACE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM dialogue
                       WHERE id = OLD.dialogue_id AND rehearsal_of IS NOT NULL) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}';
    END $$""",  # noqa: S608
    f"""
    CREATE OR REPLACE FUNCTION refuse_change_of_dialogue() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
)
_REFUSE_ON_POSTGRESQL: Final = "EXECUTE FUNCTION refuse_change_of_event()"
_POSTGRESQL: Final[_Guards] = {
    "event_no_update": (
        "event",
        f"BEFORE UPDATE OR DELETE ON event FOR EACH ROW {_REFUSE_ON_POSTGRESQL}",
    ),
    "event_no_truncate": (
        "event",
        f"BEFORE TRUNCATE ON event FOR EACH STATEMENT {_REFUSE_ON_POSTGRESQL}",
    ),
}
_POSTGRESQL_WITH_REHEARSALS: Final[_Guards] = {
    **_POSTGRESQL,
    "dialogue_no_update": (
        "dialogue",
        """BEFORE UPDATE ON dialogue FOR EACH ROW
        WHEN (NEW.id <> OLD.id OR NEW.rehearsal_of IS DISTINCT FROM OLD.rehearsal_of)
        EXECUTE FUNCTION refuse_change_of_dialogue()""",
    ),
    "dialogue_no_delete": (
        "dialogue",
        """BEFORE DELETE ON dialogue FOR EACH ROW WHEN (OLD.rehearsal_of IS NULL)
        EXECUTE FUNCTION refuse_change_of_dialogue()""",
    ),
}


def set_guards(connection: sa.Connection) -> None:
    """Make the triggers, again if need be; runs after every migration."""
    postgresql = connection.dialect.name == "postgresql"
    rehearses = _knows_rehearsals(connection)
    if postgresql:
        for function in _FUNCTIONS_WITH_REHEARSALS if rehearses else (_FUNCTION,):
            connection.exec_driver_sql(function)
    drop_guards(connection)
    for name, (_table, deed) in _guards(connection, rehearses).items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {deed}")


def drop_guards(connection: sa.Connection) -> None:
    """Take the triggers away, for as long as tables are made anew; `set_guards` must follow."""
    tables = sa.inspect(connection).get_table_names()
    on_postgresql = connection.dialect.name == "postgresql"
    for name, (table, _deed) in _guards(connection, rehearses=True).items():
        if table in tables:
            where = f"ON {table}" if on_postgresql else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} {where}")


def guards_missing(connection: sa.Connection) -> tuple[str, ...]:
    """The names of triggers that are not there or are switched off; empty when all hold."""
    if connection.dialect.name == "postgresql":
        # O and A: switched on for whoever is not a replica, or for everybody.
        query = """SELECT tgname FROM pg_trigger
                   WHERE tgrelid IN ('event'::regclass, 'dialogue'::regclass)
                   AND tgenabled IN ('O', 'A')"""
    else:
        query = """SELECT name FROM sqlite_master
                   WHERE type = 'trigger' AND tbl_name IN ('event', 'dialogue')"""
    found = {name for (name,) in connection.exec_driver_sql(query)}
    return tuple(sorted(set(_guards(connection, _knows_rehearsals(connection))) - found))


def _knows_rehearsals(connection: sa.Connection) -> bool:
    """Whether the tables are of a form that has rehearsals: before, every log stays."""
    found = sa.inspect(connection)
    return found.has_table("dialogue") and any(
        column["name"] == "rehearsal_of" for column in found.get_columns("dialogue")
    )


def _guards(connection: sa.Connection, rehearses: bool) -> _Guards:
    if connection.dialect.name == "postgresql":
        return _POSTGRESQL_WITH_REHEARSALS if rehearses else _POSTGRESQL
    return _SQLITE_WITH_REHEARSALS if rehearses else _SQLITE
