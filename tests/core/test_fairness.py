"""The balance of who was heard, and what it hints at."""

from hypothesis import given as for_all
from hypothesis import strategies as st

from moderator.core.fairness import (
    KINDS,
    OFTEN,
    Balance,
    Fairness,
    Hint,
    HintReason,
    KindOfVoice,
    Present,
    Row,
    fairness,
)
from moderator.core.terms import Category, DelegationCode, capacity_of
from moderator.core.units import SECOND, Duration
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    G77,
    HOLY_SEE,
    NIGERIA,
    PANEL_2,
    UNICEF,
    Scene,
    ask,
    begin,
    end,
    give,
    give_to,
    given,
    later,
    move,
    open_floor,
    open_list,
    request,
    start,
)

KENYA, FRANCE, NGO = DelegationCode("KEN"), DelegationCode("FRA"), DelegationCode("W1")
PRESENT = {
    NIGERIA: Present("AFR", Category.MEMBER_STATE),
    KENYA: Present("AFR", Category.MEMBER_STATE),
    BRAZIL: Present("GRULAC", Category.MEMBER_STATE),
    BELARUS: Present("EEG", Category.MEMBER_STATE),
    HOLY_SEE: Present(None, Category.OBSERVER_STATE),
    UNICEF: Present(None, Category.UN_ENTITY),
    NGO: Present(None, Category.NGO),
}


def seen(scene: Scene) -> Fairness:
    return fairness(scene.state, PRESENT)


def row(balance: Balance, key: str) -> Row:
    return next(row for row in (*balance.regions, *balance.kinds) if row.key == key)


def speak(who: DelegationCode, nth: int = 1, seconds: int = 60) -> tuple:
    turn = request(who, nth)
    return give(turn), start(turn), later(0, seconds), end(turn)


def heard(*who: DelegationCode, waiting: tuple[DelegationCode, ...] = ()) -> Scene:
    scene = given(*open_floor(None, *dict.fromkeys(who)))
    said: list[DelegationCode] = []
    for one in who:
        nth = said.count(one) + 1
        if nth > 1:
            scene.when(ask(one, nth))
        scene.when(*speak(one, nth))
        said.append(one)
    for one in waiting:
        capacity = capacity_of(PRESENT[one].category, None)
        assert capacity is not None
        scene.when(ask(one, said.count(one) + 1, capacity=capacity))
    return scene


def test_every_category_is_some_kind_of_voice() -> None:
    assert set(KINDS) == set(Category)
    assert set(KINDS.values()) == set(KindOfVoice) - {KindOfVoice.GROUPS}


def test_before_anybody_was_heard_only_who_is_there_is_known() -> None:
    found = seen(given())

    assert found.hints == ()
    assert found.segment == found.dialogue
    assert (found.segment.turns, found.segment.used, found.segment.first_time) == (0, 0, 0)
    assert row(found.segment, "AFR") == Row("AFR", 2, 0, 0, 0, Duration(0), 500, 0, 0)
    assert [one.key for one in found.segment.regions] == ["AFR", "EEG", "GRULAC"]
    assert [one.key for one in found.segment.kinds] == list(KindOfVoice)
    assert row(found.segment, "states").of_present == 571  # four of seven
    assert fairness(given().state, {}).segment.regions == ()


def test_turns_and_time_stand_beside_who_is_there() -> None:
    scene = given(*open_floor(None, NIGERIA, BRAZIL, KENYA), ask(HOLY_SEE))
    scene.when(*speak(NIGERIA, seconds=60), *speak(BRAZIL, seconds=120))
    scene.when(ask(NIGERIA, 2), *speak(NIGERIA, 2, seconds=60), ask(NIGERIA, 3))

    segment = seen(scene).segment

    assert (segment.turns, segment.used, segment.first_time) == (3, 240 * SECOND, 2)
    assert row(segment, "AFR") == Row(
        "AFR", present=2, waiting=2, heard=1, turns=2, used=Duration(120 * SECOND),
        of_present=500, of_turns=667, of_used=500,
    )  # fmt: skip
    assert row(segment, "GRULAC").of_turns == 333
    assert row(segment, "states").heard == 2
    assert row(segment, "observers").waiting == 1


def test_the_present_turn_counts_up_to_the_last_event_and_persons_do_not() -> None:
    scene = given(*open_floor(None, NIGERIA), give_to(ALVA), later(2))
    scene.when(give(request(NIGERIA), holder=scene.state.floor_id), later(1), ask(BRAZIL))

    segment = seen(scene).segment

    assert (segment.turns, segment.used) == (1, 55 * SECOND)
    assert row(segment, "AFR").used == 55 * SECOND


