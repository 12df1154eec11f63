"""Triggers that keep the log append-only, whoever opens the database."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa

REFUSAL: Final = "the log is only ever added to"

_REFUSE_ON_SQLITE: Final = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_SQLITE: Final = {
    "event_no_update": f"BEFORE UPDATE ON event {_REFUSE_ON_SQLITE}",
    "event_no_delete": f"BEFORE DELETE ON event {_REFUSE_ON_SQLITE}",
    # INSERT OR REPLACE takes a row away without calling the trigger for DELETE.
    "event_no_replace": f"""BEFORE INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event
                     WHERE dialogue_id = NEW.dialogue_id AND version = NEW.version)
        {_REFUSE_ON_SQLITE}""",  # noqa: S608  nothing from outside stands in it
}

_FUNCTION: Final = f"""
    CREATE OR REPLACE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""
_REFUSE_ON_POSTGRESQL: Final = "EXECUTE FUNCTION refuse_change_of_event()"
_POSTGRESQL: Final = {
    "event_no_update": f"BEFORE UPDATE OR DELETE ON event FOR EACH ROW {_REFUSE_ON_POSTGRESQL}",
    "event_no_truncate": f"BEFORE TRUNCATE ON event FOR EACH STATEMENT {_REFUSE_ON_POSTGRESQL}",
}


def set_guards(connection: sa.Connection) -> None:
    """Make the triggers, again if need be; runs after every migration."""
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.exec_driver_sql(_FUNCTION)
    for name, deed in _guards(connection).items():
        connection.exec_driver_sql(
            f"DROP TRIGGER IF EXISTS {name} {'ON event' if postgresql else ''}"
        )
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {deed}")


def guards_missing(connection: sa.Connection) -> tuple[str, ...]:
    """The names of triggers that are not there or are switched off; empty when all hold."""
    if connection.dialect.name == "postgresql":
        # O and A: switched on for whoever is not a replica, or for everybody.
        query = """SELECT tgname FROM pg_trigger
                   WHERE tgrelid = 'event'::regclass AND tgenabled IN ('O', 'A')"""
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
    found = {name for (name,) in connection.exec_driver_sql(query)}
    return tuple(sorted(set(_guards(connection)) - found))


def _guards(connection: sa.Connection) -> Mapping[str, str]:
    return _POSTGRESQL if connection.dialect.name == "postgresql" else _SQLITE
