"""A database that is full, or gone midway: refused or done, never half, and right again after."""

import resource
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from moderator.store import journal
from moderator.store.engine import NotRecorded, make_engine, reading
from tests.core.dialogues import BRAZIL, ask
from tests.meetings import Meeting, delegations, opened
from tests.processes.crew import crew
from tests.store.logs import DIALOGUE


@pytest.fixture
def meeting(engine: sa.Engine) -> Meeting:
    """The first panel has begun, and its list is open."""
    return opened(engine)


@pytest.fixture
def administrator(postgres_engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection to another database of the same server."""
    engine = sa.create_engine(
        postgres_engine.url.set(database="postgres"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def is_whole(engine: sa.Engine) -> bool:
    with reading(engine) as connection:
        return journal.damage(connection, DIALOGUE.id) == ()


# Full


def test_a_full_sqlite_refuses_and_is_right_again_when_there_is_room(sqlite_engine):
    meeting = opened(sqlite_engine)
    pages = 1  # SQLite takes as many as there are for the least

    @sa.event.listens_for(sqlite_engine, "begin")
    def limit(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    asked, reason = _ask_until_refused(meeting)
    assert "full" in reason
    assert len(meeting.service.state(DIALOGUE.id).waiting) == asked
    assert is_whole(sqlite_engine)

    pages = 10_000
    meeting.do(ask(BRAZIL))
    assert len(meeting.service.state(DIALOGUE.id).waiting) == asked + 1
    assert is_whole(sqlite_engine)


def test_when_the_system_writes_no_more_what_was_acknowledged_is_there(
    sqlite_engine, sqlite_database
):
    opened(sqlite_engine)

    ((asked, waiting, after, whole),) = crew(_fill_up, [(sqlite_database,)])

    assert 0 < asked == waiting == after - 1
    assert whole


def test_a_full_postgresql_refuses_and_is_right_again_when_there_is_room(postgres_engine):
    meeting = opened(postgres_engine)
    for statement in (
        "CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION no_room()",
    ):
        _execute(postgres_engine, statement)
    asked, reason = _ask_until_refused(meeting)
    assert (asked, meeting.kinds(after=3)) == (0, [])
    assert "no space left" in reason

    _execute(postgres_engine, "DROP TRIGGER no_room ON receipt")
    meeting.do(ask(BRAZIL))
    assert meeting.kinds(after=3) == ["FloorRequested"]
    assert is_whole(postgres_engine)


def _fill_up(database: str) -> tuple[int, int, int, bool]:
    """Ask until no file may grow, then let them: (asked, waiting then, waiting after one more)."""
    engine = make_engine(database)
    meeting = Meeting(engine)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    asked, _ = _ask_until_refused(meeting)
    waiting = len(meeting.service.state(DIALOGUE.id).waiting)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    meeting.do(ask(BRAZIL))
    return asked, waiting, len(meeting.service.state(DIALOGUE.id).waiting), is_whole(engine)


def _ask_until_refused(meeting: Meeting) -> tuple[int, str]:
    """How many were inscribed before the database refused, and what it said."""
    for asked, delegation in enumerate(delegations(1_000)):
        meeting.published.clear()
        try:
            meeting.do(ask(delegation))
        except NotRecorded as refused:
            assert meeting.published == []
            return asked, str(refused)
    raise AssertionError("the database was never full")


def _execute(engine: sa.Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


# Gone


@pytest.mark.parametrize("statement", range(7))
def test_a_connection_that_is_cut_midway_leaves_nothing_half(
    postgres_engine, administrator, statement
):
    """A turn has seven statements: lock, read, receipt, append, keep the receipt, head, wake."""
    meeting = opened(postgres_engine)
    rival = Meeting(postgres_engine, meeting.now)
    to_come = statement

    @sa.event.listens_for(postgres_engine, "before_cursor_execute")
    def cut(connection: sa.Connection, *_: Any) -> None:
        nonlocal to_come
        to_come -= 1
        if to_come == -1:
            _cut(administrator, connection.connection)

    with pytest.raises(NotRecorded):
        rival.do(ask(BRAZIL))
    assert to_come == -1
    assert rival.published == []
    assert meeting.kinds(after=3) == []

    assert rival.do(ask(BRAZIL)).version == 4
    assert meeting.kinds(after=3) == ["FloorRequested"]
    assert is_whole(postgres_engine)


def test_a_connection_that_is_cut_before_the_commit_leaves_nothing(
    postgres_engine, administrator, monkeypatch
):
    meeting = opened(postgres_engine)
    with monkeypatch.context() as patch:
        _before_commit(postgres_engine, patch, lambda driver: _cut(administrator, driver))
        with pytest.raises(NotRecorded):
            meeting.do(ask(BRAZIL))

    assert meeting.kinds(after=3) == []
    assert meeting.do(ask(BRAZIL)).version == 4
    assert is_whole(postgres_engine)


def test_a_commit_that_fails_leaves_nothing_and_a_clean_connection(engine, meeting, monkeypatch):
    def fail(_driver: Any) -> None:
        raise engine.dialect.loaded_dbapi.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        _before_commit(engine, patch, fail)
        with pytest.raises(NotRecorded):
            meeting.do(ask(BRAZIL))

    assert meeting.published == []
    assert meeting.kinds(after=3) == []
    assert meeting.do(ask(BRAZIL)).version == 4
    assert is_whole(engine)


def test_a_commit_whose_answer_was_lost_is_settled_by_the_same_tap(engine, meeting, monkeypatch):
    commit = engine.dialect.do_commit

    def commit_and_lose_the_answer(driver: Any) -> None:
        commit(driver)
        raise engine.dialect.loaded_dbapi.OperationalError("server closed the connection")

    with monkeypatch.context() as patch:
        patch.setattr(engine.dialect, "do_commit", commit_and_lose_the_answer)
        with pytest.raises(NotRecorded):
            meeting.do(ask(BRAZIL))

    assert meeting.do(ask(BRAZIL)).version == 4
    assert meeting.kinds(after=3) == ["FloorRequested"]
    assert is_whole(engine)


def test_a_server_that_was_gone_is_found_again(postgres_engine, administrator):
    meeting = opened(postgres_engine)
    name = postgres_engine.url.database
    administrator.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    try:
        for pid in _connections(administrator, name):
            _terminate(administrator, pid)
        for _ in range(2):
            with pytest.raises(NotRecorded):
                meeting.do(ask(BRAZIL))
            with pytest.raises(NotRecorded):
                meeting.service.state(DIALOGUE.id)
    finally:
        administrator.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    assert meeting.do(ask(BRAZIL)).version == 4
    assert is_whole(postgres_engine)


def test_connections_that_were_cut_while_they_rested_are_made_anew(postgres_engine, administrator):
    meeting = opened(postgres_engine)
    resting = _connections(administrator, postgres_engine.url.database)
    for pid in resting:
        _terminate(administrator, pid)

    assert resting
    assert meeting.do(ask(BRAZIL)).version == 4


def _before_commit(
    engine: sa.Engine, patch: pytest.MonkeyPatch, deed: Callable[[Any], None]
) -> None:
    commit = engine.dialect.do_commit

    def do_commit(driver: Any) -> None:
        deed(driver)
        commit(driver)

    patch.setattr(engine.dialect, "do_commit", do_commit)


def _connections(administrator: sa.Connection, database: str | None) -> list[int]:
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
    return list(administrator.exec_driver_sql(query, (database,)).scalars())


def _cut(administrator: sa.Connection, pooled: Any) -> None:
    _terminate(administrator, pooled.driver_connection.info.backend_pid)


def _terminate(administrator: sa.Connection, pid: int) -> None:
    """End the server's side of a connection, and wait until it has ended."""
    gone = administrator.exec_driver_sql("SELECT pg_terminate_backend(%s, 60000)", (pid,))
    assert gone.scalar_one()
