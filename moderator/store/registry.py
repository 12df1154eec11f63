"""The plain tables: dialogues and their programmes, links, seats, tokens, desks, notes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final, TypeVar

import sqlalchemy as sa

from moderator.store import tables

Row = TypeVar("Row")

DROPPED: Final = ""
"""The text of a note that was dropped: no other note is without words."""


@dataclass(frozen=True, slots=True)
class DialogueRow:
    """A dialogue as it was set up: the programme file, and what was changed for this one.

    `rehearsal_of` is the id of the dialogue that is tried out in it; None for what is no rehearsal.
    `speed` is None for all but simulated days.
    """

    id: str
    programme: str
    starts_at: int | None
    seconds: int | None
    made_at: int
    closed_at: int | None
    revision: int = 0
    rehearsal_of: str | None = None
    speed: int | None = None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link for one role and subject; `issue` tells re-issued links apart.

    `revoked_at` is None while it admits.
    """

    id: str
    dialogue_id: str
    role: str
    subject: str | None
    issue: int
    revoked_at: int | None = None


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One device that has entered by a link; instants in milliseconds.

    `rehearsal` is the rehearsal of its dialogue in which it is at the moment; None: in none.
    """

    id: str
    dialogue_id: str
    role: str
    subject: str | None
    secret_hash: str
    made_at: int
    expires_at: int
    expelled_at: int | None
    language: str
    rehearsal: str | None = None


@dataclass(frozen=True, slots=True)
class SeatFound:
    """A seat with what stands on the row of its dialogue.

    `closed_at` is None while the dialogue is not closed; `rehearsal_of` is that of the row.
    """

    row: SeatRow
    closed_at: int | None
    rehearsal_of: str | None


@dataclass(frozen=True, slots=True)
class TokenRow:
    """What a program shows instead of a cookie."""

    id: str
    dialogue_id: str
    role: str
    subject: str | None
    expires_at: int
    revoked_at: int | None


@dataclass(frozen=True, slots=True)
class WalkInRow:
    """Somebody who registered at the door; `delegation` is the code of whoever was let in."""

    id: str
    dialogue_id: str
    name: str
    category: str
    person: str
    seat_id: str
    asked_at: int
    decided_at: int | None
    delegation: str | None


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One device of the installation, of no dialogue; instants in milliseconds."""

    id: str
    role: str
    secret_hash: str
    made_at: int
    expires_at: int
    expelled_at: int | None
    language: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A point that a rapporteur noted; what it does not have is None.

    `author` is who wrote it as it stands, `at` when it was first written, and `revision` how often
    it was written.
    """

    id: str
    segment_id: str
    intervention_id: str | None
    theme_id: str | None
    text: str
    author: str
    at: int
    kind: str | None = None
    stance: str | None = None
    revision: int = 1

    def says(self) -> tuple[str | None, ...]:
        """What was written: two notes are the same to whoever reads them when this is the same."""
        return (
            self.segment_id,
            self.intervention_id,
            self.theme_id,
            self.kind,
            self.stance,
            self.text,
        )


def add_dialogue(connection: sa.Connection, row: DialogueRow) -> None:
    connection.execute(sa.insert(tables.dialogue).values(_values(row)))


def dialogue(connection: sa.Connection, dialogue_id: str) -> DialogueRow | None:
    """The dialogue with this id; None when there is none."""
    return _one(connection, DialogueRow, _DIALOGUE, dialogue_id)


def dialogues(connection: sa.Connection, *, rehearsals: bool = False) -> tuple[DialogueRow, ...]:
    """All dialogues of the installation, oldest first; with `rehearsals` those too."""
    d = tables.dialogue
    statement = sa.select(*_columns(DialogueRow)).order_by(d.c.made_at, d.c.id)
    if not rehearsals:
        statement = statement.where(d.c.rehearsal_of.is_(None))
    return tuple(DialogueRow(*row) for row in connection.execute(statement))


def rehearsals(connection: sa.Connection) -> dict[str, str]:
    """The rehearsals that go on, each by the id of the dialogue that is tried out in it."""
    return {row.rehearsal_of: row.id for row in connection.execute(_REHEARSALS)}


def rehearsal_held(connection: sa.Connection, dialogue_id: str) -> str | None:
    """The rehearsal of a dialogue, which does not end before the transaction does; None: none."""
    # In the order of those who begin and end it, or each could wait for the other.
    connection.execute(_DIALOGUE_HELD, {"sought": dialogue_id})
    found: str | None = connection.scalar(_REHEARSAL_HELD, {"sought": dialogue_id})
    return found


def delete_rehearsal(connection: sa.Connection, rehearsal_id: str) -> None:
    """Delete a rehearsal with all its rows; devices that were in it are in their dialogue again.

    It has to be locked, so that nobody adds to it meanwhile. The guards of the log refuse this for
    whatever is no rehearsal.
    """
    connection.execute(
        sa.update(tables.seat).where(tables.seat.c.rehearsal == rehearsal_id).values(rehearsal=None)
    )
    for table in reversed(tables.metadata.sorted_tables):
        if "dialogue_id" in table.c:
            connection.execute(sa.delete(table).where(table.c.dialogue_id == rehearsal_id))
    connection.execute(sa.delete(tables.dialogue).where(tables.dialogue.c.id == rehearsal_id))


def change_programme(
    connection: sa.Connection, dialogue_id: str, programme: str, starts_at: int | None
) -> None:
    """Write the programme of a dialogue anew; its revision goes up by one."""
    table = tables.dialogue
    connection.execute(
        sa.update(table)
        .where(table.c.id == dialogue_id)
        .values(programme=programme, starts_at=starts_at, revision=table.c.revision + 1)
    )


def keep_seed(connection: sa.Connection, dialogue_id: str, sha256: str, seed: str) -> None:
    """Keep the seed of a draw, by the hash that is published of it."""
    values = {"dialogue_id": dialogue_id, "sha256": sha256, "seed": seed}
    connection.execute(sa.insert(tables.draw).values(values))


def seed(connection: sa.Connection, dialogue_id: str, sha256: str) -> str | None:
    """The seed of a draw; None when there is none with this hash."""
    table = tables.draw
    wanted = (table.c.dialogue_id == dialogue_id) & (table.c.sha256 == sha256)
    found: str | None = connection.scalar(sa.select(table.c.seed).where(wanted))
    return found


def add_link(connection: sa.Connection, row: LinkRow, token_hash: str, code: str | None) -> None:
    """Add a link; only the hashes of its token and code are kept."""
    connection.execute(
        sa.insert(tables.link).values(**_values(row), token_hash=token_hash, code_hash=code)
    )


def reissue_link(
    connection: sa.Connection, link_id: str, issue: int, token_hash: str, code: str | None
) -> None:
    """Give a link a new token; the old one is dead at once. One that was revoked admits again."""
    table = tables.link
    connection.execute(
        sa.update(table)
        .where(table.c.id == link_id)
        .values(issue=issue, token_hash=token_hash, code_hash=code, revoked_at=None)
    )


def revoke_link(connection: sa.Connection, link_id: str, at: int) -> None:
    """End a link; one that was revoked already keeps its instant."""
    table = tables.link
    connection.execute(
        sa.update(table)
        .where(table.c.id == link_id, table.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def links(
    connection: sa.Connection, dialogue_id: str, *, held: bool = False
) -> tuple[LinkRow, ...]:
    """The links of a dialogue, by role and subject; `held`: nobody else changes them meanwhile."""
    table = tables.link
    statement = (
        sa.select(*_columns(LinkRow))
        .where(table.c.dialogue_id == dialogue_id)
        .order_by(table.c.role, table.c.subject)
    )
    rows = connection.execute(statement.with_for_update() if held else statement)
    return tuple(LinkRow(*row) for row in rows)


def link_held(connection: sa.Connection, link_id: str) -> LinkRow | None:
    """A link by its id, which nobody changes before the transaction ends; None for none."""
    return _one(connection, LinkRow, _LINK_HELD, link_id)


def link_by_token(connection: sa.Connection, token_hash: str) -> LinkRow | None:
    return _one(connection, LinkRow, _LINK_BY_TOKEN, token_hash)


def link_by_code(connection: sa.Connection, code_hash: str) -> LinkRow | None:
    return _one(connection, LinkRow, _LINK_BY_CODE, code_hash)


def add_seat(connection: sa.Connection, row: SeatRow) -> None:
    connection.execute(sa.insert(tables.seat).values(_values(row)))


def seat(connection: sa.Connection, seat_id: str) -> SeatFound | None:
    """A seat with what stands on the row of its dialogue; None when there is none."""
    row = connection.execute(_SEAT, {"sought": seat_id}).one_or_none()
    return None if row is None else _found(row)


def seats_by_id(connection: sa.Connection, dialogue_id: str) -> dict[str, SeatFound]:
    """The same of all seats of a dialogue, or of all in a rehearsal, at once."""
    rows = connection.execute(_SEATS_OF_DIALOGUE, {"sought": dialogue_id})
    return {row.id: _found(row) for row in rows}


def seats(connection: sa.Connection, dialogue_id: str) -> tuple[SeatRow, ...]:
    """The seats of a dialogue, or those in a rehearsal, oldest first."""
    table = tables.seat
    rows = connection.execute(
        sa.select(*_columns(SeatRow))
        .where(sa.or_(table.c.dialogue_id == dialogue_id, table.c.rehearsal == dialogue_id))
        .order_by(table.c.made_at, table.c.id)
    )
    return tuple(SeatRow(*row) for row in rows)


def cross_over(connection: sa.Connection, seat_id: str, rehearsal: str | None) -> None:
    """Put a seat into a rehearsal of its dialogue, or (None) back into the dialogue."""
    table = tables.seat
    connection.execute(sa.update(table).where(table.c.id == seat_id).values(rehearsal=rehearsal))


def cross_over_all(connection: sa.Connection, dialogue_id: str, role: str, rehearsal: str) -> None:
    """Put all seats of a role into a rehearsal of their dialogue."""
    table = tables.seat
    connection.execute(
        sa.update(table)
        .where(table.c.dialogue_id == dialogue_id, table.c.role == role)
        .values(rehearsal=rehearsal)
    )


def seats_in_use(connection: sa.Connection, now: int) -> dict[str, int]:
    """How many seats of each dialogue were neither expelled nor have expired."""
    table = tables.seat
    rows = connection.execute(
        sa.select(table.c.dialogue_id, sa.func.count())
        .where(table.c.expelled_at.is_(None), table.c.expires_at > now)
        .group_by(table.c.dialogue_id)
    )
    return {dialogue_id: count for dialogue_id, count in rows}


def expel_seat(connection: sa.Connection, seat_id: str, at: int) -> None:
    """End a seat; one that was expelled already keeps its instant."""
    table = tables.seat
    connection.execute(
        sa.update(table)
        .where(table.c.id == seat_id, table.c.expelled_at.is_(None))
        .values(expelled_at=at)
    )


def expel_seats_of(connection: sa.Connection, link: LinkRow, at: int) -> None:
    """End every seat that was made by a link, by whichever issue of it."""
    table = tables.seat
    connection.execute(
        sa.update(table)
        .where(
            table.c.dialogue_id == link.dialogue_id,
            table.c.role == link.role,
            table.c.subject.is_not_distinct_from(link.subject),
            table.c.expelled_at.is_(None),
        )
        .values(expelled_at=at)
    )


def expelled_since(connection: sa.Connection, since: int) -> tuple[str, ...]:
    """The ids of seats that were expelled at `since` or later."""
    return tuple(connection.scalars(_EXPELLED_SINCE, {"since": since}))


def set_language(connection: sa.Connection, seat_id: str, language: str) -> None:
    table = tables.seat
    connection.execute(sa.update(table).where(table.c.id == seat_id).values(language=language))


def add_token(connection: sa.Connection, row: TokenRow, secret_hash: str, made_at: int) -> None:
    connection.execute(
        sa.insert(tables.token).values(**_values(row), secret_hash=secret_hash, made_at=made_at)
    )


def token_by_secret(connection: sa.Connection, secret_hash: str) -> TokenRow | None:
    return _one(connection, TokenRow, _TOKEN_BY_SECRET, secret_hash)


def revoke_token(connection: sa.Connection, token_id: str, at: int) -> bool:
    """Revoke a token; False when there is none with this id."""
    table = tables.token
    done = connection.execute(sa.update(table).where(table.c.id == token_id).values(revoked_at=at))
    return done.rowcount > 0


def revoked_since(connection: sa.Connection, since: int) -> tuple[str, ...]:
    """The ids of tokens that were revoked at `since` or later."""
    return tuple(connection.scalars(_REVOKED_SINCE, {"since": since}))


def add_desk(connection: sa.Connection, row: DeskRow) -> None:
    connection.execute(sa.insert(tables.desk).values(_values(row)))


def desk(connection: sa.Connection, desk_id: str) -> DeskRow | None:
    """The desk with this id; None when there is none."""
    return _one(connection, DeskRow, _DESK, desk_id)


def add_walk_in(connection: sa.Connection, row: WalkInRow) -> None:
    connection.execute(sa.insert(tables.walk_in).values(_values(row)))


def walk_ins(connection: sa.Connection, dialogue_id: str) -> tuple[WalkInRow, ...]:
    """All who have registered for a dialogue, oldest first."""
    table = tables.walk_in
    rows = connection.execute(
        sa.select(*_columns(WalkInRow))
        .where(table.c.dialogue_id == dialogue_id)
        .order_by(table.c.asked_at, table.c.id)
    )
    return tuple(WalkInRow(*row) for row in rows)


def decide_walk_in(
    connection: sa.Connection, walk_in_id: str, at: int, delegation: str | None
) -> None:
    """Let somebody in as a delegation, or (None) turn it away."""
    table = tables.walk_in
    connection.execute(
        sa.update(table)
        .where(table.c.id == walk_in_id)
        .values(decided_at=at, delegation=delegation)
    )


def tell_presence(
    connection: sa.Connection,
    process: str,
    present: Mapping[str, frozenset[str]],
    now: int,
    until: int,
) -> None:
    """Write down who hears each dialogue through a process, and drop what has lapsed."""
    table = tables.presence
    mine = (table.c.process == process) & table.c.dialogue_id.in_(present)
    connection.execute(sa.delete(table).where(mine | (table.c.until <= now)))
    rows = [
        {
            "process": process,
            "dialogue_id": dialogue_id,
            "delegations": " ".join(sorted(codes)),
            "until": until,
        }
        for dialogue_id, codes in present.items()
        if codes
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def heard_elsewhere(
    connection: sa.Connection, dialogue_id: str, process: str, now: int
) -> frozenset[str]:
    """The codes of those who hear a dialogue through other processes."""
    table = tables.presence
    rows = connection.scalars(
        sa.select(table.c.delegations).where(
            table.c.dialogue_id == dialogue_id, table.c.process != process, table.c.until > now
        )
    )
    return frozenset(code for codes in rows for code in codes.split())


def keep_note(
    connection: sa.Connection, dialogue_id: str, row: NoteRow, base: int
) -> NoteRow | None:
    """Write a note on top of its revision `base` (0: a new one), and tell what stands then.

    Whoever is told another text than their own came too late, and nothing was written; None: the
    note was dropped. What stands already is not written again.
    """
    table = tables.note
    found = _note(connection, dialogue_id, row.id)
    if found is None and base == 0:
        # Of the database that is used: to load what belongs to another takes long.
        insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert
        first = replace(row, revision=1)
        connection.execute(
            insert(table).values(dialogue_id=dialogue_id, **_values(first)).on_conflict_do_nothing()
        )
        # Not always what was put in: the same id may come twice at the same moment.
        found = _note(connection, dialogue_id, row.id)
    if found is None or found.text == DROPPED:
        return None
    if found.revision != base or found.says() == row.says():
        return found
    stands = replace(row, at=found.at, revision=base + 1)
    _rewrite(connection, dialogue_id, stands)
    return stands


def drop_note(
    connection: sa.Connection, dialogue_id: str, note_id: str, base: int
) -> NoteRow | None:
    """Drop a note whose revision is `base`; tells the note that stands if it was changed since.

    None: there is none (any more). Its row stays without its words, so that a late writer does not
    bring it back.
    """
    found = _note(connection, dialogue_id, note_id)
    if found is None or found.text == DROPPED:
        return None
    if found.revision != base:
        return found
    gone = replace(found, text=DROPPED, theme_id=None, kind=None, stance=None, revision=base + 1)
    _rewrite(connection, dialogue_id, gone)
    return None


def notes(connection: sa.Connection, dialogue_id: str) -> tuple[NoteRow, ...]:
    """The notes of a dialogue, in the order of their first writing."""
    table = tables.note
    rows = connection.execute(
        sa.select(*_columns(NoteRow))
        .where(table.c.dialogue_id == dialogue_id, table.c.text != DROPPED)
        .order_by(table.c.at, table.c.id)
    )
    return tuple(NoteRow(*row) for row in rows)


def notes_written(connection: sa.Connection, dialogue_id: str) -> int:
    """How often notes of a dialogue were written or dropped: it only grows."""
    table = tables.note
    total = connection.scalar(
        sa.select(sa.func.sum(table.c.revision)).where(table.c.dialogue_id == dialogue_id)
    )
    return int(total or 0)


def _note(connection: sa.Connection, dialogue_id: str, note_id: str) -> NoteRow | None:
    """A note, dropped or not; nobody else writes it until the transaction is over."""
    table = tables.note
    row = connection.execute(
        sa.select(*_columns(NoteRow))
        .where(table.c.dialogue_id == dialogue_id, table.c.id == note_id)
        .with_for_update()
    ).one_or_none()
    return None if row is None else NoteRow(*row)


def _rewrite(connection: sa.Connection, dialogue_id: str, row: NoteRow) -> None:
    table = tables.note
    connection.execute(
        sa.update(table)
        .where(table.c.dialogue_id == dialogue_id, table.c.id == row.id)
        .values(**_values(row))
    )


_TABLES: dict[type[Any], sa.Table] = {
    DialogueRow: tables.dialogue,
    LinkRow: tables.link,
    SeatRow: tables.seat,
    TokenRow: tables.token,
    NoteRow: tables.note,
    DeskRow: tables.desk,
    WalkInRow: tables.walk_in,
}


def _columns(kind: type[Any]) -> list[sa.Column[Any]]:
    return [_TABLES[kind].c[name] for name in kind.__slots__]


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _by(kind: type[Any], column: sa.Column[Any]) -> sa.Select[Any]:
    return sa.select(*_columns(kind)).where(column == sa.bindparam("sought"))


# Made once: to make a statement costs more than to run it, and these run for every request.
_DIALOGUE = _by(DialogueRow, tables.dialogue.c.id)
_DESK = _by(DeskRow, tables.desk.c.id)
_LINK_BY_TOKEN = _by(LinkRow, tables.link.c.token_hash)
_LINK_BY_CODE = _by(LinkRow, tables.link.c.code_hash)
# Shared: many devices enter by one link at the same moment.
_LINK_HELD = _by(LinkRow, tables.link.c.id).with_for_update(read=True)
_TOKEN_BY_SECRET = _by(TokenRow, tables.token.c.secret_hash)
_SEATS = sa.select(
    *_columns(SeatRow), tables.dialogue.c.closed_at, tables.dialogue.c.rehearsal_of
).join_from(tables.seat, tables.dialogue, tables.seat.c.dialogue_id == tables.dialogue.c.id)
_SEAT = _SEATS.where(tables.seat.c.id == sa.bindparam("sought"))
_SEATS_OF_DIALOGUE = _SEATS.where(
    sa.or_(
        tables.seat.c.dialogue_id == sa.bindparam("sought"),
        tables.seat.c.rehearsal == sa.bindparam("sought"),
    )
)
# Asked each second, for ever.
_EXPELLED_SINCE = sa.select(tables.seat.c.id).where(
    tables.seat.c.expelled_at >= sa.bindparam("since")
)
_REVOKED_SINCE = sa.select(tables.token.c.id).where(
    tables.token.c.revoked_at >= sa.bindparam("since")
)
_REHEARSALS = sa.select(tables.dialogue.c.rehearsal_of, tables.dialogue.c.id).where(
    tables.dialogue.c.rehearsal_of.is_not(None)
)
# Shared, as links are: many devices enter at the same moment.
_DIALOGUE_HELD = (
    sa.select(tables.dialogue.c.id)
    .where(tables.dialogue.c.id == sa.bindparam("sought"))
    .with_for_update(read=True, key_share=True)
)
_REHEARSAL_HELD = (
    sa.select(tables.dialogue.c.id)
    .where(tables.dialogue.c.rehearsal_of == sa.bindparam("sought"))
    .with_for_update(read=True, key_share=True)
)


def _found(row: Any) -> SeatFound:
    *columns, closed_at, rehearsal_of = row
    return SeatFound(SeatRow(*columns), closed_at, rehearsal_of)


def _one(
    connection: sa.Connection, kind: type[Row], statement: sa.Select[Any], sought: str
) -> Row | None:
    row = connection.execute(statement, {"sought": sought}).one_or_none()
    return None if row is None else kind(*row)
