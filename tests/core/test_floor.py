"""The floor: at most one has it; it is given, yielded, taken back and given once more."""

import pytest

from moderator.core.events import (
    AllowanceSet,
    ClockStarted,
    ClockStopped,
    InterventionEnded,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Outcome, PersonId, Standing
from moderator.core.units import MINUTE, SECOND, Duration
from tests.core.dialogues import (
    ALVA,
    BRAZIL,
    CO_CHAIR,
    NIGERIA,
    NOBODY,
    OPENING,
    allow,
    at,
    begin,
    end,
    floor_given,
    floor_given_to,
    give,
    give_to,
    given,
    later,
    minutes,
    not_present,
    open_dialogue,
    open_floor,
    panellist,
    put_back,
    request,
    seat,
    speaking,
    speech,
    start,
    stop,
    take_floor_from,
    withdraw,
    yield_floor,
)

# Giving


def test_the_floor_is_given_to_a_request_wherever_it_stands():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), later(2)).when(give(request(BRAZIL)))

    scene.then(floor_given(at(2), BRAZIL, place=1))
    assert scene.state.waiting == (request(NIGERIA),)
    assert scene.state.requests[request(BRAZIL)].standing is Standing.HAS_FLOOR
    assert scene.state.floor_id == request(BRAZIL)


@pytest.mark.story(6)
def test_giving_the_floor_to_the_next_concludes_who_has_it():
    scene = given(*speaking(NIGERIA, BRAZIL), later(1))

    scene.when(give(request(BRAZIL), holder=request(NIGERIA)))

    scene.then(
        InterventionEnded(at(1), request(NIGERIA), Outcome.CONCLUDED),
        floor_given(at(1), BRAZIL),
    )
    assert scene.state.requests[request(NIGERIA)].standing is Standing.HEARD


@pytest.mark.story(14)
def test_two_chairs_pressing_next_give_the_floor_once():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), give(request(NIGERIA)))

    scene.when(give(request(NIGERIA), by=CO_CHAIR)).nothing()


def test_two_chairs_giving_the_floor_to_two_delegations_do_not_act_past_each_other():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), give(request(NIGERIA)))

    scene.when(give(request(BRAZIL), by=CO_CHAIR)).refused(Reason.FLOOR_CHANGED)
    assert scene.state.waiting == (request(BRAZIL),)


def test_a_stale_holder_gives_nobody_the_floor_even_after_the_turn_has_ended():
    scene = given(*speaking(NIGERIA, BRAZIL), end(request(NIGERIA)))

    scene.when(give(request(BRAZIL), holder=request(NIGERIA))).refused(Reason.FLOOR_CHANGED)


def test_only_a_waiting_request_is_given_the_floor():
    withdrawn = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA)))
    withdrawn.when(give(request(NIGERIA))).refused(Reason.NOT_WAITING)
    given(*open_floor()).when(give(NOBODY)).refused(Reason.UNKNOWN_REQUEST)


def test_nobody_is_given_the_floor_outside_a_segment():
    given(open_dialogue()).when(give(request(NIGERIA))).refused(Reason.NO_SEGMENT)
    given(open_dialogue()).when(give_to(ALVA)).refused(Reason.NO_SEGMENT)


def test_the_floor_is_given_to_a_speaker_of_the_programme():
    scene = given(*open_floor()).when(give_to(ALVA)).then(floor_given_to(at(0), ALVA))

    assert scene.state.floor_id == speech(ALVA)


def test_the_programme_lets_a_delegation_finish_only_by_its_holder():
    scene = given(*speaking(NIGERIA))

    scene.when(give_to(ALVA)).refused(Reason.FLOOR_CHANGED)
    scene.refusal = None
    scene.when(give_to(ALVA, holder=request(NIGERIA))).then(
        InterventionEnded(at(0), request(NIGERIA), Outcome.CONCLUDED),
        floor_given_to(at(0), ALVA),
    )


