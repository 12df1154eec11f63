"""Whether a running server can do its work: what /readyz tells.

It asks at most once a second, however often it is asked, and never waits longer than that: a
database that has gone says nothing, and keeps whoever asks it waiting for minutes.
"""

import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from moderator.store.migrate import is_current

KEPT_S: Final = 1.0
"""How long an answer of the database holds, and how long it is waited for."""

BELL_SILENT_S: Final = 10.0
"""The bell looks each second; so long it may be held up by a database in trouble."""


class Part(StrEnum):
    """What a server needs, to be ready."""

    DATABASE = "database"
    SCHEMA = "schema"
    BELL = "bell"


class Health:
    """Looks after the parts of one process.

    `bell_rested` tells how many seconds ago the bell has last looked (None: never); `spawn` runs
    something beside.
    """

    def __init__(
        self,
        engine: sa.Engine,
        bell_rested: Callable[[], float | None],
        spawn: Callable[[Callable[[], None]], object],
    ) -> None:
        self._engine = engine
        self._bell_rested = bell_rested
        self._spawn = spawn
        self._lock = threading.Lock()
        self._look: _Look | None = None

    def missing(self) -> tuple[Part, ...]:
        """The parts that do not do their work now; empty when the server is ready."""
        rested = self._bell_rested()
        bell = () if rested is not None and rested < BELL_SILENT_S else (Part.BELL,)
        return (*self._database(), *bell)

    def _database(self) -> tuple[Part, ...]:
        with self._lock:
            look = self._look
            if look is None or (look.done.is_set() and look.age() > KEPT_S):
                self._look = look = _Look()
                self._spawn(lambda: look.at(self._engine))
        left = KEPT_S - look.age()
        if not look.done.wait(max(left, 0)):
            return (Part.DATABASE,)
        return look.missing


class _Look:
    """One look at the database, which may take longer than anybody waits for it."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.missing: tuple[Part, ...] = ()
        self._begun = time.monotonic()

    def age(self) -> float:
        """How many seconds ago it has begun."""
        return time.monotonic() - self._begun

    def at(self, engine: sa.Engine) -> None:
        """Look; whoever waits is told."""
        try:
            self.missing = () if is_current(engine) else (Part.SCHEMA,)
        except SQLAlchemyError:
            self.missing = (Part.DATABASE,)
        finally:
            self.done.set()
