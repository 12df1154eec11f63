"""Ports for the servers that the tests start."""

import random
import socket
from typing import Final

# Below the ports that the system hands to clients: nobody takes it while the server is down.
PORTS: Final = range(20_000, 32_000)

TRIES: Final = 100


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    for port in random.SystemRandom().sample(PORTS, TRIES):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")
