"""A server that is asked to stop: screens are told, what was begun is answered, and it ends."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final

import pytest

from tests.processes.clients import Answer, Client, Screen, Unreachable, new_id, opened
from tests.processes.load import Load, faults_in
from tests.processes.server import House, Server
from tests.realtime.listener import Listener

Serve = Callable[..., Server]

PATIENCE_S: Final = 60.0
SCREENS: Final = 20

ASKED_WHILE_BUSY: Final = """
import eventlet, runpy, signal
eventlet.monkey_patch()
from moderator.realtime.publisher import Publisher
Publisher.leave = lambda *_: signal.raise_signal(signal.SIGTERM)
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server, which is asked to stop just when it sees off a socket."""

SLOW: Final = """
import eventlet, os, runpy
eventlet.monkey_patch()
from moderator.service import Service
handle = Service.handle
def slowly(*arguments):
    print("a command has arrived", flush=True)
    eventlet.sleep(float(os.environ["SLOW_S"]))
    return handle(*arguments)
Service.handle = slowly
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server, whose commands take their time."""

BY_THREADS: Final = """
import os, runpy
os.environ["MODERATOR_ASYNC_MODE"] = "threading"
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server on its other engine."""


@pytest.fixture(autouse=True)
def _connections_end() -> Iterator[None]:
    yield
    while Listener.opened:
        Listener.opened.pop().close()


class Asked:
    """A command that was sent, and whose answer is waited for elsewhere."""

    def __init__(self, server: Server) -> None:
        self.id = new_id()
        self.answer: Answer | None = None
        self._client = Client(server, "chair")
        self._thread = threading.Thread(target=self._ask, daemon=True)
        self._thread.start()
        server.until_said("a command has arrived")

    def until_answered(self) -> Answer | None:
        """Wait for the answer; None when there is none."""
        self._thread.join(PATIENCE_S)
        return self.answer

    def _ask(self) -> None:
        with suppress(Unreachable):
            self.answer = self._client.send("open-dialogue", self.id)
        self._client.close()


def listener(server: Server, role: str) -> Listener:
    """A connection that will take a seat of a role."""
    token = server.house.seat(role)["token"]
    return Listener(server.url, {"dialogue": server.house.dialogue, "token": token})


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_nobody_uses_ends_with_success(
    sqlite_house: House, serve: Serve, how: signal.Signals
) -> None:
    server = serve(sqlite_house)

    server.ask_to_stop(how)
    server.until_ended()

    assert server.status == 0


def test_a_server_ends_though_screens_are_open(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    chair = opened(server)
    with Screen(server, "display") as screen:
        server.stop()
        assert server.status == 0
        server.start()
        screen.until(lambda: screen.snapshots > 1)
        assert screen.view == Client(server, "display").view()["view"]
    chair.close()


def test_a_server_ends_though_it_is_busy_with_a_socket(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house, program=("-c", ASKED_WHILE_BUSY))
    with Screen(server, "display"):
        pass
    server.until_ended()
    assert server.status == 0


def test_twenty_screens_are_told_and_a_slow_command_is_answered(
    sqlite_house: House, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_S", "1")
    server = serve(sqlite_house, program=("-c", SLOW))
    roles = ("display", "follower") * (SCREENS // 2)
    screens = [listener(server, role).connect() for role in roles]
    asked = Asked(server)

    server.stop()

    assert server.status == 0
    for screen in screens:
        assert screen.until("goodbye")["retry"] >= 2_000
        screen.until("gone")
    answer = asked.until_answered()
    assert answer is not None
    assert answer.status == 200
    assert faults_in(sqlite_house, {asked.id: answer.body["version"]}, {}) == []


def test_clients_that_hang_hold_nobody_up(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    listener(server, "display").connect()
    said = (
        b"",
        b"GET / HT",
        b"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\ncode=",
    )
    wires = [socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) for _ in said]
    for wire, words in zip(wires, said, strict=True):
        wire.sendall(words)
    chair = Client(server, "chair")
    chair.view()

    server.stop()

    assert server.status == 0
    for wire in (*wires, chair):
        wire.close()


def test_a_second_request_ends_it_at_once(
    sqlite_house: House, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_S", str(PATIENCE_S))
    server = serve(sqlite_house, program=("-c", SLOW))
    asked = Asked(server)

    server.ask_to_stop()
    server.until_said("the server goes away")
    server.ask_to_stop()
    server.until_ended()

    assert server.status == -signal.SIGTERM
    assert asked.until_answered() is None


def test_what_was_acknowledged_before_is_there_and_the_rest_is_sent_again(
    house: House, serve: Serve
) -> None:
    server = serve(house)
    opened(server).close()
    load = Load(server)
    load.start()
    for answered in (40, 80, 120):
        load.until_answered(answered)
        load.server_is(up=False)
        server.stop()
        assert server.status == 0
        server.start()
        load.server_is(up=True)

    tally = load.finish()

    assert faults_in(house, tally.receipts, tally.refusals) == []


def test_threads_end_as_calmly(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house, program=("-c", BY_THREADS))
    screen = listener(server, "display").connect()

    server.stop()

    assert server.status == 0
    assert screen.until("goodbye")
    screen.until("gone")
