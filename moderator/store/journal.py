"""The log: rows that are added under a lock, each bearing a hash over all before it.

The head (version and hash) also stands on the dialogue's row, so that a changed byte, a changed
last row and a cut tail are all found.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from moderator.core.events import Event
from moderator.core.units import Instant
from moderator.store import codec, tables

CLOCK: Final = "clock//"
"""The actor of what time alone brought about."""

CHANNEL: Final = "moderator"
"""PostgreSQL's channel on which other processes hear that a dialogue has moved on."""

# The statements of every command are made once: to make one costs more than to run it.
_D, _E, _R = tables.dialogue.c, tables.event.c, tables.receipt.c
_OF_DIALOGUE: Final = _D.id == sa.bindparam("dialogue")
_HEAD: Final = sa.select(_D.version, _D.hash).where(_OF_DIALOGUE)
_LOCKED_HEAD: Final = _HEAD.with_for_update()
_MOVE_HEAD: Final = sa.update(tables.dialogue).where(_OF_DIALOGUE)
_APPEND: Final = sa.insert(tables.event)
_NEW_ROWS: Final = (
    sa.select(_E.version, _E.at, _E.actor, _E.command_id, _E.type, _E.data)
    .where(_E.dialogue_id == sa.bindparam("dialogue"), _E.version > sa.bindparam("after"))
    .order_by(_E.version)
)
_RECEIPT: Final = sa.select(_R.digest, _R.version, _R.undo).where(
    _R.dialogue_id == sa.bindparam("dialogue"), _R.command_id == sa.bindparam("command")
)
_DEADLINES: Final = (
    sa.select(_D.id, _D.next_due).where(_D.next_due.is_not(None)).order_by(_D.next_due, _D.id)
)
_KEEP_RECEIPT: Final = sa.insert(tables.receipt)


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands."""

    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the log, read back."""

    version: int
    actor: str
    command_id: str | None
    event: Event


@dataclass(frozen=True, slots=True)
class Receipt:
    """The acknowledgement of a command: what its answer said, and a digest of what it was."""

    digest: str
    version: int
    undo: int | None


def lock(connection: sa.Connection, dialogue_id: str) -> Head | None:
    """Lock a dialogue for writing and tell its head; None when there is no such dialogue.

    PostgreSQL locks the row; SQLite's transaction already holds the only writer's lock.
    """
    row = connection.execute(_LOCKED_HEAD, {"dialogue": dialogue_id}).one_or_none()
    return None if row is None else Head(*row)


def head(connection: sa.Connection, dialogue_id: str) -> Head | None:
    """The head of a log, unlocked; None when there is no such dialogue."""
    row = connection.execute(_HEAD, {"dialogue": dialogue_id}).one_or_none()
    return None if row is None else Head(*row)


def append(
    connection: sa.Connection,
    dialogue_id: str,
    at_head: Head,
    actor: str,
    command_id: str | None,
    events: Iterable[Event],
) -> Head:
    """Add events to a locked log and tell its new head; `move_head` must follow once."""
    rows = []
    for event in events:
        kind, data = codec.encode(event)
        version = at_head.version + 1
        row_hash = _hash(
            at_head.hash, dialogue_id, version, event.at, actor, command_id, kind, data
        )
        at_head = Head(version, row_hash)
        rows.append(
            {
                "dialogue_id": dialogue_id,
                "version": version,
                "at": event.at,
                "actor": actor,
                "command_id": command_id,
                "type": kind,
                "data": data,
                "hash": row_hash,
            }
        )
    if rows:
        connection.execute(_APPEND, rows)
    return at_head


def move_head(
    connection: sa.Connection,
    dialogue_id: str,
    to: Head,
    next_due: Instant | None,
    closed_at: Instant | None,
) -> None:
    """Write the new head and the next deadline, and wake other processes when it commits."""
    moved = {"version": to.version, "hash": to.hash, "next_due": next_due, "closed_at": closed_at}
    connection.execute(_MOVE_HEAD, {"dialogue": dialogue_id, **moved})
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, f"{dialogue_id} {to.version}")))


