"""What happened: the events of the log. Ids, codes and figures only; no names and no free text.

Each event carries `at`, the instant from which it holds: for what time alone brought about that is
the deadline, not the moment at which somebody noticed.
"""

from dataclasses import dataclass

from moderator.core.model import Correction, Details, FreeText, Ruled, Rules, Segment
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PauseReason,
    PersonId,
    Policy,
    QuestionId,
    SegmentId,
    Standing,
)
from moderator.core.units import Duration, Instant


@dataclass(frozen=True, slots=True)
class DialogueOpened:
    """The first gavel; rules and skeleton of the programme are fixed in the log from here on."""

    at: Instant
    segments: tuple[Segment, ...]
    interpretation_until: tuple[Instant, ...] = ()


@dataclass(frozen=True, slots=True)
class DialogueSuspended:
    at: Instant


@dataclass(frozen=True, slots=True)
class DialogueResumed:
    at: Instant


@dataclass(frozen=True, slots=True)
class DialogueClosed:
    at: Instant


@dataclass(frozen=True, slots=True)
class DialogueReopened:
    """A closing that was taken back."""

    at: Instant


@dataclass(frozen=True, slots=True)
class SegmentBegun:
    """A segment began, and with it ended the `former` one (None before the first)."""

    at: Instant
    segment: SegmentId
    former: SegmentId | None


@dataclass(frozen=True, slots=True)
class SegmentReturned:
    """The beginning of `left` was taken back: `segment`, if there was one, goes on."""

    at: Instant
    segment: SegmentId | None
    left: SegmentId


@dataclass(frozen=True, slots=True)
class ListOpened:
    """The list takes requests, without an end; `draw` is the SHA-256 of the seed, if there is one.

    Another hash than before publishes a new draw; the same goes on with the one that there is.
    """

    at: Instant
    segment: SegmentId
    draw: str | None = None


@dataclass(frozen=True, slots=True)
class ListClosingSet:
    """The open list will close at `closes_at` (None: without an end); it was `former`."""

    at: Instant
    segment: SegmentId
    closes_at: Instant | None
    former: Instant | None


@dataclass(frozen=True, slots=True)
class ListClosed:
    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class ListHidden:
    """The public sees of the list how long it is, and no more."""

    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class ListShown:
    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class ListReordered:
    """The list of speakers went from the order `former` into `order`: the same ids."""

    at: Instant
    segment: SegmentId
    policy: Policy
    former: tuple[InterventionId, ...]
    order: tuple[InterventionId, ...]


@dataclass(frozen=True, slots=True)
class DrawRevealed:
    """The seed of the draw, and the sorted codes of those that take part in it."""

    at: Instant
    segment: SegmentId
    seed: str
    codes: tuple[DelegationCode, ...]


@dataclass(frozen=True, slots=True)
class DrawWithdrawn:
    """The opening that published the present draw was taken back, and the draw with it."""

    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class FloorRequested:
    """A delegation was inscribed at the end of a list, with its arrival `number` there.

    `to` is the panellist of a question, `statement` the turn to which a right of reply replies.
    """

    at: Instant
    request: InterventionId
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    number: int
    by_bureau: bool
    to: PersonId | None = None
    statement: InterventionId | None = None
    also_national: bool = False


@dataclass(frozen=True, slots=True)
class RequestDescribed:
    """What is now said about the speaker of a request: all of it."""

    at: Instant
    request: InterventionId
    details: Details


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """A request left the list from `place` (counted from 0)."""

    at: Instant
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class RequestMoved:
    """A request went from place `former` to `place` (both counted from 0); `reason` says why."""

    at: Instant
    request: InterventionId
    former: int
    place: int
    reason: FreeText | None = None


@dataclass(frozen=True, slots=True)
class RequestNotPresent:
    """A delegation on the list was called at `place` and was absent."""

    at: Instant
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class RequestNotReached:
    """The segment ended while a request still waited at `place`."""

    at: Instant
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class RequestReinstated:
    """A request that had left the list is back on it, at `place`; its standing was `former`."""

    at: Instant
    request: InterventionId
    place: int
    former: Standing


@dataclass(frozen=True, slots=True)
class RequestCarriedOver:
    """A waiting request went on to the list of another segment, where it has another number."""

    at: Instant
    request: InterventionId
    former: SegmentId
    former_number: int
    segment: SegmentId
    number: int


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """Somebody has the floor: a request (from `place`) or a `person` of the programme.

    A point of order interrupts whoever had it: that turn's clock stands, and it has the floor again
    when the point is over, however that comes. `segment` is the present one. `allowance` is the
    total; `starts_at` is when the clock starts by itself, None when by hand.
    """

    at: Instant
    intervention: InterventionId
    segment: SegmentId
    delegation: DelegationCode | None
    person: PersonId | None
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    place: int | None
    allowance: Duration
    starts_at: Instant | None


