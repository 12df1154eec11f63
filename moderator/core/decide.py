"""The rules of procedure: what a command brings about in a dialogue, or why it is refused.

Each rule stands with its theme: the meeting, the lists, the floor, and what is changed beside it.
"""

from typing import assert_never

from moderator.core import changes, floor, listing, meeting
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
from moderator.core.due import due
from moderator.core.events import Event, StageSet
from moderator.core.model import Dialogue, Stage
from moderator.core.terms import Outcome
from moderator.core.undo import take_back
from moderator.core.units import Instant


def decide(state: Dialogue, command: Command, now: Instant) -> tuple[Event, ...]:
    """What the command brings about at `now`; nothing when it is already true.

    What was due has been applied before (see `due`). Raises Rejected when a rule does not allow it.
    """
    assert not due(state, now), "what is due comes first"
    authorise(state, command)
    match command:
        case OpenDialogue():
            return meeting.open_dialogue(state, command, now)
        case TakeGavel(by=by):
            return meeting.take_gavel(state, by, now)
        case SuspendDialogue():
            return meeting.suspend(state, now)
        case ResumeDialogue():
            return meeting.resume(state, now)
        case CloseDialogue(holder=holder):
            return meeting.close_dialogue(state, holder, now)
        case BeginSegment():
            return meeting.begin_segment(state, command, now)
        case SetStage(blackout=blackout, message=message):
            if state.stage == Stage(blackout, message):
                return ()
            return (StageSet(now, blackout, message),)
        case OpenList():
            return listing.open_list(state, command, now)
        case CloseList():
            return listing.close_list(state, command, now)
        case HideList(segment=segment):
            return listing.hide_list(state, segment, now)
        case ShowList(segment=segment):
            return listing.show_list(state, segment, now)
        case AcceptOrder():
            return listing.accept_order(state, command, now)
        case RevealDraw():
            return listing.reveal_draw(state, command, now)
        case RequestFloor():
            return listing.request_floor(state, command, now)
        case DescribeRequest():
            return listing.describe(state, command, now)
        case WithdrawRequest(request=request):
            return listing.withdraw(state, request, now)
        case LetOnePass():
            return listing.let_one_pass(state, command, now)
        case MoveRequest():
            return listing.move(state, command, now)
        case ReinstateRequest():
            return listing.reinstate(state, command, now)
        case MarkNotPresent(request=request):
            return listing.mark_not_present(state, request, now)
        case GiveFloor():
            return floor.give(state, command, now)
        case StartClock(holder=holder):
            return floor.start_clock(state, holder, now)
        case StopClock():
            return floor.stop_clock(state, command, now)
        case SetAllowance(holder=holder, total=total):
            return floor.set_allowance(state, holder, total, now)
        case EndIntervention(holder=holder, outcome=outcome):
            return floor.end(state, holder, outcome, now)
        case YieldFloor(holder=holder):
            return floor.end(state, holder, Outcome.CONCLUDED, now)
        case ContinueIntervention(intervention=intervention, total=total):
            return floor.go_on(state, intervention, total, now)
        case ReturnToList(holder=holder):
            return floor.put_back(state, holder, now)
        case RuleOnPoint():
            return floor.rule_on_point(state, command, now)
        case SendNote(intervention=intervention, words=words):
            return floor.send_note(state, intervention, words, now)
        case AskToSlowDown(holder=holder):
            return floor.ask_to_slow_down(state, holder, now)
        case WriteQuestion():
            return changes.write_question(state, command, now)
        case SetAnswered():
            return changes.set_answered(state, command, now)
        case SetPrivateLimit():
            return changes.set_private_limit(state, command, now)
        case SetRules():
            return changes.set_rules(state, command, now)
        case ChangeProgramme():
            return changes.change_programme(state, command, now)
        case CorrectIntervention():
            return changes.correct(state, command, now)
        case Undo(done=done):
            return take_back(state, done, now)
        case _:
            assert_never(command)
