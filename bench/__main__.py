"""Measure the product beside its peers: `python -m bench` (see bench/README.md)."""

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench import results
from bench.measures import (
    GUESTS,
    Figures,
    asking_alone,
    enforced_end,
    fan_out,
    idle,
    joined,
    memory_read,
    rush,
    rush_next_door,
    storm,
    summary,
)
from bench.servers import HALL_CORE, PEERS, ROOT, Ours, Peer, Subject, running
from bench.table import OURS, Row, gathered, written
from bench.weight import first_load
from moderator.core.terms import Role
from tests.browser.chromium import chromium
from tests.processes.server import Server, set_up

OPEN_FILES: Final = 1_000
"""Beside the sockets of a hall."""

MESSAGES: Final = 16
NEXT: Final = ("MX", "DZ", "NG")
"""With three on the list a change of its order is about 900 bytes long."""

MESSAGE, JOIN = 900, 2_600
"""Bytes of our own, for a peer that is measured by itself."""

HALL: Final = 1_000
DELEGATIONS: Final = 500
WITHIN: Final = 2_000.0
ENDS: Final = 8
INTERVENTIONS: Final = 100
LISTS: Final = (14, 120, 500)
SAME_SECOND: Final = 50.0
NETWORKS: Final = {
    "jitter": "300 ms of jitter",
    "far": "300 ms away",
    "stalls": "stalls of 400 ms",
    "resets": "reset once",
}
SCREENS: Final = {"delegation": "a phone", "display": "the display"}
TIMES: Final = 4
"""So often are the clocks of ten screens looked at in each network."""

Runs = list[tuple[str, Figures]]


def main() -> int:
    """Measure what was asked for, print the table, and write it down."""
    asked = _asked()
    # Asked to end, end as for Ctrl-C: with all that was started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _may_open(max(asked.sockets) + OPEN_FILES)
    os.sched_setaffinity(0, {HALL_CORE})
    rows = list(chain.from_iterable(PARTS[part](asked) for part in asked.only or PARTS))
    command = " ".join(("python -m bench", *sys.argv[1:]))
    text = written(rows, list(PEERS), command, asked.rounds)
    print(text)
    if not asked.only:
        results.keep(results.HALL, text)
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), help="parts to measure")
    parser.add_argument("--rounds", type=int, default=5, help="interleaved rounds beside peers")
    parser.add_argument("--sockets", type=int, nargs="*", default=[1_000, 2_000])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long nothing happens")
    return parser.parse_args()


