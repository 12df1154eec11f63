"""Gavel to gavel: opening, suspending, resuming and closing a dialogue."""

from moderator.core.events import (
    ClockStopped,
    DialogueClosed,
    DialogueOpened,
    DialogueResumed,
    DialogueSuspended,
    InterventionEnded,
    ListClosed,
    RequestNotReached,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Outcome, Phase, Standing
from moderator.core.units import MINUTE, Duration
from tests.core.dialogues import (
    BRAZIL,
    CO_CHAIR,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    allow,
    ask,
    at,
    begin,
    close,
    close_list,
    end,
    give,
    given,
    go_on,
    later,
    move,
    open_dialogue,
    open_floor,
    open_list,
    programme,
    put_back,
    request,
    resume,
    seat,
    speaking,
    start,
    stop,
    suspend,
    take_gavel,
    withdraw,
)


def test_the_first_gavel_fixes_rules_and_programme_in_the_log():
    given().when(open_dialogue()).then(DialogueOpened(at(0), programme(Rules())))


def test_a_dialogue_is_opened_once():
    given(open_dialogue()).when(open_dialogue(by=CO_CHAIR)).nothing()


def test_a_suspended_dialogue_is_not_opened_again():
    scene = given(open_dialogue(), suspend()).when(open_dialogue()).nothing()

    assert scene.state.phase is Phase.SUSPENDED


def test_a_closed_dialogue_is_not_opened_again():
    given(open_dialogue(), close()).when(open_dialogue()).refused(Reason.DIALOGUE_CLOSED)


def test_nothing_but_the_gavel_can_be_had_before_the_opening():
    for command in (begin(PANEL_1), open_list(), ask(NIGERIA), suspend(), resume(), close()):
        given().when(command).refused(Reason.NOT_OPEN)


def test_suspending_with_nobody_at_the_floor_stops_no_clock():
    given(open_dialogue()).when(suspend()).then(DialogueSuspended(at(0)))


def test_suspending_stops_a_running_clock_first():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1))

    scene.when(suspend()).then(ClockStopped(at(1), request(NIGERIA)), DialogueSuspended(at(1)))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == MINUTE


def test_suspending_keeps_a_clock_from_starting_by_itself():
    scene = given(*speaking(NIGERIA), later(seconds=4)).when(suspend())

    scene.then(ClockStopped(at(0, 4), request(NIGERIA)), DialogueSuspended(at(0, 4)))
    scene.when(later(60)).nothing()


def test_suspending_leaves_a_stopped_clock_alone():
    scene = given(*speaking(NIGERIA), stop(request(NIGERIA)))

    scene.when(suspend()).then(DialogueSuspended(at(0)))


def test_a_dialogue_is_suspended_once():
    given(open_dialogue(), suspend()).when(suspend(by=CO_CHAIR)).nothing()


def test_resuming_leaves_the_clock_as_it_was_stopped():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1), suspend(), later(90))

    scene.when(resume()).then(DialogueResumed(at(91)))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.running_since is None
    assert scene.state.floor.clock.remaining_at(at(95)) == 2 * MINUTE
    scene.when(later(60)).nothing()


def test_an_open_dialogue_needs_no_resuming():
    given(open_dialogue()).when(resume()).nothing()


def test_a_suspended_dialogue_gives_nobody_the_floor_and_takes_no_requests():
    suspended = (*speaking(NIGERIA, BRAZIL), later(1), suspend())

    for command in (
        ask(NIGERIA, 2),
        give(request(BRAZIL), holder=request(NIGERIA)),
        start(request(NIGERIA)),
        begin(PANEL_2, holder=request(NIGERIA)),
    ):
        given(*suspended).when(command).refused(Reason.SUSPENDED)
    given(*suspended, end(request(NIGERIA))).when(
        go_on(request(NIGERIA), Duration(4 * MINUTE))
    ).refused(Reason.SUSPENDED)
    given(*suspended, close_list()).when(open_list()).refused(Reason.SUSPENDED)


def test_a_suspended_dialogue_still_lets_the_list_and_the_turn_be_tidied():
    suspended = (*speaking(NIGERIA, BRAZIL), suspend())

    for command in (
        withdraw(request(BRAZIL), by=seat(BRAZIL)),
        close_list(),
        end(request(NIGERIA)),
        put_back(request(NIGERIA)),
        allow(request(NIGERIA), Duration(4 * MINUTE)),
    ):
        assert given(*suspended).when(command).recorded


def test_closing_ends_the_turn_closes_the_list_and_keeps_who_was_not_reached():
    scene = given(*speaking(NIGERIA, BRAZIL), later(1)).when(close(holder=request(NIGERIA)))

    scene.then(
        InterventionEnded(at(1), request(NIGERIA), Outcome.CONCLUDED),
        ListClosed(at(1), PANEL_1),
        RequestNotReached(at(1), request(BRAZIL), 0),
        DialogueClosed(at(1)),
    )
    assert scene.state.requests[request(BRAZIL)].standing is Standing.NOT_REACHED
    assert scene.state.sittings[PANEL_1].ended_at == at(1)


def test_who_waits_goes_from_the_end_of_the_list_so_that_the_places_can_be_given_back():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), close_list()).when(close())

    scene.then(
        RequestNotReached(at(0), request(BRAZIL), 1),
        RequestNotReached(at(0), request(NIGERIA), 0),
        DialogueClosed(at(0)),
    )


def test_a_dialogue_can_be_closed_before_any_segment_and_while_suspended():
    given(open_dialogue(), suspend(), later(60)).when(close()).then(DialogueClosed(at(60)))


def test_closing_needs_the_holder_that_the_chair_saw():
    given(*speaking(NIGERIA)).when(close()).refused(Reason.FLOOR_CHANGED)


def test_a_dialogue_is_closed_once_whatever_the_second_chair_saw():
    scene = given(*speaking(NIGERIA), close(holder=request(NIGERIA)))

    scene.when(close(holder=request(NIGERIA), by=CO_CHAIR)).nothing()


def test_after_the_last_gavel_everything_is_refused():
    closed = given(*open_floor(None, NIGERIA), close())

    for command in (
        begin(PANEL_2),
        open_list(),
        close_list(),
        ask(BRAZIL),
        withdraw(request(NIGERIA)),
        move(request(NIGERIA), None),
        give(request(NIGERIA)),
        suspend(),
        resume(),
        take_gavel(),
    ):
        closed.when(command).refused(Reason.DIALOGUE_CLOSED)
        closed.refusal = None
