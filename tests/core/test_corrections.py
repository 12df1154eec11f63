"""Corrections of the record: new events, and the original stays as it was."""

import pytest

from moderator.core.events import InterventionCorrected
from moderator.core.limits import have_spoken
from moderator.core.terms import Capacity, Outcome
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.core.view import bureau
from tests.core.dialogues import (
    ALVA,
    BRAZIL,
    CHAIR,
    G77,
    NIGERIA,
    PANEL_1,
    Scene,
    as_heard,
    ask,
    at,
    begin,
    close,
    correct,
    end,
    give,
    give_to,
    given,
    go_on,
    later,
    open_dialogue,
    request,
    speaking,
    speech,
    start,
    text,
)

N = request(NIGERIA)
TWO_MINUTES = Duration(2 * MINUTE)


def nigeria_spoke() -> Scene:
    return given(*speaking(NIGERIA), start(N), later(2), end(N))


@pytest.mark.story(19)
def test_a_correction_is_an_event_of_its_own_and_the_turn_stays_as_it_was():
    scene = nigeria_spoke()
    turn = scene.state.interventions[N]
    right = as_heard(BRAZIL, Duration(110 * SECOND), group=G77)

    scene.when(later(1), correct(N, right))

    scene.then(InterventionCorrected(at(3), N, right, text("why")))
    assert scene.state.interventions[N] == turn
    read = scene.state.as_recorded(turn)
    assert read is not None
    assert (read.delegation, read.group, read.capacity) == (BRAZIL, G77, Capacity.GROUP)
    assert read.clock.used == 110 * SECOND


def test_the_same_correction_again_records_nothing_and_the_last_one_counts():
    scene = nigeria_spoke().when(correct(N, as_heard(BRAZIL, TWO_MINUTES)))

    scene.when(correct(N, as_heard(BRAZIL, TWO_MINUTES), by=CHAIR)).nothing()
    scene.when(correct(N, as_heard(NIGERIA, TWO_MINUTES)))

    assert [turn.delegation for turn in scene.state.recorded] == [NIGERIA]


def test_the_record_is_corrected_after_the_closing_too():
    scene = nigeria_spoke().when(close(), later(60))
    right = as_heard(NIGERIA, TWO_MINUTES, Outcome.WITHDRAWN_BY_CHAIR)

    scene.when(correct(N, right)).then(InterventionCorrected(at(62), N, right, text("why")))


def test_who_did_not_speak_after_all_is_held_to_no_shorter_limit():
    scene = nigeria_spoke()
    assert have_spoken(scene.state) == {NIGERIA}

    scene.when(correct(N, as_heard(BRAZIL, TWO_MINUTES)))

    assert have_spoken(scene.state) == {BRAZIL}
    assert bureau(scene.state)["heard"] == {BRAZIL: 1}


def test_a_turn_that_is_struck_did_not_take_place():
    scene = nigeria_spoke().when(correct(N, as_heard(NIGERIA, TWO_MINUTES, struck=True)))

    assert have_spoken(scene.state) == frozenset()
    assert list(scene.state.recorded) == []
    scene.when(ask(NIGERIA, 2), give(request(NIGERIA, 2)))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.allowance == 3 * MINUTE


def test_a_speaker_of_the_programme_whose_turn_is_struck_presents_at_full_length():
    scene = given(open_dialogue(), begin(PANEL_1), give_to(ALVA), end(speech(ALVA)))

    scene.when(correct(speech(ALVA), as_heard(None, Duration(0), struck=True)))

    scene.when(give_to(ALVA, 2))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.allowance == 7 * MINUTE


def test_a_turn_that_goes_on_after_it_was_corrected_is_read_as_it_goes():
    scene = nigeria_spoke().when(correct(N, as_heard(BRAZIL, TWO_MINUTES)))

    scene.when(go_on(N, Duration(4 * MINUTE)))

    assert scene.state.floor is not None
    assert scene.state.as_recorded(scene.state.floor) == scene.state.floor
