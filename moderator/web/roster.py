"""Tables of delegations and groups that a secretariat uploads: shown before anything is added.

The file itself is the body. It is read in the workshop, and nothing of it is stored.
"""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from flask import Blueprint, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from moderator import workshop
from moderator.core.authority import PRESIDING
from moderator.programme import Programme
from moderator.programme.roster import (
    GroupRoster,
    Roster,
    RosterProblem,
    delegation_entry,
    group_entry,
    read_delegations,
    read_groups,
    rows_of,
)
from moderator.web import gate

bp = Blueprint("roster", __name__)

MAX_FILE: Final = 5_000_000
"""Bytes of a file; the table of a thousand delegations has some tens of thousands."""

SECONDS: Final = 30
"""So long may a table be read; the largest takes a few, in a process of its own."""

TOLD: Final = 500
"""Problems in an answer; whoever has more has not uploaded what was meant."""

FILE_WORDS: Final[dict[str, Any]] = {
    "file-empty": _l("This file is empty."),
    "file-too-large": _l("This file is too large. A table may have at most 5 MB."),
    "file-damaged": _l("This file is damaged. Open it in the spreadsheet and save it again."),
    "file-encrypted": _l("This file is protected by a password. Save it without one."),
    "file-has-macros": _l("This file holds macros. Save it as an XLSX workbook without macros."),
    "file-has-entities": _l("This file holds definitions that no spreadsheet writes."),
    "file-unpacks-too-large": _l("What is packed in this file is too large to be read."),
    "file-unreadable": _l("This file could not be read. Save the table as CSV and try again."),
    "old-spreadsheet": _l("This is a spreadsheet of an old kind. Save it as XLSX or CSV."),
    "other-spreadsheet": _l("This is a spreadsheet of another kind. Save it as XLSX or CSV."),
    "picture": _l("This is a picture. Upload the table as XLSX or CSV."),
    "pdf": _l("This is a PDF document. Upload the table as XLSX or CSV."),
    "web-page": _l("This is a web page. Open it in a spreadsheet and save it as XLSX or CSV."),
    "no-table": _l("This is not a table. Upload one as XLSX or CSV."),
    "unknown-encoding": _l("The letters of this file cannot be told apart. Save it in UTF-8."),
    "broken-quotes": _l("Line %(line)s: a quotation mark is missing, or is one too many."),
    "no-rows": _l("There is nothing below the titles of the columns."),
    "no-visible-sheet": _l("No sheet of this workbook is visible."),
    "too-many-rows": _l("This table has too many rows; at most 10,000 are read."),
    "too-many-columns": _l("Line %(line)s has too many columns; at most 100 are read."),
    "cell-too-long": _l("Line %(line)s, column %(column)s: this has more than 2,000 characters."),
    "table-too-large": _l("This table is too large to be read."),
    "not-a-file": _l("This must be sent as a file."),
}

PROBLEM_WORDS: Final[dict[str, Any]] = {
    "no-titles": _l("The first row must say what the columns are: “name”, “category”, …"),
    "title-twice": _l("Two columns say the same thing: “%(title)s”."),
    "too-many-cells": _l("This row goes on beyond the titles of the columns."),
    "formula": _l("A formula stands here. Write what it results in."),
    "error-value": _l("The spreadsheet shows an error here. Write the value."),
    "merged-cells": _l("Cells are merged here. Separate them, and fill in each."),
    "name-missing": _l("The name is missing."),
    "name-too-long": _l("This has %(length)s characters; at most %(most)s fit."),
    "strange-letter": _l("%(letter)s is a character that no text may hold."),
    "category-missing": _l("The category is missing."),
    "category-unknown": _l("“%(category)s” is not a category that is known."),
    "region-unknown": _l("“%(region)s” is not a regional group that is known."),
    "state-unknown": _l("“%(name)s” is not the name of a State that is known."),
    "state-unknown-near": _l("“%(name)s” is not a State that is known. Is it “%(near)s”?"),
    "code-malformed": _l("“%(code)s” is no code. Use 2 to 16 of A–Z, 0–9 and -."),
    "code-of-other": _l("%(code)s is the code of %(name)s."),
    "code-differs": _l("%(name)s has the code %(code)s. Write that, or none."),
    "category-differs": _l("%(name)s has the category %(category)s."),
    "region-differs": _l("%(name)s has the regional group %(region)s."),
    "name-of-state": _l("This is the name of %(code)s, whose category is %(category)s."),
    "twice-in-file": _l("This stands in line %(first)s already."),
    "already-there": _l("This takes part already, with the code %(code)s."),
    "too-many-delegations": _l("A meeting has at most %(most)s delegations."),
    "group-missing": _l("The code of the group is missing."),
    "group-name-missing": _l("The name of the group %(code)s is missing."),
    "group-name-differs": _l("The group %(code)s is called “%(name)s”."),
    "member-unknown": _l("“%(member)s” is not a delegation that is known."),
    "member-twice": _l("This member stands in line %(first)s already."),
    "too-many-groups": _l("A meeting has at most %(most)s groups."),
}


