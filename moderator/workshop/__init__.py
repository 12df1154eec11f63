"""Heavy work on documents, each piece in a process of its own: the hall goes on meanwhile.

A thread that runs Python would stop every screen for as long as it takes. What comes from outside
(a spreadsheet that somebody uploads) is also read there, under bounds that it cannot pass.
"""

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


class Failed(Exception):
    """A piece of work that did not come about: too large, too slow, or a fault of the program."""


class Refused(Exception):
    """What was given cannot be used; the message is what the program says of it, as JSON."""


def work(program: str, given: bytes, *, seconds: float = 20, megabytes: int = 1_024) -> bytes:
    """What a program of this folder makes of `given`, within so much time and memory.

    Programs read standard input and write standard output. They import nothing of ours but what
    stands in this folder, so that they start at once. Raises Refused and Failed.
    """
    programs = str(HERE / "bounded.py"), str(HERE / f"{program}.py")
    command = [sys.executable, "-I", *programs, str(megabytes)]
    with AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603  our own programs, and nothing from outside
                command,
                input=given,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Failed(f"{program}: not done after {seconds:g} s") from None
    if done.returncode == REFUSED:
        raise Refused(done.stdout.decode())
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Failed(f"{program}: exit status {done.returncode}: {last}")
    return done.stdout
