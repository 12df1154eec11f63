"""Measure the product beside its peers: `python -m bench` (see bench/README.md)."""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from bench.measures import (
    Figures,
    enforced_end,
    fan_out,
    idle,
    joined,
    rush,
    storm,
)
from bench.servers import HALL_CORE, PEERS, ROOT, Ours, Subject, ours, peer
from bench.table import OURS, Row, gathered, written
from moderator.core.terms import Role

RESULTS: Final = Path(__file__).with_name("RESULTS.md")
OPEN_FILES: Final = 20_000
MESSAGES: Final = 20
NEXT: Final = ("MX", "DZ", "NG")
"""With three on the list a change of its order is about 600 bytes long."""

FRAME: Final = 60
"""Bytes of a peer's message beside its text, by which it is as long as ours."""

DELEGATIONS: Final = 500
ENDS: Final = 8
LISTS: Final = (14, 120, 500)
SAME_SECOND: Final = 50.0

Runs = list[tuple[str, Figures]]


def main() -> int:
    """Measure what was asked for, print the table, and write it down."""
    asked = _asked()
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    os.sched_setaffinity(0, {HALL_CORE})
    rows = list(chain.from_iterable(PARTS[part](asked) for part in asked.only or PARTS))
    command = " ".join(("python -m bench", *sys.argv[1:]))
    text = written(rows, list(PEERS), command, asked.rounds)
    print(text)
    if not asked.only:
        RESULTS.write_text(text)
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), help="parts to measure")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds beside peers")
    parser.add_argument("--sockets", type=int, nargs="*", default=[1_000, 2_000])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long nothing happens")
    return parser.parse_args()


def _beside_peers(asked: argparse.Namespace) -> Iterator[Row]:
    for sockets in asked.sockets:
        runs: Runs = []
        for number in range(asked.rounds):
            _say(f"{sockets} sockets, round {number + 1} of {asked.rounds}")
            with _speaking(sockets) as subject:
                size = _run(subject, sockets, runs)
            for name in PEERS:
                with peer(name, size - FRAME) as subject:
                    _run(subject, sockets, runs)
        at = f"{sockets:,} sockets: "
        quiet = sockets == 1_000
        rivals = ("node socket.io", "websockets")
        for what, limit in (("p50", 15.0), ("p99", 40.0)):
            bar = "≤ node socket.io and websockets" + (f", ≤ {limit:.0f} ms" if quiet else "")
            figures = gathered(runs, what)
            yield Row(f"{at}{what}, ms", bar, figures, limit if quiet else None, rivals)
        yield Row(f"{at}last screen p50, ms", "", gathered(runs, "last p50"))
        per_delivery = gathered(runs, "CPU per delivery, us")
        bar = "≤ 15 µs, ≤ node socket.io and websockets"
        yield Row(f"{at}server CPU per delivery, µs", bar, per_delivery, 15.0, rivals)
        joins = gathered(runs, "joins per second")
        bar = "≥ node socket.io's bare joins"
        yield Row(f"{at}joins per second", bar, joins, None, ("node socket.io",), more=True)
        size_of_join = gathered(runs, "bytes per join")
        yield Row(f"{at}bytes per join", "≤ 4 kB", size_of_join, 4_096)
        memory = gathered(runs, "memory per socket, kB")
        yield Row(f"{at}memory per socket, kB", "≤ 70 kB", memory, 70.0)
        yield Row(f"{at}bytes of the message", "about 600", gathered(runs, "size"))


def _run(subject: Subject, sockets: int, runs: Runs) -> int:
    """Join and fan out, once; the size of a message."""
    with joined(subject, sockets) as (hall, figures):
        told = fan_out(subject, hall, MESSAGES)
        runs.append((subject.name, figures | told))
        return int(told["size"])


def _idle(asked: argparse.Namespace) -> Iterator[Row]:
    _say(f"nothing happens for {asked.seconds:.0f} s")
    with _speaking(1_000) as subject, joined(subject, 1_000) as (hall, _):
        figures = idle(subject, hall, asked.seconds)
    yield _alone("idle: server CPU, %", "≤ 1 %", figures["CPU, %"], 1.0)
    came = figures["bytes per second and phone"]
    yield _alone("idle: bytes per second and phone", "≤ 30", came, 30.0)


