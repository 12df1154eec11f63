"""The lag of the loop: how late a task wakes that only sleeps; so long does everybody wait."""

import time
from collections.abc import Callable
from typing import Final, NoReturn

NAP_S: Final = 0.25


def watch(
    sleep: Callable[[float], object],
    lagged: Callable[[float], None],
    monotonic: Callable[[], float] = time.monotonic,
) -> NoReturn:
    """Sleep for ever, and tell after each nap by how many seconds it was too long."""
    while True:
        begun = monotonic()
        sleep(NAP_S)
        lagged(monotonic() - begun - NAP_S)
