"""The chair's hand: the list, its rules, the gavel, and who is given the floor."""

from collections.abc import Callable, Mapping
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

    def shortens(self, plan: Discussion) -> None:
        """As many wait, the limit becomes shorter."""
        hall = self._hall
        self.sets_rules(limits=plan.limits)
        minutes, seconds = divmod(plan.limits["national"], 60)
        waiting = hall.look()["list"]["length"]
        hall.say(f"The list is closed. {waiting} wait: {minutes}:{seconds:02} each from now on.")

    def sets_rules(self, **changes: Any) -> None:
        """Change rules of the segment from the next speaker on; limits are in seconds of 2012."""
        hall = self._hall
        view = hall.look()
        rules = view["segment"]["rules"]
        if limits := changes.get("limits"):
            shorter = {kind: total * 1_000 // hall.speed for kind, total in limits.items()}
            changes["limits"] = {**rules["limits"], **shorter}
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