def read(connection: sa.Connection, dialogue_id: str, after: int = 0) -> tuple[Entry, ...]:
    """The rows of a log with versions greater than `after`, in order."""
    rows = connection.execute(_NEW_ROWS, {"dialogue": dialogue_id, "after": after})
    return tuple(
        Entry(version, actor, command_id, codec.decode(kind, at, data))
        for version, at, actor, command_id, kind, data in rows
    )


def hashes(connection: sa.Connection, dialogue_id: str) -> dict[int, str]:
    """The hash of every row of a log by its version: the head as it was after that row."""
    rows = connection.execute(sa.select(_E.version, _E.hash).where(_E.dialogue_id == dialogue_id))
    return {row.version: row.hash for row in rows}


def receipt(connection: sa.Connection, dialogue_id: str, command_id: str) -> Receipt | None:
    """The acknowledgement that a command got before; None when it got none."""
    sought = {"dialogue": dialogue_id, "command": command_id}
    row = connection.execute(_RECEIPT, sought).one_or_none()
    return None if row is None else Receipt(*row)


def keep_receipt(
    connection: sa.Connection, dialogue_id: str, command_id: str, kept: Receipt
) -> None:
    """Keep what a command was answered, in the transaction that records it."""
    connection.execute(
        _KEEP_RECEIPT,
        {
            "dialogue_id": dialogue_id,
            "command_id": command_id,
            "digest": kept.digest,
            "version": kept.version,
            "undo": kept.undo,
        },
    )


def entries_of_command(
    connection: sa.Connection, dialogue_id: str, version: int
) -> tuple[Entry, ...]:
    """All rows of the command that wrote row `version`; empty when there is none such."""
    e = tables.event
    command_id = connection.execute(
        sa.select(e.c.command_id).where(e.c.dialogue_id == dialogue_id, e.c.version == version)
    ).scalar()
    if command_id is None:
        return ()
    rows = connection.execute(
        sa.select(e.c.version, e.c.at, e.c.actor, e.c.type, e.c.data)
        .where(e.c.dialogue_id == dialogue_id, e.c.command_id == command_id)
        .order_by(e.c.version)
    )
    return tuple(
        Entry(row.version, row.actor, command_id, codec.decode(row.type, row.at, row.data))
        for row in rows
    )


def deadlines(connection: sa.Connection) -> tuple[tuple[str, Instant], ...]:
    """The dialogues for which a deadline stands, each with it, nearest first."""
    return tuple((dialogue_id, Instant(at)) for dialogue_id, at in connection.execute(_DEADLINES))


def versions(connection: sa.Connection, dialogue_ids: Iterable[str]) -> dict[str, int]:
    """The versions of some dialogues; one that does not exist is left out."""
    d = tables.dialogue
    rows = connection.execute(sa.select(d.c.id, d.c.version).where(d.c.id.in_(dialogue_ids)))
    return {row.id: row.version for row in rows}


def damage(connection: sa.Connection, dialogue_id: str) -> tuple[str, ...]:
    """What is wrong with a log, a sentence each; empty when every byte is as it was written."""
    found: list[str] = []
    at_head = Head(0, "")
    e = tables.event
    rows = connection.execute(
        sa.select(e).where(e.c.dialogue_id == dialogue_id).order_by(e.c.version)
    )
    for row in rows:
        if row.version != at_head.version + 1:
            # The hash of a row after a gap stands on one that is gone: it cannot be checked.
            found.append(f"rows are missing between {at_head.version} and {row.version}")
            at_head = Head(row.version, row.hash)
            continue
        expected = _hash(
            at_head.hash,
            dialogue_id,
            row.version,
            row.at,
            row.actor,
            row.command_id,
            row.type,
            row.data,
        )
        if row.hash != expected:
            found.append(f"row {row.version} was changed")
        at_head = Head(row.version, row.hash)
    standing = head(connection, dialogue_id)
    if standing is None:
        found.append("the dialogue's row is missing")
    elif standing.version > at_head.version:
        found.append(f"the log ends at row {at_head.version}, but {standing.version} were written")
    elif standing != at_head:
        found.append("the head on the dialogue's row is not that of the log")
    return tuple(found)


def _hash(before: str, *fields: str | int | None) -> str:
    return hashlib.sha256((before + codec.canonical(fields)).encode()).hexdigest()
