"""The supervisor of `make run`, with small programs in the place of the server."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

RUN = Path(__file__).resolve().parents[2] / "scripts" / "run.py"

# Says its process id and then waits to be ended.
WAITS = ("sh", "-c", "echo $$; exec sleep 600")


@contextmanager
def supervised(*server: str) -> Iterator[subprocess.Popen[str]]:
    command: list[str | Path] = [sys.executable, RUN, *server]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as supervisor:
        try:
            yield supervisor
        finally:
            supervisor.terminate()


def read(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline()


def test_a_killed_server_is_started_again_and_it_says_so() -> None:
    with supervised(*WAITS) as supervisor:
        first = int(read(supervisor.stdout))
        subprocess.run(["kill", "-KILL", str(first)], check=True)
        second = int(read(supervisor.stdout))
        assert second != first
        assert "the server ended by SIGKILL; started again" in read(supervisor.stderr)


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_the_server_too(request_to_stop: signal.Signals) -> None:
    with supervised(*WAITS) as supervisor:
        server = int(read(supervisor.stdout))
        supervisor.send_signal(request_to_stop)
        assert supervisor.wait() == 0
        assert not Path(f"/proc/{server}").exists()
        assert read(supervisor.stderr).endswith(" stopped\n")


def test_wrong_settings_are_not_tried_again() -> None:
    with supervised("sh", "-c", "exit 2") as supervisor:
        assert supervisor.wait() == 2
        assert "cannot start with these settings" in read(supervisor.stderr)


def test_a_server_that_cannot_stay_up_is_tried_more_slowly() -> None:
    with supervised("false") as supervisor:
        said = [read(supervisor.stderr) for _ in range(4)]
        assert all("ended with status 1; started again" in line for line in said[:3])
        assert "ended with status 1; trying again in 3 seconds" in said[3]
