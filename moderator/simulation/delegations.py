"""The delegations: what they want, when they ask for it, and how they change their minds."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from moderator.simulation.askings import Asking, Habit
from moderator.simulation.hall import SOMEBODY_ELSE, Hall
from moderator.simulation.plan import Discussion, WrittenQuestion

WITHDRAWS_S: Final = 420.0
GIVES_WAY_S: Final = 30.0
"""After asking: when somebody withdraws, and when somebody lets another one pass."""

NAMED_S: Final = 50.0
"""After a statement began: when whoever is named in it asks for a right of reply."""


class Delegations:
    """All phones of the hall, and the nameplates that are raised to the assistant."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    # Asking for the floor

    def will_ask(self, one: Asking, opened: float) -> None:
        """Have somebody ask, so long after the opening of the list as is planned."""
        hall = self._hall
        body = self.request(one, hall.tap(one.code))
        hall.deeds.at(
            opened + hall.ms(one.after), partial(self.ask, one, body, "asks for the floor")
        )

    def request(self, one: Asking, tap: str) -> dict[str, Any]:
        """The command by which somebody asks, under the id `tap`."""
        speakers = self._hall.part["speakers"]
        body: dict[str, Any] = {
            "id": tap,
            "type": "request-floor",
            "segment": self._hall.part["id"],
            "kind": one.kind,
            "group": one.group,
            "also_national": one.also_national,
        }
        if one.to is not None:
            body["to"] = speakers[one.to % len(speakers)]
        if one.nameplate:
            body["delegation"] = one.code
        return body

    def ask(self, one: Asking, body: Mapping[str, Any], how: str) -> None:
        """Ask by phone, or by the nameplate that the assistant sees, and tell `how`."""
        hall = self._hall
        seat = hall.seat("assistant") if one.nameplate else hall.phone(one.code)
        hall.wire.command(seat, body)
        hall.say(f"{hall.names(one.code, one.group)} {how}.")
        request = str(body["id"])
        hall.requests.append(request)
        self._describe(one, request)
        if one.habit is Habit.WITHDRAWS:
            hall.later(WITHDRAWS_S, partial(self._withdraw, one, request))
        if one.habit is Habit.GIVES_WAY:
            hall.later(GIVES_WAY_S, partial(self._give_way, one, request))

    def _describe(self, one: Asking, request: str) -> None:
        who = self._hall.voices[one.code]
        if who.level is None and one.gist is None:
            return
        self._hall.do(
            self._hall.phone(one.code),
            "describe-request",
            *SOMEBODY_ELSE,
            request=request,
            level=who.level,
            language=who.language,
            delivery=who.delivery,
            speaker=who.speaker,
            title=who.title,
            gist=one.gist,
            show_speaker=who.shown,
        )

    def _withdraw(self, one: Asking, request: str) -> None:
        hall = self._hall
        answer = hall.do(hall.phone(one.code), "withdraw-request", *SOMEBODY_ELSE, request=request)
        if answer.reason is None:
            hall.say(f"{hall.names(one.code, one.group)} withdraws.")

    def _give_way(self, one: Asking, request: str) -> None:
        hall = self._hall
        entries = hall.look()["list"]["entries"]
        place = next((n for n, entry in enumerate(entries) if entry["id"] == request), None)
        if place is None:
            return
        hall.do(hall.phone(one.code), "let-one-pass", *SOMEBODY_ELSE, request=request, place=place)
        hall.say(f"{hall.names(one.code, one.group)} lets one pass.")

    # What is asked in vain

    def ask_twice(self, code: str) -> None:
        """A colleague asks too: the delegation is on the list already."""
        hall, one = self._hall, self._hall.askings[code]
        body = self.request(one, hall.tap(code, "again"))
        answer = hall.wire.command(hall.phone(code), body, "already-waiting", *SOMEBODY_ELSE)
        if answer.reason == "already-waiting":
            hall.say(f"{hall.names(code, one.group)} waits already, a second phone is told.")

    def ask_too_late(self, plan: Discussion) -> None:
        """Somebody asks when the list is closed."""
        hall = self._hall
        late = next(code for code in hall.voices if code not in hall.askings and code != plan.named)
        hall.do(hall.phone(late), "request-floor", "list-closed", segment=hall.part["id"])

    # Beside the list

    def will_write(self, questions: tuple[WrittenQuestion, ...], opened: float) -> None:
        """Have questions put in writing, so long after the opening of the list as is planned."""
        hall = self._hall
        speakers = hall.part["speakers"]
        for number, written in enumerate(questions, 1):
            write = partial(
                hall.do,
                hall.phone(written.code),
                "write-question",
                tap=f"day-{hall.part['id']}-written-{number}",
                to=speakers[written.to % len(speakers)],
                words=written.words,
            )
            hall.deeds.at(opened + hall.ms(written.after), write)

    def will_reply(self, code: str, statement: str) -> None:
        """Have whoever is named in a statement ask for a right of reply to it."""
        self._hall.later(NAMED_S, partial(self._ask_to_reply, code, statement))

    def _ask_to_reply(self, code: str, statement: str) -> None:
        hall = self._hall
        tap = hall.tap(code, "replies")
        hall.do(
            hall.phone(code),
            "request-floor",
            tap=tap,
            segment=hall.part["id"],
            kind="right-of-reply",
            statement=statement,
        )
        hall.requests.append(tap)
        hall.say(f"{hall.names(code)} asks for a right of reply.")
