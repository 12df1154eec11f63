"""The simulated day as it is played: from the first gavel to the last, segment by segment.

Who does what stands in modules of their own: `hall` (who is there, and what is seen), `delegations`
and `door`, `chair`, `bureau`, `rapporteur`, `turns`, `outages`, and `check` at the end; `deeds` is
the loop that waits for instants. The chair looks before each step and acts on what is seen, so
people may take part beside it from their own screens.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from moderator.simulation.askings import asking
from moderator.simulation.bureau import Bureau
from moderator.simulation.chair import Chair
from moderator.simulation.check import Kept, checked
from moderator.simulation.delegations import Delegations
from moderator.simulation.door import Door
from moderator.simulation.hall import Hall, Seats, Tell
from moderator.simulation.outages import Outages
from moderator.simulation.plan import Discussion, discussions
from moderator.simulation.rapporteur import Rapporteur
from moderator.simulation.turns import PRESENTS, Turns
from moderator.simulation.wire import Wire
from moderator.simulation.words import OF_THE_CLOSING, OF_THE_OPENING

LATE_S: Final = 60
"""So long after its time the meeting is opened."""

REMARKS: Final = (0.65, 0.85)
"""The share of their time that speakers of opening and closing use."""

HAND_OVER_S: Final = 25
"""From one to the next, as the chair reckons whether there is time for one more."""


class Day:
    """One day with its people, on a dialogue that was just made.

    `seats` and `tell` are as in Hall. `invited` are delegations that take part in any case.
    """

    def __init__(
        self,
        wire: Wire,
        seats: Seats,
        *,
        seed: int,
        speed: int,
        tell: Tell,
        invited: frozenset[str] = frozenset(),
    ) -> None:
        self.wire = wire
        self._invited = invited
        self._hall = Hall(wire, seats, seed=seed, speed=speed, tell=tell)
        self._chair = Chair(self._hall)
        self._rapporteur = Rapporteur(self._hall)
        self._delegations = Delegations(self._hall)
        self._door = Door(self._hall)
        self._outages = Outages(self._hall, self._delegations)
        self._bureau = Bureau(self._hall)
        self._turns = Turns(
            self._hall,
            self._chair,
            self._bureau,
            self._rapporteur,
            self._delegations,
            self._outages,
        )

    def play(self) -> None:
        """From the first gavel to the last; raises Unforeseen and NoServer."""
        hall = self._hall
        hall.fill(self._invited)
        plans = iter(discussions(hall.document, tuple(hall.voices.values()), hall.seed))
        hall.look()
        hall.deeds.until(hall.document["starts"] + hall.ms(LATE_S))
        opener, *_ = hall.document["segments"]
        self._chair.presides(opener)
        hall.do(hall.chair, "open-dialogue")
        hall.say("The meeting is open.")
        carried = False
        for part in hall.document["segments"]:
            plan = next(plans) if part["kind"] == "panel" else None
            self._chair.begins(part, carry_over=carried)
            self._turns.heard = 0
            if plan is not None:
                self._discuss(plan)
                carried = plan.carry_over
            else:
                self._turns.replies()
                self._remarks()
        hall.do(hall.chair, "close-dialogue", holder=None)
        hall.say("The meeting is closed.")

    def end(self, folder: Path | None = None) -> Kept:
        """Check what was kept of the day, and write it into a folder where one is named.

        Raises Unforeseen where somebody was forgotten, or something is missing.
        """
        files = self._rapporteur.takes_home()
        kept = checked(self._hall, files)
        if folder is None:
            return kept
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        return replace(kept, files=tuple(folder / name for name in files))

    def _remarks(self) -> None:
        """Opening or closing: each speaker in turn, and the gist of the first is noted."""
        part = self._hall.part
        words = OF_THE_CLOSING if part["kind"] == "closing" else OF_THE_OPENING
        for place, person in enumerate(part["speakers"]):
            self._turns.person(person, self._hall.chance.uniform(*REMARKS))
            if place == 0:
                self._rapporteur.note(self._hall.last_id(), words, theme=None)

    def _discuss(self, plan: Discussion) -> None:
        """A panel: presentations, the list until it is over or the hour comes, and replies.

        The panel's come first, then rights of reply: decision 34/401 has them at the end.
        """
        hall = self._hall
        self._chair.sets_rules(round=plan.round)
        self._turns.panel_presents()
        self._open_the_list(plan)
        if plan.carry_over:
            self._door.opens()
        while entry := self._next():
            if (taken := hall.view["round"]) and taken["taken"] >= taken["size"]:
                self._turns.panel_replies()
                continue
            if hall.view["segment"] and self._is_late(entry):
                hall.say(f"{hall.view['list']['length']} cannot be heard before the hour.")
                break
            self._turns.of_the_list(entry, plan)
        if (taken := hall.look()["round"]) and taken["taken"]:
            self._turns.panel_replies()
        self._turns.replies()

    def _open_the_list(self, plan: Discussion) -> None:
        """The list opens, and all who want the floor are going to ask for it."""
        hall = self._hall
        opened = self._chair.opens_list()
        walkers = self._door.entered if not plan.carry_over else ()
        for one in (*plan.askings, *(asking(late, hall.seed) for late in walkers)):
            hall.askings[one.code] = one
            if one.offline:
                self._outages.no_network(one, opened)
            else:
                self._delegations.will_ask(one, opened)
        self._delegations.will_write(plan.written, opened)
        if plan.private is not None:
            self._bureau.gives_more_time(plan.private)
        self._chair.will_reveal_draw(opened)
        self._chair.will_propose_order(plan.policies, opened)
        first = plan.askings[0]
        twice = partial(self._delegations.ask_twice, first.code)
        hall.deeds.at(opened + hall.ms(first.after + 8), twice)
        self._chair.will_close_list(opened, partial(self._after_the_closing, plan))

    def _after_the_closing(self, plan: Discussion) -> None:
        self._delegations.ask_too_late(plan)
        self._chair.shortens(plan)

    def _next(self) -> dict[str, Any] | None:
        """The first of the list; waited for while it is open; None when it is over."""
        hall = self._hall
        while True:
            listed = hall.look()["list"]
            if listed["entries"]:
                first: dict[str, Any] = listed["entries"][0]
                return first
            next_at = hall.deeds.next_at
            if not listed["open"] or next_at is None:
                return None
            hall.deeds.until(next_at)

    def _is_late(self, entry: Mapping[str, Any]) -> bool:
        """Whether there is no time left for somebody and for all replies after that."""
        hall = self._hall
        if hall.part["ends"] is None:
            return False
        limits = hall.view["segment"]["rules"]["limits"]
        share = (PRESENTS[0] + PRESENTS[1]) / 2
        hand_over = hall.ms(HAND_OVER_S)
        replies = len(hall.part["speakers"]) * (limits["reply"] * share + hand_over)
        replies += hall.view["forecast"]["rights_of_reply"]
        needed = hand_over + entry["limit"] * share + replies
        return bool(hall.wire.now() + needed > hall.part["ends"])
