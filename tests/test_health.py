"""Whether a server can work: asked at most once a second, and told without waiting for ever."""

import threading
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from moderator import health as module
from moderator.health import BELL_SILENT_S, KEPT_S, Health, Part
from moderator.store.engine import make_engine

PATIENCE_S = 60.0


class Clock:
    """A monotonic clock that stands still."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


class Looks:
    """Looks at the database in threads, and remembers them."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []

    def __call__(self, look: Callable[[], None]) -> None:
        self.threads.append(threading.Thread(target=look))
        self.threads[-1].start()


@pytest.fixture
def looks() -> Iterator[Looks]:
    looks = Looks()
    yield looks
    for thread in looks.threads:
        thread.join(PATIENCE_S)


def test_a_server_with_all_its_parts_misses_none(engine: sa.Engine, looks: Looks) -> None:
    assert Health(engine, lambda: 0.5, looks).missing() == ()


@pytest.mark.parametrize("rested", [None, BELL_SILENT_S, 3_600])
def test_a_bell_that_does_not_look_is_missing(
    sqlite_engine: sa.Engine, looks: Looks, rested: float | None
) -> None:
    assert Health(sqlite_engine, lambda: rested, looks).missing() == (Part.BELL,)


def test_tables_of_another_form_are_missing(empty_database: str, looks: Looks) -> None:
    engine = make_engine(empty_database)

    assert Health(engine, lambda: 0, looks).missing() == (Part.SCHEMA,)

    engine.dispose()


def test_a_database_that_does_not_listen_is_missing(looks: Looks) -> None:
    engine = make_engine("postgresql+psycopg2://nobody@127.0.0.1:1/nothing")

    assert Health(engine, lambda: 0, looks).missing() == (Part.DATABASE,)


def test_an_answer_is_kept_for_a_second(
    sqlite_engine: sa.Engine, looks: Looks, clock: Clock
) -> None:
    health = Health(sqlite_engine, lambda: 0, looks)

    for _ in range(100):
        assert health.missing() == ()
    assert len(looks.threads) == 1

    clock.now += KEPT_S + 0.1
    assert health.missing() == ()
    assert len(looks.threads) == 2


def test_a_database_that_says_nothing_is_asked_once_and_not_waited_for(
    sqlite_engine: sa.Engine, looks: Looks, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = threading.Event()
    monkeypatch.setattr(module, "KEPT_S", 0.01)
    monkeypatch.setattr(module, "is_current", lambda _: answers.wait(PATIENCE_S))
    health = Health(sqlite_engine, lambda: 0, looks)

    for _ in range(3):
        assert health.missing() == (Part.DATABASE,)
        clock.now += 60
    assert len(looks.threads) == 1

    answers.set()
    looks.threads[0].join(PATIENCE_S)
    assert health.missing() == ()
