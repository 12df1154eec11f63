"""Writes a workbook from JSON on standard input.

    {"sheets": [{"title": "…", "columns": [{"title": "…", "kind": "text", "width": 20}, …],
                 "rows": [["…", 1, null, …], …]}, …],
     "rtl": false}

What stands in a column is of its kind: `text` a string, `number` a number, `time` the time that
clocks on the wall show, in ISO 8601 (a day alone, or an hour alone, is one too), `duration`
seconds; null is an empty cell. `width` is in characters; it may be left out. With
`rtl` the sheets are read from right to left.

Text is never a formula, whatever it begins with. Of persons nothing stands in the file but what
stands in the cells.
"""

import json
import re
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

LONGEST: Final = 32_767
"""Characters that a cell of a spreadsheet holds; what is longer ends with an ellipsis."""

LONGEST_TITLE: Final = 31
FORMULAS: Final = ("=", "+", "-", "@")
ROWS: Final = 1_048_575
"""Below the titles."""

WIDEST: Final = 60
NARROWEST: Final = 8

FORMATS: Final = {
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm:ss",
    timedelta: "[m]:ss",
}
"""Of moments on the calendar, on the clock, and of minutes and seconds that may pass the hour."""

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_IN_CELLS = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E8EEF4")


def main() -> None:
    """Read JSON, print a workbook."""
    sys.stdout.buffer.write(workbook(json.load(sys.stdin.buffer)))


def workbook(content: dict[str, Any]) -> bytes:
    """The workbook of these sheets."""
    book = Workbook(write_only=True)
    book.properties.creator = "Moderator"
    titles: set[str] = set()
    for sheet in content["sheets"]:
        _add(book, _title(sheet["title"], titles), sheet["columns"], sheet["rows"], content["rtl"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _add(
    book: Any, title: str, columns: list[dict[str, Any]], rows: list[list[Any]], rtl: bool
) -> None:
    if len(rows) > ROWS:
        raise ValueError(f"{title}: a sheet has at most {ROWS} rows")
    sheet = book.create_sheet(title)
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    last = get_column_letter(max(len(columns), 1))
    sheet.auto_filter.ref = f"A1:{last}{len(rows) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.get("width") or _width(column)
    sheet.append([_head(sheet, column["title"]) for column in columns])
    kinds = [column["kind"] for column in columns]
    for row in rows:
        sheet.append([_cell(sheet, kind, said) for kind, said in zip(kinds, row, strict=True)])


def _head(sheet: Any, title: str) -> Any:
    cell = _text(sheet, title)
    cell.font, cell.fill = _HEAD, _SHADE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, kind: str, said: Any) -> Any:
    if said is None or said == "":
        return None
    if kind == "text":
        return _text(sheet, said)
    value = _VALUES[kind](said)
    cell = WriteOnlyCell(sheet, value)
    form = FORMATS.get(type(value))
    if form is not None:
        cell.number_format = form
    return cell


def _text(sheet: Any, said: Any) -> Any:
    text = _NOT_IN_CELLS.sub("\ufffd", str(said))
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    cell = WriteOnlyCell(sheet, text)
    # A library that meets = takes it for a formula, and #N/A for an error.
    cell.data_type = "s"
    if text.startswith(FORMULAS):
        cell.quotePrefix = True  # it stays text when somebody opens the cell and closes it again
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _number(said: Any) -> int | float:
    if isinstance(said, bool) or not isinstance(said, int | float):
        raise TypeError(f"{said!r} is no number")
    return said


def _time(said: str) -> datetime | date | time:
    """What clocks and calendars show; which offset from Greenwich they had no cell can tell."""
    if "T" in said or " " in said:
        return datetime.fromisoformat(said).replace(tzinfo=None)
    if ":" in said:
        return time.fromisoformat(said).replace(tzinfo=None)
    return date.fromisoformat(said)


def _duration(said: float) -> timedelta:
    return timedelta(seconds=_number(said))


_VALUES: Final[dict[str, Callable[[Any], Any]]] = {
    "number": _number,
    "time": _time,
    "duration": _duration,
}


def _title(wanted: str, taken: set[str]) -> str:
    """A title that spreadsheets allow, and that no sheet before has."""
    bare = _NOT_IN_TITLES.sub(" ", wanted).strip().strip("'")[:LONGEST_TITLE].strip() or "1"
    title, number = bare, 1
    while title.casefold() in taken:
        number += 1
        mark = f" {number}"
        title = f"{bare[: LONGEST_TITLE - len(mark)]}{mark}"
    taken.add(title.casefold())
    return title


def _width(column: dict[str, Any]) -> int:
    """Wide enough for the title and for what is of its kind."""
    least = {"time": 20, "text": 16}.get(column["kind"], NARROWEST)
    return min(max(least, len(column["title"]) + 3), WIDEST)


if __name__ == "__main__":
    main()
