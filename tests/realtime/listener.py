"""A client of the sockets as a test needs it: it remembers what came, and waits for what comes.

It speaks Socket.IO itself, so that a test sees every packet and nothing is made good behind its
back.
"""

import json
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from typing import Any, ClassVar, Final

from websocket import ABNF, WebSocket, WebSocketException, create_connection

PATIENCE_S: Final = 60.0
"""So long may the slowest machine take to send what a test waits for."""

CONNECT, EVENT, PONG = "40", "42", "3"


class Listener:
    """One connection. What came stands in `came`, in order: (event, message).

    Beside the server's own events there are connect, connect_error, disconnect, close (all as the
    protocols call them) and gone, the end of the connection.
    """

    opened: ClassVar[list["Listener"]] = []

    def __init__(self, url: str, auth: object, headers: Mapping[str, str] | None = None) -> None:
        self.came: list[tuple[str, Any]] = []
        self._changed = threading.Condition()
        self._acks: dict[int, Any] = {}
        self._numbers = count(1)
        self._auth = auth
        self._socket = connection(url, header=dict(headers or {}))
        self._wire: socket.socket = self._socket.sock
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.opened.append(self)

    def connect(self) -> "Listener":
        """Take the seat, and wait until it is taken."""
        self.ask()
        self.until("connect")
        return self

    def refused(self) -> Any:
        """Ask for the seat, and be refused; the data of what was said."""
        self.ask()
        return self.until("connect_error")["data"]

    def ask(self) -> None:
        """Ask for the seat."""
        self.send(CONNECT + json.dumps(self._auth))

    def send(self, packet: str) -> None:
        """Send anything at all; nothing happens when the connection is gone."""
        with suppress(OSError, WebSocketException):
            self._socket.send(packet)

    def send_in(self, pieces: int, packet: str) -> None:
        """Send a packet in several frames."""
        size = -(-len(packet) // pieces)
        for start in range(0, len(packet), size):
            opcode = ABNF.OPCODE_CONT if start else ABNF.OPCODE_TEXT
            last = int(start + size >= len(packet))
            frame = ABNF.create_frame(packet[start : start + size], opcode, last)
            with suppress(OSError, WebSocketException):
                self._socket.send_frame(frame)

    def probe(self, *sent: Any) -> Any:
        """Ask for the server's time."""
        number = next(self._numbers)
        self.send(f"{EVENT}{number}{json.dumps(['probe', *sent])}")
        with self._changed:
            assert self._changed.wait_for(lambda: number in self._acks, PATIENCE_S), self.came
            (answer,) = self._acks[number]
            return answer

    def until(self, event: str, holds: Callable[[Any], bool] = lambda _: True) -> Any:
        """Wait for an event with a message of which `holds` is true; tells the first one."""
        with self._changed:
            found = self._changed.wait_for(lambda: [*filter(holds, self.all(event))], PATIENCE_S)
            assert found, self.came
            return found[0]

    def until_count(self, event: str, times: int) -> None:
        """Wait until an event has come so often."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.all(event)) >= times, PATIENCE_S)

    def all(self, event: str) -> list[Any]:
        """The messages of an event so far."""
        return [body for came, body in tuple(self.came) if came == event]

    def view(self) -> dict[str, Any]:
        """The view that is held: the snapshot with all patches merged into it."""
        view = dict(self.until("snapshot")["view"])
        for patch in self.all("patch"):
            view.update(patch["set"])
        return view

    def close(self) -> None:
        """Break off, as a phone in a lift does; nothing happens the second time."""
        with suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)
        self._reader.join()
        self._socket.shutdown()

    def _read(self) -> None:
        while True:
            try:
                packet = self._socket.recv()
            except (OSError, WebSocketException):
                packet = ""
            with self._changed:
                self._take(str(packet))
                self._changed.notify_all()
            if not packet:
                return

    def _take(self, packet: str) -> None:
        body = packet[2:]
        match packet[:2]:
            case "":
                self.came.append(("gone", None))
            case "1":
                self.came.append(("close", None))
            case "2":
                self.send(PONG)
            case "40":
                self.came.append(("connect", json.loads(body)))
            case "41":
                self.came.append(("disconnect", None))
            case "42":
                self.came.append(tuple(json.loads(body)))
            case "43":
                number, bracket, answer = body.partition("[")
                self._acks[int(number)] = json.loads(bracket + answer)
            case "44":
                self.came.append(("connect_error", json.loads(body)))


def connection(url: str, **options: Any) -> WebSocket:
    """A connection that was greeted, and has not said anything yet."""
    address = f"{url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
    opened = create_connection(address, timeout=PATIENCE_S, **options)
    assert str(opened.recv()).startswith("0{")
    return opened
