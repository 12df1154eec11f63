"""Undo: each line of its table, what it refuses, and what it never takes away."""

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    CloseList,
    ContinueIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    MoveRequest,
    OpenDialogue,
    OpenList,
    RequestFloor,
    ResumeDialogue,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    YieldFloor,
)
from moderator.core.events import (
    CommandUndone,
    DialogueReopened,
    InterventionContinued,
    ListClosed,
    ListOpened,
    RequestMoved,
    RequestReinstated,
    SegmentReturned,
)
from moderator.core.rejected import Reason
from moderator.core.terms import Phase, Standing
from moderator.core.units import SECOND
from tests.core.dialogues import (
    ASSISTANT,
    BELARUS,
    BRAZIL,
    CHAIR,
    CO_CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    Scene,
    ask,
    at,
    begin,
    close,
    close_list,
    end,
    give,
    give_to,
    given,
    go_on,
    later,
    minutes,
    move,
    not_present,
    open_dialogue,
    open_floor,
    open_list,
    request,
    resume,
    seat,
    speaking,
    speech,
    start,
    stop,
    suspend,
    take_back,
    take_gavel,
    withdraw,
    yield_floor,
)


def undone(scene: Scene, kind) -> CommandUndone:
    """The mark that the latest command of a kind is taken back now."""
    return CommandUndone(scene.now, scene.done(kind).version)


# The list


def test_a_withdrawn_request_comes_back_to_its_place():
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS), withdraw(request(BRAZIL)))

    scene.when(take_back(WithdrawRequest))

    scene.then(
        undone(scene, WithdrawRequest),
        RequestReinstated(at(0), request(BRAZIL), 1, Standing.WITHDRAWN),
    )
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL), request(BELARUS))


def test_a_request_comes_back_at_the_end_of_a_list_that_has_become_shorter():
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL, BELARUS),
        withdraw(request(BELARUS)),
        withdraw(request(NIGERIA), by=seat(NIGERIA)),
        withdraw(request(BRAZIL), by=seat(BRAZIL)),
    )
    of_belarus = scene.state.version - 2

    assert scene.done(WithdrawRequest).version == of_belarus + 2
    scene.when(Undo(ID, CHAIR, scene.done_at(of_belarus)))

    scene.then(
        CommandUndone(at(0), of_belarus),
        RequestReinstated(at(0), request(BELARUS), 0, Standing.WITHDRAWN),
    )


def test_a_request_whose_delegation_asked_again_does_not_come_back():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)), ask(NIGERIA, 2))
    scene.when(take_back(WithdrawRequest)).refused(Reason.TOO_LATE_TO_UNDO)

    scene = given(
        *open_floor(None, NIGERIA),
        withdraw(request(NIGERIA)),
        ask(NIGERIA, 2),
        give(request(NIGERIA, 2)),
    )
    scene.when(take_back(WithdrawRequest)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_request_comes_back_that_waited_while_an_earlier_turn_of_the_delegation_went_on():
    scene = given(
        *speaking(NIGERIA),
        end(request(NIGERIA)),
        ask(NIGERIA, 2),
        go_on(request(NIGERIA), minutes(4)),
        not_present(request(NIGERIA, 2)),
    )

    scene.when(take_back(MarkNotPresent))

    assert scene.state.waiting == (request(NIGERIA, 2),)
    assert scene.state.floor_id == request(NIGERIA)


def test_a_request_of_a_segment_that_is_over_does_not_come_back():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)), begin(PANEL_2))

    scene.when(take_back(WithdrawRequest)).refused(Reason.TOO_LATE_TO_UNDO)


def test_an_absent_delegation_comes_back_to_its_place():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), not_present(request(NIGERIA)))

    scene.when(take_back(MarkNotPresent))

    scene.then(
        undone(scene, MarkNotPresent),
        RequestReinstated(at(0), request(NIGERIA), 0, Standing.NOT_PRESENT),
    )


def test_a_moved_request_goes_back():
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS), move(request(NIGERIA), None))

    scene.when(take_back(MoveRequest))

    scene.then(undone(scene, MoveRequest), RequestMoved(at(0), request(NIGERIA), 2, 0))
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL), request(BELARUS))


def test_a_moved_request_goes_back_as_far_as_the_list_is_long():
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL, BELARUS),
        move(request(BELARUS), request(NIGERIA)),
        withdraw(request(BRAZIL), by=seat(BRAZIL)),
    )

    scene.when(take_back(MoveRequest))

    scene.then(undone(scene, MoveRequest), RequestMoved(at(0), request(BELARUS), 0, 1))


def test_a_move_of_a_request_that_has_left_the_list_stays():
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL), move(request(NIGERIA), None), give(request(NIGERIA))
    )

    scene.when(take_back(MoveRequest)).refused(Reason.TOO_LATE_TO_UNDO)