@dataclass(frozen=True, slots=True)
class ClockStarted:
    at: Instant
    intervention: InterventionId


@dataclass(frozen=True, slots=True)
class ClockStopped:
    """The clock stands still, or will not start by itself; `reason` says why, if anybody said."""

    at: Instant
    intervention: InterventionId
    reason: PauseReason | None = None


@dataclass(frozen=True, slots=True)
class AllowanceSet:
    """The speaking time of a turn is now `total`; it was `former`."""

    at: Instant
    intervention: InterventionId
    former: Duration
    total: Duration


@dataclass(frozen=True, slots=True)
class InterventionEnded:
    at: Instant
    intervention: InterventionId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class InterventionContinued:
    """A turn that had ended has the floor again, with `total` speaking time and `used` kept."""

    at: Instant
    intervention: InterventionId
    total: Duration


@dataclass(frozen=True, slots=True)
class InterventionReturned:
    """The floor was taken back and the request put at `place` of the list (None for a person)."""

    at: Instant
    intervention: InterventionId
    place: int | None


@dataclass(frozen=True, slots=True)
class PointRuled:
    """The chair ruled on a point of order; it was `former` before. None: no ruling."""

    at: Instant
    point: InterventionId
    ruled: Ruled | None
    former: Ruled | None


@dataclass(frozen=True, slots=True)
class NoteSent:
    """A note for whoever has the floor, and nobody else; None takes it away."""

    at: Instant
    intervention: InterventionId
    words: FreeText | None


@dataclass(frozen=True, slots=True)
class SlowDownAsked:
    """The interpreters ask the speaker to go slower."""

    at: Instant
    intervention: InterventionId


@dataclass(frozen=True, slots=True)
class QuestionWritten:
    """A delegation put a question to a panellist in writing."""

    at: Instant
    question: QuestionId
    delegation: DelegationCode
    to: PersonId
    words: FreeText
    by_bureau: bool


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """A question, written or asked at the floor, was answered; or was not, after all."""

    at: Instant
    question: QuestionId
    answered: bool


@dataclass(frozen=True, slots=True)
class PrivateLimitSet:
    """A delegation or a person gets this time where its limit is shorter; None: no longer."""

    at: Instant
    delegation: DelegationCode | None
    person: PersonId | None
    total: Duration | None
    former: Duration | None


@dataclass(frozen=True, slots=True)
class RulesSet:
    """A segment has other rules from the next speaker on, as `by` ("role/subject") announced.

    The programme has a new `revision`.
    """

    at: Instant
    revision: int
    segment: SegmentId
    rules: Rules
    by: str


@dataclass(frozen=True, slots=True)
class GavelTaken:
    """`holder` ("role/subject") presides from now on."""

    at: Instant
    holder: str


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """The programme has a new `revision`; its skeleton is None where that stays as it was.

    `by` is "role/subject" of whoever changed it.
    """

    at: Instant
    revision: int
    segments: tuple[Segment, ...] | None
    interpretation_until: tuple[Instant, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class InterventionCorrected:
    """From now on a turn is to be read so; `reason` says why."""

    at: Instant
    intervention: InterventionId
    correction: Correction
    reason: FreeText


@dataclass(frozen=True, slots=True)
class StageSet:
    """The displays are dark or not, and show a message or none."""

    at: Instant
    blackout: bool
    message: FreeText | None


@dataclass(frozen=True, slots=True)
class CommandUndone:
    """The command whose last event has `version` is taken back by the events that follow."""

    at: Instant
    version: int


Event = (
    DialogueOpened
    | DialogueSuspended
    | DialogueResumed
    | DialogueClosed
    | DialogueReopened
    | SegmentBegun
    | SegmentReturned
    | ListOpened
    | ListClosed
    | ListClosingSet
    | ListHidden
    | ListShown
    | ListReordered
    | DrawRevealed
    | DrawWithdrawn
    | FloorRequested
    | RequestDescribed
    | RequestWithdrawn
    | RequestMoved
    | RequestNotPresent
    | RequestNotReached
    | RequestReinstated
    | RequestCarriedOver
    | FloorGiven
    | ClockStarted
    | ClockStopped
    | AllowanceSet
    | InterventionEnded
    | InterventionContinued
    | InterventionReturned
    | PointRuled
    | NoteSent
    | SlowDownAsked
    | QuestionWritten
    | QuestionAnswered
    | PrivateLimitSet
    | RulesSet
    | GavelTaken
    | ProgrammeChanged
    | InterventionCorrected
    | StageSet
    | CommandUndone
)
