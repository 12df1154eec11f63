"""kill -9 of the real server: what was acknowledged is there, and time has gone on."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from moderator.core.events import ClockStarted, InterventionEnded
from moderator.core.terms import Outcome
from moderator.store.journal import CLOCK
from tests.postgres import Cluster
from tests.processes.clients import Client, held_floor, opened, segment_of
from tests.processes.half_made import half_made
from tests.processes.load import (
    faults_in,
    killed_again_and_again,
    killed_while_it_starts,
    log_of,
)
from tests.processes.server import House, Server, set_up

Serve = Callable[..., Server]

ROUNDS: Final = 25
ROUNDS_ON_POSTGRES: Final = 5

LONG_MS: Final = 30 * 60_000
SHORT_MS: Final = 2_000


@pytest.mark.story(21)
def test_a_speaker_keeps_the_floor_and_the_deadline(house: House, serve: Serve) -> None:
    server = serve(house)
    chair = opened(server)
    holder = held_floor(server, chair, remaining=LONG_MS)
    chair.do("start-clock", holder=holder)
    before = chair.view()
    _kill_and_start(server)
    after = chair.view()
    assert after["view"] == before["view"]
    assert after["version"] == before["version"]
    assert after["view"]["floor"]["running_since"] is not None
    assert after["now"] >= before["now"]


@pytest.mark.story(21)
def test_a_stopped_clock_keeps_the_time_that_remains(house: House, serve: Serve) -> None:
    server = serve(house)
    chair = opened(server)
    holder = held_floor(server, chair, remaining=LONG_MS)
    chair.do("start-clock", holder=holder)
    chair.do("stop-clock", holder=holder)
    before = chair.view()
    _kill_and_start(server)
    after = chair.view()
    assert after["view"] == before["view"]
    assert after["view"]["floor"]["running_since"] is None
    assert after["view"]["floor"]["used"] == before["view"]["floor"]["used"]


@pytest.mark.story(21)
def test_what_was_acknowledged_a_moment_ago_is_there(house: House, serve: Serve) -> None:
    server = serve(house)
    chair = opened(server)
    delegate = Client(server, "delegation", "NG")
    segment = segment_of(house)
    receipt = delegate.do("request-floor", "tap-of-nigeria", segment=segment)
    server.kill()
    server.start()
    entries = chair.view()["view"]["list"]["entries"]
    assert [entry["id"] for entry in entries] == ["tap-of-nigeria"]
    again = delegate.do("request-floor", "tap-of-nigeria", segment=segment)
    assert again == receipt
    assert faults_in(house, {"tap-of-nigeria": receipt["version"]}, {}) == []


def test_a_limit_that_passed_meanwhile_is_recorded_at_its_deadline(
    house: House, serve: Serve
) -> None:
    server = serve(house)
    chair = opened(server)
    holder = held_floor(server, chair, remaining=SHORT_MS)
    chair.do("start-clock", holder=holder)
    server.kill()
    starts = [one.event for one in log_of(house) if isinstance(one.event, ClockStarted)]
    deadline = starts[-1].at + SHORT_MS
    server.start()
    while (told := chair.view())["now"] < deadline:
        time.sleep((deadline - told["now"]) / 1000)
    last = chair.view()["view"]["last"]
    assert (last["outcome"], last["ended_at"]) == (Outcome.TIME_EXPIRED, deadline)
    assert last["used"] == last["allowance"]
    ends = [entry for entry in log_of(house) if isinstance(entry.event, InterventionEnded)]
    assert [(end.actor, end.event.at) for end in ends] == [(CLOCK, deadline)]


def test_kills_lose_and_double_nothing_on_sqlite(sqlite_house: House, serve: Serve) -> None:
    tally = killed_again_and_again(serve(sqlite_house), ROUNDS, seed=0)
    assert tally.retries > 0, "nobody noticed that the server died"
    assert "whole" in sqlite_house.flask("check-journal")


def test_kills_lose_and_double_nothing_on_postgresql(postgres_house: House, serve: Serve) -> None:
    tally = killed_again_and_again(serve(postgres_house), ROUNDS_ON_POSTGRES, seed=50)
    assert tally.retries > 0, "nobody noticed that the server died"
    assert "whole" in postgres_house.flask("check-journal")


def test_kills_while_it_starts_lose_and_double_nothing(sqlite_house: House, serve: Serve) -> None:
    killed_while_it_starts(serve(sqlite_house, warm=None), rounds=4, seed=7)
    assert "whole" in sqlite_house.flask("check-journal")


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_database_is_made_though_its_making_was_killed_before(
    tmp_path: Path, request: pytest.FixtureRequest, database: str
) -> None:
    url = f"sqlite:///{tmp_path / 'moderator.db'}"
    if database == "postgres":
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.fresh_database()
    half_made(House(tmp_path, url, {}), random.Random(8))
    made = set_up(tmp_path, url)
    assert "whole" in made.flask("check-journal")


def _kill_and_start(server: Server) -> None:
    server.kill()
    server.start()
