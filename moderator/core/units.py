"""Units of time, as types, so that an instant is never added to an instant."""

from typing import Final, NewType

Instant = NewType("Instant", int)
"""A point in time: milliseconds since 1970-01-01T00:00:00Z, wall time anchored at boot."""

Duration = NewType("Duration", int)
"""A length of time in milliseconds; negative only where a docstring says so."""

SECOND: Final = Duration(1_000)
MINUTE: Final = Duration(60_000)


def after(instant: Instant, duration: Duration) -> Instant:
    """The instant that lies `duration` after `instant`."""
    return Instant(instant + duration)


def between(earlier: Instant, later: Instant) -> Duration:
    """How long it is from `earlier` to `later`; negative when they are given in the wrong order."""
    return Duration(later - earlier)
