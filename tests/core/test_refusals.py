"""Every command with every reason for which the rules refuse it.

The words of each rule stand in the scenes of the other files; this is the whole of it at a glance.
"""

from typing import get_args

import pytest

from moderator.core.commands import (
    Command,
    EndIntervention,
    OpenList,
    SuspendDialogue,
    Undo,
    WithdrawRequest,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import Enforcement, PersonId, SegmentId
from moderator.core.units import MINUTE, Duration
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BRAZIL,
    G77,
    NIGERIA,
    NOBODY,
    PANEL_2,
    RAPPORTEUR,
    Step,
    TakeBack,
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
    later,
    move,
    not_present,
    open_dialogue,
    open_floor,
    open_list,
    panellist,
    programme,
    put_back,
    request,
    resume,
    seat,
    speaking,
    stage,
    start,
    stop,
    suspend,
    take_back,
    take_gavel,
    withdraw,
    yield_floor,
)

OUTSIDE = {
    Reason.UNKNOWN_DELEGATION,
    Reason.UNKNOWN_GROUP,
    Reason.MAY_NOT_REPRESENT,
    Reason.UNKNOWN_VERSION,
    Reason.ID_REUSED,
}
"""Said outside the core: they need the register of delegations or the log."""

N, B = request(NIGERIA), request(BRAZIL)
FOUR_MINUTES = Duration(4 * MINUTE)
UNOPENED: tuple[Step, ...] = ()
OPENED = (open_dialogue(),)
HELD = speaking(NIGERIA, BRAZIL)
ENDED = (*HELD, end(N))
SUSPENDED = (*HELD, suspend())
CLOSED = (*HELD, withdraw(B), close(N))
OVERRUN = (*open_floor(Rules(enforcement=Enforcement.FIRM), NIGERIA), give(N), start(N), later(9))
FOR_A_GROUP = (*open_floor(), ask(NIGERIA, group=G77))
SKELETON = programme(Rules())
OTHER_RULES = programme(Rules(enforcement=Enforcement.FIRM))
RIGHT = as_heard(BRAZIL, FOUR_MINUTES)
BESIDE_ITSELF = (*ENDED, ask(NIGERIA, 2), take_back(EndIntervention))

