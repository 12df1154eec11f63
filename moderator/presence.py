"""Which delegations have a device that hears the server now: the source of "told on their phones".

A device hears while its socket is open, or while it comes for the view where no websocket passes.
Each process knows its own; what others know stands in a table, a row for each, for a moment.
"""

import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from moderator.core.units import SECOND, Duration, Instant
from moderator.store import registry
from moderator.store.engine import NotRecorded, reading, writing

POLLED: Final = Duration(15 * SECOND)
"""Whoever has come for the view within it comes again: pages without a websocket do each 5 s."""

SHARE_S: Final = 5.0
"""How often a process looks whether others have to be told anew."""

HOLDS: Final = Duration(20 * SECOND)
"""What a process has told the others holds so long; then it is taken for dead."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Here:
    """Who hears one dialogue in this process; `told` and `until` are what the others know of it."""

    sockets: Counter[str] = field(default_factory=Counter)
    polled: dict[str, Instant] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    until: Instant = Instant(0)


class Presence:
    """Keeps count for this process, and asks the table for the others."""

    def __init__(self, engine: sa.Engine, now: Callable[[], Instant]) -> None:
        self._engine = engine
        self._now = now
        self._process = secrets.token_hex(8)
        self._lock = threading.Lock()
        self._here: dict[str, _Here] = {}

    def came(self, dialogue_id: str, delegation: str) -> None:
        """A device of a delegation has opened a socket."""
        with self._lock:
            self._here.setdefault(dialogue_id, _Here()).sockets[delegation] += 1

    def went(self, dialogue_id: str, delegation: str) -> None:
        """A socket that came has gone."""
        with self._lock:
            sockets = self._here[dialogue_id].sockets
            sockets[delegation] -= 1
            if not sockets[delegation]:
                del sockets[delegation]

    def polled(self, dialogue_id: str, delegation: str) -> None:
        """A device of a delegation has come for the view."""
        with self._lock:
            here = self._here.setdefault(dialogue_id, _Here())
            here.polled[delegation] = Instant(self._now() + POLLED)

    def reached(self, dialogue_id: str) -> tuple[str, ...]:
        """The delegations of which a device hears the server now, by code.

        What another process knows is up to `SHARE_S` old. Raises NotRecorded.
        """
        now = self._now()
        with reading(self._engine) as connection:
            others = registry.heard_elsewhere(connection, dialogue_id, self._process, now)
        with self._lock:
            here = self._of_here(dialogue_id, now)
        return tuple(sorted(here | others))

    def run(self, sleep: Callable[[float], object]) -> None:
        """Tell the other processes, for ever. Apart from the beats: a write may have to wait."""
        while True:
            sleep(SHARE_S)
            try:
                self.share()
            except NotRecorded:
                continue  # the database is away; the next round tells it
            except Exception:
                log.exception("telling who is here failed")

    def share(self) -> None:
        """Write down who is here, where it has changed or is about to lapse. Raises NotRecorded."""
        now = self._now()
        with self._lock:
            found = {dialogue: self._of_here(dialogue, now) for dialogue in self._here}
            changed = {
                dialogue: codes
                for dialogue, codes in found.items()
                if codes != self._here[dialogue].told
                or (codes and self._here[dialogue].until <= now + HOLDS // 2)
            }
        if not changed:
            return
        until = Instant(now + HOLDS)
        with writing(self._engine) as connection:
            registry.tell_presence(connection, self._process, changed, now, until)
        with self._lock:
            for dialogue, codes in changed.items():
                here = self._here[dialogue]
                here.told, here.until = codes, until
                if not (codes or here.sockets or here.polled):
                    del self._here[dialogue]

    def _of_here(self, dialogue_id: str, now: Instant) -> frozenset[str]:
        here = self._here.get(dialogue_id)
        if here is None:
            return frozenset()
        here.polled = {code: until for code, until in here.polled.items() if until > now}
        return frozenset(here.sockets) | frozenset(here.polled)
