"""What a dialogue is at one moment: immutable, and folded from its events alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from moderator.core.clock import Clock
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    Delivery,
    Enforcement,
    GroupCode,
    InterventionId,
    Kind,
    Level,
    Outcome,
    PauseReason,
    PersonId,
    Phase,
    QuestionId,
    Ruling,
    SegmentId,
    SegmentKind,
    Standing,
    TextId,
)
from moderator.core.units import MINUTE, SECOND, Duration, Instant


@dataclass(frozen=True, slots=True)
class Limits:
    """Speaking time by capacity, and of what has a limit of its own.

    `again` and `reply` are for whoever has already had a turn: a delegation in the segment, a
    panellist. `right_of_reply_again` is the second right of reply of a delegation.
    """

    national: Duration = Duration(3 * MINUTE)
    group: Duration = Duration(5 * MINUTE)
    observer: Duration = Duration(3 * MINUTE)
    stakeholder: Duration = Duration(3 * MINUTE)
    panellist: Duration = Duration(7 * MINUTE)
    again: Duration = Duration(2 * MINUTE)
    reply: Duration = Duration(2 * MINUTE)
    right_of_reply: Duration = Duration(3 * MINUTE)
    right_of_reply_again: Duration = Duration(2 * MINUTE)
    point_of_order: Duration = Duration(2 * MINUTE)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the floor is kept in a segment.

    `warning` is how long before the limit everybody is told; `grace` is what automatic enforcement
    adds to the limit; `start_after` is how long after the floor was given the clock starts by
    itself (0 at once, None only by hand). `round` is how many interventions are taken before the
    panel replies (None: there are no rounds). Whoever asks within `draw_window` after the opening
    of the list takes part in its draw.
    """

    limits: Limits = Limits()
    enforcement: Enforcement = Enforcement.AUTOMATIC
    warning: Duration = Duration(30 * SECOND)
    grace: Duration = Duration(0)
    start_after: Duration | None = Duration(5 * SECOND)
    round: int | None = None
    draw_window: Duration = Duration(60 * SECOND)


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
class Announced:
    """When the rules of a segment were last changed, and by whom ("role/subject")."""

    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class Details:
    """What is said about the speaker of a request: all None where nothing is.

    `language` is the code in which the speaker will speak. `text` is the statement, `gist` what a
    question is about. `show_speaker` lets name and title out to the public, and nothing else.
    """

    level: Level | None = None
    language: str | None = None
    delivery: Delivery | None = None
    speaker: FreeText | None = None
    title: FreeText | None = None
    text: FreeText | None = None
    gist: FreeText | None = None
    show_speaker: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """How the chair ruled on a point of order, in words too where somebody wrote them down."""

    ruling: Ruling
    words: FreeText | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A written question of a delegation to a panellist; it stands beside the lists."""

    id: QuestionId
    delegation: DelegationCode
    to: PersonId
    words: FreeText
    written_at: Instant
    by_bureau: bool = False


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw among those who ask in the opening window of a list (decision 0022).

    `sha256` is the hash of the seed, published at `since`. `seed` and `codes`, the delegations
    that take part, sorted, are None until it is revealed.
    """

    sha256: str
    since: Instant
    window_ends: Instant
    seed: str | None = None
    codes: tuple[DelegationCode, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sitting:
    """When a segment was begun and ended, its list, and its turns in the order of their ends.

    `ended_at` is None while it goes on. `opened_at` is when its list was last opened; `closes_at`
    is when it was to close, which counts while it is open. `draws` are those of its list, the
    present one last. A segment that is begun once more is one sitting with what it was `before`,
    which is what it is again when the beginning is taken back.
    """

    begun_at: Instant
    ended_at: Instant | None = None
    list_open: bool = False
    opened_at: Instant | None = None
    closes_at: Instant | None = None
    hidden: bool = False
    draws: tuple[Draw, ...] = ()
    arrivals: int = 0
    ended_turns: tuple[InterventionId, ...] = ()
    before: "Sitting | None" = None


Voice = tuple[DelegationCode, Kind, Capacity, GroupCode | None, InterventionId | None]
"""Who asks for what, on whose behalf and in reply to which statement: it waits on a list once."""


@dataclass(frozen=True, slots=True)
class Request:
    """An entry of a list; `number` is its arrival number there, which it keeps.

    `to` is the panellist to whom a question is put, `statement` the turn to which a right of reply
    replies. With `also_national` a delegation that speaks on behalf of a group speaks for itself
    too. `left_from` is the place from which it left the list unheard, None before it did.
    """

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
    to: PersonId | None = None
    statement: InterventionId | None = None
    also_national: bool = False
    left_from: int | None = None

    @property
    def voice(self) -> Voice:
        """Whose entry it is."""
        return self.delegation, self.kind, self.capacity, self.group, self.statement


@dataclass(frozen=True, slots=True)
class Intervention:
    """One turn at the floor, of a delegation or of a person of the programme (exactly one of them).

    `starts_at` is when the clock will start by itself; `ended_at` and `outcome` are None until the
    turn has ended (and stay None for a turn that was returned to the list). `segment` is where it
    was given the floor. `enforcement`, `warning` and `grace` are those of the rules at that time.
    `started_at` is when its clock first started. `paused` says why the clock was stopped.
    `interrupts` is the turn that waits behind a point of order. `note` is for the speaker alone,
    as is `slow_down`, when interpreters last asked for it.
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
    enforcement: Enforcement = Enforcement.AUTOMATIC
    warning: Duration = Duration(0)
    grace: Duration = Duration(0)
    started_at: Instant | None = None
    paused: PauseReason | None = None
    interrupts: InterventionId | None = None
    note: FreeText | None = None
    slow_down: Instant | None = None


Owner = tuple[DelegationCode | None, PersonId | None]
"""A delegation or a person of the programme: exactly one of them is not None."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One meeting, gavel to gavel, as its log tells it up to `version`.

    `revision` counts the changes of the programme. `waiting` is the list of speakers of the current
    segment, in order; `replies` and `points` (of order) are the dialogue's. `interrupted_id` is the
    turn that waits behind the point of order that has the floor. `answered` are questions, written
    or asked. `announced` are changes of the rules by segment. `interpretation_until` are the times
    at which interpretation ends, as the programme has them. `corrections` are the last of each
    turn, which itself stays as it was. `gavel` says who presides ("role/subject"); it gates
    nothing. `closed_in` is the phase, and since when, that the closing ended. `undone` are the
    versions of commands that were taken back.
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
    replies: tuple[InterventionId, ...] = ()
    points: tuple[InterventionId, ...] = ()
    requests: Mapping[InterventionId, Request] = field(default_factory=dict)
    interventions: Mapping[InterventionId, Intervention] = field(default_factory=dict)
    floor_id: InterventionId | None = None
    interrupted_id: InterventionId | None = None
    gavel: str | None = None
    undone: frozenset[int] = frozenset()
    revision: int = 0
    stage: Stage = Stage()
    corrections: Mapping[InterventionId, Correction] = field(default_factory=dict)
    details: Mapping[InterventionId, Details] = field(default_factory=dict)
    rulings: Mapping[InterventionId, Ruled] = field(default_factory=dict)
    questions: Mapping[QuestionId, Question] = field(default_factory=dict)
    answered: frozenset[QuestionId] = frozenset()
    private_limits: Mapping[Owner, Duration] = field(default_factory=dict)
    announced: Mapping[SegmentId, Announced] = field(default_factory=dict)
    interpretation_until: tuple[Instant, ...] = ()

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
        """The turn that ended last since the segment was begun; None before the first end.

        Whoever was called and absent, and was reinstated since, is yet to speak.
        """
        for ended in reversed(self.sitting.ended_turns if self.sitting else ()):
            request = self.requests.get(ended)
            if request is None or request.standing in (Standing.HEARD, Standing.NOT_PRESENT):
                return self.interventions[ended]
        return None

    @property
    def interrupted(self) -> Intervention | None:
        """The turn that waits behind a point of order; None when there is none."""
        return None if self.interrupted_id is None else self.interventions[self.interrupted_id]

    def at_the_floor(self, intervention: InterventionId) -> bool:
        """Whether a turn has the floor, or will have it again after a point of order."""
        return intervention in (self.floor_id, self.interrupted_id)

    @property
    def sitting(self) -> Sitting | None:
        """The sitting of the segment that is going on; None before the first."""
        return None if self.segment_id is None else self.sittings[self.segment_id]

    @property
    def list_open(self) -> bool:
        """Whether the list of the current segment takes new requests."""
        return self.sitting is not None and self.sitting.list_open

    @property
    def hidden(self) -> bool:
        """Whether the list of the current segment is hidden from the public."""
        return self.sitting is not None and self.sitting.hidden

    @property
    def closes_at(self) -> Instant | None:
        """When the open list of the current segment closes; None when no time was set."""
        return self.sitting.closes_at if self.sitting and self.sitting.list_open else None

    @property
    def draw(self) -> Draw | None:
        """The present draw of the list of the current segment; None when there is none."""
        return self.sitting.draws[-1] if self.sitting and self.sitting.draws else None

    @property
    def listed(self) -> tuple[Request, ...]:
        """The list of speakers, in order."""
        return tuple(self.requests[request] for request in self.waiting)

    def line(self, kind: Kind) -> tuple[InterventionId, ...]:
        """Who waits, in order, on the list on which requests of a kind wait."""
        match kind:
            case Kind.RIGHT_OF_REPLY:
                return self.replies
            case Kind.POINT_OF_ORDER:
                return self.points
            case Kind.STATEMENT | Kind.QUESTION:
                return self.waiting
            case _:
                assert_never(kind)

    def waits(self, voice: Voice) -> bool:
        """Whether a voice has an entry on its list."""
        return any(self.requests[request].voice == voice for request in self.line(voice[1]))

    def holds_floor(self, voice: Voice) -> bool:
        """Whether a voice has the floor, or will again, by a request of its own."""
        holders = (self.floor_id, self.interrupted_id)
        requests = (self.requests.get(holder) for holder in holders if holder is not None)
        return any(request is not None and request.voice == voice for request in requests)
