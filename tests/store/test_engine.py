"""The connection to the database: how it is set up, and a database that somebody else holds."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from multiprocessing.synchronize import Event

import pytest
import sqlalchemy as sa

from moderator.core.units import MINUTE, Duration
from moderator.store import engine as engine_module
from moderator.store import journal
from moderator.store.engine import NotRecorded, make_engine, reading, writing
from tests.core.dialogues import BRAZIL, ask, give, request
from tests.meetings import Meeting, delegations, opened
from tests.processes.crew import beside
from tests.store.logs import DIALOGUE, add_dialogue


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[sa.Engine]:
    """An engine whose writers wait only for an instant."""
    monkeypatch.setattr(engine_module, "PATIENCE_S", 0.05)
    engine = make_engine(database)
    yield engine
    engine.dispose()


# As it is set up


def test_sqlite_has_every_commit_on_disk_and_waits_only_for_a_moment(sqlite_engine):
    with sqlite_engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 20,
    }


def test_postgresql_shows_whoever_waited_what_was_recorded_meanwhile(postgres_engine):
    """Whatever the default of the database is: with another one, waiting ends in a refusal."""
    engine = postgres_engine
    change = f"ALTER DATABASE {engine.url.database} {{}} default_transaction_isolation"
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(change.format("SET") + " = 'repeatable read'")
        engine.dispose()
        meeting = opened(engine)
        with ThreadPoolExecutor(8) as threads:
            rivals = [Meeting(engine, meeting.now) for _ in range(8)]
            list(threads.map(lambda rival, who: rival.do(ask(who)), rivals, delegations(8)))

        assert len(meeting.service.state(meeting.id).waiting) == 8
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(change.format("RESET"))


def test_whoever_reads_does_not_wait_for_whoever_writes(engine):
    meeting = opened(engine)
    with writing(engine) as connection:
        journal.lock(connection, DIALOGUE.id)
        assert meeting.service.state(DIALOGUE.id).version == 3


def test_what_was_half_written_is_gone_and_the_connection_clean(engine):
    add_dialogue(engine)
    with pytest.raises(ZeroDivisionError):
        _write_half(engine)

    with reading(engine) as connection:
        assert journal.versions(connection, [DIALOGUE.id]) == {DIALOGUE.id: 0}
    with writing(engine) as connection:
        assert journal.lock(connection, DIALOGUE.id) is not None


def _write_half(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE dialogue SET version = 7")
        _ = 1 // 0


@pytest.mark.parametrize(
    "nowhere", ["sqlite:////no/folder/m.db", "postgresql+psycopg2://127.0.0.1:1/m"]
)
def test_a_database_that_is_not_there_is_said_to_be_unable(nowhere):
    engine = make_engine(nowhere)

    for attempt in (reading, writing):
        with pytest.raises(NotRecorded), attempt(engine):
            pass


def test_more_than_there_are_connections_for_are_refused(sqlite_engine):
    engine = sqlite_engine
    engine.pool._timeout = 0  # SQLAlchemy waits for half a minute
    with ExitStack() as all_connections:
        while True:
            try:
                all_connections.enter_context(reading(engine))
            except NotRecorded:
                break

    with reading(engine) as connection:
        assert connection.scalar(sa.select(1)) == 1


# Held by another process


def test_whoever_reads_sees_one_moment(engine):
    """Or a log that is written meanwhile would seem to have lost its end."""
    meeting = opened(engine)
    with reading(engine) as connection:
        before = journal.read(connection, DIALOGUE.id)
        meeting.do(ask(BRAZIL))
        assert journal.read(connection, DIALOGUE.id) == before
        assert journal.damage(connection, DIALOGUE.id) == ()


def test_a_locked_database_refuses_and_is_right_again_by_itself(database, impatient):
    meeting = opened(impatient)

    with beside(_hold, database) as let_go:
        for _ in range(2):
            with pytest.raises(NotRecorded):
                meeting.do(ask(BRAZIL))
        assert meeting.service.state(DIALOGUE.id).version == 3
        let_go()

    meeting.do(ask(BRAZIL))
    assert meeting.kinds(after=3) == ["FloorRequested"]
    assert meeting.published == [DIALOGUE.id]
    with reading(impatient) as connection:
        assert journal.damage(connection, DIALOGUE.id) == ()


def test_a_first_connection_to_a_locked_database_is_refused_too(database, impatient):
    now = opened(impatient).now
    impatient.dispose()

    with beside(_hold, database):
        meeting = Meeting(impatient, now)
        with pytest.raises(NotRecorded):
            meeting.do(ask(BRAZIL))
        assert meeting.service.state(DIALOGUE.id).version == 3


def test_while_the_end_of_a_turn_cannot_be_recorded_it_is_shown_as_it_stands(database, impatient):
    meeting = opened(impatient)
    meeting.do(ask(BRAZIL), give(request(BRAZIL)))
    meeting.now.pass_by(Duration(10 * MINUTE))

    with beside(_hold, database):
        assert meeting.service.state(DIALOGUE.id).floor_id == request(BRAZIL)
        with pytest.raises(NotRecorded):
            meeting.service.ring(DIALOGUE.id)

    assert meeting.service.state(DIALOGUE.id).floor is None
    assert meeting.kinds(after=5) == ["ClockStarted", "InterventionEnded"]


def test_a_writer_that_is_patient_gets_its_turn(database, engine):
    meeting = opened(engine)
    with beside(_hold, database) as let_go, ThreadPoolExecutor(1) as thread:
        tried = _first_refusal(engine)
        waits = thread.submit(meeting.do, ask(BRAZIL))
        tried()
        let_go()
        assert waits.result().version == 4


def _hold(database: str, here: Event, go_on: Event) -> None:
    engine = make_engine(database)
    with writing(engine) as connection:
        journal.lock(connection, DIALOGUE.id)
        here.set()
        go_on.wait()
    engine.dispose()


def _first_refusal(engine: sa.Engine):
    """What waits until a writer was refused (SQLite) or waits for the lock (PostgreSQL)."""
    refused = threading.Event()
    sa.event.listen(engine, "handle_error", lambda _: refused.set())

    def wait() -> None:
        while engine.dialect.name == "postgresql":
            with reading(engine) as connection:
                if connection.exec_driver_sql("SELECT 1 FROM pg_locks WHERE NOT granted").first():
                    return
        assert refused.wait(60)

    return wait
