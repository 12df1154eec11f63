"""When who will speak, and whether all will before the hour: from limits and what was measured.

Everything is worked out at the moment of the last event. It holds instants, not durations, so it
stays right while a clock runs; see `Forecast.holds_until` for when it does not (decision 0023).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from moderator.core.heard import heard_in_segment
from moderator.core.limits import (
    allowance_of_request,
    have_spoken,
    times_of_replies,
    was_heard,
    with_private,
)
from moderator.core.model import Dialogue, Intervention, Rules, Segment
from moderator.core.terms import Enforcement, Kind, Outcome, Phase, SegmentKind
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after, between

HAND_OVER: Final = Duration(35 * SECOND)
FOR_LIMIT: Final = Duration(3 * MINUTE)
"""From the end of a turn to the next clock, before anything was measured: so much where a national
statement has so long, and in proportion elsewhere (practice A1: seven minutes take nine and more).
"""

ENOUGH: Final = 5
"""How many turns tell what is usual; until then what is assumed stands for those missing."""

LONGEST_HAND_OVER: Final = Duration(5 * MINUTE)
"""What takes longer is something else: a break, a discussion of the chair's."""

WHOLE: Final = 1_000
"""The pace of those who use the whole of their time; a pace is in thousandths."""

STEP: Final = Duration(15 * SECOND)
LEAST_LIMIT: Final = Duration(MINUTE)
"""The limits that are offered: what can be announced, and what can be said in."""

SAME_OCCASION: Final = Duration(180 * MINUTE)
"""Begun further from its plan than this, the plan is counted from the beginning."""

DISCUSSIONS: Final = frozenset({SegmentKind.PANEL, SegmentKind.STATEMENTS})
"""The segments in which more may ask for the floor than have."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What may be expected of the segment that goes on. Outside one, instants are None.

    * `handover`: from the end of a turn to the start of the next clock.
    * `pace`: the share of their time that speakers use, in thousandths.
    * `floor_ends`: when the present turn ends; None when nobody has the floor.
    * `starts`: when the clock of each waiting request starts, in the order of the list.
    * `ends`: when all of it is over: the present turn, the persons of the programme who are still
      to come, the list, the panel's replies where there are rounds, the rights of reply that wait.
    * `rights_of_reply`: how long these take, hand-overs included; they are heard at the end of the
      segment, after the list and the panel (decision 34/401 of the General Assembly, A/520, annex
      V: at the end of the day, two of each delegation, the second shorter).
    * `holds_until`: all instants hold until then; from then on each moment that passes without an
      event moves them by as much (a turn that goes on, a clock that stands, a pause).
    * `planned_end` and `cut`: when the programme wants the segment to end, and the place on the
      list of the first that will not have the floor by then with time left for the rights of
      reply. None: all will, there is no such time, or it has passed already.
    * `interpretation_end` and `interpretation_cut`: the same of the interpreters' service.
    * `drift`: by how much the segment will end late, as far as can be told; negative when early,
      None without planned times.
    * `next_at` and `slot`: when the next delegation speaks, and how long it then is from one to
      the next. Not more than that is told to the public.
    * `fits`: the longest limit, in steps of 15 s, with which all that wait can speak before the
      planned end, whoever has a shorter one keeping it; None when there is none of a minute or
      more, nobody waits, or there is no plan.
    """

    handover: Duration
    pace: int
    floor_ends: Instant | None = None
    starts: tuple[Instant, ...] = ()
    ends: Instant | None = None
    rights_of_reply: Duration = Duration(0)
    holds_until: Instant | None = None
    planned_end: Instant | None = None
    cut: int | None = None
    interpretation_end: Instant | None = None
    interpretation_cut: int | None = None
    drift: Duration | None = None
    next_at: Instant | None = None
    slot: Duration | None = None
    fits: Duration | None = None