REFUSALS: list[tuple[tuple[Step, ...], Command | TakeBack, Reason]] = [
    (CLOSED, open_dialogue(), Reason.DIALOGUE_CLOSED),
    (UNOPENED, open_dialogue(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, suspend(), Reason.NOT_OPEN),
    (CLOSED, suspend(), Reason.DIALOGUE_CLOSED),
    (OPENED, suspend(by=RAPPORTEUR), Reason.NOT_ALLOWED),
    (UNOPENED, resume(), Reason.NOT_OPEN),
    (CLOSED, resume(), Reason.DIALOGUE_CLOSED),
    (SUSPENDED, resume(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, close(), Reason.NOT_OPEN),
    (HELD, close(), Reason.FLOOR_CHANGED),
    (HELD, close(N, by=seat(NIGERIA)), Reason.NOT_ALLOWED),
    (UNOPENED, begin(PANEL_2), Reason.NOT_OPEN),
    (SUSPENDED, begin(PANEL_2, N), Reason.SUSPENDED),
    (CLOSED, begin(PANEL_2), Reason.DIALOGUE_CLOSED),
    (OPENED, begin(SegmentId("panel-9")), Reason.UNKNOWN_SEGMENT),
    (HELD, begin(PANEL_2), Reason.FLOOR_CHANGED),
    (HELD, begin(PANEL_2, N, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, open_list(), Reason.NOT_OPEN),
    (SUSPENDED, open_list(), Reason.SUSPENDED),
    (CLOSED, open_list(), Reason.DIALOGUE_CLOSED),
    (OPENED, open_list(), Reason.NO_SEGMENT),
    (HELD, open_list(PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, open_list(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, close_list(), Reason.NOT_OPEN),
    (CLOSED, close_list(), Reason.DIALOGUE_CLOSED),
    (OPENED, close_list(), Reason.NO_SEGMENT),
    (HELD, close_list(PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, close_list(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, ask(NIGERIA), Reason.NOT_OPEN),
    (SUSPENDED, ask(NIGERIA), Reason.SUSPENDED),
    (CLOSED, ask(NIGERIA), Reason.DIALOGUE_CLOSED),
    (OPENED, ask(NIGERIA), Reason.NO_SEGMENT),
    (HELD, ask(NIGERIA, segment=PANEL_2), Reason.SEGMENT_CHANGED),
    ((*open_floor(), close_list()), ask(NIGERIA), Reason.LIST_CLOSED),
    (HELD, ask(BRAZIL, 2), Reason.ALREADY_WAITING),
    (HELD, ask(NIGERIA, 2), Reason.HAS_THE_FLOOR),
    (HELD, ask(NIGERIA, by=seat(BRAZIL)), Reason.NOT_YOURS),
    (HELD, ask(NIGERIA, by=RAPPORTEUR), Reason.NOT_ALLOWED),
    (UNOPENED, withdraw(N), Reason.NOT_OPEN),
    (CLOSED, withdraw(N), Reason.DIALOGUE_CLOSED),
    (HELD, withdraw(NOBODY), Reason.UNKNOWN_REQUEST),
    (HELD, withdraw(N), Reason.HAS_THE_FLOOR),
    (ENDED, withdraw(N), Reason.NOT_WAITING),
    (HELD, withdraw(B, by=seat(NIGERIA)), Reason.NOT_YOURS),
    (HELD, withdraw(B, by=panellist(ALVA)), Reason.NOT_ALLOWED),
    (UNOPENED, move(N, None), Reason.NOT_OPEN),
    (CLOSED, move(N, None), Reason.DIALOGUE_CLOSED),
    (HELD, move(NOBODY, None), Reason.UNKNOWN_REQUEST),
    (HELD, move(B, NOBODY), Reason.UNKNOWN_REQUEST),
    (HELD, move(N, None), Reason.HAS_THE_FLOOR),
    (HELD, move(B, N), Reason.HAS_THE_FLOOR),
    (ENDED, move(N, None), Reason.NOT_WAITING),
    (ENDED, move(B, N), Reason.NOT_WAITING),
    (HELD, move(B, None, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, not_present(N), Reason.NOT_OPEN),
    (CLOSED, not_present(N), Reason.DIALOGUE_CLOSED),
    (HELD, not_present(NOBODY), Reason.UNKNOWN_REQUEST),
    (ENDED, not_present(N), Reason.NOT_WAITING),
    (HELD, not_present(N, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, give(N), Reason.NOT_OPEN),
    (SUSPENDED, give(B, N), Reason.SUSPENDED),
    (CLOSED, give(N), Reason.DIALOGUE_CLOSED),
    (OPENED, give(N), Reason.NO_SEGMENT),
    (HELD, give(NOBODY, N), Reason.UNKNOWN_REQUEST),
    (HELD, give(B), Reason.FLOOR_CHANGED),
    (HELD, give_to(ALVA), Reason.FLOOR_CHANGED),
    (ENDED, give(N), Reason.NOT_WAITING),
    (HELD, give_to(PersonId("guest"), holder=N), Reason.NOT_IN_PROGRAMME),
    (HELD, give(B, N, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, start(N), Reason.NOT_OPEN),
    (SUSPENDED, start(N), Reason.SUSPENDED),
    (CLOSED, start(N), Reason.DIALOGUE_CLOSED),
    (HELD, start(B), Reason.FLOOR_CHANGED),
    (HELD, start(N, by=seat(NIGERIA)), Reason.NOT_ALLOWED),
    (UNOPENED, stop(N), Reason.NOT_OPEN),
    (CLOSED, stop(N), Reason.DIALOGUE_CLOSED),
    (HELD, stop(B), Reason.FLOOR_CHANGED),
    (HELD, stop(N, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, allow(N, FOUR_MINUTES), Reason.NOT_OPEN),
    (CLOSED, allow(N, FOUR_MINUTES), Reason.DIALOGUE_CLOSED),
    (HELD, allow(B, FOUR_MINUTES), Reason.FLOOR_CHANGED),
    (OVERRUN, allow(N, FOUR_MINUTES), Reason.LESS_THAN_USED),
    (HELD, allow(N, Duration(0)), Reason.LESS_THAN_USED),
    (HELD, allow(N, FOUR_MINUTES, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, end(N), Reason.NOT_OPEN),
    (CLOSED, end(N), Reason.DIALOGUE_CLOSED),
    (HELD, end(B), Reason.FLOOR_CHANGED),
    (HELD, end(N, by=seat(NIGERIA)), Reason.NOT_ALLOWED),
    ((*HELD, close(N)), yield_floor(N, seat(NIGERIA)), Reason.DIALOGUE_CLOSED),
    ((*HELD, put_back(N)), yield_floor(N, seat(NIGERIA)), Reason.FLOOR_CHANGED),
    (HELD, yield_floor(N, seat(BRAZIL)), Reason.NOT_YOURS),
    (HELD, yield_floor(N, ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, go_on(N, FOUR_MINUTES), Reason.NOT_OPEN),
    ((*ENDED, suspend()), go_on(N, FOUR_MINUTES), Reason.SUSPENDED),
    (CLOSED, go_on(N, FOUR_MINUTES), Reason.DIALOGUE_CLOSED),
    ((*ENDED, give(B)), go_on(N, FOUR_MINUTES), Reason.FLOOR_CHANGED),
    (ENDED, go_on(B, FOUR_MINUTES), Reason.CANNOT_CONTINUE),
    (OPENED, go_on(N, FOUR_MINUTES), Reason.CANNOT_CONTINUE),
    ((*OVERRUN, end(N)), go_on(N, FOUR_MINUTES), Reason.LESS_THAN_USED),
    (ENDED, go_on(N, FOUR_MINUTES, by=seat(NIGERIA)), Reason.NOT_ALLOWED),
    (UNOPENED, put_back(N), Reason.NOT_OPEN),
    (CLOSED, put_back(N), Reason.DIALOGUE_CLOSED),
    (ENDED, put_back(N), Reason.FLOOR_CHANGED),
    (OVERRUN, put_back(N), Reason.NOTHING_LEFT),
    (BESIDE_ITSELF, put_back(N), Reason.ALREADY_WAITING),
    (HELD, put_back(N, by=ASSISTANT), Reason.NOT_ALLOWED),
    (CLOSED, take_gavel(), Reason.DIALOGUE_CLOSED),
    (OPENED, take_gavel(by=RAPPORTEUR), Reason.NOT_ALLOWED),
    (OPENED, change(SKELETON, base=1), Reason.PROGRAMME_CHANGED),
    (CLOSED, change(OTHER_RULES), Reason.DIALOGUE_CLOSED),
    (HELD, change(SKELETON[:1]), Reason.SEGMENT_HELD),
    (HELD, change(SKELETON, delegations=(NIGERIA,)), Reason.IN_THE_RECORD),
    (FOR_A_GROUP, change(SKELETON, groups=()), Reason.IN_THE_RECORD),
    (HELD, change(SKELETON, by=ASSISTANT), Reason.NOT_ALLOWED),
    (ENDED, correct(NOBODY, RIGHT), Reason.UNKNOWN_INTERVENTION),
    (HELD, correct(N, RIGHT), Reason.NOT_ENDED),
    (ENDED, correct(N, as_heard(None, FOUR_MINUTES)), Reason.NOT_THIS_SPEAKER),
    (ENDED, correct(N, RIGHT, by=ASSISTANT), Reason.NOT_ALLOWED),
    (OPENED, stage(True, by=ASSISTANT), Reason.NOT_ALLOWED),
    (SUSPENDED, take_back(SuspendDialogue), Reason.CANNOT_UNDO),
    ((*ENDED, give(B)), take_back(EndIntervention), Reason.TOO_LATE_TO_UNDO),
    (CLOSED, take_back(WithdrawRequest), Reason.TOO_LATE_TO_UNDO),
    (HELD, take_back(OpenList, by=ASSISTANT), Reason.NOT_ALLOWED),
]


PAIRS = {(Undo if isinstance(step, TakeBack) else type(step), why) for _, step, why in REFUSALS}
"""Each command with its reasons; the state machine comes upon no other."""


@pytest.mark.parametrize(("steps", "command", "reason"), REFUSALS)
def test_a_command_is_refused_for_its_reason_and_nothing_is_recorded(steps, command, reason):
    scene = given(*steps)
    before = scene.state

    scene.when(command).refused(reason)

    assert scene.recorded == ()
    assert scene.state == before


def test_every_reason_of_the_core_and_every_command_is_in_the_table():
    assert {reason for _, reason in PAIRS} == set(Reason) - OUTSIDE
    assert {command for command, _ in PAIRS} == set(get_args(Command))


def test_a_refusal_reads_as_its_reason():
    assert str(Rejected(Reason.LIST_CLOSED)) == "list-closed"
