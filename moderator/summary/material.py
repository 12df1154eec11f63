"""What a draft is made of: the programme document, the record and the rapporteur's notes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from moderator.core.terms import Category, DelegationCode, GroupCode, InterventionId, PersonId
from moderator.core.units import SECOND, Instant
from moderator.summary.english import with_article
from moderator.summary.outline import Paragraph, Source, SourceKind
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
    turns whose speakers took the floor, in the order in which they did.
    """

    def __init__(self, document: Mapping[str, Any], record: Record, notes: Iterable[Note]) -> None:
        self.document = document
        self.record = record
        self.notes = tuple(notes)
        self.heard = {turn.id: turn for turn in record.turns if turn.heard}
        self._watched = _watched(document)

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

    def voice(self, delegation: DelegationCode, group: GroupCode | None) -> str:
        """A delegation as annexes name it, with the group that it spoke for."""
        name = str(self.document["delegations"][delegation]["name"])
        if group is None:
            return name
        return f"{name} (on behalf of {with_article(self.document['groups'][group]['name'])})"

    def local(self, instant: Instant) -> datetime:
        """What calendars and clocks in the room show."""
        return datetime.fromtimestamp(instant / SECOND, ZoneInfo(self.document["timezone"]))

    def noted(self, text: str, note: Note) -> Paragraph:
        """A paragraph in the rapporteur's words: what must not go out unseen is flagged."""
        turn = self.heard.get(InterventionId(note.intervention or ""))
        said = (Source(SourceKind.NOTE, note.id), *interventions([turn] if turn else []))
        return Paragraph(text, said, tuple(dict.fromkeys(self._watched.findall(text))))


def interventions(turns: Iterable[Turn]) -> tuple[Source, ...]:
    """The sources of what is said of some turns."""
    return tuple(Source(SourceKind.INTERVENTION, turn.id) for turn in turns)


def _watched(document: Mapping[str, Any]) -> re.Pattern[str]:
    """Names of delegations and groups (Chad is one, chad is none), and claims of agreement.

    Views are not attributed to delegations, and a summary by its chair claims no agreement.
    """
    spoken_of = (*document["delegations"].values(), *document["groups"].values())
    names = sorted((str(named["name"]) for named in spoken_of), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join((*map(re.escape, names), _CLAIMS))})(?!\w)")


_CLAIMS: Final = "(?i:agreed|agreements?|consensus|unanimous(?:ly)?)"
