"""The list of speakers: open and closed, asking, withdrawing, moving, absent."""

import pytest

from moderator.core.commands import EndIntervention, GiveFloor
from moderator.core.events import (
    InterventionEnded,
    ListClosed,
    ListOpened,
    RequestMoved,
    RequestNotPresent,
    RequestWithdrawn,
)
from moderator.core.rejected import Reason
from moderator.core.terms import Capacity, Outcome, Standing
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BELARUS,
    BRAZIL,
    CHAIR,
    CO_CHAIR,
    G77,
    NIGERIA,
    NOBODY,
    PANEL_1,
    PANEL_2,
    SECRETARY,
    ask,
    at,
    begin,
    close_list,
    end,
    floor_requested,
    give_to,
    given,
    later,
    move,
    not_present,
    open_dialogue,
    open_floor,
    open_list,
    put_back,
    request,
    seat,
    speaking,
    speech,
    take_back,
    withdraw,
)

# Open and closed


def test_the_chair_opens_the_list_of_the_segment():
    scene = given(open_dialogue(), begin(PANEL_1)).when(open_list())

    scene.then(ListOpened(at(0), PANEL_1))


def test_an_open_list_is_not_opened_again_nor_a_closed_one_closed_again():
    given(*open_floor()).when(open_list(by=CO_CHAIR)).nothing()
    given(open_dialogue(), begin(PANEL_1)).when(close_list(by=CO_CHAIR)).nothing()


def test_closing_the_list_keeps_who_is_on_it():
    scene = given(*open_floor(None, NIGERIA)).when(close_list())

    scene.then(ListClosed(at(0), PANEL_1))
    assert scene.state.waiting == (request(NIGERIA),)


def test_a_list_is_opened_and_closed_only_for_the_segment_that_the_chair_saw():
    given(open_dialogue()).when(open_list()).refused(Reason.NO_SEGMENT)
    given(open_dialogue()).when(close_list()).refused(Reason.NO_SEGMENT)
    given(*open_floor()).when(open_list(PANEL_2)).refused(Reason.SEGMENT_CHANGED)
    given(*open_floor()).when(close_list(PANEL_2)).refused(Reason.SEGMENT_CHANGED)


# Asking


def test_a_delegation_is_inscribed_at_the_end_with_its_arrival_number():
    scene = given(*open_floor(None, NIGERIA), later(seconds=2)).when(ask(BRAZIL))

    scene.then(floor_requested(at(0, 2), BRAZIL, number=2))
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL))
    assert scene.state.requests[request(BRAZIL)].asked_at == at(0, 2)


def test_a_number_is_never_given_twice():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)))

    scene.when(ask(NIGERIA, 2)).then(floor_requested(at(0), NIGERIA, number=2, nth=2))


def test_a_second_phone_is_told_that_the_delegation_waits_already():
    scene = given(*open_floor(None, NIGERIA))

    scene.when(ask(NIGERIA, 2, by=seat(NIGERIA, 2))).refused(Reason.ALREADY_WAITING)


def test_who_waits_on_a_list_that_has_closed_since_is_told_so_rather_than_turned_away():
    scene = given(*open_floor(None, NIGERIA), close_list())

    scene.when(ask(NIGERIA, 2, by=seat(NIGERIA, 2))).refused(Reason.ALREADY_WAITING)


def test_who_has_the_floor_cannot_ask_for_it():
    given(*speaking(NIGERIA)).when(ask(NIGERIA, 2)).refused(Reason.HAS_THE_FLOOR)


def test_who_was_heard_may_ask_again():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)))

    scene.when(ask(NIGERIA, 2)).then(floor_requested(at(0), NIGERIA, number=2, nth=2))


def test_speaking_for_a_group_is_another_voice_than_speaking_for_oneself():
    scene = given(*open_floor(None, NIGERIA))

    scene.when(ask(NIGERIA, 2, group=G77))

    scene.then(floor_requested(at(0), NIGERIA, number=2, nth=2, group=G77))
    scene.when(ask(NIGERIA, 3, group=G77)).refused(Reason.ALREADY_WAITING)


