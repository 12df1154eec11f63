"""What may be asked for: one imperative per command, each stating its rule and where it comes from.

Every command carries the `id` its client made and `by`, who asks. Commands that act on the floor
name the `holder` that the asker saw (None: nobody), so that two co-chairs cannot act past each
other.
"""

from dataclasses import dataclass, field

from moderator.core.actor import Actor
from moderator.core.events import Event
from moderator.core.model import Correction, FreeText, Segment
from moderator.core.terms import (
    Capacity,
    CommandId,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PersonId,
    SegmentId,
)
from moderator.core.units import Duration


@dataclass(frozen=True, slots=True)
class OpenDialogue:
    """The chair declares the dialogue open; rules and programme are fixed in the log."""

    id: CommandId
    by: Actor
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class SuspendDialogue:
    """The chair suspends the meeting; a running clock is stopped first (GA rules 76 and 118)."""

    id: CommandId
    by: Actor


@dataclass(frozen=True, slots=True)
class ResumeDialogue:
    """The chair resumes a suspended meeting; the clock stays as it was stopped."""

    id: CommandId
    by: Actor


@dataclass(frozen=True, slots=True)
class CloseDialogue:
    """The chair closes the meeting: the holder has concluded, who waits is not reached."""

    id: CommandId
    by: Actor
    holder: InterventionId | None


@dataclass(frozen=True, slots=True)
class BeginSegment:
    """The chair begins a segment: the present one ends, and who waits on it is not reached."""

    id: CommandId
    by: Actor
    segment: SegmentId
    holder: InterventionId | None


@dataclass(frozen=True, slots=True)
class OpenList:
    """The chair opens the list of speakers of the present segment."""

    id: CommandId
    by: Actor
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class CloseList:
    """The chair closes the list; who is on it will be heard (GA rules 73 and 115)."""

    id: CommandId
    by: Actor
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class RequestFloor:
    """A delegation asks for the floor and is inscribed at the end (GA rules 68 and 109).

    One waiting request per delegation, kind, capacity and group. On a closed list only chair and
    secretary may add. `capacity` follows from the delegation's category and `group`.
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None = None


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """A delegation's request is taken off the list; it may ask again."""

    id: CommandId
    by: Actor
    request: InterventionId


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """The chair puts a request before another one, or at the end (`before` None)."""

    id: CommandId
    by: Actor
    request: InterventionId
    before: InterventionId | None


@dataclass(frozen=True, slots=True)
class MarkNotPresent:
    """A delegation was called and was absent: it leaves the list or the floor and may ask again."""

    id: CommandId
    by: Actor
    request: InterventionId


@dataclass(frozen=True, slots=True)
class GiveFloor:
    """The chair gives the floor to a waiting request or to a speaker of the programme.

    Exactly one of `request` and `person` is given. Whoever has the floor has concluded.
    """

    id: CommandId
    by: Actor
    holder: InterventionId | None
    request: InterventionId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class StartClock:
    """The chair starts the clock of whoever has the floor."""

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class StopClock:
    """The chair stops the clock (interpretation failed, a document is sought); nothing is lost."""

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class SetAllowance:
    """The chair sets the whole speaking time of the turn; never less than was already spoken."""

    id: CommandId
    by: Actor
    holder: InterventionId
    total: Duration


@dataclass(frozen=True, slots=True)
class EndIntervention:
    """The chair ends the turn: the speaker has concluded, or the chair takes the floor back."""

    id: CommandId
    by: Actor
    holder: InterventionId
    outcome: Outcome = Outcome.CONCLUDED


@dataclass(frozen=True, slots=True)
class YieldFloor:
    """The speaker has finished and gives the floor back to the chair."""

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class ContinueIntervention:
    """The chair lets the turn that ended last go on, with a new total; time spoken is kept."""

    id: CommandId
    by: Actor
    intervention: InterventionId
    total: Duration


@dataclass(frozen=True, slots=True)
class ReturnToList:
    """The chair takes the floor back and puts the request at the head of the list, time kept.

    Refused while the same voice waits there with another request.
    """

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class TakeGavel:
    """A chair or the secretary presides from now on; it is a sign for all and gates nothing."""

    id: CommandId
    by: Actor


@dataclass(frozen=True, slots=True)
class ChangeProgramme:
    """Chair or secretary change the programme: names and texts always, the floor's rules from now.

    `base` is the revision that was changed. What has been held, and whoever is in the record, stays
    in it; once the dialogue is closed, its segments stay as they are. `delegations`, `persons` and
    `groups` are all that the new programme has. A limit counts from the next speaker on.

    `source` is the digest of what was sent: the same tap again is told by it, since whoever is new
    would by then be given another id.
    """

    id: CommandId
    by: Actor
    base: int
    source: str
    segments: tuple[Segment, ...] = field(repr=False)
    delegations: tuple[DelegationCode, ...] = field(repr=False)
    persons: tuple[PersonId, ...] = field(repr=False)
    groups: tuple[GroupCode, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CorrectIntervention:
    """The bureau corrects the record of a turn that has ended; the original stays readable."""

    id: CommandId
    by: Actor
    intervention: InterventionId
    correction: Correction
    reason: FreeText


@dataclass(frozen=True, slots=True)
class SetStage:
    """The chair darkens the displays or lights them, and gives them a message or takes it away."""

    id: CommandId
    by: Actor
    blackout: bool
    message: FreeText | None


@dataclass(frozen=True, slots=True)
class Done:
    """A command of the log: who gave it, its last version and all that it recorded."""

    by: Actor
    version: int
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """The bureau takes back all that one of its commands recorded, while nothing depends on it."""

    id: CommandId
    by: Actor
    done: Done


Command = (
    OpenDialogue
    | SuspendDialogue
    | ResumeDialogue
    | CloseDialogue
    | BeginSegment
    | OpenList
    | CloseList
    | RequestFloor
    | WithdrawRequest
    | MoveRequest
    | MarkNotPresent
    | GiveFloor
    | StartClock
    | StopClock
    | SetAllowance
    | EndIntervention
    | YieldFloor
    | ContinueIntervention
    | ReturnToList
    | TakeGavel
    | ChangeProgramme
    | CorrectIntervention
    | SetStage
    | Undo
)
