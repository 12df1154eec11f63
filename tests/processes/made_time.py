"""A time that stands still until somebody moves it, shared by processes: a day passes in seconds.

Whoever simulates moves it by what they would have slept; the servers take it for the host's clock,
and count by it how often a seat asks. Their sockets and sleeps go on in real time.
"""

import mmap
import os
import runpy
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Final

PLACE: Final = "MADE_TIME"
"""The variable of the environment that names the file in which the time stands."""

SERVER: Final = (
    "-c",
    "import eventlet; eventlet.monkey_patch()\n"
    "from tests.processes.made_time import served; served('wsgi.py')",
)
SIMULATE: Final = ("-c", "from tests.processes.made_time import simulated; simulated()")
"""What the interpreter runs in place of `wsgi.py`, and of `-m flask --app wsgi`."""

_SECONDS: Final = struct.Struct("d")


def make(file: Path) -> dict[str, str]:
    """Begin a time; what goes into the environment of those who live in it."""
    file.write_bytes(_SECONDS.pack(1_000.0))
    return {PLACE: str(file)}


def served(program: str) -> None:
    """Become the server, in the time that was made."""
    _live_in(_clock())
    runpy.run_path(program, run_name="__main__")


def simulated() -> None:
    """Become the command line, in the time that was made, which passes when it sleeps."""
    time = _clock()
    _live_in(time)
    from moderator.simulation import wire

    wire.time = time  # type: ignore[attr-defined]
    sys.argv = ["flask", "--app", "wsgi", *sys.argv[1:]]
    runpy.run_module("flask", run_name="__main__")


def _clock() -> SimpleNamespace:
    with Path(os.environ[PLACE]).open("r+b") as file:
        shared = mmap.mmap(file.fileno(), _SECONDS.size)

    def monotonic() -> float:
        seconds: float = _SECONDS.unpack_from(shared)[0]
        return seconds

    def sleep(seconds: float) -> None:
        _SECONDS.pack_into(shared, 0, monotonic() + seconds)

    return SimpleNamespace(monotonic=monotonic, sleep=sleep)


def _live_in(time: SimpleNamespace) -> None:
    from moderator import clock
    from moderator.web.rates import Tally

    anchored = clock.anchored
    milliseconds: Callable[[], int] = lambda: round(time.monotonic() * 1_000)  # noqa: E731
    clock.anchored = lambda engine, boot: anchored(engine, boot, milliseconds)
    Tally.__init__.__defaults__ = (time.monotonic,)
