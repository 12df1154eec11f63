"""Servers forked from a process that has loaded everything: they serve a second sooner.

Each is what `python wsgi.py` is, without the loading; for tests that are not about how it starts.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 65_536
LATE: Final = (
    "moderator.realtime.fanout",
    "sqlalchemy.dialects.postgresql.psycopg2",
    "sqlalchemy.dialects.sqlite",
)
"""Modules that are loaded when a server knows its settings."""


class Forked:
    """A server that the loaded process forked, to be waited for and ended as a `Popen` is."""

    def __init__(self, address: Path, environment: Mapping[str, str], log: Path) -> None:
        self._wire = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._wire.connect(str(address))
        self._wire.send(json.dumps([dict(environment), str(log)]).encode())
        self.pid = int(self._wire.recv(LONGEST))
        self._status: int | None = None

    def poll(self) -> int | None:
        """What it ended with, the number of a signal with a minus; None while it runs."""
        if self._status is None and select.select([self._wire], [], [], 0)[0]:
            return self.wait()
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """What it ended with, as soon as it has; TimeoutExpired when it has not after seconds."""
        if self._status is None:
            if not select.select([self._wire], [], [], timeout)[0]:
                assert timeout is not None
                raise subprocess.TimeoutExpired("wsgi.py", timeout)
            self._status = int(self._wire.recv(LONGEST))
            self._wire.close()
        return self._status

    def send_signal(self, how: int) -> None:
        """Send it a signal, unless it is known to have ended."""
        if self.poll() is None:
            os.kill(self.pid, how)

    def kill(self) -> None:
        """kill -9."""
        self.send_signal(signal.SIGKILL)


@contextmanager
def loaded() -> Iterator[Path]:
    """A process that has loaded the server; yields the address at which it forks one."""
    # Short, because the name of a Unix socket may not exceed 107 bytes.
    with tempfile.TemporaryDirectory(prefix="warm-", dir="/tmp") as folder:
        address = Path(folder) / "address"
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(str(address))
            listener.listen()
            process = subprocess.Popen(
                [sys.executable, "-c", "from tests.processes.warm import fork_on; fork_on()"],
                cwd=ROOT,
                stdin=listener.fileno(),
            )
        try:
            yield address
        finally:
            process.kill()
            process.wait()


def fork_on() -> None:
    """Become the process that has loaded the server, and fork one for each who connects."""
    # As wsgi.py does, before anything else is loaded.
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet
    from eventlet import patcher

    eventlet.monkey_patch()
    from babel import Locale

    import wsgi
    from moderator.programme.load import load_programme
    from moderator.web.language import OFFERED

    # What each would load or read when it starts, or with its first page.
    for module in LATE:
        importlib.import_module(module)
    load_programme((ROOT / "moderator/data/programmes/2012-trafficking.yaml").read_text())
    for language in OFFERED:
        Locale.parse(language).plural_form(1)
    gc.disable()
    # What a fork does not look at again stays where it is: a page that is touched is copied.
    gc.collect()
    gc.freeze()
    # What waits here is not green: a hub of this process would be shared by all that are forked.
    listener = patcher.original("socket").socket(fileno=os.dup(sys.stdin.fileno()))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        wire, _ = listener.accept()
        if os.fork() == 0:
            _watch(wire, wsgi.main)
        wire.close()


def _watch(wire: socket.socket, main: Callable[[], int]) -> NoReturn:
    """Fork a server, and tell its number and what it ends with."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    environment, log = json.loads(wire.recv(LONGEST))
    server = os.fork()
    if server == 0:
        wire.close()
        os.environ.clear()
        os.environ.update(environment)
        said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for stream, file in enumerate((os.open(os.devnull, os.O_RDONLY), said, said)):
            os.dup2(file, stream)
        status = main()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # to take all apart that was loaded would take a while
    wire.send(str(server).encode())
    _, status = os.waitpid(server, 0)
    wire.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)
