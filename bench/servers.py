"""The servers that are measured: ours, and peers that do the same fan-out.

All are real processes on one core; the hall runs on the other.
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import count, cycle
from pathlib import Path
from typing import Any, Final, TypeVar

from bench.hall import Client, masked, now_ms, upgrade
from moderator.clock import SystemClock, boot_clock
from moderator.core.terms import Role
from moderator.secretariat import SEAT_COOKIE, Seat, Secretariat
from moderator.store.engine import make_engine, reading
from moderator.store.journal import Entry, read
from tests.processes.server import ROOT, House, Server

HERE: Final = Path(__file__).resolve().parent
CORES: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE, HALL_CORE = CORES[0], CORES[-1]
PATH: Final = "/socket.io/?EIO=4&transport=websocket"
SECONDS: Final = 600
"""The limits of the dialogues that are measured: nothing ends by itself, unless it is to."""

PATIENCE_S: Final = 30.0
ROOM_COMMANDS: Final = 30
"""Commands that a seat may give in ten seconds are limited: more seats give them in turn."""


class Subject(ABC):
    """A server that tells a hall of clients something."""

    name: str
    port: int
    pids: tuple[int, ...]

    @abstractmethod
    def start(self) -> None:
        """Start it; to be stopped even when that fails."""

    @abstractmethod
    def client(self, number: int) -> Client:
        """The `number`-th client, which has not connected yet."""

    @abstractmethod
    def tell(self, number: int) -> None:
        """Have everybody told something."""

    @abstractmethod
    def age(self, stamp: int, at: float) -> float:
        """How long before `at` (ms of the boot clock) a server stamped a message, in ms."""

    def cpu(self) -> float:
        """CPU seconds that it has used so far."""
        return sum(_cpu_of(pid) for pid in self.pids)

    def memory(self) -> int:
        """Bytes that it holds in memory."""
        return sum(_memory_of(pid) for pid in self.pids)

    @abstractmethod
    def stop(self) -> None:
        """End it."""


S = TypeVar("S", bound=Subject)


class Ours(Subject):
    """The real server, `python wsgi.py`, with a house that was furnished by the product itself.

    `dialogue` is the first one; chairs press, `seats` listen and ask. `program` is what the
    interpreter runs.
    """

    name = "moderator"

    def __init__(
        self, seats: int, delegations: int = 0, program: Sequence[str] = ("wsgi.py",)
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bench-")
        instance = Path(self._folder.name) / "instance"
        instance.mkdir()
        self.house = House(instance, f"sqlite:///{instance / 'moderator.db'}", {})
        self.house.flask("init-db")
        self._engine = make_engine(self.house.database_url)
        self._now = SystemClock(self._engine)
        self._offset = _anchor(self._now)
        key = (instance / "secret-key").read_bytes().strip()
        self._secretariat = Secretariat(self._engine, self._now, key)
        self.dialogue = self.furnish(delegations)
        self.seats = self.enter(self.dialogue, Role.DELEGATION, seats)
        self.server = Server(self.house, program=program)
        self.chair = Chair(self, self.dialogue)

    def start(self) -> None:
        """Start it, with a panel that goes on and its list open."""
        self.server.start()
        self._adopt()
        self.chair.open()

    @property
    def port(self) -> int:  # type: ignore[override]
        """Where it serves."""
        return self.server.port

    def furnish(self, delegations: int) -> str:
        """Set up a dialogue; with so many delegations of its own, or those of the demonstration."""
        text = (ROOT / "moderator/data/programmes/2012-trafficking.yaml").read_text()
        if delegations:
            head, _, rest = text.partition("\ndelegations:\n")
            _, _, segments = rest.partition("\nsegments:\n")
            ours = "\n".join(
                f"  - {{ code: D{number}, category: ngo, name: Delegation {number} }}"
                for number in range(delegations)
            )
            text = f"{head}\ndelegations:\n{ours}\n\nsegments:\n{segments}"
        return self._secretariat.create(text, self._now(), SECONDS)

    def enter(self, dialogue: str, role: Role, number: int) -> list[tuple[Seat, str]]:
        """So many devices that enter a dialogue, spread over the links of a role."""
        links = [link for link in self._secretariat.links(dialogue) if link.role == role]
        return [self._secretariat.enter(link, "en") for link, _ in zip(cycle(links), range(number))]

    def themes(self, segment: str) -> list[str]:
        """The themes of a segment."""
        parts = self._secretariat.programme(self.dialogue).parts
        return [theme.id for part in parts if part.id == segment for theme in part.themes]

    def tokens(self, role: Role, number: int) -> list[str]:
        """Secrets for so many programs of a role that stands for nobody."""
        holders = [(role, None)] * number
        return [token.secret for token in self._secretariat.issue_tokens(self.dialogue, holders)]

    def client(self, number: int) -> Client:
        """The socket of a seat."""
        return self.socket_of(*self.seats[number])

    def socket_of(self, seat: Seat, secret: str) -> Client:
        """A client that joins as a seat."""
        request = upgrade(self.port, PATH, f"Cookie: {SEAT_COOKIE}{seat.id}={secret}")
        auth = {"dialogue": seat.dialogue_id, "seat": seat.id}
        return Client(request, masked("40" + json.dumps(auth)))

    def tell(self, number: int) -> None:
        """One press of the chair, which everybody sees: the list has another order."""
        self.chair.move_last_first()

    def age(self, stamp: int, at: float) -> float:
        """How old a stamp of the installation's time is."""
        return at + self._offset - stamp

    def restart(self) -> float:
        """kill -9, and start it again at once; how long until it serves, in ms."""
        began = now_ms()
        self.server.kill()
        self.server.start()
        served = now_ms() - began
        self._adopt()
        return served

    def log(self) -> tuple[Entry, ...]:
        """All that stands in the log of its dialogue."""
        with reading(self._engine) as connection:
            return read(connection, self.dialogue)

    def stop(self) -> None:
        """End it, and forget the house; RuntimeError when it has met a fault meanwhile."""
        self.server.stop()
        log = self.server.log
        self._engine.dispose()
        self._folder.cleanup()
        if "Traceback" in log:
            raise RuntimeError(log)

    def _adopt(self) -> None:
        self.pids = (self.server.pid,)
        os.sched_setaffinity(self.server.pid, {SERVER_CORE})