def test_a_person_who_has_the_floor_is_not_given_it_again():
    given(*open_floor(), give_to(ALVA)).when(give_to(ALVA, 2, by=CO_CHAIR)).nothing()


def test_only_speakers_of_the_present_segment_are_given_the_floor():
    given(*open_floor()).when(give_to(PersonId("guest"))).refused(Reason.NOT_IN_PROGRAMME)
    given(open_dialogue(), begin(OPENING)).when(give_to(ALVA)).refused(Reason.NOT_IN_PROGRAMME)


# Starting


def test_the_clock_starts_at_once_where_the_rules_say_so():
    rules = Rules(start_after=Duration(0))
    scene = given(*open_floor(rules, NIGERIA)).when(give(request(NIGERIA)))

    scene.then(
        floor_given(at(0), NIGERIA, starts_after=Duration(0)),
        ClockStarted(at(0), request(NIGERIA)),
    )


def test_the_clock_starts_only_by_hand_where_the_rules_say_so():
    scene = given(*open_floor(Rules(start_after=None), NIGERIA)).when(give(request(NIGERIA)))

    scene.then(floor_given(at(0), NIGERIA, starts_after=None))
    scene.when(later(60)).nothing()
    scene.when(start(request(NIGERIA))).then(ClockStarted(at(60), request(NIGERIA)))


def test_the_chair_starts_the_clock_before_it_starts_by_itself():
    scene = given(*speaking(NIGERIA), later(seconds=2)).when(start(request(NIGERIA)))

    scene.then(ClockStarted(at(0, 2), request(NIGERIA)))
    scene.when(later(seconds=4)).nothing()


def test_a_running_clock_is_not_started_again():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1))

    scene.when(start(request(NIGERIA), by=CO_CHAIR)).nothing()


@pytest.mark.story(8)
def test_the_clock_is_stopped_and_started_without_losing_a_millisecond():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1))

    scene.when(stop(request(NIGERIA))).then(ClockStopped(at(1), request(NIGERIA)))
    scene.when(later(10), start(request(NIGERIA))).then(ClockStarted(at(11), request(NIGERIA)))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.remaining_at(at(11)) == minutes(2)


def test_a_stopped_clock_is_not_stopped_again():
    scene = given(*speaking(NIGERIA), stop(request(NIGERIA)))

    scene.when(stop(request(NIGERIA), by=CO_CHAIR)).nothing()


def test_a_clock_that_was_stopped_before_it_started_does_not_start_by_itself():
    scene = given(*speaking(NIGERIA)).when(stop(request(NIGERIA)))

    scene.then(ClockStopped(at(0), request(NIGERIA)))
    scene.when(later(60)).nothing()


def test_clock_and_turn_are_touched_only_for_the_holder_that_the_chair_saw():
    scene = given(*speaking(NIGERIA, BRAZIL))

    for command in (
        start(request(BRAZIL)),
        stop(request(BRAZIL)),
        allow(request(BRAZIL), minutes(4)),
        end(request(BRAZIL)),
    ):
        scene.when(command).refused(Reason.FLOOR_CHANGED)
        scene.refusal = None


def test_nobody_has_a_clock_while_nobody_has_the_floor():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)))

    for command in (
        start(request(NIGERIA)),
        stop(request(NIGERIA)),
        allow(request(NIGERIA), minutes(4)),
        put_back(request(NIGERIA)),
    ):
        scene.when(command).refused(Reason.FLOOR_CHANGED)
        scene.refusal = None


# Speaking time


@pytest.mark.story(8)
def test_the_chair_sets_the_whole_speaking_time():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1))

    scene.when(allow(request(NIGERIA), minutes(4)))

    scene.then(AllowanceSet(at(1), request(NIGERIA), minutes(3), minutes(4)))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.remaining_at(at(1)) == minutes(3)


