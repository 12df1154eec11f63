"""What a seat asks for with a body: the core's command, and what is written beside the log."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sqlalchemy as sa

from moderator.core import commands
from moderator.core.authority import PRESIDING, RIGHTS
from moderator.core.model import Correction, Details, FreeText, Limits, Rules
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import (
    Capacity,
    CommandId,
    DelegationCode,
    GroupCode,
    InterventionId,
    Outcome,
    PersonId,
    Role,
    SegmentId,
    capacity_of,
    may_ask_for,
)
from moderator.core.units import Duration
from moderator.installation import Installation
from moderator.programme.catalogue import Delegation
from moderator.secretariat import NewText, Seat
from moderator.store import registry
from moderator.store.codec import canonical
from moderator.web.wire import (
    AcceptOrder,
    Body,
    ChangeProgramme,
    CommandBody,
    CorrectIntervention,
    DescribeRequest,
    EndIntervention,
    MoveRequest,
    OpenDialogue,
    OpenList,
    RequestFloor,
    RevealDraw,
    RuleOnPoint,
    SendNote,
    SetPrivateLimit,
    SetRules,
    SetStage,
    Undo,
    WriteQuestion,
)


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
            until = programme.interpretation_until
            opening = commands.OpenDialogue(**made, segments=programme.segments())
            return Asked(replace(opening, interpretation_until=until))
        case OpenList():
            return _open_list(body, seat)
        case RevealDraw():
            return Asked(_reveal(body, seat, installation))
        case AcceptOrder(segment=segment, policy=policy, order=order):
            ids = tuple(InterventionId(request) for request in order)
            return Asked(
                commands.AcceptOrder(**made, segment=SegmentId(segment), policy=policy, order=ids)
            )
        case RequestFloor():
            return Asked(_request(body, seat, installation))
        case DescribeRequest():
            return _description(body, seat, installation)
        case MoveRequest():
            return _move(body, seat, installation)
        case RuleOnPoint():
            return _ruling(body, seat, installation)
        case SendNote():
            return _note(body, seat, installation)
        case WriteQuestion():
            return _question(body, seat, installation)
        case SetPrivateLimit():
            return Asked(_private_limit(body, seat, installation))
        case SetRules():
            return _rules(body, seat, installation)
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


class _Texts:
    """The free texts that a body brings, each named by its field."""

    def __init__(self, body: Body, seat: Seat, installation: Installation) -> None:
        self._body = body
        self._dialogue_id = seat.dialogue_id
        self._secretariat = installation.secretariat
        self._brought: list[NewText] = []

    def of(self, field: str) -> FreeText | None:
        """How the event names the text of a field; None where it has none."""
        words = getattr(self._body, field)
        if words is None:
            return None
        command_id = CommandId(self._body.id)
        text = self._secretariat.free_text(self._dialogue_id, command_id, words, field)
        self._brought.append(text)
        return text.named

    def asked(self, command: commands.Command) -> Asked:
        """A command with its texts, which are kept when it is recorded."""
        return Asked(command, self._keep if self._brought else None)

    def _keep(self, connection: sa.Connection) -> None:
        for text in self._brought:
            text.keep(connection, self._dialogue_id)


def _open_list(body: OpenList, seat: Seat) -> Asked:
    """With a seed by chance, kept until it is revealed; its hash is published."""
    seed = secrets.token_hex(32)
    sha256 = hashlib.sha256(seed.encode()).hexdigest()
    command = commands.OpenList(CommandId(body.id), seat.actor, SegmentId(body.segment), sha256)
    keep = partial(registry.keep_seed, dialogue_id=seat.dialogue_id, sha256=sha256, seed=seed)
    return Asked(command, keep)


def _reveal(body: RevealDraw, seat: Seat, installation: Installation) -> commands.RevealDraw:
    draw = installation.service.state(seat.dialogue_id).draw
    seed = None if draw is None else installation.secretariat.seed(seat.dialogue_id, draw.sha256)
    segment = SegmentId(body.segment)
    # Without a draw there is no seed, and the core says so.
    return commands.RevealDraw(CommandId(body.id), seat.actor, segment, seed or "")


def _description(body: DescribeRequest, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    details = Details(
        level=body.level,
        language=body.language,
        delivery=body.delivery,
        speaker=texts.of("speaker"),
        title=texts.of("title"),
        text=texts.of("text"),
        gist=texts.of("gist"),
        show_speaker=body.show_speaker,
    )
    request = InterventionId(body.request)
    return texts.asked(commands.DescribeRequest(CommandId(body.id), seat.actor, request, details))


def _move(body: MoveRequest, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    return texts.asked(
        commands.MoveRequest(
            id=CommandId(body.id),
            by=seat.actor,
            request=InterventionId(body.request),
            before=None if body.before is None else InterventionId(body.before),
            reason=texts.of("reason"),
        )
    )


def _ruling(body: RuleOnPoint, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    return texts.asked(
        commands.RuleOnPoint(
            id=CommandId(body.id),
            by=seat.actor,
            point=InterventionId(body.point),
            ruling=body.ruling,
            words=texts.of("words"),
        )
    )


def _note(body: SendNote, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    turn, words = InterventionId(body.intervention), texts.of("words")
    return texts.asked(commands.SendNote(CommandId(body.id), seat.actor, turn, words))


def _question(body: WriteQuestion, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    code = _for_whom(body.delegation, seat)
    delegation, _ = _voice(code, None, seat, installation)
    words = texts.of("words")
    assert words is not None  # noqa: S101  the body needs them
    return texts.asked(
        commands.WriteQuestion(
            id=CommandId(body.id),
            by=seat.actor,
            delegation=delegation.code,
            to=PersonId(body.to),
            words=words,
        )
    )


def _private_limit(
    body: SetPrivateLimit, seat: Seat, installation: Installation
) -> commands.SetPrivateLimit:
    delegation: DelegationCode | None = None
    person: PersonId | None = None
    if body.delegation is not None:
        delegation = _voice(body.delegation, None, seat, installation)[0].code
    if body.person is not None:
        person = PersonId(body.person)
        programme = installation.secretariat.programme(seat.dialogue_id)
        if all(known.id != person for known in programme.persons):
            raise Rejected(Reason.NOT_IN_PROGRAMME)
    total = None if body.total is None else Duration(body.total)
    return commands.SetPrivateLimit(CommandId(body.id), seat.actor, delegation, person, total)


def _rules(body: SetRules, seat: Seat, installation: Installation) -> Asked:
    """The rules of a segment, in the log and in the programme's file at once."""
    said = body.rules
    rules = Rules(
        limits=Limits(**said.limits.model_dump()),
        enforcement=said.enforcement,
        warning=Duration(said.warning),
        grace=Duration(said.grace),
        start_after=None if said.start_after is None else Duration(said.start_after),
        round=said.round,
        draw_window=Duration(said.draw_window),
    )
    secretariat = installation.secretariat
    change, revision = secretariat.ruled(seat.dialogue_id, body.segment, rules)
    if revision < body.base:
        # Nobody has seen that revision: what is written beside would be an older programme.
        raise Rejected(Reason.PROGRAMME_CHANGED)
    command = commands.SetRules(
        id=CommandId(body.id),
        by=seat.actor,
        base=body.base,
        segment=SegmentId(body.segment),
        rules=rules,
    )
    keep = partial(secretariat.keep_change, dialogue_id=seat.dialogue_id, change=change)
    return Asked(command, keep)


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
        interpretation_until=change.programme.interpretation_until,
    )
    keep = partial(secretariat.keep_change, dialogue_id=seat.dialogue_id, change=change)
    return Asked(command, keep)


