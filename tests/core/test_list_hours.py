"""A list closes at an announced time, is hidden and shown, and has a draw."""

import hashlib

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseList,
    HideList,
    OpenList,
    RevealDraw,
    ShowList,
    Undo,
)
from moderator.core.due import next_due
from moderator.core.events import (
    CommandUndone,
    DrawRevealed,
    DrawWithdrawn,
    InterventionEnded,
    ListClosed,
    ListClosingSet,
    ListHidden,
    ListOpened,
    ListShown,
)
from moderator.core.model import Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Outcome
from moderator.core.units import SECOND, Duration
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    BELARUS,
    BRAZIL,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    ask,
    at,
    begin,
    close_list,
    give,
    given,
    hide_list,
    later,
    open_dialogue,
    open_floor,
    open_list,
    request,
    reveal,
    seat,
    show_list,
    speaking,
    start,
    suspend,
    take_back,
    withdraw,
)

SEED, OTHER_SEED = "00ff", "11ee"
HASH, OTHER_HASH = (hashlib.sha256(seed.encode()).hexdigest() for seed in (SEED, OTHER_SEED))
CLOSES_AT_FIVE = (*open_floor(), close_list(when=at(5)))
BEGUN = (open_dialogue(), begin(PANEL_1))

# Closing at a time


def test_the_chair_sets_the_time_at_which_the_list_closes():
    scene = given(*open_floor()).when(close_list(when=at(5)))

    scene.then(ListClosingSet(at(0), PANEL_1, at(5), None))
    assert public(scene.state)["list"]["closes_at"] == at(5)
    assert scene.state.list_open
    assert next_due(scene.state) == at(5)
    scene.when(close_list(when=at(5))).nothing()


def test_at_that_time_the_list_closes_by_itself_whenever_that_is_noticed():
    scene = given(*CLOSES_AT_FIVE).when(later(9))

    scene.then(ListClosed(at(5), PANEL_1))
    assert public(scene.state)["list"]["closes_at"] is None
    scene.when(ask(NIGERIA)).refused(Reason.LIST_CLOSED)


def test_it_closes_though_the_meeting_is_suspended():
    given(*CLOSES_AT_FIVE, suspend()).when(later(9)).then(ListClosed(at(5), PANEL_1))


def test_what_is_due_first_is_recorded_first():
    scene = given(*speaking(NIGERIA), start(request(NIGERIA)), close_list(when=at(2)))

    scene.when(later(9)).then(
        ListClosed(at(2), PANEL_1),
        InterventionEnded(at(3), request(NIGERIA), Outcome.TIME_EXPIRED),
    )


def test_the_time_is_changed_or_taken_away():
    scene = given(*CLOSES_AT_FIVE).when(close_list(when=at(8)))
    scene.then(ListClosingSet(at(0), PANEL_1, at(8), at(5)))

    scene.when(open_list()).then(ListClosingSet(at(0), PANEL_1, None, at(8)))
    scene.when(later(60)).nothing()


def test_the_list_is_closed_before_its_time():
    given(*CLOSES_AT_FIVE).when(close_list()).then(ListClosed(at(0), PANEL_1))


def test_a_time_that_has_passed_means_now():
    scene = given(*open_floor(), later(5))

    scene.when(close_list(when=at(4))).then(ListClosed(at(5), PANEL_1))
    scene.when(close_list(when=at(4))).nothing()


def test_a_closed_list_is_given_no_time_to_close():
    given(*BEGUN).when(close_list(when=at(5))).refused(Reason.LIST_CLOSED)


def test_a_list_that_is_opened_again_has_no_end():
    scene = given(*CLOSES_AT_FIVE, later(5), open_list())

    scene.when(later(60)).nothing()


