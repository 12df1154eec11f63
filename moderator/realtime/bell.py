"""The bell: sleeps to the nearest deadline of all dialogues, and has it recorded when it comes.

Being right never depends on it, because what is due is applied before every command; being in time
does. It is woken by commits, and looks each second as a net.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, NoReturn

from moderator.core.units import Duration, between
from moderator.service import Service, UnknownDialogue
from moderator.store.engine import NotRecorded

LONGEST_SLEEP_S: Final = 1.0
AFTER_A_FAULT_S: Final = 0.2

Rang = Callable[[Duration], None]
"""Hears how long after its deadline something was recorded."""

log = logging.getLogger(__name__)


class Bell:
    """Rings for every dialogue of the installation, in every process; the first one records."""

    def __init__(self, rang: Rang = lambda _late: None) -> None:
        self._rang = rang
        self._woken = threading.Event()
        self._looked_at: float | None = None

    def wake(self) -> None:
        """A deadline may have moved nearer."""
        self._woken.set()

    def rested(self) -> float | None:
        """How many seconds ago it has last looked; None when it has not looked yet."""
        return None if self._looked_at is None else time.monotonic() - self._looked_at

    def run(self, service: Service) -> NoReturn:
        """Ring for ever."""
        while True:
            self._woken.clear()
            try:
                pause = ring_all(service, self._rang)
            except Exception as error:
                log.warning("the bell cannot see the deadlines: %s", error)
                pause = AFTER_A_FAULT_S
            self._looked_at = time.monotonic()
            self._woken.wait(pause)


def ring_all(service: Service, rang: Rang = lambda _late: None) -> float:
    """Ring for all that have reached their deadline, and tell how long to sleep, in seconds.

    A dialogue that cannot be rung keeps no other from being rung.
    """
    pause = LONGEST_SLEEP_S
    for dialogue_id, at in service.deadlines():
        wait = (at - service.now()) / 1000
        if wait > 0:
            return min(pause, wait)
        try:
            service.ring(dialogue_id)
            rang(between(at, service.now()))
        except UnknownDialogue:
            continue  # a rehearsal that was ended meanwhile
        except NotRecorded as error:
            log.warning("the bell could not ring: %s", error, extra={"dialogue": dialogue_id})
            pause = AFTER_A_FAULT_S
        except Exception:
            log.exception("the bell could not ring", extra={"dialogue": dialogue_id})
            pause = AFTER_A_FAULT_S
    return pause
