"""The simulated day as it is played: one loop that waits for instants and asks by HTTP.

The chair looks before each step and acts on what is seen, so people may take part beside it from
their own screens.
"""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final

from moderator.simulation.people import (
    WALKERS,
    Voice,
    Walker,
    chance,
    people,
    voice,
)
from moderator.simulation.plan import (
    CLOSING_S,
    LAST_CALL_S,
    OUTAGE_S,
    Asking,
    Discussion,
    Habit,
    PointOfOrder,
    asking,
    discussions,
)
from moderator.simulation.wire import Answer, Seat, Unforeseen, Wire
from moderator.simulation.words import (
    BREAK,
    NOTE_TO_SPEAKER,
    OF_THE_CLOSING,
    OF_THE_OPENING,
    REPLIES,
    RULING,
)

OPENS_AT: Final = 10 * 60
"""The clock on the wall when the programme begins, in minutes; for what is told alone."""

LATE_S: Final = 60
REMARKS: Final = (0.65, 0.85)
"""The share of their time that speakers of opening and closing use."""

PRESENTS: Final = (0.8, 0.92)
"""The share that panellists use, presenting and replying alike."""

THANKS_S: Final = (15.0, 22.0)
"""From the end of a turn until the next is given the floor: words of thanks, and a name."""

CALLED_IN_VAIN_S: Final = 20.0
COMES_BACK_S: Final = 300.0
FAILURE_S: Final = 60.0
POINT_S: Final = 45.0
MORE_S: Final = 60
"""How much longer somebody may go on whose time has run out; two thirds of it are used."""

LOOK_AGAIN_MS: Final = 30.0
FILES: Final = ("record.json", "record.csv", "summary.docx", "summary.html")

SOMEBODY_ELSE: Final = ("floor-changed", "not-waiting", "has-the-floor", "segment-changed")
"""Why the bureau is refused when somebody else has acted first: it looks again."""

Tell = Callable[[str], None]


@dataclass(order=True, slots=True)
class _Deed:
    at: float
    number: int
    do: Callable[[], None] = field(compare=False)


