"""The database connection: SQLite with every commit on disk, or PostgreSQL."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SQLITE_BUSY_MS: Final = 20
"""How long SQLite waits in C for another process, which under eventlet stops everybody; the green
retry around it waits longer."""

PATIENCE_S: Final = 4.0
"""How long a writer waits in all for a database that another process holds."""

PAUSE_S: Final = 0.02
"""Between two tries; every other greenlet runs meanwhile."""

SILENCE_S: Final = 4
"""How long a PostgreSQL server may be silent: one whose cable was pulled does not say so."""

Made = TypeVar("Made")

_UNABLE: Final = (OperationalError, InterfaceError, InternalError, PoolTimeout)


class NotRecorded(Exception):
    """The database could not take or tell it (locked, full, gone).

    Nothing happened, or all of it did and only the database's answer was lost: the same command
    with the same id settles it.
    """


def make_engine(url: str) -> sa.Engine:
    """An engine for `url`; raises sqlalchemy.exc.ArgumentError when it is none.

    What is written never stands in its errors, which are logged.
    """
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, hide_parameters=True)
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    return sa.create_engine(
        url,
        hide_parameters=True,
        # Whoever has waited for the lock must see what was recorded meanwhile.
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=10,
        connect_args={
            "options": f"-c lock_timeout={int(PATIENCE_S * 1000)}",
            "connect_timeout": SILENCE_S,
            "tcp_user_timeout": SILENCE_S * 1000,
            "keepalives_idle": SILENCE_S,
            "keepalives_interval": 1,
            "keepalives_count": 3,
        },
    )


@contextmanager
def writing(engine: sa.Engine, foreign_keys: bool = True) -> Iterator[sa.Connection]:
    """A transaction that is a writer from its first moment; raises NotRecorded when it cannot be.

    SQLite begins transactions as readers and cannot always make writers of them later. Nothing may
    yield to other greenlets while one is open. Without `foreign_keys` SQLite does not check them,
    and a table can be made anew that others refer to.
    """
    options = {"writes": True, "foreign_keys": foreign_keys}
    try:
        with (
            engine.connect().execution_options(**options) as connection,
            _begun(connection),
        ):
            yield connection
    except _UNABLE as error:
        raise NotRecorded(str(error)) from error


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that only reads, and sees one moment however often it looks.

    Raises NotRecorded when the database cannot be reached.
    """
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":  # SQLite's readers are never different
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
    except _UNABLE as error:
        raise NotRecorded(str(error)) from error


def _begun(connection: sa.Connection) -> sa.RootTransaction:
    """Begin a writing transaction, waiting greenly while another process writes."""
    return _patiently(connection.begin, OperationalError)


def _patiently(attempt: Callable[[], Made], refused: type[Exception]) -> Made:
    """Try again and again what another process may keep from us for a moment."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return attempt()
        except refused:
            if time.monotonic() >= deadline:
                raise
        time.sleep(PAUSE_S)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    # To give a new file its journal one has to be alone with it; SQLite does not wait for that.
    _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), sqlite3.OperationalError)
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {SQLITE_BUSY_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("foreign_keys", True):
        connection.detach()  # nobody shall get it from the pool like this
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
