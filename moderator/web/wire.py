"""The bodies of commands as they come over the wire: strict, and every problem told with its path.

Codes that only the programme can judge (delegations, groups, segments) are checked when the command
is made of it; rules of procedure are the core's alone.
"""

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from moderator.core import commands
from moderator.core.authority import PRESIDING, RIGHTS
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    CommandId,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    Role,
    SegmentId,
    capacity_of,
)
from moderator.core.units import MINUTE, SECOND
from moderator.installation import Installation
from moderator.secretariat import Seat

MOST_ROWS: Final = 2**31 - 1
"""No log is longer: its versions are 32 bits wide."""

ID: Final = r"^[A-Za-z0-9_-]{8,64}$"
Id = Annotated[str, Field(pattern=ID, description="made by the client")]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Holder = Annotated[
    Name | None,
    Field(description="the intervention that the asker saw on the floor; null for none"),
]
Total = Annotated[int, Field(ge=SECOND, le=60 * MINUTE, description="the whole time, in ms")]


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
    type: Literal["begin-segment"]
    segment: Name
    holder: Holder


class OpenList(Body):
    type: Literal["open-list"]
    segment: Name


class CloseList(Body):
    type: Literal["close-list"]
    segment: Name


class RequestFloor(Body):
    """`delegation` is for the bureau alone; a delegation's seat asks for its own."""

    type: Literal["request-floor"]
    segment: Name
    kind: Literal["statement"] = "statement"
    group: Name | None = None
    delegation: Name | None = None


class WithdrawRequest(Body):
    type: Literal["withdraw-request"]
    request: Name


class MoveRequest(Body):
    type: Literal["move-request"]
    request: Name
    before: Annotated[Name | None, Field(description="null puts it at the end")]


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


class TakeGavel(Body):
    type: Literal["take-gavel"]


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
    | Undo
)
COMMAND: TypeAdapter[CommandBody] = TypeAdapter(Annotated[CommandBody, Field(discriminator="type")])


def command_of(body: CommandBody, seat: Seat, installation: Installation) -> commands.Command:
    """The core's command for a body that a seat sent.

    Raises Rejected for unknown codes, and for a role that may never give this command.
    """
    kind: type[commands.Command] = getattr(commands, type(body).__name__)
    if seat.role not in RIGHTS.get(kind, PRESIDING):
        # Before anything is looked up: whoever may not, is not told what there is.
        raise Rejected(Reason.NOT_ALLOWED)
    made: dict[str, Any] = {"id": CommandId(body.id), "by": seat.actor}
    match body:
        case OpenDialogue():
            programme = installation.secretariat.programme(seat.dialogue_id)
            return commands.OpenDialogue(**made, segments=programme.segments())
        case RequestFloor():
            return _request(body, seat, installation)
        case Undo(version=version):
            done = installation.service.done(seat.dialogue_id, version)
            return commands.Undo(**made, done=done)
        case EndIntervention(holder=holder, outcome=outcome):
            return commands.EndIntervention(
                **made, holder=InterventionId(holder), outcome=Outcome(outcome)
            )
        case _:
            return kind(**made, **body.model_dump(exclude={"id", "type"}))


def _request(body: RequestFloor, seat: Seat, installation: Installation) -> commands.RequestFloor:
    """A request in the capacity that follows from the delegation's category."""
    programme = installation.secretariat.programme(seat.dialogue_id)
    code = body.delegation
    if seat.role is Role.DELEGATION:
        code = code or seat.subject
    delegation = programme.by_code.get(code or "")
    if delegation is None:
        raise Rejected(Reason.UNKNOWN_DELEGATION)
    if body.group is not None and all(group.code != body.group for group in programme.groups):
        raise Rejected(Reason.UNKNOWN_GROUP)
    group = None if body.group is None else GroupCode(body.group)
    capacity = capacity_of(delegation.category, group)
    if capacity is None:
        raise Rejected(Reason.MAY_NOT_REPRESENT)
    return commands.RequestFloor(
        id=CommandId(body.id),
        by=seat.actor,
        segment=SegmentId(body.segment),
        delegation=delegation.code,
        kind=Kind(body.kind),
        capacity=capacity,
        group=group,
    )