class Desk:
    """Whoever holds a role in a dialogue, at as many seats as it takes."""

    role: Role

    def __init__(self, ours: Ours, dialogue: str) -> None:
        self._api = f"/api/dialogues/{dialogue}"
        self._seats = cycle(ours.enter(dialogue, self.role, ROOM_COMMANDS))
        self._wire = http.client.HTTPConnection("127.0.0.1", ours.port, timeout=PATIENCE_S)

    def view(self) -> dict[str, Any]:
        """What is seen from here."""
        view: dict[str, Any] = json.loads(self._ask("GET", f"{self._api}/view"))
        return view

    def reconnect(self) -> None:
        """Forget the connection: the server is another one."""
        self._wire.close()

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        """What is answered to one of the seats; its id stands in the path where that says so."""
        seat, secret = next(self._seats)
        sent = None if body is None else json.dumps(body)
        self._wire.request(method, path.format(seat=seat.id), sent, headers_of(seat, secret))
        answer = self._wire.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise RuntimeError(told)
        return told


class Chair(Desk):
    """Whoever presides."""

    role = Role.CHAIR

    def __init__(self, ours: Ours, dialogue: str) -> None:
        super().__init__(ours, dialogue)
        self._ids = count()
        self._waiting: list[str] = []
        self.holder: str | None = None
        self.segment = "s2"

    def open(self) -> None:
        """Open the dialogue, a panel and its list."""
        self.do("open-dialogue")
        self.do("begin-segment", segment=self.segment, holder=None)
        self.do("open-list", segment=self.segment)

    def give(self, request: str) -> None:
        """Give the floor to a request, and start the clock."""
        self.do("give-floor", request=request, holder=self.holder)
        self.holder = request
        if request in self._waiting:
            self._waiting.remove(request)
        self.do("start-clock", holder=request)

    def add(self, *delegations: str) -> None:
        """Inscribe some delegations, as for a raised nameplate."""
        for code in delegations:
            receipt = f"nameplate-{code}"
            self.do("request-floor", receipt, segment=self.segment, delegation=code)
            self._waiting.append(receipt)

    def move_last_first(self) -> None:
        """Put the last of those that were added before the first."""
        last = self._waiting.pop()
        self.do("move-request", request=last, before=self._waiting[0])
        self._waiting.insert(0, last)

    def do(self, kind: str, command_id: str | None = None, **fields: Any) -> None:
        """Give a command."""
        body = {"id": command_id or f"bench-{next(self._ids):08}", "type": kind, **fields}
        self._ask("POST", f"{self._api}/commands", body)


