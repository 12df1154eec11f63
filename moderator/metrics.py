"""The figures of a running process, for Prometheus: counted where things happen, read at /metrics.

No label tells who: ids, names and tokens never stand in one, and what a label may say comes from
lists in the code, so that their number is bounded.
"""

from collections.abc import Callable, Iterable
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.process_collector import ProcessCollector

from moderator.core.units import SECOND, Duration

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
"""What kind of document the page of the figures is."""

_SHORT_S: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""Upper bounds of the steps of what should take milliseconds, in seconds."""


class Metrics:
    """What one process has counted since it started; each registry is its own."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._registry = registry
        self._lag = Histogram(
            "moderator_loop_lag_seconds",
            "How late a task wakes that only sleeps: so long does everybody wait.",
            buckets=_SHORT_S,
            registry=registry,
        )
        self._sockets = Gauge(
            "moderator_sockets", "Sockets that hold a seat.", ["audience"], registry=registry
        )
        self._refused = Counter(
            "moderator_connections_refused",
            "Sockets that were not let in.",
            ["reason"],
            registry=registry,
        )
        self._requests = Counter(
            "moderator_requests",
            "Answers by HTTP, by part of the interface.",
            ["endpoint", "status"],
            registry=registry,
        )
        self._commands = Counter(
            "moderator_commands",
            "Commands by what became of them: accepted, or the reason of the refusal.",
            ["type", "outcome"],
            registry=registry,
        )
        self._command_time = Histogram(
            "moderator_command_seconds",
            "From a command's arrival to its answer.",
            ["type"],
            buckets=_SHORT_S,
            registry=registry,
        )
        self._notes = Counter(
            "moderator_notes", "Notes kept and dropped.", ["act"], registry=registry
        )
        self._lateness = Histogram(
            "moderator_bell_lateness_seconds",
            "How long after its deadline the bell has recorded what was due.",
            buckets=_SHORT_S,
            registry=registry,
        )
        self._delay = Histogram(
            "moderator_publisher_delay_seconds",
            "From a commit to its patch; news of the list alone is held back on purpose.",
            ["news"],
            buckets=_SHORT_S,
            registry=registry,
        )
        self._messages = Counter(
            "moderator_messages",
            "Patches and beats, each counted once for all sockets that it goes to.",
            ["message"],
            registry=registry,
        )
        self._overtaken = Counter(
            "moderator_overtaken",
            "Messages that a slow socket was not told, since too much waited for it already.",
            registry=registry,
        )

    def lagged(self, seconds: float) -> None:
        """A task that slept woke so much too late."""
        self._lag.observe(seconds)

    def watch_sockets(self, audiences: Iterable[str], listening: Callable[[str], int]) -> None:
        """Say how the sockets of each audience are counted, when somebody asks."""
        for audience in audiences:
            self._sockets.labels(audience).set_function(
                lambda audience=audience: listening(audience)  # type: ignore[misc]
            )

    def refused(self, reason: str) -> None:
        """A socket was not let in."""
        self._refused.labels(reason).inc()

    def answered(self, endpoint: str, status: int) -> None:
        """A request has its answer; `endpoint` is a part of the interface, never an address."""
        self._requests.labels(endpoint, str(status)).inc()

    def commanded(self, kind: str, outcome: str, seconds: float) -> None:
        """A command has its answer: accepted, or the reason of the refusal."""
        self._commands.labels(kind, outcome).inc()
        self._command_time.labels(kind).observe(seconds)

    def noted(self, act: str) -> None:
        """A note was kept or dropped."""
        self._notes.labels(act).inc()

    def rang(self, late: Duration) -> None:
        """The bell has recorded what was due, so long after its deadline."""
        self._lateness.observe(late / SECOND)

    def published(self, news: str, seconds: float) -> None:
        """A patch has gone out, so long after the commit that it tells of."""
        self._delay.labels(news).observe(seconds)

    def told(self, message: str) -> None:
        """A patch or a beat has gone out to a room."""
        self._messages.labels(message).inc()

    def overtaken(self) -> None:
        """A slow socket was not told a message, since too much waited for it already."""
        self._overtaken.inc()

    def page(self) -> bytes:
        """All figures as they are now, in the text format of Prometheus."""
        return generate_latest(self._registry)
