"""A turn that goes on after its end, and one that is put back on the list: time is kept."""

from moderator.core.events import (
    ClockStarted,
    InterventionContinued,
    InterventionEnded,
    InterventionReturned,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Enforcement, Outcome, Standing
from moderator.core.units import MINUTE
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    BRUN,
    CO_CHAIR,
    NIGERIA,
    NOBODY,
    PANEL_2,
    allow,
    ask,
    at,
    begin,
    end,
    floor_given,
    floor_given_to,
    give,
    give_to,
    given,
    go_on,
    later,
    minutes,
    open_floor,
    put_back,
    request,
    speaking,
    speech,
    start,
)

# Going on


def test_a_turn_that_expired_goes_on_with_its_time_kept():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(3), later(1))

    scene.when(go_on(request(NIGERIA), minutes(3.5)))

    scene.then(
        InterventionContinued(at(4), request(NIGERIA), minutes(3.5)),
        ClockStarted(at(4), request(NIGERIA)),
    )
    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == minutes(3)
    assert scene.state.floor.outcome is None
    assert scene.state.floor.ended_at is None
    assert scene.state.requests[request(NIGERIA)].standing is Standing.HAS_FLOOR
    scene.when(later(1)).then(InterventionEnded(at(4, 30), request(NIGERIA), Outcome.TIME_EXPIRED))


def test_a_panellist_goes_on_too():
    scene = given(*open_floor(), give_to(ALVA), end(speech(ALVA)))

    scene.when(go_on(speech(ALVA), minutes(8)))

    scene.then(
        InterventionContinued(at(0), speech(ALVA), minutes(8)),
        ClockStarted(at(0), speech(ALVA)),
    )


def test_a_turn_that_goes_on_is_not_continued_again():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)), go_on(request(NIGERIA), minutes(4)))

    scene.when(go_on(request(NIGERIA), minutes(4), by=CO_CHAIR)).nothing()


def test_only_the_turn_that_ended_last_goes_on():
    both_spoke = (*speaking(NIGERIA, BRAZIL), give(request(BRAZIL), holder=request(NIGERIA)))

    while_held = given(*both_spoke)
    while_held.when(go_on(request(NIGERIA), minutes(4))).refused(Reason.FLOOR_CHANGED)
    older = given(*both_spoke, end(request(BRAZIL)))
    older.when(go_on(request(NIGERIA), minutes(4))).refused(Reason.CANNOT_CONTINUE)
    given(*open_floor()).when(go_on(NOBODY, minutes(4))).refused(Reason.CANNOT_CONTINUE)
    begun = given(*both_spoke, begin(PANEL_2, holder=request(BRAZIL)))
    begun.when(go_on(request(BRAZIL), minutes(4))).refused(Reason.CANNOT_CONTINUE)


def test_a_turn_that_was_put_back_ends_no_turn_so_the_one_before_it_is_still_the_last():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        give(request(BRAZIL), request(NIGERIA)),
        put_back(request(BRAZIL)),
    )

    assert scene.state.last is not None
    assert scene.state.last.id == request(NIGERIA)


def test_a_turn_goes_on_only_with_more_time_than_was_spoken():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(3))

    scene.when(go_on(request(NIGERIA), minutes(3))).refused(Reason.LESS_THAN_USED)


# Back to the list


def test_a_turn_that_is_put_back_stands_first_and_keeps_its_time():
    scene = given(*speaking(NIGERIA, BRAZIL), start(request(NIGERIA)), later(1))

    scene.when(put_back(request(NIGERIA)))

    scene.then(InterventionReturned(at(1), request(NIGERIA), 0))
    assert scene.state.waiting == (request(NIGERIA), request(BRAZIL))
    assert scene.state.floor is None
    scene.when(later(1), give(request(NIGERIA))).then(floor_given(at(2), NIGERIA))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.remaining_at(at(2)) == minutes(2)


def test_a_turn_that_is_put_back_keeps_the_time_that_the_chair_had_granted():
    scene = given(
        *speaking(NIGERIA), allow(request(NIGERIA), minutes(5)), put_back(request(NIGERIA))
    )

    scene.when(give(request(NIGERIA))).then(floor_given(at(0), NIGERIA, allowance=minutes(5)))


def test_a_panellist_whose_turn_was_taken_back_gets_the_same_turn_again():
    scene = given(*open_floor(), give_to(ALVA), start(speech(ALVA)), later(1))

    scene.when(put_back(speech(ALVA))).then(InterventionReturned(at(1), speech(ALVA), None))
    scene.when(give_to(ALVA, 2)).then(floor_given_to(at(1), ALVA))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == MINUTE


def test_a_panellist_keeps_the_time_that_the_chair_had_granted():
    scene = given(*open_floor(), give_to(ALVA), allow(speech(ALVA), minutes(9)))

    scene.when(put_back(speech(ALVA)), give_to(ALVA, 2))

    scene.then(floor_given_to(at(0), ALVA, allowance=minutes(9)))


def test_another_panellist_does_not_get_the_turn_that_was_taken_back():
    scene = given(*open_floor(), give_to(ALVA), put_back(speech(ALVA)))

    scene.when(give_to(BRUN)).then(floor_given_to(at(0), BRUN))


def test_a_turn_on_the_list_is_not_put_back_again():
    scene = given(*speaking(NIGERIA), put_back(request(NIGERIA)))

    scene.when(put_back(request(NIGERIA), by=CO_CHAIR)).nothing()


def test_a_turn_without_time_left_is_not_put_back():
    rules = Rules(enforcement=Enforcement.FIRM)
    scene = given(*open_floor(rules, NIGERIA), give(request(NIGERIA)), start(request(NIGERIA)))

    scene.when(later(3), put_back(request(NIGERIA))).refused(Reason.NOTHING_LEFT)


def test_a_turn_is_put_back_only_by_who_saw_it_at_the_floor():
    scene = given(*speaking(NIGERIA, BRAZIL, BELARUS), give(request(BRAZIL), request(NIGERIA)))

    scene.when(put_back(request(NIGERIA))).refused(Reason.FLOOR_CHANGED)


def test_a_turn_that_goes_on_may_be_put_back_and_given_again():
    scene = given(
        *speaking(NIGERIA),
        start(request(NIGERIA)),
        later(3),
        go_on(request(NIGERIA), minutes(4)),
        later(seconds=30),
        put_back(request(NIGERIA)),
        ask(BRAZIL),
        give(request(NIGERIA)),
    )

    assert scene.state.floor is not None
    assert scene.state.floor.clock.used == minutes(3.5)
    assert scene.state.floor.clock.allowance == minutes(4)
