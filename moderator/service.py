"""The one way anything happens: lock, fold what is new, apply what is due, decide, append, commit.

Publishing comes after the commit, and nothing yields to other greenlets inside a transaction.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa

from moderator.core.actor import Actor
from moderator.core.commands import Command, Done, Undo
from moderator.core.decide import decide
from moderator.core.due import due, next_due
from moderator.core.events import Event
from moderator.core.evolve import evolve_all
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import BUREAU, Phase
from moderator.core.undo import can_be_undone
from moderator.core.units import Instant
from moderator.store import journal
from moderator.store.engine import PATIENCE_S, NotRecorded, reading, writing
from moderator.store.journal import Entry, Head, Receipt

Result = TypeVar("Result")


class UnknownDialogue(Exception):
    """There is no dialogue with this id."""


class DamagedLog(Exception):
    """A log does not end where its head says; nothing is added to it until somebody has looked."""


class Service:
    """Handles commands and rings deadlines for all dialogues of a database.

    `now` is the time of the installation; `publish(dialogue_id)` is called after each commit that
    moved a dialogue on.
    """

    def __init__(
        self, engine: sa.Engine, now: Callable[[], Instant], publish: Callable[[str], None]
    ) -> None:
        self.now = now
        self._engine = engine
        self._publish = publish
        self._locks: dict[str, threading.Lock] = {}
        self._folded: dict[str, Dialogue] = {}

    def handle(
        self,
        dialogue_id: str,
        command: Command,
        beside: Callable[[sa.Connection], None] | None = None,
    ) -> Receipt:
        """Do what a command asks, once; the receipt tells the version that holds it.

        `beside` writes what belongs to the command and stands in plain tables, in the same
        transaction and only if something is recorded. The same command again (same id, actor and
        content) gets the same receipt. Raises Rejected when a rule refuses it, UnknownDialogue, and
        NotRecorded when the database cannot take it.
        """
        digest = hashlib.sha256(repr(command).encode()).hexdigest()
        with self._turn(dialogue_id) as turn:
            known = journal.receipt(turn.connection, dialogue_id, command.id)
            if known is not None:
                if known.digest != digest:
                    raise Rejected(Reason.ID_REUSED)
                return known
            events = decide(turn.state, command, turn.now)
            turn.record(str(command.by), command.id, events)
            if events and beside is not None:
                beside(turn.connection)
            version = turn.state.version
            receipt = Receipt(digest, version, version if _undoable(command, events) else None)
            journal.keep_receipt(turn.connection, dialogue_id, command.id, receipt)
            return receipt

    def beside(self, dialogue_id: str, act: Callable[[sa.Connection, Dialogue], Result]) -> Result:
        """Do something in plain tables that depends on how a dialogue stands, while it stands so.

        Nothing is recorded but what is due, and nothing is done when `act` raises. Raises
        UnknownDialogue and NotRecorded.
        """
        with self._turn(dialogue_id) as turn:
            return act(turn.connection, turn.state)

    def forget(self, dialogue_id: str) -> None:
        """Hold nothing any more of a dialogue that is gone (a rehearsal that was ended)."""
        self._folded.pop(dialogue_id, None)
        self._locks.pop(dialogue_id, None)

    def ring(self, dialogue_id: str) -> None:
        """Record what time alone has made true; nothing when somebody was here first."""
        with self._turn(dialogue_id):
            pass

    def state(self, dialogue_id: str) -> Dialogue:
        """The dialogue as it is now; what is due is recorded first. Raises UnknownDialogue."""
        state = self._read(dialogue_id)
        deadline = next_due(state)
        if deadline is None or deadline > self.now():
            return state
        try:
            self.ring(dialogue_id)
        except NotRecorded:
            return state  # as it stands on disk; the bell tries again
        return self._read(dialogue_id)

    def done(self, dialogue_id: str, version: int) -> Done:
        """The command that recorded row `version`; Rejected when no command did."""
        with reading(self._engine) as connection:
            entries = journal.entries_of_command(connection, dialogue_id, version)
        if not entries:
            raise Rejected(Reason.UNKNOWN_VERSION)
        events = tuple(entry.event for entry in entries)
        return Done(Actor.parse(entries[-1].actor), entries[-1].version, events)

    def log(self, dialogue_id: str) -> tuple[Entry, ...]:
        """The whole log of a dialogue, in order."""
        with reading(self._engine) as connection:
            return journal.read(connection, dialogue_id)

    def deadlines(self) -> tuple[tuple[str, Instant], ...]:
        """The dialogues for which a deadline stands, each with it, nearest first."""
        with reading(self._engine) as connection:
            return journal.deadlines(connection)

    def versions(self, dialogue_ids: Iterable[str]) -> dict[str, int]:
        """The versions of some dialogues as they stand on disk."""
        with reading(self._engine) as connection:
            return journal.versions(connection, dialogue_ids)

    def _read(self, dialogue_id: str) -> Dialogue:
        with reading(self._engine) as connection:
            head = journal.head(connection, dialogue_id)
            if head is None:
                raise UnknownDialogue(dialogue_id)
            return self._folded_to(connection, dialogue_id, head)

    @contextmanager
    def _turn(self, dialogue_id: str) -> Iterator["_Turn"]:
        """One locked turn at a dialogue; a refusal inside it keeps what was due, and only that."""
        with self._alone(dialogue_id):
            refusal: Rejected | None = None
            with writing(self._engine) as connection:
                head = journal.lock(connection, dialogue_id)
                if head is None:
                    raise UnknownDialogue(dialogue_id)
                state = self._folded_to(connection, dialogue_id, head)
                if state.version != head.version:
                    # Cut, or put back to an earlier day: then what was folded holds no longer.
                    self._folded.pop(dialogue_id, None)
                    raise DamagedLog(f"{dialogue_id}: row {state.version}, head {head.version}")
                # The log's time never runs back, whatever a reboot did to the clock.
                turn = _Turn(connection, dialogue_id, head, state, max(self.now(), state.at))
                turn.record(journal.CLOCK, None, due(state, turn.now))
                try:
                    yield turn
                except Rejected as rejected:
                    refusal = rejected
                turn.move_head()
            self._folded[dialogue_id] = turn.state
        if turn.state.version != head.version:
            self._publish(dialogue_id)
        if refusal is not None:
            raise refusal

    @contextmanager
    def _alone(self, dialogue_id: str) -> Iterator[None]:
        """Keep the rest of this process off a dialogue; NotRecorded when it waits in vain."""
        lock = self._locks.setdefault(dialogue_id, threading.Lock())
        if not lock.acquire(timeout=PATIENCE_S):
            raise NotRecorded(f"{dialogue_id}: too many are waiting for the database")
        try:
            yield
        finally:
            lock.release()

    def _folded_to(self, connection: sa.Connection, dialogue_id: str, head: Head) -> Dialogue:
        """The dialogue as the log has it, of which only the rows that are new are read."""
        state = self._folded.get(dialogue_id, Dialogue())
        if state.version < head.version:
            entries = journal.read(connection, dialogue_id, after=state.version)
            state = evolve_all(state, (entry.event for entry in entries))
            self._folded[dialogue_id] = state
        return state


class _Turn:
    """What one locked turn works on."""

    def __init__(
        self,
        connection: sa.Connection,
        dialogue_id: str,
        head: Head,
        state: Dialogue,
        now: Instant,
    ) -> None:
        self.connection = connection
        self.state = state
        self.now = now
        self._dialogue_id = dialogue_id
        self._found = head
        self._head = head

    def record(self, actor: str, command_id: str | None, events: tuple[Event, ...]) -> None:
        """Add events to the log and to the state."""
        self._head = journal.append(
            self.connection, self._dialogue_id, self._head, actor, command_id, events
        )
        self.state = evolve_all(self.state, events)

    def move_head(self) -> None:
        """Write the new head, if the log has grown."""
        if self._head == self._found:
            return
        closed_at = self.state.phase_since if self.state.phase is Phase.CLOSED else None
        journal.move_head(
            self.connection, self._dialogue_id, self._head, next_due(self.state), closed_at
        )


def _undoable(command: Command, events: tuple[Event, ...]) -> bool:
    by_bureau = command.by.role in BUREAU
    return by_bureau and not isinstance(command, Undo) and can_be_undone(events)
