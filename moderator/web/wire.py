"""The bodies of commands as they come over the wire: strict, and every problem told with its path.

Codes that only the programme can judge (delegations, groups, segments) are checked when the command
is made of it (see `asking`); rules of procedure are the core's alone.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from moderator.core.terms import (
    STATEMENTS,
    Delivery,
    Enforcement,
    Kind,
    Level,
    Outcome,
    PauseReason,
    Policy,
    Ruling,
)
from moderator.core.units import MINUTE
from moderator.programme.form import LARGEST_ROUND, LONGEST_LIMIT, LONGEST_MARGIN
from moderator.text import paragraphs

MOST_ROWS: Final = 2**31 - 1
"""No log is longer: its versions are 32 bits wide."""

LATEST: Final = 2**53 - 1
"""No instant is later: this is as far as every client can count."""

ID: Final = r"^[A-Za-z0-9_-]{8,64}$"
Id = Annotated[str, Field(pattern=ID, description="made by the client")]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Holder = Annotated[
    Name | None,
    Field(description="the intervention that the asker saw on the floor; null for none"),
]
Before = Annotated[Name | None, Field(description="null puts it at the end")]
When = Annotated[int, Field(ge=0, le=LATEST, description="an instant, in ms")]
# Whole seconds, but for a simulated day: the programme's file judges that.
Limit = Annotated[int, Field(ge=1, le=LONGEST_LIMIT)]
Margin = Annotated[int, Field(ge=0, le=LONGEST_MARGIN)]
Words = Annotated[str, Field(max_length=500), AfterValidator(paragraphs)]
Total = Annotated[int, Field(ge=1, le=60 * MINUTE, description="the whole time, in ms")]


class Body(BaseModel):
    """What every command has."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    id: Id


class OpenDialogue(Body):
    type: Literal["open-dialogue"]


class SuspendDialogue(Body):
    type: Literal["suspend-dialogue"]


class ResumeDialogue(Body):
    type: Literal["resume-dialogue"]


class CloseDialogue(Body):
    type: Literal["close-dialogue"]
    holder: Holder


class BeginSegment(Body):
    """With `carry_over` who waits goes on to the list of the new segment."""

    type: Literal["begin-segment"]
    segment: Name
    holder: Holder
    carry_over: bool = False


class OpenList(Body):
    type: Literal["open-list"]
    segment: Name


class CloseList(Body):
    type: Literal["close-list"]
    segment: Name
    at: Annotated[When | None, Field(description="null or left out: now")] = None


class HideList(Body):
    type: Literal["hide-list"]
    segment: Name


class ShowList(Body):
    type: Literal["show-list"]
    segment: Name


class AcceptOrder(Body):
    type: Literal["accept-order"]
    segment: Name
    policy: Annotated[Policy, Field(strict=False)]
    order: Annotated[list[Name], Field(max_length=1_000, description="ids of requests")]


class RevealDraw(Body):
    type: Literal["reveal-draw"]
    segment: Name


class RequestFloor(Body):
    """`delegation` is for the bureau alone; a delegation's seat asks for its own.

    A question names `to` whom, a right of reply the `statement` to which. Only statements and
    questions are made on behalf of a group, and then perhaps `also_national`.
    """

    type: Literal["request-floor"]
    segment: Name
    kind: Annotated[Kind, Field(strict=False)] = Kind.STATEMENT
    group: Name | None = None
    delegation: Name | None = None
    to: Name | None = None
    statement: Name | None = None
    also_national: bool = False

    @model_validator(mode="after")
    def _names_what_its_kind_needs(self) -> "RequestFloor":
        if (self.to is None) == (self.kind is Kind.QUESTION):
            raise ValueError("a question names to whom it is put, and nothing else does")
        if (self.statement is None) == (self.kind is Kind.RIGHT_OF_REPLY):
            raise ValueError("a right of reply names the statement, and nothing else does")
        if self.group is not None and self.kind not in STATEMENTS:
            raise ValueError("only statements and questions are made on behalf of a group")
        if self.also_national and self.group is None:
            raise ValueError("a delegation speaks for itself too only beside a group")
        return self


class DescribeRequest(Body):
    """All that is said about the speaker; what is left out is said no longer."""

    type: Literal["describe-request"]
    request: Name
    level: Annotated[Level | None, Field(strict=False)] = None
    language: Annotated[
        Literal["ar", "en", "es", "fr", "ru", "zh", "other"] | None,
        Field(description="in which the speaker will speak"),
    ] = None
    delivery: Annotated[Delivery | None, Field(strict=False)] = None
    speaker: Annotated[str, Field(max_length=120), AfterValidator(paragraphs)] | None = None
    title: Annotated[str, Field(max_length=300), AfterValidator(paragraphs)] | None = None
    text: Annotated[str, Field(max_length=20_000), AfterValidator(paragraphs)] | None = None
    gist: Annotated[str, Field(max_length=140), AfterValidator(paragraphs)] | None = None
    show_speaker: bool = False


class WithdrawRequest(Body):
    type: Literal["withdraw-request"]
    request: Name


class MoveRequest(Body):
    type: Literal["move-request"]
    request: Name
    before: Before
    reason: Words | None = None


