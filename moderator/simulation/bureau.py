"""The bureau beside the chair: who keeps the time, writes to the speaker, and puts back the late.

With them the interpreters, who ask a speaker to slow down.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from moderator.simulation.hall import SOMEBODY_ELSE, Hall, end_of
from moderator.simulation.plan import PrivateLimit
from moderator.simulation.wire import Seat
from moderator.simulation.words import NOTE_TO_SPEAKER

LEAST_MS: Final = 1_000
"""No private limit is shorter, however fast the day is."""

COMES_BACK_S: Final = 300.0
"""After being called in vain: when somebody comes back."""


class Bureau:
    """Co-chair, secretary and interpreters."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def gives_more_time(self, limit: PrivateLimit) -> None:
        """The secretary gives somebody a longer time, of which nobody is told."""
        hall = self._hall
        total = max(LEAST_MS, round(hall.ms(limit.total)))
        hall.do(hall.secretary, "set-private-limit", delegation=limit.code, total=total)

    def asks_to_slow_down(self, turn: Mapping[str, Any], share: float) -> None:
        """The interpreters ask the speaker to go slower."""
        hall = self._hall
        hall.deeds.until(end_of(turn, share * 0.3))
        hall.do(hall.seat("interpreter"), "ask-to-slow-down", *SOMEBODY_ELSE, holder=turn["id"])
        hall.say("The interpreters ask the speaker to slow down.")

    def sends_note(self, turn: Mapping[str, Any], share: float) -> None:
        """The co-chair writes to the speaker."""
        hall = self._hall
        hall.deeds.until(end_of(turn, share * 0.6))
        hall.do(
            hall.co_chair,
            "send-note",
            *SOMEBODY_ELSE,
            intervention=turn["id"],
            words=NOTE_TO_SPEAKER,
        )

    def will_put_back(self, entry: Mapping[str, Any]) -> None:
        """Have whoever was not present come back, and put at the end of the list."""
        self._hall.later(COMES_BACK_S, partial(self._put_back, entry))

    def _put_back(self, entry: Mapping[str, Any]) -> None:
        hall = self._hall
        answer = hall.do(
            hall.co_chair,
            "reinstate-request",
            "segment-changed",
            "already-waiting",
            "unknown-request",
            request=entry["id"],
            before=None,
        )
        if answer.reason is None:
            hall.say(f"{hall.name(entry)} is here now, and is put back on the list.")

    def concludes(self, holder: str, speaker: Seat) -> None:
        """The speaker gives the floor back, or thanks and the co-chair ends the turn."""
        hall = self._hall
        if hall.chance.random() < 0.5:
            hall.do(speaker, "yield-floor", *SOMEBODY_ELSE, holder=holder)
        else:
            # The one presides, the other keeps the time: no seat may do all of it in a hurry.
            hall.do(hall.co_chair, "end-intervention", *SOMEBODY_ELSE, holder=holder)
