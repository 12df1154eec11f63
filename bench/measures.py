"""What is measured: each function takes a server with its hall and returns figures.

Instants and durations are milliseconds, unless a name says otherwise.
"""

import json
import random
import socket
import statistics
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from bench.hall import Client, Hall, now_ms
from bench.servers import Chair, Ours, Subject, headers_of
from moderator.secretariat import Seat

IN_FLIGHT: Final = 64
GAP: Final = 250.0
"""Between two messages to everybody; some more by chance, so that nothing beats with anything."""

NOW: Final = b'"now":'
PATCH: Final = b'"patch",{'
QUIET: Final = 1_500.0
"""Until what came with joining has settled."""

Figures = dict[str, float]


@contextmanager
def joined(subject: Subject, sockets: int) -> Iterator[tuple[Hall, Figures]]:
    """A hall in which so many have joined, and what that took."""
    hall = Hall(subject.port)
    memory, cpu = subject.memory(), subject.cpu()
    clients = [subject.client(number) for number in range(sockets)]
    took = hall.join(clients, IN_FLIGHT)
    figures = {
        "joins per second": sockets / took * 1_000,
        "CPU per join, us": (subject.cpu() - cpu) / sockets * 1e6,
        "bytes per join": statistics.median(client.came for client in clients),
        "memory per socket, kB": (subject.memory() - memory) / sockets / 1_000,
    }
    try:
        hall.during(QUIET)
        yield hall, figures
    finally:
        hall.close()


def fan_out(subject: Subject, hall: Hall, messages: int) -> Figures:
    """From a server's stamp in a message until each, and the last, client has it."""
    ages: defaultdict[int, list[float]] = defaultdict(list)
    sizes: list[int] = []

    def heard(_client: Client, message: bytes, at: float) -> None:
        if PATCH in message:
            stamp = _stamp(message)
            ages[stamp].append(subject.age(stamp, at))
            sizes.append(len(message))

    hall.heard = heard
    idle = _idle_cpu(subject, hall, 3_000)
    began, cpu = now_ms(), subject.cpu()
    with _beside(lambda: _tell(subject, messages)):
        everybody = len(hall.clients)
        hall.until(lambda: _complete(ages, messages, everybody))
    used = subject.cpu() - cpu - idle * (now_ms() - began) / 1_000
    each = sorted(age for told in ages.values() for age in told)
    last = sorted(max(told) for told in ages.values())
    return {
        "p50": _at(each, 0.5),
        "p99": _at(each, 0.99),
        "last p50": _at(last, 0.5),
        "last p99": _at(last, 0.99),
        "CPU per delivery, us": used / len(each) * 1e6,
        "size": statistics.median(sizes),
    }


def idle(subject: Subject, hall: Hall, seconds: float) -> Figures:
    """What a hall costs in which nothing happens but a clock that runs."""
    hall.heard = lambda *_: None
    before = sum(client.came for client in hall.clients)
    share = _idle_cpu(subject, hall, seconds * 1_000)
    came = sum(client.came for client in hall.clients) - before
    return {
        "CPU, %": share * 100,
        "bytes per second and phone": came / len(hall.clients) / seconds,
    }


@dataclass
class _Asking:
    """One tap of a rush."""

    seat: Seat
    secret: str
    sent: float = 0.0
    answered: float = 0.0
    answer: bytes = b""
    wire: socket.socket | None = field(default=None, repr=False)


def rush(ours: Ours, hall: Hall, asking: int, spread: float, room: str | None = None) -> Figures:
    """So many delegations ask within `spread`, each on a connection of its own.

    `room` is another dialogue of the same server, in which somebody acts meanwhile.
    """
    received = Counter({client: -client.came for client in hall.clients})
    taps = [_Asking(*ours.seats[number]) for number in range(asking)]
    random.Random(asking).shuffle(taps)
    began = now_ms() + 100
    for number, tap in enumerate(taps):
        hall.at(began + number * spread / asking, lambda tap=tap: _tap(ours, hall, tap))
    with _another_room(ours, room) as delays:
        hall.until(lambda: all(tap.answered for tap in taps))
        hall.during(1_500)
    for client in hall.clients:
        received[client] += client.came
    statuses = Counter(tap.answer.split(b" ", 2)[1] for tap in taps)
    if statuses != {b"200": asking}:
        raise RuntimeError(f"{statuses}: {taps[0].answer!r}")
    entries = ours.chair.view()["view"]["list"]["entries"]
    numbers = [entry["number"] for entry in entries]
    if numbers != sorted(numbers) or len({entry["delegation"] for entry in entries}) != asking:
        raise RuntimeError("the list does not hold everybody once, by the time of asking")
    took = sorted(tap.answered - tap.sent for tap in taps)
    figures = {
        "acknowledged p50": _at(took, 0.5),
        "acknowledged p99": _at(took, 0.99),
        "acknowledged max": took[-1],
        "kB to each phone": max(received.values()) / 1_000,
    }
    if room is not None:
        figures["another room p50"] = _at(sorted(delays), 0.5)
        figures["another room max"] = max(delays)
    return figures


