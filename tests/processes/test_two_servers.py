"""Two servers on one PostgreSQL: everybody is told the same, whichever of them they came to."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Final

import pytest
import sqlalchemy as sa

from moderator.core.events import ClockStarted, InterventionEnded
from moderator.core.terms import Outcome
from moderator.store.engine import make_engine
from moderator.store.journal import CLOCK
from tests.processes.clients import PATIENCE_S, Client, Screen, held_floor, opened, segment_of
from tests.processes.load import log_of
from tests.processes.server import LOOK_S, House, Server

DELEGATIONS: Final = ("NG", "MX", "BR", "DZ", "FR", "JP", "KE", "PE", "SE", "VN")
SHORT_MS: Final = 2_000

HANDICAPPED: Final = """
import eventlet, runpy
eventlet.monkey_patch()
from moderator.realtime import publisher, wakeup
{handicap}
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server without one of the two ways of hearing of others; eventlet before all else."""

LISTENING: Final = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND query LIKE 'LISTEN %'"
)

Pair = tuple[Server, Server]


@pytest.fixture
def pair(postgres_house: House, serve: Callable[..., Server]) -> Pair:
    """Two servers of one house."""
    return serve(postgres_house), serve(postgres_house)


@pytest.fixture
def screens(pair: Pair) -> Iterator[list[Screen]]:
    """A display, a phone and a chair's screen at each of the two."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(Screen(server, role))
            for server in pair
            for role in ("display", "delegation", "chair")
        ]


def test_everybody_is_told_the_same_without_gaps(pair: Pair, screens: list[Screen]) -> None:
    one, other = pair
    opened(one).close()
    segment = segment_of(one.house)
    delegates = {
        code: Client((one, other)[place % 2], "delegation", code)
        for place, code in enumerate(DELEGATIONS)
    }
    chairs = [Client(one, "chair"), Client(other, "secretary")]
    for code, delegate in delegates.items():
        delegate.do("request-floor", f"tap-of-{code}-1", segment=segment)
    holder = None
    for place, code in enumerate(DELEGATIONS[:6]):
        chair = chairs[place % 2]
        chair.do("give-floor", request=f"tap-of-{code}-1", holder=holder)
        chairs[(place + 1) % 2].do("start-clock", holder=f"tap-of-{code}-1")
        holder = f"tap-of-{code}-1"
    delegates["VN"].do("withdraw-request", request="tap-of-VN-1")
    version = chairs[0].do("end-intervention", holder=holder)["version"]

    for screen in screens:
        screen.until_version(version)
    assert [screen.gaps for screen in screens] == [[]] * len(screens)
    assert {screen.version for screen in screens} == {version}
    for role, screen in zip(("display", "delegation", "chair") * 2, screens, strict=True):
        for server in pair:
            client = Client(server, role)
            assert client.view()["view"] == screen.view
            client.close()


def test_two_bells_record_one_end_at_the_deadline(pair: Pair, screens: list[Screen]) -> None:
    one, other = pair
    chair = opened(one)
    holder = held_floor(other, chair, remaining=SHORT_MS)
    chair.do("start-clock", holder=holder)

    for screen in screens:
        screen.until(lambda screen=screen: screen.view["last"] is not None)
    told = [screen.view["last"] for screen in screens]
    assert all(last == told[0] for last in told)
    log = log_of(one.house)
    (end,) = [entry for entry in log if isinstance(entry.event, InterventionEnded)]
    started = log[-2].event
    assert isinstance(started, ClockStarted)
    assert (end.actor, end.version) == (CLOCK, log[-1].version)
    assert end.event.at - started.at == SHORT_MS
    assert (told[0]["outcome"], told[0]["ended_at"]) == (Outcome.TIME_EXPIRED, end.event.at)
    assert [screen.gaps for screen in screens] == [[]] * len(screens)


@pytest.mark.parametrize(
    "handicap",
    [
        pytest.param("publisher.POLL_S = 3600", id="woken, though it never looks"),
        pytest.param("wakeup.listen = lambda *_: None", id="looking, though nobody wakes it"),
    ],
)
def test_a_server_hears_of_what_another_has_recorded(
    postgres_house: House, serve: Callable[..., Server], handicap: str
) -> None:
    one = serve(postgres_house)
    other = serve(postgres_house, program=("-c", HANDICAPPED.format(handicap=handicap)))
    until_listening(postgres_house, 1 if "listen" in handicap else 2)
    with Screen(other, "display") as screen:
        chair = opened(one)
        version = chair.do("take-gavel")["version"]
        screen.until_version(version)
        assert screen.gaps == []


def until_listening(house: House, servers: int) -> None:
    """Wait until so many servers of a house hear of each other: what was before, nobody tells."""
    engine = make_engine(house.database_url)
    end = time.monotonic() + PATIENCE_S
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while (count := connection.scalar(LISTENING)) < servers:
            assert time.monotonic() < end, count
            time.sleep(LOOK_S)
    engine.dispose()
