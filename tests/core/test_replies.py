"""Rights of reply: a list of their own, at most two, the second shorter, each to a statement."""

import pytest

from moderator.core.commands import CloseDialogue, GiveFloor, ReturnToList, Undo
from moderator.core.events import FloorGiven, FloorRequested, InterventionEnded
from moderator.core.rejected import Reason
from moderator.core.terms import Capacity, Category, Kind, Outcome, Standing, may_ask_for
from moderator.core.units import MINUTE
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    BELARUS,
    BRAZIL,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    as_heard,
    ask,
    at,
    begin,
    close,
    close_list,
    correct,
    end,
    give,
    given,
    later,
    minutes,
    not_present,
    open_floor,
    put_back,
    reinstate,
    reply,
    request,
    seat,
    speaking,
    start,
    take_back,
)

N = request(NIGERIA)
R, R2, R3 = (request(BRAZIL, nth) for nth in (9, 10, 11))
SPOKEN_TOO = (ask(BELARUS), give(request(BELARUS)), end(request(BELARUS)))
SPOKEN = (*speaking(NIGERIA), end(N))


@pytest.mark.story(18)
def test_a_right_of_reply_names_the_statement_and_waits_on_its_own_list():
    scene = given(*SPOKEN, close_list()).when(reply(BRAZIL, N))

    scene.then(
        FloorRequested(
            at=at(0),
            request=R,
            segment=PANEL_1,
            delegation=BRAZIL,
            kind=Kind.RIGHT_OF_REPLY,
            capacity=Capacity.NATIONAL,
            group=None,
            number=1,
            by_bureau=False,
            statement=N,
        )
    )
    assert (scene.state.waiting, scene.state.replies) == ((), (R,))
    assert bureau(scene.state)["replies"][0]["statement"] == N


def test_a_reply_may_be_asked_for_while_the_statement_is_being_made():
    assert given(*speaking(NIGERIA)).when(reply(BRAZIL, N)).state.replies == (R,)


def test_only_a_statement_that_was_heard_is_replied_to():
    absent = given(*speaking(NIGERIA), not_present(N))
    absent.when(reply(BRAZIL, N)).refused(Reason.UNKNOWN_INTERVENTION)

    struck = given(*SPOKEN, correct(N, as_heard(NIGERIA, minutes(1), struck=True)))
    struck.when(reply(BRAZIL, N)).refused(Reason.UNKNOWN_INTERVENTION)

    given(*open_floor(None, NIGERIA)).when(reply(BRAZIL, N)).refused(Reason.UNKNOWN_INTERVENTION)


def test_one_reply_to_each_statement_waits():
    scene = given(*SPOKEN, ask(BELARUS), give(request(BELARUS)), end(request(BELARUS)))
    scene.when(reply(BRAZIL, N), reply(BRAZIL, request(BELARUS), 10))
    assert scene.state.replies == (R, R2)

    scene.when(reply(BRAZIL, N, 11)).refused(Reason.ALREADY_WAITING)


@pytest.mark.story(18)
def test_the_second_reply_is_shorter_and_there_is_no_third():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R), end(R))
    assert scene.state.interventions[R].clock.allowance == 3 * MINUTE

    scene.when(reply(BRAZIL, N, 10), reply(BRAZIL, R, 11))
    assert bureau(scene.state)["replies"][0]["limit"] == 2 * MINUTE
    scene.when(give(R2))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.allowance == 2 * MINUTE

    scene.when(end(R2), give(R3)).refused(Reason.REPLIES_USED)


def test_a_reply_that_was_not_heard_does_not_count():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R), not_present(R), reply(BRAZIL, N, 10))

    scene.when(give(R2))

    assert scene.state.interventions[R2].clock.allowance == 3 * MINUTE


def test_a_reply_that_was_struck_from_the_record_does_not_count():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R), end(R))
    scene.when(correct(R, as_heard(BRAZIL, minutes(1), struck=True)), reply(BRAZIL, N, 10))

    assert bureau(scene.state)["replies"][0]["limit"] == 3 * MINUTE


def test_a_reply_counts_as_no_statement():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R), end(R), ask(BRAZIL))

    entry = public(scene.state)["list"]["first"][0]
    assert (entry["limit"], entry["first"]) == (3 * MINUTE, True)


def test_replies_survive_the_segment_and_are_given_in_the_next_one():
    scene = given(*SPOKEN, reply(BRAZIL, N), begin(PANEL_2))
    assert scene.state.replies == (R,)

    scene.when(give(R))

    (floor_given,) = (event for event in scene.recorded if isinstance(event, FloorGiven))
    assert floor_given.segment == PANEL_2
    assert scene.state.interventions[R].segment == PANEL_2
    assert scene.state.sittings[PANEL_2].ended_turns == ()
    scene.when(start(R), later(4)).then(InterventionEnded(at(3), R, Outcome.TIME_EXPIRED))


def test_replies_are_not_reached_at_the_closing_and_wait_again_when_it_is_undone():
    scene = given(*SPOKEN, reply(BRAZIL, N), reply(BELARUS, N)).when(close())
    assert scene.state.requests[R].standing is Standing.NOT_REACHED

    scene.when(take_back(CloseDialogue))
    assert scene.state.replies == (R, request(BELARUS, 9))


def test_a_reply_is_put_back_at_the_head_of_the_replies():
    scene = given(*SPOKEN, reply(BRAZIL, N), reply(BELARUS, N), give(request(BELARUS, 9)))

    scene.when(put_back(request(BELARUS, 9)))
    assert scene.state.replies == (request(BELARUS, 9), R)
    scene.when(take_back(ReturnToList))
    assert (scene.state.floor_id, scene.state.replies) == (request(BELARUS, 9), (R,))


def test_a_reply_that_was_put_back_is_not_given_again_once_two_were_heard():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R), put_back(R))
    put = scene.done(ReturnToList)
    scene.when(*SPOKEN_TOO, reply(BRAZIL, request(BELARUS), 10), give(R2), end(R2))
    scene.when(reply(BRAZIL, R2, 11), give(R3), end(R3))

    scene.when(Undo(ID, CHAIR, put)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_statement_concludes_for_a_reply_and_the_giving_is_taken_back():
    scene = given(*speaking(NIGERIA), reply(BRAZIL, N), give(R, N))
    assert scene.state.interrupted is None

    scene.when(take_back(GiveFloor))
    assert (scene.state.floor_id, scene.state.replies) == (N, (R,))


def test_an_absent_one_is_reinstated_in_whatever_segment():
    scene = given(*SPOKEN, reply(BRAZIL, N), not_present(R), begin(PANEL_2)).when(reinstate(R))

    assert scene.state.replies == (R,)


def test_who_may_ask_for_which_kind():
    for category in Category:
        state = category in (Category.MEMBER_STATE, Category.OBSERVER_STATE)
        observer = category is Category.OBSERVER_ORGANIZATION
        assert may_ask_for(category, Kind.STATEMENT)
        assert may_ask_for(category, Kind.QUESTION)
        assert may_ask_for(category, Kind.RIGHT_OF_REPLY) == (state or observer)
        assert may_ask_for(category, Kind.POINT_OF_ORDER) == state


def test_a_second_phone_is_told_that_the_reply_has_the_floor():
    scene = given(*SPOKEN, reply(BRAZIL, N), give(R))

    scene.when(reply(BRAZIL, N, 10, by=seat(BRAZIL, 2))).refused(Reason.HAS_THE_FLOOR)
