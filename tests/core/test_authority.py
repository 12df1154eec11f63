"""Who may do what: the cases that the role table leaves to the core's judgement."""

import pytest

from moderator.core.actor import Actor
from moderator.core.rejected import Reason
from moderator.core.terms import Role
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BRAZIL,
    BRUN,
    NIGERIA,
    NOBODY,
    PANEL_2,
    RAPPORTEUR,
    ask,
    begin,
    close,
    end,
    floor_requested,
    give,
    give_to,
    given,
    open_floor,
    panellist,
    request,
    seat,
    speaking,
    speech,
    withdraw,
    yield_floor,
)

FOLLOWER = Actor(Role.FOLLOWER)


@pytest.mark.story(33)
def test_a_delegation_speaks_for_nobody_else():
    given(*open_floor()).when(ask(BRAZIL, by=seat(NIGERIA))).refused(Reason.NOT_YOURS)


def test_a_delegation_withdraws_nobody_elses_request():
    scene = given(*open_floor(None, BRAZIL))

    scene.when(withdraw(request(BRAZIL), by=seat(NIGERIA))).refused(Reason.NOT_YOURS)


def test_a_delegation_is_not_told_whether_a_request_of_others_exists():
    scene = given(*open_floor(None, BRAZIL))

    for which in (request(BRAZIL), NOBODY):
        scene.when(withdraw(which, by=seat(NIGERIA))).refused(Reason.NOT_YOURS)
        scene.refusal = None


def test_only_the_speaker_yields_the_floor():
    scene = given(*speaking(NIGERIA, BRAZIL))

    for somebody in (seat(BRAZIL), panellist(ALVA)):
        scene.when(yield_floor(request(NIGERIA), somebody)).refused(Reason.NOT_YOURS)
        scene.refusal = None


def test_a_panellist_yields_only_a_turn_of_the_programme():
    """Ids of persons and codes of delegations are different names, even when spelt alike."""
    namesake = Actor(Role.PANELLIST, NIGERIA)
    given(*speaking(NIGERIA)).when(yield_floor(request(NIGERIA), namesake)).refused(
        Reason.NOT_YOURS
    )

    delegation = Actor(Role.DELEGATION, ALVA)
    given(*open_floor(), give_to(ALVA)).when(yield_floor(speech(ALVA), delegation)).refused(
        Reason.NOT_YOURS
    )


def test_a_panellist_yields_nobody_elses_floor():
    scene = given(*open_floor(), give_to(ALVA))

    scene.when(yield_floor(speech(ALVA), panellist(BRUN))).refused(Reason.NOT_YOURS)


@pytest.mark.parametrize("role", [Role.DELEGATION, Role.PANELLIST])
def test_a_seat_that_stands_for_nobody_owns_nothing(role):
    nobody = Actor(role)

    given(*open_floor()).when(yield_floor(NOBODY, nobody)).refused(Reason.NOT_YOURS)
    given(*open_floor(), give_to(ALVA)).when(yield_floor(speech(ALVA), nobody)).refused(
        Reason.NOT_YOURS
    )


def test_a_delegation_without_a_code_is_not_told_that_a_request_does_not_exist():
    given(*open_floor()).when(withdraw(NOBODY, by=Actor(Role.DELEGATION))).refused(Reason.NOT_YOURS)


def test_who_may_not_is_refused_before_anything_about_the_dialogue_is_told():
    closed = (*open_floor(None, NIGERIA), close())

    for command in (
        give(NOBODY, holder=NOBODY, by=seat(NIGERIA)),
        begin(PANEL_2, by=ASSISTANT),
        end(NOBODY, by=RAPPORTEUR),
        ask(NIGERIA, by=FOLLOWER),
    ):
        given(*closed).when(command).refused(Reason.NOT_ALLOWED)
        given().when(command).refused(Reason.NOT_ALLOWED)


def test_an_assistant_adds_and_withdraws_for_any_delegation():
    scene = given(*open_floor()).when(ask(NIGERIA, by=ASSISTANT))
    scene.then(floor_requested(scene.now, NIGERIA, number=1, by_bureau=True))

    scene.when(withdraw(request(NIGERIA), by=ASSISTANT))

    assert scene.state.waiting == ()
