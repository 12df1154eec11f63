"""How many voices: the declared table, and who is counted as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.core.terms import Category, DelegationCode, GroupCode, InterventionId
from moderator.summary.quantifiers import (
    Amount,
    Said,
    VoiceKind,
    amount,
    evidence,
    phrases,
    voices,
    voices_in_all,
)

NAMES = {
    code: f"Name of {code}" for code in ("BR", "DZ", "EG", "MX", "VA", "EU", "NGO", "MANPOWER")
}
GROUPS = {"G77": "Group of 77 and China", "EU": "European Union", "ARAB": "Group of Arab States"}
MEMBERS = {"ARAB": 22}
STATES = ("BR", "DZ", "EG", "MX")
OTHERS = {
    "VA": Category.OBSERVER_STATE,
    "EU": Category.OBSERVER_ORGANIZATION,
    "NGO": Category.NGO,
    "MANPOWER": Category.PRIVATE_SECTOR,
}


def said(code, group=None, turn=None):
    category = OTHERS.get(code, Category.MEMBER_STATE)
    turn = turn or f"turn-{code}-{group}"
    return Said(InterventionId(turn), DelegationCode(code), category, group and GroupCode(group))


def counted(*heard):
    return voices(heard, NAMES, GROUPS, MEMBERS)


heard_of = st.lists(
    st.one_of(
        st.builds(
            said,
            st.sampled_from(STATES),
            st.sampled_from((None, "G77", "ARAB")),
            st.uuids().map(str),
        ),
        st.builds(said, st.sampled_from(sorted(OTHERS)), st.none(), st.uuids().map(str)),
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("n", "of", "word"),
    [
        (1, 1, Amount.ONE),
        (2, 2, Amount.TWO),
        (3, 3, Amount.SOME),
        (4, 4, Amount.SOME),
        (5, 21, Amount.SEVERAL),
        (5, 20, Amount.MANY),
        (5, 10, Amount.MANY),
        (5, 9, Amount.MOST),
        (30, 30, Amount.MOST),
    ],
)
def test_the_table(n, of, word):
    assert amount(n, of) is word


@given(st.integers(1, 200), st.integers(0, 200))
def test_up_to_four_are_counted_however_few_there_were_and_all_is_never_said(n, more):
    word = amount(n, n + more)

    assert (word in (Amount.ONE, Amount.TWO, Amount.SOME)) == (n <= 4)
    assert word.value != "all"


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 100))
def test_more_voices_of_as_many_never_get_a_weaker_word(n, more, rest):
    of, order = n + more + rest, list(Amount)

    assert order.index(amount(n, of)) <= order.index(amount(n + more, of))


@given(heard_of)
def test_nobody_is_counted_twice_and_nobody_is_lost(heard):
    found = counted(*heard)

    names = [(voice.kind, voice.code) for voice in found]
    assert len(set(names)) == len(names)
    assert sorted(turn for voice in found for turn in voice.said) == sorted(
        one.intervention for one in heard
    )
    assert len(found) <= voices_in_all(heard)


@given(heard_of)
def test_whoever_spoke_for_a_group_is_no_voice_of_the_same_point(heard):
    found = counted(*heard)

    for_groups = {one.delegation for one in heard if one.group}
    alone = {voice.code for voice in found if voice.kind is not VoiceKind.GROUP}
    assert alone == {one.delegation for one in heard} - for_groups
    assert {voice.code for voice in found if voice.kind is VoiceKind.GROUP} == {
        one.group for one in heard if one.group
    }


@given(heard_of)
def test_the_phrases_add_up_to_the_voices_and_only_states_are_delegations(heard):
    found = counted(*heard)
    behind = evidence(found, voices_in_all(heard))

    assert sum(one.n for one in behind) == len(found)
    for one in behind:
        assert one.n == len(one.voices) <= one.of
        if "delegation" in one.phrase:
            assert {voice.code for voice in one.voices} <= set(STATES)
        assert not any(word in one.phrase for word in ("all", "consensus", "agree"))


def test_a_group_is_one_voice_whoever_speaks_for_it_and_its_size_is_kept_for_the_drafter():
    (one,) = evidence(counted(said("EG", "ARAB"), said("DZ", "ARAB"), said("DZ")), 9)

    assert (one.phrase, one.n) == ("one group of States", 1)
    assert one.voices[0].members == 22
    assert "22" not in one.phrase
    assert len(one.interventions) == 3


def test_a_delegation_and_a_group_of_the_same_code_are_two():
    found = evidence(counted(said("EU"), said("DZ", "EU")), 9)

    assert phrases(found) == "one group of States and one participant"
    assert [voice.name for one in found for voice in one.voices] == [
        "European Union",
        "Name of EU",
    ]


def test_observers_and_stakeholders_are_never_delegations():
    found = evidence(counted(*(said(code) for code in ("BR", "VA", "EU", "NGO", "MANPOWER"))), 9)

    assert phrases(found) == (
        "one delegation, some participants and one representative of civil society"
    )


def test_the_arithmetic_is_told():
    five = tuple(said(code) for code in (*STATES, "VA"))
    (states, others) = evidence(counted(*five), 23)

    assert states.arithmetic == "4 of 23: up to four are counted"
    assert others.arithmetic == "1 of 23: up to four are counted"
    many = counted(*(said(code) for code in STATES))
    (one,) = evidence((*many, *many), 30)
    assert (one.phrase, one.arithmetic) == (
        "many delegations",
        "8 of 30: five or more, a quarter to a half",
    )
