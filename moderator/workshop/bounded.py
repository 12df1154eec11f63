"""Runs a program within so much memory, as the kernel counts it: bounded.py PROGRAM MEGABYTES.

What runs here gives way to the hall.
"""

import os
import resource
import runpy
import sys
from pathlib import Path


def main(program: str, megabytes: int) -> None:
    """Set the bound, and become the program."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.path.insert(0, str(Path(program).parent))
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
