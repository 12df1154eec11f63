"""How often somebody may do something."""

import pytest

from moderator.web.rates import FORGOTTEN_AFTER_S, Rate, Tally

THRICE = Rate(3, 10)


class Watch:
    """A clock in seconds that stands still."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tally(watch: Watch) -> Tally:
    return Tally(watch)


def test_once_too_often_is_refused(tally: Tally):
    assert [tally.count(THRICE, "seat") for _ in range(5)] == [True, True, True, False, False]


def test_the_window_moves(tally: Tally, watch: Watch):
    for pause in (0, 4, 4):
        watch.at += pause
        assert tally.count(THRICE, "seat")
    watch.at += 1.9
    assert not tally.count(THRICE, "seat")

    watch.at += 0.1
    assert tally.count(THRICE, "seat")
    assert not tally.count(THRICE, "seat")


def test_what_is_refused_does_not_count(tally: Tally, watch: Watch):
    for _ in range(9):
        tally.count(THRICE, "seat")
    watch.at += THRICE.seconds

    assert tally.count(THRICE, "seat")


def test_to_ask_does_not_count(tally: Tally):
    assert all(tally.allows(THRICE, "seat") for _ in range(9))

    for _ in range(3):
        tally.count(THRICE, "seat")
    assert not tally.allows(THRICE, "seat")


def test_everybody_is_counted_apart_and_by_each_rate(tally: Tally):
    for _ in range(3):
        tally.count(THRICE, "seat")

    assert tally.count(THRICE, "another")
    assert tally.count(Rate(4, 10), "seat")


def test_whoever_has_long_done_nothing_is_forgotten(tally: Tally, watch: Watch):
    for seat in range(100):
        tally.count(THRICE, f"seat-{seat}")
    tally.count(Rate(1, 600), "patient")
    watch.at += FORGOTTEN_AFTER_S

    tally.count(THRICE, "seat")

    assert len(tally) == 2
    assert not tally.allows(Rate(1, 600), "patient")
