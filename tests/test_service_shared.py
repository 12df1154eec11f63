"""Several processes and threads at one dialogue: what each remembers of it, time, and waiting."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from moderator import service as service_module
from moderator.core.events import InterventionEnded
from moderator.core.rejected import Reason, Rejected
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.service import DamagedLog, Service
from moderator.store import journal
from moderator.store.engine import NotRecorded, reading
from tests.core.dialogues import (
    BRAZIL,
    CO_CHAIR,
    NIGERIA,
    ask,
    close_list,
    give,
    request,
    seat,
    start,
    stop,
    take_gavel,
    withdraw,
)
from tests.fake_now import FakeNow
from tests.meetings import Meeting, delegations, opened


@pytest.fixture
def meeting(engine, now: FakeNow) -> Meeting:
    """The first panel has begun, and its list is open."""
    return opened(engine, now=now)


@pytest.fixture
def beside(engine, meeting: Meeting) -> Meeting:
    """The same meeting as another process of the same host handles it."""
    return Meeting(engine, meeting.now)


# Several processes


def test_each_process_sees_what_the_other_recorded(meeting, beside):
    for number, delegation in enumerate(delegations(6), start=1):
        (meeting, beside)[number % 2].do(ask(delegation))
        for process in (meeting, beside):
            assert process.service.state(meeting.id).version == 3 + number

    numbers = [ask.number for ask in beside.service.state(meeting.id).listed]
    assert numbers == [1, 2, 3, 4, 5, 6]
    assert meeting.service.state(meeting.id) == beside.service.state(meeting.id)


def test_a_process_decides_by_what_stands_on_disk_and_not_by_what_it_remembers(meeting, beside):
    meeting.do(ask(BRAZIL), ask(NIGERIA))
    assert beside.service.state(meeting.id).floor is None
    meeting.do(give(request(BRAZIL)))

    with pytest.raises(Rejected, match=Reason.FLOOR_CHANGED):
        beside.do(give(request(NIGERIA), by=CO_CHAIR))

    assert beside.published == []


def test_a_tap_that_comes_again_to_another_process_gets_the_same_answer(meeting, beside):
    first = meeting.do(ask(BRAZIL))

    assert beside.do(ask(BRAZIL)) == first
    with pytest.raises(Rejected, match=Reason.ID_REUSED):
        beside.do(ask(BRAZIL, by=seat(BRAZIL, phone=2)))


def test_of_two_bells_the_first_records_and_publishes(meeting, beside):
    meeting.do(ask(BRAZIL), give(request(BRAZIL)))
    meeting.published.clear()
    meeting.now.pass_by(Duration(10 * MINUTE))

    beside.service.ring(meeting.id)
    meeting.service.ring(meeting.id)

    assert meeting.kinds(after=5) == ["ClockStarted", "InterventionEnded"]
    assert (meeting.published, beside.published) == ([], [meeting.id])


def test_a_restarted_process_folds_the_whole_log_to_the_same_state(engine, meeting):
    meeting.do(ask(BRAZIL), ask(NIGERIA), give(request(BRAZIL)), withdraw(request(NIGERIA)))

    restarted = Meeting(engine, meeting.now)

    assert restarted.service.state(meeting.id) == meeting.service.state(meeting.id)


@pytest.mark.story(9)
def test_a_process_that_starts_while_a_clock_stands_ends_no_turn(engine, meeting):
    turn = request(BRAZIL)
    meeting.do(ask(BRAZIL), give(turn), start(turn), stop(turn))

    restarted = Meeting(engine, meeting.now)
    meeting.now.pass_by(Duration(60 * MINUTE))
    restarted.service.ring(meeting.id)
    assert restarted.service.state(meeting.id).floor_id == turn

    started = meeting.now()
    restarted.do(start(turn))
    meeting.now.pass_by(Duration(60 * MINUTE))
    restarted.service.ring(meeting.id)
    ended = restarted.service.log(meeting.id)[-1].event
    assert isinstance(ended, InterventionEnded)
    assert ended.at == started + 3 * MINUTE


def test_only_what_is_new_is_read_from_the_log(engine, meeting, beside):
    beside.do(ask(BRAZIL))
    asked: list[int] = []

    @sa.event.listens_for(engine, "after_cursor_execute")
    def note(_connection, _cursor, statement, parameters, *_rest):
        if "FROM event" in statement:
            asked.append(parameters[1] if isinstance(parameters, tuple) else parameters["after"])

    for _ in range(2):
        meeting.service.state(meeting.id)
    meeting.do(ask(NIGERIA))
    meeting.service.state(meeting.id)

    assert asked == [3]


# A log that is not what it was


def test_nothing_is_added_to_a_log_whose_tail_was_cut(meeting, beside, engine):
    meeting.do(ask(BRAZIL), ask(NIGERIA))
    _unguarded(engine, "DELETE FROM event WHERE version = 5")

    for _ in range(2):
        with pytest.raises(DamagedLog):
            beside.do(take_gavel())

    with reading(engine) as connection:
        assert journal.damage(connection, meeting.id)


def test_a_database_that_was_put_back_to_an_earlier_moment_is_taken_as_it_is(
    sqlite_engine, tmp_path
):
    meeting = opened(sqlite_engine)
    saved = _backup(sqlite_engine, tmp_path)
    meeting.do(ask(BRAZIL), ask(NIGERIA))
    sqlite_engine.dispose()
    _restore(sqlite_engine, saved)

    with pytest.raises(DamagedLog):
        meeting.do(close_list())
    meeting.do(close_list())

    assert meeting.kinds(after=3) == ["ListClosed"]
    with reading(sqlite_engine) as connection:
        assert journal.damage(connection, meeting.id) == ()


# Time


def test_the_time_of_the_log_never_runs_back(meeting):
    meeting.do(ask(BRAZIL))
    meeting.now.pass_by(Duration(MINUTE))
    meeting.do(ask(NIGERIA))
    latest = meeting.now()
    meeting.now.jump_back(Duration(60 * MINUTE))

    meeting.do(give(request(BRAZIL)), stop(request(BRAZIL)))

    instants = [entry.event.at for entry in meeting.service.log(meeting.id)]
    assert instants == sorted(instants)
    assert instants[-2:] == [latest, latest]


def test_a_clock_runs_on_when_the_present_has_caught_up(meeting):
    meeting.do(ask(BRAZIL), give(request(BRAZIL)))
    meeting.now.pass_by(Duration(65 * SECOND))
    meeting.service.ring(meeting.id)
    meeting.now.jump_back(Duration(30 * SECOND))
    meeting.do(ask(NIGERIA))
    meeting.now.pass_by(Duration(30 * SECOND + 125 * SECOND))

    state = meeting.service.state(meeting.id)

    assert meeting.kinds(after=5) == ["ClockStarted", "FloorRequested", "InterventionEnded"]
    assert state.last is not None
    assert state.last.clock.used == 3 * MINUTE


# Several threads


def test_of_many_threads_none_is_lost_and_none_is_doubled(meeting):
    asking = list(delegations(40))
    taps = [ask(delegation) for delegation in asking for _ in range(2)]

    with ThreadPoolExecutor(16) as threads:
        receipts = list(threads.map(meeting.do, taps))

    state = meeting.service.state(meeting.id)
    assert [ask.number for ask in state.listed] == list(range(1, 41))
    assert {ask.delegation for ask in state.listed} == set(asking)
    assert receipts[::2] == receipts[1::2]
    assert len(meeting.published) == 40


def test_whoever_waits_too_long_for_others_of_the_process_is_told_so(engine, monkeypatch):
    """Else each of fifty phones would wait for a locked database in turn, one after the other."""
    meeting = opened(engine)
    monkeypatch.setattr(service_module, "PATIENCE_S", 0.01)
    here, go_on = threading.Event(), threading.Event()

    def slow_now():
        here.set()
        assert go_on.wait(60)
        return meeting.now()

    service = Service(engine, slow_now, meeting.published.append)
    with ThreadPoolExecutor(1) as slow:
        first = slow.submit(service.handle, meeting.id, ask(BRAZIL))
        assert here.wait(60)
        with pytest.raises(NotRecorded):
            service.handle(meeting.id, ask(NIGERIA))
        go_on.set()
        first.result()

    service.handle(meeting.id, ask(NIGERIA))
    assert meeting.kinds(after=3) == ["FloorRequested", "FloorRequested"]


def _unguarded(engine: sa.Engine, statement: str) -> None:
    """Do what the guards of the log refuse."""
    drop, again = {
        "sqlite": ("DROP TRIGGER event_no_delete", "SELECT 1"),
        "postgresql": (
            "SET session_replication_role = replica",
            "SET session_replication_role = DEFAULT",
        ),
    }[engine.dialect.name]
    with engine.begin() as connection:
        for part in (drop, statement, again):
            connection.exec_driver_sql(part)


def _backup(engine: sa.Engine, folder: Path) -> Path:
    engine.dispose()  # the last connection leaves everything in the one file
    return Path(shutil.copy(engine.url.database or "", folder / "saved.db"))


def _restore(engine: sa.Engine, saved: Path) -> None:
    shutil.copy(saved, engine.url.database or "")
