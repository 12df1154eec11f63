"""A hall that goes on asking while its server is killed, and keeps everything it was answered."""

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, Final

from moderator.store.engine import make_engine, reading
from moderator.store.journal import Entry, damage, read
from tests.processes.clients import (
    PATIENCE_S,
    Answer,
    Client,
    Unreachable,
    new_id,
    opened,
    segment_of,
)
from tests.processes.server import SECONDS, House, Server

DELEGATES: Final = 4
"""Threads that ask for the floor, each for many delegations in turn."""

GRANTED_MS: Final = 1_000 * (SECONDS + 1)
"""More than the limit: to set what is set already would be acknowledged without a row."""

STARTING_S: Final = 1.2
"""A little longer than a server takes to start on a good machine."""


@dataclass
class Tally:
    """What became of every command that was sent: receipts and refusals by the command's id."""

    receipts: dict[str, int] = field(default_factory=dict)
    refusals: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    postponed: int = 0
    kills: int = 0
    longest_gap_s: float = 0.0
    """From a start until the server could be reached."""


class Load:
    """Delegates who ask and withdraw, and chairs who give and end, against a server that dies.

    A command that was not answered, or that the database could not take, is sent again with the
    same id, as the protocol tells to.
    """

    def __init__(self, server: Server) -> None:
        self.tally = Tally()
        self._server = server
        self._changed = threading.Condition()
        self._up = threading.Event()
        self._over = False
        self._failures: list[BaseException] = []
        codes = list(server.house.demonstration["seats"]["delegation"])
        works = [(self._ask, codes[first::DELEGATES]) for first in range(DELEGATES)]
        works.append((self._preside, list(server.house.demonstration["seats"]["chair"])))
        self._threads = [
            threading.Thread(target=self._run, args=(work, subjects), daemon=True)
            for work, subjects in works
        ]

    def start(self) -> None:
        """Begin; the server is up."""
        self._up.set()
        for thread in self._threads:
            thread.start()

    def server_is(self, *, up: bool) -> None:
        """Whoever was not answered waits while it is down."""
        (self._up.set if up else self._up.clear)()

    def answered(self) -> int:
        """How many commands have been accepted."""
        return len(self.tally.receipts)

    def until_answered(self, count: int) -> None:
        """Wait until so many have been accepted; raises what a client met."""
        with self._changed:
            met = self._changed.wait_for(
                lambda: self._failures or self.answered() >= count, PATIENCE_S
            )
        self._raise_failures()
        assert met, f"the hall stands still: {self._server.log}"

    def finish(self) -> Tally:
        """Let everybody get the answer they wait for, and end."""
        self._over = True
        for thread in self._threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive(), f"somebody still waits: {self._server.log}"
        self._raise_failures()
        return self.tally

    def _raise_failures(self) -> None:
        if self._failures:
            raise self._failures[0]

    def _run(self, work: Any, subjects: Sequence[str]) -> None:
        try:
            work(subjects)
        except BaseException as failure:
            with self._changed:
                self._failures.append(failure)
                self._changed.notify_all()

    def _ask(self, codes: Sequence[str]) -> None:
        segment = segment_of(self._server.house)
        clients = [Client(self._server, "delegation", code) for code in codes]
        for turn, client in enumerate(cycle(clients)):
            if self._over:
                break
            request = new_id()
            asked = self._send(client, "request-floor", request, segment=segment)
            if asked.status == 200 and turn % 2:
                self._send(client, "withdraw-request", new_id(), request=request)
        for client in clients:
            client.close()

    def _preside(self, chairs: Sequence[str]) -> None:
        clients = [Client(self._server, "chair", chair) for chair in chairs]
        for chair in cycle(clients):
            if self._over:
                break
            try:
                seen = chair.look()
            except Unreachable:
                self._up.wait(PATIENCE_S)
                continue
            if seen.status == 503:
                self.tally.postponed += 1
                time.sleep(int(seen.headers["Retry-After"]))
                continue
            assert seen.status == 200, seen
            view = seen.body["view"]
            floor = view["floor"] and view["floor"]["id"]
            for entry in view["list"]["entries"][:1]:
                self._send(chair, "give-floor", new_id(), request=entry["id"], holder=floor)
                self._send(chair, "set-allowance", new_id(), holder=entry["id"], total=GRANTED_MS)
                self._send(chair, "end-intervention", new_id(), holder=entry["id"])
        for client in clients:
            client.close()

    def _send(self, client: Client, kind: str, command_id: str, **fields: Any) -> Answer:
        while True:
            try:
                answer = client.send(kind, command_id, **fields)
            except Unreachable:
                self.tally.retries += 1
                assert self._up.wait(PATIENCE_S), "the server does not come back"
                continue
            if answer.status != 503:
                break
            self.tally.postponed += 1
            time.sleep(int(answer.headers["Retry-After"]))
        with self._changed:
            if answer.status == 200:
                self.tally.receipts[command_id] = answer.body["version"]
            else:
                self.tally.refusals[command_id] = answer.body["reason"]
            self._changed.notify_all()
        return answer


