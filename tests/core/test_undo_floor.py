"""Undo at the floor: who had it has it again, and time already spoken is never erased."""

import pytest

from moderator.core.commands import (
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    ReturnToList,
    SetAllowance,
    Undo,
)
from moderator.core.events import (
    AllowanceSet,
    CommandUndone,
    InterventionContinued,
    InterventionReturned,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Enforcement
from moderator.core.units import MINUTE, Duration
from tests.core.dialogues import (
    ALVA,
    BRAZIL,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_2,
    Scene,
    allow,
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
    move,
    not_present,
    open_floor,
    put_back,
    request,
    seat,
    speaking,
    speech,
    start,
    take_back,
    take_floor_from,
    withdraw,
)


def undone(scene: Scene, kind) -> CommandUndone:
    """The mark that the latest command of a kind is taken back now."""
    return CommandUndone(scene.now, scene.done(kind).version)


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


def test_an_overrun_turn_that_was_given_by_mistake_goes_back_with_what_it_used():
    rules = Rules(enforcement=Enforcement.FIRM, start_after=Duration(0))
    scene = given(*open_floor(rules, NIGERIA), give(request(NIGERIA)), later(4))

    scene.when(take_back(GiveFloor))

    assert scene.state.waiting == (request(NIGERIA),)
    assert scene.state.interventions[request(NIGERIA)].clock.used == minutes(4)


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
