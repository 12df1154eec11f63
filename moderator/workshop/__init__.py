"""Heavy work on documents, each piece in a process of its own: the hall goes on meanwhile.

A thread that runs Python would stop every screen for as long as it takes. What comes from outside
(a spreadsheet that somebody uploads) is also read there, under bounds that it cannot pass.
"""

import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
AT_ONCE: Final = threading.BoundedSemaphore(2)
"""How many pieces are worked on at the same time; the others wait for their turn."""

REFUSED: Final = 3
"""The exit status of a program that read what it was given and says why it cannot be used."""


TOO_SLOW: Final = frozenset({signal.SIGALRM, signal.SIGXCPU})
"""What ends a program that goes beyond its seconds."""


class Failed(Exception):
    """A piece of work that did not come about: too large, too slow, or a fault of the program."""


class Refused(Exception):
    """What was given cannot be used; the message is what the program says of it, as JSON."""


def work(program: str, given: bytes, *, seconds: int = 20, megabytes: int = 1_024) -> bytes:
    """What a program of this folder makes of `given`, within so much work and memory.

    Programs read standard input and write standard output. They import nothing of ours but what
    stands in this folder, so that they start at once. Raises Refused and Failed.
    """
    programs = str(HERE / "bounded.py"), str(HERE / f"{program}.py")
    command = [sys.executable, "-I", *programs, str(seconds), str(megabytes)]
    with AT_ONCE:
        # No timeout here: eventlet raises another exception than the one that has the name.
        done = subprocess.run(  # noqa: S603  our own programs, and nothing from outside
            command, input=given, capture_output=True, check=False
        )
    if done.returncode == REFUSED:
        raise Refused(done.stdout.decode())
    if -done.returncode in TOO_SLOW:
        raise Failed(f"{program}: not done after {seconds} s")
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Failed(f"{program}: exit status {done.returncode}: {last}")
    return done.stdout
