"""A throw-away PostgreSQL server for the tests: one per test run, a fresh database per test."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import psycopg2

from tests.ports import free_port

OLDEST_VERSION: Final = 15
USER: Final = "moderator"

# PostgreSQL refuses to run as root: then one of these runs it.
UNPRIVILEGED: Final = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server on a port of the loopback interface."""

    port: int
    _control: Callable[..., None]
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def fresh_database(self, template: str = "template0") -> str:
        """The SQLAlchemy URL of a new database: empty, or a copy of one that nobody is using."""
        name = f"test_{next(self._numbers)}"
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname="postgres"
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        finally:
            connection.close()
        return f"postgresql+psycopg2://{USER}@127.0.0.1:{self.port}/{name}"

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Nobody reaches the server meanwhile: it is stopped, and then started again."""
        self._control("--mode", "fast", "stop")
        try:
            yield
        finally:
            self._control("start")


@contextmanager
def postgres_cluster() -> Iterator[Cluster]:
    """A server in a temporary folder, which is gone with all its databases at the end."""
    programs = _programs()
    # Short, because the name of a Unix socket may not exceed 107 bytes.
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder = Path(name)
        owner = _hand_over(folder)
        _run(
            owner,
            programs / "initdb",
            *("--pgdata", folder / "data", "--username", USER, "--auth", "trust"),
            *("--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )
        port = free_port()
        control = partial(
            _run,
            owner,
            programs / "pg_ctl",
            *("--pgdata", folder / "data", "--silent", "--wait", "--log", folder / "log"),
            *("--options", f"-h 127.0.0.1 -p {port} -k {folder} -c max_connections=200"),
        )
        control("start")
        try:
            yield Cluster(port, control)
        finally:
            control("--mode", "immediate", "stop")


def _programs() -> Path:
    """The folder of a server that is new enough, the newest first; then the one in PATH."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    numbered = [path for path in installed if path.parts[-3].isdigit()]
    numbered.sort(key=lambda path: int(path.parts[-3]), reverse=True)
    found = shutil.which("initdb")
    candidates = [*numbered, *([Path(found)] if found else [])]
    for initdb in candidates:
        # A link in PATH leads to the folder where the server's other programs are.
        folder = initdb.resolve().parent
        if (folder / "postgres").is_file() and _version(folder / "postgres") >= OLDEST_VERSION:
            return folder
    msg = f"no PostgreSQL server {OLDEST_VERSION} or newer; `make test` installs one"
    raise FileNotFoundError(msg)


def _version(postgres: Path) -> int:
    said = subprocess.run([postgres, "--version"], check=True, capture_output=True, text=True)
    number = re.search(r"\d+", said.stdout)
    return int(number[0]) if number else 0


def _hand_over(folder: Path) -> str | None:
    """Give the folder to whoever runs the server; None when that is the caller."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with suppress(KeyError):
            owner = pwd.getpwnam(name)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            return name
    msg = f"root cannot run PostgreSQL, and there is no user {' or '.join(UNPRIVILEGED)}"
    raise PermissionError(msg)


def _run(owner: str | None, *command: str | Path) -> None:
    words: Sequence[str] = [str(word) for word in command]
    done = subprocess.run(
        words,
        check=False,
        user=owner,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        msg = f"{words[0]} failed: {done.stdout}"
        raise RuntimeError(msg)