def _rush(asked: argparse.Namespace) -> Iterator[Row]:
    for asking in LISTS:
        _say(f"{asking} ask within 2 s")
        with ours(1_000, DELEGATIONS) as subject:
            room = subject.furnish(0) if asking == max(LISTS) else None
            with joined(subject, 1_000) as (hall, _):
                figures = rush(subject, hall, asking, 2_000.0, room)
        at = f"{asking} ask within 2 s: "
        p99 = figures["acknowledged p99"]
        yield _alone(f"{at}acknowledged p50, ms", "", figures["acknowledged p50"])
        yield _alone(f"{at}acknowledged p99, ms", "≤ 500 ms", p99, 500.0)
        yield _alone(f"{at}kB to each phone", "≤ 64 kB", figures["kB to each phone"], 64.0)
        if room is not None:
            yield _alone(f"{at}a press in another room, p50, ms", "", figures["another room p50"])
            yield _alone(f"{at}a press in another room, max, ms", "", figures["another room max"])


def _storm(asked: argparse.Namespace) -> Iterator[Row]:
    _say("kill -9")
    with _speaking(1_000) as subject, joined(subject, 1_000) as (hall, _):
        figures = storm(subject, hall)
    serving, back = figures["serving after"] / 1_000, figures["all back after"] / 1_000
    yield _alone("kill -9: serving again after, s", "≤ 2 s", serving, 2.0)
    yield _alone("kill -9: all 1,000 back after, s", "≤ 4 s", back, 4.0)


def _ends(asked: argparse.Namespace) -> Iterator[Row]:
    _say("turns end while others ask")
    with ours(1_000, DELEGATIONS) as subject:
        subject.chair.add(*(f"D{DELEGATIONS - 1 - number}" for number in range(ENDS)))
        with joined(subject, 1_000) as (hall, _):
            figures = enforced_end(subject, hall, ENDS, DELEGATIONS - ENDS)
    yield _alone("enforced end under load: p50, ms after it", "", figures["p50"])
    yield _alone("enforced end under load: p99, ms after it", "≤ 250 ms", figures["p99"], 250.0)


def _clocks(asked: argparse.Namespace) -> Iterator[Row]:
    _say("clocks an hour wrong, 300 ms of jitter")
    with _speaking(1) as subject:
        (token,) = subject.tokens(Role.FOLLOWER, 1)
        command = ["node", "bench/clocks.mjs", subject.server.url, subject.dialogue, token]
        off: list[float] = []
        for _ in range(ENDS):
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            off += map(abs, json.loads(done.stdout))
    within = sum(one <= SAME_SECOND for one in off) / len(off) * 100
    yield _alone("clocks, 300 ms of jitter: p50 off, ms", "", sorted(off)[len(off) // 2])
    yield _alone("clocks, 300 ms of jitter: furthest off, ms", "≤ 50 ms", max(off), SAME_SECOND)
    yield _alone("clocks, 300 ms of jitter: within 50 ms, % of screens", "", within)


@contextmanager
def _speaking(sockets: int) -> Iterator[Ours]:
    """Our server with a speaker, whose clock runs, and three more on the list."""
    with ours(sockets) as subject:
        chair = subject.chair
        chair.add("BR")
        chair.give("nameplate-BR")
        chair.add(*NEXT)
        yield subject


def _alone(what: str, bar: str, figure: float, limit: float | None = None) -> Row:
    return Row(what, bar, {OURS: [figure]}, limit)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


PARTS: Final[dict[str, Callable[[argparse.Namespace], Iterator[Row]]]] = {
    "fan-out": _beside_peers,
    "idle": _idle,
    "rush": _rush,
    "storm": _storm,
    "ends": _ends,
    "clocks": _clocks,
}

if __name__ == "__main__":
    sys.exit(main())
