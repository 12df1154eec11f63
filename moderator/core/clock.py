"""The speaking clock as a value: it holds when it was started, and nothing ticks."""

from dataclasses import dataclass, replace

from moderator.core.units import Duration, Instant, after, between


@dataclass(frozen=True, slots=True)
class Clock:
    """Speaking time of one intervention.

    `allowance` is always the total, never a remainder; `used` is what had been spoken when the
    clock last stood still; `running_since` is None while it stands still.
    """

    allowance: Duration
    used: Duration = Duration(0)
    running_since: Instant | None = None

    def used_at(self, now: Instant) -> Duration:
        """Time spoken so far; more than the allowance once it is overrun."""
        if self.running_since is None:
            return self.used
        return Duration(self.used + between(self.running_since, now))

    def remaining_at(self, now: Instant) -> Duration:
        """Time left; negative once the allowance is overrun."""
        return Duration(self.allowance - self.used_at(now))

    def reaches(self, used: Duration) -> Instant | None:
        """When `used` will have been spoken; None while the clock stands still."""
        if self.running_since is None:
            return None
        return after(self.running_since, Duration(used - self.used))

    def started(self, now: Instant) -> "Clock":
        """The same clock, running from `now`."""
        return replace(self, running_since=now)

    def stopped(self, now: Instant) -> "Clock":
        """The same clock, standing still, with what was spoken until `now` counted."""
        return replace(self, used=self.used_at(now), running_since=None)
