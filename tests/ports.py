"""Ports for the servers that the tests start."""

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import Final

# Below the ports that the system hands to clients: nobody takes it while the server is down.
PORTS: Final = range(20_000, 32_000)

TRIES: Final = 100

# A byte for each port, locked by the process that has it until it ends: other workers of the tests
# look for ports at the same time, and between a kill and the next start nobody listens.
_BOOK: Final = (Path(tempfile.gettempdir()) / f"moderator-ports-{os.getuid()}").open("a")
_taken: Final[set[int]] = set()


def free_port() -> int:
    """A port of this machine on which nobody listens, and that no test gets but the one."""
    for port in random.SystemRandom().sample(PORTS, TRIES):
        if port in _taken:
            continue
        try:
            fcntl.lockf(_BOOK, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
        except OSError:
            continue
        _taken.add(port)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")
