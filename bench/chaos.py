"""Everything goes wrong, for long: `python -m bench.chaos` (the tests hold a short form of each).

An AssertionError tells what was lost; what was borne is written to bench/RESULTS.md.
"""

import argparse
import contextlib
import os
import random
import re
import resource
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench import results
from bench.hall import Client, Hall, now_ms
from bench.measures import joined
from bench.servers import Chair, Ours, running
from bench.table import machine
from moderator import create_app
from moderator.store.engine import make_engine
from moderator.store.migrate import migrate
from tests.fake_now import FakeNow
from tests.postgres import postgres_cluster
from tests.processes import clients
from tests.processes.far_database import CUTS, everything_goes_wrong, far
from tests.processes.garbage import (
    OF_ENGINE_IO,
    OF_SOCKET_IO,
    OF_WEBSOCKETS,
    bear,
    bystander,
    open_files,
    packet,
)
from tests.processes.half_made import half_made
from tests.processes.load import (
    Load,
    Tally,
    compare,
    killed_again_and_again,
    killed_while_it_starts,
    log_of,
)
from tests.processes.server import House, Server, set_up
from tests.processes.trouble import AHEAD, BACK, SETTABLE, full_disk, locked
from tests.web import hall as web
from tests.web.strangers import tried

OPEN_FILES: Final = 20_000
MINUTE: Final = 60_000.0
SILENT: Final = 200
SILENT_FOR_AT_MOST: Final = 60_000.0
"""A ping interval until the ping, and another one until it is given up, and some more."""

COMING_AND_GOING: Final = 200
GROWTH: Final = 0.05
"""By so much may memory differ between the second and the last quarter of a soak."""

COUNTED: Final = """
import eventlet, gc, runpy, signal
eventlet.monkey_patch()
from greenlet import greenlet
def count(*_):
    found = [it for it in gc.get_objects() if issubclass(type(it), greenlet) and not it.dead]
    print("greenlets", len(found), flush=True)
signal.signal(signal.SIGUSR1, count)
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server, which tells in its log how many greenlets live when it is sent a signal."""

HELD_S: Final = (0.0, 3.0)
FREE_S: Final = (0.05, 0.5)
"""How long a trouble with the database lasts, and is away: mostly less than we wait for it."""

STEPS: Final = 10
WRONG_BY_AT_MOST: Final = 2_000.0
"""An answer may take so long, in milliseconds, on a busy machine; the clock is set by an hour."""

GREENLETS: Final = re.compile(r"^greenlets (\d+)$", re.MULTILINE)
FEW: Final = 20
"""So many more files may be open, and greenlets answer somebody, at one moment than at another."""

Lines = Iterator[str]


def main() -> int:
    """Run what was asked for, and write down what came of it."""
    parser = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=sorted(PARTS), help="parts to run")
    parser.add_argument("--rounds", type=int, default=300, help="kills on SQLite")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long the soak lasts")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    lines = []
    for part in asked.only or PARTS:
        print(part, file=sys.stderr, flush=True)
        for line in PARTS[part](asked):
            print(line, file=sys.stderr, flush=True)
            lines.append(f"| {line} |")
    command = " ".join(("python -m bench.chaos", *sys.argv[1:]))
    text = "\n".join(
        (
            f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {machine()}\n",
            "| what | what came of it |",
            "| --- | --- |",
            *lines,
            "",
        )
    )
    print(text)
    if not asked.only:
        results.keep(results.CHAOS, text)
    return 0


def _kills(asked: argparse.Namespace) -> Lines:
    with _house() as house:
        yield f"kill -9 under load, SQLite | {_killed(house, asked.rounds)}"
    with tempfile.TemporaryDirectory() as folder, postgres_cluster() as cluster:
        house = set_up(Path(folder) / "house", cluster.fresh_database())
        yield f"kill -9 under load, PostgreSQL | {_killed(house, asked.rounds // 10)}"


