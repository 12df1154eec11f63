"""The role table: who may give which command, and in whose name. Nothing else decides it."""

from collections.abc import Mapping
from enum import Enum

from moderator.core.commands import (
    AskToSlowDown,
    Command,
    CorrectIntervention,
    DescribeRequest,
    LetOnePass,
    RequestFloor,
    SetAnswered,
    WithdrawRequest,
    WriteQuestion,
    YieldFloor,
)
from moderator.core.model import Dialogue
from moderator.core.questions import asked_of
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import Role


class Scope(Enum):
    """How far a role's right to a command goes."""

    ANY = "any"
    OWN = "own"


PRESIDING: Mapping[Role, Scope] = {Role.CHAIR: Scope.ANY, Role.SECRETARY: Scope.ANY}
"""For every command that the table below does not name."""

AT_ITS_WORD: Mapping[Role, Scope] = {
    **PRESIDING,
    Role.ASSISTANT: Scope.ANY,
    Role.DELEGATION: Scope.OWN,
}
"""What a delegation does for itself, and the bureau for one that asks it to."""

RIGHTS: Mapping[type[Command], Mapping[Role, Scope]] = {
    RequestFloor: AT_ITS_WORD,
    WithdrawRequest: AT_ITS_WORD,
    DescribeRequest: AT_ITS_WORD,
    WriteQuestion: AT_ITS_WORD,
    LetOnePass: {Role.DELEGATION: Scope.OWN},
    SetAnswered: {**PRESIDING, Role.PANELLIST: Scope.OWN},
    AskToSlowDown: {Role.INTERPRETER: Scope.ANY},
    CorrectIntervention: {**PRESIDING, Role.RAPPORTEUR: Scope.ANY},
    YieldFloor: {Role.DELEGATION: Scope.OWN, Role.PANELLIST: Scope.OWN},
}


def authorise(state: Dialogue, command: Command) -> None:
    """Raise Rejected unless whoever gives the command may; a seat acts for its own voice alone."""
    scope = RIGHTS.get(type(command), PRESIDING).get(command.by.role)
    if scope is None:
        raise Rejected(Reason.NOT_ALLOWED)
    if scope is Scope.ANY:
        return
    voice = _voice(state, command)
    if voice is None or voice != command.by.subject:
        raise Rejected(Reason.NOT_YOURS)


def _voice(state: Dialogue, command: Command) -> str | None:
    """Whose voice a command uses, in the terms of who gives it; None when it is nobody's."""
    match command:
        case RequestFloor(delegation=delegation) | WriteQuestion(delegation=delegation):
            return delegation
        case (
            WithdrawRequest(request=request)
            | DescribeRequest(request=request)
            | LetOnePass(request=request)
        ) if request in state.requests:
            return state.requests[request].delegation
        case SetAnswered(question=question):
            return asked_of(state, question)
        case YieldFloor(holder=holder) if holder in state.interventions:
            turn = state.interventions[holder]
            return turn.person if command.by.role is Role.PANELLIST else turn.delegation
        case _:
            return None
