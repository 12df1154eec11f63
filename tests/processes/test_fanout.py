"""Views on their way down under eventlet, on both paths: ours, and the one that Socket.IO brings.

Whatever some clients do, every other one is told everything once and in order.
"""

import json
import os
import re
import signal
import socket
import struct
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from typing import Any, Final

import pytest
from websocket import WebSocket

from tests.processes.clients import PATIENCE_S, Client, Screen, held_floor, opened, segment_of
from tests.processes.server import LOOK_S, SECONDS, House, Server
from tests.realtime.listener import connection

Serve = Callable[..., Server]

PLAIN_PATH: Final = (
    "-c",
    "import eventlet, runpy; eventlet.monkey_patch();"
    "from moderator.realtime import fanout; fanout.KNOWN['eventlet'] = 'of another world';"
    "runpy.run_path('wsgi.py', run_name='__main__')",
)
"""The server as it is when a library is not of a version that the fast path knows."""

COUNTED: Final = (
    "-c",
    """
import eventlet, gc, runpy, signal
eventlet.monkey_patch()
from moderator.realtime.fanout import Wire
def count(*_):
    gc.collect()
    print("wires", sum(type(it) is Wire for it in gc.get_objects()), flush=True)
signal.signal(signal.SIGUSR1, count)
runpy.run_path("wsgi.py", run_name="__main__")
""",
)
"""The server that tells in its log how many clients it still knows of, when it is sent a signal."""

TOLD: Final = re.compile(r"^wires (\d+)\n", re.MULTILINE)
"""A line of it that is whole: what is printed comes in pieces."""

ROUNDS: Final = 6
WAITING: Final = 150
"""With so many on the list, some rounds are longer than what is kept for a stalled client."""

SMALL_BUFFER: Final = 4_096


@pytest.fixture(params=["fast", "plain"])
def server(request: pytest.FixtureRequest, sqlite_house: House, serve: Serve) -> Iterator[Server]:
    program = ("wsgi.py",) if request.param == "fast" else PLAIN_PATH
    server = serve(sqlite_house, program=program)
    yield server
    assert ("plain path" in server.log) == (request.param == "plain")


def test_slow_stalled_and_vanishing_clients_keep_nothing_from_the_others(server: Server) -> None:
    with _meeting(server) as meeting, ExitStack() as clients:
        screens = [clients.enter_context(Screen(server, role)) for role in ("secretary", "display")]
        stalled = clients.enter_context(closing(_entered(server, "secretary")))
        for number in range(ROUNDS):
            vanishing = _entered(server, "chair")
            meeting.turn(number)
            _vanish(vanishing)
        last = meeting.version
        for screen in screens:
            screen.until_version(last)
            assert (screen.snapshots, screen.gaps) == (1, [])
        assert dict(screens[0].view) == meeting.chair.view()["view"]
        # On our path no more is kept for it than it needs to learn that it has to fetch the view.
        assert _reads_on(stalled, last) == ("plain path" not in server.log)


def test_both_paths_tell_the_same_in_the_same_order(
    sqlite_house: House, tmp_path: Any, serve: Serve
) -> None:
    told = []
    for path, program in (("fast", ("wsgi.py",)), ("plain", PLAIN_PATH)):
        server = serve(sqlite_house.copied_to(tmp_path / path), program=program)
        with _meeting(server) as meeting, Screen(server, "secretary") as screen:
            begun = screen.version
            seen = []
            for number in range(10):
                meeting.turn(number)
                screen.until_version(meeting.version)
                order = [entry["id"] for entry in screen.view["list"]["entries"]]
                seen.append((screen.version - begun, screen.view["floor"]["allowance"], order))
            assert (screen.snapshots, screen.gaps) == (1, [])
            told.append(seen)
    fast, plain = told
    assert fast == plain


def test_nothing_is_left_of_those_who_came_and_went(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house, program=COUNTED)
    codes = server.house.demonstration["seats"]["delegation"]
    clients = [_entered(server, "delegation", code) for code in codes]
    assert _wires(server) == len(clients)
    for number, client in enumerate(clients):
        if number % 2:
            _vanish(client)
        else:
            client.close()
    with Screen(server, "display") as screen:
        screen.until(lambda: screen.beats > 1)
        end = time.monotonic() + PATIENCE_S
        while (left := _wires(server)) > 1:  # it may not have heard of each yet
            assert time.monotonic() < end, left
        assert left == 1


class _Meeting:
    """A speaker has the floor, and many wait."""

    def __init__(self, server: Server) -> None:
        self.chair = opened(server)
        self._holder = held_floor(server, self.chair, remaining=SECONDS * 1_000)
        segment = segment_of(server.house)
        codes = set(server.house.demonstration["seats"]["delegation"]) - {"NG", "MX"}
        self._waiting = [f"tap-of-{code}-1" for code in sorted(codes)[:WAITING]]
        for tap, code in zip(self._waiting, sorted(codes), strict=False):
            with closing(Client(server, "delegation", code)) as delegate:
                delegate.do("request-floor", tap, segment=segment)
        self.version = 0

    def turn(self, number: int) -> None:
        """Change list and floor: who is last becomes first, and the limit another one."""
        moved = self._waiting[-1 - number % WAITING]
        self.chair.do("move-request", request=moved, before=self._waiting[0])
        total = (2 * SECONDS + number) * 1_000
        self.version = self.chair.do("set-allowance", holder=self._holder, total=total)["version"]


@contextmanager
def _meeting(server: Server) -> Iterator[_Meeting]:
    meeting = _Meeting(server)
    yield meeting
    meeting.chair.close()


def _entered(server: Server, role: str, subject: str | None = None) -> WebSocket:
    """A client that has taken its seat, and reads nothing unless it is asked to."""
    small = ((socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER),)
    entered = connection(server.url, sockopt=small)
    token = server.house.seat(role, subject)["token"]
    entered.send("40" + json.dumps({"dialogue": server.house.dialogue, "token": token}))
    while not str(entered.recv()).startswith("40"):
        pass
    return entered


def _wires(server: Server) -> int:
    """How many clients are anywhere in the memory of the server, which is asked by a signal."""
    before = len(TOLD.findall(server.log))
    os.kill(server.pid, signal.SIGUSR1)
    end = time.monotonic() + PATIENCE_S
    while len(told := TOLD.findall(server.log)) == before:
        assert time.monotonic() < end, server.log
        time.sleep(LOOK_S)
    return int(told[-1])


def _vanish(client: WebSocket) -> None:
    """Reset the connection, as a phone does that was switched off."""
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.sock.close()


def _reads_on(client: WebSocket, last: int) -> bool:
    """Read to the end what was not read for long: all in order; whether something was left out."""
    gaps = 0
    held = None
    while held is None or held < last:
        packet = str(client.recv())
        if packet.startswith('42["patch"'):
            patch: Mapping[str, Any] = json.loads(packet[2:])[1]
            assert held is None or patch["from"] >= held
            gaps += held is not None and patch["from"] > held
            held = patch["to"]
        elif packet.startswith('42["beat"'):
            # It may have taken the place of the last patch: whoever hears it fetches the view.
            version = json.loads(packet[2:])[1]["version"]
            if held is not None and version > held:
                gaps += 1
                held = version
    return gaps > 0