def _killed(house: House, rounds: int) -> str:
    server = Server(house)
    server.start()
    try:
        tally = killed_again_and_again(server, rounds, seed=rounds)
    finally:
        server.stop()
    assert "whole" in house.flask("check-journal")
    return f"{tally.kills} kills, {_commands(tally)}; longest start {tally.longest_gap_s:.2f} s"


def _commands(tally: Tally) -> str:
    """The commands of a run whose log was compared: none of them is missing or there twice."""
    return (
        f"{len(tally.receipts):,} commands acknowledged, 0 lost, 0 doubled; "
        f"{len(tally.refusals):,} refused, {tally.retries:,} sent again"
    )


def _starts(asked: argparse.Namespace) -> Lines:
    """The server is killed again and again while it starts, and `init-db` while it migrates."""
    with _house() as house, _serving(house) as server:
        tally = killed_while_it_starts(server, asked.rounds // 5, seed=7)
        assert "whole" in house.flask("check-journal")
        yield f"kill -9 while it starts | {tally.kills} kills, {_commands(tally)}"
    chance, rounds, late = random.Random(8), asked.rounds // 10, 0
    with postgres_cluster() as cluster:
        for number in range(2 * rounds):
            with tempfile.TemporaryDirectory() as folder:
                instance = Path(folder)
                file = f"sqlite:///{instance / 'moderator.db'}"
                url = cluster.fresh_database() if number % 2 else file
                late += half_made(House(instance, url, {}), chance)
                assert "whole" in set_up(instance, url).flask("check-journal")
    yield (
        f"kill -9 of `init-db`, {rounds} on either database | "
        f"{2 * rounds - late} before its end; the next `init-db` made every database"
    )


def _locks(asked: argparse.Namespace) -> Lines:
    """Another process writes to the database again and again while a meeting goes on."""
    with _house() as house, _serving(house) as server:
        yield f"a database that others hold for up to {HELD_S[1]:.0f} s | " + (
            _troubled(server, lambda: locked(house))
        )


def _disk(asked: argparse.Namespace) -> Lines:
    """No file can grow any more, again and again, while a meeting goes on."""
    with _house() as house, _serving(house) as server:
        told = _troubled(server, lambda: full_disk(server))
        assert "whole" in house.flask("check-journal")
        yield f"a disk that is full for up to {HELD_S[1]:.0f} s | {told}"


def _troubled(server: Server, trouble: Callable[[], AbstractContextManager[None]]) -> str:
    """A hall goes on through a minute in which the trouble comes and goes."""
    chance = random.Random(7)
    times = 0
    with _asking(server) as load:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with trouble():
                time.sleep(chance.uniform(*HELD_S))
            times += 1
            time.sleep(chance.uniform(*FREE_S))
    return f"{times} times, {_commands(load.tally)}"


def _clock(asked: argparse.Namespace) -> Lines:
    """The clock of the host is set again and again, and is wrong when the server starts anew."""
    rounds, furthest = asked.rounds // 10, 0.0
    chance = random.Random(9)
    program = ("-c", SETTABLE.format(wrong_by="random.choice((-3600, 0, 3600))"))
    with _house() as house, _serving(house, program) as server:
        chair = clients.Client(server, "chair")
        ahead = chair.view()["now"] - now_ms()
        with _asking(server) as load:
            for _ in range(rounds):
                for _ in range(STEPS):
                    os.kill(server.pid, chance.choice((AHEAD, BACK)))
                    time.sleep(chance.uniform(0, 0.1))
                    off = abs(chair.view()["now"] - now_ms() - ahead)
                    assert off < WRONG_BY_AT_MOST, f"the time is wrong by {off:.0f} ms"
                    furthest = max(furthest, off)
                load.server_is(up=False)
                server.kill()
                server.start()
                load.server_is(up=True)
        chair.close()
        times = [entry.event.at for entry in log_of(house)]
        assert times == sorted(times), "something stands in the log before what came before it"
    yield (
        f"a clock that is set by an hour, ahead or back | {rounds * STEPS} times, and {rounds} "
        f"kills with a start by a wrong clock; {_commands(load.tally)}; the time told was off by "
        f"{furthest:.0f} ms at most, with the way of the answer"
    )


def _frames(asked: argparse.Namespace) -> Lines:
    """Clients send on their sockets what nobody should, while a meeting goes on."""
    sayings = [*OF_WEBSOCKETS.values(), *map(packet, OF_ENGINE_IO + OF_SOCKET_IO)]
    chance = random.Random(10)
    came, sent = 2 * asked.rounds, 0
    with _house() as house, _serving(house) as server:
        files = open_files(server)
        with _asking(server) as load, bystander(server) as other:
            for _ in range(came):
                said = chance.choice(sayings)
                bear(server, other, said, seated=chance.random() < 0.5)
                sent += len(said)
        assert open_files(server) <= files + FEW, "files stay open"
    yield (
        f"{came:,} clients with garbage, huge frames and thousands of frames | {sent / 1e6:,.0f} "
        f"MB borne or shown out, and nobody else; {_commands(load.tally)}"
    )


def _network(asked: argparse.Namespace) -> Lines:
    """PostgreSQL is lost again and again, in the middle of a commit too, and a hall goes on."""
    with tempfile.TemporaryDirectory() as folder, postgres_cluster() as cluster:
        house = set_up(Path(folder) / "house", cluster.fresh_database())
        with far(house, seed=2) as (far_house, proxy), _serving(far_house) as server:
            rounds = asked.rounds // 10
            tally = everything_goes_wrong(house, server, proxy, rounds, seed=2)
        assert "whole" in house.flask("check-journal")
    yield (
        f"PostgreSQL behind a network that delays, stalls and resets | {rounds} rounds, "
        f"{len(CUTS)} commits cut in each; {_commands(tally)}, {tally.postponed:,} after a 503"
    )


def _interface(asked: argparse.Namespace) -> Lines:
    """Programs that know only the OpenAPI document send all that it allows and does not allow."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'moderator.db'}"
        migrate(make_engine(url))
        dialogue = web.furnish(url, Path(folder))
        now = FakeNow()
        hall = web.Hall(create_app(web.settings_for(url, Path(folder)), now), dialogue, now)
        answers = tried(hall, examples=asked.rounds)
        hall.house.engine.dispose()
    refused = sum(count for (_, status), count in answers.items() if status >= 400)
    yield (
        f"the OpenAPI document, by schemathesis | {answers.total():,} requests, {refused:,} "
        "refused; no 5xx, and no answer that the document does not tell of"
    )


def _silence(asked: argparse.Namespace) -> Lines:
    """Clients that neither read nor answer any more, as behind a cable that was pulled."""
    with running(Ours(2 * SILENT)) as subject, joined(subject, SILENT) as (hall, _):
        silent = Hall(subject.port)
        silent.join([subject.client(SILENT + number) for number in range(SILENT)], SILENT)
        files = open_files(subject.server)
        began = now_ms()
        while open_files(subject.server) > files - SILENT:
            assert now_ms() - began < SILENT_FOR_AT_MOST, "somebody silent is still held"
            hall.during(500)
        assert all(client.socket for client in hall.clients), "somebody else was shown out"
        silent.close()
        gone = (now_ms() - began) / 1_000
        yield f"{SILENT} half-open sockets | all let go after {gone:.0f} s, nobody else"


def _soak(asked: argparse.Namespace) -> Lines:
    """Sockets come and go and a chair acts, for long: memory and open files stay as they are."""
    with running(Ours(COMING_AND_GOING, program=("-c", COUNTED))) as subject:
        chair = subject.chair
        chair.add("BR", "MX", "DZ", "NG")
        chance = random.Random(30)
        with joined(subject, COMING_AND_GOING) as (hall, _):
            joins = _come_and_go(hall, chance)
            commands = _acting(subject, chair)
            memory: list[int] = []
            files: list[int] = []
            threads: list[int] = []
            with commands as given:
                for _ in range(int(asked.minutes * 12)):
                    hall.during(MINUTE / 12)
                    memory.append(subject.memory())
                    files.append(open_files(subject.server))
                    threads.append(_threads(subject))
                    os.kill(subject.server.pid, signal.SIGUSR1)
            greenlets = [int(told) for told in GREENLETS.findall(subject.server.log)]
        quarter = len(memory) // 4
        early = sum(memory[quarter : 2 * quarter]) / quarter
        late = sum(memory[-quarter:]) / quarter
        grown = late / early - 1
        assert abs(grown) < GROWTH, f"memory has changed by {grown:.1%}"
        assert max(files) <= min(files[quarter:]) + COMING_AND_GOING, "files stay open"
        assert max(threads[quarter:]) <= max(threads[:quarter]), "threads stay"
        assert max(greenlets[-quarter:]) <= max(greenlets[:-quarter]) + FEW, "greenlets stay"
        yield (
            f"a soak of {asked.minutes:g} minutes, {COMING_AND_GOING} sockets | "
            f"{joins[0]:,} joins, {given[0]:,} commands; memory {early / 1e6:.1f} MB in the second "
            f"quarter, {late / 1e6:.1f} MB in the last ({grown:+.1%}); at most {max(files)} open "
            f"files, {max(threads)} threads and {max(greenlets)} greenlets"
        )


def _come_and_go(hall: Hall, chance: random.Random) -> list[int]:
    """Each client leaves after a while, some without a word, and comes back; how many came."""
    joins = [0]

    def leave(client: Client) -> None:
        if client.socket is not None:
            hall.hang_up(client.socket)
            client.socket = None
        hall.at(now_ms() + chance.uniform(10, 2_000), lambda: come(client))

    def come(client: Client) -> None:
        joins[0] += 1
        hall.open(client)
        hall.at(now_ms() + chance.uniform(1_000, 60_000), lambda: leave(client))

    for client in hall.clients:
        hall.at(now_ms() + chance.uniform(0, 30_000), lambda client=client: leave(client))
    return joins


@contextlib.contextmanager
def _acting(subject: Ours, chair: Chair) -> Iterator[list[int]]:
    """A chair who presses twice a second; how often so far."""
    over, given = threading.Event(), [0]

    def act() -> None:
        while not over.wait(0.5):
            subject.tell(given[0])
            given[0] += 1

    thread = threading.Thread(target=act)
    thread.start()
    try:
        yield given
    finally:
        over.set()
        thread.join()


@contextlib.contextmanager
def _house() -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        yield set_up(Path(folder) / "house")


@contextlib.contextmanager
def _asking(server: Server) -> Iterator[Load]:
    """A hall that goes on asking; in the end the log is compared with what it was answered."""
    clients.opened(server).close()
    load = Load(server)
    load.start()
    yield load
    compare(server.house, load.finish(), "at the end")


@contextlib.contextmanager
def _serving(house: House, program: Sequence[str] = ("wsgi.py",)) -> Iterator[Server]:
    server = Server(house, program=program)
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert "Traceback" not in server.log, server.log


def _threads(subject: Ours) -> int:
    return sum(1 for _ in Path(f"/proc/{subject.server.pid}/task").iterdir())


PARTS: Final[dict[str, Callable[[argparse.Namespace], Lines]]] = {
    "kills": _kills,
    "starts": _starts,
    "locks": _locks,
    "disk": _disk,
    "clock": _clock,
    "frames": _frames,
    "network": _network,
    "interface": _interface,
    "silence": _silence,
    "soak": _soak,
}

if __name__ == "__main__":
    sys.exit(main())