@pytest.mark.story(16)
@pytest.mark.parametrize("by", [ASSISTANT, SECRETARY, CHAIR])
def test_the_bureau_asks_for_a_delegation_that_raised_its_nameplate(by):
    scene = given(*open_floor()).when(ask(NIGERIA, by=by))

    scene.then(floor_requested(at(0), NIGERIA, number=1, by_bureau=True))


def test_a_closed_list_takes_no_new_request():
    given(*open_floor(), close_list()).when(ask(NIGERIA)).refused(Reason.LIST_CLOSED)


def test_a_list_that_was_never_opened_takes_no_request():
    scene = given(open_dialogue(), begin(PANEL_1))

    scene.when(ask(NIGERIA)).refused(Reason.LIST_CLOSED)


def test_an_assistant_adds_nobody_to_a_closed_list():
    given(*open_floor(), close_list()).when(ask(NIGERIA, by=ASSISTANT)).refused(Reason.LIST_CLOSED)


@pytest.mark.parametrize("by", [CHAIR, SECRETARY])
def test_chair_and_secretary_add_to_a_closed_list(by):
    scene = given(*open_floor(), close_list()).when(ask(NIGERIA, by=by))

    scene.then(floor_requested(at(0), NIGERIA, number=1, by_bureau=True))


def test_nobody_asks_outside_a_segment_or_for_one_that_is_over():
    given(open_dialogue()).when(ask(NIGERIA)).refused(Reason.NO_SEGMENT)
    given(*open_floor()).when(ask(NIGERIA, segment=PANEL_2)).refused(Reason.SEGMENT_CHANGED)


# Withdrawing


@pytest.mark.story(31)
def test_a_delegation_withdraws_its_own_request():
    scene = given(*open_floor(None, BRAZIL, NIGERIA))

    scene.when(withdraw(request(NIGERIA), by=seat(NIGERIA, 2)))

    scene.then(RequestWithdrawn(at(0), request(NIGERIA), 1))
    assert scene.state.waiting == (request(BRAZIL),)
    assert scene.state.requests[request(NIGERIA)].standing is Standing.WITHDRAWN


def test_a_withdrawn_request_is_not_withdrawn_again():
    scene = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA), by=seat(NIGERIA)))

    scene.when(withdraw(request(NIGERIA), by=ASSISTANT)).nothing()


def test_only_a_waiting_request_can_be_withdrawn():
    given(*open_floor()).when(withdraw(NOBODY)).refused(Reason.UNKNOWN_REQUEST)
    given(*speaking(NIGERIA)).when(withdraw(request(NIGERIA))).refused(Reason.HAS_THE_FLOOR)
    heard = given(*speaking(NIGERIA), end(request(NIGERIA)))
    heard.when(withdraw(request(NIGERIA))).refused(Reason.NOT_WAITING)


def test_a_request_can_be_withdrawn_from_a_closed_list():
    scene = given(*open_floor(None, NIGERIA), close_list())

    scene.when(withdraw(request(NIGERIA), by=seat(NIGERIA)))

    scene.then(RequestWithdrawn(at(0), request(NIGERIA), 0))


# Moving


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [
        (BELARUS, NIGERIA, (BELARUS, NIGERIA, BRAZIL)),
        (BELARUS, BRAZIL, (NIGERIA, BELARUS, BRAZIL)),
        (NIGERIA, BELARUS, (BRAZIL, NIGERIA, BELARUS)),
        (NIGERIA, None, (BRAZIL, BELARUS, NIGERIA)),
        (BRAZIL, None, (NIGERIA, BELARUS, BRAZIL)),
    ],
)
def test_the_chair_puts_a_request_before_another_or_at_the_end(moved, before, order):
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS))
    former = scene.state.waiting.index(request(moved))

    scene.when(move(request(moved), before and request(before)))

    scene.then(RequestMoved(at(0), request(moved), former, order.index(moved)))
    assert scene.state.waiting == tuple(request(delegation) for delegation in order)


def test_a_moved_request_keeps_its_arrival_number():
    scene = given(*open_floor(None, NIGERIA, BRAZIL)).when(move(request(BRAZIL), request(NIGERIA)))

    assert [listed.number for listed in scene.state.listed] == [2, 1]