class Day:
    """One day with its people, on a dialogue that was just made.

    `seats` are tokens and links by role and subject, as `demo --json` tells them. `tell` is given
    each thing that happens, in a line. `invited` are delegations that take part in any case.
    """

    def __init__(
        self,
        wire: Wire,
        seats: Mapping[str, Mapping[str, Mapping[str, Any]]],
        *,
        seed: int,
        speed: int,
        tell: Tell,
        invited: frozenset[str] = frozenset(),
    ) -> None:
        self.wire = wire
        self._seats = seats
        self._seed = seed
        self._speed = speed
        self._tell = tell
        self._invited = invited
        self._deeds: list[_Deed] = []
        self._numbers = count(1)
        self._draw = chance(seed, "chair")
        self._phones: dict[str, Seat] = {}
        self._voices: dict[str, Voice] = {}
        self._askings: dict[str, Asking] = {}
        self._came_late: set[str] = set()
        self._walkers: list[Voice] = []
        self._chair = self._co_chair = self._seat("secretary")
        self._secretary = self._seat("secretary")
        self._rapporteur = self._seat("rapporteur")
        self._document: dict[str, Any] = {}
        self._part: dict[str, Any] = {}
        self._view: dict[str, Any] = {}
        self._plan: Discussion | None = None
        self._turns = 0
        self._free_at = 0.0

    def play(self) -> None:
        """From the first gavel to the last; raises Unforeseen and NoServer."""
        self._document = self.wire.ask(
            self._secretary, "GET", f"/api/dialogues/{self.wire.dialogue}/programme?lang=en"
        ).said
        for one in people(self._document, self._seed, self._invited):
            self._voices[one.code] = one
            self._phones[one.code] = self._seat("delegation", one.code)
        plans = iter(discussions(self._document, tuple(self._voices.values()), self._seed))
        self._look()
        self._until(self._document["starts"] + self._ms(LATE_S))
        opener, *_ = self._document["segments"]
        self._presides(opener)
        self._do(self._chair, "open-dialogue")
        self._say("The meeting is open.")
        carried = False
        for part in self._document["segments"]:
            self._plan = next(plans) if part["kind"] == "panel" else None
            self._begin(part, carry_over=carried)
            if self._plan is not None:
                self._discuss(self._plan)
                carried = self._plan.carry_over
            else:
                self._hear_replies()
                self._remarks()
        self._do(self._chair, "close-dialogue", holder=None)
        self._say("The meeting is closed.")

    def write(self, folder: Path) -> tuple[Path, ...]:
        """Write record and Summary into a folder, as the rapporteur's screen has them."""
        folder.mkdir(parents=True, exist_ok=True)
        ((_, one),) = list(self._seats["rapporteur"].items())[:1]
        seat = self.wire.enter(one["link"])
        written = []
        for name in FILES:
            file = folder / name
            file.write_bytes(self.wire.page(seat, name))
            written.append(file)
        return tuple(written)

    # Segments

    def _begin(self, part: Mapping[str, Any], *, carry_over: bool) -> None:
        if part["starts"] is not None:
            self._pause_until(part["starts"])
        self._presides(part)
        self._part = dict(part)
        self._do(self._chair, "take-gavel")
        self._look()
        holder = self._floor_id()
        self._do(
            self._chair, "begin-segment", segment=part["id"], holder=holder, carry_over=carry_over
        )
        self._turns = 0
        self._say(part["title"])
        if carry_over:
            self._say(f"{self._look()['list']['length']} are carried over from before.")

    def _pause_until(self, instant: int) -> None:
        """Wait for a segment; the meeting is suspended where that is long."""
        if instant - self.wire.now() < self._ms(30 * 60):
            self._until(instant)
            return
        self._do(self._chair, "suspend-dialogue")
        self._do(self._secretary, "set-stage", blackout=False, message=BREAK)
        self._say("The meeting is suspended.")
        self._until(instant)
        self._do(self._secretary, "set-stage", blackout=False, message=None)
        self._do(self._chair, "resume-dialogue")

    def _presides(self, part: Mapping[str, Any]) -> None:
        chairs = [self._seat("chair", one) for one in part["chairs"]]
        self._chair = (chairs or [self._secretary])[0]
        self._co_chair = [*chairs, self._secretary][1]

    def _remarks(self) -> None:
        words = OF_THE_CLOSING if self._part["kind"] == "closing" else OF_THE_OPENING
        for place, person in enumerate(self._part["speakers"]):
            self._hear_person(person, self._draw.uniform(*REMARKS))
            if place == 0:
                self._note(self._last_id(), words, theme=None)

    def _hear_replies(self) -> None:
        """Rights of reply that wait are heard before the closing remarks."""
        while replies := self._look()["replies"]:
            entry = replies[0]
            self._thank()
            self._say(f"{self._name(entry)}, in exercise of the right of reply")
            if self._give(entry["id"]):
                self._until(self._end_of(self._view["floor"], 0.6))
                self._conclude(entry["id"], self._phone(entry["delegation"]))

    def _discuss(self, plan: Discussion) -> None:
        speakers = self._part["speakers"]
        self._set_rules(plan, round=plan.round)
        for place, person in enumerate(speakers):
            self._hear_person(person, self._draw.uniform(*PRESENTS))
            self._note(self._last_id(), REPLIES[place % len(REPLIES)])
        self._open_the_list(plan)
        if plan.carry_over:
            self._meet_at_the_door()
        while entry := self._next():
            if (taken := self._view["round"]) and taken["taken"] >= taken["size"]:
                self._panel_replies()
                continue
            if self._view["segment"] and self._is_late(entry):
                self._say(f"{self._view['list']['length']} cannot be heard before the hour.")
                break
            self._hear(entry, plan)
        if (taken := self._look()["round"]) and taken["taken"]:
            self._panel_replies()

    def _next(self) -> dict[str, Any] | None:
        """The first of the list; waited for while it is open; None when it is over."""
        while True:
            listed = self._look()["list"]
            if listed["entries"]:
                first: dict[str, Any] = listed["entries"][0]
                return first
            if not listed["open"] or not self._deeds:
                return None
            self._until(self._deeds[0].at)

    def _is_late(self, entry: Mapping[str, Any]) -> bool:
        """Whether there is no time left for somebody and the panel's last replies."""
        if self._part["ends"] is None:
            return False
        limits = self._view["segment"]["rules"]["limits"]
        share = (PRESENTS[0] + PRESENTS[1]) / 2
        hand_over = self._ms(25)
        replies = len(self._part["speakers"]) * (limits["reply"] * share + hand_over)
        needed = hand_over + entry["limit"] * share + replies
        return bool(self.wire.now() + needed > self._part["ends"])

    def _open_the_list(self, plan: Discussion) -> None:
        segment = self._part["id"]
        self._do(self._chair, "open-list", segment=segment)
        self._say("The list of speakers is open.")
        opened = self._free_at = self.wire.now()
        for one in plan.askings:
            self._plan_asking(one, opened)
        for late in self._walkers if not plan.carry_over else ():
            one = asking(late, self._seed)
            self._plan_asking(one, opened)
        speakers = self._part["speakers"]
        for number, written in enumerate(plan.written, 1):
            write = partial(
                self._do,
                self._phone(written.code),
                "write-question",
                tap=f"day-{segment}-written-{number}",
                to=speakers[written.to % len(speakers)],
                words=written.words,
            )
            self._at(opened + self._ms(written.after), write)
        first = plan.askings[0]
        self._at(opened + self._ms(first.after + 8), lambda: self._second_phone(first.code))
        closing = opened + self._ms(CLOSING_S)
        self._at(opened + self._ms(LAST_CALL_S), lambda: self._last_call(closing))
        self._at(closing + self._ms(20), lambda: self._after_the_closing(plan))

    def _last_call(self, closing: float) -> None:
        self._do(self._chair, "close-list", segment=self._part["id"], at=round(closing))
        self._say("Last call: the list closes in five minutes.")

    def _after_the_closing(self, plan: Discussion) -> None:
        """Somebody comes too late; and as many wait, the limit becomes shorter."""
        late = next(
            code for code in self._voices if code not in self._askings and code != plan.named
        )
        self._do(self._phone(late), "request-floor", "list-closed", segment=self._part["id"])
        self._set_rules(plan, limits=plan.limits)
        minutes, seconds = divmod(plan.limits["national"], 60)
        waiting = self._look()["list"]["length"]
        self._say(f"The list is closed. {waiting} wait: {minutes}:{seconds:02} each from now on.")

    def _set_rules(self, plan: Discussion, **changes: Any) -> None:
        view = self._look()
        rules = view["segment"]["rules"]
        if limits := changes.get("limits"):
            shorter = {kind: total * 1_000 // self._speed for kind, total in limits.items()}
            changes["limits"] = {**rules["limits"], **shorter}
        self._do(
            self._chair,
            "set-rules",
            "programme-changed",
            segment=self._part["id"],
            base=view["revision"],
            rules={**rules, **changes},
        )

    # Asking for the floor

    def _plan_asking(self, one: Asking, opened: float) -> None:
        self._askings[one.code] = one
        tap = self._tap(one.code)
        body = self._request(one, tap)
        at = opened + self._ms(one.after)
        if one.offline:
            phone = self._phone(one.code)
            if one.lost:
                self._at(at, lambda: self.wire.lose(phone, body))
            back = opened + self._ms(OUTAGE_S[1])
            self._at(back, lambda: self._asked(one, body, "once more, now that there is a network"))
            return
        self._at(at, lambda: self._asked(one, body, "asks for the floor"))

    def _request(self, one: Asking, tap: str) -> dict[str, Any]:
        speakers = self._part["speakers"]
        body: dict[str, Any] = {
            "id": tap,
            "type": "request-floor",
            "segment": self._part["id"],
            "kind": one.kind,
            "group": one.group,
            "also_national": one.also_national,
        }
        if one.to is not None:
            body["to"] = speakers[one.to % len(speakers)]
        if one.nameplate:
            body["delegation"] = one.code
        return body

    def _asked(self, one: Asking, body: Mapping[str, Any], how: str) -> None:
        seat = self._seat("assistant") if one.nameplate else self._phone(one.code)
        self.wire.command(seat, body)
        self._say(f"{self._names(one.code, one.group)} {how}.")
        self._describe(one, str(body["id"]))
        if one.habit is Habit.WITHDRAWS:
            self._later(420, lambda: self._withdraw(one, str(body["id"])))
        if one.habit is Habit.GIVES_WAY:
            self._later(30, lambda: self._give_way(one, str(body["id"])))

    def _describe(self, one: Asking, request: str) -> None:
        who = self._voices[one.code]
        if who.level is None and one.gist is None:
            return
        self._do(
            self._phone(one.code),
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

    def _second_phone(self, code: str) -> None:
        """A colleague asks too: the delegation is on the list already."""
        one = self._askings[code]
        body = self._request(one, self._tap(code, "again"))
        answer = self.wire.command(self._phone(code), body, "already-waiting", *SOMEBODY_ELSE)
        if answer.reason == "already-waiting":
            self._say(f"{self._names(code, one.group)} waits already, a second phone is told.")

    def _withdraw(self, one: Asking, request: str) -> None:
        answer = self._do(
            self._phone(one.code), "withdraw-request", *SOMEBODY_ELSE, request=request
        )
        if answer.reason is None:
            self._say(f"{self._names(one.code, one.group)} withdraws.")

    def _give_way(self, one: Asking, request: str) -> None:
        entries = self._look()["list"]["entries"]
        place = next((n for n, entry in enumerate(entries) if entry["id"] == request), None)
        if place is None:
            return
        self._do(
            self._phone(one.code), "let-one-pass", *SOMEBODY_ELSE, request=request, place=place
        )
        self._say(f"{self._names(one.code, one.group)} lets one pass.")

    def _meet_at_the_door(self) -> None:
        """Two who were not expected register, and the secretary lets them in."""
        ((_, follower),) = list(self._seats["follower"].items())[:1]
        for place, walker in enumerate(WALKERS):
            device = self.wire.enter(follower["link"])
            self._later(60 + 45 * place, partial(self._register, walker, device))

    def _register(self, walker: Walker, device: Seat) -> None:
        path = f"/api/dialogues/{self.wire.dialogue}/walk-ins"
        body = {"name": walker.name, "category": walker.category, "person": walker.person}
        registered = self.wire.ask(device, "POST", path, body).said["id"]
        self._say(f"{walker.name} registers at the door.")
        self._later(40, lambda: self._let_in(walker, device, f"{path}/{registered}/approve"))

    def _let_in(self, walker: Walker, device: Seat, path: str) -> None:
        code = self.wire.ask(self._secretary, "POST", path, {}).said["approved"]
        self._phones[code] = self.wire.take_part(device)
        who = voice(code, walker.category, self._seed)
        self._voices[code] = who
        self._walkers.append(who)
        self._document["delegations"][code] = {"name": walker.name, "category": walker.category}
        self._say(f"{walker.name} is let in.")

    # Turns

    def _hear_person(self, person: str, share: float) -> None:
        self._thank()
        self._say(f"{self._document['persons'][person]['name']} has the floor.")
        answer = self._do(
            self._chair, "give-floor", *SOMEBODY_ELSE, holder=self._floor_id(), person=person
        )
        turn = self._look()["floor"]
        if answer.reason is None and turn is not None and turn["person"] == person:
            self._until(self._end_of(turn, share))
            self._conclude(turn["id"], self._seat("panellist", person))

    def _panel_replies(self) -> None:
        self._say("The panel replies.")
        for place, person in enumerate(self._part["speakers"]):
            self._hear_person(person, self._draw.uniform(*PRESENTS))
            if place == 0:
                self._note(self._last_id(), self._draw.choice(REPLIES), kind="reply")
            questions = self._look()["questions"].get(person, ())
            for question in [one for one in questions if not one["answered"]][:2]:
                self._do(
                    self._seat("panellist", person),
                    "set-answered",
                    question=question["id"],
                    answered=True,
                )

    def _hear(self, entry: Mapping[str, Any], plan: Discussion) -> None:
        """Whoever is first on the list has the floor, and what happens meanwhile."""
        request, code = entry["id"], entry["delegation"]
        one = self._askings.get(code) or Asking(code, 0, share=0.85)
        if one.habit is Habit.ABSENT and request not in self._came_late:
            self._is_absent(entry)
            return
        self._thank()
        number = self._turns + 1
        self._say(f"{self._name(entry)} has the floor.")
        given = self._both_give(request) if number == plan.both_press else self._give(request)
        turn = self._view["floor"]
        if not given or turn is None:
            return
        self._turns = number
        self._take_notes(one, turn)
        self._named(plan, number, request)
        if number == plan.interpretation_fails:
            self._interpretation_fails(turn, one.share)
        if number == plan.slow_down:
            self._until(self._end_of(turn, one.share * 0.3))
            interpreter = self._seat("interpreter")
            self._do(interpreter, "ask-to-slow-down", *SOMEBODY_ELSE, holder=request)
            self._say("The interpreters ask the speaker to slow down.")
        if number == plan.note_to_speaker:
            self._until(self._end_of(turn, one.share * 0.6))
            self._do(
                self._co_chair,
                "send-note",
                *SOMEBODY_ELSE,
                intervention=request,
                words=NOTE_TO_SPEAKER,
            )
        for point in plan.points_of_order:
            if number == point.turn:
                self._point_of_order(point, turn, one.share)
        turn = self._look()["floor"]
        if turn is None or turn["id"] != request:
            return
        if one.habit is Habit.OVERRUNS:
            self._overrun(turn, code)
        else:
            self._until(self._end_of(turn, one.share))
            self._conclude(request, self._phone(code))

    def _is_absent(self, entry: Mapping[str, Any]) -> None:
        """Called in vain; comes back after five minutes and is put at the end of the list."""
        request = entry["id"]
        self._came_late.add(request)
        self._free_at = self.wire.now() + self._ms(CALLED_IN_VAIN_S)
        self._until(self._free_at)
        self._do(self._chair, "mark-not-present", *SOMEBODY_ELSE, request=request)
        self._say(f"{self._name(entry)} is called and is not present.")

        def come_back() -> None:
            answer = self._do(
                self._co_chair,
                "reinstate-request",
                "segment-changed",
                "already-waiting",
                "unknown-request",
                request=request,
                before=None,
            )
            if answer.reason is None:
                self._say(f"{self._name(entry)} is here now, and is put back on the list.")

        self._later(COMES_BACK_S, come_back)

    def _give(self, request: str) -> bool:
        """Give the floor as it was seen; False when somebody else has acted first."""
        answer = self._do(
            self._chair, "give-floor", *SOMEBODY_ELSE, holder=self._floor_id(), request=request
        )
        self._look()
        return answer.reason is None and self._floor_id() == request

    def _both_give(self, request: str) -> bool:
        """Two chairs press at the same moment: the floor is given once."""
        holder = self._floor_id()
        bodies = [
            self._body("give-floor", holder=holder, request=request, tap=None) for _ in range(2)
        ]
        answers = self.wire.both((self._chair, bodies[0]), (self._co_chair, bodies[1]))
        reasons = {answer.reason for answer in answers}
        if not reasons <= {None, *SOMEBODY_ELSE}:
            raise Unforeseen(f"give-floor was refused: {reasons}")
        self._say("Both chairs have pressed at the same moment: the floor is given once.")
        self._look()
        return self._floor_id() == request

    def _named(self, plan: Discussion, number: int, statement: str) -> None:
        if number != plan.naming:
            return

        def ask() -> None:
            self._do(
                self._phone(plan.named),
                "request-floor",
                segment=self._part["id"],
                kind="right-of-reply",
                statement=statement,
            )
            self._say(f"{self._names(plan.named)} asks for a right of reply.")

        self._later(50, ask)

    def _interpretation_fails(self, turn: Mapping[str, Any], share: float) -> None:
        self._until(self._end_of(turn, share * 0.4))
        stopped = self._do(
            self._chair, "stop-clock", *SOMEBODY_ELSE, holder=turn["id"], reason="interpretation"
        )
        if stopped.reason is not None:
            return
        self._say("Interpretation has failed: the clock is stopped.")
        self._until(self.wire.now() + self._ms(FAILURE_S))
        self._do(self._chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])
        self._say("Interpretation is back.")

    def _point_of_order(self, point: PointOfOrder, turn: Mapping[str, Any], share: float) -> None:
        """The alert, the floor for the point, the ruling; then the turn goes on."""
        self._until(self._end_of(turn, share * 0.5))
        tap = self._tap(point.code, "point")
        self._do(
            self._phone(point.code),
            "request-floor",
            tap=tap,
            segment=self._part["id"],
            kind="point-of-order",
        )
        self._say(f"{self._names(point.code)} rises to a point of order.")
        self._until(self.wire.now() + self._ms(8))
        if not self._give(tap):
            return
        self._until(self.wire.now() + self._ms(POINT_S))
        self._do(self._chair, "rule-on-point", point=tap, ruling=point.ruling, words=RULING)
        self._say(f"The chair rules: {point.ruling.replace('-', ' ')}.")
        self._until(self.wire.now() + self._ms(6))
        self._do(self._chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])

    def _overrun(self, turn: Mapping[str, Any], code: str) -> None:
        """The server ends it at the deadline; the chair lets it go on once."""
        rules = self._view["segment"]["rules"]
        self._until(self._end_of(turn, 1.0) + rules["grace"])
        while self._floor_id() == turn["id"]:
            self._until(self.wire.now() + LOOK_AGAIN_MS)
            self._look()
        self._say(f"{self._names(code)} is out of time: the server has taken the floor back.")
        self._until(self.wire.now() + self._ms(6))
        total = turn["allowance"] + round(self._ms(MORE_S))
        answer = self._do(
            self._chair,
            "continue-intervention",
            "cannot-continue",
            *SOMEBODY_ELSE,
            intervention=turn["id"],
            total=total,
        )
        if answer.reason is not None:
            return
        self._say("The chair lets the speaker go on.")
        self._look()
        if self._view["floor"] and self._view["floor"]["running_since"] is None:
            self._do(self._chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])
        self._until(self.wire.now() + self._ms(MORE_S * 2 / 3))
        self._conclude(turn["id"], self._phone(code))

    def _conclude(self, holder: str, speaker: Seat) -> None:
        """The speaker gives the floor back, or thanks and the co-chair ends the turn."""
        if self._draw.random() < 0.5:
            self._do(speaker, "yield-floor", *SOMEBODY_ELSE, holder=holder)
        else:
            # The one presides, the other keeps the time: no seat may do all of it in a hurry.
            self._do(self._co_chair, "end-intervention", *SOMEBODY_ELSE, holder=holder)

    # Notes

    def _take_notes(self, one: Asking, turn: Mapping[str, Any]) -> None:
        for place, point in enumerate(one.points, 1):
            theme = self._theme(one.code, place)
            note = partial(
                self._note,
                turn["id"],
                point.text,
                theme=theme,
                kind=point.kind,
                stance=point.stance,
            )
            self._at(self._end_of(turn, one.share * 0.4 * place), note)
        if one.gist:
            self._note(turn["id"], one.gist, kind="question")

    def _note(
        self,
        turn: str | None,
        text: str,
        *,
        theme: str | None = "",
        kind: str | None = None,
        stance: str | None = None,
    ) -> None:
        """Write a note; with a theme of the part by turns where none is named."""
        if theme == "":
            theme = self._theme(text, len(text))
        note = f"day-note-{next(self._numbers):05}"
        self.wire.ask(
            self._rapporteur,
            "PUT",
            f"/api/dialogues/{self.wire.dialogue}/notes/{note}",
            {
                "base": 0,
                "segment": self._part["id"],
                "intervention": turn,
                "theme": theme,
                "kind": kind,
                "stance": stance,
                "text": text,
            },
        )

    def _theme(self, *what: object) -> str | None:
        themes = [theme["id"] for theme in self._part["themes"]]
        if not themes:
            return None
        return str(chance(self._seed, "theme", *map(str, what)).choice(themes))

    # The loop

    def _at(self, instant: float, do: Callable[[], object]) -> None:
        def deed() -> None:
            do()

        heapq.heappush(self._deeds, _Deed(instant, next(self._numbers), deed))

    def _later(self, seconds: float, do: Callable[[], object]) -> None:
        self._at(self.wire.now() + self._ms(seconds), do)

    def _until(self, instant: float) -> None:
        """Wait for an instant, while everybody does what is due for them."""
        while self._deeds and self._deeds[0].at <= instant:
            deed = heapq.heappop(self._deeds)
            self.wire.wait(deed.at)
            deed.do()
        self.wire.wait(instant)

    def _thank(self) -> None:
        """Wait as long as it takes to thank whoever had the floor, counted from when it ended."""
        last = self._look()["last"]
        since = last["ended_at"] if last else self.wire.now()
        listed = self._free_at or since
        self._until(max(since, listed) + self._ms(self._draw.uniform(*THANKS_S)))

    def _ms(self, seconds: float) -> float:
        return seconds * 1_000 / self._speed

    # What is seen and said

    def _look(self) -> dict[str, Any]:
        self._view = self.wire.view(self._chair)["view"]
        return self._view

    def _floor_id(self) -> str | None:
        floor = self._view["floor"]
        return None if floor is None else str(floor["id"])

    def _last_id(self) -> str | None:
        last = self._look()["last"]
        return None if last is None else str(last["id"])

    @staticmethod
    def _end_of(turn: Mapping[str, Any], share: float) -> float:
        """When a turn will have used this share of its time."""
        begins = turn["running_since"] or turn["starts_at"] or turn["given_at"]
        return float(begins + turn["allowance"] * share - turn["used"])

    def _do(
        self, seat: Seat, what: str, /, *foreseen: str, tap: str | None = None, **fields: Any
    ) -> Answer:
        return self.wire.command(seat, self._body(what, tap=tap, **fields), *foreseen)

    def _body(self, what: str, /, *, tap: str | None, **fields: Any) -> dict[str, Any]:
        return {"id": tap or f"day-tap-{next(self._numbers):05}", "type": what, **fields}

    def _tap(self, code: str, what: str = "asks") -> str:
        return f"day-{self._part['id']}-{code}-{what}"

    def _seat(self, role: str, subject: str | None = None) -> Seat:
        seats = self._seats[role]
        return Seat(token=seats[subject or next(iter(seats))]["token"])

    def _phone(self, code: str) -> Seat:
        return self._phones.get(code) or self._seat("delegation", code)

    def _name(self, entry: Mapping[str, Any]) -> str:
        return self._names(entry["delegation"], entry["group"])

    def _names(self, code: str, group: str | None = None) -> str:
        # Somebody may have been let in by hand since.
        name = str(self._document["delegations"].get(code, {"name": code})["name"])
        if group is None:
            return name
        return f"{name} (on behalf of {self._document['groups'][group]['name']})"

    def _say(self, what: str) -> None:
        gone = (self.wire.now() - self._document["starts"]) * self._speed / 60_000
        hours, minutes = divmod(OPENS_AT + int(gone), 60)
        self._tell(f"{hours:02}:{minutes:02}  {what}")