def test_an_opened_list_closes_and_a_closed_one_opens_again():
    scene = given(*open_floor()).when(take_back(OpenList))
    scene.then(undone(scene, OpenList), ListClosed(at(0), PANEL_1))

    scene = given(*open_floor(), close_list()).when(take_back(CloseList))
    scene.then(undone(scene, CloseList), ListOpened(at(0), PANEL_1))


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ((close_list(),), OpenList),
        ((close_list(), open_list()), CloseList),
        ((begin(PANEL_2),), OpenList),
        ((close_list(), begin(PANEL_2)), CloseList),
    ],
)
def test_a_list_that_has_been_changed_since_stays_as_it_is(steps, kind):
    scene = given(*open_floor(), *steps)

    scene.when(take_back(kind)).refused(Reason.TOO_LATE_TO_UNDO)


# Segments and the dialogue


def test_a_segment_that_was_begun_by_mistake_is_left_and_the_former_goes_on():
    scene = given(
        *speaking(NIGERIA, BRAZIL, BELARUS),
        start(request(NIGERIA)),
        later(1),
        begin(PANEL_2, holder=request(NIGERIA)),
        later(seconds=5),
    )

    scene.when(take_back(BeginSegment))

    now = at(1, 5)
    scene.then(
        undone(scene, BeginSegment),
        SegmentReturned(now, PANEL_1, PANEL_2),
        RequestReinstated(now, request(BRAZIL), 0, Standing.NOT_REACHED),
        RequestReinstated(now, request(BELARUS), 1, Standing.NOT_REACHED),
        ListOpened(now, PANEL_1),
        InterventionContinued(now, request(NIGERIA), minutes(3)),
    )
    assert scene.state.segment_id == PANEL_1
    assert scene.state.sittings[PANEL_1].ended_at is None
    assert PANEL_2 not in scene.state.sittings


def test_the_first_segment_can_be_left_for_none():
    scene = given(open_dialogue(), begin(PANEL_1)).when(take_back(BeginSegment))

    scene.then(undone(scene, BeginSegment), SegmentReturned(at(0), None, PANEL_1))
    assert scene.state.segment is None
    assert not scene.state.list_open


def test_a_segment_that_is_left_shows_the_last_turn_of_the_former_again():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        give(request(BRAZIL), request(NIGERIA)),
        end(request(BRAZIL)),
        begin(PANEL_2),
    )

    scene.when(take_back(BeginSegment))

    assert scene.state.last is not None
    assert scene.state.last.id == request(BRAZIL)


def test_a_segment_in_which_something_happened_is_not_left():
    in_panel_2 = (*open_floor(None, NIGERIA), begin(PANEL_2))

    for since in (
        (give_to("brun"),),
        (give_to("brun"), end(speech("brun"))),
        (open_list(PANEL_2),),
        (ask(NIGERIA, 2, by=CHAIR, segment=PANEL_2),),
        (begin(PANEL_1),),
    ):
        scene = given(*in_panel_2)
        begun = scene.done(BeginSegment)
        scene.when(*since, Undo(ID, CHAIR, begun)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_segment_that_is_left_keeps_its_numbers_when_somebody_had_asked():
    scene = given(
        *open_floor(),
        begin(PANEL_2),
        ask(NIGERIA, by=CHAIR, segment=PANEL_2),
        withdraw(request(NIGERIA)),
        later(1),
        take_back(BeginSegment),
    )
    assert scene.state.sittings[PANEL_2].ended_at == at(1)

    scene.when(begin(PANEL_2), ask(NIGERIA, 2, by=CHAIR, segment=PANEL_2))

    assert scene.state.requests[request(NIGERIA, 2)].number == 2


def test_a_segment_that_was_begun_once_more_by_mistake_gives_no_number_twice():
    scene = given(*open_floor(None, NIGERIA), begin(PANEL_2), begin(PANEL_1))

    scene.when(
        ask(NIGERIA, 2, by=CHAIR),
        withdraw(request(NIGERIA, 2)),
        take_back(BeginSegment),
        begin(PANEL_1),
        ask(NIGERIA, 3, by=CHAIR),
    )

    numbers = [request.number for request in scene.state.requests.values()]
    assert numbers == [1, 2, 3]


def test_a_segment_that_was_begun_once_more_by_mistake_ended_when_it_had_ended():
    """Panel 1 sat without a request or a turn: it was held all the same."""
    scene = given(
        open_dialogue(), begin(PANEL_1), later(30), begin(PANEL_2), later(30), begin(PANEL_1)
    )

    scene.when(later(1), take_back(BeginSegment))

    assert scene.state.segment_id == PANEL_2
    assert scene.state.sittings[PANEL_1].begun_at == at(0)
    assert scene.state.sittings[PANEL_1].ended_at == at(30)
    assert scene.state.sittings[PANEL_2].ended_at is None


def test_a_segment_that_was_begun_once_more_and_is_returned_to_shows_no_turn_of_before():
    scene = given(
        *speaking(NIGERIA), begin(PANEL_2, request(NIGERIA)), begin(PANEL_1), begin(PANEL_2)
    )

    scene.when(take_back(BeginSegment))

    assert scene.state.segment_id == PANEL_1
    assert scene.state.last is None


def test_a_dialogue_that_was_closed_by_mistake_goes_on():
    scene = given(*speaking(NIGERIA, BRAZIL), close(holder=request(NIGERIA)), later(seconds=9))

    scene.when(take_back(CloseDialogue))

    now = at(0, 9)
    scene.then(
        undone(scene, CloseDialogue),
        DialogueReopened(now),
        RequestReinstated(now, request(BRAZIL), 0, Standing.NOT_REACHED),
        ListOpened(now, PANEL_1),
        InterventionContinued(now, request(NIGERIA), minutes(3)),
    )
    assert scene.state.phase is Phase.OPEN
    assert scene.state.phase_since == at(0)
    assert scene.state.sittings[PANEL_1].ended_at is None


def test_a_dialogue_that_was_closed_while_suspended_is_suspended_again():
    scene = given(open_dialogue(), later(1), suspend(), later(1), close(), later(1))

    scene.when(take_back(CloseDialogue))

    assert scene.state.phase is Phase.SUSPENDED
    assert scene.state.phase_since == at(1)


def test_a_closed_dialogue_takes_back_nothing_but_its_closing():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)), close())

    scene.when(take_back(WithdrawRequest)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_suspended_dialogue_takes_back_and_nobodys_clock_runs():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)), suspend())

    scene.when(take_back(EndIntervention))

    assert scene.state.floor_id == request(NIGERIA)
    scene.when(later(60)).nothing()


