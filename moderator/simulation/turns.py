"""The turns: of persons of the programme, of the list and in reply, and what happens in them."""

from collections.abc import Mapping
from typing import Any, Final

from moderator.simulation.askings import Asking, Habit
from moderator.simulation.bureau import Bureau
from moderator.simulation.chair import Chair
from moderator.simulation.delegations import Delegations
from moderator.simulation.hall import SOMEBODY_ELSE, Hall, end_of
from moderator.simulation.outages import Outages
from moderator.simulation.plan import Discussion
from moderator.simulation.rapporteur import Rapporteur
from moderator.simulation.words import REPLIES

PRESENTS: Final = (0.8, 0.92)
"""The share that panellists use, presenting and replying alike."""

REPLY: Final = 0.6
"""The share that is used in exercise of the right of reply."""

WALKER: Final = 0.85
"""The share that is used by whoever is on the list and was not planned to be."""

CALLED_IN_VAIN_S: Final = 20.0
MORE_S: Final = 60
"""How much longer somebody may go on whose time has run out; two thirds of it are used."""

LOOK_AGAIN_MS: Final = 30.0


class Turns:
    """Whoever has the floor. `heard` counts the turns of the list since the segment began."""

    def __init__(
        self,
        hall: Hall,
        chair: Chair,
        bureau: Bureau,
        rapporteur: Rapporteur,
        delegations: Delegations,
        outages: Outages,
    ) -> None:
        self._hall = hall
        self._chair = chair
        self._bureau = bureau
        self._rapporteur = rapporteur
        self._delegations = delegations
        self._outages = outages
        self._came_late: set[str] = set()
        self.heard = 0

    # Persons of the programme

    def person(self, person: str, share: float) -> None:
        """Somebody of the programme speaks, and uses this share of the time."""
        hall = self._hall
        self._chair.thanks()
        hall.say(f"{hall.document['persons'][person]['name']} has the floor.")
        answer = hall.do(
            hall.chair, "give-floor", *SOMEBODY_ELSE, holder=hall.floor_id(), person=person
        )
        turn = hall.look()["floor"]
        if answer.reason is None and turn is not None and turn["person"] == person:
            hall.deeds.until(end_of(turn, share))
            self._bureau.concludes(turn["id"], hall.seat("panellist", person))

    def panel_presents(self) -> None:
        """Each panellist makes a presentation."""
        for place, person in enumerate(self._hall.part["speakers"]):
            self.person(person, self._hall.chance.uniform(*PRESENTS))
            self._rapporteur.note(self._hall.last_id(), REPLIES[place % len(REPLIES)])

    def panel_replies(self) -> None:
        """Each panellist replies, and ticks off what was asked in writing."""
        hall = self._hall
        hall.say("The panel replies.")
        for place, person in enumerate(hall.part["speakers"]):
            self.person(person, hall.chance.uniform(*PRESENTS))
            if place == 0:
                self._rapporteur.note(hall.last_id(), hall.chance.choice(REPLIES), kind="reply")
            questions = hall.look()["questions"].get(person, ())
            for question in [one for one in questions if not one["answered"]][:2]:
                hall.do(
                    hall.seat("panellist", person),
                    "set-answered",
                    question=question["id"],
                    answered=True,
                )

    # The list

    def of_the_list(self, entry: Mapping[str, Any], plan: Discussion) -> None:
        """Whoever is first on the list has the floor, and what happens meanwhile."""
        hall = self._hall
        request, code = entry["id"], entry["delegation"]
        one = hall.askings.get(code) or Asking(code, 0, share=WALKER)
        if one.habit is Habit.ABSENT and request not in self._came_late:
            self._is_absent(entry)
            return
        self._chair.thanks()
        number = self.heard + 1
        hall.say(f"{hall.name(entry)} has the floor.")
        gives = self._chair.both_give if number == plan.both_press else self._chair.gives
        given = gives(request)
        turn = hall.view["floor"]
        if not given or turn is None:
            return
        self.heard = number
        self._rapporteur.listens(one, turn)
        self._meanwhile(plan, number, turn, one.share)
        turn = hall.look()["floor"]
        if turn is None or turn["id"] != request:
            return
        if one.habit is Habit.OVERRUNS:
            self._overruns(turn, code)
        else:
            hall.deeds.until(end_of(turn, one.share))
            self._bureau.concludes(request, hall.phone(code))
        if number == plan.corrected.turn:
            ended = hall.look()["last"]
            if ended is not None and ended["id"] == request:
                self._rapporteur.will_correct(ended, plan.corrected.more)

    def _meanwhile(
        self, plan: Discussion, number: int, turn: Mapping[str, Any], share: float
    ) -> None:
        """What was planned for the turn of this number."""
        if number == plan.naming:
            self._delegations.will_reply(plan.named, turn["id"])
        if number == plan.interpretation_fails:
            self._outages.interpretation_fails(turn, share)
        if number == plan.slow_down:
            self._bureau.asks_to_slow_down(turn, share)
        if number == plan.note_to_speaker:
            self._bureau.sends_note(turn, share)
        for point in plan.points_of_order:
            if number == point.turn:
                self._chair.hears_point(point, turn, share)

    def _is_absent(self, entry: Mapping[str, Any]) -> None:
        """Called in vain; comes back and is put at the end of the list."""
        hall = self._hall
        request = entry["id"]
        self._came_late.add(request)
        hall.free_at = hall.wire.now() + hall.ms(CALLED_IN_VAIN_S)
        hall.deeds.until(hall.free_at)
        hall.do(hall.chair, "mark-not-present", *SOMEBODY_ELSE, request=request)
        hall.say(f"{hall.name(entry)} is called and is not present.")
        self._bureau.will_put_back(entry)

    def _overruns(self, turn: Mapping[str, Any], code: str) -> None:
        """The server ends it at the deadline; the chair lets it go on once."""
        hall = self._hall
        rules = hall.view["segment"]["rules"]
        hall.deeds.until(end_of(turn, 1.0) + rules["grace"])
        while hall.floor_id() == turn["id"]:
            hall.deeds.until(hall.wire.now() + LOOK_AGAIN_MS)
            hall.look()
        hall.say(f"{hall.names(code)} is out of time: the server has taken the floor back.")
        hall.pause(6)
        total = turn["allowance"] + round(hall.ms(MORE_S))
        answer = hall.do(
            hall.chair,
            "continue-intervention",
            "cannot-continue",
            *SOMEBODY_ELSE,
            intervention=turn["id"],
            total=total,
        )
        if answer.reason is not None:
            return
        hall.say("The chair lets the speaker go on.")
        hall.look()
        if hall.view["floor"] and hall.view["floor"]["running_since"] is None:
            hall.do(hall.chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])
        hall.pause(MORE_S * 2 / 3)
        self._bureau.concludes(turn["id"], hall.phone(code))

    # Rights of reply

    def replies(self) -> None:
        """All rights of reply that wait are heard."""
        hall = self._hall
        while replies := hall.look()["replies"]:
            entry = replies[0]
            self._chair.thanks()
            hall.say(f"{hall.name(entry)}, in exercise of the right of reply")
            if self._chair.gives(entry["id"]):
                hall.deeds.until(end_of(hall.view["floor"], REPLY))
                self._bureau.concludes(entry["id"], hall.phone(entry["delegation"]))