class Rapporteur(Desk):
    """Whoever notes what is said, and asks for the Summary."""

    role = Role.RAPPORTEUR

    def note(self, number: int, text: str, **of: str) -> None:
        """Write the `number`-th note, `of` a segment, an intervention and a theme."""
        self._ask("PUT", f"{self._api}/notes/note-{number:08}", {**of, "text": text})

    def draft(self) -> bytes:
        """The Summary as the page on which it is written asks for it."""
        return self._ask("GET", f"{self._api}/summary")

    def document(self) -> bytes:
        """The Summary as a Word document."""
        return self._ask("GET", "/s/{seat}/summary.docx")


def headers_of(seat: Seat, secret: str) -> dict[str, str]:
    """What a browser sends for a seat."""
    return {
        "Content-Type": "application/json",
        "Cookie": f"{SEAT_COOKIE}{seat.id}={secret}",
        "Moderator-Seat": seat.id,
    }


PEERS: Final = {
    "node socket.io": (["node", "socketio.js"], True, 0),
    "node ws": (["node", "ws.js"], False, 0),
    "websockets": ([sys.executable, "websockets_server.py"], False, 1),
}
"""The command, whether it speaks Engine.IO, and how far above its port it takes what to tell."""

AROUND: Final = 60
"""Bytes of a peer's message beside its text."""


class Peer(Subject):
    """Another server, that tells everybody `size` bytes when it is asked to, and says when.

    Who joins gets `first` bytes.
    """

    ports = count(23_400, 2)

    def __init__(self, name: str, size: int, first: int) -> None:
        command, engine_io, above = PEERS[name]
        self.name = name
        self.port = next(self.ports)
        self._command = [*command, str(self.port), str(first - AROUND)]
        self._engine_io = engine_io
        self._text = "x" * (size - AROUND)
        self._process: subprocess.Popen[bytes] | None = None
        self._wire = http.client.HTTPConnection("127.0.0.1", self.port + above, timeout=PATIENCE_S)
        self._offset = time.time() * 1_000 - now_ms()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(self._command, cwd=HERE / "peers")
        self.pids = (self._process.pid,)
        self._await()
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {SERVER_CORE})

    def client(self, number: int) -> Client:
        """A client that names nothing."""
        request = upgrade(self.port, PATH if self._engine_io else "/")
        return Client(request, masked("40") if self._engine_io else None)

    def tell(self, number: int) -> None:
        """Ask it to tell everybody."""
        body = json.dumps({"from": number, "to": number + 1, "set": {"text": self._text}})
        self._wire.request("POST", "/publish", body, {"Content-Type": "application/json"})
        self._wire.getresponse().read()

    def age(self, stamp: int, at: float) -> float:
        """How old a stamp of wall time is."""
        return at + self._offset - stamp

    def stop(self) -> None:
        """End it."""
        self._wire.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _await(self) -> None:
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                self._wire.request("GET", "/")
                self._wire.getresponse().read()
                return
            self._wire.close()
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} does not start")


@contextlib.contextmanager
def running(subject: S) -> Iterator[S]:
    """A server, started; ended afterwards, whatever happens."""
    try:
        subject.start()
        yield subject
    finally:
        subject.stop()


def _anchor(now: Callable[[], int]) -> int:
    """The installation's time minus the boot clock; both are whole milliseconds, rounded down."""
    while True:
        before, instant, after = boot_clock(), now(), boot_clock()
        if before == after:
            return instant - before


def _cpu_of(pid: int) -> float:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _memory_of(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
