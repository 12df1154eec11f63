"""The clock as a value, and what time alone makes true."""

import pytest

from moderator.core.clock import Clock
from moderator.core.due import due, next_due
from moderator.core.events import ClockStarted, InterventionEnded
from moderator.core.model import Rules
from moderator.core.terms import Enforcement, Outcome
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after, between
from tests.core.dialogues import (
    NIGERIA,
    allow,
    at,
    end,
    give,
    given,
    later,
    open_dialogue,
    open_floor,
    request,
    resume,
    speaking,
    start,
    stop,
    suspend,
)

EXPIRED = Outcome.TIME_EXPIRED


def running(rules: Rules):
    """Nigeria has the floor and its clock was started at 0:00."""
    return given(*open_floor(rules, NIGERIA), give(request(NIGERIA)), start(request(NIGERIA)))


# The value


def test_a_clock_that_stands_still_uses_nothing_and_reaches_nothing():
    clock = Clock(Duration(3 * MINUTE), used=Duration(MINUTE))

    assert clock.used_at(at(60)) == MINUTE
    assert clock.remaining_at(at(60)) == 2 * MINUTE
    assert clock.reaches(Duration(3 * MINUTE)) is None


def test_a_running_clock_tells_what_was_used_what_remains_and_when_it_ends():
    clock = Clock(Duration(3 * MINUTE), used=Duration(MINUTE)).started(at(10))

    assert clock.used_at(at(10, 30)) == 90 * SECOND
    assert clock.remaining_at(at(10, 30)) == 90 * SECOND
    assert clock.reaches(Duration(3 * MINUTE)) == at(12)


def test_a_clock_that_is_overrun_has_less_than_nothing_left():
    clock = Clock(Duration(3 * MINUTE)).started(at(0))

    assert clock.remaining_at(at(3, 12)) == -12 * SECOND


def test_a_stopped_clock_has_counted_what_was_spoken():
    clock = Clock(Duration(3 * MINUTE)).started(at(0)).stopped(at(1)).started(at(5)).stopped(at(6))

    assert clock == Clock(Duration(3 * MINUTE), used=Duration(2 * MINUTE))


def test_units_of_time_add_and_subtract():
    assert after(Instant(1_000), Duration(500)) == Instant(1_500)
    assert between(Instant(1_000), Instant(1_500)) == Duration(500)
    assert between(Instant(1_500), Instant(1_000)) == Duration(-500)


# A clock that starts by itself


@pytest.mark.story(6)
def test_the_clock_starts_by_itself_five_seconds_after_the_floor_was_given():
    scene = given(*speaking(NIGERIA))

    assert next_due(scene.state) == at(0, 5)
    scene.when(later(seconds=4.999)).nothing()
    scene.when(later(seconds=0.001)).then(ClockStarted(at(0, 5), request(NIGERIA)))
    assert next_due(scene.state) == at(3, 5)


def test_the_clock_starts_at_its_own_instant_however_late_somebody_notices():
    scene = given(*speaking(NIGERIA)).when(later(seconds=42))

    scene.then(ClockStarted(at(0, 5), request(NIGERIA)))
    assert scene.state.floor is not None
    assert scene.state.floor.clock.used_at(scene.now) == 37 * SECOND


def test_a_clock_that_starts_and_runs_out_in_one_go_does_each_at_its_own_instant():
    given(*speaking(NIGERIA)).when(later(10)).then(
        ClockStarted(at(0, 5), request(NIGERIA)),
        InterventionEnded(at(3, 5), request(NIGERIA), EXPIRED),
    )


@pytest.mark.parametrize("enforcement", [Enforcement.FIRM, Enforcement.ADVISORY])
def test_the_clock_starts_by_itself_whatever_the_enforcement(enforcement):
    scene = given(*open_floor(Rules(enforcement=enforcement), NIGERIA), give(request(NIGERIA)))

    scene.when(later(10)).then(ClockStarted(at(0, 5), request(NIGERIA)))


# The limit


@pytest.mark.story(9)
def test_the_limit_ends_the_turn_at_the_deadline_and_not_before():
    scene = running(Rules())

    scene.when(later(2, seconds=59.999)).nothing()
    scene.when(later(seconds=0.001)).then(InterventionEnded(at(3), request(NIGERIA), EXPIRED))
    assert scene.state.last is not None
    assert scene.state.last.clock.used == 3 * MINUTE


def test_an_end_that_somebody_notices_late_is_recorded_at_the_deadline():
    scene = running(Rules()).when(later(60))

    scene.then(InterventionEnded(at(3), request(NIGERIA), EXPIRED))
    assert scene.state.at == at(3)


def test_a_command_that_comes_after_the_deadline_finds_the_turn_ended():
    scene = running(Rules())
    scene.now = at(3, 1)

    scene.when(end(request(NIGERIA)))

    scene.then(InterventionEnded(at(3), request(NIGERIA), EXPIRED))


def test_grace_is_added_to_the_limit():
    scene = running(Rules(grace=Duration(10 * SECOND)))

    scene.when(later(3, seconds=9)).nothing()
    scene.when(later(seconds=1)).then(InterventionEnded(at(3, 10), request(NIGERIA), EXPIRED))
    assert scene.state.last is not None
    assert scene.state.last.clock.used == 190 * SECOND


@pytest.mark.parametrize("enforcement", [Enforcement.FIRM, Enforcement.ADVISORY])
def test_without_automatic_enforcement_the_turn_goes_on_past_the_limit(enforcement):
    scene = running(Rules(enforcement=enforcement))

    scene.when(later(3, seconds=12)).nothing()

    assert next_due(scene.state) is None
    scene.when(end(request(NIGERIA))).then(
        InterventionEnded(at(3, 12), request(NIGERIA), Outcome.CONCLUDED)
    )
    assert scene.state.last is not None
    assert scene.state.last.clock.used == 192 * SECOND


def test_a_new_allowance_moves_the_deadline():
    scene = running(Rules()).when(later(1), allow(request(NIGERIA), Duration(4 * MINUTE)))

    assert next_due(scene.state) == at(4)


def test_a_stopped_clock_is_never_due():
    scene = running(Rules()).when(later(2, seconds=59), stop(request(NIGERIA)))

    assert next_due(scene.state) is None
    scene.when(later(60)).nothing()
    scene.when(start(request(NIGERIA)))
    assert next_due(scene.state) == at(63, seconds=0)


def test_nothing_is_ended_while_the_meeting_is_suspended():
    scene = running(Rules()).when(later(2, seconds=59), suspend())

    scene.when(later(60)).nothing()
    scene.when(resume(), later(60)).nothing()
    assert scene.state.floor_id == request(NIGERIA)


def test_nothing_is_due_while_nobody_has_the_floor():
    for scene in (given(), given(open_dialogue()), given(*open_floor(None, NIGERIA))):
        assert next_due(scene.state) is None
        assert due(scene.state, at(600)) == ()


def test_a_limit_is_reached_once():
    scene = running(Rules()).when(later(5))

    assert due(scene.state, at(60)) == ()
