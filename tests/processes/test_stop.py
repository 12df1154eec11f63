"""A server that is asked to stop ends at once: whatever was acknowledged is on disk."""

from collections.abc import Callable
from typing import Final

from tests.processes.clients import Client, Screen, opened
from tests.processes.server import House, Server

Serve = Callable[..., Server]

ASKED_WHILE_BUSY: Final = """
import eventlet, runpy, signal
eventlet.monkey_patch()
from moderator.realtime.publisher import Publisher
Publisher.leave = lambda *_: signal.raise_signal(signal.SIGTERM)
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server, which is asked to stop just when it sees off a socket."""


def test_a_server_ends_though_screens_are_open(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    chair = opened(server)
    with Screen(server, "display") as screen:
        server.stop()
        server.start()
        screen.until(lambda: screen.snapshots > 1)
        assert screen.view == Client(server, "display").view()["view"]
    chair.close()


def test_a_server_ends_though_it_is_busy_with_a_socket(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house, program=("-c", ASKED_WHILE_BUSY))
    with Screen(server, "display"):
        pass
    server.until_ended()
