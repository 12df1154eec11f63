"""The rapporteur: points are noted while they are made, and record and Summary are taken home."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from moderator.simulation.askings import Asking
from moderator.simulation.hall import Hall, end_of
from moderator.simulation.people import chance
from moderator.simulation.words import LATE_START

CORRECTS_S: Final = 40.0
"""After the end of a turn: when its record is corrected."""

FILES: Final = ("record.json", "record.csv", "summary.docx", "summary.html")


class Rapporteur:
    """Writes the notes of the day."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def listens(self, one: Asking, turn: Mapping[str, Any]) -> None:
        """Note the points of a turn while they are made."""
        for place, point in enumerate(one.points, 1):
            theme = self._theme(one.code, place)
            note = partial(
                self.note,
                turn["id"],
                point.text,
                theme=theme,
                kind=point.kind,
                stance=point.stance,
            )
            self._hall.deeds.at(end_of(turn, one.share * 0.4 * place), note)
        if one.gist:
            self.note(turn["id"], one.gist, kind="question")

    def note(
        self,
        turn: str | None,
        text: str,
        *,
        theme: str | None = "",
        kind: str | None = None,
        stance: str | None = None,
    ) -> None:
        """Write a note; with a theme of the part by turns where none is named."""
        hall = self._hall
        if theme == "":
            theme = self._theme(text, len(text))
        note = f"day-note-{next(hall.numbers):05}"
        hall.wire.ask(
            hall.rapporteur,
            "PUT",
            f"/api/dialogues/{hall.wire.dialogue}/notes/{note}",
            {
                "base": 0,
                "segment": hall.part["id"],
                "intervention": turn,
                "theme": theme,
                "kind": kind,
                "stance": stance,
                "text": text,
            },
        )

    def will_correct(self, turn: Mapping[str, Any], more: float) -> None:
        """Have the record of a turn that has ended say that it was so many seconds longer."""
        self._hall.later(CORRECTS_S, partial(self._correct, turn, more))

    def _correct(self, turn: Mapping[str, Any], more: float) -> None:
        hall = self._hall
        hall.do(
            hall.rapporteur,
            "correct-intervention",
            intervention=turn["id"],
            delegation=turn["delegation"],
            group=turn["group"],
            outcome=turn["outcome"],
            used=turn["used"] + round(hall.ms(more)),
            reason=LATE_START,
        )
        hall.say(f"The record of {hall.name(turn)} is corrected: the clock was started late.")

    def takes_home(self) -> dict[str, bytes]:
        """Record and Summary by the names of their files, as the rapporteur's screen has them."""
        seat = self._hall.wire.enter(self._hall.link("rapporteur"))
        return {name: self._hall.wire.page(seat, name) for name in FILES}

    def _theme(self, *what: object) -> str | None:
        themes = [theme["id"] for theme in self._hall.part["themes"]]
        if not themes:
            return None
        return str(chance(self._hall.seed, "theme", *map(str, what)).choice(themes))
