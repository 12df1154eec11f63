"""A source of the present that stands still until a test moves it."""

from dataclasses import dataclass

from moderator.core.units import Duration, Instant, after

START = Instant(1_333_447_200_000)
"""3 April 2012, 10:00 UTC."""


@dataclass
class FakeNow:
    """Called, it is `Now`; `pass_by` and `jump_back` move it."""

    instant: Instant = START

    def __call__(self) -> Instant:
        return self.instant

    def pass_by(self, duration: Duration) -> Instant:
        """Let time pass and tell what it is now."""
        self.instant = after(self.instant, duration)
        return self.instant

    def jump_back(self, duration: Duration) -> None:
        """What a reboot may do to the clock of a host."""
        self.instant = Instant(self.instant - duration)
