"""Runs a program within bounds that the kernel keeps: bounded.py PROGRAM SECONDS MEGABYTES.

The seconds are of work; a busy machine may take a few times as long for them. What runs here gives
way to the hall.
"""

import os
import resource
import runpy
import signal
import sys
from pathlib import Path

PATIENCE = 4
"""So many times as long may it all take."""


def main(program: str, seconds: int, megabytes: int) -> None:
    """Set the bounds, and become the program; a signal ends what goes beyond them."""
    os.nice(10)
    signal.alarm(PATIENCE * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(program).parent))
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
