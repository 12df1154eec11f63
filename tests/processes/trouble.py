"""What can happen to a running server: a locked database, a full disk, silence, a clock set."""

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy.engine import make_url

from tests.processes.server import PATIENCE_S, House, Server

SMALL: Final = 8 * 1024 * 1024
PAGE: Final = 4 * 1024

AHEAD, BACK = signal.SIGUSR1, signal.SIGUSR2
SETTABLE: Final = """
import random, runpy, signal, time
wrong_by = {wrong_by}
def step(number, _frame):
    global wrong_by
    wrong_by += 3600 if number == signal.SIGUSR1 else -3600
signal.signal(signal.SIGUSR1, step)
signal.signal(signal.SIGUSR2, step)
right, right_ns = time.time, time.time_ns
time.time = lambda: right() + wrong_by
time.time_ns = lambda: right_ns() + wrong_by * 10**9
runpy.run_path("wsgi.py", run_name="__main__")
"""
"""The real server on a host whose wall clock can be set an hour ahead or back, by a
signal; `wrong_by` tells in seconds how wrong it is at the start."""


@contextmanager
def locked(house: House) -> Iterator[None]:
    """Another process writes and does not end."""
    file = make_url(house.database_url).database
    assert file is not None
    connection = sqlite3.connect(file, isolation_level=None, timeout=PATIENCE_S)
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


@contextmanager
def full_disk(server: Server) -> Iterator[None]:
    """The server can write to no file any more: not to the database, not to its own log."""
    soft, hard = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def silent(server: Server) -> Iterator[None]:
    """The server takes in all that is sent to it, and answers nothing."""
    os.kill(server.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.pid, signal.SIGCONT)


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system of a few megabytes; the test is skipped where none may be mounted."""
    at.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(at))
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield at
    finally:
        subprocess.run(("umount", "--lazy", str(at)), check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte more fits on it."""
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(PAGE))
    yield
    filling.unlink()
