"""What a person wrote is looked through: slots, quantifiers, names, claims of agreement."""

import pytest

from moderator.core.terms import InterventionId
from moderator.summary.checks import Fault, Flag, Watch, phrases_in, supports
from moderator.summary.quantifiers import Evidence, Voice, VoiceKind, phrase
from tests.summary.day_of_2012 import document

WATCH = Watch(document())


def behind(n, of, kind=VoiceKind.DELEGATION):
    made = tuple(
        Voice(kind, f"V{place}", f"Voice {place}", None, (InterventionId(f"turn-{place}"),))
        for place in range(n)
    )
    return Evidence(phrase(kind, n, of), n, of, made, "")


def flags(text, *evidence, **options):
    return WATCH.flags(text, phrases_in(text, evidence), **options)


@pytest.mark.story(25)
def test_many_of_two_outruns_the_record():
    assert flags("Many delegations called for more.", behind(2, 30)) == (
        Flag(Fault.OUTRUNS, "Many delegations", "two delegations"),
    )


@pytest.mark.parametrize("word", ["A number of", "Several", "Some", "Many", "a few"])
def test_a_weaker_word_and_the_neutral_one_may_stand(word):
    assert flags(f"{word} delegations called for more.", behind(8, 30)) == ()


@pytest.mark.parametrize(
    ("word", "n", "of", "held"),
    [
        ("most", 16, 30, True),
        ("most", 15, 30, False),
        ("a majority of", 16, 30, True),
        ("numerous", 5, 30, False),
        ("some", 2, 30, False),
        ("two", 2, 30, True),
        ("two", 3, 30, False),
        ("three", 3, 30, True),
        ("12", 12, 30, True),
        ("12", 13, 30, False),
        ("all", 30, 30, True),
        ("all", 29, 30, False),
    ],
)
def test_what_the_record_holds_up(word, n, of, held):
    assert supports(behind(n, of), word) is held


def test_a_phrase_that_stands_as_drafted_keeps_its_evidence_wherever_it_is_moved():
    two, group = behind(2, 9), behind(1, 9, VoiceKind.GROUP)
    text = "It was one group of States, and not two delegations, that said so."

    assert [one.evidence for one in phrases_in(text, (two, group))] == [group, two]


def test_a_phrase_that_was_changed_takes_the_evidence_of_its_kind():
    two, group = behind(2, 9), behind(1, 9, VoiceKind.GROUP)
    text = "Several groups of States and a number of developing country delegations said so."

    found = phrases_in(text, (two, group))

    assert [one.evidence for one in found] == [group, two]
    assert [text[one.start : one.end] for one in found] == [
        "Several groups of States",
        "a number of developing country delegations",
    ]


def test_a_quantifier_with_nothing_behind_it_is_pointed_out():
    assert flags("Several delegations said so.") == (
        Flag(Fault.WITHOUT_EVIDENCE, "Several delegations"),
    )
    assert flags("The floor was taken by 14 speakers.", drafted="by 14 speakers.") == ()


@pytest.mark.parametrize(
    "words", ["several days", "one world", "two delegates", "someone", "Allies"]
)
def test_what_counts_no_voices_is_no_quantifier(words):
    assert phrases_in(f"It takes {words}.", ()) == ()


def test_delegations_and_groups_are_not_named_in_the_body():
    assert flags("Chad spoke, and the Group of 77 and China.") == (
        Flag(Fault.NAMED, "Chad"),
        Flag(Fault.NAMED, "Group of 77 and China"),
    )
    assert flags("The chad was thin in Nigerian hands.") == ()
    assert flags("Chad pledged.", named=("Chad",)) == ()


@pytest.mark.parametrize("word", ["agreed", "Agreement", "consensus", "unanimously"])
def test_nothing_is_claimed_to_be_agreed(word):
    assert flags(f"There was, as it was, {word} on it.") == (Flag(Fault.AGREEMENT, word),)


@pytest.mark.story(28)
def test_a_slot_is_flagged_until_it_is_filled():
    assert flags("It was stated that […], [unconfirmed].") == (
        Flag(Fault.SLOT, "[…]"),
        Flag(Fault.SLOT, "[unconfirmed]"),
    )
    assert flags("It was stated that shelters close.") == ()