def killed_again_and_again(server: Server, rounds: int, seed: int) -> Tally:
    """Kill the server at so many moments of a busy meeting; each time the log is compared.

    AssertionError when what was acknowledged is not in it once.
    """
    chance = random.Random(seed)
    opened(server).close()
    load = Load(server)
    load.start()
    for number in range(rounds):
        load.until_answered(load.answered() + chance.randint(1, 40))
        time.sleep(chance.uniform(0, 0.02))  # somewhere between two answers
        load.server_is(up=False)
        server.kill()
        compare(server.house, load.tally, f"seed {seed}, round {number}")
        began = time.monotonic()
        server.start()
        load.tally.longest_gap_s = max(load.tally.longest_gap_s, time.monotonic() - began)
        load.tally.kills += 1
        load.server_is(up=True)
    tally = load.finish()
    compare(server.house, tally, f"seed {seed}, at the end")
    return tally


def killed_while_it_starts(server: Server, rounds: int, seed: int) -> Tally:
    """Kill the server at so many moments of its start, until it may live; as above."""
    chance = random.Random(seed)
    opened(server).close()
    load = Load(server)
    load.start()
    load.until_answered(20)
    load.server_is(up=False)
    server.kill()
    for number in range(rounds):
        server.launch()
        time.sleep(chance.uniform(0, STARTING_S))
        server.kill()
        load.tally.kills += 1
        compare(server.house, load.tally, f"seed {seed}, start {number}")
    server.start()
    load.server_is(up=True)
    load.until_answered(load.answered() + 20)
    tally = load.finish()
    compare(server.house, tally, f"seed {seed}, at the end")
    return tally


def compare(house: House, tally: Tally, when: str) -> None:
    """AssertionError when the log does not hold what was answered, each once."""
    faults = faults_in(house, dict(tally.receipts), dict(tally.refusals))
    assert faults == [], f"{when}: {faults}"


def log_of(house: House) -> tuple[Entry, ...]:
    """The log of the demonstration as it stands in the database."""
    engine = make_engine(house.database_url)
    try:
        with reading(engine) as connection:
            return read(connection, house.dialogue)
    finally:
        engine.dispose()


def faults_in(house: House, receipts: dict[str, int], refusals: dict[str, str]) -> list[str]:
    """What is wrong with the log, given what was answered; empty when each is in it once."""
    engine = make_engine(house.database_url)
    try:
        with reading(engine) as connection:
            faults = list(damage(connection, house.dialogue))
    finally:
        engine.dispose()
    log = log_of(house)
    last_row: dict[str, int] = {}
    for entry in log:
        if entry.command_id is not None:
            last_row[entry.command_id] = entry.version
    deeds = Counter((entry.command_id, type(entry.event)) for entry in log if entry.command_id)
    faults += [f"{deed} {count} times" for deed, count in deeds.items() if count > 1]
    faults += [
        f"{command} was acknowledged at {version}, and stands at {last_row.get(command)}"
        for command, version in receipts.items()
        if last_row.get(command) != version
    ]
    faults += [
        f"{command} was refused, and recorded" for command in refusals if command in last_row
    ]
    return faults
