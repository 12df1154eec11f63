"""The role table of the design, whole: every command, every role, own and foreign."""

from typing import get_args

import pytest

from moderator.core.actor import Actor
from moderator.core.authority import authorise
from moderator.core.commands import (
    AcceptOrder,
    AskToSlowDown,
    BeginSegment,
    ChangeProgramme,
    CloseDialogue,
    CloseList,
    Command,
    ContinueIntervention,
    CorrectIntervention,
    DescribeRequest,
    EndIntervention,
    GiveFloor,
    HideList,
    LetOnePass,
    MarkNotPresent,
    MoveRequest,
    OpenDialogue,
    OpenList,
    ReinstateRequest,
    RequestFloor,
    ResumeDialogue,
    ReturnToList,
    RevealDraw,
    RuleOnPoint,
    SendNote,
    SetAllowance,
    SetAnswered,
    SetPrivateLimit,
    SetRules,
    SetStage,
    ShowList,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    WriteQuestion,
    YieldFloor,
)
from moderator.core.model import Details, Dialogue, Rules
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
    accept,
    allow,
    as_heard,
    ask,
    begin,
    change,
    close,
    close_list,
    correct,
    describe,
    end,
    give,
    give_to,
    given,
    go_on,
    hide_list,
    let_pass,
    move,
    not_present,
    note,
    open_dialogue,
    open_floor,
    open_list,
    private_limit,
    put_back,
    reinstate,
    request,
    resume,
    reveal,
    rule,
    set_rules,
    show_list,
    slow_down,
    speaking,
    speech,
    stage,
    start,
    stop,
    suspend,
    take_gavel,
    tick,
    withdraw,
    write,
    yield_floor,
)

ANY, OWN, NO = "for anybody", "own only", "no"

PRESIDE = {Role.CHAIR: ANY, Role.SECRETARY: ANY}
LIST = {**PRESIDE, Role.ASSISTANT: ANY, Role.DELEGATION: OWN}
SPEAK = {Role.DELEGATION: OWN, Role.PANELLIST: OWN}

TABLE: dict[type[Command], dict[Role, str]] = {
    # open, suspend, close; segments; list open, close, hide
    OpenDialogue: PRESIDE,
    SuspendDialogue: PRESIDE,
    ResumeDialogue: PRESIDE,
    CloseDialogue: PRESIDE,
    BeginSegment: PRESIDE,
    OpenList: PRESIDE,
    CloseList: PRESIDE,
    HideList: PRESIDE,
    ShowList: PRESIDE,
    RevealDraw: PRESIDE,
    TakeGavel: PRESIDE,
    # give, return, start, stop, extend, end, continue, rule, not present, move, order, undo
    GiveFloor: PRESIDE,
    ReturnToList: PRESIDE,
    StartClock: PRESIDE,
    StopClock: PRESIDE,
    SetAllowance: PRESIDE,
    EndIntervention: PRESIDE,
    ContinueIntervention: PRESIDE,
    MarkNotPresent: PRESIDE,
    MoveRequest: PRESIDE,
    ReinstateRequest: PRESIDE,
    AcceptOrder: PRESIDE,
    RuleOnPoint: PRESIDE,
    SendNote: PRESIDE,
    SetPrivateLimit: PRESIDE,
    Undo: PRESIDE,
    # rules, programme, people; blackout and stage message
    ChangeProgramme: PRESIDE,
    SetStage: PRESIDE,
    SetRules: PRESIDE,
    # corrections of the record
    CorrectIntervention: {**PRESIDE, Role.RAPPORTEUR: ANY},
    # request for a delegation, withdraw at its word; its own seat, for itself
    RequestFloor: LIST,
    WithdrawRequest: LIST,
    DescribeRequest: LIST,
    WriteQuestion: LIST,
    LetOnePass: {Role.DELEGATION: OWN},
    # tick an answered question; "slow down"
    SetAnswered: {**PRESIDE, Role.PANELLIST: OWN},
    AskToSlowDown: {Role.INTERPRETER: ANY},
    # a speaker who has finished
    YieldFloor: SPEAK,
}
"""Design, "Who may do what"; a role that a line does not name may not."""

DELEGATIONS_TURN = given(*speaking(NIGERIA, BRAZIL)).state
PANELLISTS_TURN = given(
    *open_floor(None, BRAZIL), write(BRAZIL, ALVA, "to-alva"), give_to(ALVA)
).state
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
        hide_list(by=by),
        show_list(by=by),
        reveal("seed", by=by),
        reinstate(turn, by=by),
        accept(turn, by=by),
        rule(turn, by=by),
        note(turn, "words", by=by),
        private_limit(NIGERIA, Duration(4 * MINUTE), by=by),
        set_rules(Rules(), by=by),
        describe(turn, Details(), by=by),
        write(NIGERIA, ALVA, by=by),
        let_pass(turn, 0, by=by),
        tick("to-alva", by=by),
        slow_down(turn, by=by),
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
