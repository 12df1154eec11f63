"""The real server, `python wsgi.py` under eventlet: started, killed and started again."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.ports import free_port
from tests.processes.warm import Forked

ROOT: Final = Path(__file__).resolve().parents[2]

PATIENCE_S: Final = 60.0
"""So long may the slowest machine take to start; a server that takes longer does not start."""

LOOK_S: Final = 0.01
LAST_WORDS: Final = 4_000

FLASK: Final = ("-m", "flask", "--app", "wsgi")

SECONDS: Final = 60
"""The limits of the demonstration that the tests run."""


@dataclass(frozen=True, slots=True)
class House:
    """An installation with a demonstration: what `demo --json` printed, and where it is kept."""

    instance: Path
    database_url: str
    demonstration: Mapping[str, Any]

    @property
    def dialogue(self) -> str:
        """The id of the demonstration."""
        return str(self.demonstration["dialogue"])

    def seat(self, role: str, subject: str | None = None) -> Mapping[str, str]:
        """Link, code and token of a role (of the first that has it, when no subject is named)."""
        seats: Mapping[str, Mapping[str, str]] = self.demonstration["seats"][role]
        return seats[subject or next(iter(seats))]

    def copied_to(self, instance: Path, database_url: str | None = None) -> "House":
        """The same house elsewhere: links and tokens open the copy too."""
        shutil.copytree(self.instance, instance)
        return House(instance, database_url or _own_file(instance), self.demonstration)

    def flask(self, *words: str, **options: Any) -> str:
        """What `flask --app wsgi WORDS` prints for this house; options as those of `begin`."""
        process = self.begin(*words, **options)
        printed, said = process.communicate()
        if process.returncode:
            raise RuntimeError(f"{' '.join(words)}: {printed}{said}")
        return printed

    def begin(
        self,
        *words: str,
        program: Sequence[str] = FLASK,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """The process of `flask --app wsgi WORDS`, which has only begun.

        `program` stands in for flask, `environment` is added to its own.
        """
        return subprocess.Popen(
            [sys.executable, *program, *words],
            cwd=ROOT,
            env={**_environment(self.instance, self.database_url), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


def set_up(instance: Path, database_url: str | None = None, seconds: int = SECONDS) -> House:
    """Make a house as a technician does: `init-db`, then `demo --seconds … --json`."""
    instance.mkdir(exist_ok=True)
    house = House(instance, database_url or _own_file(instance), {})
    house.flask("init-db")
    printed = house.flask("demo", "--seconds", str(seconds), "--json")
    return House(instance, house.database_url, json.loads(printed))


class Server:
    """One server process at a time, on a loopback port that stays the same.

    `program` is what the interpreter runs, `environment` is added to its own; with `warm` it is
    forked there instead; `status` is what the last one ended with, the number of a signal with a
    minus.
    """

    def __init__(
        self,
        house: House,
        *,
        program: Sequence[str] = ("wsgi.py",),
        environment: Mapping[str, str] | None = None,
        warm: Path | None = None,
    ) -> None:
        self.house = house
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.status: int | None = None
        self._program = program
        self._environment = environment or {}
        self._warm = warm
        self._process: subprocess.Popen[bytes] | Forked | None = None

    @property
    def log(self) -> str:
        """All that the servers of this port have said."""
        path = self._log_path
        return path.read_text() if path.exists() else ""

    @property
    def pid(self) -> int:
        """The process that is running."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it, and wait until it answers; RuntimeError with its words when it does not."""
        self.launch()
        assert self._process is not None
        deadline = time.monotonic() + PATIENCE_S
        answers = False
        while not answers:
            time.sleep(LOOK_S)
            answers = _answers(self.port)
            # Somebody else may answer at this port, where ours could not start.
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server does not start: {self.log[-LAST_WORDS:]}")

    def launch(self) -> None:
        """Start it, and wait for nothing."""
        environment = {
            **_environment(self.house.instance, self.house.database_url),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            **self._environment,
        }
        if self._warm is not None:
            self._process = Forked(self._warm, environment, self._log_path)
            return
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._program],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to stop, as `make run` does. Nothing happens when it does not run."""
        if self._process is not None:
            self._end(signal.SIGTERM)

    def ask_to_stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop, and do not wait."""
        assert self._process is not None
        self._process.send_signal(how)

    def worker(self, program: str) -> int:
        """The process in which it has a document worked on, as soon as there is one.

        AssertionError when there never is.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            for child in Path(f"/proc/{self.pid}/task").glob("*/children"):
                for pid in child.read_text().split():
                    with suppress(OSError):  # it has ended since
                        if f"{program}.py".encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                            return int(pid)
            time.sleep(LOOK_S / 10)
        raise AssertionError(f"no process works on {program}")

    def until_said(self, words: str) -> None:
        """Wait until something stands in its log; AssertionError when it does not."""
        deadline = time.monotonic() + PATIENCE_S
        while words not in self.log:
            assert time.monotonic() < deadline, self.log
            time.sleep(LOOK_S)

    def until_ended(self) -> None:
        """Wait until it ends by itself; TimeoutExpired when it does not, and then it is killed."""
        assert self._process is not None
        try:
            self.status = self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            self._process = None

    def _end(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        self.until_ended()

    @property
    def _log_path(self) -> Path:
        return self.house.instance / f"server-{self.port}.log"


def _environment(instance: Path, database_url: str) -> dict[str, str]:
    ours = ("MODERATOR_", "HOST", "PORT", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "MODERATOR_INSTANCE": str(instance),
        "MODERATOR_DATABASE_URL": database_url,
        "PYTHONUNBUFFERED": "1",
    }


def _own_file(instance: Path) -> str:
    return f"sqlite:///{instance / 'moderator.db'}"


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
