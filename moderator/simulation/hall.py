"""The hall: the seats of all who are in it, what the chair sees, and what is said aloud."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from moderator.simulation.askings import Asking
from moderator.simulation.deeds import Deeds
from moderator.simulation.people import Voice, chance, people
from moderator.simulation.wire import Answer, Seat, Wire

OPENS_AT: Final = 10 * 60
"""The clock on the wall when the programme begins, in minutes; for what is told alone."""

SOMEBODY_ELSE: Final = ("floor-changed", "not-waiting", "has-the-floor", "segment-changed")
"""Why somebody is refused when somebody else has acted first: then one looks again."""

Tell = Callable[[str], None]
Seats = Mapping[str, Mapping[str, Mapping[str, Any]]]


class Hall:
    """What all who take part share: seats, the segment that goes on, the view of the chair.

    `seats` are tokens and links by role and subject, as `demo --json` tells them. `tell` is given
    each thing that happens, in a line. `chance` is that of the whole day, in the order in which it
    is played. `askings` are the requests that were planned, by delegation, `requests` the ids of
    those that were made; `free_at` is since when the floor is, where no turn tells (0.0: from the
    last turn).
    """

    def __init__(self, wire: Wire, seats: Seats, *, seed: int, speed: int, tell: Tell) -> None:
        self.wire = wire
        self.seed = seed
        self.speed = speed
        self.numbers = count(1)
        self.deeds = Deeds(wire, self.numbers)
        self.chance = chance(seed, "chair")
        self.voices: dict[str, Voice] = {}
        self.phones: dict[str, Seat] = {}
        self.askings: dict[str, Asking] = {}
        self.document: dict[str, Any] = {}
        self.part: dict[str, Any] = {}
        self.view: dict[str, Any] = {}
        self.requests: list[str] = []
        self.free_at = 0.0
        self._seats = seats
        self._tell = tell
        self.chair = self.co_chair = self.seat("secretary")
        self.secretary = self.seat("secretary")
        self.rapporteur = self.seat("rapporteur")

    def fill(self, invited: frozenset[str]) -> None:
        """Read the programme, and let in whoever takes part; `invited` do in any case."""
        path = f"/api/dialogues/{self.wire.dialogue}/programme?lang=en"
        self.document = self.wire.ask(self.secretary, "GET", path).said
        for one in people(self.document, self.seed, invited):
            self.voices[one.code] = one
            self.phones[one.code] = self.seat("delegation", one.code)

    # Seats

    def seat(self, role: str, subject: str | None = None) -> Seat:
        """The seat of a program: of a role, and of the first that has it where none is named."""
        seats = self._seats[role]
        return Seat(token=seats[subject or next(iter(seats))]["token"])

    def link(self, role: str) -> str:
        """The link of the first that has a role."""
        return str(next(iter(self._seats[role].values()))["link"])

    def phone(self, code: str) -> Seat:
        """The phone of a delegation."""
        return self.phones.get(code) or self.seat("delegation", code)

    # What is seen

    def look(self) -> dict[str, Any]:
        """What the chair sees now; it is kept as `view`."""
        self.view = self.wire.view(self.chair)["view"]
        return self.view

    def floor_id(self) -> str | None:
        """Who had the floor when the chair looked last."""
        floor = self.view["floor"]
        return None if floor is None else str(floor["id"])

    def last_id(self) -> str | None:
        """The turn that ended last."""
        last = self.look()["last"]
        return None if last is None else str(last["id"])

    # What is done

    def do(
        self, seat: Seat, what: str, /, *foreseen: str, tap: str | None = None, **fields: Any
    ) -> Answer:
        """Give a command; `foreseen` are reasons for which it may be refused."""
        return self.wire.command(seat, self.body(what, tap=tap, **fields), *foreseen)

    def body(self, what: str, /, *, tap: str | None = None, **fields: Any) -> dict[str, Any]:
        """A command, under the id `tap` or one of its own."""
        return {"id": tap or f"day-tap-{next(self.numbers):05}", "type": what, **fields}

    def tap(self, code: str, what: str = "asks") -> str:
        """The id of what a delegation does once in a segment."""
        return f"day-{self.part['id']}-{code}-{what}"

    # Time

    def ms(self, seconds: float) -> float:
        """Seconds of the day of 2012 as milliseconds of this one."""
        return seconds * 1_000 / self.speed

    def later(self, seconds: float, do: Callable[[], object]) -> None:
        """Have something done so long from now."""
        self.deeds.at(self.wire.now() + self.ms(seconds), do)

    def pause(self, seconds: float) -> None:
        """Wait so long, while everybody does what is due for them."""
        self.deeds.until(self.wire.now() + self.ms(seconds))

    # What is said

    def name(self, entry: Mapping[str, Any]) -> str:
        """The delegation of an entry of a list, and for whom it speaks."""
        return self.names(entry["delegation"], entry["group"])

    def names(self, code: str, group: str | None = None) -> str:
        """A delegation by its name, and for whom it speaks."""
        # Somebody may have been let in by hand since.
        name = str(self.document["delegations"].get(code, {"name": code})["name"])
        if group is None:
            return name
        return f"{name} (on behalf of {self.document['groups'][group]['name']})"

    def say(self, what: str) -> None:
        """Tell what happens, with the time on the wall."""
        gone = (self.wire.now() - self.document["starts"]) * self.speed / 60_000
        hours, minutes = divmod(OPENS_AT + int(gone), 60)
        self._tell(f"{hours:02}:{minutes:02}  {what}")


def end_of(turn: Mapping[str, Any], share: float) -> float:
    """When a turn will have used this share of its time."""
    begins = turn["running_since"] or turn["starts_at"] or turn["given_at"]
    return float(begins + turn["allowance"] * share - turn["used"])
