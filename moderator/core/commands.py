"""What may be asked for: one imperative per command, each stating its rule and where it comes from.

Every command carries the `id` its client made and `by`, who asks. Commands that act on the floor
name the `holder` that the asker saw (None: nobody), so that two co-chairs cannot act past each
other.
"""

from dataclasses import dataclass, field

from moderator.core.actor import Actor
from moderator.core.events import Event
from moderator.core.model import Correction, Details, FreeText, Rules, Segment
from moderator.core.terms import (
    Capacity,
    CommandId,
    DelegationCode,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    PauseReason,
    PersonId,
    Policy,
    QuestionId,
    Ruling,
    SegmentId,
)
from moderator.core.units import Duration, Instant


@dataclass(frozen=True, slots=True)
class OpenDialogue:
    """The chair declares the dialogue open; rules and programme are fixed in the log."""

    id: CommandId
    by: Actor
    segments: tuple[Segment, ...]
    interpretation_until: tuple[Instant, ...] = ()


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
    """The chair closes the meeting: the holder has concluded, who waits is not reached.

    Rights of reply and points of order that still wait are not reached either (decision 0019).
    """

    id: CommandId
    by: Actor
    holder: InterventionId | None


@dataclass(frozen=True, slots=True)
class BeginSegment:
    """The chair begins a segment: the present one ends, and who waits on it is not reached.

    With `carry_over` who waits goes on to the list of the new segment, in order, with numbers of
    that list. Rights of reply and points of order wait on as they are (design § 7).
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    holder: InterventionId | None
    carry_over: bool = False


@dataclass(frozen=True, slots=True)
class OpenList:
    """The chair opens the list of speakers of the present segment, without an end.

    A closing time that was set is taken away. `draw` is the SHA-256 of a seed, in hex: it is
    published unless the list has a draw already that was not revealed yet (decision 0022).
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    # Made by chance for each opening, so it is no part of what a second tap is told by.
    draw: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CloseList:
    """The chair closes the list, now or `at` an instant that is announced.

    Who is on it will be heard (GA rules 73 and 115).
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    at: Instant | None = None


@dataclass(frozen=True, slots=True)
class HideList:
    """The chair hides the list from the public; each delegation still sees its own place."""

    id: CommandId
    by: Actor
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class ShowList:
    """The chair shows a hidden list again."""

    id: CommandId
    by: Actor
    segment: SegmentId


@dataclass(frozen=True, slots=True)
class AcceptOrder:
    """The chair accepts a proposed order of the list, whole (decision 0022).

    Who has left the list since is passed over; who has joined stays behind, in the present order.
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    order: tuple[InterventionId, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class RevealDraw:
    """The chair reveals the seed of the draw, once its window has ended (decision 0022).

    Refused when its SHA-256 is not what was published. Whoever asked within the window, and has
    not withdrawn, takes part.
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    seed: str


@dataclass(frozen=True, slots=True)
class RequestFloor:
    """A delegation asks for the floor and is inscribed at the end (GA rules 68 and 109).

    One waiting request per delegation, kind, capacity and group, and per statement replied to. On
    a closed list only chair and secretary may add statements and questions; rights of reply and
    points of order are always heard (GA rules 71, 73, 113 and 115). A delegation has at most two
    rights of reply, counted as given (GA decision 34/401). `capacity` follows from the
    delegation's category and `group`; who may ask for which kind stands in `may_ask_for`.
    """

    id: CommandId
    by: Actor
    segment: SegmentId
    delegation: DelegationCode
    kind: Kind
    capacity: Capacity
    group: GroupCode | None = None
    to: PersonId | None = None
    statement: InterventionId | None = None
    also_national: bool = False


@dataclass(frozen=True, slots=True)
class DescribeRequest:
    """A delegation says who will speak and how, or the bureau for it: all of it at once.

    While the request waits, or has the floor (decision 0020).
    """

    id: CommandId
    by: Actor
    request: InterventionId
    details: Details


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    """A delegation's request is taken off the list; it may ask again."""

    id: CommandId
    by: Actor
    request: InterventionId


@dataclass(frozen=True, slots=True)
class MoveRequest:
    """The chair puts a request before another one of its list, or at the end (`before` None).

    It goes to the head when the other one has been given the floor since, and to where that one
    stood when it has left the list otherwise (decision 0019). `reason` may be left out.
    """

    id: CommandId
    by: Actor
    request: InterventionId
    before: InterventionId | None
    reason: FreeText | None = None


@dataclass(frozen=True, slots=True)
class LetOnePass:
    """A delegation lets the one behind it pass; it keeps its arrival number.

    `place` (counted from 0) is what the asker saw: nothing is done when the request is further
    back already (decision 0019).
    """

    id: CommandId
    by: Actor
    request: InterventionId
    place: int


@dataclass(frozen=True, slots=True)
class ReinstateRequest:
    """The chair puts a request back that was withdrawn, or called and not present.

    Before another one that waits, or at the end; only in the segment it was made in, but for
    rights of reply and points of order (decision 0019).
    """

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

    Exactly one of `request` and `person` is given. Whoever has the floor has concluded, and so has
    a turn that was interrupted; but a point of order interrupts whoever has the floor (GA rules
    71 and 113).
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
    """The chair stops the clock (interpretation failed, a document is sought); nothing is lost.

    The hall is told the reason, if there is one; it can be given afterwards.
    """

    id: CommandId
    by: Actor
    holder: InterventionId
    reason: PauseReason | None = None


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

    Refused while the same voice waits there with another request. After a point of order the floor
    is with the turn that it interrupted.
    """

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class RuleOnPoint:
    """The chair rules on a point of order, at once or later (GA rules 71 and 113).

    That ends a point that has the floor. A ruling may be given anew: the last stands.
    """

    id: CommandId
    by: Actor
    point: InterventionId
    ruling: Ruling
    words: FreeText | None = None


@dataclass(frozen=True, slots=True)
class SendNote:
    """The chair sends whoever has the floor a note, for nobody else to see; None takes it away."""

    id: CommandId
    by: Actor
    intervention: InterventionId
    words: FreeText | None


@dataclass(frozen=True, slots=True)
class AskToSlowDown:
    """The interpreters ask whoever has the floor to go slower; the speaker alone is told."""

    id: CommandId
    by: Actor
    holder: InterventionId


@dataclass(frozen=True, slots=True)
class WriteQuestion:
    """A delegation puts a question to a panellist in writing, whatever the list is.

    At most three of a delegation wait for an answer at a time (decision 0020).
    """

    id: CommandId
    by: Actor
    delegation: DelegationCode
    to: PersonId
    words: FreeText


@dataclass(frozen=True, slots=True)
class SetAnswered:
    """A panellist ticks off a question that was put to it, or the chair does; or unticks it."""

    id: CommandId
    by: Actor
    question: QuestionId
    answered: bool


@dataclass(frozen=True, slots=True)
class SetPrivateLimit:
    """The chair gives more time to a delegation or a person who needs it; None: no longer.

    Exactly one of `delegation` and `person` is given. It counts where it is longer than the limit,
    from the next turn on, and the public is not told of it (design § 7).
    """

    id: CommandId
    by: Actor
    delegation: DelegationCode | None
    person: PersonId | None
    total: Duration | None


@dataclass(frozen=True, slots=True)
class SetRules:
    """The chair sets the rules of a segment that has not ended, whole, from the next speaker on.

    It is a change of the programme, made on its revision `base`; when and by whom is told with the
    rules (decision 0021).
    """

    id: CommandId
    by: Actor
    base: int
    segment: SegmentId
    rules: Rules


@dataclass(frozen=True, slots=True)
class TakeGavel:
    """A chair or the secretary presides from now on; it is a sign for all and gates nothing."""

    id: CommandId
    by: Actor


@dataclass(frozen=True, slots=True)
class ChangeProgramme:
    """Chair or secretary change the programme: names and texts always, its rules while it goes on.

    `base` is the revision that was changed. What has been held, and whoever is in the record, stays
    in it; once the dialogue is closed, its segments stay as they are. `delegations`, `persons` and
    `groups` are all that the new programme has. Rules hold from the next speaker on.

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
    interpretation_until: tuple[Instant, ...] = field(default=(), repr=False)


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
    | HideList
    | ShowList
    | AcceptOrder
    | RevealDraw
    | RequestFloor
    | DescribeRequest
    | WithdrawRequest
    | LetOnePass
    | MoveRequest
    | ReinstateRequest
    | MarkNotPresent
    | GiveFloor
    | StartClock
    | StopClock
    | SetAllowance
    | EndIntervention
    | YieldFloor
    | ContinueIntervention
    | ReturnToList
    | RuleOnPoint
    | SendNote
    | AskToSlowDown
    | WriteQuestion
    | SetAnswered
    | SetPrivateLimit
    | SetRules
    | TakeGavel
    | ChangeProgramme
    | CorrectIntervention
    | SetStage
    | Undo
)