# What undo serves, and whom


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        ((open_dialogue(),), OpenDialogue),
        ((open_dialogue(), suspend()), SuspendDialogue),
        ((*speaking(NIGERIA), suspend()), SuspendDialogue),
        ((open_dialogue(), suspend(), resume()), ResumeDialogue),
        ((open_dialogue(), take_gavel()), TakeGavel),
        ((*speaking(NIGERIA), start(request(NIGERIA))), StartClock),
        ((*speaking(NIGERIA), stop(request(NIGERIA))), StopClock),
        (
            (*speaking(NIGERIA), end(request(NIGERIA)), go_on(request(NIGERIA), minutes(4))),
            ContinueIntervention,
        ),
        ((*open_floor(), ask(NIGERIA, by=ASSISTANT)), RequestFloor),
        ((*open_floor(), take_back(OpenList)), Undo),
    ],
)
def test_what_has_no_line_in_the_table_cannot_be_undone(steps, kind):
    given(*steps).when(take_back(kind)).refused(Reason.CANNOT_UNDO)


@pytest.mark.parametrize(
    ("steps", "kind"),
    [
        (open_floor(None, NIGERIA), RequestFloor),
        (
            (*open_floor(None, NIGERIA), withdraw(request(NIGERIA), by=seat(NIGERIA))),
            WithdrawRequest,
        ),
        ((*speaking(NIGERIA), yield_floor(request(NIGERIA), seat(NIGERIA))), YieldFloor),
    ],
)
def test_what_a_delegate_did_is_not_undone_by_the_bureau(steps, kind):
    given(*steps).when(take_back(kind)).refused(Reason.CANNOT_UNDO)


def test_the_chair_takes_back_what_another_of_the_bureau_did():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA), by=ASSISTANT))

    scene.when(take_back(WithdrawRequest, by=CO_CHAIR))

    assert scene.state.waiting == (request(NIGERIA),)


def test_a_command_is_taken_back_once_by_two_chairs():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)))
    withdrawal = scene.done(WithdrawRequest)

    scene.when(Undo(ID, CHAIR, withdrawal))

    scene.when(Undo(ID, CO_CHAIR, withdrawal)).nothing()
    scene.when(withdraw(request(NIGERIA)), Undo(ID, CO_CHAIR, withdrawal)).nothing()
    assert scene.state.waiting == ()


def test_commands_are_taken_back_one_after_the_other():
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL),
        move(request(BRAZIL), request(NIGERIA)),
        give(request(BRAZIL)),
        later(seconds=20),
        end(request(BRAZIL)),
    )

    scene.when(take_back(EndIntervention), take_back(GiveFloor), take_back(MoveRequest))

    assert scene.refusal is None
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL))
    assert scene.state.interventions[request(BRAZIL)].clock.used == 15 * SECOND
    assert scene.state.last is None