def _correction(body: CorrectIntervention, seat: Seat, installation: Installation) -> Asked:
    capacity, delegation, group = Capacity.PANELLIST, None, None
    if body.delegation is not None:
        known, group = _voice(body.delegation, body.group, seat, installation)
        delegation, capacity = known.code, _capacity(known, group)
    texts = _Texts(body, seat, installation)
    reason = texts.of("reason")
    assert reason is not None  # noqa: S101  the body needs one
    return texts.asked(
        commands.CorrectIntervention(
            id=CommandId(body.id),
            by=seat.actor,
            intervention=InterventionId(body.intervention),
            correction=Correction(
                delegation, capacity, group, body.outcome, Duration(body.used), body.struck
            ),
            reason=reason,
        )
    )


def _stage(body: SetStage, seat: Seat, installation: Installation) -> Asked:
    texts = _Texts(body, seat, installation)
    message = texts.of("message")
    return texts.asked(commands.SetStage(CommandId(body.id), seat.actor, body.blackout, message))


def _request(body: RequestFloor, seat: Seat, installation: Installation) -> commands.RequestFloor:
    """A request in the capacity that follows from the delegation's category."""
    code = _for_whom(body.delegation, seat)
    delegation, group = _voice(code, body.group, seat, installation)
    if not may_ask_for(delegation.category, body.kind):
        raise Rejected(Reason.NOT_ENTITLED)
    return commands.RequestFloor(
        id=CommandId(body.id),
        by=seat.actor,
        segment=SegmentId(body.segment),
        delegation=delegation.code,
        kind=body.kind,
        capacity=_capacity(delegation, group),
        group=group,
        to=None if body.to is None else PersonId(body.to),
        statement=None if body.statement is None else InterventionId(body.statement),
        also_national=body.also_national,
    )


def _for_whom(code: str | None, seat: Seat) -> str:
    """The code that is named, or that of the delegation whose seat asks."""
    if code is None and seat.role is Role.DELEGATION:
        code = seat.subject
    return code or ""


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
