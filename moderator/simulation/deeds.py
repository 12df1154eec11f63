"""What people are going to do, and when: done in its order while somebody waits for an instant."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from moderator.simulation.wire import Wire


@dataclass(order=True, slots=True)
class _Deed:
    at: float
    number: int
    do: Callable[[], object] = field(compare=False)


class Deeds:
    """The loop of the day. Instants are the server's, in milliseconds."""

    def __init__(self, wire: Wire, numbers: Iterator[int]) -> None:
        self._wire = wire
        self._numbers = numbers
        self._waiting: list[_Deed] = []

    @property
    def next_at(self) -> float | None:
        """When the next is due; None when nobody is going to do anything."""
        return self._waiting[0].at if self._waiting else None

    def at(self, instant: float, do: Callable[[], object]) -> None:
        """Have something done at an instant, or after it where nobody waits just then."""
        heapq.heappush(self._waiting, _Deed(instant, next(self._numbers), do))

    def until(self, instant: float) -> None:
        """Wait for an instant, while everybody does what is due for them."""
        while self._waiting and self._waiting[0].at <= instant:
            deed = heapq.heappop(self._waiting)
            self._wire.wait(deed.at)
            deed.do()
        self._wire.wait(instant)
