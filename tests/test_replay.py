"""flask --app wsgi replay: any moment of a meeting, from the shell."""

import json
from typing import Any

import pytest
from click.testing import Result

from moderator.core.model import Dialogue
from moderator.core.units import SECOND, Duration
from tests.fake_now import FakeNow
from tests.web.conftest import furnished, hall, make_hall
from tests.web.hall import BACHELET, Hall

__all__ = ["furnished", "hall", "make_hall"]


@pytest.fixture
def states(hall: Hall, now: FakeNow) -> dict[int, Dialogue]:
    """A scripted meeting; what the service told of it at the time, by version."""
    seen: dict[int, Dialogue] = {}

    def see() -> None:
        state = hall.house.service.state(hall.dialogue)
        seen[state.version] = state

    chair = hall.chair
    see()
    hall.begin()
    see()
    chair.do("give-floor", "speech-of-bachelet", person=BACHELET, holder=None)
    see()
    now.pass_by(Duration(65 * SECOND))
    chair.do("end-intervention", holder="speech-of-bachelet")
    see()
    for code in ("BR", "MX", "DZ"):
        hall.ask(code)
        see()
    first, second, _third = hall.house.service.state(hall.dialogue).waiting
    hall.give(first)
    see()
    now.pass_by(Duration(35 * SECOND))
    chair.do("set-allowance", holder=first, total=200_000)
    see()
    chair.do("withdraw-request", request=second)
    see()
    chair.do("take-gavel")
    see()
    now.pass_by(Duration(600 * SECOND))
    see()
    return seen


def run(hall: Hall, *words: str) -> Result:
    return hall.app.test_cli_runner().invoke(args=["replay", hall.dialogue, *words])


def told(hall: Hall, *words: str) -> dict[str, Any]:
    result = run(hall, *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


@pytest.mark.story(51)
def test_each_version_is_what_the_service_told_at_the_time(
    hall: Hall, states: dict[int, Dialogue]
) -> None:
    assert len(states) == 12
    for version, state in states.items():
        moment = told(hall, "--at", str(version))
        assert moment["version"] == version
        assert moment["phase"] == state.phase
        assert moment["segment"] == state.segment_id
        assert [entry["id"] for entry in moment["waiting"]] == list(state.waiting)
        assert moment["gavel"] == state.gavel
        assert (moment["floor"] or {}).get("id") == state.floor_id
        if state.floor is not None:
            assert moment["floor"]["used"] == state.floor.clock.used_at(state.at)
            assert moment["floor"]["allowance"] == state.floor.clock.allowance


def test_without_a_moment_it_is_the_end(hall: Hall, states: dict[int, Dialogue]) -> None:
    moment = told(hall)

    assert moment["version"] == max(states)
    assert moment["head"] in hall.app.test_cli_runner().invoke(args=["check-journal"]).output


@pytest.mark.parametrize(
    "time", ["06:01:40", "2012-04-03T06:01:40", "2012-04-03T10:01:40Z", "2012-04-03T12:01:40+02:00"]
)
def test_a_time_is_that_of_the_place_unless_it_says_otherwise(
    hall: Hall, states: dict[int, Dialogue], time: str
) -> None:
    words = run(hall, "--at", time).output.splitlines()

    assert "At 2012-04-03T06:01:40.000-04:00" in words
    assert "Floor: Brazil, 0:30 of 3:20 used, 2:50 left, clock running" in words
    assert "Gavel: chair/p01" in words
    assert "List (open): 1 waiting" in words
    assert "  1. Algeria (number 3)" in words
    assert states


def test_it_goes_from_event_to_event(hall: Hall, states: dict[int, Dialogue]) -> None:
    words = run(hall, "--step").output.splitlines()
    rows = [line for line in words if line.startswith("Row ")]

    assert len(rows) == max(states)
    assert rows[0] == "Row 1: DialogueOpened by chair/p01"
    assert "Row 6: InterventionEnded by chair/p01" in rows
    assert rows[-1] == f"Row {max(states)}: InterventionEnded by time alone"


def test_steps_are_a_line_each_for_programs_and_end_where_they_shall(
    hall: Hall, states: dict[int, Dialogue]
) -> None:
    result = run(hall, "--step", "--json", "--at", "5")

    steps = [json.loads(line) for line in result.output.splitlines()]
    assert [step["version"] for step in steps] == [1, 2, 3, 4, 5]
    assert len({step["head"] for step in steps}) == 5
    assert states


def test_before_the_first_event_nothing_has_happened(hall: Hall) -> None:
    assert run(hall).output.startswith("Row 0: nothing has happened yet")
    assert run(hall, "--step").output.startswith("Row 0")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--at", "999"], "no row 999"),
        (["--at", "half past ten"], "neither a row nor a time"),
    ],
)
def test_what_cannot_be_shown_is_said(
    hall: Hall, states: dict[int, Dialogue], words: list[str], said: str
) -> None:
    result = run(hall, *words)

    assert result.exit_code == 1
    assert said in result.output
    assert states


def test_an_unknown_dialogue_is_said(hall: Hall) -> None:
    result = hall.app.test_cli_runner().invoke(args=["replay", "nobody"])

    assert result.exit_code == 1
    assert "there is no dialogue nobody" in result.output
