"""The words of the drafting language."""

from datetime import datetime

import pytest

from moderator.core.terms import Category
from moderator.summary import english


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no chairs"), (1, "one chair"), (2, "two chairs"), (9, "nine chairs"), (10, "10 chairs")],
)
def test_numbers_below_ten_are_words(count: int, said: str) -> None:
    assert english.counted(count, "chair", "chairs") == said


@pytest.mark.parametrize(
    ("count", "said"), [(1, "once"), (2, "twice"), (3, "three times"), (12, "12 times")]
)
def test_how_often_is_said_in_words(count: int, said: str) -> None:
    assert english.times(count) == said


def test_lists_part_short_items_by_commas_and_long_ones_by_semicolons() -> None:
    assert english.listed(["one"]) == "one"
    assert english.listed(["one", "two", "three"]) == "one, two and three"
    assert english.listed_apart(["A, chair", "B, chair"]) == "A, chair; and B, chair"


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (0, 0, "midnight"),
        (0, 5, "12.05 a.m."),
        (10, 0, "10 a.m."),
        (12, 0, "noon"),
        (12, 30, "12.30 p.m."),
        (17, 45, "5.45 p.m."),
    ],
)
def test_times_of_day_are_written_as_in_united_nations_documents(
    hour: int, minute: int, said: str
) -> None:
    assert english.time_of(datetime(2012, 4, 3, hour, minute)) == said  # noqa: DTZ001


def test_dates_have_the_day_first() -> None:
    assert english.date_of(datetime(2012, 12, 31)) == "31 December 2012"  # noqa: DTZ001


def test_a_sentence_is_closed_once() -> None:
    assert english.sentence("It was said") == "It was said."
    assert english.sentence("at 10 a.m.") == "at 10 a.m."
    assert english.sentence("Was it?") == "Was it?"


def test_a_name_gets_one_article() -> None:
    assert english.with_article("African Union") == "the African Union"
    assert english.with_article("The Elders") == "The Elders"


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert english.capitalised("united Nations entity") == "United Nations entity"


def test_every_category_has_its_words() -> None:
    assert set(english.CATEGORIES) == set(Category)
