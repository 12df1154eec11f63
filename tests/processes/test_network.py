"""A network that delays, stalls, swallows and resets, on either side of the real server."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from tests.processes.clients import Client, Screen, opened, segment_of
from tests.processes.far_database import everything_goes_wrong, far
from tests.processes.load import faults_in
from tests.processes.proxy import Proxy
from tests.processes.server import LOOK_S, House, Server
from tests.realtime.listener import PATIENCE_S, Listener

Serve = Callable[..., Server]

PHONES: Final = 30

QUICK_PINGS: Final = """
import eventlet, runpy
eventlet.monkey_patch()
from engineio.base_server import BaseServer
made = BaseServer.__init__
made.__defaults__ = tuple(1 if value == 25 else value for value in made.__defaults__)
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server, which asks each second whether somebody is still there, not every 25."""


@pytest.fixture(autouse=True)
def _connections_end() -> Iterator[None]:
    yield
    while Listener.opened:
        Listener.opened.pop().close()


@pytest.mark.parametrize("answered", [True, False], ids=["after it", "before it"])
def test_a_commit_in_which_the_database_is_lost_is_settled_by_the_same_command(
    postgres_house: House, serve: Serve, answered: bool
) -> None:
    with far(postgres_house, seed=1) as (house, proxy):
        server = serve(house)
        opened(server).close()
        delegate = Client(server, "delegation", "NG")
        cut = proxy.cut_at(b"COMMIT", answered=answered)
        words = {"segment": segment_of(house)}
        refused = delegate.send("request-floor", "tap-of-nigeria", **words)
        assert (refused.status, refused.body["reason"]) == (503, "not-recorded")
        assert cut.wait(PATIENCE_S), "it was refused for something else"
        receipt = delegate.do("request-floor", "tap-of-nigeria", **words)
        assert faults_in(postgres_house, {"tap-of-nigeria": receipt["version"]}, {}) == []
        delegate.close()
        server.stop()


def test_a_far_database_loses_and_doubles_nothing(postgres_house: House, serve: Serve) -> None:
    with far(postgres_house, seed=2) as (house, proxy):
        server = serve(house)
        tally = everything_goes_wrong(postgres_house, server, proxy, rounds=1, seed=2)
        server.stop()
    assert tally.postponed > 0, "nobody noticed that the database was lost"


def test_screens_behind_stalls_and_resets_come_right_again(
    sqlite_house: House, serve: Serve
) -> None:
    server = serve(sqlite_house)
    chair = opened(server)
    segment = segment_of(sqlite_house)
    with Proxy(server.port, seed=3) as proxy, ExitStack() as stack:
        proxy.up.jitter_s = proxy.down.jitter_s = 0.05
        screens = [
            stack.enter_context(Screen(server, role, url=proxy.url))
            for role in ("display", "delegation", "chair")
        ]
        proxy.down.stall()
        version = chair.do("close-list", segment=segment)["version"]
        assert all(screen.version < version for screen in screens)
        proxy.down.flow()
        for screen in screens:
            screen.until_version(version)
            assert (screen.snapshots, screen.gaps) == (1, [])

        proxy.reset()
        version = chair.do("open-list", segment=segment)["version"]
        for screen in screens:
            screen.until(lambda screen=screen: screen.snapshots == 2)
            screen.until_version(version)
            assert screen.gaps == []
        for role, screen in zip(("display", "delegation", "chair"), screens, strict=True):
            client = Client(server, role)
            assert client.view()["view"] == screen.view
            client.close()
    chair.close()


def test_whoever_has_vanished_is_let_go_and_nobody_else(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house, program=("-c", QUICK_PINGS))
    chair = opened(server)
    seats = sqlite_house.demonstration["seats"]["delegation"]
    with Screen(server, "display") as display, Proxy(server.port, seed=4) as proxy:
        before = _open_files(server)
        for seat in list(seats.values())[:PHONES]:
            auth = {"dialogue": sqlite_house.dialogue, "token": seat["token"]}
            Listener(proxy.url, auth).connect()
        proxy.up.swallowing = proxy.down.swallowing = True
        until = time.monotonic() + PATIENCE_S
        # One more may be the server's own: a connection to its database.
        while _open_files(server) > before + 1:
            assert time.monotonic() < until, "somebody who has vanished is still held"
            time.sleep(LOOK_S)
        version = chair.do("take-gavel")["version"]
        display.until_version(version)
        assert (display.snapshots, display.gaps) == (1, [])
    chair.close()


def _open_files(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