def test_a_statement_for_a_group_is_the_groups_and_no_regions() -> None:
    scene = given(*open_floor(), ask(BRAZIL, group=G77), *speak(BRAZIL), ask(NIGERIA, group=G77))

    found = seen(scene).segment

    assert row(found, "GRULAC").turns == 0
    assert row(found, "AFR").waiting == 0
    groups = row(found, "groups")
    assert (groups.present, groups.waiting, groups.heard, groups.turns) == (0, 1, 1, 1)
    assert groups.of_turns == 1_000
    assert found.first_time == 1


def test_whoever_is_listed_no_more_is_counted_in_the_totals_alone() -> None:
    found = seen(heard(FRANCE)).segment

    assert (found.turns, found.used) == (1, 60 * SECOND)
    assert sum(one.turns for one in (*found.regions, *found.kinds)) == 0


def test_a_segment_has_a_balance_of_its_own() -> None:
    scene = heard(NIGERIA, BRAZIL).when(begin(PANEL_2), open_list(PANEL_2))
    scene.when(ask(NIGERIA, 5, segment=PANEL_2), ask(KENYA, segment=PANEL_2))
    scene.when(*speak(NIGERIA, 5), *speak(KENYA))

    found = seen(scene)

    assert (found.segment.turns, found.dialogue.turns) == (2, 4)
    assert (found.segment.first_time, found.dialogue.first_time) == (1, 3)
    assert row(found.dialogue, "AFR").heard == 2


# Hints


def hints(scene: Scene) -> list[HintReason]:
    return [hint.reason for hint in seen(scene).hints]


def test_a_region_that_waits_unheard_while_another_was_heard_often_is_pointed_at() -> None:
    scene = heard(NIGERIA, KENYA, NIGERIA, waiting=(BRAZIL, BELARUS))

    assert seen(scene).hints == (
        Hint(HintReason.REGION_NOT_HEARD, (request(BELARUS),), "EEG", "AFR", 3),
        Hint(HintReason.REGION_NOT_HEARD, (request(BRAZIL),), "GRULAC", "AFR", 3),
    )
    assert hints(heard(NIGERIA, KENYA, waiting=(BRAZIL,))) == []
    assert hints(heard(NIGERIA, KENYA, NIGERIA, BRAZIL, waiting=(BRAZIL,))) == []
    assert OFTEN == 3


def test_a_group_is_no_region_that_waits() -> None:
    scene = heard(NIGERIA, KENYA, NIGERIA).when(ask(BRAZIL, group=G77))

    assert hints(scene) == []


def test_stakeholders_that_wait_while_none_was_heard_are_pointed_at() -> None:
    scene = heard(HOLY_SEE, HOLY_SEE, HOLY_SEE, waiting=(NGO, UNICEF))

    assert seen(scene).hints == (
        Hint(HintReason.STAKEHOLDERS_NOT_HEARD, (request(NGO), request(UNICEF)), count=3),
    )
    assert hints(heard(HOLY_SEE, HOLY_SEE, waiting=(NGO,))) == []
    assert hints(heard(HOLY_SEE, HOLY_SEE, UNICEF, waiting=(NGO,))) == []


def test_a_first_statement_behind_a_second_is_pointed_at() -> None:
    scene = heard(NIGERIA, waiting=(BRAZIL, NIGERIA, KENYA, BELARUS))

    assert seen(scene).hints == (
        Hint(HintReason.FIRST_TIME_BEHIND_SECOND, (request(KENYA), request(BELARUS)), count=1),
    )

    scene.when(move(request(NIGERIA, 2), None))
    assert hints(scene) == []


# Whoever was heard


@for_all(
    st.lists(st.sampled_from(tuple(PRESENT)), max_size=10),
    st.lists(st.sampled_from(tuple(PRESENT)), max_size=6, unique=True),
)
def test_the_rows_add_up_and_hints_are_about_who_waits(
    spoken: list[DelegationCode], waiting: list[DelegationCode]
) -> None:
    scene = heard(*spoken, waiting=tuple(waiting))
    before = scene.state
    found = fairness(before, PRESENT)

    for balance in (found.segment, found.dialogue):
        assert sum(one.turns for one in balance.kinds) == balance.turns == len(spoken)
        assert sum(one.used for one in balance.kinds) == balance.used
        assert sum(one.present for one in balance.kinds) == len(PRESENT)
        assert balance.first_time == len(set(spoken)) == sum(one.heard for one in balance.kinds)
        for rows in (balance.regions, balance.kinds):
            for total in (sum(one.of_turns for one in rows), sum(one.of_used for one in rows)):
                assert total == 0 or abs(total - 1_000) <= len(rows)
    for hint in found.hints:
        assert hint.requests
        assert set(hint.requests) <= set(before.waiting)
