"""The picture of the day: planned against actual, as geometry. Whoever draws it adds the words.

The axis is folded where the meeting pauses, and runs from right to left where people read so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count, pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from moderator.core.terms import InterventionId, Phase, SegmentId
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after, between
from moderator.summary.record import Record, SegmentHeld

Span = tuple[Instant, Instant]

BREAK: Final = Duration(20 * MINUTE)
"""A pause as long as this is folded."""

SAME_OCCASION: Final = Duration(3 * 60 * MINUTE)
"""Opened further than this from the plan (a rehearsal on another day), the plan moves along.

So long after its last event, and its plan, a meeting that was not closed no longer goes on.
"""

FOLD: Final = 28.0
"""How wide a folded pause is."""

STEPS: Final = tuple(Duration(minutes * MINUTE) for minutes in (5, 10, 15, 30, 60, 120, 240, 720))
"""The marks of the axis stand one of these apart, on full hours and parts of them."""

MARK: Final = 56.0
"""So much room a mark of the axis needs."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something on the axis: where its left edge is, how wide it is, and from when to when."""

    x: float
    width: float
    span: Span


@dataclass(frozen=True, slots=True)
class PlannedBox:
    """A segment as planned; `number` is its place in the programme, from 1."""

    segment: SegmentId
    number: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class HeldBar:
    """A stretch for which a segment went on; `going` when it still does."""

    segment: SegmentId
    piece: Piece
    going: bool