def storm(ours: Ours, hall: Hall) -> Figures:
    """kill -9 with everybody there: until it serves, and until the last is back with its view.

    Clients come back as the product's own do (static/js/link.js).
    """
    back: dict[Client, float] = {}
    tries: Counter[Client] = Counter()
    chance = random.Random(len(hall.clients))
    hall.heard = lambda client, message, at: back.setdefault(client, at)

    def again(client: Client) -> None:
        if client.socket is not None:
            return
        try:
            hall.open(client)
        except OSError:
            later(client)

    def later(client: Client) -> None:
        delay = min(FIRST_DELAY * 2 ** tries[client], LONGEST_DELAY)
        tries[client] += 1
        hall.at(now_ms() + delay * chance.uniform(0.5, 1.5), lambda: again(client))

    hall.lost = later
    began = now_ms()
    served: list[float] = []
    with _beside(lambda: served.append(ours.restart())):
        hall.until(lambda: len(back) == len(hall.clients))
    ours.chair.reconnect()
    version = ours.chair.view()["version"]
    if not version:
        raise RuntimeError("the restarted server has forgotten the dialogue")
    return {"serving after": served[0], "all back after": max(back.values()) - began}


FIRST_DELAY: Final = 500.0
LONGEST_DELAY: Final = 1_000.0
"""Reconnection as `Link` in static/js/link.js has it; a delay is varied by half either way."""


def enforced_end(ours: Ours, hall: Hall, turns: int, asking: int) -> Figures:
    """Turns that the server ends, while others ask in a rush: how late each screen has it."""
    late: list[float] = []
    ends: set[int] = set()

    def heard(_client: Client, message: bytes, at: float) -> None:
        if PATCH in message and b'"time-expired"' in message:
            last = json.loads(message[message.index(b"[") :])[1]["set"]["last"]
            late.append(ours.age(last["ended_at"], at))
            ends.add(last["ended_at"])

    hall.heard = heard
    chair = ours.chair
    taps = iter([_Asking(*ours.seats[number]) for number in range(asking)])
    for number in range(asking):
        hall.at(now_ms() + 500 + number * 25, lambda: _tap(ours, hall, next(taps)))

    def speak() -> None:
        for entry in chair.view()["view"]["list"]["entries"][:turns]:
            chair.give(entry["id"])
            chair.do("set-allowance", holder=entry["id"], total=1_000)
            threading.Event().wait(1.5)
            chair.holder = None

    with _beside(speak):
        hall.until(lambda: len(late) == turns * len(hall.clients))
    late.sort()
    if len(ends) != turns:
        raise RuntimeError(f"{turns} turns ended at {len(ends)} instants")
    return {"p50": _at(late, 0.5), "p99": _at(late, 0.99), "max": late[-1]}


def _tap(ours: Ours, hall: Hall, tap: _Asking) -> None:
    body = {"id": f"tap-of-{tap.seat.id}", "type": "request-floor", "segment": ours.chair.segment}
    text = json.dumps(body)
    headers = headers_of(tap.seat, tap.secret) | {"Content-Length": str(len(text))}
    lines = [
        f"POST /api/dialogues/{tap.seat.dialogue_id}/commands HTTP/1.1",
        f"Host: 127.0.0.1:{ours.port}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    tap.sent = now_ms()
    request = "\r\n".join((*lines, "", text)).encode()

    def readable() -> None:
        assert tap.wire is not None
        tap.answer += tap.wire.recv(65_536)
        tap.answered = now_ms()
        hall.hang_up(tap.wire)

    tap.wire = hall.dial(request, readable)


@contextmanager
def _another_room(ours: Ours, dialogue: str | None) -> Iterator[list[float]]:
    """A chair who acts in another dialogue ten times a second: how long each press takes."""
    delays: list[float] = []
    if dialogue is None:
        yield delays
        return
    over = threading.Event()
    chair = Chair(ours, dialogue)
    chair.open()

    def act() -> None:
        while not over.wait(0.1):
            sent = now_ms()
            chair.do("close-list" if len(delays) % 2 else "open-list", segment=chair.segment)
            delays.append(now_ms() - sent)

    with _beside(act):
        try:
            yield delays
        finally:
            over.set()


@contextmanager
def _beside(work: Callable[[], Any]) -> Iterator[None]:
    """Do something while the hall is served; its failure is ours."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=guarded, daemon=True)
    thread.start()
    try:
        yield
    except TimeoutError:
        if failures:
            raise failures[0] from None
        raise
    thread.join()
    if failures:
        raise failures[0]


def _tell(subject: Subject, messages: int) -> None:
    chance = random.Random(messages)
    for number in range(messages):
        threading.Event().wait((GAP + chance.uniform(0, 100)) / 1_000)
        subject.tell(number + 1)


def _complete(ages: dict[int, list[float]], messages: int, everybody: int) -> bool:
    return sum(map(len, ages.values())) >= messages * everybody


def _idle_cpu(subject: Subject, hall: Hall, milliseconds: float) -> float:
    """The share of its core that a server takes while nothing is asked of it."""
    cpu, began = subject.cpu(), now_ms()
    hall.during(milliseconds)
    return (subject.cpu() - cpu) / (now_ms() - began) * 1_000


def _stamp(message: bytes) -> int:
    start = message.index(NOW) + len(NOW)
    end = start
    while message[end : end + 1].isdigit():
        end += 1
    return int(message[start:end])


def _at(ordered: list[float], share: float) -> float:
    """A quantile of what is in order."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
