"""How often somebody may do something, counted in a window that moves; each process for itself."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

FORGOTTEN_AFTER_S: Final = 60.0
"""How often those are forgotten of whom nothing counts any more."""


class Rate(NamedTuple):
    """So many times in so many seconds."""

    amount: int
    seconds: int


class Tally:
    """Who has done something when; `monotonic` is a clock in seconds that nobody steps."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._times: dict[tuple[Rate, str], deque[float]] = {}
        self._lock = threading.Lock()
        self._swept_at = monotonic()

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._times)

    def allows(self, rate: Rate, who: str) -> bool:
        """Whether somebody may do it once more; this is not counted."""
        times = self._times.get((rate, who))
        if times is None or len(times) < rate.amount:
            return True
        return times[0] + rate.seconds <= self._monotonic()

    def count(self, rate: Rate, who: str) -> bool:
        """Count once more; False when that is too often, and then it does not count."""
        with self._lock:
            if not self.allows(rate, who):
                return False
            now = self._monotonic()
            if self._swept_at + FORGOTTEN_AFTER_S <= now:
                self._sweep(now)
            self._times.setdefault((rate, who), deque(maxlen=rate.amount)).append(now)
            return True

    def _sweep(self, now: float) -> None:
        self._swept_at = now
        self._times = {
            (rate, who): times
            for (rate, who), times in self._times.items()
            if times[-1] + rate.seconds > now
        }
