"""The table of figures: bar, ours, peers, and whether the bar is met."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Final

from bench.measures import Figures
from bench.servers import HALL_CORE, SERVER_CORE

OURS: Final = "moderator"
LIBRARIES: Final = ("eventlet", "flask-socketio", "python-socketio", "sqlalchemy", "websockets")
PEERS: Final = Path(__file__).with_name("peers") / "package.json"
MARKS: Final = {True: "yes", False: "**no**", None: ""}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; a bar is met at or below it, or at or above where `more` is better."""

    what: str
    bar: str
    figures: dict[str, Sequence[float]]
    limit: float | None = None
    against: tuple[str, ...] = ()
    more: bool = False

    def cells(self, names: Iterable[str]) -> list[str]:
        """What stands in the line."""
        ours = median(self.figures[OURS])
        peers = [self._peer(name, ours) for name in names]
        return [self.what, self.bar, _number(ours), *peers, MARKS[self._met(ours)]]

    def _peer(self, name: str, ours: float) -> str:
        if name not in self.figures:
            return ""
        theirs = median(self.figures[name])
        return f"{_number(theirs)} ({ours / theirs:.2f})" if theirs else _number(theirs)

    def _met(self, ours: float) -> bool | None:
        limits = [median(self.figures[name]) for name in self.against if name in self.figures]
        if self.limit is not None:
            limits.append(self.limit)
        if not limits:
            return None
        return ours >= max(limits) if self.more else ours <= min(limits)


def gathered(runs: Iterable[tuple[str, Figures]], of: str) -> dict[str, list[float]]:
    """One figure of all runs, by server."""
    values: dict[str, list[float]] = {}
    for name, figures in runs:
        values.setdefault(name, []).append(figures[of])
    return values


def written(rows: Sequence[Row], peers: Sequence[str], command: str, rounds: int) -> str:
    """The results as Markdown."""
    head = ["what", "bar", OURS, *peers, "met?"]
    lines = [head, ["---"] * len(head), *(row.cells(peers) for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return (
        f"Written by `{command}` on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC. "
        f"Beside peers: medians of {rounds} interleaved rounds, in brackets ours / theirs. "
        f"All else: measured once.\n\n"
        f"{machine()}\n\n{table}\n"
    )


def machine() -> str:
    tree = _said("git", "describe", "--always", "--dirty")
    peers = json.loads(PEERS.read_text())["dependencies"]
    libraries = {name: version(name) for name in LIBRARIES} | peers
    versions = ", ".join(" ".join(library) for library in libraries.items())
    places = "one core each" if SERVER_CORE != HALL_CORE else "the same core"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.platform()}; "
        f"{places} for server and hall. Python {platform.python_version()}, "
        f"node {_said('node', '--version')}, {versions}; tree {tree}."
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
