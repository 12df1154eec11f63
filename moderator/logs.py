"""The log of a running server: a line each on stderr, JSON for programs, words on a terminal.

Ids of dialogues, seats and commands stand in it; links, codes, cookies, tokens, names and texts
never do. So a request is called by its endpoint, not its address, and the libraries that would
tell what was sent to them speak up only when something is wrong.
"""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final, TextIO

FIELDS: Final = (
    "dialogue",
    "seat",
    "command",
    "type",
    "method",
    "endpoint",
    "status",
    "reason",
    "ms",
)
"""What a line may tell beside its event, handed over as `extra`; nothing else is written."""

TALKATIVE: Final = ("engineio", "socketio", "werkzeug")
"""Libraries that tell every packet and address, secrets and all, at the level `info`."""


def set_up(stream: TextIO = sys.stderr) -> None:
    """Write what is logged to `stream` from now on, whoever logs it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(InWords() if stream.isatty() else AsJson())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.captureWarnings(True)


def of_library(name: str) -> logging.Logger:
    """The logger of a talkative library, which tells from now on what is wrong and no more."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.WARNING)
    return logger


class AsJson(logging.Formatter):
    """A line is an object: time (UTC), level, logger, event, fields, and `error`, a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **dict(_fields(record)),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)


class InWords(logging.Formatter):
    """A line is local time, level, event and fields; a traceback stands beneath."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        fields = "".join(f"  {name}={value}" for name, value in _fields(record))
        time = _time(record).astimezone()
        line = f"{time:%H:%M:%S} {record.levelname.lower():7} {record.getMessage()}{fields}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return line


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    for name in FIELDS:
        value = getattr(record, name, None)
        if value is not None:
            yield name, value
