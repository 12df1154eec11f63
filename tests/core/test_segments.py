"""The parts of the programme: each begins when the former ends, and has its own list."""

import pytest

from moderator.core.events import (
    InterventionEnded,
    ListClosed,
    RequestNotReached,
    SegmentBegun,
)
from moderator.core.rejected import Reason
from moderator.core.terms import Outcome, SegmentId, Standing
from tests.core.dialogues import (
    BRAZIL,
    BRUN,
    CO_CHAIR,
    NIGERIA,
    OPENING,
    PANEL_1,
    PANEL_2,
    ask,
    at,
    begin,
    end,
    give,
    given,
    later,
    open_dialogue,
    open_floor,
    open_list,
    request,
    speaking,
)


def test_the_first_segment_follows_none_and_its_list_starts_closed():
    scene = given(open_dialogue()).when(begin(OPENING)).then(SegmentBegun(at(0), OPENING, None))

    assert scene.state.sittings[OPENING].begun_at == at(0)
    assert not scene.state.list_open


def test_beginning_a_segment_ends_the_former_with_its_turn_and_its_list():
    scene = given(*speaking(NIGERIA, BRAZIL), later(1)).when(begin(PANEL_2, request(NIGERIA)))

    scene.then(
        InterventionEnded(at(1), request(NIGERIA), Outcome.CONCLUDED),
        ListClosed(at(1), PANEL_1),
        RequestNotReached(at(1), request(BRAZIL), 0),
        SegmentBegun(at(1), PANEL_2, PANEL_1),
    )
    assert scene.state.sittings[PANEL_1].ended_at == at(1)
    assert not scene.state.sittings[PANEL_1].list_open
    assert scene.state.requests[request(BRAZIL)].standing is Standing.NOT_REACHED
    assert scene.state.last is None


def test_a_segment_that_goes_on_is_not_begun_again():
    given(*speaking(NIGERIA)).when(begin(PANEL_1)).nothing()


def test_a_segment_that_the_programme_does_not_have_is_unknown():
    given(open_dialogue()).when(begin(SegmentId("panel-9"))).refused(Reason.UNKNOWN_SEGMENT)


def test_a_segment_does_not_begin_past_a_holder_whom_the_chair_did_not_see():
    given(*speaking(NIGERIA)).when(begin(PANEL_2)).refused(Reason.FLOOR_CHANGED)


def test_two_chairs_begin_the_next_segment_once():
    scene = given(*open_floor(), begin(PANEL_2))

    scene.when(begin(PANEL_2, by=CO_CHAIR)).nothing()


def test_a_segment_that_is_begun_once_more_goes_on_with_its_numbers_and_a_closed_list():
    scene = given(
        *open_floor(None, NIGERIA), later(1), begin(PANEL_2), later(1), begin(PANEL_1), open_list()
    )

    scene.when(ask(NIGERIA, 2))

    assert scene.state.requests[request(NIGERIA, 2)].number == 2
    assert scene.state.sittings[PANEL_1].begun_at == at(0)
    assert scene.state.sittings[PANEL_1].ended_at is None


def test_a_segment_that_is_begun_once_more_shows_no_turn_of_before():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)), begin(PANEL_2))

    scene.when(begin(PANEL_1))

    assert scene.state.last is None


def test_a_dialogue_knows_the_segments_of_its_programme_and_no_other():
    state = given(open_dialogue()).state

    assert state.segment_of(PANEL_2).speakers == (BRUN,)
    with pytest.raises(KeyError):
        state.segment_of(SegmentId("panel-9"))


def test_each_segment_numbers_its_own_requests():
    scene = given(*open_floor(None, NIGERIA), begin(PANEL_2), open_list(PANEL_2))

    scene.when(ask(NIGERIA, 2, segment=PANEL_2))

    assert scene.state.requests[request(NIGERIA, 2)].number == 1


def test_who_was_not_reached_is_not_given_the_floor_in_the_next_segment():
    scene = given(*open_floor(None, NIGERIA), begin(PANEL_2))

    scene.when(give(request(NIGERIA))).refused(Reason.NOT_WAITING)
