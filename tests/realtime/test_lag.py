"""The watch on the loop: so long as a nap was too long, so long did everybody wait."""

import pytest

from moderator.realtime import lag
from moderator.realtime.lag import NAP_S


class Over(BaseException):
    """The test has seen enough."""


def test_it_tells_by_how_much_each_nap_was_too_long() -> None:
    late = iter((0.0, 0.5, 0.125))
    lags: list[float] = []
    now = 1_000.0

    def sleep(seconds: float) -> None:
        nonlocal now
        assert seconds == NAP_S
        for more in late:
            now += seconds + more
            return
        raise Over

    with pytest.raises(Over):
        lag.watch(sleep, lags.append, lambda: now)

    assert lags == pytest.approx([0.0, 0.5, 0.125])
