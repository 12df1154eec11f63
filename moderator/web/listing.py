"""The dialogues of the installation, as start page and secretariat list them."""

from dataclasses import dataclass

from moderator.core.terms import Phase
from moderator.core.units import Instant
from moderator.programme import Programme
from moderator.programme.programme import local_time
from moderator.secretariat import AFTER_CLOSING
from moderator.store.registry import DialogueRow
from moderator.web import gate, names


@dataclass(frozen=True)
class Listed:
    """A dialogue in a list; texts are in the language of the page.

    `time` is empty where the programme gives none. `over` is True when it was closed so long ago
    that its seats open nothing any more, `rehearsed` while a rehearsal of it goes on.
    """

    id: str
    title: str
    place: str
    date: str
    time: str
    phase: Phase
    phase_word: str
    over: bool
    rehearsed: bool
    programme: Programme

    @property
    def starts(self) -> Instant:
        """When it is to begin."""
        return self.programme.starts


def listed() -> list[Listed]:
    """All dialogues: those in progress first, then those to come by their day, then the closed."""
    now = gate.installation().now()
    rows = gate.installation().secretariat.dialogues()
    return sorted((_listed(row, now) for row in rows), key=_place)


def _listed(row: DialogueRow, now: Instant) -> Listed:
    house = gate.installation()
    programme = house.secretariat.programme(row.id)
    words = names.dialogue_words(row.id, programme)
    phase = house.service.state(row.id).phase
    timed = any(part.starts is not None for part in programme.parts)
    at = local_time(programme.starts, programme.timezone)
    return Listed(
        id=row.id,
        title=words["title"],
        place=words["place"],
        date=words["date"],
        time=f"{at:%H:%M}" if timed else "",
        phase=phase,
        phase_word=names.phase_word(phase),
        over=is_over(row, now),
        rehearsed=house.secretariat.rehearsal_lately(row.id) is not None,
        programme=programme,
    )


def is_over(row: DialogueRow, now: Instant) -> bool:
    """Whether a dialogue was closed long ago."""
    return row.closed_at is not None and row.closed_at + AFTER_CLOSING <= now


_ORDER = (Phase.OPEN, Phase.SUSPENDED, Phase.SCHEDULED, Phase.CLOSED)


def _place(one: Listed) -> tuple[int, int]:
    closed = one.phase is Phase.CLOSED
    return _ORDER.index(one.phase), -one.starts if closed else one.starts
