"""How everybody of a simulated day asks: by HTTP, as docs/protocol.md has it.

A command that is not answered is sent again under the same id until it is, as a phone does.
"""

import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from itertools import cycle
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

PATIENCE_S: Final = 60.0
"""So long is something sent again that nobody answers, as long as a phone goes on."""

REST_S: Final = 0.5
TIMEOUT_S: Final = 30.0
SAMPLES: Final = 16
NOT_NOW: Final = frozenset({429, 503})


class NoServer(Exception):
    """Nobody answers; says at which address."""


class Unforeseen(Exception):
    """The server refused something that nobody reckoned with; says what and why."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks: a program's token, or the id and cookie of a device."""

    token: str | None = None
    id: str | None = None
    cookie: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """What a request of this seat bears."""
        if self.token is not None:
            return {"Authorization": f"Bearer {self.token}"}
        if self.id is None:
            return {}
        return {"Moderator-Seat": self.id, "Cookie": self.cookie or ""}


NOBODY: Final = Seat()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `said` is the JSON of it, empty where it is something else."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Any]:
        """The JSON of it."""
        with suppress(ValueError):
            told = json.loads(self.body)
            if isinstance(told, dict):
                return told
        return {}

    @property
    def reason(self) -> str | None:
        """Why it was refused; None when it was not."""
        if self.status < 400:
            return None
        return str(self.said.get("reason", self.status))


