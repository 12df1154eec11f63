"""What happened: the events of the log. Ids, codes and figures only; no names and no free text.

Each event carries `at`, the instant from which it holds: for what time alone brought about that is
the deadline, not the moment at which somebody noticed.
"""

from dataclasses import dataclass

from moderator.core.model import Correction, FreeText, Segment
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PersonId,
    SegmentId,
)
from moderator.core.units import Duration, Instant


@dataclass(frozen=True, slots=True)
class DialogueOpened:
    """The first gavel; rules and skeleton of the programme are fixed in the log from here on."""

    at: Instant
    segments: tuple[Segment, ...]


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
    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class ListClosed:
    at: Instant
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class FloorRequested:
    """A delegation was inscribed at the end of the list, with its arrival `number`."""

    at: Instant
    request: InterventionId
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None
    number: int
    by_bureau: bool


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """A request left the list from `place` (counted from 0)."""

    at: Instant
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class RequestMoved:
    """A request went from place `former` to `place` (both counted from 0)."""

    at: Instant
    request: InterventionId
    former: int
    place: int


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
    """A request that had left the list is back on it, at `place`."""

    at: Instant
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """Somebody has the floor: a request (from `place`) or a `person` of the programme.

    `allowance` is the total; `starts_at` is when the clock starts by itself, None when by hand.
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
    """The clock stands still, or will not start by itself."""

    at: Instant
    intervention: InterventionId


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
class GavelTaken:
    """`holder` ("role/subject") presides from now on."""

    at: Instant
    holder: str


@dataclass(frozen=True, slots=True)
class ProgrammeChanged:
    """The programme has a new `revision`; its skeleton is None where that stays as it was."""

    at: Instant
    revision: int
    segments: tuple[Segment, ...] | None


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
    | FloorRequested
    | RequestWithdrawn
    | RequestMoved
    | RequestNotPresent
    | RequestNotReached
    | RequestReinstated
    | FloorGiven
    | ClockStarted
    | ClockStopped
    | AllowanceSet
    | InterventionEnded
    | InterventionContinued
    | InterventionReturned
    | GavelTaken
    | ProgrammeChanged
    | InterventionCorrected
    | StageSet
    | CommandUndone
)
