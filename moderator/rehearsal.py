"""Rehearsals: a throw-away copy of a dialogue, tried out with the same links before it is opened.

A rehearsal is a dialogue of its own, with a log of its own, whose row names the one that is tried
out. Seats stay where they were made and only cross over: so nobody enters again when it is over.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from moderator.core.model import Dialogue
from moderator.core.terms import Phase, Role
from moderator.core.units import MINUTE, Duration, Instant
from moderator.keys import new_id
from moderator.secretariat import Secretariat
from moderator.service import Service
from moderator.store import journal, registry

QUARTER: Final = Duration(15 * MINUTE)
"""What is tried out begins at the quarter of an hour that is running, so that it is on time."""


class TooLateToRehearse(Exception):
    """The dialogue was opened already; a copy of it can still be rehearsed."""


class Rehearsals:
    """Begins and ends the rehearsals of all dialogues; `now` is the time of the installation."""

    def __init__(
        self, now: Callable[[], Instant], service: Service, secretariat: Secretariat
    ) -> None:
        self._now = now
        self._service = service
        self._secretariat = secretariat

    def of(self, dialogue_id: str) -> str | None:
        """The rehearsal of a dialogue; of a rehearsal it is that itself. None when none goes on."""
        known = self._secretariat.rehearsals()
        return dialogue_id if dialogue_id in known.values() else known.get(dialogue_id)

    def begin(self, dialogue_id: str) -> str:
        """Begin the rehearsal of a dialogue, with its programme as it stands; tells its id.

        Displays are in it at once, since nobody stands beside them to press. One that goes on
        already is told again. Raises TooLateToRehearse, and UnknownDialogue.
        """
        home = self._home(dialogue_id)

        def make(connection: sa.Connection, state: Dialogue) -> str:
            known = registry.rehearsal_held(connection, home)
            if known is not None:
                return known
            if state.phase is not Phase.SCHEDULED:
                raise TooLateToRehearse(home)
            row = registry.dialogue(connection, home)
            assert row is not None  # noqa: S101  it is locked
            made = replace(
                row,
                id=new_id(),
                starts_at=running_quarter(self._now()),
                made_at=self._now(),
                closed_at=None,
                revision=0,
                rehearsal_of=home,
            )
            registry.add_dialogue(connection, made)
            registry.cross_over_all(connection, home, Role.DISPLAY, made.id)
            return made.id

        rehearsal = self._service.beside(home, make)
        self._secretariat.forget(home)
        return rehearsal

    def end(self, dialogue_id: str) -> None:
        """End the rehearsal of a dialogue, named by either id: all its rows are deleted.

        Devices that were in it are in their dialogue again. Nothing happens when none goes on.
        Raises UnknownDialogue.
        """
        home = self._home(dialogue_id)
        self._service.beside(home, lambda connection, _state: self.end_within(connection, home))
        self._secretariat.forget(home)

    def end_within(self, connection: sa.Connection, home: str) -> None:
        """The same in a transaction that holds the lock of `home`: its opening ends a rehearsal."""
        rehearsal = registry.rehearsals(connection).get(home)
        # Locked, so that whoever is writing in it has finished.
        if rehearsal is None or journal.lock(connection, rehearsal) is None:
            return
        registry.delete_rehearsal(connection, rehearsal)
        for gone in (home, rehearsal):
            self._secretariat.forget(gone)
        self._service.forget(rehearsal)

    def _home(self, dialogue_id: str) -> str:
        """The dialogue that is tried out: itself, where it is no rehearsal."""
        for home, rehearsal in self._secretariat.rehearsals().items():
            if rehearsal == dialogue_id:
                return home
        return dialogue_id


def running_quarter(now: Instant) -> Instant:
    """When the quarter of an hour began that is running."""
    return Instant(now - now % QUARTER)
