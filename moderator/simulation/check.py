"""The check at the end: nobody was forgotten, and record and Summary have all of the day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moderator.simulation.hall import Hall
from moderator.simulation.wire import Unforeseen


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a day: `turns` in the record, and the `files` that were written."""

    turns: int
    files: tuple[Path, ...] = ()


def checked(hall: Hall, files: Mapping[str, bytes]) -> Kept:
    """Check record and Summary, by the names of their files; raises Unforeseen."""
    record: dict[str, Any] = json.loads(files["record.json"])
    _require(record["phases"][-1]["phase"] == "closed", "the meeting is not closed")
    standing = {one["id"]: one["standing"] for one in record["requests"]}
    forgotten = [asked for asked in hall.requests if asked not in standing]
    _require(not forgotten, f"not in the record: {', '.join(forgotten)}")
    waiting = [asked for asked, where in standing.items() if where in ("waiting", "has-floor")]
    _require(not waiting, f"still on a list, or at the floor: {', '.join(waiting)}")
    turns = {turn["id"]: turn["outcome"] for turn in record["turns"]}
    heard = [asked for asked, where in standing.items() if where == "heard"]
    silent = [asked for asked in heard if turns.get(asked) in (None, "has-floor", "returned")]
    _require(not silent, f"heard, and without a turn in the record: {', '.join(silent)}")
    rows = files["record.csv"].decode("utf-8-sig").splitlines()
    _require(len(rows) > len(turns), "the record has fewer rows than turns")
    page = files["summary.html"].decode()
    for part in hall.document["segments"]:
        _require(part["title"] in page, f"not in the Summary: {part['title']}")
    _require(files["summary.docx"].startswith(b"PK"), "the Summary is no document of Word")
    return Kept(turns=len(turns))


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise Unforeseen(f"the day is not whole: {what}")