class Unusable(Exception):
    """A file that cannot be used, with the reason and what its words need."""

    def __init__(self, reason: str, status: int = 422, **words: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.words = words


@bp.post("/api/dialogues/<dialogue_id>/delegations/preview")
def delegations(dialogue_id: str) -> ResponseReturnValue:
    """The delegations that an uploaded table would add; nothing is added."""

    def told(programme: Programme, table: dict[str, Any]) -> tuple[Roster, list[Any]]:
        rows, lost = rows_of(table)
        found = read_delegations(rows, programme, lost, _rest)
        return found, [delegation_entry(one) for one in found.delegations]

    return _preview(dialogue_id, "delegations", told)


@bp.post("/api/dialogues/<dialogue_id>/groups/preview")
def groups(dialogue_id: str) -> ResponseReturnValue:
    """The groups that an uploaded table would tell of, with their members; nothing is added."""

    def told(programme: Programme, table: dict[str, Any]) -> tuple[GroupRoster, list[Any]]:
        rows, lost = rows_of(table)
        found = read_groups(rows, programme, lost, _rest)
        return found, [group_entry(one) for one in found.groups]

    return _preview(dialogue_id, "groups", told)


@bp.errorhandler(Unusable)
def unusable(error: Unusable) -> ResponseReturnValue:
    """The refusal of a file, in words."""
    g.reason = error.reason
    message = str(FILE_WORDS[error.reason]) % error.words
    return jsonify(reason=error.reason, message=message), error.status


_rest: Final = partial(time.sleep, 0)
"""Every other greenlet runs meanwhile: ten thousand rows take half a second."""


def _preview(
    dialogue_id: str,
    name: str,
    told: Callable[[Programme, dict[str, Any]], tuple[Roster | GroupRoster, list[Any]]],
) -> ResponseReturnValue:
    seat = gate.seat_in(dialogue_id, frozenset(PRESIDING))
    gate.count_command(seat)
    if request.mimetype != "application/octet-stream":
        raise Unusable("not-a-file", 415)
    # As it is declared, before anything is read.
    if (request.content_length or 0) > MAX_FILE:
        raise Unusable("file-too-large", 413)
    request.max_content_length = MAX_FILE
    programme = gate.installation().secretariat.programme(dialogue_id)
    table = _table(request.get_data())
    found, entries = told(programme, table)
    return jsonify(
        {
            "rows": len(table["rows"]),
            name: entries,
            "problems": [in_words(problem) for problem in found.problems[:TOLD]],
            "more_problems": max(len(found.problems) - TOLD, 0),
            "ignored": list(found.ignored),
            **{field: table[field] for field in ABOUT},
        }
    )


ABOUT: Final = ("kind", "encoding", "separator", "sheet", "passed_over")
"""What is told of the file itself."""


def _table(data: bytes) -> dict[str, Any]:
    """What the workshop reads in a file; raises Unusable."""
    try:
        table: dict[str, Any] = json.loads(workshop.work("table", data, seconds=SECONDS))
    except workshop.Refused as refused:
        told = json.loads(str(refused))
        raise Unusable(
            told.pop("reason"), **{key: told[key] for key in _PLACE & set(told)}
        ) from None
    except workshop.Failed as failed:
        current_app.logger.warning("a table could not be read: %s", failed)
        raise Unusable("file-unreadable") from failed
    return table


_PLACE: Final = frozenset({"line", "column"})


def in_words(problem: RosterProblem) -> dict[str, Any]:
    reason = problem.reason
    if problem.words.get("near"):
        reason = f"{reason}-near"
    return {
        "line": problem.line,
        "column": problem.column,
        "reason": problem.reason,
        "message": str(PROBLEM_WORDS[reason]) % problem.words,
    }
