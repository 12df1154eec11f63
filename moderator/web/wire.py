"""The bodies of commands as they come over the wire: strict, and every problem told with its path.

Codes that only the programme can judge (delegations, groups, segments) are checked when the command
is made of it; rules of procedure are the core's alone.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Final, Literal

import sqlalchemy as sa
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from moderator.core import commands
from moderator.core.authority import PRESIDING, RIGHTS
from moderator.core.model import Correction
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    Capacity,
    CommandId,
    GroupCode,
    InterventionId,
    Kind,
    Outcome,
    Role,
    SegmentId,
    capacity_of,
)
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.installation import Installation
from moderator.programme.catalogue import Delegation
from moderator.secretariat import NewText, Seat
from moderator.store.codec import canonical
from moderator.text import paragraphs

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
    reason: Annotated[str, Field(max_length=500), AfterValidator(paragraphs)]


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
COMMAND: TypeAdapter[CommandBody] = TypeAdapter(Annotated[CommandBody, Field(discriminator="type")])


@dataclass(frozen=True, slots=True)
class Asked:
    """The core's command, and what is written beside the log when it is recorded."""

    command: commands.Command
    beside: Callable[[sa.Connection], None] | None = None


def asked(body: CommandBody, seat: Seat, installation: Installation) -> Asked:
    """What a seat asks for with a body.

    Raises Rejected for unknown codes, and for a role that may never give this command;
    ProgrammeErrors for a programme that has something wrong with it.
    """
    kind: type[commands.Command] = getattr(commands, type(body).__name__)
    if seat.role not in RIGHTS.get(kind, PRESIDING):
        # Before anything is looked up: whoever may not, is not told what there is.
        raise Rejected(Reason.NOT_ALLOWED)
    made: dict[str, Any] = {"id": CommandId(body.id), "by": seat.actor}
    match body:
        case OpenDialogue():
            programme = installation.secretariat.programme(seat.dialogue_id)
            return Asked(commands.OpenDialogue(**made, segments=programme.segments()))
        case RequestFloor():
            return Asked(_request(body, seat, installation))
        case ChangeProgramme():
            return _change(body, seat, installation)
        case CorrectIntervention():
            return _correction(body, seat, installation)
        case SetStage():
            return _stage(body, seat, installation)
        case Undo(version=version):
            done = installation.service.done(seat.dialogue_id, version)
            return Asked(commands.Undo(**made, done=done))
        case EndIntervention(holder=holder, outcome=outcome):
            return Asked(
                commands.EndIntervention(
                    **made, holder=InterventionId(holder), outcome=Outcome(outcome)
                )
            )
        case _:
            return Asked(kind(**made, **body.model_dump(exclude={"id", "type"})))


def _text(body: Body, words: str, seat: Seat, installation: Installation) -> NewText:
    return installation.secretariat.free_text(seat.dialogue_id, CommandId(body.id), words)


def _change(body: ChangeProgramme, seat: Seat, installation: Installation) -> Asked:
    secretariat = installation.secretariat
    change = secretariat.changed(seat.dialogue_id, body.programme)
    command = commands.ChangeProgramme(
        id=CommandId(body.id),
        by=seat.actor,
        base=body.base,
        source=hashlib.sha256(canonical(body.programme).encode()).hexdigest(),
        segments=change.programme.segments(),
        delegations=tuple(delegation.code for delegation in change.programme.delegations),
        persons=tuple(person.id for person in change.programme.persons),
        groups=tuple(group.code for group in change.programme.groups),
    )
    keep = partial(secretariat.keep_change, dialogue_id=seat.dialogue_id, change=change)
    return Asked(command, keep)


def _correction(body: CorrectIntervention, seat: Seat, installation: Installation) -> Asked:
    capacity, delegation, group = Capacity.PANELLIST, None, None
    if body.delegation is not None:
        known, group = _voice(body.delegation, body.group, seat, installation)
        delegation, capacity = known.code, _capacity(known, group)
    reason = _text(body, body.reason, seat, installation)
    command = commands.CorrectIntervention(
        id=CommandId(body.id),
        by=seat.actor,
        intervention=InterventionId(body.intervention),
        correction=Correction(
            delegation, capacity, group, body.outcome, Duration(body.used), body.struck
        ),
        reason=reason.named,
    )
    return Asked(command, partial(reason.keep, dialogue_id=seat.dialogue_id))


def _stage(body: SetStage, seat: Seat, installation: Installation) -> Asked:
    made: dict[str, Any] = {"id": CommandId(body.id), "by": seat.actor, "blackout": body.blackout}
    if body.message is None:
        return Asked(commands.SetStage(**made, message=None))
    text = _text(body, body.message, seat, installation)
    keep = partial(text.keep, dialogue_id=seat.dialogue_id)
    return Asked(commands.SetStage(**made, message=text.named), keep)


def _request(body: RequestFloor, seat: Seat, installation: Installation) -> commands.RequestFloor:
    """A request in the capacity that follows from the delegation's category."""
    code = body.delegation
    if seat.role is Role.DELEGATION:
        code = code or seat.subject
    delegation, group = _voice(code or "", body.group, seat, installation)
    return commands.RequestFloor(
        id=CommandId(body.id),
        by=seat.actor,
        segment=SegmentId(body.segment),
        delegation=delegation.code,
        kind=Kind(body.kind),
        capacity=_capacity(delegation, group),
        group=group,
    )


def _voice(
    code: str, group: str | None, seat: Seat, installation: Installation
) -> tuple[Delegation, GroupCode | None]:
    """The delegation and the group with these codes; Rejected when the programme has none."""
    programme = installation.secretariat.programme(seat.dialogue_id)
    delegation = programme.by_code.get(code)
    if delegation is None:
        raise Rejected(Reason.UNKNOWN_DELEGATION)
    if group is not None and all(known.code != group for known in programme.groups):
        raise Rejected(Reason.UNKNOWN_GROUP)
    return delegation, None if group is None else GroupCode(group)


def _capacity(delegation: Delegation, group: GroupCode | None) -> Capacity:
    capacity = capacity_of(delegation.category, group)
    if capacity is None:
        raise Rejected(Reason.MAY_NOT_REPRESENT)
    return capacity
