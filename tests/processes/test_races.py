"""Many processes at one dialogue at the same moment: none lost, none doubled, exactly one wins."""

from typing import Final

import pytest

from moderator.core.events import InterventionEnded
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import DelegationCode, InterventionId
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after
from moderator.store import journal
from moderator.store.engine import make_engine, reading
from moderator.store.journal import Receipt
from tests.core.dialogues import BRAZIL, CHAIR, CO_CHAIR, NIGERIA, ask, give, request
from tests.fake_now import FakeNow
from tests.meetings import Meeting, opened, tapped
from tests.processes.crew import crew

PROCESSES: Final = 8
REQUESTS: Final = 12
"""Of each process."""


@pytest.fixture
def meeting(engine) -> Meeting:
    """The first panel has begun, and its list is open."""
    return opened(engine)


@pytest.fixture(autouse=True)
def whole_log(engine, meeting):
    """Whatever was run here, every byte of the log is as it was written."""
    yield
    with reading(engine) as connection:
        assert journal.damage(connection, meeting.id) == ()


def test_of_a_rush_for_the_floor_none_is_lost_and_none_doubled(database, meeting):
    asked = crew(_ask_for_many, [(database, process) for process in range(PROCESSES)])

    state = meeting.service.state(meeting.id)
    assert [request.number for request in state.listed] == _numbers(PROCESSES * REQUESTS)
    assert {request.delegation for request in state.listed} == set().union(*asked)
    assert state.version == 3 + PROCESSES * REQUESTS


def test_the_same_taps_sent_by_all_are_recorded_once_and_answered_the_same(database, meeting):
    answers = crew(_ask_the_same, [(database,)] * PROCESSES)

    state = meeting.service.state(meeting.id)
    assert [request.number for request in state.listed] == _numbers(REQUESTS)
    assert state.version == 3 + REQUESTS
    assert all(answer == answers[0] for answer in answers)
    assert sorted(receipt.version for receipt in answers[0]) == list(range(4, 4 + REQUESTS))


@pytest.mark.story(20)
def test_one_voice_that_asks_from_many_phones_is_inscribed_once(database, meeting):
    outcomes = crew(_ask_from_a_phone, [(database, phone) for phone in range(PROCESSES)])

    assert sorted(outcomes) == [*[Reason.ALREADY_WAITING] * (PROCESSES - 1), "inscribed"]
    assert [request.delegation for request in meeting.service.state(meeting.id).listed] == [BRAZIL]


def test_of_many_bells_on_a_reached_limit_one_records_the_end_at_the_deadline(database, meeting):
    meeting.do(ask(BRAZIL), give(request(BRAZIL)))
    starts_at = after(meeting.now(), Duration(5 * SECOND))
    deadline = after(starts_at, Duration(3 * MINUTE))

    ringing = [(database, after(deadline, Duration(late))) for late in range(PROCESSES)]
    published = crew(_ring, ringing)

    assert meeting.kinds(after=5) == ["ClockStarted", "InterventionEnded"]
    started, ended = (entry.event for entry in meeting.service.log(meeting.id)[5:])
    assert (started.at, ended.at) == (starts_at, deadline)
    assert isinstance(ended, InterventionEnded)
    assert sum(published) == 1
    assert meeting.service.deadlines() == ()


def test_of_bells_and_taps_at_the_deadline_none_counts_the_end_twice(database, meeting):
    meeting.do(ask(BRAZIL), ask(NIGERIA), give(request(BRAZIL)))
    late = after(meeting.now(), Duration(10 * MINUTE))

    outcomes = crew(_ring_or_give, [(database, late, process) for process in range(PROCESSES)])

    # Whoever gave the floor had seen Brazil speaking; at that moment nobody had it any more.
    assert set(outcomes) == {"rung", Reason.FLOOR_CHANGED}
    assert meeting.kinds(after=6) == ["ClockStarted", "InterventionEnded"]


@pytest.mark.story(14)
def test_of_two_chairs_on_two_rows_exactly_one_gives_the_floor(database, meeting):
    for turn in range(4):
        rows = [DelegationCode(f"R{turn}{side}") for side in "AB"]
        meeting.do(*(ask(row) for row in rows))
        state = meeting.service.state(meeting.id)

        outcomes = crew(
            _give,
            [
                (database, chair, request(row), state.floor_id)
                for chair, row in zip((CHAIR, CO_CHAIR), rows, strict=True)
            ],
        )

        assert sorted(outcomes) == [Reason.FLOOR_CHANGED, "given"]
        winner = request(rows[outcomes.index("given")])
        assert meeting.service.state(meeting.id).floor_id == winner


# What each process does


def _ask_for_many(database: str, process: int) -> set[DelegationCode]:
    meeting = Meeting(make_engine(database))
    asking = {DelegationCode(f"P{process}D{number:02}") for number in range(REQUESTS)}
    for delegation in asking:
        meeting.do(ask(delegation))
    return asking


def _ask_the_same(database: str) -> list[Receipt]:
    meeting = Meeting(make_engine(database))
    return [meeting.do(ask(DelegationCode(f"D{number:02}"))) for number in range(REQUESTS)]


def _ask_from_a_phone(database: str, phone: int) -> str:
    meeting = Meeting(make_engine(database))
    return _outcome(meeting, tapped(ask(BRAZIL), f"phone-{phone}"), "inscribed")


def _ring(database: str, now: Instant) -> int:
    meeting = Meeting(make_engine(database), FakeNow(now))
    meeting.service.ring(meeting.id)
    return len(meeting.published)


def _ring_or_give(database: str, now: Instant, process: int) -> str:
    meeting = Meeting(make_engine(database), FakeNow(now))
    if process % 2:
        meeting.service.ring(meeting.id)
        return "rung"
    return _outcome(meeting, give(request(NIGERIA), request(BRAZIL)), "given")


def _give(database: str, chair, row: InterventionId, holder: InterventionId | None) -> str:
    meeting = Meeting(make_engine(database))
    return _outcome(meeting, tapped(give(row, holder, by=chair), f"give-{row}"), "given")


def _outcome(meeting: Meeting, command, done: str) -> str:
    try:
        meeting.do(command)
    except Rejected as rejected:
        return rejected.reason
    return done


def _numbers(last: int) -> list[int]:
    return list(range(1, last + 1))