@dataclass(frozen=True, slots=True)
class TurnTick:
    """A stretch for which the clock of a turn ran; `over` when the turn overran its time."""

    turn: InterventionId
    piece: Piece
    over: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the axis and the local time that it stands for, "10:30"."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture `width` wide; `now` is None when the present is not on it.

    `folds` are the pauses that were left out; `shift` is how far the plan was moved along, 0 but
    for a meeting at another time than planned.
    """

    width: float
    planned: tuple[PlannedBox, ...]
    held: tuple[HeldBar, ...]
    suspended: tuple[Piece, ...]
    turns: tuple[TurnTick, ...]
    folds: tuple[Piece, ...]
    marks: tuple[Mark, ...]
    now: float | None
    shift: Duration


def timeline(
    record: Record,
    document: Mapping[str, Any],
    now: Instant,
    *,
    width: float = 1_200,
    rtl: bool = False,
) -> Timeline | None:
    """The picture of a record and its programme document; None when neither has any time."""
    held = {segment.id: segment for segment in record.segments}
    shift = _shift(record, document)
    plan = {
        SegmentId(part["id"]): (after(part["starts"], shift), after(part["ends"], shift))
        for part in document["segments"]
        if part["starts"] is not None and part["ends"] is not None
    }
    # A meeting that nobody closed does not go on for ever.
    latest = after(max([record.at, *(ends for _starts, ends in plan.values())]), SAME_OCCASION)
    left_open, now = now > latest, min(now, latest)
    pauses = tuple(_suspensions(record, now))
    sittings = [
        (segment, span)
        for segment in held.values()
        for span in _without(pauses, _sitting(segment, now))
    ]
    spans = [*plan.values(), *(span for _segment, span in sittings)]
    if not spans:
        return None
    axis = _Axis(spans, width, rtl)
    closed = any(change.phase is Phase.CLOSED for change in record.phases)
    numbers = {part["id"]: place for place, part in enumerate(document["segments"], 1)}
    return Timeline(
        width=width,
        planned=tuple(
            PlannedBox(segment, numbers[segment], axis.piece(span))
            for segment, span in plan.items()
        ),
        held=tuple(
            HeldBar(segment.id, axis.piece(span), segment.ended_at is None and span[1] == now)
            for segment, span in sittings
        ),
        suspended=tuple(axis.piece(span) for span in pauses),
        turns=tuple(
            TurnTick(
                turn.id,
                axis.piece((run.started.at, now if run.stopped is None else run.stopped.at)),
                turn.overrun >= SECOND,
            )
            for turn in record.turns
            if not turn.struck
            for run in turn.runs
        ),
        folds=axis.folds,
        marks=tuple(axis.marks(ZoneInfo(document["timezone"]))),
        now=axis.x(now) if axis.holds(now) and not closed and not left_open else None,
        shift=shift,
    )


def _shift(record: Record, document: Mapping[str, Any]) -> Duration:
    """By how much the plan moves along with a meeting that was held at another time.

    The part that was begun first is compared with its own place in the plan.
    """
    plan = {part["id"]: part["starts"] for part in document["segments"]}
    begun = [
        (segment.begun_at, plan[segment.id])
        for segment in record.segments
        if segment.begun_at is not None and plan[segment.id] is not None
    ]
    if not begun:
        return Duration(0)
    first, planned = min(begun)
    by = between(planned, first)
    return by if abs(by) > SAME_OCCASION else Duration(0)


def _suspensions(record: Record, now: Instant) -> Iterator[Span]:
    """From when to when the dialogue was suspended."""
    last = (*record.phases, None)
    for change, following in pairwise(last):
        if change is not None and change.phase is Phase.SUSPENDED:
            yield change.act.at, max(now, change.act.at) if following is None else following.act.at


def _sitting(segment: SegmentHeld, now: Instant) -> Span | None:
    if segment.begun_at is None:
        return None
    ends = max(now, segment.begun_at) if segment.ended_at is None else segment.ended_at
    return segment.begun_at, ends


def _without(pauses: Iterable[Span], span: Span | None) -> Iterator[Span]:
    """What is left of a span when the pauses are taken out."""
    if span is None:
        return
    begins, ends = span
    for since, until in pauses:
        if until <= begins or since >= ends:
            continue
        if since > begins:
            yield begins, since
        begins = until
    if begins < ends or span[0] == span[1]:
        yield begins, ends


class _Axis:
    """Where an instant stands: in proportion within the meeting, close together in its pauses."""

    def __init__(self, spans: list[Span], width: float, rtl: bool) -> None:
        self._width, self._rtl = width, rtl
        self._parts = _joined(spans)
        pauses = len(self._parts) - 1
        # However many pauses there are, most of the picture is of the meeting.
        fold = min(FOLD, width * 0.4 / max(pauses, 1))
        room = width - fold * pauses
        total = sum(until - since for since, until in self._parts)
        self._scale = room / max(total, 1)
        edges: list[tuple[Instant, float]] = []
        at = 0.0
        for since, until in self._parts:
            edges.append((since, at))
            at += (until - since) * self._scale
            edges.append((until, at))
            at += fold
        self._edges = edges

    @property
    def folds(self) -> tuple[Piece, ...]:
        """The pauses between the parts."""
        return tuple(
            self.piece((before[1], following[0])) for before, following in pairwise(self._parts)
        )

    def holds(self, instant: Instant) -> bool:
        """Whether an instant is on the axis."""
        return self._parts[0][0] <= instant <= self._parts[-1][1]

    def x(self, instant: Instant) -> float:
        """Where an instant stands; at the edge when it is not on the axis."""
        return round(self._width - self._along(instant) if self._rtl else self._along(instant), 2)

    def piece(self, span: Span) -> Piece:
        """Where a span stands."""
        one, other = self.x(span[0]), self.x(span[1])
        return Piece(min(one, other), round(abs(other - one), 2), span)

    def marks(self, zone: ZoneInfo) -> Iterator[Mark]:
        """Local times at even distances, as close as their words allow."""
        days = (Duration(days * 24 * 60 * MINUTE) for days in count(1))
        step = next(step for step in chain(STEPS, days) if step * self._scale >= MARK)
        for since, until in self._parts:
            first = datetime.fromtimestamp(since / SECOND, UTC).astimezone(zone)
            offset = first.utcoffset()
            east = 0 if offset is None else round(offset.total_seconds()) * SECOND
            instant = -(-(since + east) // step) * step - east
            while instant <= until:
                there = datetime.fromtimestamp(instant / SECOND, UTC).astimezone(zone)
                yield Mark(self.x(Instant(instant)), f"{there:%H:%M}")
                instant += step

    def _along(self, instant: Instant) -> float:
        """How far from the beginning of the axis."""
        if instant <= self._edges[0][0]:
            return 0.0
        for (since, start), (until, end) in pairwise(self._edges):
            if instant <= until:
                part = (instant - since) / (until - since) if until > since else 0.0
                return start + part * (end - start)
        return self._width


def _joined(spans: list[Span]) -> list[Span]:
    """The spans in order, with those that touch, or nearly do, made one."""
    parts: list[Span] = []
    for since, until in sorted(spans):
        if parts and between(parts[-1][1], since) < BREAK:
            parts[-1] = parts[-1][0], max(parts[-1][1], until)
        else:
            parts.append((since, until))
    return parts