class LetOnePass(Body):
    type: Literal["let-one-pass"]
    request: Name
    place: Annotated[int, Field(ge=0, le=MOST_ROWS, description="as it was seen, from 0")]


class ReinstateRequest(Body):
    type: Literal["reinstate-request"]
    request: Name
    before: Before


class MarkNotPresent(Body):
    type: Literal["mark-not-present"]
    request: Name


class GiveFloor(Body):
    """To a waiting request, or to a person of the programme: exactly one of them."""

    type: Literal["give-floor"]
    holder: Holder
    request: Name | None = None
    person: Name | None = None

    @model_validator(mode="after")
    def _to_one(self) -> "GiveFloor":
        if (self.request is None) == (self.person is None):
            raise ValueError("exactly one of request and person is needed")
        return self


class StartClock(Body):
    type: Literal["start-clock"]
    holder: Name


class StopClock(Body):
    type: Literal["stop-clock"]
    holder: Name
    reason: Annotated[PauseReason | None, Field(strict=False)] = None


class SetAllowance(Body):
    type: Literal["set-allowance"]
    holder: Name
    total: Total


class EndIntervention(Body):
    type: Literal["end-intervention"]
    holder: Name
    outcome: Literal["concluded", "withdrawn-by-chair"] = "concluded"


class YieldFloor(Body):
    type: Literal["yield-floor"]
    holder: Name


class ContinueIntervention(Body):
    type: Literal["continue-intervention"]
    intervention: Name
    total: Total


class ReturnToList(Body):
    type: Literal["return-to-list"]
    holder: Name


class RuleOnPoint(Body):
    type: Literal["rule-on-point"]
    point: Name
    ruling: Annotated[Ruling, Field(strict=False)]
    words: Words | None = None


class SendNote(Body):
    """`words` are for whoever has the floor: null takes them away."""

    type: Literal["send-note"]
    intervention: Name
    words: Annotated[str, Field(max_length=200), AfterValidator(paragraphs)] | None


class AskToSlowDown(Body):
    type: Literal["ask-to-slow-down"]
    holder: Name


class WriteQuestion(Body):
    """`delegation` is for the bureau alone; a delegation's seat asks for its own."""

    type: Literal["write-question"]
    to: Name
    words: Words
    delegation: Name | None = None


class SetAnswered(Body):
    type: Literal["set-answered"]
    question: Name
    answered: bool


class SetPrivateLimit(Body):
    """For a delegation or a person of the programme: exactly one of them. Null takes it away."""

    type: Literal["set-private-limit"]
    delegation: Name | None = None
    person: Name | None = None
    total: Total | None

    @model_validator(mode="after")
    def _of_one(self) -> "SetPrivateLimit":
        if (self.delegation is None) == (self.person is None):
            raise ValueError("exactly one of delegation and person is needed")
        return self


class LimitsBody(BaseModel):
    """All limits, in ms, whole seconds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    national: Limit
    group: Limit
    observer: Limit
    stakeholder: Limit
    panellist: Limit
    again: Limit
    reply: Limit
    right_of_reply: Limit
    right_of_reply_again: Limit
    point_of_order: Limit


class RulesBody(BaseModel):
    """All rules of a segment; durations in ms, whole seconds."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    limits: LimitsBody
    enforcement: Annotated[Enforcement, Field(strict=False)]
    warning: Margin
    grace: Margin
    start_after: Annotated[Margin | None, Field(description="null: by hand")]
    round: Annotated[int, Field(ge=1, le=LARGEST_ROUND)] | None
    draw_window: Margin


class SetRules(Body):
    """`base` is the revision of the programme on which the change is made."""

    type: Literal["set-rules"]
    base: Annotated[int, Field(ge=0, le=MOST_ROWS)]
    segment: Name
    rules: RulesBody


class TakeGavel(Body):
    type: Literal["take-gavel"]


class ChangeProgramme(Body):
    """`programme` holds the fields of a programme file, `base` is the revision they were read at.

    What has an `id` keeps it; whoever is new has none.
    """

    type: Literal["change-programme"]
    base: Annotated[int, Field(ge=0, le=MOST_ROWS)]
    programme: dict[str, Any]


class CorrectIntervention(Body):
    """How a turn is to be read: all of it, also what was right.

    `delegation` and `group` are null for a person of the programme.
    """

    type: Literal["correct-intervention"]
    intervention: Name
    delegation: Name | None
    group: Name | None
    outcome: Annotated[Outcome, Field(strict=False)]
    used: Annotated[int, Field(ge=0, le=600 * MINUTE, description="in ms")]
    struck: bool = False
    reason: Words


class SetStage(Body):
    """`message` is for the hall: null takes it away."""

    type: Literal["set-stage"]
    blackout: bool
    message: Annotated[str, Field(max_length=200), AfterValidator(paragraphs)] | None


class Undo(Body):
    type: Literal["undo"]
    version: Annotated[
        int, Field(ge=1, le=MOST_ROWS, description="as the command's answer named it")
    ]


CommandBody = (
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
COMMAND: TypeAdapter[CommandBody] = TypeAdapter(Annotated[CommandBody, Field(discriminator="type")])