def forecast(state: Dialogue) -> Forecast:
    """What may be expected of a dialogue at the moment of its last event.

    Of the times at which interpretation ends the next one counts. Whoever has the floor is
    expected to use the share of the time that is usual for persons of the programme, for rights of
    reply or for others, and once beyond that, all of it; who raises a point of order, all of it,
    and then the floor returns.
    """
    segment = state.segment
    if segment is None or state.phase is Phase.CLOSED:
        return Forecast(HAND_OVER, WHOLE)
    turns = heard_in_segment(state)
    pace = _pace(turn for turn in turns if turn.delegation is not None)
    handover = _handover(state, segment.rules)
    course = _Course(state, segment, turns, handover, pace)
    floor_ends = course.hear_the_floor()
    course.hear_the_panel_before_the_list()
    starts, uses, next_at = course.hear_the_list()
    rights_of_reply = course.rights_of_reply()
    ends = course.end(rights_of_reply)

    now, shift = state.at, _shift(state)
    planned_end = None if segment.planned is None else after(segment.planned[1], shift)
    services = [after(until, shift) for until in state.interpretation_until]
    interpretation_end = min((until for until in services if until > now), default=None)
    return Forecast(
        handover=handover,
        pace=pace,
        floor_ends=floor_ends,
        starts=starts,
        ends=ends,
        rights_of_reply=rights_of_reply,
        holds_until=course.holds_until,
        planned_end=planned_end,
        cut=_cut(starts, planned_end, now, rights_of_reply),
        interpretation_end=interpretation_end,
        interpretation_cut=_cut(starts, interpretation_end, now, rights_of_reply),
        drift=_drift(state, segment, shift, ends),
        next_at=next_at,
        slot=course.slot(),
        fits=None if planned_end is None else _fits(uses, pace, segment.rules, ends, planned_end),
    )


@dataclass(frozen=True, slots=True)
class _Use:
    """The usual limit of an entry, how much will be used, and whether a private limit counts."""

    limit: Duration
    expected: Duration
    private: bool


