"""The door: walk-ins register there, and the secretary lets them in."""

from functools import partial

from moderator.simulation.hall import Hall
from moderator.simulation.people import WALKERS, Voice, Walker, voice
from moderator.simulation.wire import Seat

FIRST_S, NEXT_S = 60.0, 45.0
"""After the opening of the first list: when the first registers, and how long until another."""

LET_IN_S = 40.0


class Door:
    """Where walk-ins come; `entered` are those that were let in."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.entered: list[Voice] = []

    def opens(self) -> None:
        """Two who were not expected are going to register."""
        for place, walker in enumerate(WALKERS):
            device = self._hall.wire.enter(self._hall.link("follower"))
            self._hall.later(FIRST_S + NEXT_S * place, partial(self._registers, walker, device))

    def _registers(self, walker: Walker, device: Seat) -> None:
        hall = self._hall
        path = f"/api/dialogues/{hall.wire.dialogue}/walk-ins"
        body = {"name": walker.name, "category": walker.category, "person": walker.person}
        registered = hall.wire.ask(device, "POST", path, body).said["id"]
        hall.say(f"{walker.name} registers at the door.")
        let_in = partial(self._let_in, walker, device, f"{path}/{registered}/approve")
        hall.later(LET_IN_S, let_in)

    def _let_in(self, walker: Walker, device: Seat, path: str) -> None:
        hall = self._hall
        code = hall.wire.ask(hall.secretary, "POST", path, {}).said["approved"]
        hall.phones[code] = hall.wire.take_part(device)
        who = voice(code, walker.category, hall.seed)
        hall.voices[code] = who
        self.entered.append(who)
        hall.document["delegations"][code] = {"name": walker.name, "category": walker.category}
        hall.say(f"{walker.name} is let in.")
