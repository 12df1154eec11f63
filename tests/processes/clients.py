"""Clients of the wire, written from docs/protocol.md: one that asks, and a screen that follows."""

import secrets
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final

import engineio
import requests
import socketio

from tests.processes.server import House, Server

PATIENCE_S: Final = 60.0
"""So long may the slowest machine take to send what a test waits for."""

LONGEST_PATCH: Final = 100
"""How many past views a screen keeps, to be compared with those of others."""

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the body as JSON."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


class Unreachable(Exception):
    """No answer came: the command may have been recorded or not."""


class Client:
    """A program that asks for things with the token of a role."""

    def __init__(self, server: Server, role: str, subject: str | None = None) -> None:
        self.server = server
        self._api = f"{server.url}/api/dialogues/{server.house.dialogue}"
        self._session = requests.Session()
        self._session.headers["Authorization"] = (
            f"Bearer {server.house.seat(role, subject)['token']}"
        )

    def send(self, kind: str, command_id: str | None = None, /, **fields: Any) -> Answer:
        """Send a command, once; raises Unreachable."""
        return self._answer(
            "POST", "commands", {"id": command_id or new_id(), "type": kind, **fields}
        )

    def do(self, kind: str, command_id: str | None = None, /, **fields: Any) -> Mapping[str, Any]:
        """Send a command that has to be accepted; its receipt."""
        answer = self.send(kind, command_id, **fields)
        assert answer.status == 200, (kind, fields, answer)
        return answer.body

    def view(self) -> Mapping[str, Any]:
        """What GET view tells: version, now, view, and own for a delegation; raises Unreachable."""
        answer = self.look()
        assert answer.status == 200, answer
        return answer.body

    def look(self) -> Answer:
        """Ask for the view, whatever the answer; raises Unreachable."""
        return self._answer("GET", "view")

    def cross_over(self) -> None:
        """Ask of the rehearsal that goes on from now on; raises Unreachable."""
        rehearsal = self._answer("GET", "rehearsal").body["rehearsal"]
        self._api = f"{self.server.url}/api/dialogues/{rehearsal}"

    def end_rehearsal(self) -> None:
        """End the rehearsal that goes on; raises Unreachable."""
        assert self._answer("POST", "rehearsal/end").status == 200

    def revoke_link(self, role: str, subject: str) -> None:
        """Revoke the link of a role and subject; raises Unreachable."""
        links = self._answer("GET", "links").body["links"]
        (link,) = (one for one in links if (one["role"], one["subject"]) == (role, subject))
        answer = self._answer("POST", f"links/{link['id']}/revoke")
        assert answer.status == 200, answer

    def notes(self) -> list[dict[str, Any]]:
        """All notes of the dialogue, for whoever may read them; raises Unreachable."""
        answer = self._answer("GET", "notes")
        assert answer.status == 200, answer
        return list(answer.body["notes"])

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def _answer(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        try:
            answer = self._session.request(
                method, f"{self._api}/{path}", json=body, timeout=PATIENCE_S
            )
            return Answer(answer.status_code, answer.json(), answer.headers)
        except requests.RequestException as error:
            raise Unreachable(str(error)) from error


class InOrder(socketio.Client):
    """Socket.IO's client, which hears messages in the order in which they came."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return _OneByOne


class _OneByOne(engineio.Client):
    """Lets the thread of a message wait for the one before it: they overtook each other."""

    _before: threading.Thread | None = None

    def start_background_task(
        self, target: Callable[..., object], *args: Any, **kwargs: Any
    ) -> threading.Thread:
        if target is not self.handlers.get("message"):
            return super().start_background_task(target, *args, **kwargs)
        before = self._before

        def in_order() -> None:
            if before is not None:
                before.join()
            target(*args, **kwargs)

        self._before = super().start_background_task(in_order)
        return self._before


class Screen:
    """A socket that holds a view as the protocol tells to, and remembers every fault it met.

    It comes to the server by `url`, when it does not come straight.
    """

    def __init__(
        self, server: Server, role: str, subject: str | None = None, *, url: str | None = None
    ) -> None:
        self.version = -1
        self.view: dict[str, Any] = {}
        self.patches: list[Mapping[str, Any]] = []
        self.snapshots = 0
        self.beats = 0
        self.gaps: list[str] = []
        self._changed = threading.Condition()
        self._server = server
        self._url = url or server.url
        self._auth = {
            "dialogue": server.house.dialogue,
            "token": server.house.seat(role, subject)["token"],
        }
        self._socket = InOrder(
            reconnection_delay=0.1, reconnection_delay_max=0.5, randomization_factor=0.0
        )
        self._socket.on("snapshot", self._snapshot)
        self._socket.on("patch", self._patch)
        self._socket.on("beat", self._beat)
        self._socket.on("disconnect", self._let_go)

    def __enter__(self) -> "Screen":
        self._socket.connect(
            self._url, auth=self._auth, transports=["websocket"], wait_timeout=PATIENCE_S
        )
        self.until(lambda: self.snapshots > 0)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        websocket = self._socket.eio.ws
        if websocket is not None and websocket.connected:
            # Else the library waits for seconds for an answer that another thread of it has read.
            websocket.sock.shutdown(socket.SHUT_RDWR)
        self._socket.shutdown()
        self._socket.eio.wait()  # not the socket's own, which rests a second for a reconnection

    @property
    def connected(self) -> bool:
        """Whether the socket is up."""
        return bool(self._socket.connected)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until messages have made it so; AssertionError when they do not."""
        with self._changed:
            assert self._changed.wait_for(holds, PATIENCE_S), self._story()

    def until_version(self, version: int) -> None:
        """Wait until the screen holds this version, or a later one."""
        self.until(lambda: self.version >= version)

    def probe(self, sent: float) -> Mapping[str, Any]:
        """Ask for the server's time."""
        answer: Mapping[str, Any] = self._socket.call("probe", {"t": sent}, timeout=PATIENCE_S)
        return answer

    def _snapshot(self, message: Mapping[str, Any]) -> None:
        with self._changed:
            self.version, self.view = message["version"], dict(message["view"])
            self.snapshots += 1
            self._changed.notify_all()

    def _patch(self, message: Mapping[str, Any]) -> None:
        with self._changed:
            if message["to"] > self.version:
                if message["from"] != self.version:
                    self.gaps.append(f"held {self.version}, got {message['from']}")
                self.version = message["to"]
                self.view.update(message["set"])
                self.patches.append(message)
                self._changed.notify_all()

    def _beat(self, message: Mapping[str, Any]) -> None:
        with self._changed:
            self.beats += 1
            if message["version"] > self.version:
                self.gaps.append(f"held {self.version}, a beat told {message['version']}")
            self._changed.notify_all()

    def _let_go(self, _reason: str) -> None:
        self._socket.eio.ws.shutdown()  # after a reset the library would leave that to chance

    def _story(self) -> str:
        return (
            f"version {self.version}, {self.snapshots} snapshots, {self.beats} beats, "
            f"gaps {self.gaps}, connected {self.connected}, view {self.view}\n{self._server.log}"
        )


def new_id() -> str:
    """The id of one tap."""
    return secrets.token_urlsafe(12)


def opened(server: Server, segment: str | None = None) -> Client:
    """A chair who has opened the dialogue, a segment (the second when None) and its list."""
    chair = Client(server, "chair")
    chair.do("open-dialogue")
    part = segment or segment_of(server.house)
    chair.do("begin-segment", segment=part, holder=None)
    chair.do("open-list", segment=part)
    return chair


def held_floor(server: Server, chair: Client, remaining: int) -> str:
    """The id of a turn of Nigeria that stands still with so much time left; Mexico waits behind."""
    for code in ("NG", "MX"):
        delegate = Client(server, "delegation", code)
        delegate.do("request-floor", f"tap-of-{code}-1", segment=segment_of(server.house))
        delegate.close()
    holder = "tap-of-NG-1"
    chair.do("give-floor", request=holder, holder=None)
    chair.do("stop-clock", holder=holder)
    # On a slow machine the clock has run for a moment before it was stopped.
    used = chair.view()["view"]["floor"]["used"]
    chair.do("set-allowance", holder=holder, total=used + remaining)
    return holder


def segment_of(house: House) -> str:
    """The segment that the tests hold: the first panel."""
    return str(house.demonstration["segments"][1])
