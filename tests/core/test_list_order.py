"""Who lets whom pass, is moved, reinstated, carried over, or put in another order altogether."""

import pytest

from moderator.core.commands import (
    AcceptOrder,
    BeginSegment,
    LetOnePass,
    MarkNotPresent,
    MoveRequest,
    ReinstateRequest,
    Undo,
)
from moderator.core.events import (
    CommandUndone,
    ListReordered,
    RequestCarriedOver,
    RequestMoved,
    RequestNotPresent,
    RequestReinstated,
    RequestWithdrawn,
)
from moderator.core.rejected import Reason
from moderator.core.terms import DelegationCode, Outcome, Policy, Standing
from moderator.core.units import SECOND
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    ASSISTANT,
    BELARUS,
    BRAZIL,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    accept,
    as_heard,
    ask,
    at,
    begin,
    correct,
    end,
    give,
    given,
    go_on,
    later,
    let_pass,
    minutes,
    move,
    not_present,
    open_floor,
    put_back,
    raise_point,
    reinstate,
    reply,
    request,
    seat,
    speaking,
    start,
    take_back,
    text,
    withdraw,
)

KENYA = DelegationCode("KEN")
N, B, Y, K = (request(code) for code in (NIGERIA, BRAZIL, BELARUS, KENYA))
FOUR = open_floor(None, NIGERIA, BRAZIL, BELARUS, KENYA)

# Let one pass


@pytest.mark.story(31)
def test_a_delegation_lets_one_pass_and_keeps_its_arrival_number():
    scene = given(*FOUR).when(let_pass(N, 0, seat(NIGERIA)))

    scene.then(RequestMoved(at(0), N, 0, 1))
    assert scene.state.waiting == (B, N, Y, K)
    assert scene.state.requests[N].number == 1


def test_a_double_tap_lets_one_pass_and_no_second():
    scene = given(*FOUR, let_pass(N, 0, seat(NIGERIA)))

    scene.when(let_pass(N, 0, seat(NIGERIA, 2))).nothing()


def test_who_has_come_nearer_since_still_lets_one_pass():
    scene = given(*FOUR, withdraw(N)).when(let_pass(Y, 2, seat(BELARUS)))

    scene.then(RequestMoved(at(0), Y, 1, 2))


def test_the_last_of_the_list_has_nobody_to_let_pass():
    given(*FOUR).when(let_pass(K, 3, seat(KENYA))).nothing()


def test_letting_pass_is_the_delegations_own_and_not_taken_back_by_the_bureau():
    scene = given(*FOUR, let_pass(N, 0, seat(NIGERIA)))

    scene.when(take_back(LetOnePass)).refused(Reason.CANNOT_UNDO)


# Moves that meet a list that has changed


def test_a_move_says_why():
    scene = given(*FOUR).when(move(Y, N, reason="ministerial level"))

    scene.then(RequestMoved(at(0), Y, 2, 0, text("ministerial level")))


def test_who_has_joined_stays_behind():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), ask(BELARUS)).when(move(B, N))

    assert scene.state.waiting == (B, N, Y)


@pytest.mark.parametrize("since", [(give(N),), (give(N), end(N)), (give(N), not_present(N))])
def test_a_move_before_who_has_the_floor_by_now_goes_to_the_head(since):
    scene = given(*FOUR, *since).when(move(K, N))

    scene.then(RequestMoved(at(0), K, 2, 0))
    assert scene.state.waiting == (K, B, Y)
    scene.when(move(K, N)).nothing()


@pytest.mark.parametrize("gone", [withdraw(B), not_present(B)])
def test_a_move_before_who_has_left_goes_to_where_that_one_stood(gone):
    scene = given(*FOUR, gone).when(move(K, B))

    assert scene.state.waiting == (N, K, Y)
    scene.when(move(K, B)).nothing()


def test_a_move_before_the_last_that_has_left_ends_at_the_end():
    scene = given(*FOUR, withdraw(K)).when(move(N, K))

    assert scene.state.waiting == (B, Y, N)


def test_requests_are_moved_within_their_own_list():
    scene = given(*speaking(NIGERIA, BRAZIL), reply(BRAZIL, N), reply(BELARUS, N))
    scene.when(move(request(BELARUS, 9), request(BRAZIL, 9)))
    assert scene.state.replies == (request(BELARUS, 9), request(BRAZIL, 9))

    scene.when(take_back(MoveRequest))
    assert scene.state.replies == (request(BRAZIL, 9), request(BELARUS, 9))
    scene.when(raise_point(BRAZIL), move(request(BRAZIL, 8), B)).refused(Reason.NOT_WAITING)


