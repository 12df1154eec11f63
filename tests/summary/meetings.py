"""A meeting played through the core, and its log as the journal would read it back."""

from typing import Any

from moderator.core.actor import Actor
from moderator.core.commands import Command, Done, RequestFloor, Undo
from moderator.core.decide import decide
from moderator.core.due import due
from moderator.core.events import Event
from moderator.core.evolve import evolve_all
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    Category,
    CommandId,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Role,
    capacity_of,
)
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after
from moderator.store.journal import CLOCK, Entry

CHAIR = Actor(Role.CHAIR, "p01", "tablet")
SECRETARY = Actor(Role.SECRETARY, "s1", "laptop")


class Meeting:
    """Treats a command as the service does: what is due first, then the decision."""

    def __init__(self, begins: Instant) -> None:
        self.state = Dialogue()
        self.now = begins
        self.log: list[Entry] = []
        self._count = 0

    def later(self, minutes: float = 0, seconds: float = 0) -> None:
        """Time passes, and the bell rings at its end."""
        self.now = after(self.now, Duration(int(minutes * MINUTE + seconds * SECOND)))
        self._record(CLOCK, None, due(self.state, self.now))

    def do(self, command: type[Any], /, by: Actor = CHAIR, **fields: Any) -> int:
        """Give a command with an id of its own; the version by which it can be undone."""
        return self._handle(command(self._next_id(), by, **fields))

    def undo(self, version: int, by: Actor = CHAIR) -> None:
        """Take back the command that recorded row `version`."""
        command = self.log[version - 1].command_id
        if command is None:
            raise Rejected(Reason.UNKNOWN_VERSION)
        events = tuple(entry.event for entry in self.log if entry.command_id == command)
        given_by = Actor.parse(self.log[version - 1].actor)
        self._handle(Undo(self._next_id(), by, Done(given_by, version, events)))

    def ask(
        self,
        delegation: str,
        category: Category = Category.MEMBER_STATE,
        *,
        group: str | None = None,
        by: Actor | None = None,
        kind: Kind = Kind.STATEMENT,
        **more: Any,
    ) -> InterventionId:
        """A delegation asks for the floor in the present segment; the id of its request.

        `more` is what a question or a reply names.
        """
        assert self.state.segment_id is not None
        code = None if group is None else GroupCode(group)
        capacity = capacity_of(category, code)
        assert capacity is not None
        id_ = self._next_id()
        self._handle(
            RequestFloor(
                id=id_,
                by=by or Actor(Role.DELEGATION, delegation, f"phone-{delegation}"),
                segment=self.state.segment_id,
                delegation=DelegationCode(delegation),
                kind=kind,
                capacity=capacity,
                group=code,
                **more,
            )
        )
        return InterventionId(id_)

    def _next_id(self) -> CommandId:
        self._count += 1
        return CommandId(f"id-{self._count:05}")

    def _handle(self, command: Command) -> int:
        self.later()
        self._record(str(command.by), command.id, decide(self.state, command, self.now))
        return self.state.version

    def _record(self, actor: str, command_id: str | None, events: tuple[Event, ...]) -> None:
        self.state = evolve_all(self.state, events)
        for event in events:
            self.log.append(Entry(len(self.log) + 1, actor, command_id, event))
