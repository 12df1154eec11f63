"""A hall of thousands of clients in one process: plain sockets, an epoll, little work a message.

Clients speak websockets and, for servers that do, Engine.IO and Socket.IO. What is measured is the
server: so whatever has come is read first, with its instant, and looked at when nothing more is
waiting to be read.
"""

import base64
import contextlib
import heapq
import os
import select
import socket
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

CHUNK: Final = 16 * 1024
UNREAD: Final = 10_000
"""Pieces that may wait to be looked at, while more and more come."""

GREETED: Final = b"\r\n\r\n"
UPGRADED: Final = b"HTTP/1.1 101"
PONG: Final = b"\x81\x81\x00\x00\x00\x003"
"""Engine.IO's answer to a ping, masked with zeros as RFC 6455 lets a client choose."""


def now_ms() -> float:
    """The host's boot clock in milliseconds: what both the hall and the servers can read."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6


def masked(text: str) -> bytes:
    """A text as one frame of a client."""
    body = text.encode()
    if len(body) < 126:
        return bytes((0x81, 0x80 | len(body))) + b"\0\0\0\0" + body
    return b"\x81\xfe" + len(body).to_bytes(2, "big") + b"\0\0\0\0" + body


def upgrade(port: int, path: str, *headers: str) -> bytes:
    """The request with which a websocket begins."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        *headers,
    )
    return "\r\n".join((*lines, "", "")).encode()


class Client:
    """One websocket: `connect` is what it says when Engine.IO has greeted it (None: plain ws)."""

    __slots__ = ("began", "buffer", "came", "connect", "is_open", "joined", "request", "socket")

    def __init__(self, request: bytes, connect: bytes | None) -> None:
        self.request = request
        self.connect = connect
        self.joined: float | None = None
        self.began = 0.0
        self.came = 0
        self.buffer = b""
        self.is_open = False
        self.socket: socket.socket | None = None


class Hall:
    """All clients of one server.

    `joined(client)` is called when the first message of the application has come, and
    `heard(client, message, at)` for that one and all that follow; `lost(client)` when a connection
    has ended. Instants are those of `now_ms`.
    """

    def __init__(self, port: int) -> None:
        self.address = ("127.0.0.1", port)
        self.clients: list[Client] = []
        self.heard: Callable[[Client, bytes, float], None] = lambda *_: None
        self.joined: Callable[[Client], None] = lambda _: None
        self.lost: Callable[[Client], None] = lambda _: None
        self._epoll = select.epoll()
        self._clients: dict[int, Client] = {}
        self._others: dict[int, Callable[[], None]] = {}
        self._came: list[tuple[Client, bytes, float]] = []
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._turn = 0

    def open(self, client: Client) -> None:
        """Begin to connect."""
        client.began = now_ms()
        client.buffer, client.is_open, client.joined = b"", False, None
        client.socket = self._dialled(client.request)
        self._clients[client.socket.fileno()] = client

    def dial(self, request: bytes, readable: Callable[[], None]) -> socket.socket:
        """A connection that has sent a request; `readable` is called when something has come."""
        wire = self._dialled(request)
        self._others[wire.fileno()] = readable
        return wire

    def hang_up(self, wire: socket.socket) -> None:
        """End a connection."""
        self._clients.pop(wire.fileno(), None)
        self._others.pop(wire.fileno(), None)
        wire.close()

    def join(self, clients: list[Client], in_flight: int) -> float:
        """Have clients join, so many at a time; how long it took, in ms."""
        waiting = iter(clients)
        left = len(clients)

        def joined(_client: Client) -> None:
            nonlocal left
            left -= 1
            following = next(waiting, None)
            if following is not None:
                self.open(following)

        self.joined = joined
        self.clients += clients
        began = now_ms()
        for client in islice(waiting, in_flight):
            self.open(client)
        self.until(lambda: left == 0)
        return now_ms() - began

    def at(self, when: float, do: Callable[[], None]) -> None:
        """Do something at an instant, in ms, while turns go on."""
        self._turn += 1
        heapq.heappush(self._later, (when, self._turn, do))

    def turn(self, longest: float) -> None:
        """Serve what has come, or has come due; wait at most so many seconds for it."""
        if self._later:
            longest = min(longest, max(0.0, (self._later[0][0] - now_ms()) / 1000))
        events = self._epoll.poll(0 if self._came else longest)
        for number, _ in events:
            client = self._clients.get(number)
            if client is not None:
                self._read(client)
            elif number in self._others:
                self._others[number]()
        if not events or len(self._came) > UNREAD:
            self._look()
        while self._later and self._later[0][0] <= now_ms():
            heapq.heappop(self._later)[2]()

    def during(self, milliseconds: float) -> None:
        """Serve for so long."""
        end = now_ms() + milliseconds
        while (left := end - now_ms()) > 0:
            self.turn(left / 1000)
        self._look()

    def until(self, holds: Callable[[], bool], patience_s: float = 60.0) -> None:
        """Serve until it holds; TimeoutError when it does not in time."""
        end = now_ms() + patience_s * 1000
        while not holds():
            if now_ms() > end:
                raise TimeoutError(f"not within {patience_s:.0f} s")
            self.turn(0.05)

    def close(self) -> None:
        """End all connections."""
        for client in self.clients:
            if client.socket is not None:
                self.hang_up(client.socket)
        self._epoll.close()

    def _dialled(self, request: bytes) -> socket.socket:
        wire = socket.socket()
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire.connect(self.address)
        wire.setblocking(False)
        wire.send(request)
        self._epoll.register(wire.fileno(), select.EPOLLIN)
        return wire

    def _read(self, client: Client) -> None:
        assert client.socket is not None
        try:
            data = client.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._came.append((client, data, now_ms()))
        if not data:
            self.hang_up(client.socket)
            client.socket = None

    def _look(self) -> None:
        """Look at all that was read."""
        came, self._came = self._came, []
        for client, data, at in came:
            if not data:
                self.lost(client)
                continue
            client.came += len(data)
            client.buffer = client.buffer + data if client.buffer else data
            if not client.is_open:
                head, greeted, rest = client.buffer.partition(GREETED)
                if not greeted:
                    continue
                if not head.startswith(UPGRADED):
                    raise ConnectionError(head.decode(errors="replace"))
                client.is_open, client.buffer = True, rest
            for message in _messages(client):
                self._take(client, message, at)

    def _take(self, client: Client, message: bytes, at: float) -> None:
        if client.connect is not None:
            if message == b"2":
                self._say(client, PONG)
                return
            if message[:1] == b"0":
                self._say(client, client.connect)
                return
            if message[:2] == b"44":
                raise ConnectionError(message.decode())
            if message[:2] == b"40":
                return
        if client.joined is None:
            client.joined = at
            self.joined(client)
        self.heard(client, message, at)

    def _say(self, client: Client, frame: bytes) -> None:
        # It may have ended since that came which is answered here; then there is its end to read.
        with contextlib.suppress(OSError):
            if client.socket is not None:
                client.socket.send(frame)


def _messages(client: Client) -> Iterator[bytes]:
    """The whole messages that have come; a server's frames are neither masked nor in pieces."""
    data, start = client.buffer, 0
    while len(data) - start >= 2:
        length, body = data[start + 1], start + 2
        if length == 126:
            length, body = int.from_bytes(data[body : body + 2], "big"), body + 2
        elif length == 127:
            length, body = int.from_bytes(data[body : body + 8], "big"), body + 8
        if len(data) < body + length:
            break
        yield data[body : body + length]
        start = body + length
    client.buffer = data[start:]