# Reinstated


def test_a_withdrawn_request_is_reinstated_at_the_end_or_before_another():
    scene = given(*FOUR, withdraw(N)).when(reinstate(N))
    scene.then(RequestReinstated(at(0), N, 3, Standing.WITHDRAWN))
    scene.when(reinstate(N)).nothing()

    scene = given(*FOUR, withdraw(N)).when(reinstate(N, Y))
    assert scene.state.waiting == (B, N, Y, K)


def test_before_one_that_has_left_the_list_means_at_the_end():
    scene = given(*FOUR, withdraw(N), withdraw(B)).when(reinstate(N, B))

    assert scene.state.waiting == (Y, K, N)


def test_who_was_called_and_absent_is_reinstated_from_the_list_and_from_the_floor():
    scene = given(*FOUR, not_present(N)).when(reinstate(N, B))
    assert scene.state.waiting[0] == N

    called = given(*FOUR, give(N), later(seconds=20), not_present(N))
    assert public(called.state)["last"]["id"] == N
    called.when(reinstate(N))
    assert called.state.waiting == (B, Y, K, N)
    assert public(called.state)["last"] is None
    assert bureau(called.state)["list"]["entries"][3]["limit"] == 180 * SECOND


def test_a_reinstated_turn_begins_anew_with_its_whole_time():
    scene = given(*FOUR, give(N), later(seconds=20), not_present(N), reinstate(N), give(N))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == 0
    scene.when(end(N))
    assert scene.state.sittings[PANEL_1].ended_turns == (N,)
    assert scene.state.requests[N].standing is Standing.HEARD


def test_a_reinstated_turn_that_was_absent_does_not_continue_but_is_called_again():
    scene = given(*FOUR, give(N), not_present(N), reinstate(N))
    scene.when(go_on(N, minutes(3))).refused(Reason.CANNOT_CONTINUE)
    scene.refusal = None

    scene.when(not_present(N)).then(RequestNotPresent(at(0), N, 3))


def test_a_reinstatement_is_taken_back_as_it_had_left():
    scene = given(*FOUR, withdraw(N), reinstate(N)).when(take_back(ReinstateRequest))
    assert scene.recorded[1:] == (RequestWithdrawn(at(0), N, 3),)

    scene = given(*FOUR, give(N), not_present(N), reinstate(N, Y))
    scene.when(take_back(ReinstateRequest))
    assert scene.recorded[1:] == (RequestNotPresent(at(0), N, 1),)
    assert scene.state.last is not None
    assert scene.state.last.id == N


def test_a_reinstated_request_that_has_been_given_the_floor_stays():
    scene = given(*FOUR, withdraw(N), reinstate(N), give(N))

    scene.when(take_back(ReinstateRequest)).refused(Reason.TOO_LATE_TO_UNDO)


def test_an_absence_is_not_taken_back_once_the_delegation_was_reinstated():
    scene = given(*FOUR, give(N), not_present(N))
    absent = scene.done(MarkNotPresent)

    scene.when(reinstate(N), Undo(ID, CHAIR, absent)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_turn_whose_record_was_corrected_is_not_reinstated():
    right = as_heard(NIGERIA, minutes(1), Outcome.CONCLUDED)
    scene = given(*FOUR, give(N), not_present(N), correct(N, right))

    scene.when(reinstate(N)).refused(Reason.CANNOT_REINSTATE)


def test_the_bureau_is_told_who_can_be_reinstated():
    scene = given(*FOUR, withdraw(N), not_present(B), give(Y), end(Y))
    assert bureau(scene.state)["not_heard"] == [
        {
            "id": which,
            "delegation": code,
            "kind": "statement",
            "capacity": "national",
            "group": None,
            "number": number,
            "standing": standing,
        }
        for which, code, number, standing in (
            (N, NIGERIA, 1, "withdrawn"),
            (B, BRAZIL, 2, "not-present"),
        )
    ]
    assert bureau(scene.when(begin(PANEL_2)).state)["not_heard"] == []


# Another order


def test_the_chair_accepts_an_order_whole():
    scene = given(*FOUR).when(accept(K, Y, B, N))

    scene.then(ListReordered(at(0), PANEL_1, Policy.GROUPS_FIRST, (N, B, Y, K), (K, Y, B, N)))
    assert scene.state.waiting == (K, Y, B, N)
    scene.when(accept(K, Y, B, N)).nothing()


def test_who_has_left_is_passed_over_and_who_has_joined_stays_behind():
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS), withdraw(B), ask(KENYA))

    scene.when(accept(Y, B, N, Y))

    assert scene.state.waiting == (Y, N, K)


