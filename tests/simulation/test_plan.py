"""What will happen in the discussions of a simulated day."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from moderator.core.terms import Category, Kind, Policy, Ruling, may_ask_for
from moderator.simulation.askings import CLOSING_S, EARLY, LAST_CALL_S, OUTAGE_S, Habit
from moderator.simulation.people import OBSERVERS, STATES, people
from moderator.simulation.plan import Discussion, discussions, members
from moderator.summary.material import PointKind, Stance
from tests.summary.day_of_2012 import document

DOCUMENT = document()
CATEGORIES = {code: about["category"] for code, about in DOCUMENT["delegations"].items()}
SEEDS = st.integers()


def planned(seed: int) -> tuple[Discussion, Discussion]:
    return discussions(DOCUMENT, people(DOCUMENT, seed), seed)


@given(seed=SEEDS)
def test_the_same_seed_makes_the_same_plan(seed: int) -> None:
    assert planned(seed) == planned(seed)


def test_another_seed_makes_another() -> None:
    assert planned(1) != planned(2)


@given(seed=SEEDS)
def test_each_asks_once_in_the_day_and_before_the_list_closes(seed: int) -> None:
    both = planned(seed)
    asking = [one for discussion in both for one in discussion.askings]

    assert max(Counter(one.code for one in asking).values()) == 1
    assert len(asking) >= 45
    for discussion in both:
        after = [one.after for one in discussion.askings]
        assert after == sorted(after)
        assert after[0] > 0
        assert after[-1] < CLOSING_S
    assert LAST_CALL_S < CLOSING_S


@given(seed=SEEDS)
def test_everybody_asks_for_what_it_may(seed: int) -> None:
    for discussion in planned(seed):
        for one in discussion.askings:
            assert may_ask_for(Category(CATEGORIES[one.code]), Kind(one.kind))
            assert (one.to is None) == (one.gist is None) == (one.kind == "statement")
            if one.group is not None:
                assert one.code in members(DOCUMENT)[one.group]
                assert CATEGORIES[one.code] in STATES | OBSERVERS
            assert one.group is not None or not one.also_national
        for point in discussion.points_of_order:
            assert may_ask_for(Category(CATEGORIES[point.code]), Kind.POINT_OF_ORDER)
            assert Ruling(point.ruling)
        assert may_ask_for(Category(CATEGORIES[discussion.named]), Kind.RIGHT_OF_REPLY)


@given(seed=SEEDS)
def test_a_day_has_something_of_everything(seed: int) -> None:
    first, second = planned(seed)

    for discussion in (first, second):
        assert len({one.group for one in discussion.askings} - {None}) >= 2
        assert any(one.also_national for one in discussion.askings)
        assert discussion.points_of_order
        assert discussion.written
        habits = Counter(one.habit for one in discussion.askings)
        assert (habits[Habit.GIVES_WAY], habits[Habit.WITHDRAWS]) == (2, 2)
    habits = Counter(one.habit for one in first.askings)
    assert (habits[Habit.OVERRUNS], habits[Habit.ABSENT]) == (1, 2)
    assert (first.carry_over, second.carry_over) == (True, False)
    assert (first.private is None, second.private is None) == (False, True)


@given(seed=SEEDS)
def test_whoever_needs_more_time_asks_for_itself_and_is_given_it(seed: int) -> None:
    first, _ = planned(seed)
    assert first.private is not None
    (one,) = [one for one in first.askings if one.code == first.private.code]

    assert (one.habit, one.group) == (Habit.SPEAKS, None)
    assert first.private.total > max(first.limits["national"], 180)


@given(seed=SEEDS)
def test_the_chair_asks_for_orders_that_there_are_and_for_no_draw(seed: int) -> None:
    for discussion in planned(seed):
        policies = {Policy(policy) for policy in discussion.policies}
        assert policies == set(Policy) - {Policy.DRAW, Policy.ORDER_OF_REQUEST}


@given(seed=SEEDS)
def test_what_nobody_can_foresee_happens_early(seed: int) -> None:
    for discussion in planned(seed):
        turns = (
            discussion.interpretation_fails,
            discussion.slow_down,
            discussion.note_to_speaker,
            discussion.both_press,
            discussion.naming,
            discussion.corrected.turn,
            *(point.turn for point in discussion.points_of_order),
        )
        assert max(turns) < discussion.round
        for place, one in enumerate(discussion.askings):
            assert place < EARLY or one.habit in (Habit.SPEAKS, Habit.WITHDRAWS)


@given(seed=SEEDS)
def test_phones_without_a_network_are_tapped_in_the_outage(seed: int) -> None:
    first, second = planned(seed)
    begins, ends = OUTAGE_S

    assert not any(one.offline for one in first.askings)
    hit = [one for one in second.askings if one.offline]
    assert all(begins < one.after < ends for one in hit)
    assert all(one.offline for one in second.askings if one.lost)
    assert not any(one.nameplate for one in hit)


@given(seed=SEEDS)
def test_what_is_noted_is_of_the_kinds_that_notes_have(seed: int) -> None:
    for discussion in planned(seed):
        for one in discussion.askings:
            for point in one.points:
                assert PointKind(point.kind)
                assert point.stance is None or Stance(point.stance)
                assert point.text
