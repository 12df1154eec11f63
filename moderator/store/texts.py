"""Free text beside the log: events name it by its id and by the SHA-256 of its salt and its words.

So what somebody wrote can be erased for good, and cannot be altered unseen. The salt goes with it:
nobody can guess a name from what is left.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from moderator.core.model import FreeText
from moderator.core.terms import TextId
from moderator.store import tables


def named(text_id: TextId, salt: str, words: str) -> FreeText:
    """How an event names a text."""
    return FreeText(text_id, hashlib.sha256(f"{salt}{words}".encode()).hexdigest())


def keep(
    connection: sa.Connection, dialogue_id: str, text_id: TextId, salt: str, words: str
) -> None:
    """Write a text, in the transaction that records the event which names it."""
    connection.execute(
        sa.insert(tables.text).values(dialogue_id=dialogue_id, id=text_id, salt=salt, text=words)
    )


def read(connection: sa.Connection, dialogue_id: str) -> dict[str, str]:
    """All texts of a dialogue by id; erased ones are left out."""
    table = tables.text
    rows = connection.execute(
        sa.select(table.c.id, table.c.text).where(
            table.c.dialogue_id == dialogue_id, table.c.text.is_not(None)
        )
    )
    return {row.id: row.text for row in rows}


def erase(connection: sa.Connection, dialogue_id: str, text_id: str) -> bool:
    """Take the words of a text away for good; False when there is no such text."""
    table = tables.text
    done = connection.execute(
        sa.update(table)
        .where(table.c.dialogue_id == dialogue_id, table.c.id == text_id)
        .values(text=None, salt="")
    )
    return done.rowcount > 0


def altered(connection: sa.Connection, dialogue_id: str) -> tuple[str, ...]:
    """The ids of texts that are not what the log says, or are missing; erased ones are neither."""
    table = tables.text
    rows = connection.execute(sa.select(table).where(table.c.dialogue_id == dialogue_id))
    kept = {row.id: row for row in rows}
    return tuple(
        text.id
        for text in _named_in(connection, dialogue_id)
        if text.id not in kept or not _is(kept[text.id], text)
    )


def _is(row: Any, text: FreeText) -> bool:
    return row.text is None or named(text.id, row.salt, row.text) == text


def _named_in(connection: sa.Connection, dialogue_id: str) -> Iterator[FreeText]:
    e = tables.event.c
    logged = sa.select(e.data).where(e.dialogue_id == dialogue_id).order_by(e.version)
    for data in connection.scalars(logged):
        yield from _texts_in(json.loads(data))


def _texts_in(value: Any) -> Iterator[FreeText]:
    """The texts that a part of an event names, however deep."""
    if not isinstance(value, dict):
        return
    if value.keys() == {"id", "sha256"}:
        yield FreeText(TextId(value["id"]), value["sha256"])
    else:
        for inner in value.values():
            yield from _texts_in(inner)
