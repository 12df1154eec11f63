"""Triggers that keep the log append-only, whoever opens the database."""

from typing import Final

import sqlalchemy as sa

REFUSAL: Final = "the log is only ever added to"

_SQLITE: Final = tuple(
    f"""CREATE TRIGGER event_no_{deed} BEFORE {deed} ON event
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for deed in ("update", "delete")
)
_POSTGRESQL: Final = (
    f"""CREATE OR REPLACE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER event_no_update BEFORE UPDATE OR DELETE ON event
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event()""",
    """CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_event()""",
)


def set_guards(connection: sa.Connection) -> None:
    """Make the triggers, again if need be; runs after every migration."""
    postgresql = connection.dialect.name == "postgresql"
    for name in ("update", "truncate") if postgresql else ("update", "delete"):
        on_table = " ON event" if postgresql else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS event_no_{name}{on_table}")
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        connection.exec_driver_sql(statement)


def guards_missing(connection: sa.Connection) -> tuple[str, ...]:
    """The names of triggers that are not there or are switched off; empty when all hold."""
    if connection.dialect.name == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND tgenabled <> 'D'"
        )
        expected = {"event_no_update", "event_no_truncate"}
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        expected = {"event_no_update", "event_no_delete"}
    found = {name for (name,) in connection.exec_driver_sql(query)}
    return tuple(sorted(expected - found))