class _Course:
    """What is still to come of a segment, heard one after the other; `_free` is how far that is."""

    def __init__(
        self,
        state: Dialogue,
        segment: Segment,
        turns: tuple[Intervention, ...],
        handover: Duration,
        pace: int,
    ) -> None:
        self._state = state
        self._rules = segment.rules
        self._handover = handover
        self._pace = pace
        self._segment = segment
        self._turns = turns
        self._pace_of_persons = _pace(turn for turn in turns if turn.person is not None)
        self._pace_of_replies = _pace_of_replies(state, pace)
        self._discussed = any(turn.delegation is not None for turn in turns)
        self._round_of = segment.rules.round
        self._since_panel = _since_panel(turns)
        self._free = self._since_when_free()
        self.holds_until = state.at

    def hear_the_floor(self) -> Instant | None:
        """The present turn to its end; None when there is none."""
        turn = self._state.floor
        if turn is None:
            if self._state.phase is Phase.OPEN:
                # Whoever is next is called any moment now.
                self.holds_until = after(self._free, self._handover)
            return None
        begins = self._state.at if turn.starts_at is None else turn.starts_at
        floor_ends = after(begins, self._left(turn))
        if turn.clock.running_since is not None or turn.starts_at is not None:
            self.holds_until = floor_ends
        interrupted = self._state.interrupted
        self._free = (
            floor_ends if interrupted is None else after(floor_ends, self._left(interrupted))
        )
        return floor_ends

    def _left(self, turn: Intervention) -> Duration:
        """How much longer a turn will speak."""
        used = turn.clock.used_at(self._state.at)
        total = _expected(turn.clock.allowance, self._pace_of(turn), self._rules)
        if used >= total or turn.kind is Kind.POINT_OF_ORDER:
            total = turn.clock.allowance
        return Duration(max(0, total - used))

    def _pace_of(self, turn: Intervention) -> int:
        if turn.kind is Kind.RIGHT_OF_REPLY:
            return self._pace_of_replies
        return self._pace if turn.person is None else self._pace_of_persons

    def hear_the_panel_before_the_list(self) -> None:
        """The persons of the programme that are still to present, or what a round still lacks.

        Once a delegation has been heard the list goes before whoever was passed over.
        """
        if not self._discussed:
            limit = self._rules.limits.panellist
            use = _expected(limit, self._pace_of_persons, self._rules)
            for used in _still_to_come(self._state, self._segment):
                left = use - used
                self._free = after(self._free, Duration(self._handover + max(0, left)))
        elif self._round_of is not None and self._since_panel == 0:
            spent = _spent_on_last_round(self._turns, self._free, self._handover)
            self._free = after(self._free, Duration(max(0, self._round() - spent)))

    def hear_the_list(self) -> tuple[tuple[Instant, ...], tuple[_Use, ...], Instant]:
        """When each entry starts, what it uses, and when the next delegation starts, listed or not.

        The panel replies in between, where there are rounds.
        """
        state, spoken = self._state, have_spoken(self._state)
        starts, uses = [], []
        for request in state.listed:
            before = state.interventions.get(request.id)
            used = 0 if before is None else before.clock.used
            usual = allowance_of_request(state, request, spoken)
            limit = with_private(state, usual, request.delegation, None)
            use = Duration(max(0, _expected(limit, self._pace, self._rules) - used))
            start = self._next_start()
            starts.append(start)
            uses.append(_Use(usual, use, private=limit > usual))
            self._free = after(start, use)
            self._since_panel += 1
        next_at = starts[0] if starts else self._next_start()
        return tuple(starts), tuple(uses), next_at

    def rights_of_reply(self) -> Duration:
        """How long the rights of reply that wait take, each as much of its limit as is usual."""
        left = (
            max(0, _expected(total, self._pace_of_replies, self._rules) - used)
            for total, used in times_of_replies(self._state)
        )
        return Duration(sum(self._handover + use for use in left))

    def end(self, rights_of_reply: Duration) -> Instant:
        """When the segment is over: the panel's last replies, and the rights of reply."""
        if self._round_of is not None and self._since_panel > 0:
            self._free = after(self._free, self._round())
        return Instant(max(after(self._free, rights_of_reply), self._state.at))

    def slot(self) -> Duration:
        """From the start of one national statement to that of the next, replies included."""
        use = _expected(self._rules.limits.national, self._pace, self._rules)
        replies = 0 if self._round_of is None else self._round() // self._round_of
        return Duration(use + self._handover + replies)

    def _since_when_free(self) -> Instant:
        """Since when the floor is, such that a hand-over from then on does not lie in the past."""
        state = self._state
        if state.phase is Phase.SUSPENDED:
            return state.at
        begun_at = state.sittings[self._segment.id].begun_at
        ended_at = None if state.last is None else state.last.ended_at
        return Instant(max(ended_at or begun_at, state.at - self._handover))

    def _next_start(self) -> Instant:
        if self._round_of is not None and self._since_panel >= self._round_of:
            self._free = after(self._free, self._round())
            self._since_panel = 0
        return after(self._free, self._handover)

    def _round(self) -> Duration:
        """How long the panel replies: one reply each at first, then as it was measured."""
        reply = _expected(self._rules.limits.reply, self._pace_of_persons, self._rules)
        replies = len(self._segment.speakers) * (reply + self._handover)
        rounds = _rounds(self._turns, self._handover)
        return Duration((replies + sum(rounds)) // (1 + len(rounds)))


def _still_to_come(state: Dialogue, segment: Segment) -> tuple[Duration, ...]:
    """For each person of the programme who has yet to speak in the segment, what was used already.

    Whoever was called in vain is not waited for; a turn that was taken back goes on.
    """
    turns = [turn for turn in state.interventions.values() if turn.segment == segment.id]
    called = {
        turn.person for turn in turns if turn.ended_at is not None or turn.id == state.floor_id
    }
    used = {turn.person: turn.clock.used for turn in turns}
    return tuple(
        used.get(person, Duration(0)) for person in segment.speakers if person not in called
    )


# What was measured


def _pace(turns: Iterable[Intervention]) -> int:
    """The mean share of their allowance that turns have used (of `WHOLE`), at first the whole."""
    shares = _shares(turns)
    shares += [WHOLE] * (ENOUGH - len(shares))
    return sum(shares) // len(shares)


def _pace_of_replies(state: Dialogue, pace: int) -> int:
    """The same of the rights of reply; `pace` before the first.

    They are few, so those of the whole dialogue count: an earlier one tells more about the next
    than statements do.
    """
    replies = (
        turn
        for turn in state.recorded
        if turn.kind is Kind.RIGHT_OF_REPLY and was_heard(state, turn)
    )
    shares = _shares(replies)
    return sum(shares) // len(shares) if shares else pace


def _shares(turns: Iterable[Intervention]) -> list[int]:
    """What each turn that has ended used of its allowance (of `WHOLE`)."""
    return [
        turn.clock.used * WHOLE // turn.clock.allowance
        for turn in turns
        if turn.ended_at is not None and turn.clock.allowance > 0
    ]


def _expected(limit: Duration, pace: int, rules: Rules) -> Duration:
    """How much of a limit will be used; where the server ends turns, never more than it lets."""
    use = limit * pace // WHOLE
    if rules.enforcement is Enforcement.AUTOMATIC:
        use = min(use, limit + rules.grace)
    return Duration(use)


def _handover(state: Dialogue, rules: Rules) -> Duration:
    """The median of the measured hand-overs of the segment: at first what is assumed.

    Measured is from the end of a turn to the start of the next clock, where the next delegation was
    waiting already: a hall in which nobody wants to speak is not slow.
    """
    assumed = Duration(rules.limits.national * HAND_OVER // FOR_LIMIT)
    measured = list(_handovers(state))
    measured = sorted(measured + [assumed] * (ENOUGH - len(measured)))
    half = len(measured) // 2
    if len(measured) % 2:
        return measured[half]
    return Duration((measured[half - 1] + measured[half]) // 2)


def _handovers(state: Dialogue) -> Iterable[Duration]:
    # As it happened: a correction of the record moves no instant.
    turns = [turn for turn in state.interventions.values() if turn.segment == state.segment_id]
    free: Instant | None = None
    for turn in sorted(turns, key=lambda turn: turn.given_at):
        request, started = state.requests.get(turn.id), _started(turn)
        if (
            request is not None
            and started is not None
            and free is not None
            and request.asked_at <= free <= turn.given_at
            and between(free, started) <= LONGEST_HAND_OVER
        ):
            yield between(free, started)
        free = max((end for end in (free, turn.ended_at) if end is not None), default=None)


def _started(turn: Intervention) -> Instant | None:
    """When the clock of a turn was started since it was given the floor; None when it was not."""
    if turn.started_at is None or turn.outcome is Outcome.NOT_PRESENT:
        return None
    return max(turn.given_at, turn.started_at)


def _since_panel(turns: tuple[Intervention, ...]) -> int:
    """How many delegations had the floor since somebody of the programme had."""
    count = 0
    for turn in turns:
        count = 0 if turn.delegation is None else count + 1
    return count


def _rounds(turns: tuple[Intervention, ...], handover: Duration) -> list[Duration]:
    """How long each round of replies took, between two delegations."""
    rounds: list[int] = []
    spent = 0
    discussed = False
    for turn in turns:
        if turn.delegation is None:
            spent += turn.clock.used + handover
            continue
        if discussed and spent:
            rounds.append(spent)
        discussed, spent = True, 0
    return [Duration(taken) for taken in rounds]


def _spent_on_last_round(
    turns: tuple[Intervention, ...], until: Instant, handover: Duration
) -> Duration:
    """How long the round that the panel is in will have taken when its present turn has ended."""
    *_, first = takewhile(lambda turn: turn.delegation is None, reversed(turns))
    return Duration(handover + max(0, between(first.given_at, until)))


# The programme


def _shift(state: Dialogue) -> Duration:
    """By how much the plan is moved: by nothing, unless the dialogue is held on another occasion.

    That is when its first segment was begun hours from its plan, as in a rehearsal the day before.
    """
    planned = [segment.planned[0] for segment in state.segments if segment.planned is not None]
    if not planned:
        return Duration(0)
    late = between(planned[0], min(sitting.begun_at for sitting in state.sittings.values()))
    return Duration(0) if abs(late) <= SAME_OCCASION else late


def _drift(state: Dialogue, segment: Segment, shift: Duration, ends: Instant) -> Duration | None:
    """How late the segment will end, or has begun if that is more while others may still ask."""
    if segment.planned is None:
        return None
    planned_start, planned_end = segment.planned
    late = between(after(planned_end, shift), ends)
    sitting = state.sittings[segment.id]
    more_may_ask = segment.kind in DISCUSSIONS and (sitting.list_open or sitting.arrivals == 0)
    if not more_may_ask:
        return late
    return Duration(max(late, between(after(planned_start, shift), sitting.begun_at)))


def _cut(
    starts: tuple[Instant, ...], end: Instant | None, now: Instant, rights_of_reply: Duration
) -> int | None:
    """The first entry that does not start so long before `end` that the rights of reply fit in.

    None when all do or `end` has passed: a line that nobody can ever be on the right side of says
    nothing.
    """
    if end is None or end <= now:
        return None
    return next(
        (place for place, start in enumerate(starts) if start + rights_of_reply >= end), None
    )


def _fits(
    uses: tuple[_Use, ...], pace: int, rules: Rules, ends: Instant, planned_end: Instant
) -> Duration | None:
    """The longest limit under which it all ends in time.

    Whoever gets less time is expected to use the whole of it, so that it is enough for all.
    """
    longest = max((use.limit for use in uses), default=Duration(0))
    limit = Duration(-(-longest // STEP) * STEP)
    while limit >= LEAST_LIMIT:
        most = _expected(limit, max(pace, WHOLE), rules)
        saved = sum(max(0, use.expected - most) for use in uses if not use.private)
        if ends - saved <= planned_end:
            return limit
        limit = Duration(limit - STEP)
    return None
