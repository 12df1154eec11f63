"""What can happen to a running server: its database is locked, its disk is full, it is silent."""

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

from moderator.store.engine import PATIENCE_S
from tests.processes.server import House, Server

SMALL: Final = 8 * 1024 * 1024
PAGE: Final = 4 * 1024


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
