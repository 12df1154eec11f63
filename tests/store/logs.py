"""A short log to work on, written through the journal alone."""

from dataclasses import replace

import sqlalchemy as sa

from moderator.core.events import Event, GavelTaken
from moderator.core.units import Instant
from moderator.store import journal, registry
from moderator.store.engine import writing
from moderator.store.journal import Head
from moderator.store.registry import DialogueRow

DIALOGUE = DialogueRow(
    id="women-in-mining",
    programme="dialogue: …",
    starts_at=None,
    seconds=None,
    made_at=0,
    closed_at=None,
)


def add_dialogue(engine: sa.Engine, dialogue_id: str = DIALOGUE.id) -> str:
    """Add a dialogue whose log is empty, and tell its id."""
    with writing(engine) as connection:
        registry.add_dialogue(connection, replace(DIALOGUE, id=dialogue_id))
    return dialogue_id


def gavels(*holders: str) -> tuple[Event, ...]:
    """Events that need no other: the gavel goes round, a second each."""
    return tuple(
        GavelTaken(Instant(1_000 * second), holder) for second, holder in enumerate(holders)
    )


def write_log(engine: sa.Engine, *holders: str, dialogue_id: str = DIALOGUE.id) -> Head:
    """A dialogue whose gavel has gone round, each time by a command of its own."""
    add_dialogue(engine, dialogue_id)
    with writing(engine) as connection:
        head = journal.lock(connection, dialogue_id)
        assert head is not None
        for event in gavels(*holders):
            head = journal.append(
                connection, dialogue_id, head, "chair/mexico/1", f"tap-{head.version + 1}", [event]
            )
        journal.move_head(connection, dialogue_id, head, None, None)
    return head
