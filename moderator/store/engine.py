"""The database connection: SQLite with every commit on disk, or PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SQLITE_BUSY_MS: Final = 20
"""How long SQLite waits in C for another process, which under eventlet stops everybody; the green
retry around it waits longer."""

PATIENCE_S: Final = 4.0
"""How long a writer waits in all for a database that another process holds."""

PAUSE_S: Final = 0.02
"""Between two tries; every other greenlet runs meanwhile."""

_UNABLE: Final = (OperationalError, InternalError, PoolTimeout)


class NotRecorded(Exception):
    """The database could not take or tell it (locked, full, gone); nothing happened, try again."""


def make_engine(url: str) -> sa.Engine:
    """An engine for `url`; raises sqlalchemy.exc.ArgumentError when it is none."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url)
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    options = f"-c lock_timeout={int(PATIENCE_S * 1000)}"
    return sa.create_engine(
        url, pool_pre_ping=True, pool_size=10, connect_args={"options": options}
    )


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that is a writer from its first moment; raises NotRecorded when it cannot be.

    SQLite begins transactions as readers and cannot always make writers of them later. Nothing may
    yield to other greenlets while one is open.
    """
    try:
        with (
            engine.connect().execution_options(writes=True) as connection,
            _begun(connection),
        ):
            yield connection
    except _UNABLE as error:
        raise NotRecorded(str(error)) from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only reads; raises NotRecorded when the database cannot be reached."""
    try:
        with engine.connect() as connection:
            yield connection
    except _UNABLE as error:
        raise NotRecorded(str(error)) from error


def _begun(connection: sa.Connection) -> sa.RootTransaction:
    """Begin a writing transaction, waiting greenly while another process writes."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return connection.begin()
        except OperationalError:
            if time.monotonic() >= deadline:
                raise
        time.sleep(PAUSE_S)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {SQLITE_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