def _may_open(files: int) -> None:
    """Let this process and those it starts hold so many sockets; SystemExit where they may not."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, max(files, hard)))
    except (ValueError, OSError) as error:
        raise SystemExit(
            f"{files:,} files have to be open at once, and {hard:,} may be: raise the limit "
            "(ulimit -Hn), or measure fewer --sockets"
        ) from error


def _beside_peers(asked: argparse.Namespace) -> Iterator[Row]:
    for sockets in asked.sockets:
        runs: Runs = []
        for number in range(asked.rounds):
            _say(f"{sockets} sockets, round {number + 1} of {asked.rounds}")
            with _speaking(sockets) as subject:
                told = _run(subject, sockets, runs)
            size, first = int(told["size"]), int(told["first message"])
            for name in PEERS:
                with running(Peer(name, size, first)) as rival:
                    _run(rival, sockets, runs)
        at = f"{sockets:,} sockets: "
        quiet = sockets == 1_000
        rivals = ("node socket.io", "websockets")
        for what, limit in (("p50", 15.0), ("p99", 40.0)):
            bar = "≤ node socket.io and websockets" + (f", ≤ {limit:.0f} ms" if quiet else "")
            figures = gathered(runs, what)
            yield Row(f"{at}{what}, ms", bar, figures, limit if quiet else None, rivals)
        for what, of in (("last screen p50", "last p50"), ("last screen p99", "last p99")):
            yield Row(f"{at}{what}, ms", "", gathered(runs, of))
        asked_to_last = gathered(runs, "asked to last p50")
        yield Row(f"{at}request sent to last screen p50, ms", "", asked_to_last)
        per_delivery = gathered(runs, "CPU per delivery, us")
        bar = "≤ 15 µs, ≤ node socket.io and websockets"
        yield Row(f"{at}server CPU per delivery, µs", bar, per_delivery, 15.0, rivals)
        alone = gathered(runs, "CPU per command, ms")
        yield Row(f"{at}server CPU for each request alone, ms", "", alone)
        hall = gathered(runs, "CPU of the hall, us")
        yield Row(f"{at}the hall's own CPU per delivery, µs", "", hall)
        joins = gathered(runs, "joins per second")
        bar = "≥ node socket.io's bare joins"
        yield Row(f"{at}joins per second", bar, joins, None, ("node socket.io",), more=True)
        size_of_join = gathered(runs, "bytes per join")
        yield Row(f"{at}bytes per join", "≤ 4 kB", size_of_join, 4_000.0)
        to_others = gathered(runs, "bytes to others per join")
        yield Row(f"{at}bytes to others per join", "0", to_others, 0.0)
        memory = gathered(runs, "memory per socket, kB")
        yield Row(f"{at}memory per socket, kB", "≤ 70 kB", memory, 70.0)
        yield Row(f"{at}bytes of the message", "about 600", gathered(runs, "size"))


def _run(subject: Subject, sockets: int, runs: Runs) -> Figures:
    """Join and fan out, once."""
    alone = asking_alone(subject, MESSAGES)
    with joined(subject, sockets) as (hall, figures):
        told = alone | figures | fan_out(subject, hall, MESSAGES)
    runs.append((subject.name, told))
    return told


def _idle(asked: argparse.Namespace) -> Iterator[Row]:
    _say(f"nothing happens for {asked.seconds:.0f} s")
    runs: Runs = []
    with _speaking(HALL) as subject, joined(subject, HALL) as (hall, _):
        runs.append((OURS, idle(subject, hall, asked.seconds)))
    _say(f"nothing happens for {asked.seconds:.0f} s beside node socket.io")
    with running(Peer("node socket.io", MESSAGE, JOIN)) as rival, joined(rival, HALL) as (hall, _):
        runs.append((rival.name, idle(rival, hall, asked.seconds)))
    at = f"idle for {asked.seconds:.0f} s, a clock runs: "
    yield Row(f"{at}server CPU, %", "≤ 1 %", gathered(runs, "CPU, %"), 1.0)
    came = gathered(runs, "bytes per second and phone")
    yield Row(f"{at}bytes per second and phone", "≤ 30", came, 30.0)
    for rested in (0.0, 1.0):
        what = f"of the machine: 1 MB of memory read after {rested:.0f} s of rest, ms"
        yield _alone(what, "", memory_read(rested))


def _rush(asked: argparse.Namespace) -> Iterator[Row]:
    for asking in LISTS:
        _say(f"{asking} ask within 2 s")
        with running(Ours(HALL, DELEGATIONS)) as subject, joined(subject, HALL) as (hall, _):
            figures = rush(subject, hall, asking, WITHIN)
        at = f"{asking} ask within 2 s: "
        p99 = figures["acknowledged p99"]
        yield _alone(f"{at}acknowledged p50, ms", "", figures["acknowledged p50"])
        yield _alone(f"{at}acknowledged p99, ms", "≤ 500 ms", p99, 500.0)
        yield _alone(f"{at}acknowledged max, ms", "", figures["acknowledged max"])
        yield _alone(f"{at}kB to each phone", "≤ 64 kB", figures["kB to each phone"], 64.0)
    _say("a rush next door")
    with running(Ours(HALL, DELEGATIONS)) as subject:
        room = subject.furnish(0)
        with joined(subject, HALL) as (hall, _):
            figures = rush_next_door(subject, hall, DELEGATIONS, WITHIN, room)
    for what in ("p50", "max"):
        at = f"another room of {GUESTS}, request sent to last screen {what}"
        yield _alone(f"{at}, without a rush, ms", "", figures[f"another room without, {what}"])
        yield _alone(f"{at}, with it, ms", "", figures[f"another room {what}"])


def _storm(asked: argparse.Namespace) -> Iterator[Row]:
    _say("kill -9")
    with _speaking(HALL) as subject, joined(subject, HALL) as (hall, _):
        figures = storm(subject, hall)
    serving, back = figures["serving after"] / 1_000, figures["all back after"] / 1_000
    yield _alone("kill -9: serving again after, s", "≤ 2 s", serving, 2.0)
    yield _alone("kill -9: all 1,000 back after, s", "≤ 4 s", back, 4.0)


def _ends(asked: argparse.Namespace) -> Iterator[Row]:
    _say("turns end while others ask")
    with running(Ours(HALL, DELEGATIONS)) as subject:
        subject.chair.add(*(f"D{DELEGATIONS - 1 - number}" for number in range(ENDS)))
        with joined(subject, HALL) as (hall, _):
            figures = enforced_end(subject, hall, ENDS, DELEGATIONS - ENDS)
    yield _alone("enforced end under load: p50, ms after it", "", figures["p50"])
    yield _alone("enforced end under load: p99, ms after it", "≤ 250 ms", figures["p99"], 250.0)


def _summary(asked: argparse.Namespace) -> Iterator[Row]:
    _say(f"the Summary of {INTERVENTIONS} interventions")
    with (
        running(Ours(HALL, INTERVENTIONS)) as subject,
        joined(subject, HALL) as (hall, _),
    ):
        figures = summary(subject, hall, INTERVENTIONS)
    at = f"the Summary of {INTERVENTIONS} interventions: "
    both = figures["both, longest"] / 1_000
    yield _alone(f"{at}draft, s", "", figures["draft"] / 1_000)
    yield _alone(f"{at}Word document, s", "", figures["document"] / 1_000)
    yield _alone(f"{at}both, the longest time, s", "≤ 2 s", both, 2.0)
    for beside, words in (("without", "before it"), ("with", "while documents are written")):
        hall_at = f"{at}the hall {words}, request sent to last screen"
        yield _alone(f"{hall_at} p50, ms", "", figures[f"{beside}, p50"])
        yield _alone(f"{hall_at} max, ms", "", figures[f"{beside}, max"])


def _clocks(asked: argparse.Namespace) -> Iterator[Row]:
    with _speaking(1) as subject:
        (token,) = subject.tokens(Role.FOLLOWER, 1)
        command = ["node", "bench/clocks.mjs", subject.server.url, subject.dialogue, token]
        for network, words in NETWORKS.items():
            _say(f"clocks an hour wrong, {words}")
            off: list[float] = []
            for _ in range(TIMES):
                done = subprocess.run(
                    [*command, network], cwd=ROOT, capture_output=True, text=True, check=True
                )
                off += map(abs, json.loads(done.stdout))
            at = f"clocks of {len(off)} screens, {words}: "
            within = sum(one <= SAME_SECOND for one in off) / len(off) * 100
            yield _alone(f"{at}p50 off, ms", "", sorted(off)[len(off) // 2])
            yield _alone(f"{at}furthest off, ms", "≤ 50 ms", max(off), SAME_SECOND)
            yield _alone(f"{at}within 50 ms, %", "", within)


def _weight(asked: argparse.Namespace) -> Iterator[Row]:
    _say("first loads")
    with TemporaryDirectory() as folder, chromium() as browser:
        server = Server(set_up(Path(folder) / "house"))
        server.start()
        try:
            for role, language in product(("delegation", "display"), ("en", "ar")):
                weight = first_load(browser, server, role, language) / 1_000
                yield _alone(f"first load of {SCREENS[role]}, {language}, kB", "≤ 60", weight, 60.0)
        finally:
            server.stop()


@contextmanager
def _speaking(sockets: int) -> Iterator[Ours]:
    """Our server with a speaker, whose clock runs, and three more on the list."""
    with running(Ours(sockets)) as subject:
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
    "summary": _summary,
    "clocks": _clocks,
    "weight": _weight,
}

if __name__ == "__main__":
    sys.exit(main())
