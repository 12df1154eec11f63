"""What a dialogue is at one moment: immutable, and folded from its events alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from moderator.core.clock import Clock
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    Enforcement,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PersonId,
    Phase,
    SegmentId,
    SegmentKind,
    Standing,
    TextId,
)
from moderator.core.units import MINUTE, SECOND, Duration, Instant


@dataclass(frozen=True, slots=True)
class Limits:
    """Speaking time by capacity; `again` and `reply` are for whoever has already had a turn."""

    national: Duration = Duration(3 * MINUTE)
    group: Duration = Duration(5 * MINUTE)
    observer: Duration = Duration(3 * MINUTE)
    stakeholder: Duration = Duration(3 * MINUTE)
    panellist: Duration = Duration(7 * MINUTE)
    again: Duration = Duration(2 * MINUTE)
    reply: Duration = Duration(2 * MINUTE)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the floor is kept in a segment.

    `warning` is how long before the limit everybody is told; `grace` is what automatic enforcement
    adds to the limit; `start_after` is how long after the floor was given the clock starts by
    itself (0 at once, None only by hand).
    """

    limits: Limits = Limits()
    enforcement: Enforcement = Enforcement.AUTOMATIC
    warning: Duration = Duration(30 * SECOND)
    grace: Duration = Duration(0)
    start_after: Duration | None = Duration(5 * SECOND)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the programme: its skeleton as it went into the log when the dialogue opened.

    `speakers` are persons of the programme, in order; `planned` is (start, end), None where the
    programme gives no times.
    """

    id: SegmentId
    kind: SegmentKind
    rules: Rules = Rules()
    speakers: tuple[PersonId, ...] = ()
    planned: tuple[Instant, Instant] | None = None


@dataclass(frozen=True, slots=True)
class FreeText:
    """What somebody wrote: the log names it by its id and the SHA-256 of its salt and its words.

    So it can be erased, and cannot be altered unseen.
    """

    id: TextId
    sha256: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What the displays are asked for: to go dark, and a message for the hall (None: none)."""

    blackout: bool = False
    message: FreeText | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """How a turn is to be read in the record, whatever was pressed at the time.

    `delegation` and `group` are None for a person of the programme; a turn that is `struck` did
    not take place.
    """

    delegation: DelegationCode | None
    capacity: Capacity
    group: GroupCode | None
    outcome: Outcome
    used: Duration
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """When a segment was begun and ended, its list, and its turns in the order of their ends.

    `ended_at` is None while it goes on. A segment that is begun once more is one sitting with what
    it was `before`, which is what it is again when the beginning is taken back.
    """

    begun_at: Instant
    ended_at: Instant | None = None
    list_open: bool = False
    arrivals: int = 0
    ended_turns: tuple[InterventionId, ...] = ()
    before: "Sitting | None" = None


Voice = tuple[DelegationCode, Kind, Capacity, GroupCode | None]
"""Who asks for what and on whose behalf: one voice waits on the list once."""


@dataclass(frozen=True, slots=True)
class Request:
    """An entry of the list of speakers; `number` is its arrival number, kept for ever."""

    id: InterventionId
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    number: int
    asked_at: Instant
    by_bureau: bool = False
    standing: Standing = Standing.WAITING

    @property
    def voice(self) -> Voice:
        """Whose entry it is."""
        return self.delegation, self.kind, self.capacity, self.group


@dataclass(frozen=True, slots=True)
class Intervention:
    """One turn at the floor, of a delegation or of a person of the programme (exactly one of them).

    `starts_at` is when the clock will start by itself; `ended_at` and `outcome` are None until the
    turn has ended (and stay None for a turn that was returned to the list).
    """

    id: InterventionId
    segment: SegmentId
    delegation: DelegationCode | None
    person: PersonId | None
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    clock: Clock
    given_at: Instant
    starts_at: Instant | None = None
    ended_at: Instant | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One meeting, gavel to gavel, as its log tells it up to `version`.

    `revision` counts the changes of the programme. `waiting` is the list of speakers of the current
    segment, in order. `corrections` are the last of each turn, which itself stays as it was.
    `gavel` says who presides ("role/subject"); it gates nothing. `closed_in` is the phase, and
    since when, that the closing ended. `undone` are the versions of commands that were taken back.
    """

    version: int = 0
    at: Instant = Instant(0)
    phase: Phase = Phase.SCHEDULED
    phase_since: Instant | None = None
    closed_in: tuple[Phase, Instant | None] | None = None
    segments: tuple[Segment, ...] = ()
    segment_id: SegmentId | None = None
    sittings: Mapping[SegmentId, Sitting] = field(default_factory=dict)
    waiting: tuple[InterventionId, ...] = ()
    requests: Mapping[InterventionId, Request] = field(default_factory=dict)
    interventions: Mapping[InterventionId, Intervention] = field(default_factory=dict)
    floor_id: InterventionId | None = None
    gavel: str | None = None
    undone: frozenset[int] = frozenset()
    revision: int = 0
    stage: Stage = Stage()
    corrections: Mapping[InterventionId, Correction] = field(default_factory=dict)

    @property
    def segment(self) -> Segment | None:
        """The segment that is going on; None before the first."""
        return None if self.segment_id is None else self.segment_of(self.segment_id)

    def segment_of(self, segment_id: SegmentId) -> Segment:
        """The segment with this id; KeyError when the programme has none."""
        for segment in self.segments:
            if segment.id == segment_id:
                return segment
        raise KeyError(segment_id)

    @property
    def floor(self) -> Intervention | None:
        """The intervention that has the floor; None when nobody has it."""
        return None if self.floor_id is None else self.interventions[self.floor_id]

    def as_recorded(self, turn: Intervention) -> Intervention | None:
        """A turn as the record has it, corrections and all; None when it was struck."""
        right = self.corrections.get(turn.id)
        if right is None:
            return turn
        if right.struck:
            return None
        return replace(
            turn,
            delegation=right.delegation,
            capacity=right.capacity,
            group=right.group,
            outcome=right.outcome,
            clock=replace(turn.clock, used=right.used),
        )

    @property
    def recorded(self) -> Iterator[Intervention]:
        """All turns as the record has them."""
        for turn in self.interventions.values():
            if (right := self.as_recorded(turn)) is not None:
                yield right

    @property
    def last(self) -> Intervention | None:
        """The turn that ended last since the segment was begun; None before the first end."""
        if self.segment_id is None or not self.sittings[self.segment_id].ended_turns:
            return None
        return self.interventions[self.sittings[self.segment_id].ended_turns[-1]]

    @property
    def list_open(self) -> bool:
        """Whether the list of the current segment takes new requests."""
        return self.segment_id is not None and self.sittings[self.segment_id].list_open

    @property
    def listed(self) -> tuple[Request, ...]:
        """The list of speakers, in order."""
        return tuple(self.requests[request] for request in self.waiting)

    def waits(self, voice: Voice) -> bool:
        """Whether a voice has an entry on the list of speakers."""
        return any(self.requests[request].voice == voice for request in self.waiting)

    def holds_floor(self, voice: Voice) -> bool:
        """Whether a voice has the floor by a request of its own."""
        request = None if self.floor_id is None else self.requests.get(self.floor_id)
        return request is not None and request.voice == voice
