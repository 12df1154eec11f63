"""A meeting under way in a database: the service on a still clock, and what it published."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count

import sqlalchemy as sa

from moderator.core.commands import Command
from moderator.core.model import Rules
from moderator.core.terms import CommandId, DelegationCode
from moderator.service import Service
from moderator.store.journal import Receipt
from tests.core.dialogues import ID, PANEL_1, begin, open_dialogue, open_list
from tests.fake_now import FakeNow
from tests.store.logs import DIALOGUE, add_dialogue

_numbers = count(1)


def tapped(command: Command, tap: str | None = None) -> Command:
    """The command under an id of its own, as every tap has one; `tap` names it."""
    if tap is None and command.id != ID:
        return command
    return replace(command, id=CommandId(tap or f"tap-{next(_numbers)}"))


class Meeting:
    """One dialogue as one process handles it."""

    def __init__(
        self, engine: sa.Engine, now: FakeNow | None = None, dialogue_id: str = DIALOGUE.id
    ) -> None:
        self.id = dialogue_id
        self.now = now or FakeNow()
        self.published: list[str] = []
        self.service = Service(engine, self.now, self.published.append)

    def do(self, *commands: Command) -> Receipt:
        """Handle some commands, one after the other; the receipt is that of the last."""
        for command in commands:
            receipt = self.service.handle(self.id, tapped(command))
        return receipt

    def kinds(self, after: int = 0) -> list[str]:
        """The types of the events in the log, in order."""
        return [type(entry.event).__name__ for entry in self.service.log(self.id)[after:]]


def opened(
    engine: sa.Engine,
    rules: Rules | None = None,
    now: FakeNow | None = None,
    dialogue_id: str = DIALOGUE.id,
) -> Meeting:
    """A meeting whose first panel has begun; the list is open and empty. Its log has three rows."""
    add_dialogue(engine, dialogue_id)
    meeting = Meeting(engine, now, dialogue_id)
    meeting.do(open_dialogue(rules), begin(PANEL_1), open_list())
    meeting.published.clear()
    return meeting


def delegations(number: int) -> Iterable[DelegationCode]:
    """So many delegations."""
    return (DelegationCode(f"D{place:03}") for place in range(number))
