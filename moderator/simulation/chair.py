"""The chair's hand: the list, its rules, the gavel, and who is given the floor."""

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any, Final

from moderator.simulation.askings import CLOSING_S, LAST_CALL_S
from moderator.simulation.hall import SOMEBODY_ELSE, Hall, end_of
from moderator.simulation.plan import Discussion, PointOfOrder
from moderator.simulation.wire import Unforeseen
from moderator.simulation.words import BREAK, RULING

THANKS_S: Final = (15.0, 22.0)
"""From the end of a turn until the next is given the floor: words of thanks, and a name."""

LONG_S: Final = 30 * 60.0
"""Where there is nothing to do for so long, the meeting is suspended."""

POINT_S: Final = 45.0

REVEALS_S: Final = 30.0
"""After the end of the opening window: when the draw is revealed."""

PROPOSES_S: Final = 240.0
"""After the opening of the list: when another order is asked for."""

SHORTENED: Final = ("national", "group", "observer", "stakeholder")
"""The limits of those who wait on the list of speakers."""


class Chair:
    """Whoever presides; looks before each step, and acts on what is seen."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    # The segment

    def presides(self, part: Mapping[str, Any]) -> None:
        """The chairs of a part take their places; the secretary stands in for those missing."""
        hall = self._hall
        chairs = [hall.seat("chair", one) for one in part["chairs"]]
        hall.chair = (chairs or [hall.secretary])[0]
        hall.co_chair = [*chairs, hall.secretary][1]

    def begins(self, part: Mapping[str, Any], *, carry_over: bool) -> None:
        """Begin a part at its time, with who waits or without."""
        hall = self._hall
        if part["starts"] is not None:
            self._waits_for(part["starts"])
        self.presides(part)
        hall.part = dict(part)
        hall.do(hall.chair, "take-gavel")
        hall.look()
        holder = hall.floor_id()
        hall.do(
            hall.chair, "begin-segment", segment=part["id"], holder=holder, carry_over=carry_over
        )
        hall.say(part["title"])
        if carry_over:
            hall.say(f"{hall.look()['list']['length']} are carried over from before.")

    def _waits_for(self, instant: int) -> None:
        """Wait for a segment; the meeting is suspended where that is long."""
        hall = self._hall
        if instant - hall.wire.now() < hall.ms(LONG_S):
            hall.deeds.until(instant)
            return
        hall.do(hall.chair, "suspend-dialogue")
        hall.do(hall.secretary, "set-stage", blackout=False, message=BREAK)
        hall.say("The meeting is suspended.")
        hall.deeds.until(instant)
        hall.do(hall.secretary, "set-stage", blackout=False, message=None)
        hall.do(hall.chair, "resume-dialogue")

    # The list

    def opens_list(self) -> float:
        """Open the list of speakers; when that was."""
        hall = self._hall
        hall.do(hall.chair, "open-list", segment=hall.part["id"])
        hall.say("The list of speakers is open.")
        hall.free_at = hall.wire.now()
        return hall.free_at

    def will_close_list(self, opened: float, after: Callable[[], object]) -> None:
        """Have the closing of the list announced, and something done shortly `after` it."""
        hall = self._hall
        closing = opened + hall.ms(CLOSING_S)
        hall.deeds.at(opened + hall.ms(LAST_CALL_S), lambda: self._last_call(closing))
        hall.deeds.at(closing + hall.ms(20), after)

    def _last_call(self, closing: float) -> None:
        hall = self._hall
        hall.do(hall.chair, "close-list", segment=hall.part["id"], at=round(closing))
        hall.say("Last call: the list closes in five minutes.")

    def will_reveal_draw(self, opened: float) -> None:
        """Have the draw revealed once its window has ended."""
        hall = self._hall
        window = hall.look()["segment"]["rules"]["draw_window"]
        hall.deeds.at(opened + window + hall.ms(REVEALS_S), self._reveal_draw)

    def _reveal_draw(self) -> None:
        """The seed is told, and anybody can draw again: it has to be the one that was promised."""
        hall = self._hall
        hall.do(hall.chair, "reveal-draw", "segment-changed", segment=hall.part["id"])
        draw = hall.look()["list"]["draw"]
        if draw is None or draw["seed"] is None:
            return
        if sha256(draw["seed"].encode()).hexdigest() != draw["sha256"]:
            raise Unforeseen("the seed of the draw is not the one that was promised")
        lots = sorted(draw["codes"] or (), key=lambda code: _lot(draw["seed"], code))
        first = ", ".join(hall.names(code) for code in lots[:3])
        hall.say(f"The draw is revealed: of {len(lots)}, the first are {first or 'not shown'}.")

    def will_propose_order(self, policies: tuple[str, ...], opened: float) -> None:
        """Have another order of the list asked for, and accepted."""
        hall = self._hall
        hall.deeds.at(opened + hall.ms(PROPOSES_S), partial(self._accept_order, policies))

    def _accept_order(self, policies: tuple[str, ...]) -> None:
        """The first of the policies that would move somebody is accepted, whole."""
        hall = self._hall
        for policy in policies:
            path = f"/api/dialogues/{hall.wire.dialogue}/order?policy={policy}"
            proposal = hall.wire.ask(hall.chair, "GET", path).said
            if not proposal["moved"]:
                continue
            answer = hall.do(
                hall.chair,
                "accept-order",
                *SOMEBODY_ELSE,
                segment=hall.part["id"],
                policy=policy,
                order=proposal["order"],
            )
            if answer.reason is None:
                words = policy.replace("-", " ")
                hall.say(f"The chair accepts another order, {words}.")
            return

    def shortens(self, plan: Discussion) -> None:
        """As many wait, the limit becomes shorter: to what lets all speak, or else as planned."""
        hall = self._hall
        view = hall.look()
        limits = view["segment"]["rules"]["limits"]
        waiting = view["list"]["length"]
        offer = view["forecast"]["fits"]
        longest = max((entry["limit"] for entry in view["list"]["entries"]), default=0)
        if offer is not None and offer < longest:
            shorter = {kind: min(limits[kind], offer) for kind in SHORTENED}
            told = f"{_minutes(offer * hall.speed // 1_000)} each lets all speak."
        else:
            shorter = {kind: total * 1_000 // hall.speed for kind, total in plan.limits.items()}
            told = f"{_minutes(plan.limits['national'])} each from now on."
        self.sets_rules(limits={**limits, **shorter})
        hall.say(f"The list is closed. {waiting} wait: {told}")

    def sets_rules(self, **changes: Any) -> None:
        """Change rules of the segment from the next speaker on, as the wire spells them."""
        hall = self._hall
        view = hall.look()
        rules = view["segment"]["rules"]
        hall.do(
            hall.chair,
            "set-rules",
            "programme-changed",
            segment=hall.part["id"],
            base=view["revision"],
            rules={**rules, **changes},
        )

    # The floor

    def thanks(self) -> None:
        """Wait as long as it takes to thank whoever had the floor, counted from when it ended."""
        hall = self._hall
        last = hall.look()["last"]
        since = last["ended_at"] if last else hall.wire.now()
        listed = hall.free_at or since
        hall.deeds.until(max(since, listed) + hall.ms(hall.chance.uniform(*THANKS_S)))

    def gives(self, request: str) -> bool:
        """Give the floor as it was seen; False when somebody else has acted first."""
        hall = self._hall
        answer = hall.do(
            hall.chair, "give-floor", *SOMEBODY_ELSE, holder=hall.floor_id(), request=request
        )
        hall.look()
        return answer.reason is None and hall.floor_id() == request

    def both_give(self, request: str) -> bool:
        """Two chairs press at the same moment: the floor is given once."""
        hall = self._hall
        holder = hall.floor_id()
        bodies = [hall.body("give-floor", holder=holder, request=request) for _ in range(2)]
        answers = hall.wire.both((hall.chair, bodies[0]), (hall.co_chair, bodies[1]))
        reasons = {answer.reason for answer in answers}
        if not reasons <= {None, *SOMEBODY_ELSE}:
            raise Unforeseen(f"give-floor was refused: {reasons}")
        hall.say("Both chairs have pressed at the same moment: the floor is given once.")
        hall.look()
        return hall.floor_id() == request

    def hears_point(self, point: PointOfOrder, turn: Mapping[str, Any], share: float) -> None:
        """The alert, the floor for the point, the ruling; then the turn goes on."""
        hall = self._hall
        hall.deeds.until(end_of(turn, share * 0.5))
        tap = hall.tap(point.code, "point")
        hall.do(
            hall.phone(point.code),
            "request-floor",
            tap=tap,
            segment=hall.part["id"],
            kind="point-of-order",
        )
        hall.say(f"{hall.names(point.code)} rises to a point of order.")
        hall.pause(8)
        if not self.gives(tap):
            return
        hall.pause(POINT_S)
        hall.do(hall.chair, "rule-on-point", point=tap, ruling=point.ruling, words=RULING)
        hall.say(f"The chair rules: {point.ruling.replace('-', ' ')}.")
        hall.pause(6)
        hall.do(hall.chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])


def _lot(seed: str, code: str) -> str:
    """What a delegation drew, as docs/protocol.md has it."""
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def _minutes(total: int) -> str:
    minutes, seconds = divmod(total, 60)
    return f"{minutes}:{seconds:02}"
