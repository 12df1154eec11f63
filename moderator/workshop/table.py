"""Reads a table that somebody uploads (CSV or XLSX) into rows of text; told by what is in it.

Its answer is JSON: `columns` are the cells of the first row that is not empty, which stands on
`line`; `rows` are [line, cells] of all others that are not empty; `kind` is csv or xlsx; `encoding`
and `separator` are those of a CSV file, `sheet` and `passed_over` (the titles of the other sheets)
those of a workbook; `problems` are cells whose value is not known, with line and column from one.

Nothing that the file holds is carried out, looked up or unpacked to disk. Whatever cannot be used
is refused with a reason that stands in REASONS.
"""

import csv
import io
import json
import re
import sys
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any, Final, NoReturn
from xml.parsers import expat

REFUSED: Final = 3

LARGEST: Final = 5_000_000
"""Bytes of a file. The web looks at this before it reads a body."""

ROWS: Final = 10_000
COLUMNS: Final = 100
LONGEST: Final = 2_000
"""Characters of a cell."""

CELLS: Final = 300_000
TEXT: Final = 4_000_000
"""Characters of all cells: a workbook can say the same long word a million times in few bytes."""

PROBLEMS: Final = 200
"""After so many cells without a value no more are told."""

PARTS: Final = 1_000
UNPACKED: Final = 100_000_000
"""Bytes of all parts of a workbook; one that is full to the bounds above takes half of it."""

RATIO: Final = 200
"""How many times a part may grow; sheets that hold one word again and again grow fiftyfold."""

SMALL: Final = 1_000_000
"""Bytes that a part may grow to in any case."""

LAST_ROW: Final = 1_048_576
"""Of a worksheet of any program."""

REASONS: Final = frozenset(
    {
        "file-empty",
        "file-too-large",
        "file-damaged",
        "file-encrypted",
        "file-has-macros",
        "file-has-entities",
        "file-unpacks-too-large",
        "old-spreadsheet",
        "other-spreadsheet",
        "picture",
        "pdf",
        "web-page",
        "no-table",
        "unknown-encoding",
        "broken-quotes",
        "no-rows",
        "no-visible-sheet",
        "too-many-rows",
        "too-many-columns",
        "cell-too-long",
        "table-too-large",
    }
)

FORMULA: Final = "formula"
ERROR_VALUE: Final = "error-value"
MERGED: Final = "merged-cells"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0")
_WEB_PAGE = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta)\b", re.I | re.S
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SEPARATORS = ",;\t"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Refused(Exception):
    """The file cannot be used; `place` is what the refusal says besides the reason."""

    def __init__(self, reason: str, message: str, **place: int | str) -> None:
        super().__init__(message)
        self.told = {"reason": reason, "message": message, **place}


def main() -> None:
    """Read a file from standard input; print its table, or why there is none."""
    warnings.simplefilter("ignore")  # of openpyxl, about parts that it leaves out
    # One byte too many tells that it is too large; no more of it is read.
    data = sys.stdin.buffer.read(LARGEST + 1)
    try:
        answer = table(data)
    except Refused as refused:
        print(json.dumps(refused.told))
        sys.exit(REFUSED)
    print(json.dumps(answer))


def table(data: bytes) -> dict[str, Any]:
    """The table that a file holds; raises Refused."""
    if len(data) > LARGEST:
        raise Refused("file-too-large", f"the file has more than {LARGEST} bytes")
    if not data.strip(b"\0 \t\r\n"):
        raise Refused("file-empty", "the file is empty")
    if data.startswith(b"PK"):
        return _workbook(data)
    _refuse_what_is_no_table(data)
    return _separated(data)


