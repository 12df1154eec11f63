"""Processes on one PostgreSQL hear of each other's commits at once."""

import threading
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from moderator.realtime import wakeup
from moderator.store.engine import make_engine
from tests.core.dialogues import NIGERIA, ask
from tests.fake_now import FakeNow
from tests.meetings import Meeting, opened

PATIENCE_S = 60.0
LOOK_S = 0.01


class Over(BaseException):
    """The test has heard enough."""


class Ear:
    """Listens in a thread until it has heard of something; `heard` is what."""

    def __init__(self, engine: sa.Engine) -> None:
        self.heard: list[str] = []
        self._thread = threading.Thread(target=self._listen, args=(engine,))
        self._thread.start()

    def end(self) -> list[str]:
        """Wait until it has heard; tells what."""
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        return self.heard

    def _listen(self, engine: sa.Engine) -> None:
        def woken(dialogue_id: str) -> None:
            self.heard.append(dialogue_id)
            raise Over

        try:
            wakeup.listen(engine, woken)
        except Over:
            return


@pytest.fixture
def engine(postgres_database: str) -> Iterator[sa.Engine]:
    engine = make_engine(postgres_database)
    yield engine
    engine.dispose()


@pytest.fixture
def meeting(engine: sa.Engine, now: FakeNow) -> Meeting:
    return opened(engine, now=now)


def ears(engine: sa.Engine) -> int:
    """How many connections are listening."""
    with engine.connect() as connection:
        count = connection.scalar(
            sa.text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'"
            )
        )
        return int(count or 0)


def until_listening(engine: sa.Engine) -> None:
    """Wait until the database knows of an ear."""
    deadline = time.monotonic() + PATIENCE_S
    while not ears(engine):
        assert time.monotonic() < deadline
        time.sleep(LOOK_S)


def test_a_commit_is_heard_of(engine: sa.Engine, meeting: Meeting):
    ear = Ear(engine)
    until_listening(engine)

    meeting.do(ask(NIGERIA))

    assert ear.end() == [meeting.id]


def test_an_ear_that_was_cut_off_grows_again(
    engine: sa.Engine,
    meeting: Meeting,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    monkeypatch.setattr(wakeup, "RECONNECT_S", 0.01)
    ear = Ear(engine)
    until_listening(engine)

    with engine.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                " AND pid <> pg_backend_pid()"
            )
        )
    while "not hearing of other processes" not in caplog.text:
        time.sleep(LOOK_S)
    until_listening(engine)
    meeting.do(ask(NIGERIA))

    assert ear.end() == [meeting.id]


def test_on_sqlite_there_is_nothing_to_hear(sqlite_database: str):
    engine = make_engine(sqlite_database)

    wakeup.listen(engine, lambda _: None)

    engine.dispose()
