"""How a server goes away: nobody is let in, screens are told, and what was begun is finished."""

import logging
import time
from collections.abc import Callable
from typing import Final

from moderator.realtime.door import Door
from moderator.realtime.socket import Sockets

REQUESTS_S: Final = 3.0
"""So long may a request take that was begun before."""

SOCKETS_S: Final = 1.0
"""So long is waited for screens to take their leave; the end of the process closes the others."""

LOOK_S: Final = 0.01
"""Between two looks whether somebody is still here."""

log = logging.getLogger(__name__)


def go_away(shut: Callable[[], None], door: Door, sockets: Sockets) -> None:
    """End calmly, within the two times above; `shut` ends the accepting of connections.

    Whoever was let in before is answered, unless that takes longer; a command that was not
    answered is sent again by whoever asked.
    """
    log.info("the server goes away")
    shut()
    door.shut()
    sockets.say_goodbye()
    if not _wait(door.is_empty, REQUESTS_S):
        log.warning("requests were cut off: they took longer than %.0f s", REQUESTS_S)
    _wait(sockets.are_gone, SOCKETS_S)
    log.info("the server has gone")


def _wait(holds: Callable[[], bool], longest_s: float) -> bool:
    """Wait until it holds; whether it does in time."""
    deadline = time.monotonic() + longest_s
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(LOOK_S)
    return held
