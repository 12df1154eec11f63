"""Brings a database to the newest form of its tables, and sets the guards of the log anew.

Alembic is loaded where it is used: a server that comes back after a crash need not wait for it.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from moderator.store.engine import writing
from moderator.store.guards import set_guards

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"

LOCK: Final = 20120403
"""The number of our advisory lock in a PostgreSQL database; any would do."""


REVISION: Final = sa.table("alembic_version", sa.column("version_num", sa.Text))
"""Where Alembic keeps which steps were taken."""


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Run every migration that is missing up to `revision`, all or nothing."""
    from alembic import command

    with writing(engine, foreign_keys=False) as connection:
        if engine.dialect.name == "postgresql":
            # Servers that start at the same moment follow each other, as they do on SQLite.
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        command.upgrade(config(connection), revision)
        set_guards(connection)


def is_current(engine: sa.Engine) -> bool:
    """Whether the database has the newest form of the tables."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(REVISION.name):
            return False
        return connection.scalars(sa.select(REVISION)).all() == steps()[-1:]


def steps() -> list[str]:
    """The revisions of all steps, in their order: the numbers that their files begin with."""
    return sorted(path.name.partition("_")[0] for path in MIGRATIONS.glob("versions/*.py"))


def config(connection: sa.Connection | None = None) -> "Config":
    """Alembic's configuration for our migrations, over `connection` where one is given."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made
