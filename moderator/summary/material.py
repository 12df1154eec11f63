"""What a draft is made of: the programme document, the record and the rapporteur's notes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from moderator.core.terms import (
    STATES,
    Category,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    PersonId,
)
from moderator.core.units import SECOND, Instant
from moderator.summary.checks import Watch
from moderator.summary.english import with_article
from moderator.summary.outline import Source, SourceKind
from moderator.summary.quantifiers import Said, Voice, voices, voices_in_all
from moderator.summary.record import Record, Turn


class PointKind(StrEnum):
    """What kind of point a note holds."""

    CONCERN = "concern"
    GOOD_PRACTICE = "good-practice"
    RECOMMENDATION = "recommendation"
    COMMITMENT = "commitment"
    QUESTION = "question"
    REPLY = "reply"


class Stance(StrEnum):
    """On which side a point stands, where there are two."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Note:
    """A point that a rapporteur noted; what it does not have is None."""

    id: str
    segment: str
    intervention: str | None
    theme: str | None
    text: str
    kind: PointKind | None = None
    stance: Stance | None = None


class Material:
    """All that a draft says is looked up here.

    `document` is the programme document of the protocol in the drafting language. `heard` are the
    turns whose speakers took the floor, in the order in which they did; `statements` are those of
    them that are no points of order.
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        record: Record,
        notes: Iterable[Note],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """`texts` are the free texts that the log names, by id; what is missing was erased."""
        self.texts = texts or {}
        self.document = document
        self.record = record
        self.notes = tuple(notes)
        self.heard = {turn.id: turn for turn in record.turns if turn.heard}
        self.statements = tuple(
            turn for turn in self.heard.values() if turn.kind is not Kind.POINT_OF_ORDER
        )
        self.watch = Watch(document)
        self._delegations = _names(document["delegations"])
        self._groups = _names(document["groups"])
        self._members = _members(document)
        persons = (str(person["name"]) for person in document["persons"].values())
        states = [
            str(one["name"])
            for one in document["delegations"].values()
            if Category(one["category"]) in STATES
        ]
        called = (*states, *persons)
        self._proper = {*_PROPER, *(word for name in called for word in re.findall(r"\w+", name))}
        self._stems = tuple(
            name[:-1]
            for name in self._delegations.values()
            if len(name) > _SHORT and " " not in name
        )

    def person(self, person: PersonId) -> str:
        """A person of the programme, with their title where there is one."""
        said = self.document["persons"][person]
        return f"{said['name']}, {said['title']}" if said["title"] else str(said["name"])

    def name(self, person: PersonId) -> str:
        """A person of the programme, without the title."""
        return str(self.document["persons"][person]["name"])

    def category(self, delegation: DelegationCode) -> Category:
        """What kind of voice a delegation is."""
        return Category(self.document["delegations"][delegation]["category"])

    def voice(
        self,
        delegation: DelegationCode,
        group: GroupCode | None,
        kind: Kind = Kind.STATEMENT,
        *,
        also_national: bool = False,
    ) -> str:
        """A delegation as annexes name it: for which group, and whether it was no statement."""
        name = str(self.document["delegations"][delegation]["name"])
        if kind in _APART:
            return f"{name} ({_APART[kind]})"
        if group is None:
            return name
        also = "also " if also_national else ""
        whose = with_article(self.document["groups"][group]["name"])
        return f"{name} ({also}on behalf of {whose})"

    def is_proper(self, word: str) -> bool:
        """Whether a word with a capital letter keeps it within a sentence, as far as we can tell.

        Names of the programme do, and what is made of them (Mexican, of Mexico).
        """
        return word in self._proper or word.startswith(self._stems)

    def local(self, instant: Instant) -> datetime:
        """What calendars and clocks in the room show."""
        return datetime.fromtimestamp(instant / SECOND, ZoneInfo(self.document["timezone"]))

    def said(self, turns: Iterable[Turn]) -> Iterator[Said]:
        """What counts voices, of turns of delegations; those of the programme are named."""
        for turn in turns:
            if turn.delegation is not None:
                category = self.category(turn.delegation)
                yield Said(turn.id, turn.delegation, category, turn.group)

    def voices(self, notes: Iterable[Note]) -> tuple[Voice, ...]:
        """Who made the points of some notes; a note that belongs to no turn has nobody's voice."""
        return voices(self.said(self._turns(notes)), self._delegations, self._groups, self._members)

    def voices_of(self, segments: Iterable[str]) -> int:
        """How many voices some segments had."""
        among = set(segments)
        return voices_in_all(self.said(turn for turn in self.statements if turn.segment in among))

    def speaker(self, note: Note) -> Turn | None:
        """The turn that a note is about; None where it has none whose speaker took the floor."""
        return self.heard.get(InterventionId(note.intervention or ""))

    def sources(self, notes: Iterable[Note]) -> tuple[Source, ...]:
        """The sources of what was noted: each note with its turn."""
        return tuple(
            source
            for note in notes
            for source in (Source(SourceKind.NOTE, note.id), *interventions(self._turns([note])))
        )

    def _turns(self, notes: Iterable[Note]) -> list[Turn]:
        ids = dict.fromkeys(InterventionId(note.intervention or "") for note in notes)
        return [self.heard[id_] for id_ in ids if id_ in self.heard]


def interventions(turns: Iterable[Turn]) -> tuple[Source, ...]:
    """The sources of what is said of some turns."""
    return tuple(Source(SourceKind.INTERVENTION, turn.id) for turn in turns)


def _names(said: Mapping[str, Any]) -> dict[str, str]:
    return {code: str(one["name"]) for code, one in said.items()}


_APART = {Kind.RIGHT_OF_REPLY: "right of reply", Kind.POINT_OF_ORDER: "point of order"}
_SHORT = 5
_PROPER = frozenset(
    """
    I African American Andean Arab Arabic Asian Caribbean Chinese Christian English European French
    Internet Islamic Latin Mediterranean Muslim Nordic Pacific Palermo Russian Sahel Spanish
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """.split()  # noqa: SIM905  read as words
)


def _members(document: Mapping[str, Any]) -> dict[str, int]:
    """How many members groups have, as told, or by the regions of delegations; else not at all."""
    regions = Counter(said.get("region") for said in document["delegations"].values())
    counts = {
        code: len(group.get("members", ())) or regions[code]
        for code, group in document["groups"].items()
    }
    return {code: count for code, count in counts.items() if count}
