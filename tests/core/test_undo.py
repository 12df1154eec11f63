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
    ReturnToList,
    SetAllowance,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    Undo,
    WithdrawRequest,
    YieldFloor,
)
from moderator.core.events import (
    AllowanceSet,
    CommandUndone,
    DialogueReopened,
    InterventionContinued,
    InterventionReturned,
    ListClosed,
    ListOpened,
    RequestMoved,
    RequestReinstated,
    SegmentReturned,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Enforcement, Phase
from moderator.core.units import MINUTE, SECOND, Duration
from tests.core.dialogues import (
    ALVA,
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
    allow,
    ask,
    at,
    begin,
    close,
    close_list,
    end,
    floor_given,
    floor_given_to,
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
    put_back,
    request,
    resume,
    seat,
    speaking,
    speech,
    start,
    stop,
    suspend,
    take_back,
    take_floor_from,
    take_gavel,
    withdraw,
    yield_floor,
)


def minutes(count: float) -> Duration:
    return Duration(int(count * MINUTE))


def undone(scene: Scene, kind) -> CommandUndone:
    """The mark that the latest command of a kind is taken back now."""
    return CommandUndone(scene.now, scene.done(kind).version)


# The list


def test_a_withdrawn_request_comes_back_to_its_place():
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS), withdraw(request(BRAZIL)))

    scene.when(take_back(WithdrawRequest))

    scene.then(undone(scene, WithdrawRequest), RequestReinstated(at(0), request(BRAZIL), 1))
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

    scene.then(CommandUndone(at(0), of_belarus), RequestReinstated(at(0), request(BELARUS), 0))


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

    scene.then(undone(scene, MarkNotPresent), RequestReinstated(at(0), request(NIGERIA), 0))


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


# The floor


def test_the_floor_that_was_given_goes_back_to_the_list_at_its_place():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), give(request(BRAZIL)), later(seconds=2))

    scene.when(take_back(GiveFloor))

    scene.then(undone(scene, GiveFloor), InterventionReturned(at(0, 2), request(BRAZIL), 1))
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL))
    scene.when(later(60)).nothing()


def test_the_place_that_the_floor_goes_back_to_is_on_the_list_as_it_is_now():
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL), give(request(BRAZIL)), withdraw(request(NIGERIA))
    )

    scene.when(take_back(GiveFloor))

    scene.then(undone(scene, GiveFloor), InterventionReturned(at(0), request(BRAZIL), 0))


def test_the_floor_goes_back_to_who_had_it_before_with_the_clock_stopped():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        start(request(NIGERIA)),
        later(1),
        give(request(BRAZIL), holder=request(NIGERIA)),
        later(seconds=2),
    )

    scene.when(take_back(GiveFloor))

    scene.then(
        undone(scene, GiveFloor),
        InterventionReturned(at(1, 2), request(BRAZIL), 0),
        InterventionContinued(at(1, 2), request(NIGERIA), minutes(3)),
    )
    assert scene.state.floor is not None
    assert scene.state.floor.clock.remaining_at(at(60)) == minutes(2)


def test_time_already_spoken_is_not_erased_when_the_floor_goes_back():
    rules = Rules(start_after=Duration(0))
    scene = given(*open_floor(rules, NIGERIA), give(request(NIGERIA)), later(1))

    scene.when(take_back(GiveFloor), later(5), give(request(NIGERIA)))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.remaining_at(scene.now) == minutes(2)


def test_a_panellist_to_whom_the_floor_was_given_gives_it_back():
    scene = given(*open_floor(), give_to(ALVA)).when(take_back(GiveFloor))

    scene.then(undone(scene, GiveFloor), InterventionReturned(at(0), speech(ALVA), None))
    assert scene.state.floor is None
    scene.when(give_to(ALVA, 2)).then(floor_given_to(at(0), ALVA))


def test_the_floor_that_has_passed_on_stays_where_it_is():
    scene = given(*speaking(NIGERIA, BRAZIL), end(request(NIGERIA)))

    scene.when(take_back(GiveFloor)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_turn_that_the_chair_ended_goes_on_with_the_clock_stopped():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1), end(request(NIGERIA)))

    scene.when(later(1), take_back(EndIntervention))

    scene.then(
        undone(scene, EndIntervention),
        InterventionContinued(at(2), request(NIGERIA), minutes(3)),
    )
    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == MINUTE
    assert scene.state.floor.clock.running_since is None


def test_a_floor_that_the_chair_took_back_and_one_whose_speaker_was_absent_are_restored():
    taken = given(*speaking(NIGERIA), take_floor_from(request(NIGERIA)))
    assert taken.when(take_back(EndIntervention)).state.floor_id == request(NIGERIA)

    absent = given(*speaking(NIGERIA), not_present(request(NIGERIA)))
    assert absent.when(take_back(MarkNotPresent)).state.floor_id == request(NIGERIA)


