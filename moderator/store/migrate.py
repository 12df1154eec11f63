"""Brings a database to the newest form of its tables, and sets the guards of the log anew."""

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from moderator.store.engine import writing
from moderator.store.guards import set_guards

MIGRATIONS: Final = Path(__file__).parent / "migrations"

LOCK: Final = 20120403
"""The number of our advisory lock in a PostgreSQL database; any would do."""


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Run every migration that is missing up to `revision`, all or nothing."""
    with writing(engine, foreign_keys=False) as connection:
        if engine.dialect.name == "postgresql":
            # Servers that start at the same moment follow each other, as they do on SQLite.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(config(connection), revision)
        set_guards(connection)


def is_current(engine: sa.Engine) -> bool:
    """Whether the database has the newest form of the tables."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration for our migrations, over `connection` where one is given."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made
