"""Every command with every reason for which the rules refuse it.

The words of each rule stand in the scenes of the other files; this is the whole of it at a glance.
"""

import hashlib
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
from moderator.core.model import Details, Rules
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import Enforcement, PersonId, SegmentId
from moderator.core.units import MINUTE, Duration
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BRAZIL,
    BRUN,
    CHAIR,
    G77,
    NIGERIA,
    NOBODY,
    PANEL_1,
    PANEL_2,
    RAPPORTEUR,
    Step,
    TakeBack,
    accept,
    allow,
    as_heard,
    ask,
    ask_panellist,
    at,
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
    later,
    let_pass,
    move,
    not_present,
    note,
    open_dialogue,
    open_floor,
    open_list,
    panellist,
    private_limit,
    programme,
    put_back,
    raise_point,
    reinstate,
    reply,
    request,
    resume,
    reveal,
    rule,
    seat,
    set_rules,
    show_list,
    slow_down,
    speaking,
    stage,
    start,
    stop,
    suspend,
    take_back,
    take_gavel,
    tick,
    withdraw,
    write,
    yield_floor,
)

OUTSIDE = {
    Reason.UNKNOWN_DELEGATION,
    Reason.UNKNOWN_GROUP,
    Reason.MAY_NOT_REPRESENT,
    Reason.NOT_ENTITLED,
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
FIRM = Rules(enforcement=Enforcement.FIRM)
B2, REPLY, P = request(BRAZIL, 2), request(BRAZIL, 9), request(BRAZIL, 8)
REPLYING = (*HELD, reply(BRAZIL, N))
TWO_REPLIES_AND_A_THIRD = (
    *(*ENDED, reply(BRAZIL, N, 3), give(request(BRAZIL, 3)), end(request(BRAZIL, 3))),
    *(reply(BRAZIL, N, 4), reply(BRAZIL, request(BRAZIL, 3), 5)),
    *(give(request(BRAZIL, 4)), end(request(BRAZIL, 4))),
)
POINT = (*HELD, raise_point(BRAZIL), give(P, N))
OVER = (*HELD, withdraw(B), begin(PANEL_2, N), ask(BRAZIL, 2, by=CHAIR, segment=PANEL_2))
WITH_A_DRAW = (
    *(open_dialogue(), begin(PANEL_1)),
    open_list(draw=hashlib.sha256(b"seed").hexdigest()),
)
THREE_QUESTIONS = (*OPENED, *(write(BRAZIL, ALVA, words) for words in ("one", "two", "three")))
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
    ((*HELD, close_list()), close_list(when=at(5)), Reason.LIST_CLOSED),
    (HELD, close_list(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, ask(NIGERIA), Reason.NOT_OPEN),
    (SUSPENDED, ask(NIGERIA), Reason.SUSPENDED),
    (CLOSED, ask(NIGERIA), Reason.DIALOGUE_CLOSED),
    (OPENED, ask(NIGERIA), Reason.NO_SEGMENT),
    (HELD, ask(NIGERIA, segment=PANEL_2), Reason.SEGMENT_CHANGED),
    ((*open_floor(), close_list()), ask(NIGERIA), Reason.LIST_CLOSED),
    (HELD, ask(BRAZIL, 2), Reason.ALREADY_WAITING),
    (HELD, ask(NIGERIA, 2), Reason.HAS_THE_FLOOR),
    (HELD, reply(BRAZIL, NOBODY), Reason.UNKNOWN_INTERVENTION),
    ((*HELD, put_back(N)), reply(BRAZIL, N), Reason.UNKNOWN_INTERVENTION),
    (TWO_REPLIES_AND_A_THIRD, reply(BRAZIL, N, 6), Reason.REPLIES_USED),
    (HELD, ask_panellist(BRAZIL, PersonId("guest")), Reason.NOT_IN_PROGRAMME),
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
    (REPLYING, move(B, REPLY), Reason.NOT_WAITING),
    (OVER, move(B2, B), Reason.NOT_WAITING),
    (ENDED, move(N, None), Reason.NOT_WAITING),
    (HELD, move(B, None, by=ASSISTANT), Reason.NOT_ALLOWED),
    (CLOSED, let_pass(B, 0, seat(BRAZIL)), Reason.DIALOGUE_CLOSED),
    (HELD, let_pass(N, 0, seat(NIGERIA)), Reason.HAS_THE_FLOOR),
    (ENDED, let_pass(N, 0, seat(NIGERIA)), Reason.NOT_WAITING),
    (HELD, let_pass(B, 0, seat(NIGERIA)), Reason.NOT_YOURS),
    (HELD, let_pass(B, 0, CHAIR), Reason.NOT_ALLOWED),
    (UNOPENED, reinstate(N), Reason.NOT_OPEN),
    (CLOSED, reinstate(N), Reason.DIALOGUE_CLOSED),
    (HELD, reinstate(NOBODY), Reason.UNKNOWN_REQUEST),
    ((*HELD, withdraw(B)), reinstate(B, NOBODY), Reason.UNKNOWN_REQUEST),
    (HELD, reinstate(N), Reason.HAS_THE_FLOOR),
    (ENDED, reinstate(N), Reason.CANNOT_REINSTATE),
    (OVER, reinstate(B), Reason.CANNOT_REINSTATE),
    ((*HELD, withdraw(B), ask(BRAZIL, 2)), reinstate(B), Reason.ALREADY_WAITING),
    ((*HELD, withdraw(B), ask(BRAZIL, 2), give(B2, N)), reinstate(B), Reason.HAS_THE_FLOOR),
    (HELD, reinstate(B, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, hide_list(), Reason.NOT_OPEN),
    (CLOSED, hide_list(), Reason.DIALOGUE_CLOSED),
    (OPENED, hide_list(), Reason.NO_SEGMENT),
    (HELD, hide_list(PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, hide_list(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, show_list(), Reason.NOT_OPEN),
    (CLOSED, show_list(), Reason.DIALOGUE_CLOSED),
    (OPENED, show_list(), Reason.NO_SEGMENT),
    (HELD, show_list(PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, show_list(by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, accept(N), Reason.NOT_OPEN),
    (CLOSED, accept(N), Reason.DIALOGUE_CLOSED),
    (OPENED, accept(N), Reason.NO_SEGMENT),
    (HELD, accept(B, segment=PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, accept(B, NOBODY), Reason.UNKNOWN_REQUEST),
    (HELD, accept(B, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, reveal("seed"), Reason.NOT_OPEN),
    (CLOSED, reveal("seed"), Reason.DIALOGUE_CLOSED),
    (OPENED, reveal("seed"), Reason.NO_SEGMENT),
    (HELD, reveal("seed", PANEL_2), Reason.SEGMENT_CHANGED),
    (HELD, reveal("seed"), Reason.NO_DRAW),
    (WITH_A_DRAW, reveal("seed"), Reason.DRAW_WINDOW_OPEN),
    (WITH_A_DRAW, reveal("another"), Reason.WRONG_SEED),
    (WITH_A_DRAW, reveal("seed", by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, describe(N, Details()), Reason.NOT_OPEN),
    (CLOSED, describe(N, Details()), Reason.DIALOGUE_CLOSED),
    (HELD, describe(NOBODY, Details()), Reason.UNKNOWN_REQUEST),
    (ENDED, describe(N, Details()), Reason.NOT_WAITING),
    (HELD, describe(N, Details(), by=seat(BRAZIL)), Reason.NOT_YOURS),
    (HELD, describe(N, Details(), by=RAPPORTEUR), Reason.NOT_ALLOWED),
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
    (TWO_REPLIES_AND_A_THIRD, give(request(BRAZIL, 5)), Reason.REPLIES_USED),
    (POINT, give(N, P), Reason.HAS_THE_FLOOR),
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
    (UNOPENED, rule(P), Reason.NOT_OPEN),
    (CLOSED, rule(P), Reason.DIALOGUE_CLOSED),
    (HELD, rule(N), Reason.UNKNOWN_INTERVENTION),
    ((*POINT, put_back(P)), rule(P), Reason.FLOOR_CHANGED),
    (POINT, rule(P, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, note(N, "words"), Reason.NOT_OPEN),
    (CLOSED, note(N, "words"), Reason.DIALOGUE_CLOSED),
    (POINT, note(N, "words"), Reason.FLOOR_CHANGED),
    (HELD, note(N, "words", by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, slow_down(N), Reason.NOT_OPEN),
    (CLOSED, slow_down(N), Reason.DIALOGUE_CLOSED),
    (HELD, slow_down(B), Reason.FLOOR_CHANGED),
    (HELD, slow_down(N, by=CHAIR), Reason.NOT_ALLOWED),
    (UNOPENED, write(BRAZIL, ALVA), Reason.NOT_OPEN),
    (CLOSED, write(BRAZIL, ALVA), Reason.DIALOGUE_CLOSED),
    (OPENED, write(BRAZIL, PersonId("guest")), Reason.NOT_IN_PROGRAMME),
    (THREE_QUESTIONS, write(BRAZIL, BRUN, "four"), Reason.TOO_MANY_QUESTIONS),
    (OPENED, write(BRAZIL, ALVA, by=seat(NIGERIA)), Reason.NOT_YOURS),
    (OPENED, write(BRAZIL, ALVA, by=RAPPORTEUR), Reason.NOT_ALLOWED),
    (UNOPENED, tick("question-1"), Reason.NOT_OPEN),
    (CLOSED, tick("question-1"), Reason.DIALOGUE_CLOSED),
    (HELD, tick(N), Reason.UNKNOWN_QUESTION),
    (THREE_QUESTIONS, tick("one", by=panellist(BRUN)), Reason.NOT_YOURS),
    (THREE_QUESTIONS, tick("one", by=ASSISTANT), Reason.NOT_ALLOWED),
    (CLOSED, private_limit(NIGERIA, FOUR_MINUTES), Reason.DIALOGUE_CLOSED),
    (HELD, private_limit(NIGERIA, FOUR_MINUTES, by=ASSISTANT), Reason.NOT_ALLOWED),
    (UNOPENED, set_rules(FIRM), Reason.NOT_OPEN),
    (CLOSED, set_rules(FIRM), Reason.DIALOGUE_CLOSED),
    (HELD, set_rules(FIRM, SegmentId("panel-9")), Reason.UNKNOWN_SEGMENT),
    (OVER, set_rules(FIRM), Reason.SEGMENT_OVER),
    (HELD, set_rules(FIRM, base=1), Reason.PROGRAMME_CHANGED),
    (HELD, set_rules(FIRM, by=ASSISTANT), Reason.NOT_ALLOWED),
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
