"""Proposals of another order: each policy keeps its promise, and nobody is moved without need."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from moderator.core.draw import drawn
from moderator.core.model import Details, Dialogue
from moderator.core.order import (
    Candidate,
    Moved,
    Proposal,
    Why,
    candidates,
    others_since_stakeholder,
    propose,
)
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    GroupCode,
    InterventionId,
    Level,
    Policy,
)
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    G77,
    NIGERIA,
    PANEL_2,
    UNICEF,
    as_heard,
    ask,
    ask_panellist,
    begin,
    correct,
    describe,
    end,
    give,
    give_to,
    given,
    later,
    minutes,
    not_present,
    open_floor,
    open_list,
    put_back,
    raise_point,
    request,
    speech,
)

AFRICAN, ASIAN, EASTERN = "african", "asia-pacific", "eastern-european"
POLICIES = tuple(Policy)
SEED = "9f2c4e81d7a05b3366e0c1f4a8b97d2050e3f1a6c4d8b27f91e05a3c7d6b8e14"
TAKING_PART = tuple(DelegationCode(f"D{place}") for place in range(5))
DRAWN = tuple(lot.code for lot in drawn(SEED, TAKING_PART))


def entry(name: str, number: int = 1, **about: object) -> Candidate:
    return Candidate(InterventionId(name), DelegationCode(name), number, **about)  # type: ignore[arg-type]


def names(proposal: Proposal) -> str:
    return " ".join(proposal.order)


# Each policy


def test_order_of_request_is_that_of_the_arrival_numbers() -> None:
    present = (entry("c", 3), entry("a", 1), entry("b", 2))

    proposal = propose(present, Policy.ORDER_OF_REQUEST)

    assert names(proposal) == "a b c"
    assert proposal.moved == (Moved(InterventionId("c"), 0, 2, Why.ARRIVAL),)


def test_groups_are_heard_first() -> None:
    present = (entry("a"), entry("b", group=G77), entry("c"), entry("d", group=GroupCode("eu")))

    proposal = propose(present, Policy.GROUPS_FIRST)

    assert names(proposal) == "b d a c"
    assert proposal.moved == (
        Moved(InterventionId("b"), 1, 0, Why.FOR_A_GROUP),
        Moved(InterventionId("d"), 3, 1, Why.FOR_A_GROUP),
    )


def test_whoever_gives_way_is_moved_when_that_moves_fewer() -> None:
    present = (entry("a"), entry("b", group=G77), entry("c", group=GroupCode("eu")))

    proposal = propose(present, Policy.GROUPS_FIRST)

    assert proposal.moved == (Moved(InterventionId("a"), 0, 2, Why.AFTER_GROUPS),)


def test_first_time_speakers_go_before_second_statements() -> None:
    present = (
        entry("a", heard_in_segment=True, heard_in_dialogue=True),
        entry("b", heard_in_dialogue=True),
        entry("c"),
        entry("d"),
    )

    proposal = propose(present, Policy.FIRST_TIME_SPEAKERS)

    assert names(proposal) == "c d b a"
    assert [(moved.id, moved.why) for moved in proposal.moved] == [
        ("b", Why.HEARD_IN_THE_DIALOGUE),
        ("a", Why.HEARD_IN_THE_SEGMENT),
    ]


def test_level_is_the_precedence_of_protocol() -> None:
    present = (
        entry("a"),
        entry("b", level=Level.MINISTER),
        entry("c", level=Level.OTHER),
        entry("d", level=Level.HEAD),
    )

    proposal = propose(present, Policy.LEVEL)

    assert names(proposal) == "d b a c"
    assert [(moved.id, moved.why) for moved in proposal.moved] == [
        ("d", Why.HEAD),
        ("b", Why.MINISTER),
    ]
    lifted = propose(
        (entry("a"), entry("b", level=Level.HEAD), entry("c", level=Level.HEAD)), Policy.LEVEL
    )
    assert lifted.moved == (Moved(InterventionId("a"), 0, 2, Why.OTHER_LEVEL),)


def test_regions_take_turns_as_they_stand_on_the_list() -> None:
    present = (
        entry("a", region=ASIAN),
        entry("b", region=ASIAN),
        entry("c"),
        entry("d", region=AFRICAN),
        entry("e", region=AFRICAN),
        entry("f", region=ASIAN),
    )

    proposal = propose(present, Policy.REGIONS_IN_TURN)

    assert names(proposal) == "a c d b e f"
    assert proposal.moved == (Moved(InterventionId("b"), 1, 3, Why.TURN_OF_ITS_REGION),)


def test_those_of_no_region_take_turns_as_if_they_were_one() -> None:
    present = (*(entry(name, region=ASIAN) for name in "abcd"), entry("x"), entry("y"))

    proposal = propose(present, Policy.REGIONS_IN_TURN)

    assert names(proposal) == "a x b y c d"
    assert {moved.why for moved in proposal.moved} == {Why.TURN_OF_NO_REGION}


def test_a_stakeholder_has_a_turn_after_so_many_others() -> None:
    present = (*(entry(name) for name in "abcde"), *(entry(s, stakeholder=True) for s in "xyz"))

    assert names(propose(present, Policy.STAKEHOLDERS_BETWEEN)) == "a b c x d e y z"
    assert names(propose(present, Policy.STAKEHOLDERS_BETWEEN, every=2)) == "a b x c d y e z"
    assert names(propose(present, Policy.STAKEHOLDERS_BETWEEN, every=2, since=1)) == (
        "a x b c y d e z"
    )
    assert names(propose(present, Policy.STAKEHOLDERS_BETWEEN, every=2, since=9)) == (
        "x a b y c d z e"
    )


def test_others_are_put_between_stakeholders() -> None:
    present = (*(entry(s, stakeholder=True) for s in "xyz"), entry("a"), entry("b"))

    proposal = propose(present, Policy.STAKEHOLDERS_BETWEEN, every=1)

    assert names(proposal) == "a x b y z"
    assert [(moved.id, moved.why) for moved in proposal.moved] == [
        ("a", Why.BETWEEN_STAKEHOLDERS),
        ("b", Why.BETWEEN_STAKEHOLDERS),
    ]
    late = propose((*present[:2], entry("a")), Policy.STAKEHOLDERS_BETWEEN, every=1, since=1)
    assert names(late) == "x a y"
    assert [moved.why for moved in late.moved] == [Why.BETWEEN_STAKEHOLDERS]


def test_a_stakeholder_every_other_turn_is_the_most_there_is() -> None:
    with pytest.raises(ValueError, match="one other at least"):
        propose((), Policy.STAKEHOLDERS_BETWEEN, every=0)


def test_a_draw_is_of_those_that_take_part_and_the_others_stay_behind() -> None:
    present = (entry("late", 9), *(entry(code, n) for n, code in enumerate(TAKING_PART)))

    proposal = propose(present, Policy.DRAW, drawn=DRAWN)

    assert list(proposal.order) == [*DRAWN, "late"]
    reasons = {moved.id: moved.why for moved in proposal.moved}
    assert reasons.pop(InterventionId("late")) is Why.AFTER_THE_DRAW
    assert set(reasons.values()) == {Why.DRAWN}


def test_a_delegation_is_drawn_with_the_entry_that_it_made_first() -> None:
    code = TAKING_PART[0]
    present = (
        Candidate(InterventionId("again"), code, 4, group=G77),
        Candidate(InterventionId("first"), code, 2),
        entry("D1", 1),
    )

    order = propose(present, Policy.DRAW, drawn=DRAWN).order

    assert set(order[:2]) == {"first", "D1"}
    assert order[2] == "again"


def test_there_is_no_draw_without_its_seed() -> None:
    with pytest.raises(ValueError, match="no draw yet"):
        propose((), Policy.DRAW)


def test_an_entry_that_passes_as_many_as_pass_it_is_told_so() -> None:
    present = tuple(
        entry(name, number) for name, number in zip("abcde", (4, 5, 3, 1, 2), strict=True)
    )

    proposal = propose(present, Policy.ORDER_OF_REQUEST)

    assert names(proposal) == "d e c a b"
    assert Moved(InterventionId("c"), 2, 2, Why.ARRIVAL) in proposal.moved
    assert len(proposal.moved) == 3


# Whatever waits

ENTRIES = st.lists(
    st.builds(
        dict,
        delegation=st.sampled_from([*TAKING_PART, DelegationCode("late"), DelegationCode("later")]),
        group=st.sampled_from((None, None, G77)),
        region=st.sampled_from((None, AFRICAN, ASIAN, EASTERN)),
        stakeholder=st.booleans(),
        level=st.sampled_from((None, *Level)),
        heard_in_segment=st.booleans(),
        heard_in_dialogue=st.booleans(),
    ),
    max_size=9,
)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Candidate, ...]:
    """A list of speakers, its arrival numbers in any order."""
    rows = draw(ENTRIES)
    numbers = draw(st.permutations(range(1, len(rows) + 1)))
    return tuple(
        Candidate(id=InterventionId(f"r{number}"), number=number, **row)
        for number, row in zip(numbers, rows, strict=True)
    )


EVERY, SINCE = st.integers(1, 4), st.integers(0, 5)


def proposed(
    present: tuple[Candidate, ...], policy: Policy, every: int = 3, since: int = 0
) -> Proposal:
    return propose(present, policy, every=every, since=since, drawn=DRAWN)


def in_order(present: tuple[Candidate, ...], proposal: Proposal) -> tuple[Candidate, ...]:
    by_id = {one.id: one for one in present}
    return tuple(by_id[one] for one in proposal.order)


@for_all(lists(), st.sampled_from(POLICIES), EVERY, SINCE)
def test_it_is_always_the_same_entries(
    present: tuple[Candidate, ...], policy: Policy, every: int, since: int
) -> None:
    order = proposed(present, policy, every, since).order

    assert sorted(order) == sorted(one.id for one in present)


@for_all(lists(), st.sampled_from(POLICIES), EVERY, SINCE)
def test_asked_again_it_changes_nothing(
    present: tuple[Candidate, ...], policy: Policy, every: int, since: int
) -> None:
    accepted = proposed(present, policy, every, since)

    again = proposed(in_order(present, accepted), policy, every, since)

    assert again.order == accepted.order
    assert again.moved == ()


def alike(policy: Policy, one: Candidate, other: Candidate) -> bool:
    """Whether a policy makes no difference between two entries."""
    match policy:
        case Policy.ORDER_OF_REQUEST:
            return False
        case Policy.GROUPS_FIRST:
            return (one.group is None) == (other.group is None)
        case Policy.FIRST_TIME_SPEAKERS:
            return (one.heard_in_segment, one.heard_in_dialogue) == (
                other.heard_in_segment,
                other.heard_in_dialogue,
            )
        case Policy.LEVEL:
            return one.level == other.level or {one.level, other.level} == {None, Level.OTHER}
        case Policy.REGIONS_IN_TURN:
            return one.region == other.region
        case Policy.STAKEHOLDERS_BETWEEN:
            return one.stakeholder == other.stakeholder
        case Policy.DRAW:
            return not {one.delegation, other.delegation} & set(TAKING_PART)


@for_all(lists(), st.sampled_from(POLICIES), EVERY, SINCE)
def test_the_present_order_stays_where_a_policy_makes_no_difference(
    present: tuple[Candidate, ...], policy: Policy, every: int, since: int
) -> None:
    order = proposed(present, policy, every, since).order

    for one, other in combinations(present, 2):
        if alike(policy, one, other):
            assert order.index(one.id) < order.index(other.id)


@for_all(lists())
def test_what_a_policy_puts_first_is_first(present: tuple[Candidate, ...]) -> None:
    by_number = in_order(present, proposed(present, Policy.ORDER_OF_REQUEST))
    groups = in_order(present, proposed(present, Policy.GROUPS_FIRST))
    first_timers = in_order(present, proposed(present, Policy.FIRST_TIME_SPEAKERS))
    levels = in_order(present, proposed(present, Policy.LEVEL))

    for one, following in pairwise(by_number):
        assert one.number < following.number
    for one, following in pairwise(groups):
        assert not (one.group is None and following.group is not None)
    for one, following in pairwise(first_timers):
        assert not (one.heard_in_segment and not following.heard_in_segment)
        if not one.heard_in_segment and not following.heard_in_segment:
            assert one.heard_in_dialogue <= following.heard_in_dialogue
    for one, following in pairwise(levels):
        assert not (one.level is not Level.HEAD and following.level is Level.HEAD)
        assert not (one.level in (Level.OTHER, None) and following.level is Level.MINISTER)


@for_all(lists())
def test_no_region_has_a_second_turn_while_another_waits_for_its_first(
    present: tuple[Candidate, ...],
) -> None:
    order = in_order(present, proposed(present, Policy.REGIONS_IN_TURN))

    for place, one in enumerate(order):
        turns = [before.region for before in order[: place + 1]]
        waiting = {behind.region for behind in order[place + 1 :]}
        for region in waiting - {one.region}:
            assert turns.count(one.region) - turns.count(region) <= 1


@for_all(lists(), EVERY, SINCE)
def test_between_two_stakeholders_there_are_so_many_others_while_both_wait(
    present: tuple[Candidate, ...], every: int, since: int
) -> None:
    order = in_order(present, proposed(present, Policy.STAKEHOLDERS_BETWEEN, every, since))

    passed = since
    for place, one in enumerate(order):
        if one.stakeholder:
            assert passed >= every or all(behind.stakeholder for behind in order[place:])
            passed = 0
        else:
            assert passed < every or not any(behind.stakeholder for behind in order[place:])
            passed += 1


@for_all(lists())
def test_a_draw_is_what_anybody_would_draw(present: tuple[Candidate, ...]) -> None:
    order = in_order(present, proposed(present, Policy.DRAW))

    taking_part = {one.delegation for one in present}
    expected = [code for code in DRAWN if code in taking_part]
    assert [one.delegation for one in order[: len(expected)]] == expected


@for_all(lists(), st.sampled_from(POLICIES), EVERY, SINCE)
def test_nobody_is_moved_without_need(
    present: tuple[Candidate, ...], policy: Policy, every: int, since: int
) -> None:
    proposal = proposed(present, policy, every, since)

    before = [one.id for one in present]
    stay = [one for one in proposal.order if one not in {moved.id for moved in proposal.moved}]
    assert stay == [one for one in before if one in stay]
    for moved in proposal.moved:
        assert before[moved.former] == proposal.order[moved.place] == moved.id
    assert len(stay) == longest_rise([before.index(one) for one in proposal.order])


def longest_rise(places: list[int]) -> int:
    """By trying all: how many can stay."""
    best: list[int] = []
    for place, value in enumerate(places):
        best.append(
            1 + max((b for b, v in zip(best, places[:place], strict=True) if v < value), default=0)
        )
    return max(best, default=0)


# From a dialogue


def who_waits(state: Dialogue) -> list[tuple[str, bool, bool]]:
    return [
        (one.delegation, one.heard_in_segment, one.heard_in_dialogue)
        for one in candidates(state, {})
    ]


def test_an_entry_brings_what_a_policy_looks_at() -> None:
    scene = given(
        *open_floor(None, NIGERIA),
        ask(BRAZIL, group=G77),
        ask(UNICEF, capacity=Capacity.STAKEHOLDER),
        describe(request(NIGERIA), Details(level=Level.MINISTER)),
    )

    found = candidates(scene.state, {NIGERIA: AFRICAN, UNICEF: None})

    assert found == (
        Candidate(request(NIGERIA), NIGERIA, 1, region=AFRICAN, level=Level.MINISTER),
        Candidate(request(BRAZIL), BRAZIL, 2, group=G77),
        Candidate(request(UNICEF), UNICEF, 3, stakeholder=True),
    )


def test_whoever_speaks_or_has_spoken_was_heard_in_the_segment_or_before_it() -> None:
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL, BELARUS),
        give_to(ALVA),
        give(request(NIGERIA), holder=speech(ALVA)),
        begin(PANEL_2, request(NIGERIA)),
        open_list(PANEL_2),
        *(ask(who, 2, segment=PANEL_2) for who in (BRAZIL, NIGERIA, BELARUS)),
        give(request(BRAZIL, 2)),
        ask(BRAZIL, 3, segment=PANEL_2, group=G77),
    )

    assert who_waits(scene.state) == [
        (NIGERIA, False, True),
        (BELARUS, False, False),
        (BRAZIL, False, False),
    ]

    scene.when(end(request(BRAZIL, 2)), ask(BRAZIL, 4, segment=PANEL_2))

    assert who_waits(scene.state)[-2:] == [(BRAZIL, False, False), (BRAZIL, True, True)]


def test_absent_returned_and_struck_turns_were_not_heard() -> None:
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL, BELARUS),
        give(request(NIGERIA)),
        not_present(request(NIGERIA)),
        ask(NIGERIA, 2),
        give(request(BELARUS)),
        put_back(request(BELARUS)),
        give(request(BRAZIL)),
        end(request(BRAZIL)),
        ask(BRAZIL, 2),
    )
    waiting = [(BELARUS, False, False), (NIGERIA, False, False), (BRAZIL, True, True)]
    assert who_waits(scene.state) == waiting

    scene.when(correct(request(BRAZIL), as_heard(BRAZIL, minutes(0), struck=True)))

    assert who_waits(scene.state) == [*waiting[:2], (BRAZIL, False, False)]


def test_points_of_order_are_no_statements_and_questions_are() -> None:
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL),
        raise_point(NIGERIA),
        give(request(NIGERIA, 8)),
        end(request(NIGERIA, 8)),
        ask_panellist(BELARUS, ALVA),
        give(request(BELARUS, 7)),
        end(request(BELARUS, 7)),
        ask(BELARUS),
    )

    assert who_waits(scene.state) == [
        (NIGERIA, False, False),
        (BRAZIL, False, False),
        (BELARUS, True, True),
    ]


def test_others_are_counted_from_the_last_stakeholder_of_the_segment() -> None:
    scene = given(
        *open_floor(None, NIGERIA),
        ask(UNICEF, capacity=Capacity.STAKEHOLDER),
        ask(BRAZIL),
    )
    assert others_since_stakeholder(scene.state) == 0

    scene.when(give_to(ALVA), give(request(NIGERIA), holder=speech(ALVA)))
    assert others_since_stakeholder(scene.state) == 1

    scene.when(later(1), give(request(UNICEF), holder=request(NIGERIA)))
    assert others_since_stakeholder(scene.state) == 0

    scene.when(later(1), give(request(BRAZIL), holder=request(UNICEF)))
    assert others_since_stakeholder(scene.state) == 1

    scene.when(begin(PANEL_2, request(BRAZIL)))
    assert others_since_stakeholder(scene.state) == 0