@dataclass(slots=True)
class Wire:
    """The connections to one server or several, asked in turn, and the time they tell.

    `monotonic` is in seconds. `commands` counts those that were sent, each time that they were;
    `refused` counts refusals by reason.
    """

    servers: Sequence[str]
    dialogue: str
    commands: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    _connections: dict[str, HTTPConnection] = field(default_factory=dict)
    _samples: list[tuple[float, float]] = field(default_factory=list)
    _turns: Any = None

    def __post_init__(self) -> None:
        self._turns = cycle(self.servers)

    # Time

    def now(self) -> float:
        """The server's time in milliseconds, as far as it can be told from here."""
        _rtt, ahead = min(self._samples)
        return time.monotonic() * 1_000 + ahead

    def wait(self, instant: float) -> None:
        """Sleep until the server's time is `instant`; not at all where it has passed."""
        left = instant - self.now()
        if left > 0:
            time.sleep(left / 1_000)

    # Asking

    def view(self, seat: Seat) -> dict[str, Any]:
        """What a seat sees: `version`, `now`, `view`, and `own` of a delegation."""
        sent = time.monotonic() * 1_000
        answer = self.ask(seat, "GET", self._path("view")).said
        came = time.monotonic() * 1_000
        self._samples = [
            *self._samples[1 - SAMPLES :],
            (came - sent, answer["now"] - (sent + came) / 2),
        ]
        return answer

    def command(self, seat: Seat, body: Mapping[str, Any], *foreseen: str) -> Answer:
        """Give a command; refusals for one of the reasons `foreseen` are answers like others."""
        return self.ask(seat, "POST", self._path("commands"), body, *foreseen)

    def both(
        self, one: tuple[Seat, Mapping[str, Any]], other: tuple[Seat, Mapping[str, Any]]
    ) -> tuple[Answer, Answer]:
        """Give two commands at the same moment: both are sent before either is answered."""
        servers = [next(self._turns) for _ in range(2)]
        asking = [
            (_connect(server), *each) for server, each in zip(servers, (one, other), strict=True)
        ]
        for connection, seat, body in asking:
            self._send(connection, seat, "POST", self._path("commands"), body)
        answers = []
        for connection, _seat, _body in asking:
            answers.append(_read(connection.getresponse()))
            connection.close()
        for answer in answers:
            self._count(answer)
        return answers[0], answers[1]

    def lose(self, seat: Seat, body: Mapping[str, Any]) -> None:
        """Give a command and go away before the answer comes: the network is down."""
        connection = _connect(next(self._turns))
        with suppress(OSError, HTTPException):
            self._send(connection, seat, "POST", self._path("commands"), body)
            connection.getresponse()
        connection.close()

    def ask(
        self,
        seat: Seat,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *foreseen: str,
    ) -> Answer:
        """Ask until there is an answer; raises NoServer, and Unforeseen for other refusals."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            server = next(self._turns)
            try:
                answer = self._exchange(server, seat, method, path, body)
            except (OSError, HTTPException) as error:
                self._drop(server)
                if not self._samples or time.monotonic() > deadline:
                    raise NoServer(f"no server answers at {server} ({error})") from error
                time.sleep(REST_S)
                continue
            if answer.status not in NOT_NOW or time.monotonic() > deadline:
                break
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        self._count(answer)
        if answer.reason is not None and answer.reason not in foreseen:
            what = body.get("type", path) if body else f"{method} {path}"
            words = answer.said.get("message", "")
            raise Unforeseen(f"{what} was refused: {answer.reason}. {words}".strip())
        return answer

    def enter(self, link: str) -> Seat:
        """Use a link as a device does: press its button, and keep the cookie."""
        answer = self._form(NOBODY, link, {"lang": "en"})
        return _seated(answer)

    def take_part(self, seat: Seat) -> Seat:
        """Take the seat of the delegation as which somebody was let in at the door."""
        return _seated(self._form(seat, f"/s/{seat.id}/take-part", {}))

    def page(self, seat: Seat, name: str) -> bytes:
        """A file of the pages of a seat: `record.json`, `summary.docx` and the like."""
        return self.ask(seat, "GET", f"/s/{seat.id}/{name}").body

    def close(self) -> None:
        """Close all connections."""
        for server in self.servers:
            self._drop(server)

    # How it is sent

    def _form(self, seat: Seat, path: str, fields: Mapping[str, str]) -> Answer:
        server = next(self._turns)
        connection = _connect(server)
        headers = {**seat.headers, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request("POST", path, urlencode(fields), headers)
            answer = _read(connection.getresponse())
        except (OSError, HTTPException) as error:
            raise NoServer(f"no server answers at {server} ({error})") from error
        finally:
            connection.close()
        if answer.status != 303:
            raise Unforeseen(f"{path.split('/')[1]} was refused: {answer.reason}")
        return answer

    def _exchange(
        self, server: str, seat: Seat, method: str, path: str, body: Mapping[str, Any] | None
    ) -> Answer:
        connection = self._connections.setdefault(server, _connect(server))
        try:
            self._send(connection, seat, method, path, body)
            return _read(connection.getresponse())
        except (ConnectionError, HTTPException):
            # A connection that was kept may have been closed since; a new one tells.
            self._drop(server)
            connection = self._connections.setdefault(server, _connect(server))
            self._send(connection, seat, method, path, body)
            return _read(connection.getresponse())

    def _send(
        self,
        connection: HTTPConnection,
        seat: Seat,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
    ) -> None:
        headers = dict(seat.headers)
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        self.commands += path.endswith("/commands")
        connection.request(method, path, data, headers)

    def _drop(self, server: str) -> None:
        if connection := self._connections.pop(server, None):
            connection.close()

    def _count(self, answer: Answer) -> None:
        if answer.reason is not None:
            self.refused[answer.reason] = self.refused.get(answer.reason, 0) + 1

    def _path(self, what: str) -> str:
        return f"/api/dialogues/{self.dialogue}/{what}"


def _connect(server: str) -> HTTPConnection:
    address = urlsplit(server)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    return kind(address.hostname or "localhost", address.port, timeout=TIMEOUT_S)


def _read(response: HTTPResponse) -> Answer:
    return Answer(
        response.status,
        dict(response.getheaders()),
        response.read(),
        tuple(response.headers.get_all("Set-Cookie") or ()),
    )


def _seated(answer: Answer) -> Seat:
    """The seat whose cookie an answer sets."""
    seat = answer.headers["Location"].rpartition("/s/")[2].strip("/")
    cookies = (cookie.split(";")[0] for cookie in answer.cookies)
    cookie = next(one for one in cookies if one.startswith(f"seat-{seat}="))
    return Seat(id=seat, cookie=cookie)