@pytest.mark.parametrize("before", [NIGERIA, BRAZIL])
def test_a_request_that_stands_there_already_is_not_moved(before):
    scene = given(*open_floor(None, NIGERIA, BRAZIL))

    scene.when(move(request(NIGERIA), request(before))).nothing()


def test_the_last_request_is_at_the_end_already():
    scene = given(*open_floor(None, NIGERIA, BRAZIL)).when(move(request(BRAZIL), None))

    scene.nothing()


def test_only_waiting_requests_are_moved():
    scene = given(*speaking(NIGERIA, BRAZIL, BELARUS), withdraw(request(BELARUS)))

    for which, before, reason in (
        (NOBODY, None, Reason.UNKNOWN_REQUEST),
        (request(BRAZIL), NOBODY, Reason.UNKNOWN_REQUEST),
        (request(NIGERIA), None, Reason.HAS_THE_FLOOR),
        (request(BELARUS), None, Reason.NOT_WAITING),
    ):
        scene.when(move(which, before)).refused(reason)
        scene.refusal = None


# Called and absent


def test_a_delegation_on_the_list_that_is_absent_leaves_it():
    scene = given(*open_floor(None, NIGERIA, BRAZIL)).when(not_present(request(BRAZIL)))

    scene.then(RequestNotPresent(at(0), request(BRAZIL), 1))
    assert scene.state.requests[request(BRAZIL)].standing is Standing.NOT_PRESENT


def test_a_delegation_that_has_the_floor_and_is_absent_loses_it():
    scene = given(*speaking(NIGERIA), later(seconds=3)).when(not_present(request(NIGERIA)))

    scene.then(InterventionEnded(at(0, 3), request(NIGERIA), Outcome.NOT_PRESENT))
    assert scene.state.requests[request(NIGERIA)].standing is Standing.NOT_PRESENT
    assert scene.state.floor is None


def test_who_was_absent_may_ask_again():
    scene = given(*open_floor(None, NIGERIA), not_present(request(NIGERIA)))

    scene.when(ask(NIGERIA, 2)).then(floor_requested(at(0), NIGERIA, number=2, nth=2))


def test_who_was_marked_absent_is_not_marked_again():
    on_the_list = given(*open_floor(None, NIGERIA), not_present(request(NIGERIA)))
    on_the_list.when(not_present(request(NIGERIA), by=CO_CHAIR)).nothing()

    at_the_floor = given(*speaking(NIGERIA), not_present(request(NIGERIA)))
    at_the_floor.when(not_present(request(NIGERIA), by=CO_CHAIR)).nothing()

    of_the_programme = given(*open_floor(), give_to(ALVA), not_present(speech(ALVA)))
    of_the_programme.when(not_present(speech(ALVA), by=CO_CHAIR)).nothing()


def test_only_who_waits_or_has_the_floor_can_be_absent():
    given(*open_floor()).when(not_present(NOBODY)).refused(Reason.UNKNOWN_REQUEST)
    heard = given(*speaking(NIGERIA), end(request(NIGERIA)))
    heard.when(not_present(request(NIGERIA))).refused(Reason.NOT_WAITING)


# One voice waits once, whatever happened to its turns


def test_a_turn_is_not_put_back_beside_another_request_of_the_same_voice():
    scene = given(
        *speaking(NIGERIA), end(request(NIGERIA)), ask(NIGERIA, 2), take_back(EndIntervention)
    )

    scene.when(put_back(request(NIGERIA))).refused(Reason.ALREADY_WAITING)


def test_giving_the_floor_is_not_taken_back_beside_another_request_of_the_same_voice():
    scene = given(
        *speaking(NIGERIA), end(request(NIGERIA)), ask(NIGERIA, 2), take_back(EndIntervention)
    )

    scene.when(take_back(GiveFloor)).refused(Reason.TOO_LATE_TO_UNDO)


def test_an_observer_asks_in_its_own_capacity():
    scene = given(*open_floor()).when(ask(NIGERIA, capacity=Capacity.OBSERVER))

    assert scene.state.requests[request(NIGERIA)].capacity is Capacity.OBSERVER