def test_an_order_is_taken_back_for_those_who_still_wait():
    scene = given(*open_floor(None, NIGERIA, BRAZIL, BELARUS), accept(Y, B, N))
    scene.when(ask(KENYA), give(B), take_back(AcceptOrder))

    assert scene.recorded == (
        CommandUndone(at(0), scene.done(AcceptOrder).version),
        ListReordered(at(0), PANEL_1, Policy.GROUPS_FIRST, (Y, N, K), (N, Y, K)),
    )


def test_an_order_of_a_list_that_is_over_is_not_taken_back():
    scene = given(*FOUR, accept(K, Y, B, N), begin(PANEL_2))

    scene.when(take_back(AcceptOrder)).refused(Reason.TOO_LATE_TO_UNDO)


# Carried over


def test_who_waits_is_carried_over_in_order_with_new_numbers():
    scene = given(*FOUR, give(N), end(N), move(K, B)).when(begin(PANEL_2, carry_over=True))

    assert scene.recorded[2:] == (
        RequestCarriedOver(at(0), K, PANEL_1, 4, PANEL_2, 1),
        RequestCarriedOver(at(0), B, PANEL_1, 2, PANEL_2, 2),
        RequestCarriedOver(at(0), Y, PANEL_1, 3, PANEL_2, 3),
    )
    assert scene.state.waiting == (K, B, Y)
    assert not scene.state.list_open
    scene.when(ask(NIGERIA, 2, by=CHAIR, segment=PANEL_2))
    assert scene.state.requests[request(NIGERIA, 2)].number == 4


def test_a_carried_over_request_is_given_the_floor_in_the_new_segment():
    scene = given(*FOUR, begin(PANEL_2, carry_over=True)).when(give(N))

    assert scene.state.interventions[N].segment == PANEL_2


def test_a_turn_that_was_put_back_keeps_its_time_when_it_is_carried_over():
    scene = given(*speaking(NIGERIA), start(N), later(1), put_back(N))

    scene.when(begin(PANEL_2, carry_over=True), give(N))

    assert scene.state.interventions[N].clock.remaining_at(at(1)) == minutes(2)


def test_numbers_go_on_in_a_segment_that_is_begun_once_more():
    scene = given(*FOUR, begin(PANEL_2, carry_over=True), begin(PANEL_1, carry_over=True))

    assert [request.number for request in scene.state.listed] == [5, 6, 7, 8]


def test_a_segment_that_is_left_takes_back_who_was_carried_over_and_leaves_no_trace():
    scene = given(*FOUR, begin(PANEL_2, carry_over=True)).when(take_back(BeginSegment))

    assert scene.state.waiting == (N, B, Y, K)
    assert [(one.segment, one.number) for one in scene.state.listed] == [
        (PANEL_1, number) for number in (1, 2, 3, 4)
    ]
    assert PANEL_2 not in scene.state.sittings
    assert scene.state.list_open


@pytest.mark.parametrize(
    "since",
    [
        (give(N),),
        (withdraw(N, by=ASSISTANT),),
        (ask(NIGERIA, 2, by=CHAIR, segment=PANEL_2),),
        (begin(PANEL_1, carry_over=True),),
    ],
)
def test_once_something_has_happened_the_segment_is_not_left(since):
    scene = given(*open_floor(None, NIGERIA, BRAZIL), ask(BELARUS), begin(PANEL_2, carry_over=True))
    if since[0].__class__.__name__ == "RequestFloor":
        scene.when(withdraw(N, by=seat(NIGERIA)))
    begun = scene.done(BeginSegment)

    scene.when(*since, Undo(ID, CHAIR, begun)).refused(Reason.TOO_LATE_TO_UNDO)


def test_who_is_not_carried_over_is_not_reached():
    scene = given(*FOUR).when(begin(PANEL_2))

    assert scene.state.waiting == ()
    assert scene.state.requests[N].standing is Standing.NOT_REACHED
