"""The gavel and the actors: who presides, and how the log writes down who did something."""

import pytest

from moderator.core.actor import Actor
from moderator.core.events import GavelTaken
from moderator.core.rejected import Reason
from moderator.core.terms import Role
from tests.core.dialogues import (
    ASSISTANT,
    CHAIR,
    CO_CHAIR,
    NIGERIA,
    SECRETARY,
    at,
    begin,
    close,
    give,
    given,
    later,
    open_dialogue,
    open_floor,
    request,
    suspend,
    take_gavel,
)


def test_a_chair_takes_the_gavel_before_the_opening_already():
    scene = given().when(take_gavel()).then(GavelTaken(at(0), "chair/mexico"))

    assert scene.state.gavel == "chair/mexico"


@pytest.mark.story(3)
def test_the_gavel_passes_from_one_chair_to_the_other_and_to_the_secretary():
    scene = given(open_dialogue(), take_gavel())

    scene.when(later(1), take_gavel(by=CO_CHAIR)).then(GavelTaken(at(1), "chair/norway"))
    scene.when(suspend(), take_gavel(by=SECRETARY)).then(GavelTaken(at(1), "secretary/okoye"))


def test_who_presides_already_takes_nothing_whatever_the_device():
    other_device = Actor(Role.CHAIR, CHAIR.subject, "telephone")

    given(open_dialogue(), take_gavel()).when(take_gavel(by=other_device)).nothing()


def test_the_gavel_gates_nothing():
    scene = given(*open_floor(None, NIGERIA), take_gavel(by=CO_CHAIR))

    scene.when(give(request(NIGERIA), by=CHAIR), begin("opening", request(NIGERIA), SECRETARY))

    assert scene.refusal is None


def test_the_gavel_of_a_closed_dialogue_stays_where_it_lies():
    given(open_dialogue(), close()).when(take_gavel()).refused(Reason.DIALOGUE_CLOSED)


def test_an_assistant_does_not_preside():
    given(open_dialogue()).when(take_gavel(by=ASSISTANT)).refused(Reason.NOT_ALLOWED)


@pytest.mark.parametrize(
    ("actor", "text"),
    [
        (CHAIR, "chair/mexico/tablet-1"),
        (Actor(Role.DELEGATION, "NGA"), "delegation/NGA/"),
        (Actor(Role.DISPLAY), "display//"),
    ],
)
def test_an_actor_is_read_from_the_log_as_it_was_written(actor, text):
    assert str(actor) == text
    assert Actor.parse(text) == actor


@pytest.mark.parametrize("text", ["", "chair", "chair/mexico", "king/x/y", "chair/a/b/c"])
def test_what_is_no_actor_is_not_taken_for_one(text):
    with pytest.raises(ValueError, match=r"."):
        Actor.parse(text)
