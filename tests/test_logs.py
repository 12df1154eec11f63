"""The log: JSON for programs, words on a terminal, and nothing that was not asked for."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from moderator import logs


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """What is set up for a process is put back for the next test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    talkative = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    root.handlers = []  # or pytest's own would be closed
    yield
    root.handlers = handlers
    root.setLevel(level)
    logging.captureWarnings(False)
    for name, before in talkative.items():
        logging.getLogger(name).setLevel(before)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_program_reads_an_object_a_line() -> None:
    stream = io.StringIO()
    logs.set_up(stream)

    logging.getLogger("moderator.test").warning(
        "the bell\ncould not %s", "ring", extra={"dialogue": "d1", "ms": 1.5}
    )

    (line,) = lines(stream)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "warning",
        "logger": "moderator.test",
        "event": "the bell\ncould not ring",
        "dialogue": "d1",
        "ms": 1.5,
    }


def test_a_fault_is_told_with_its_traceback_on_the_same_line() -> None:
    stream = io.StringIO()
    logs.set_up(stream)

    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError:
        logging.getLogger("moderator.test").exception("publishing failed")

    (line,) = lines(stream)
    assert line["level"] == "error"
    assert line["error"].endswith("RuntimeError: a fault of ours")


def test_a_person_reads_words() -> None:
    stream = Terminal()
    logs.set_up(stream)

    try:
        raise RuntimeError("a fault of ours")
    except RuntimeError:
        logging.getLogger("moderator.test").exception("it failed", extra={"dialogue": "d1"})

    first, *others = stream.getvalue().splitlines()
    assert first[8:] == " error   it failed  dialogue=d1"
    assert others[-1] == "RuntimeError: a fault of ours"


def test_only_known_fields_are_written() -> None:
    stream = io.StringIO()
    logs.set_up(stream)

    logging.getLogger("moderator.test").info("request", extra={"token": "secret", "seat": None})

    (line,) = lines(stream)
    assert set(line) == {"time", "level", "logger", "event"}


@pytest.mark.parametrize("name", logs.TALKATIVE)
def test_a_talkative_library_tells_what_is_wrong_and_no_more(name: str) -> None:
    stream = io.StringIO()
    logs.set_up(stream)

    logs.of_library(name).info("received packet MESSAGE with a token")
    logs.of_library(name).error("it is broken")

    assert [line["event"] for line in lines(stream)] == ["it is broken"]


def test_other_libraries_are_heard_and_warnings_too() -> None:
    stream = io.StringIO()
    logs.set_up(stream)

    logging.getLogger("alembic.runtime.migration").info("Running upgrade")
    logging.getLogger("sqlalchemy.pool").error("a connection was lost")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)

    told = [line["event"] for line in lines(stream)]
    assert told[:2] == ["Running upgrade", "a connection was lost"]
    assert "DeprecationWarning: old" in told[2]
