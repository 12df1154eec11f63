"""The role table of the design, whole: every command, every role, own and foreign."""

from typing import get_args

import pytest

from moderator.core.actor import Actor
from moderator.core.authority import authorise
from moderator.core.commands import (
    BeginSegment,
    ChangeProgramme,
    CloseDialogue,
    CloseList,
    Command,
    ContinueIntervention,
    CorrectIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    MoveRequest,
    OpenDialogue,
    OpenList,
    RequestFloor,
    ResumeDialogue,
    ReturnToList,
    SetAllowance,
    SetStage,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    YieldFloor,
)
from moderator.core.model import Dialogue
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import InterventionId, Role
from moderator.core.units import MINUTE, Duration
from tests.core.dialogues import (
    ALVA,
    BRAZIL,
    BRUN,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    allow,
    as_heard,
    ask,
    begin,
    change,
    close,
    close_list,
    correct,
    end,
    give,
    give_to,
    given,
    go_on,
    move,
    not_present,
    open_dialogue,
    open_floor,
    open_list,
    put_back,
    request,
    resume,
    speaking,
    speech,
    stage,
    start,
    stop,
    suspend,
    take_gavel,
    withdraw,
    yield_floor,
)

ANY, OWN, NO = "for anybody", "own only", "no"

PRESIDE = {Role.CHAIR: ANY, Role.SECRETARY: ANY}
LIST = {**PRESIDE, Role.ASSISTANT: ANY, Role.DELEGATION: OWN}
SPEAK = {Role.DELEGATION: OWN, Role.PANELLIST: OWN}

TABLE: dict[type[Command], dict[Role, str]] = {
    # open, suspend, close; segments; list open and close
    OpenDialogue: PRESIDE,
    SuspendDialogue: PRESIDE,
    ResumeDialogue: PRESIDE,
    CloseDialogue: PRESIDE,
    BeginSegment: PRESIDE,
    OpenList: PRESIDE,
    CloseList: PRESIDE,
    TakeGavel: PRESIDE,
    # give, return, start, stop, extend, end, continue, not present, move, undo
    GiveFloor: PRESIDE,
    ReturnToList: PRESIDE,
    StartClock: PRESIDE,
    StopClock: PRESIDE,
    SetAllowance: PRESIDE,
    EndIntervention: PRESIDE,
    ContinueIntervention: PRESIDE,
    MarkNotPresent: PRESIDE,
    MoveRequest: PRESIDE,
    Undo: PRESIDE,
    # rules, programme, people; blackout and stage message
    ChangeProgramme: PRESIDE,
    SetStage: PRESIDE,
    # corrections of the record
    CorrectIntervention: {**PRESIDE, Role.RAPPORTEUR: ANY},
    # request for a delegation, withdraw at its word; its own seat, for itself
    RequestFloor: LIST,
    WithdrawRequest: LIST,
    # a speaker who has finished
    YieldFloor: SPEAK,
}
"""Design, "Who may do what"; a role that a line does not name may not."""

DELEGATIONS_TURN = given(*speaking(NIGERIA, BRAZIL)).state
PANELLISTS_TURN = given(*open_floor(None, BRAZIL), give_to(ALVA)).state
LIST_OPENED = given(*open_floor()).done(OpenList)

SUBJECTS = {
    Role.DELEGATION: (NIGERIA, BRAZIL),
    Role.PANELLIST: (ALVA, BRUN),
}
"""Whose turn or request it is, and somebody else."""


def command_of(kind: type[Command], by: Actor, turn: InterventionId) -> Command:
    """A command of a kind, about the request and the turn of Nigeria, or of Alva."""
    commands = (
        open_dialogue(by=by),
        suspend(by=by),
        resume(by=by),
        close(turn, by=by),
        begin(PANEL_1, turn, by=by),
        open_list(by=by),
        close_list(by=by),
        take_gavel(by=by),
        give(turn, turn, by=by),
        put_back(turn, by=by),
        start(turn, by=by),
        stop(turn, by=by),
        allow(turn, Duration(4 * MINUTE), by=by),
        end(turn, by=by),
        go_on(turn, Duration(4 * MINUTE), by=by),
        not_present(turn, by=by),
        move(turn, None, by=by),
        Undo(ID, by, LIST_OPENED),
        change((), by=by),
        correct(turn, as_heard(NIGERIA, Duration(MINUTE)), by=by),
        stage(True, by=by),
        ask(NIGERIA, by=by),
        withdraw(turn, by=by),
        yield_floor(turn, by=by),
    )
    return next(command for command in commands if type(command) is kind)


def test_the_table_names_every_command_and_no_other():
    assert set(TABLE) == set(get_args(Command))


@pytest.mark.parametrize("foreign", [False, True], ids=["own", "foreign"])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_a_role_may_do_what_the_table_says_and_nothing_else(kind, role, foreign):
    subject = SUBJECTS.get(role, ("own", "foreign"))[foreign]
    state, turn = (
        (PANELLISTS_TURN, speech(ALVA))
        if role is Role.PANELLIST
        else (DELEGATIONS_TURN, request(NIGERIA))
    )
    command = command_of(kind, Actor(role, subject, "seat"), turn)

    match TABLE[kind].get(role, NO):
        case "for anybody":
            expected = None
        case "own only":
            expected = Reason.NOT_YOURS if foreign else None
        case _:
            expected = Reason.NOT_ALLOWED

    assert refusal(state, command) is expected


def refusal(state: Dialogue, command: Command) -> Reason | None:
    try:
        authorise(state, command)
    except Rejected as rejected:
        return rejected.reason
    return None


def test_who_is_refused_by_the_table_is_refused_by_the_core():
    """`authorise` is asked first in every decision."""
    stranger = Actor(Role.FOLLOWER)

    for kind in TABLE:
        scene = given(*speaking(NIGERIA)).when(command_of(kind, stranger, request(NIGERIA)))
        scene.refused(Reason.NOT_ALLOWED)
    assert refusal(DELEGATIONS_TURN, start(request(NIGERIA), by=CHAIR)) is None
