"""A hall that is really served, by threads of the tests' own process."""

import time
from collections.abc import Callable
from typing import Any, Final

from moderator import Running
from moderator.core.terms import Role
from moderator.realtime.socket import Sockets
from tests.realtime.listener import PATIENCE_S, Listener
from tests.web.hall import Device, Hall

LOOK_S: Final = 0.005


class Served:
    """A hall behind a port of the loopback."""

    def __init__(self, hall: Hall, port: int) -> None:
        self.hall = hall
        self.address = ("127.0.0.1", port)
        self.url = f"http://127.0.0.1:{port}"
        self.running: Running = hall.app.extensions["moderator.running"]

    @property
    def sockets(self) -> Sockets:
        """The sockets of the server."""
        return self.running.sockets

    @property
    def held(self) -> int:
        """How many connections the server holds."""
        connections = tuple(self.running.socketio.server.eio.sockets.values())
        return sum(not connection.closed for connection in connections)

    @property
    def listening(self) -> tuple[str, ...]:
        """The sockets that hold a seat."""
        return tuple(self.sockets._listeners)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something that nobody tells."""
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(LOOK_S)

    def listener(self, **auth: Any) -> Listener:
        """A connection that has no seat yet; it will name the dialogue, unless told otherwise."""
        return Listener(self.url, {"dialogue": self.hall.dialogue, **auth})

    def browser(self, device: Device, seat: str | None = None) -> Listener:
        """The same from a device's browser, which brings its cookies and names its seat."""
        auth = {"dialogue": self.hall.dialogue, "seat": seat or device.seat}
        return Listener(self.url, auth, {"Cookie": cookies_of(device)})

    def program(self, role: Role, subject: str | None = None) -> Listener:
        """A connection of a program that has taken its seat."""
        return self.listener(token=self.hall.program(role, subject).secret).connect()


def cookies_of(device: Device) -> str:
    """The header in which a device's browser shows its cookies."""
    kept = (device.client.get_cookie(name) for name in (f"seat-{device.seat}", "lang"))
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in kept if cookie is not None)
