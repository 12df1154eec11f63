"""Events as rows and back: nothing is lost, and what is written is always the same."""

import json
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.core.events import Event, FloorRequested, InterventionEnded, SegmentBegun
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    InterventionId,
    Kind,
    Outcome,
    SegmentId,
)
from moderator.core.units import Instant
from moderator.store import codec

EVENTS = get_args(Event)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.__name__)
@settings(max_examples=10)
@given(data=st.data())
def test_every_event_comes_back_as_it_was_written(kind: type[Event], data: Any) -> None:
    event = data.draw(st.from_type(kind))

    name, text = codec.encode(event)
    again = codec.decode(name, event.at, text)

    assert again == event
    assert _types_in(again) == _types_in(event)
    assert codec.encode(again) == (name, text)


def test_a_row_is_canonical_json_without_the_instant():
    event = FloorRequested(
        at=Instant(1_333_447_200_000),
        request=InterventionId("tap-1"),
        segment=SegmentId("panel-1"),
        delegation=DelegationCode("CIV"),
        kind=Kind.STATEMENT,
        capacity=Capacity.NATIONAL,
        group=None,
        number=7,
        by_bureau=False,
    )

    assert codec.encode(event) == (
        "FloorRequested",
        '{"also_national":false,"by_bureau":false,"capacity":"national","delegation":"CIV",'
        '"group":null,"kind":"statement","number":7,"request":"tap-1","segment":"panel-1",'
        '"statement":null,"to":null}',
    )


def test_letters_of_every_script_are_written_as_they_are():
    assert codec.canonical({"b": "كلمة", "a": "发言"}) == '{"a":"发言","b":"كلمة"}'


def test_what_time_alone_brought_about_reads_back_with_its_own_words():
    ended = codec.decode(
        "InterventionEnded", 5, '{"intervention":"tap-1","outcome":"time-expired"}'
    )

    assert ended == InterventionEnded(Instant(5), InterventionId("tap-1"), Outcome.TIME_EXPIRED)
    assert isinstance(ended.outcome, Outcome)


def test_a_type_that_this_version_does_not_know_is_named():
    with pytest.raises(codec.UnknownEvent, match=r"^FloorAuctioned$"):
        codec.decode("FloorAuctioned", 0, "{}")


@pytest.mark.parametrize("text", ["", "{", '{"segment":"panel-1"}', '{"segmet":"panel-1"}'])
def test_a_row_that_was_garbled_is_not_taken_for_an_event(text: str) -> None:
    with pytest.raises((json.JSONDecodeError, TypeError, KeyError)):
        codec.decode(SegmentBegun.__name__, 0, text)


def _types_in(value: Any) -> Any:
    """The types of a value and of all that is in it: equal enumerations and strings differ here."""
    names = getattr(value, "__slots__", ())
    inner = value if isinstance(value, tuple) else [getattr(value, name) for name in names]
    return type(value), [_types_in(item) for item in inner]
