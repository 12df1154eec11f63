"""Who is in the hall of a simulated day."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.simulation.people import DELEGATIONS, LEAST, MOST, people
from tests.summary.day_of_2012 import document

DOCUMENT = document()


def smaller(number: int) -> dict[str, Any]:
    """The document of a meeting with fewer delegations."""
    kept = list(DOCUMENT["delegations"].items())[:number]
    return {**DOCUMENT, "delegations": dict(kept)}


@given(seed=st.integers())
def test_the_same_seed_makes_the_same_people(seed: int) -> None:
    assert people(DOCUMENT, seed) == people(DOCUMENT, seed)


def test_another_seed_makes_others() -> None:
    assert people(DOCUMENT, 1) != people(DOCUMENT, 2)


@given(seed=st.integers())
def test_sixty_delegations_are_there_and_all_other_bodies(seed: int) -> None:
    voices = people(DOCUMENT, seed)
    codes = [voice.code for voice in voices]

    assert len(set(codes)) == len(codes)
    assert sum(voice.is_delegation for voice in voices) == DELEGATIONS
    assert {code for code, about in DOCUMENT["delegations"].items() if about["region"] is None} >= {
        voice.code for voice in voices if not voice.is_delegation
    }
    assert sum(not voice.is_delegation for voice in voices) == 15
    assert all(LEAST <= voice.share <= MOST for voice in voices)


@given(seed=st.integers())
def test_whoever_is_invited_is_there(seed: int) -> None:
    invited = frozenset({"MX", "DZ", "NG"})

    assert invited <= {voice.code for voice in people(DOCUMENT, seed, invited)}


@given(seed=st.integers())
def test_what_somebody_is_like_depends_on_nobody_else(seed: int) -> None:
    few = {voice.code: voice for voice in people(smaller(20), seed)}
    many = {voice.code: voice for voice in people(DOCUMENT, seed)}

    for code in few.keys() & many.keys():
        assert few[code] == many[code]


@pytest.mark.parametrize("number", [0, 1, 5])
def test_a_small_meeting_has_as_many_as_there_are(number: int) -> None:
    assert len(people(smaller(number), 1)) == number
