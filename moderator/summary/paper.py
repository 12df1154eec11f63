"""The Summary as it stands: the draft, and in it what people have written, taken out and added.

What a person wrote outlives every new draft. When the draft under it has changed since, or no
longer holds such a paragraph, that is said, and the person's words stay.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Any, Final

from moderator.summary.checks import Flag, Phrase, Watch, phrases_in
from moderator.summary.draft import Draft, Masthead
from moderator.summary.outline import Paragraph, Section, Source, Table


@dataclass(frozen=True, slots=True)
class Written:
    """The newest version of a paragraph that a person has written.

    `after` is the key of the paragraph (or section, where it is the first) that it stood behind;
    `text` is None when it was taken out; `drafted` is what the draft said at the time, None for a
    paragraph of the person's own. `before` is what stood until it was taken out.
    """

    key: str
    revision: int
    after: str | None
    text: str | None
    drafted: str | None
    before: str | None = None


class State(StrEnum):
    """Whose words a paragraph is."""

    DRAFTED = "drafted"
    EDITED = "edited"
    OWN = "own"
    TAKEN_OUT = "taken-out"


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph of the Summary as it stands.

    `text` is what stands, or what stood before it was taken out. `drafted` is what the draft says
    now, None when it has no such paragraph; `changed_from` is what the draft said when a person
    last wrote it, None while that is the same. `number` is 0 for what bears none. `sources` are
    those of the draft; a person's own paragraph has none.
    """

    key: str
    state: State
    text: str
    drafted: str | None
    changed_from: str | None
    revision: int
    sources: tuple[Source, ...]
    phrases: tuple[Phrase, ...]
    flags: tuple[Flag, ...]
    number: int = 0

    @property
    def stands(self) -> bool:
        """Whether it is part of the paper, and not taken out of it."""
        return self.state is not State.TAKEN_OUT

    @property
    def unsourced(self) -> bool:
        """Whether nothing in programme, log or notes is behind it."""
        return not self.sources


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands under one heading; see Section."""

    key: str
    label: str
    heading: str
    level: int
    is_annex: bool
    entries: tuple[Entry, ...]
    table: Table

    @property
    def standing(self) -> tuple[Entry, ...]:
        """Its paragraphs but those that were taken out."""
        return tuple(entry for entry in self.entries if entry.stands)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left in it for a person to look at."""
        return not any(entry.flags or entry.changed_from is not None for entry in self.standing)


@dataclass(frozen=True, slots=True)
class Paper:
    """The Summary as it stands; `box` and `status` bear no number."""

    title: str
    masthead: Masthead
    box: Entry
    status: Entry
    leaves: tuple[Leaf, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All paragraphs, in their order."""
        yield from (self.box, self.status)
        for leaf in self.leaves:
            yield from leaf.entries


def paper(draft: Draft, document: Mapping[str, Any], written: Iterable[Written] = ()) -> Paper:
    """A draft of `document`'s meeting with what people have written in it."""
    return _Merging(draft, Watch(document), {one.key: one for one in written}).paper()


class _Merging:
    def __init__(self, draft: Draft, watch: Watch, written: dict[str, Written]) -> None:
        self.draft = draft
        self.watch = watch
        self.written = written
        drafted = {one.key for section in draft.sections for one in section.paragraphs}
        self._strays = [one for one in written.values() if one.key not in drafted | _FRONT]
        self._placed: set[str] = set()

    def paper(self) -> Paper:
        draft = self.draft
        leaves = [self._leaf(section) for section in draft.sections]
        leaves = self._with_strays(leaves)
        numbers = count(1)
        return Paper(
            draft.title,
            draft.masthead,
            self._entry(draft.box),
            self._entry(draft.status),
            tuple(
                replace(
                    leaf,
                    entries=tuple(
                        replace(entry, number=next(numbers)) if entry.stands else entry
                        for entry in leaf.entries
                    ),
                )
                for leaf in leaves
            ),
        )

    def _leaf(self, section: Section) -> Leaf:
        entries = list(self._behind(section.key))
        for paragraph in section.paragraphs:
            entries.append(self._entry(paragraph))
            entries += self._behind(paragraph.key)
        return Leaf(
            section.key,
            section.label,
            section.heading,
            section.level,
            section.is_annex,
            tuple(entries),
            section.table,
        )

    def _entry(self, paragraph: Paragraph) -> Entry:
        self._placed.add(paragraph.key)
        one = self.written.get(paragraph.key)
        if one is None or one.text == paragraph.text:
            return self._made(paragraph, State.DRAFTED, paragraph.text, one, None)
        changed = one.drafted if one.drafted != paragraph.text else None
        if one.text is None:
            before = one.before or paragraph.text
            return self._made(paragraph, State.TAKEN_OUT, before, one, changed)
        return self._made(paragraph, State.EDITED, one.text, one, changed)

    def _made(
        self,
        paragraph: Paragraph,
        state: State,
        text: str,
        one: Written | None,
        changed: str | None,
    ) -> Entry:
        phrases = phrases_in(text, paragraph.evidence)
        return Entry(
            paragraph.key,
            state,
            text,
            paragraph.text,
            changed,
            0 if one is None else one.revision,
            paragraph.sources,
            phrases,
            self.watch.flags(text, phrases, drafted=paragraph.text, named=paragraph.named),
        )

    def _behind(self, key: str) -> Iterator[Entry]:
        """What people have added behind a paragraph or heading, and behind what they added."""
        for one in self._strays:
            if one.after == key and one.key not in self._placed:
                yield self._added(one)
                yield from self._behind(one.key)

    def _added(self, one: Written) -> Entry:
        self._placed.add(one.key)
        state = State.TAKEN_OUT if one.text is None else State.OWN
        text = one.before or "" if one.text is None else one.text
        phrases = phrases_in(text, ())
        flags = self.watch.flags(text, phrases) if one.text is not None else ()
        return Entry(one.key, state, text, None, one.drafted, one.revision, (), phrases, flags)

    def _with_strays(self, leaves: list[Leaf]) -> list[Leaf]:
        """What stood behind something that is no longer there, put where it belongs most."""
        for one in self._strays:
            if one.key in self._placed or one.text is None:
                continue
            place = _nearest(leaves, one.after or one.key)
            if place is not None:
                entries = (*leaves[place].entries, self._added(one), *self._behind(one.key))
                leaves[place] = replace(leaves[place], entries=entries)
        return leaves


_FRONT: Final = frozenset({"box", "status"})


def _nearest(leaves: list[Leaf], key: str) -> int | None:
    """The section that a key belongs to: by the longest beginning, else the last chapter."""
    chapters = [place for place, leaf in enumerate(leaves) if not leaf.is_annex]
    fitting = [place for place in chapters if f"{key}.".startswith(f"{leaves[place].key}.")]
    if fitting:
        return max(fitting, key=lambda place: len(leaves[place].key))
    return chapters[-1] if chapters else None


def words_of(paper: Paper) -> int:
    """How many words it has, as the United Nations counts: body, headings, notes and annexes."""
    texts = [paper.title]
    texts += [entry.text for entry in (paper.box, paper.status) if entry.stands]
    for leaf in paper.leaves:
        texts += [leaf.label, leaf.heading, *(entry.text for entry in leaf.standing)]
        texts += [*leaf.table.columns, *(cell for row in leaf.table.rows for cell in row.cells)]
    return sum(len(text.split()) for text in texts)


GAUGES: Final = (3_300, 8_500, 10_700)
"""Words: what is processed within a day, a report of the Secretariat, any other document."""
