"""What is measured: each function takes a server with its hall and returns figures.

Instants and durations are milliseconds, unless a name says otherwise.
"""

import json
import random
import socket
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from operator import itemgetter
from typing import Any, Final

from bench.hall import Client, Hall, now_ms
from bench.servers import Chair, Ours, Rapporteur, Subject, headers_of
from moderator.core.events import ClockStarted, InterventionEnded
from moderator.core.terms import InterventionId, Role
from moderator.secretariat import Seat

IN_FLIGHT: Final = 64
GAP: Final = 250.0
"""Between two messages to everybody; some more by chance, so that nothing beats with anything."""

NOW: Final = b'"now":'
PATCH: Final = b'"patch",{'
BEAT: Final = b'["beat",'
QUIET: Final = 1_500.0
"""Until what came with joining has settled."""

Figures = dict[str, float]


@contextmanager
def joined(subject: Subject, sockets: int) -> Iterator[tuple[Hall, Figures]]:
    """A hall in which so many have joined, and what that took."""
    hall = Hall(subject.port)
    firsts: list[int] = []
    others = 0

    def heard(client: Client, message: bytes, at: float) -> None:
        nonlocal others
        if at == client.joined:
            firsts.append(len(message))
        elif BEAT not in message:
            others += len(message)

    hall.heard = heard
    memory, cpu = subject.memory(), subject.cpu()
    clients = [subject.client(number) for number in range(sockets)]
    try:
        took = hall.join(clients, IN_FLIGHT)
        figures = {
            "joins per second": sockets / took * 1_000,
            "CPU per join, us": (subject.cpu() - cpu) / sockets * 1e6,
            "bytes per join": statistics.median(client.came for client in clients),
            "bytes to others per join": others / sockets,
            "first message": statistics.median(firsts),
            "memory per socket, kB": (subject.memory() - memory) / sockets / 1_000,
        }
        hall.during(QUIET)
        yield hall, figures
    finally:
        hall.close()