def test_two_chairs_adding_half_a_minute_add_it_once():
    scene = given(*speaking(NIGERIA), allow(request(NIGERIA), minutes(3.5)))

    scene.when(allow(request(NIGERIA), minutes(3.5), by=CO_CHAIR)).nothing()


def test_the_speaking_time_is_never_cut_below_what_was_spoken():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1))

    scene.when(allow(request(NIGERIA), minutes(1))).refused(Reason.LESS_THAN_USED)
    scene.refusal = None
    just_more = Duration(MINUTE + 1)
    scene.when(allow(request(NIGERIA), just_more)).then(
        AllowanceSet(at(1), request(NIGERIA), minutes(3), just_more)
    )


# Ending


def test_the_chair_ends_the_turn():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), later(1)).when(end(request(NIGERIA)))

    scene.then(InterventionEnded(at(1), request(NIGERIA), Outcome.CONCLUDED))
    assert scene.state.last is not None
    assert scene.state.last.clock.used == MINUTE
    assert scene.state.last.ended_at == at(1)
    assert scene.state.last.clock.running_since is None


def test_the_chair_takes_the_floor_back():
    scene = given(*speaking(NIGERIA)).when(take_floor_from(request(NIGERIA)))

    scene.then(InterventionEnded(at(0), request(NIGERIA), Outcome.WITHDRAWN_BY_CHAIR))
    assert scene.state.requests[request(NIGERIA)].standing is Standing.HEARD


def test_a_turn_ends_once_however_it_ended():
    given(*speaking(NIGERIA), take_floor_from(request(NIGERIA))).when(
        end(request(NIGERIA))
    ).nothing()
    expired = given(*speaking(NIGERIA), later(5)).when(end(request(NIGERIA), by=CO_CHAIR))
    expired.nothing()


def test_the_speaker_yields_the_floor():
    scene = given(*speaking(NIGERIA)).when(yield_floor(request(NIGERIA), seat(NIGERIA, 2)))

    scene.then(InterventionEnded(at(0), request(NIGERIA), Outcome.CONCLUDED))


def test_a_panellist_yields_the_floor():
    scene = given(*open_floor(), give_to(ALVA)).when(yield_floor(speech(ALVA), panellist(ALVA)))

    scene.then(InterventionEnded(at(0), speech(ALVA), Outcome.CONCLUDED))


def test_the_floor_is_yielded_once_and_not_by_who_had_it_before():
    ended = given(*speaking(NIGERIA), end(request(NIGERIA)))
    ended.when(yield_floor(request(NIGERIA), seat(NIGERIA))).nothing()

    returned = given(*speaking(NIGERIA), put_back(request(NIGERIA)))
    returned.when(yield_floor(request(NIGERIA), seat(NIGERIA))).refused(Reason.FLOOR_CHANGED)


# How a turn ended tells where its request is


@pytest.mark.parametrize(
    ("ending", "outcome", "standing"),
    [
        (end(request(NIGERIA)), Outcome.CONCLUDED, Standing.HEARD),
        (take_floor_from(request(NIGERIA)), Outcome.WITHDRAWN_BY_CHAIR, Standing.HEARD),
        (later(4), Outcome.TIME_EXPIRED, Standing.HEARD),
        (not_present(request(NIGERIA)), Outcome.NOT_PRESENT, Standing.NOT_PRESENT),
    ],
)
def test_each_end_has_its_outcome_and_leaves_the_request_in_one_place(ending, outcome, standing):
    scene = given(*speaking(NIGERIA), later(seconds=10)).when(ending)

    assert scene.state.interventions[request(NIGERIA)].outcome is outcome
    assert scene.state.requests[request(NIGERIA)].standing is standing
    assert scene.state.waiting == ()
    assert scene.state.floor is None


def test_used_time_counts_from_the_start_of_the_clock_and_not_from_the_giving():
    scene = given(*speaking(NIGERIA), later(seconds=15), end(request(NIGERIA)))

    assert scene.state.last is not None
    assert scene.state.last.clock.used == 10 * SECOND