def test_a_time_that_was_set_is_taken_back_to_the_former_one():
    scene = given(*CLOSES_AT_FIVE, close_list(when=at(8))).when(take_back(CloseList))
    assert scene.state.closes_at == at(5)

    scene = given(*CLOSES_AT_FIVE).when(take_back(CloseList))
    assert scene.state.closes_at is None

    scene = given(*CLOSES_AT_FIVE, open_list()).when(take_back(OpenList))
    assert scene.state.closes_at == at(5)


@pytest.mark.parametrize(
    "since", [(close_list(when=at(9)),), (close_list(),), (begin(PANEL_2),), (later(6),)]
)
def test_a_time_that_something_followed_is_not_taken_back(since):
    scene = given(*CLOSES_AT_FIVE)
    set_it = scene.done(CloseList)

    scene.when(*since, Undo(ID, CHAIR, set_it)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_former_time_that_has_passed_is_not_set_again():
    scene = given(*CLOSES_AT_FIVE, close_list(when=at(8)), later(6))

    scene.when(take_back(CloseList)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_closing_before_its_time_is_taken_back_with_the_time():
    scene = given(*CLOSES_AT_FIVE, close_list()).when(later(1), take_back(CloseList))

    scene.then(
        CommandUndone(at(1), scene.done(CloseList).version),
        ListOpened(at(1), PANEL_1),
        ListClosingSet(at(1), PANEL_1, at(5), None),
    )
    closed = given(*CLOSES_AT_FIVE, close_list()).when(later(6), take_back(CloseList))
    assert closed.state.closes_at is None


# Hidden


def test_the_public_sees_of_a_hidden_list_only_that_it_is_hidden_and_how_long_it_is():
    scene = given(*open_floor(None, NIGERIA, BRAZIL)).when(hide_list())

    scene.then(ListHidden(at(0), PANEL_1))
    shown = public(scene.state)["list"]
    assert (shown["hidden"], shown["length"]) == (True, 2)
    assert (shown["first"], shown["order"]) == ([], [])
    assert len(bureau(scene.state)["list"]["entries"]) == 2
    scene.when(hide_list()).nothing()


def test_a_hidden_list_is_shown_again_and_the_next_segment_begins_with_one_that_is_shown():
    scene = given(*open_floor(None, NIGERIA), hide_list()).when(show_list())
    scene.then(ListShown(at(0), PANEL_1))
    scene.when(show_list()).nothing()

    scene.when(hide_list(), begin(PANEL_2))
    assert not scene.state.hidden
    scene.when(take_back(BeginSegment))
    assert scene.state.hidden


def test_hiding_and_showing_are_taken_back_unless_that_was_done_already():
    scene = given(*open_floor(), hide_list()).when(take_back(HideList))
    scene.then(CommandUndone(at(0), scene.done(HideList).version), ListShown(at(0), PANEL_1))

    scene.when(hide_list(), show_list(), take_back(ShowList))
    assert scene.state.hidden
    scene.when(take_back(HideList), take_back(ShowList))
    assert not scene.state.hidden

    for steps, kind in (
        ((hide_list(), show_list()), HideList),
        ((hide_list(), show_list(), hide_list()), ShowList),
        ((hide_list(), begin(PANEL_2)), HideList),
    ):
        again = given(*open_floor(), *steps)
        again.when(take_back(kind)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_segment_whose_list_was_hidden_is_not_left():
    scene = given(*open_floor(), begin(PANEL_2), hide_list(PANEL_2))

    scene.when(take_back(BeginSegment)).refused(Reason.TOO_LATE_TO_UNDO)


# The draw


def test_opening_the_list_publishes_the_hash_of_the_seed():
    scene = given(*BEGUN).when(open_list(draw=HASH))

    scene.then(ListOpened(at(0), PANEL_1, HASH))
    assert public(scene.state)["list"]["draw"] == {
        "sha256": HASH,
        "window_ends": at(1),
        "seed": None,
        "codes": None,
    }


def test_the_window_is_that_of_the_rules_when_the_list_opened():
    rules = Rules(draw_window=Duration(20 * SECOND))
    scene = given(open_dialogue(rules), begin(PANEL_1), open_list(draw=HASH))

    assert scene.state.draw is not None
    assert scene.state.draw.window_ends == at(0, 20)


def test_the_seed_is_revealed_with_the_sorted_codes_of_those_who_asked_in_the_window():
    scene = given(
        *(*BEGUN, open_list(draw=HASH), ask(NIGERIA), ask(BELARUS), later(1), ask(BRAZIL)),
        *(withdraw(request(BELARUS)), later(seconds=1), ask(BELARUS, 2)),
    )

    scene.when(reveal(SEED))

    scene.then(DrawRevealed(at(1, 1), PANEL_1, SEED, (BRAZIL, NIGERIA)))
    drawn = public(scene.state)["list"]["draw"]
    assert (drawn["seed"], drawn["codes"]) == (SEED, [BRAZIL, NIGERIA])
    scene.when(reveal(SEED)).nothing()
    scene.when(reveal(OTHER_SEED)).refused(Reason.WRONG_SEED)


def test_who_has_spoken_since_took_part_and_a_hidden_list_tells_no_codes():
    scene = given(*BEGUN, open_list(draw=HASH), ask(NIGERIA), give(request(NIGERIA)), hide_list())

    scene.when(later(2), reveal(SEED))

    assert scene.state.draw is not None
    assert scene.state.draw.codes == (NIGERIA,)
    assert public(scene.state)["list"]["draw"]["codes"] is None


def test_a_list_that_opens_again_keeps_its_seed_until_that_is_revealed():
    scene = given(*BEGUN, open_list(draw=HASH), close_list()).when(open_list(draw=OTHER_HASH))
    scene.then(ListOpened(at(0), PANEL_1, HASH))

    scene.when(later(1), reveal(SEED), close_list(), open_list(draw=OTHER_HASH))

    scene.then(ListOpened(at(1), PANEL_1, OTHER_HASH))
    assert scene.state.draw is not None
    assert (scene.state.draw.seed, scene.state.draw.since) == (None, at(1))


def test_an_opening_that_is_taken_back_takes_its_draw_away_and_the_former_one_stands():
    scene = given(*BEGUN, open_list(draw=HASH)).when(take_back(OpenList))
    scene.then(
        CommandUndone(at(0), scene.done(OpenList).version),
        ListClosed(at(0), PANEL_1),
        DrawWithdrawn(at(0), PANEL_1),
    )
    assert scene.state.draw is None

    scene.when(open_list(draw=OTHER_HASH), later(1), reveal(OTHER_SEED), close_list())
    scene.when(open_list(draw=HASH), take_back(OpenList))
    assert scene.state.draw is not None
    assert scene.state.draw.seed == OTHER_SEED


def test_a_second_opening_with_the_same_draw_is_taken_back_without_it():
    scene = given(*BEGUN, open_list(draw=HASH), close_list(), later(1), open_list(draw=OTHER_HASH))

    scene.when(take_back(OpenList))

    assert scene.recorded[1:] == (ListClosed(at(1), PANEL_1),)
    scene.when(take_back(CloseList))
    assert scene.state.draw is not None
    assert scene.state.draw.sha256 == HASH


def test_an_opening_whose_draw_was_revealed_is_not_taken_back_nor_the_revealing():
    scene = given(*BEGUN, open_list(draw=HASH), later(1), reveal(SEED))

    opened = scene.done(OpenList)
    scene.when(take_back(RevealDraw)).refused(Reason.CANNOT_UNDO)
    scene.refusal = None
    scene.when(Undo(ID, CHAIR, opened)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_draw_is_told_to_a_phone_that_asks_late_as_to_any_other():
    scene = given(*BEGUN, open_list(draw=HASH), later(2), ask(NIGERIA, by=seat(NIGERIA, 2)))

    scene.when(reveal(SEED)).then(DrawRevealed(at(2), PANEL_1, SEED, ()))