def _refuse_what_is_no_table(data: bytes) -> None:
    """Raises Refused for the kinds of files that people take for tables, by their first bytes."""
    if data.startswith(_OLE):
        # The names of what such a file holds are written in UTF-16.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("file-encrypted", "the workbook is protected by a password")
        raise Refused("old-spreadsheet", "this is a file of Excel before 2007, or no table")
    if data.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        raise Refused("old-spreadsheet", "this is a file of a very old Excel")
    if data.startswith(b"%PDF"):
        raise Refused("pdf", "this is a PDF document")
    if data.startswith(_PICTURES) or data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise Refused("picture", "this is a picture, or a film")
    if data.startswith((b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF", b"MZ")):
        raise Refused("no-table", "this is no table")


# CSV


def _separated(data: bytes) -> dict[str, Any]:
    text, encoding = _decoded(data)
    if _WEB_PAGE.match(text):
        raise Refused("web-page", "this is a web page")
    if text.lstrip().startswith("<"):
        raise Refused("no-table", "this is XML, and no table")
    rows, separator = _records(text)
    return {
        "kind": "csv",
        "encoding": encoding,
        "separator": separator,
        "sheet": None,
        "passed_over": [],
        "problems": [],
        **_bounded(rows),
    }


def _decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and the encoding that it was in: by its mark, else by trying."""
    if data.startswith(b"\xef\xbb\xbf"):
        candidates = ["utf-8-sig"]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        if b"\0" in data:
            raise Refused("no-table", "this is no text")
        candidates = ["utf-8", "windows-1252"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Almost any bytes are text in Windows-1252; but nobody types control characters.
        controls = _CONTROLS.search(text)
        if "\0" in text or (controls and encoding == "windows-1252"):
            raise Refused("no-table", "this is no text")
        return text, encoding.removesuffix("-sig")
    raise Refused("unknown-encoding", "the letters of this file cannot be told apart")


def _records(text: str) -> tuple[Iterator[tuple[int, list[str]]], str]:
    """The records of a CSV text, each with the line it begins on, and what separates its cells."""
    lines = io.StringIO(text, newline="")
    passed = 0
    said = re.match(r"sep=([,;\t])\r?\n", text, re.I)
    if said:  # so Excel is told
        separator, passed = said[1], 1
        lines.readline()
    else:
        separator = _separator(text)

    def records() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            line = passed + reader.line_num + 1
            try:
                yield line, next(reader)
            except StopIteration:
                return
            except csv.Error:
                message = f"the quotation marks do not match in the record of line {line}"
                raise Refused("broken-quotes", message, line=line) from None

    csv.field_size_limit(LARGEST)
    return records(), separator


def _separator(text: str) -> str:
    """What separates cells: what stands most often in the first lines, outside of quotes."""
    for line in text.split("\n", 20)[:20]:
        bare = re.sub(r'"[^"]*"?', "", line)
        counted = {separator: bare.count(separator) for separator in _SEPARATORS}
        best = max(counted, key=lambda separator: counted[separator])
        if counted[best]:
            return best
        if line.strip():
            break
    return ","


# XLSX


def _workbook(data: bytes) -> dict[str, Any]:
    archive = _archive(data)
    _refuse_other_packages(archive)
    _unpack_within_bounds(archive, len(data))
    try:
        return _sheet(data, archive)
    except Refused:
        raise
    except MemoryError:
        raise Refused("file-unpacks-too-large", "the workbook takes too much memory") from None
    except Exception as error:
        # A library that meets what it does not expect can raise anything.
        if "Forbidden" in type(error).__name__:
            raise _has_entities() from None
        message = f"the workbook cannot be read: {type(error).__name__}"
        raise Refused("file-damaged", message) from error


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise Refused("file-damaged", "the workbook is not complete") from None


def _refuse_other_packages(archive: zipfile.ZipFile) -> None:
    """Raises Refused for zip files that hold something else, or more than a table."""
    names = archive.namelist()
    lower = {name.lower() for name in names}
    if len(names) > PARTS:
        raise Refused("file-unpacks-too-large", f"the file has more than {PARTS} parts")
    if len(lower) < len(names):
        raise Refused("file-damaged", "a part of the workbook stands in it twice")
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise Refused("file-encrypted", "the file is protected by a password")
    ways = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if any(part.compress_type not in ways for part in archive.infolist()):
        raise Refused("file-damaged", "the file is packed in a way that no spreadsheet is")
    if any(
        PurePosixPath(name).name.startswith("vbaproject") or "/macrosheets/" in name
        for name in lower
    ):
        raise Refused("file-has-macros", "the workbook holds macros")
    if "mimetype" in lower and "content.xml" in lower:
        raise Refused("other-spreadsheet", "this is an OpenDocument file")
    if "xl/workbook.bin" in lower:
        raise Refused("other-spreadsheet", "this is a binary workbook")
    if "[content_types].xml" not in lower or not any(name.startswith("xl/") for name in lower):
        raise Refused("no-table", "this is an archive or document, and no workbook")


def _unpack_within_bounds(archive: zipfile.ZipFile, packed: int) -> None:
    """Look at the sizes that are declared, then at what really comes out, and at all XML."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Refused("file-unpacks-too-large", f"the file unpacks to more than {UNPACKED} bytes")
    for part in parts:
        if part.file_size > max(SMALL, RATIO * part.compress_size):
            raise Refused("file-unpacks-too-large", f"a part of the file grows {RATIO}fold")
    if sum(part.compress_size for part in parts) > packed:
        raise Refused("file-damaged", "parts of the workbook overlap")
    for part in parts:
        name = part.filename.lower()
        is_xml = name.endswith((".xml", ".rels", ".vml"))
        kinds = _Kinds()
        scan = kinds if name == "[content_types].xml" else _Scan()
        try:
            with archive.open(part) as content:
                # What comes out is cut at the declared size; its checksum is then another.
                while chunk := content.read(65_536):
                    if is_xml:
                        scan.feed(chunk)
        except expat.ExpatError:
            raise Refused("file-damaged", "a part of the workbook is no XML") from None
        except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, zlib.error):
            raise Refused("file-damaged", "a part of the workbook is damaged") from None
        if kinds.macros:
            raise Refused("file-has-macros", "the workbook is of a kind that holds macros")


def _has_entities() -> Refused:
    return Refused("file-has-entities", "the workbook defines words that stand for others")


def _too_many_columns(line: int) -> Refused:
    return Refused("too-many-columns", f"line {line} has more than {COLUMNS} columns", line=line)


def _too_much() -> Refused:
    message = f"the table has more than {CELLS} cells or {TEXT} characters"
    return Refused("table-too-large", message)


def _too_many_rows() -> Refused:
    return Refused("too-many-rows", f"the table has more than {ROWS} rows")


class _Scan:
    """Reads XML without building anything; raises Refused where it defines entities."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes) -> None:
        """Read on."""
        self._parser.Parse(chunk, False)

    def _refuse(self, *_declared: object) -> NoReturn:
        # No spreadsheet has a document type; it is where entities are defined.
        raise _has_entities()


class _Kinds(_Scan):
    """Notes whether a part of the package is of a kind that holds macros."""

    def __init__(self) -> None:
        super().__init__()
        self.macros = False
        self._parser.StartElementHandler = self._kind

    def _kind(self, _name: str, attributes: dict[str, str]) -> None:
        if "macroenabled" in attributes.get("ContentType", "").lower():
            self.macros = True


class _Cells(_Scan):
    """Notes which rows of a sheet hold anything, its formulas, and the cells that were merged."""

    def __init__(self) -> None:
        super().__init__()
        self.filled: set[int] = set()
        self._counted = 0
        self.formulas: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self._place = (0, 0)
        self._parser.StartElementHandler = self._element

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "c":
            place = _place_of(attributes.get("r", ""))
            self._place = place or (self._place[0], self._place[1] + 1)
        elif kind == "row":
            number = attributes.get("r", "")
            self._place = (int(number) if number.isdecimal() else self._place[0] + 1, 0)
        elif kind in ("v", "is"):
            self._fill(*self._place)
        elif kind == "f":
            self._fill(*self._place)
            self.formulas.append(self._place)
        elif kind == "mergeCell" and len(self.merged) < PROBLEMS:
            self.merged.append(attributes.get("ref", ""))

    def _fill(self, line: int, column: int) -> None:
        if line > LAST_ROW:
            raise Refused("file-damaged", "the workbook has a row that no sheet has")
        if column > COLUMNS:
            raise _too_many_columns(line)
        self._counted += 1
        if self._counted > CELLS:
            raise _too_much()
        self.filled.add(line)
        if len(self.filled) > ROWS + 1:
            raise _too_many_rows()


def _sheet(data: bytes, archive: zipfile.ZipFile) -> dict[str, Any]:
    """The first sheet that is visible."""
    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False, keep_vba=False
    )
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise Refused("no-visible-sheet", "no sheet of the workbook is visible")
    sheet = visible[0]
    scan = _Cells()
    with archive.open(sheet._worksheet_path) as content:
        while chunk := content.read(65_536):
            scan.feed(chunk)
    errors: list[tuple[int, int]] = []
    # A table of formulas alone has no rows, but it is told where they stand.
    answer = _bounded(_cells(sheet, scan, errors), scan.formulas)
    return {
        "kind": "xlsx",
        "encoding": None,
        "separator": None,
        "sheet": sheet.title,
        "passed_over": [other.title for other in book.worksheets if other is not sheet],
        "problems": _problems(scan, errors),
        **answer,
    }


def _cells(
    sheet: Any, scan: _Cells, errors: list[tuple[int, int]]
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet as text; `errors` are filled on the way."""
    formulas = frozenset(scan.formulas)
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    for line, row in enumerate(sheet.iter_rows(max_col=COLUMNS), 1):
        if line not in scan.filled:
            continue
        values: list[str] = []
        for column, cell in enumerate(row, 1):
            value = cell.value
            if value is None or (line, column) in formulas:
                values.append("")
            elif cell.data_type == "e":
                errors.append((line, column))
                values.append("")
            else:
                values.append(_text(value))
        yield line, values


def _text(value: object) -> str:
    """What stands in a cell, as text that does not depend on anybody's country."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    return str(value)


def _problems(scan: _Cells, errors: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """The cells whose value is not known, in the order of the sheet."""
    found = [(place, FORMULA) for place in scan.formulas]
    found += [(place, ERROR_VALUE) for place in errors]
    # Only the first cell of those that were merged has what the others show.
    places = (_place_of(reference.partition(":")[0]) for reference in scan.merged)
    found += [(place, MERGED) for place in places if place is not None]
    return [
        {"reason": reason, "line": line, "column": column}
        for (line, column), reason in sorted(found)[:PROBLEMS]
    ]


def _place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell such as B3, from one; None for anything else."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


# Both


def _bounded(
    rows: Iterator[tuple[int, list[str]]], without_value: Sequence[object] = ()
) -> dict[str, Any]:
    """The first row that is not empty and the others; raises Refused when they are too many.

    When cells are `without_value` there may be no other row.
    """
    kept: list[tuple[int, list[str]]] = []
    length = counted = 0
    for line, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > COLUMNS:
            raise _too_many_columns(line)
        for column, cell in enumerate(cells, 1):
            length += len(cell)
            if len(cell) > LONGEST:
                message = f"a cell of line {line} has more than {LONGEST} characters"
                raise Refused("cell-too-long", message, line=line, column=column)
        counted += len(cells)
        if length > TEXT or counted > CELLS:
            raise _too_much()
        kept.append((line, cells))
        if len(kept) > ROWS + 1:
            raise _too_many_rows()
    if not kept:
        raise Refused("file-empty", "there is nothing in the table")
    if len(kept) == 1 and not without_value:
        raise Refused("no-rows", "there is nothing below the first row")
    return {"line": kept[0][0], "columns": kept[0][1], "rows": kept[1:]}


if __name__ == "__main__":
    main()
