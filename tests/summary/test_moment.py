"""Any moment of a meeting, told from its log alone."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given

from moderator.core.commands import GiveFloor, SetAllowance, StopClock, TakeGavel
from moderator.core.model import Dialogue
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after
from moderator.summary.moment import as_json, at_end, at_instant, at_version, moments
from tests.summary.day_of_2012 import document
from tests.summary.meetings import SECRETARY, Meeting
from tests.summary.test_draft import panel
from tests.summary.test_properties import PROPERTY, Chance, steps


@PROPERTY
@given(steps)
def test_each_version_is_what_the_meeting_was_at_the_time(
    taken: list[tuple[str, int, int]],
) -> None:
    meeting = Chance()
    seen = {meeting.state.version: meeting.state}
    for act, pick, seconds in taken:
        meeting.play(act, pick, seconds)
        seen[meeting.state.version] = meeting.state

    for version, state in seen.items():
        moment = at_version(meeting.log, version)
        assert moment is not None
        assert moment.state == state
        assert moment.at == state.at
    assert at_end(meeting.log).state == meeting.state
    assert [moment.state.version for moment in moments(meeting.log)] == [
        entry.version for entry in meeting.log
    ]


def test_before_the_first_row_nothing_has_happened() -> None:
    moment = at_version(panel().log, 0)

    assert moment is not None
    assert (moment.state, moment.entry) == (Dialogue(), None)
    assert as_json(moment, document())["phase"] == "scheduled"


def test_there_is_no_moment_after_a_row_that_was_not_written() -> None:
    meeting = panel()

    assert at_version(meeting.log, len(meeting.log) + 1) is None


def at(meeting: Meeting, instant: Instant) -> dict[str, Any]:
    return as_json(at_instant(meeting.log, instant), document())


def test_between_two_rows_the_clock_is_as_it_was_at_that_instant() -> None:
    meeting = panel()
    brazil = meeting.ask("BR", group="G77")
    meeting.ask("DZ")
    meeting.do(TakeGavel, by=SECRETARY)
    given_at = meeting.now
    meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(minutes=2, seconds=5)
    meeting.do(StopClock, holder=brazil)
    meeting.later(minutes=1)

    told = at(meeting, after(given_at, Duration(65 * SECOND)))
    later = at(meeting, meeting.now)

    floor = told["floor"]
    assert (floor["name"], floor["group"], floor["running"]) == ("Brazil", "G77", True)
    assert (floor["used"], floor["remaining"]) == (1 * MINUTE, 4 * MINUTE)
    assert [(entry["name"], entry["number"]) for entry in told["waiting"]] == [("Algeria", 2)]
    assert (told["gavel"], told["list_open"]) == ("secretary/s1", True)
    assert told["segment_title"].startswith("Interactive Panel Discussion I:")
    assert (later["floor"]["used"], later["floor"]["running"]) == (2 * MINUTE, False)


def test_what_was_changed_later_has_not_been_changed_yet() -> None:
    meeting = panel()
    brazil = meeting.ask("BR")
    meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(minutes=1)
    before = meeting.now
    meeting.later(seconds=1)
    meeting.do(SetAllowance, holder=brazil, total=Duration(4 * MINUTE))

    assert at(meeting, before)["floor"]["allowance"] == 3 * MINUTE
    assert at(meeting, meeting.now)["floor"]["allowance"] == 4 * MINUTE


@pytest.mark.parametrize("of", [lambda log: at_instant(log, Instant(0)), lambda _log: at_end(())])
def test_without_rows_there_is_the_beginning(of: Callable[..., Any]) -> None:
    moment = of(panel().log)

    assert (moment.state.version, moment.entry) == (0, None)
    assert as_json(moment, document())["floor"] is None
