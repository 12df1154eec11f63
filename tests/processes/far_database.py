"""A PostgreSQL at the other end of a bad network, and a hall that goes on asking meanwhile."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from sqlalchemy.engine import make_url

from tests.processes.clients import opened
from tests.processes.load import Load, Tally, compare
from tests.processes.proxy import Proxy
from tests.processes.server import House, Server

PATIENCE_S: Final = 60.0
STALL_S: Final = 6.0
"""Longer than the server waits for a database that says nothing."""

AWHILE: Final = 20
"""Commands that are accepted before the next thing goes wrong."""

CUTS: Final = ((b"COMMIT", True), (b"COMMIT", False), (b"INSERT INTO event", True))
"""At which word of the server the connection is cut, and whether the database heard it."""


@contextmanager
def far(house: House, seed: int) -> Iterator[tuple[House, Proxy]]:
    """The same house, whose server comes to its database through a proxy."""
    url = make_url(house.database_url)
    assert url.port is not None
    with Proxy(url.port, seed) as proxy:
        yield replace(house, database_url=_with_port(house.database_url, proxy.port)), proxy


def everything_goes_wrong(
    house: House, server: Server, proxy: Proxy, rounds: int, seed: int
) -> Tally:
    """Delay, reset and stall what server and database say, so many times; then compare the log.

    AssertionError when what was acknowledged is not in it once.
    """
    chance = random.Random(seed)
    opened(server).close()
    load = Load(server)
    load.start()
    for number in range(rounds):
        proxy.up.jitter_s = proxy.down.jitter_s = chance.choice([0.0, 0.003, 0.02])
        _awhile(load)
        for said, answered in CUTS:
            cut = proxy.cut_at(said, answered=answered)
            assert cut.wait(PATIENCE_S), f"nobody said {said!r}"
        proxy.reset()
        _awhile(load)
        if number % 3 == 0:
            way = chance.choice([proxy.up, proxy.down])
            way.stall()
            time.sleep(chance.uniform(0, STALL_S))
            way.flow()
            _awhile(load)
        compare(house, load.tally, f"seed {seed}, round {number}")
    tally = load.finish()
    compare(house, tally, f"seed {seed}, at the end")
    return tally


def _awhile(load: Load) -> None:
    load.until_answered(load.answered() + AWHILE)


def _with_port(url: str, port: int) -> str:
    return make_url(url).set(port=port).render_as_string(hide_password=False)