def fan_out(subject: Subject, hall: Hall, messages: int) -> Figures:
    """From a server's stamp in a message until each, and the last, client has it."""
    ages: defaultdict[int, list[float]] = defaultdict(list)
    arrived: dict[int, float] = {}
    sizes: list[int] = []
    asked: list[float] = []

    def heard(_client: Client, message: bytes, at: float) -> None:
        if PATCH in message:
            stamp = _stamp(message)
            ages[stamp].append(subject.age(stamp, at))
            arrived[stamp] = at
            sizes.append(len(message))

    hall.heard = heard
    idle = _idle_cpu(subject, hall, QUIET)
    began, cpu, own = now_ms(), subject.cpu(), time.process_time()
    with _beside(lambda: _tell(subject, messages, asked)):
        everybody = len(hall.clients)
        hall.until(lambda: _complete(ages, messages, everybody))
    used = subject.cpu() - cpu - idle * (now_ms() - began) / 1_000
    own = time.process_time() - own
    each = sorted(age for told in ages.values() for age in told)
    last = sorted(max(told) for told in ages.values())
    whole = sorted(
        arrived[stamp] - sent for stamp, sent in zip(sorted(arrived), asked, strict=True)
    )
    return {
        "p50": _at(each, 0.5),
        "p99": _at(each, 0.99),
        "last p50": _at(last, 0.5),
        "last p99": _at(last, 0.99),
        "asked to last p50": _at(whole, 0.5),
        "CPU per delivery, us": used / len(each) * 1e6,
        "CPU of the hall, us": own / len(each) * 1e6,
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


def memory_read(rested: float, times: int = 5) -> float:
    """How long a machine takes to read 1 MB once it has done nothing for `rested` s, in ms.

    Where others use the same machine, what a server works with leaves the processor's caches while
    it rests: its CPU while idle is then the time that its memory takes to come back.
    """
    lines = memoryview(b"." * (1 << 20))[::64]
    taken = []
    for _ in range(times):
        lines.tobytes()
        time.sleep(rested)
        began = now_ms()
        lines.tobytes()
        taken.append(now_ms() - began)
    return statistics.median(taken)


@dataclass
class _Asking:
    """One tap of a rush."""

    seat: Seat
    secret: str
    sent: float = 0.0
    answered: float = 0.0
    answer: bytes = b""
    wire: socket.socket | None = field(default=None, repr=False)


def rush(ours: Ours, hall: Hall, asking: int, spread: float) -> Figures:
    """So many delegations ask within `spread`, each on a connection of its own."""
    phones = tuple(hall.clients)
    before = {client: client.came for client in phones}
    taps = [_Asking(*ours.seats[number]) for number in range(asking)]
    random.Random(asking).shuffle(taps)
    began = now_ms() + 100
    for number, tap in enumerate(taps):
        hall.at(began + number * spread / asking, lambda tap=tap: _tap(ours, hall, tap))
    hall.until(lambda: all(tap.answered for tap in taps))
    hall.during(QUIET)
    statuses = Counter(tap.answer.split(b" ", 2)[1] for tap in taps)
    if statuses != {b"200": asking}:
        raise RuntimeError(f"{statuses}: {taps[0].answer!r}")
    _all_wait_in_order(ours, asking)
    took = sorted(tap.answered - tap.sent for tap in taps)
    return {
        "acknowledged p50": _at(took, 0.5),
        "acknowledged p99": _at(took, 0.99),
        "acknowledged max": took[-1],
        "kB to each phone": max(client.came - before[client] for client in phones) / 1_000,
    }


def rush_next_door(ours: Ours, hall: Hall, asking: int, spread: float, room: str) -> Figures:
    """The same rush while somebody presides in `room`, another dialogue of the same server.

    Of its presses it is told how long each takes until the last screen there shows it, with and
    without the rush.
    """
    guests = [ours.socket_of(*seat) for seat in ours.enter(room, Role.DELEGATION, GUESTS)]
    chair = Chair(ours, room)
    chair.open()
    hall.join(guests, GUESTS)
    quiet, rushed = _Presses(chair, guests), _Presses(chair, guests)
    hall.heard = quiet.heard
    with _beside(quiet.press):
        hall.until(lambda: quiet.are_seen)
    hall.heard = rushed.heard
    with _beside(rushed.press):
        figures = rush(ours, hall, asking, spread)
        hall.until(lambda: rushed.are_seen)
    return {
        **figures,
        "another room without, p50": _at(quiet.delays(), 0.5),
        "another room without, max": quiet.delays()[-1],
        "another room p50": _at(rushed.delays(), 0.5),
        "another room max": rushed.delays()[-1],
    }


GUESTS: Final = 20
PRESSES: Final = 12
BETWEEN_PRESSES_S: Final = 0.2


class _Presses:
    """A chair who opens and closes a list in turn, and the screens that show it at once."""

    def __init__(self, chair: Chair, screens: Sequence[Client]) -> None:
        self._chair = chair
        self._shown: dict[Client, list[float]] = {screen: [] for screen in screens}
        self._sent: list[float] = []

    def press(self) -> None:
        """Press some times; to be run beside the hall."""
        for number in range(PRESSES):
            threading.Event().wait(BETWEEN_PRESSES_S)
            self._sent.append(now_ms())
            kind = "open-list" if number % 2 else "close-list"
            self._chair.do(kind, segment=self._chair.segment)

    def heard(self, client: Client, message: bytes, at: float) -> None:
        """Take in what a screen shows."""
        if client in self._shown and PATCH in message:
            self._shown[client].append(at)

    @property
    def are_seen(self) -> bool:
        """Whether all screens have shown all presses."""
        return all(len(shown) == PRESSES for shown in self._shown.values())

    def delays(self) -> list[float]:
        """From each press to the last screen that shows it, the shortest first."""
        shown = zip(*self._shown.values(), strict=True)
        return sorted(max(at) - sent for at, sent in zip(shown, self._sent, strict=True))


def _all_wait_in_order(ours: Ours, asking: int) -> None:
    """RuntimeError unless the list holds everybody once, by the instant of asking."""
    entries = ours.chair.view()["view"]["list"]["entries"]
    arrivals = [(entry["number"], entry["asked_at"]) for entry in entries]
    numbers = [number for number, _ in arrivals]
    if numbers != list(range(1, asking + 1)) or arrivals != sorted(arrivals, key=itemgetter(1)):
        raise RuntimeError(f"these are not the arrivals of {asking}: {arrivals}")
    if len({entry["delegation"] for entry in entries}) != asking:
        raise RuntimeError("the list does not hold everybody once")


def storm(ours: Ours, hall: Hall) -> Figures:
    """kill -9 with everybody there: until it serves, and until the last is back with its view.

    Clients come back as the product's own do (static/js/link.js).
    """
    held = ours.chair.view()
    back: dict[Client, float] = {}
    tries: Counter[Client] = Counter()
    chance = random.Random(len(hall.clients))

    def heard(client: Client, message: bytes, at: float) -> None:
        if client in back or SNAPSHOT not in message:
            return
        told = _body(message)
        if (told["version"], told["view"]["floor"]) != (held["version"], held["view"]["floor"]):
            raise RuntimeError(f"after the kill a phone is shown {told}")
        back[client] = at

    def again(client: Client) -> None:
        try:
            hall.open(client)
        except OSError:
            later(client)

    def later(client: Client) -> None:
        delay = FIRST_DELAY * 2 ** tries[client] * chance.uniform(0.5, 1.5)
        tries[client] += 1
        hall.at(now_ms() + min(delay, LONGEST_DELAY), lambda: again(client))

    hall.heard, hall.lost = heard, later
    served: list[float] = []
    began = now_ms()
    with _beside(lambda: served.append(ours.restart())):
        hall.until(lambda: len(back) == len(hall.clients))
    ours.chair.reconnect()
    return {"serving after": served[0], "all back after": max(back.values()) - began}


SNAPSHOT: Final = b'["snapshot",'
FIRST_DELAY: Final = 500.0
LONGEST_DELAY: Final = 1_000.0
"""Reconnection as `Link` in static/js/link.js has it: twice as long each time, varied by half."""


def enforced_end(ours: Ours, hall: Hall, turns: int, asking: int) -> Figures:
    """Turns that the server ends, while others ask in a rush: how late each screen has it.

    Each has to be recorded once, at its deadline.
    """
    late: list[float] = []
    turn: list[str] = []

    def heard(_client: Client, message: bytes, at: float) -> None:
        if PATCH in message and EXPIRED in message:
            last = _body(message)["set"]["last"]
            late.append(ours.age(last["ended_at"], at))

    hall.heard = heard
    chair = ours.chair
    taps = iter([_Asking(*ours.seats[number]) for number in range(asking)])
    began = now_ms() + 500
    for number in range(asking):
        hall.at(began + number * TURN / asking * turns, lambda: _tap(ours, hall, next(taps)))

    def speak() -> None:
        for entry in chair.view()["view"]["list"]["entries"][:turns]:
            turn.append(entry["id"])
            chair.give(entry["id"])
            chair.do("set-allowance", holder=entry["id"], total=SPEAKING)
            threading.Event().wait(TURN / 1_000)
            chair.holder = None

    with _beside(speak):
        hall.until(lambda: len(late) == turns * len(hall.clients))
    _ended_at_their_deadlines(ours, turn)
    late.sort()
    return {"p50": _at(late, 0.5), "p99": _at(late, 0.99), "max": late[-1]}


EXPIRED: Final = b'"time-expired"'
SPEAKING: Final = 2_000
TURN: Final = 2_500.0


def _ended_at_their_deadlines(ours: Ours, turns: Sequence[str]) -> None:
    """RuntimeError unless each turn was ended once, exactly when its time was over."""
    log = [entry.event for entry in ours.log()]
    started = {event.intervention: event.at for event in log if isinstance(event, ClockStarted)}
    ended = [
        (event.intervention, event.at) for event in log if isinstance(event, InterventionEnded)
    ]
    due = [(InterventionId(turn), started[InterventionId(turn)] + SPEAKING) for turn in turns]
    if ended != due:
        raise RuntimeError(f"ended: {ended}; due: {due}")


def summary(ours: Ours, hall: Hall, interventions: int) -> Figures:
    """A day's Summary, asked for some times, and what the hall notices of that.

    The server has one core, which it shares with the process that writes the document.
    """
    rapporteur = Rapporteur(ours, ours.dialogue)
    drafts: list[float] = []
    documents: list[float] = []

    def ask() -> None:
        _spoken(ours, rapporteur, interventions)
        for _ in range(SUMMARIES):
            drafts.append(_took(rapporteur.draft))
            documents.append(_took(rapporteur.document))

    with _beside(ask):
        hall.until(lambda: len(documents) == SUMMARIES)
    hall.during(QUIET)
    quiet, beside = _Presses(ours.chair, hall.clients), _Presses(ours.chair, hall.clients)
    hall.heard = quiet.heard
    with _beside(quiet.press):
        hall.until(lambda: quiet.are_seen)
    hall.heard = beside.heard
    with _beside(beside.press), _beside(lambda: _repeated(rapporteur.document, beside)):
        hall.until(lambda: beside.are_seen)
    return {
        "draft": statistics.median(drafts),
        "document": statistics.median(documents),
        "both, longest": max(map(sum, zip(drafts, documents, strict=True))),
        "without, p50": _at(quiet.delays(), 0.5),
        "without, max": quiet.delays()[-1],
        "with, p50": _at(beside.delays(), 0.5),
        "with, max": beside.delays()[-1],
    }


SUMMARIES: Final = 5


def _spoken(ours: Ours, rapporteur: Rapporteur, interventions: int) -> None:
    """So many delegations speak one after the other, and a note is taken of each."""
    chair = ours.chair
    themes = cycle(ours.themes(chair.segment))
    for number in range(interventions):
        chair.add(f"D{number}")
        turn = f"nameplate-D{number}"
        chair.give(turn)
        chair.do("end-intervention", holder=turn)
        chair.holder = None
        text = f"Delegation {number} spoke of what it has done, and of what is still to be done."
        of = {"segment": chair.segment, "intervention": turn, "theme": next(themes)}
        rapporteur.note(number, text, **of)


def _took(work: Callable[[], Any]) -> float:
    began = now_ms()
    work()
    return now_ms() - began


def _repeated(work: Callable[[], Any], presses: "_Presses") -> None:
    while not presses.are_seen:
        work()


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


def _tell(subject: Subject, messages: int, asked: list[float]) -> None:
    chance = random.Random(messages)
    for number in range(messages):
        threading.Event().wait((GAP + chance.uniform(0, 100)) / 1_000)
        asked.append(now_ms())
        subject.tell(number + 1)


def asking_alone(subject: Subject, messages: int) -> Figures:
    """What it costs a server to be asked to tell something, with nobody there to be told."""
    cpu = subject.cpu()
    for number in range(messages):
        subject.tell(number + 1)
    return {"CPU per command, ms": (subject.cpu() - cpu) / messages * 1_000}


def _complete(ages: dict[int, list[float]], messages: int, everybody: int) -> bool:
    return sum(map(len, ages.values())) >= messages * everybody


def _idle_cpu(subject: Subject, hall: Hall, milliseconds: float) -> float:
    """The share of its core that a server takes while nothing is asked of it."""
    cpu, began = subject.cpu(), now_ms()
    hall.during(milliseconds)
    return (subject.cpu() - cpu) / (now_ms() - began) * 1_000


def _body(message: bytes) -> dict[str, Any]:
    """What an event of Socket.IO says."""
    told: dict[str, Any] = json.loads(message[message.index(b"[") :])[1]
    return told


def _stamp(message: bytes) -> int:
    start = message.index(NOW) + len(NOW)
    end = start
    while message[end : end + 1].isdigit():
        end += 1
    return int(message[start:end])


def _at(ordered: list[float], share: float) -> float:
    """A quantile of what is in order."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
