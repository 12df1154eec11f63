"""Keep the server running: when it dies, start it again at once and say so.

Usage: scripts/run.py [COMMAND...]; without a command, `python wsgi.py`. Ctrl-C, SIGTERM and a
closed terminal end both. Exit status 2 of the server means that its settings are wrong: it stays
down.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

ROOT: Final = Path(__file__).resolve().parent.parent
SETTINGS_ARE_WRONG: Final = 2
REQUESTS_TO_STOP: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# A server that lived less than this (seconds) did not get as far as serving.
SHORT_LIFE: Final = 1.0
# After so many short lives in a row something lasting is wrong (a full disk, a taken port):
# wait before each further start, so that the message can be read.
SHORT_LIVES_BORNE: Final = 3
PAUSE: Final = 3.0

# The server finishes what it has begun within this time (seconds), or is killed.
TIME_TO_STOP: Final = 10.0


class Stopped(BaseException):
    """Somebody asked the supervisor to stop."""


def main(command: Sequence[str]) -> int:
    """Start `command` again and again until somebody stops it; the exit status to end with."""
    for asked in REQUESTS_TO_STOP:
        signal.signal(asked, _stop)
    short_lives = 0
    try:
        while True:
            started = time.monotonic()
            status = _run(command)
            if status == SETTINGS_ARE_WRONG:
                _say("the server cannot start with these settings; see above")
                return status
            short_lives = short_lives + 1 if time.monotonic() - started < SHORT_LIFE else 0
            if short_lives > SHORT_LIVES_BORNE:
                _say(f"the server ended {_how(status)}; trying again in {PAUSE:.0f} seconds")
                time.sleep(PAUSE)
            else:
                _say(f"the server ended {_how(status)}; started again")
    except Stopped:
        _say("stopped")
        return 0


def _run(command: Sequence[str]) -> int:
    # A request to stop waits until the server is known by name, or nobody would end it.
    signal.pthread_sigmask(signal.SIG_BLOCK, REQUESTS_TO_STOP)
    # In a process group of its own, the server hears of Ctrl-C once, from here.
    server = subprocess.Popen(command, cwd=ROOT, process_group=0, preexec_fn=_listen)
    try:
        _listen()
        return server.wait()
    except Stopped:
        _end(server)
        raise


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(TIME_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _listen() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, REQUESTS_TO_STOP)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    # Once is enough: a second signal must not interrupt the orderly end.
    for asked in REQUESTS_TO_STOP:
        signal.signal(asked, signal.SIG_IGN)
    raise Stopped


def _how(status: int) -> str:
    if status < 0:
        return f"by {signal.Signals(-status).name}"
    return f"with status {status}"


def _say(words: str) -> None:
    print(f"{datetime.now().astimezone():%H:%M:%S} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main(sys.argv[1:] or [sys.executable, "wsgi.py"]))
