"""Which limit applies to whom."""

import pytest

from moderator.core.limits import allowance
from moderator.core.model import Limits, Rules
from moderator.core.terms import Capacity, Category, GroupCode, capacity_of
from moderator.core.units import MINUTE, SECOND, Duration
from tests.core.dialogues import (
    ALVA,
    BRUN,
    CHAIR,
    G77,
    NIGERIA,
    PANEL_2,
    allow,
    ask,
    begin,
    end,
    give,
    give_to,
    given,
    not_present,
    open_floor,
    open_list,
    put_back,
    request,
    speaking,
    speech,
    take_floor_from,
    withdraw,
)

LIMITS = Limits(
    national=Duration(180 * SECOND),
    group=Duration(300 * SECOND),
    observer=Duration(170 * SECOND),
    stakeholder=Duration(160 * SECOND),
    panellist=Duration(420 * SECOND),
    again=Duration(120 * SECOND),
    reply=Duration(110 * SECOND),
)


def granted(scene) -> Duration:
    """The speaking time of whoever has the floor."""
    assert scene.state.floor is not None
    return scene.state.floor.clock.allowance


@pytest.mark.parametrize(
    ("capacity", "first", "again"),
    [
        (Capacity.NATIONAL, 180, 120),
        (Capacity.GROUP, 300, 300),
        (Capacity.OBSERVER, 170, 120),
        (Capacity.STAKEHOLDER, 160, 120),
    ],
)
def test_the_capacity_chooses_the_limit(capacity, first, again):
    assert allowance(LIMITS, capacity, has_spoken=False) == first * SECOND
    assert allowance(LIMITS, capacity, has_spoken=True) == again * SECOND


def test_a_second_turn_is_never_longer_than_the_first():
    short = Limits(national=Duration(60 * SECOND), again=Duration(120 * SECOND))

    assert allowance(short, Capacity.NATIONAL, has_spoken=True) == 60 * SECOND


def test_the_limits_of_the_field_are_the_defaults():
    assert Limits() == Limits(
        national=Duration(3 * MINUTE),
        group=Duration(5 * MINUTE),
        observer=Duration(3 * MINUTE),
        stakeholder=Duration(3 * MINUTE),
        panellist=Duration(7 * MINUTE),
        again=Duration(2 * MINUTE),
        reply=Duration(2 * MINUTE),
    )
    assert Rules().warning == 30 * SECOND


@pytest.mark.parametrize("ending", [end, take_floor_from])
def test_a_delegation_that_has_spoken_gets_the_shorter_limit(ending):
    scene = given(
        *open_floor(Rules(LIMITS), NIGERIA),
        give(request(NIGERIA)),
        ending(request(NIGERIA)),
        ask(NIGERIA, 2),
    )

    assert granted(scene.when(give(request(NIGERIA, 2)))) == LIMITS.again


def test_a_delegation_that_was_absent_gets_the_whole_limit():
    scene = given(*speaking(NIGERIA), not_present(request(NIGERIA)), ask(NIGERIA, 2))

    assert granted(scene.when(give(request(NIGERIA, 2)))) == 3 * MINUTE


def test_having_spoken_for_a_group_does_not_shorten_a_statement_for_oneself():
    scene = given(
        *open_floor(),
        ask(NIGERIA, group=G77),
        ask(NIGERIA, 2),
        give(request(NIGERIA)),
        end(request(NIGERIA)),
    )

    assert granted(scene.when(give(request(NIGERIA, 2)))) == 3 * MINUTE


def test_having_spoken_for_oneself_does_not_shorten_a_statement_for_a_group():
    scene = given(
        *speaking(NIGERIA), ask(NIGERIA, 2, group=G77), give(request(NIGERIA, 2), request(NIGERIA))
    )

    assert granted(scene) == 5 * MINUTE


def test_each_segment_counts_its_own_turns():
    scene = given(
        *speaking(NIGERIA),
        begin(PANEL_2, request(NIGERIA)),
        open_list(PANEL_2),
        ask(NIGERIA, 2, segment=PANEL_2),
    )

    assert granted(scene.when(give(request(NIGERIA, 2)))) == 3 * MINUTE


def test_a_turn_that_was_put_back_is_no_second_one():
    scene = given(*speaking(NIGERIA), put_back(request(NIGERIA)))

    assert granted(scene.when(give(request(NIGERIA)))) == 3 * MINUTE


def test_a_turn_that_was_put_back_and_withdrawn_does_not_count_as_heard():
    scene = given(
        *speaking(NIGERIA),
        put_back(request(NIGERIA)),
        withdraw(request(NIGERIA)),
        ask(NIGERIA, 2),
    )

    assert granted(scene.when(give(request(NIGERIA, 2)))) == 3 * MINUTE


def test_who_speaks_in_another_capacity_now_has_spoken_too():
    scene = given(
        *open_floor(Rules(LIMITS), NIGERIA),
        ask(NIGERIA, 2, by=CHAIR, capacity=Capacity.OBSERVER),
        give(request(NIGERIA)),
    )

    scene.when(give(request(NIGERIA, 2), holder=request(NIGERIA)))

    assert granted(scene) == LIMITS.again


def test_a_panellist_presents_first_and_replies_afterwards():
    scene = given(*open_floor(), give_to(ALVA))
    assert granted(scene) == 7 * MINUTE

    scene.when(end(speech(ALVA)), give_to(ALVA, 2))
    assert granted(scene) == 2 * MINUTE

    scene.when(end(speech(ALVA, 2)), give_to(ALVA, 3))
    assert granted(scene) == 2 * MINUTE


def test_a_panellist_who_was_absent_still_presents():
    scene = given(*open_floor(), give_to(ALVA), not_present(speech(ALVA)), give_to(ALVA, 2))

    assert granted(scene) == 7 * MINUTE


def test_another_panellist_and_another_segment_present_anew():
    scene = given(*open_floor(), give_to(ALVA), give_to(BRUN, holder=speech(ALVA)))
    assert granted(scene) == 7 * MINUTE

    scene.when(begin(PANEL_2, speech(BRUN)), give_to(BRUN, 2))
    assert granted(scene) == 7 * MINUTE


def test_a_limit_that_the_chair_set_is_of_that_turn_alone():
    scene = given(
        *speaking(NIGERIA),
        allow(request(NIGERIA), Duration(9 * MINUTE)),
        end(request(NIGERIA)),
        ask(NIGERIA, 2),
    )

    assert granted(scene.when(give(request(NIGERIA, 2)))) == 2 * MINUTE


@pytest.mark.parametrize(
    ("category", "own", "for_group"),
    [
        (Category.MEMBER_STATE, Capacity.NATIONAL, Capacity.GROUP),
        (Category.OBSERVER_STATE, Capacity.OBSERVER, Capacity.GROUP),
        (Category.OBSERVER_ORGANIZATION, Capacity.OBSERVER, Capacity.GROUP),
        (Category.UN_ENTITY, Capacity.STAKEHOLDER, None),
        (Category.INTERGOVERNMENTAL, Capacity.STAKEHOLDER, None),
        (Category.NGO, Capacity.STAKEHOLDER, None),
        (Category.PRIVATE_SECTOR, Capacity.STAKEHOLDER, None),
        (Category.ACADEMIA, Capacity.STAKEHOLDER, None),
    ],
)
def test_the_category_chooses_the_capacity(category, own, for_group):
    assert capacity_of(category, None) is own
    assert capacity_of(category, GroupCode("g77")) is for_group
