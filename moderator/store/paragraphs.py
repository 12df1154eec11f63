"""The paragraphs of the Summary as people have written them: added to only, every version kept."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from moderator.store import tables
from moderator.store.engine import writing


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """One version of a paragraph; the first has revision 1.

    `text` is None when the paragraph was taken out, `drafted` when the draft held no such one;
    `after` is the key of what it stood behind. `author` is role/subject, `at` milliseconds.
    """

    key: str
    revision: int
    after: str | None
    text: str | None
    drafted: str | None
    author: str
    at: int


class Changed(Exception):
    """Somebody else has written the paragraph since; `newest` is what they wrote."""

    def __init__(self, newest: ParagraphRow) -> None:
        super().__init__(newest.key)
        self.newest = newest


_T: Final = tables.paragraph.c
_COLUMNS: Final = [tables.paragraph.c[name] for name in ParagraphRow.__slots__]


def write(engine: sa.Engine, dialogue_id: str, row: ParagraphRow) -> ParagraphRow:
    """Add a version, whose revision follows the one that its writer saw; what is then kept.

    The same again is answered the same. Raises Changed where another version has come between,
    and NotRecorded.
    """
    try:
        with writing(engine) as connection:
            newest = _newest(connection, dialogue_id, row.key)
            if _revision(newest) == row.revision - 1:
                values = {name: getattr(row, name) for name in ParagraphRow.__slots__}
                connection.execute(
                    sa.insert(tables.paragraph).values(dialogue_id=dialogue_id, **values)
                )
                return row
    except IntegrityError:  # another process was first, which PostgreSQL tells only now
        with engine.connect() as connection:
            newest = _newest(connection, dialogue_id, row.key)
    if newest is None:  # the writer saw a version that there never was
        raise Changed(ParagraphRow(row.key, 0, None, None, row.drafted, row.author, row.at))
    same = (newest.text, newest.after) == (row.text, row.after)
    if newest.revision == row.revision and same:
        return newest
    raise Changed(newest)


def _revision(row: ParagraphRow | None) -> int:
    return 0 if row is None else row.revision


def _newest(connection: sa.Connection, dialogue_id: str, key: str) -> ParagraphRow | None:
    found = connection.execute(
        sa.select(*_COLUMNS)
        .where(_T.dialogue_id == dialogue_id, _T.key == key)
        .order_by(_T.revision.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else ParagraphRow(*found)


def newest(
    connection: sa.Connection, dialogue_id: str
) -> tuple[tuple[ParagraphRow, str | None], ...]:
    """The newest version of every paragraph that was written, in the order of first writing.

    Beside each stands the text that it had last, where it was taken out; None elsewhere.
    """
    rows = connection.execute(
        sa.select(*_COLUMNS).where(_T.dialogue_id == dialogue_id).order_by(_T.key, _T.revision)
    )
    last: dict[str, ParagraphRow] = {}
    first: dict[str, int] = {}
    texts: dict[str, str] = {}
    for found in rows:
        row = ParagraphRow(*found)
        last[row.key] = row
        first.setdefault(row.key, row.at)
        if row.text is not None:
            texts[row.key] = row.text
    order = sorted(last, key=lambda key: (first[key], key))
    return tuple((last[key], texts.get(key) if last[key].text is None else None) for key in order)


def versions(connection: sa.Connection, dialogue_id: str, key: str) -> tuple[ParagraphRow, ...]:
    """Every version of a paragraph, oldest first; none for one that nobody has written."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(_T.dialogue_id == dialogue_id, _T.key == key)
        .order_by(_T.revision)
    )
    return tuple(ParagraphRow(*row) for row in rows)


def stamp(connection: sa.Connection, dialogue_id: str) -> int:
    """A number that grows with every version that is written."""
    of_dialogue = sa.select(sa.func.count()).where(_T.dialogue_id == dialogue_id)
    return connection.scalar(of_dialogue.select_from(tables.paragraph)) or 0