def test_a_turn_does_not_go_on_while_somebody_else_has_the_floor():
    scene = given(*speaking(NIGERIA, BRAZIL), end(request(NIGERIA)), give(request(BRAZIL)))

    scene.when(take_back(EndIntervention)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_turn_does_not_go_on_after_somebody_else_has_spoken():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        end(request(NIGERIA)),
        give(request(BRAZIL)),
        later(1),
        take_floor_from(request(BRAZIL)),
    )

    of_nigeria = scene.done_at(scene.state.version - 3)
    scene.when(Undo(ID, CHAIR, of_nigeria)).refused(Reason.TOO_LATE_TO_UNDO)


def test_an_end_that_was_followed_by_another_end_of_the_same_turn_is_not_the_one_to_undo():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)))
    first_end = scene.done(EndIntervention)

    scene.when(later(1), go_on(request(NIGERIA), minutes(4)), later(1), end(request(NIGERIA)))

    scene.when(Undo(ID, CHAIR, first_end)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_turn_that_time_ended_is_no_command_of_the_chair():
    scene = given(*speaking(NIGERIA), later(4)).when(take_back(GiveFloor))

    scene.refused(Reason.TOO_LATE_TO_UNDO)


def test_a_turn_that_was_put_back_has_the_floor_again_with_the_clock_stopped():
    scene = given(
        *speaking(NIGERIA, BRAZIL), start(request(NIGERIA)), later(1), put_back(request(NIGERIA))
    )

    scene.when(take_back(ReturnToList))

    scene.then(undone(scene, ReturnToList), floor_given(at(1), NIGERIA, starts_after=None))
    assert scene.state.waiting == (request(BRAZIL),)
    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == MINUTE


def test_a_turn_that_was_put_back_has_the_floor_again_from_wherever_it_stands_by_now():
    scene = given(
        *speaking(NIGERIA, BRAZIL), put_back(request(NIGERIA)), move(request(NIGERIA), None)
    )

    scene.when(take_back(ReturnToList))

    scene.then(undone(scene, ReturnToList), floor_given(at(0), NIGERIA, place=1, starts_after=None))


def test_a_panellists_turn_that_was_taken_back_is_given_again():
    scene = given(*open_floor(), give_to(ALVA), put_back(speech(ALVA)))

    scene.when(take_back(ReturnToList))

    scene.then(undone(scene, ReturnToList), floor_given_to(at(0), ALVA, starts_after=None))


@pytest.mark.parametrize(
    "since",
    [
        (give(request(BRAZIL)),),
        (give(request(NIGERIA)),),
        (give(request(NIGERIA)), end(request(NIGERIA))),
        (give(request(BRAZIL)), later(1), end(request(BRAZIL))),
        (withdraw(request(NIGERIA), by=seat(NIGERIA)),),
        (not_present(request(NIGERIA)),),
        (begin(PANEL_2),),
    ],
)
def test_a_turn_that_was_put_back_stays_on_the_list_once_something_followed(since):
    scene = given(*speaking(NIGERIA, BRAZIL), put_back(request(NIGERIA)), *since)

    scene.when(take_back(ReturnToList)).refused(Reason.TOO_LATE_TO_UNDO)


def test_the_speaking_time_is_what_it_was():
    scene = given(*speaking(NIGERIA), allow(request(NIGERIA), minutes(4)))

    scene.when(take_back(SetAllowance))

    scene.then(
        undone(scene, SetAllowance),
        AllowanceSet(at(0), request(NIGERIA), minutes(4), minutes(3)),
    )


@pytest.mark.parametrize(
    "since",
    [
        (allow(request(NIGERIA), minutes(5)),),
        (end(request(NIGERIA)),),
        (put_back(request(NIGERIA)),),
        (end(request(NIGERIA)), give(request(BRAZIL))),
        (start(request(NIGERIA)), later(3)),
    ],
)
def test_a_speaking_time_that_was_changed_ended_or_used_up_stays(since):
    scene = given(*speaking(NIGERIA, BRAZIL), allow(request(NIGERIA), minutes(4)))
    first = scene.done(SetAllowance)

    scene.when(*since, Undo(ID, CHAIR, first)).refused(Reason.TOO_LATE_TO_UNDO)


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
        RequestReinstated(now, request(BRAZIL), 0),
        RequestReinstated(now, request(BELARUS), 1),
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
        RequestReinstated(now, request(BRAZIL), 0),
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


def test_taking_back_an_end_and_a_giving_shows_the_turn_before_them_again():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        end(request(NIGERIA)),
        give(request(BRAZIL)),
        take_floor_from(request(BRAZIL)),
    )

    scene.when(take_back(EndIntervention), take_back(GiveFloor))

    assert scene.state.last is not None
    assert scene.state.last.id == request(NIGERIA)


def test_an_overrun_turn_that_was_given_by_mistake_goes_back_with_what_it_used():
    rules = Rules(enforcement=Enforcement.FIRM, start_after=Duration(0))
    scene = given(*open_floor(rules, NIGERIA), give(request(NIGERIA)), later(4))

    scene.when(take_back(GiveFloor))

    assert scene.state.waiting == (request(NIGERIA),)
    assert scene.state.interventions[request(NIGERIA)].clock.used == minutes(4)
