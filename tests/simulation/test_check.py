"""The check at the end of a simulated day: whatever is missing is named."""

import json
from types import SimpleNamespace
from typing import Any, cast

import pytest

from moderator.simulation.check import checked
from moderator.simulation.hall import Hall
from moderator.simulation.wire import Unforeseen

HALL = cast(
    "Hall",
    SimpleNamespace(requests=["asks-1"], document={"segments": [{"title": "Opening remarks"}]}),
)
RECORD: dict[str, Any] = {
    "phases": [{"phase": "open"}, {"phase": "closed"}],
    "requests": [
        {"id": "asks-1", "standing": "heard"},
        {"id": "asks-2", "standing": "withdrawn"},
    ],
    "turns": [{"id": "asks-1", "outcome": "concluded"}],
}


def files(**changes: Any) -> dict[str, bytes]:
    """What the rapporteur takes home, with other parts of the record."""
    return {
        "record.json": json.dumps({**RECORD, **changes}).encode(),
        "record.csv": b"turn\n1\n",
        "summary.docx": b"PK...",
        "summary.html": b"<h2>Opening remarks</h2>",
    }


def test_a_whole_day_tells_how_many_turns_there_were() -> None:
    assert checked(HALL, files()).turns == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"phases": [{"phase": "open"}]}, "not closed"),
        ({"requests": []}, "not in the record: asks-1"),
        ({"requests": [{"id": "asks-1", "standing": "waiting"}]}, "still on a list"),
        ({"requests": [{"id": "asks-1", "standing": "has-floor"}]}, "at the floor: asks-1"),
        ({"turns": []}, "without a turn in the record: asks-1"),
        ({"turns": [{"id": "asks-1", "outcome": "returned"}]}, "without a turn"),
    ],
)
def test_who_was_forgotten_is_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Unforeseen, match=words):
        checked(HALL, files(**changes))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("record.csv", b"turn\n", "fewer rows"),
        ("summary.html", b"<h2>Closing remarks</h2>", "not in the Summary: Opening remarks"),
        ("summary.docx", b"<html>", "no document of Word"),
    ],
)
def test_what_is_missing_is_named(name: str, content: bytes, words: str) -> None:
    with pytest.raises(Unforeseen, match=words):
        checked(HALL, {**files(), name: content})
