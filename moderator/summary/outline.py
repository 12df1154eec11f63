"""The parts of a drafted document: what is empty falls away, what stays is labelled and numbered.

Chapters go I., A., 1.; a heading without a sibling bears no letter or figure, so that there is
never a lone A. Paragraphs are numbered through, so that references match in all languages.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Final

from moderator.summary.quantifiers import Evidence


class SourceKind(StrEnum):
    """What a statement of the draft rests on."""

    PROGRAMME = "programme"
    LOG = "log"
    INTERVENTION = "intervention"
    REQUEST = "request"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """A place where a statement of the draft can be looked up; `id` is empty for a whole."""

    kind: SourceKind
    id: str = ""


PROGRAMME: Final = Source(SourceKind.PROGRAMME)
LOG: Final = Source(SourceKind.LOG)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what it rests on; without sources it waits for its drafter's words.

    `key` says what it is about, never where it stands: it is the same in every later draft.
    `evidence` is what its quantifiers rest on, in their order; `named` are the delegations and
    groups that may stand in it by name. `number` is 0 until the document is laid out.
    """

    key: str
    text: str
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    named: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table or list, and what it rests on."""

    cells: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the heads of their columns; without heads it is a plain list."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()


NO_ROWS: Final = Table(())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document that is being put together, with the parts in it.

    `key` says what it is about, as that of a paragraph does.
    """

    key: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    table: Table = NO_ROWS
    parts: tuple["Part", ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would stand under its heading."""
        own = self.paragraphs or self.table.rows
        return not own and all(part.is_empty for part in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of the finished document; chapters have `level` 1.

    `label` is what the heading is called by (I., A., 1., Annex I.), empty when it has no sibling.
    """

    key: str
    label: str
    heading: str
    level: int
    is_annex: bool
    paragraphs: tuple[Paragraph, ...]
    table: Table


def laid_out(chapters: Sequence[Part], annexes: Sequence[Part]) -> tuple[Section, ...]:
    """The document in one line: chapters, then annexes, with labels and numbers."""
    numbers = count(1)
    return tuple(
        replace(
            section,
            paragraphs=tuple(
                replace(paragraph, number=next(numbers)) for paragraph in section.paragraphs
            ),
        )
        for section in (
            *_flat(chapters, _CHAPTERS, 1, is_annex=False),
            *_flat(annexes, _ANNEXES, 1, is_annex=True),
        )
    )


_Labels = tuple[Callable[[int, int], str], ...]
"""For each level, how the heading with this number, of so many beside it, is labelled."""


def _flat(
    parts: Sequence[Part], labels: _Labels, level: int, *, is_annex: bool
) -> Iterator[Section]:
    kept = [part for part in parts if not part.is_empty]
    for number, part in enumerate(kept, 1):
        label = labels[0](number, len(kept)) if labels else ""
        yield Section(part.key, label, part.heading, level, is_annex, part.paragraphs, part.table)
        yield from _flat(part.parts, labels[1:], level + 1, is_annex=is_annex)


def _chapter(number: int, of: int) -> str:
    return f"{_roman(number)}." if of > 1 else ""


def _letter(number: int, of: int) -> str:
    return f"{chr(ord('A') + number - 1)}." if of > 1 else ""


def _figure(number: int, of: int) -> str:
    return f"{number}." if of > 1 else ""


def _annex(number: int, of: int) -> str:
    return f"Annex {_roman(number)}." if of > 1 else "Annex."


def _roman(number: int) -> str:
    numeral = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            numeral += letters
            number -= value
    return numeral


_CHAPTERS: Final[_Labels] = (_chapter, _letter, _figure)
_ANNEXES: Final[_Labels] = (_annex,)
