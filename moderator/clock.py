"""The time of the installation: wall time read once per boot, carried by a clock nobody can step.

All processes of a host share the anchor through the database, and a restarted server finds it
again; only a reboot reads the wall clock anew. On PostgreSQL the anchor is taken from the
database's clock, so that several hosts agree.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.store import tables
from moderator.store.engine import reading, writing

Now = Callable[[], Instant]
"""A source of the present instant; tests hand in their own."""

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def boot_clock() -> int:
    """Milliseconds since this host booted, time asleep included where the system tells it."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime_ns(clock) // 1_000_000


def wall_clock() -> int:
    """Milliseconds since 1970 as the host's settable clock has it."""
    return time.time_ns() // 1_000_000


def boot_id() -> str:
    """What tells this boot of this host from every other; a new one where the system has none."""
    return _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else uuid4().hex


def anchored(
    engine: sa.Engine,
    boot: str,
    monotonic: Callable[[], int] = boot_clock,
    wall: Callable[[], int] = wall_clock,
) -> Now:
    """The time of the installation on this host, anchored in the database's `anchor` table."""
    # A restarted server finds its time even while the database takes nothing.
    with reading(engine) as connection:
        found = _offset(connection, boot)
    offset = _anchor(engine, boot, monotonic, wall) if found is None else found
    return lambda: Instant(monotonic() + offset)


class SystemClock:
    """The time of the installation, anchored when it is first asked for: before that, the tables
    may not be there yet."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._now: Now | None = None

    def __call__(self) -> Instant:
        """The present instant."""
        if self._now is None:
            self._now = anchored(self._engine, boot_id())
        return self._now()


def _anchor(
    engine: sa.Engine, boot: str, monotonic: Callable[[], int], wall: Callable[[], int]
) -> int:
    """Read the wall clock for this boot, unless somebody was here first; tell the offset."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # Whoever else starts at this moment waits, and finds the anchor set.
            connection.exec_driver_sql("LOCK TABLE anchor")
        offset = _offset(connection, boot)
        if offset is None:
            offset = _wall_time(connection, wall) - monotonic()
            connection.execute(sa.insert(tables.anchor).values(boot_id=boot, offset=offset))
        return offset


def _offset(connection: sa.Connection, boot: str) -> int | None:
    """Wall time minus boot time, as this boot's first process found it; None when there is none."""
    table = tables.anchor
    offset: int | None = connection.scalar(sa.select(table.c.offset).where(table.c.boot_id == boot))
    return offset


def _wall_time(connection: sa.Connection, wall: Callable[[], int]) -> int:
    """Wall time in milliseconds: the database's where several hosts share it, else this host's."""
    if connection.dialect.name != "postgresql":
        return wall()
    epoch = sa.func.extract("epoch", sa.func.clock_timestamp())
    return int(connection.execute(sa.select(epoch)).scalar_one() * 1000)
