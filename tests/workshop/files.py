"""Files that people upload, and files that they should not: each made here, none taken along."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any

from openpyxl import Workbook

ROWS = [["name", "category"], ["World Bank", "un-entity"], ["OXFAM", "ngo"]]

ENTITIES = '<!DOCTYPE x [<!ENTITY own SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def workbook(
    rows: Iterable[Iterable[Any]] = ROWS, change: Callable[[Workbook], Any] | None = None
) -> bytes:
    """A workbook of one sheet with these rows, changed before it is written."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(content: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


def with_parts(**changed: bytes) -> bytes:
    """A workbook some of whose parts are others; `__` in a name stands for a slash."""
    named = {name.replace("__", "/") + ".xml": data for name, data in changed.items()}
    return packed({**parts(workbook()), **named})


def sheet_with(declared: str, said: str) -> bytes:
    """A workbook whose sheet begins with a document type, and says an entity of it in a cell."""
    xml = parts(workbook())["xl/worksheets/sheet1.xml"].decode()
    # Of openpyxl's own workbooks the strings are shared: one more row has one of its own.
    row = f'<row r="9"><c r="A9" t="inlineStr"><is><t>&{said};</t></is></c></row></sheetData>'
    xml = declared + xml.replace("</sheetData>", row)
    return with_parts(xl__worksheets__sheet1=xml.encode())


def with_macros() -> bytes:
    """A macro workbook as Excel writes it: its kind, and the project as an OLE file."""
    content = parts(workbook())
    kinds = content["[Content_Types].xml"].decode()
    kinds = kinds.replace(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ).replace(
        "</Types>",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
    )
    content["[Content_Types].xml"] = kinds.encode()
    ways = content["xl/_rels/workbook.xml.rels"].decode()
    way = (
        '<Relationship Id="rIdM" Target="vbaProject.bin"'
        ' Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
    )
    content["xl/_rels/workbook.xml.rels"] = ways.replace(
        "</Relationships>", f"{way}</Relationships>"
    ).encode()
    content["xl/vbaProject.bin"] = ole()
    return packed(content)


def of_macro_kind_alone() -> bytes:
    """A workbook that says it holds macros, and hides where."""
    content = parts(with_macros())
    del content["xl/vbaProject.bin"]
    return packed(content)


@cache
def bomb() -> bytes:
    """A workbook whose sheet unpacks to 1 GB of zeros; the file has 1 MB."""
    file = io.BytesIO(packed(parts(workbook())))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        zeros = bytes(1 << 20)
        with archive.open("xl/media/image1.png", "w", force_zip64=True) as part:
            for _ in range(1024):
                part.write(zeros)
    return file.getvalue()


def lying_bomb() -> bytes:
    """A workbook that declares a part of 1,000 bytes, out of which come 50 MB."""
    file = io.BytesIO(packed({**parts(workbook()), "xl/media/image1.png": bytes(50 << 20)}))
    data = bytearray(file.getvalue())
    name = b"xl/media/image1.png"
    central = data.rindex(name) - 46
    data[central + 24 : central + 28] = (1_000).to_bytes(4, "little")
    local = data.index(name) - 30
    data[local + 22 : local + 26] = (1_000).to_bytes(4, "little")
    return bytes(data)


def many_parts() -> bytes:
    """A workbook with more parts than any."""
    return packed({**parts(workbook()), **{f"xl/media/{n}": b"" for n in range(1_500)}})


def locked_archive() -> bytes:
    """A zip file whose parts are marked as encrypted."""
    data = bytearray(workbook())
    at = 0
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        while (at := data.find(mark, at)) >= 0:
            data[at + flags] |= 1
            at += 4
        at = 0
    return bytes(data)


def ole(stream: str = "Workbook") -> bytes:
    """The beginning of an OLE file: an old .xls, or what Excel makes of a protected workbook."""
    name = stream.encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + name.ljust(512, b"\0")


BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "file-empty"),
    "blanks": (lambda: b" \r\n\r\n\t", "file-empty"),
    "titles alone": (lambda: b"name,category\r\n,\r\n", "no-rows"),
    "an empty workbook": (lambda: workbook([]), "file-empty"),
    "titles alone in a workbook": (lambda: workbook(ROWS[:1]), "no-rows"),
    "5 MB and more": (lambda: b"name\n" + b"OXFAM\n" * 900_000, "file-too-large"),
    "a macro workbook": (with_macros, "file-has-macros"),
    "a macro workbook that hides it": (of_macro_kind_alone, "file-has-macros"),
    "1 GB of zeros": (bomb, "file-unpacks-too-large"),
    "a bomb that lies": (lying_bomb, "file-damaged"),
    "too many parts": (many_parts, "file-unpacks-too-large"),
    "an entity of a file": (lambda: sheet_with(ENTITIES, "own"), "file-has-entities"),
    "a billion laughs": (lambda: sheet_with(LAUGHS, "j"), "file-has-entities"),
    "an entity in the shared strings": (
        lambda: with_parts(
            xl__sharedStrings=f"{ENTITIES}<sst><si><t>&own;</t></si></sst>".encode()
        ),
        "file-has-entities",
    ),
    "a protected workbook": (lambda: ole("EncryptedPackage"), "file-encrypted"),
    "a protected archive": (locked_archive, "file-encrypted"),
    "an .xls": (ole, "old-spreadsheet"),
    "an .xls of 1992": (lambda: b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(40), "old-spreadsheet"),
    "an .ods": (
        lambda: packed(
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
        ),
        "other-spreadsheet",
    ),
    "an .xlsb": (
        lambda: packed({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\0"}),
        "other-spreadsheet",
    ),
    "a .docx": (
        lambda: packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
        "no-table",
    ),
    "an archive": (lambda: packed({"notes.txt": b"name,category"}), "no-table"),
    "half a workbook": (lambda: workbook()[:-200], "file-damaged"),
    "a workbook with a changed byte": (lambda: _changed(workbook()), "file-damaged"),
    "a workbook whose sheet is no XML": (
        lambda: with_parts(xl__worksheets__sheet1=b"<worksheet><sheetData>"),
        "file-damaged",
    ),
    "a workbook without its sheet": (
        lambda: packed({k: v for k, v in parts(workbook()).items() if "sheet1" not in k}),
        "no-visible-sheet",
    ),
    "a PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    "a JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
    "a photo of a telephone": (lambda: b"\0\0\0\x20ftypheic" + bytes(100), "picture"),
    "a PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a web page": (lambda: b"\n<!DOCTYPE html><html><table><tr><td>name", "web-page"),
    "a web page that is called .xls": (
        lambda: b"<table><tr><td>name</td></tr></table>",
        "web-page",
    ),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook/>', "no-table"),
    "a program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(100), "no-table"),
    "random bytes": (lambda: bytes(range(256)) * 40, "no-table"),
    "bytes that are no letters": (lambda: b"name,category\n\x81\x8d,ngo\n", "unknown-encoding"),
    "half a letter of UTF-16": (lambda: b"\xff\xfen\0a", "unknown-encoding"),
    "a quotation mark too many": (lambda: b'name\n"OXFAM\nWorld Bank\n', "broken-quotes"),
    "10,001 rows": (lambda: b"name\n" + b"OXFAM\n" * 10_001, "too-many-rows"),
    "10,001 rows of a workbook": (
        lambda: workbook([["name"]] + [["OXFAM"]] * 10_001),
        "too-many-rows",
    ),
    "101 columns": (lambda: b"name\n" + b",".join([b"a"] * 101), "too-many-columns"),
    "101 columns of a workbook": (lambda: workbook([["name"], ["a"] * 101]), "too-many-columns"),
    "a long cell": (lambda: b"name\n" + b"a" * 2_001, "cell-too-long"),
    "a long cell of a workbook": (lambda: workbook([["name"], ["a" * 2_001]]), "cell-too-long"),
    "a long word, again and again": (
        lambda: workbook([["name"]] + [["a" * 2_000]] * 2_100),
        "table-too-large",
    ),
    "100 columns of 3,001 rows": (
        lambda: b"name\n" + (b"a," * 99 + b"a\n") * 3_001,
        "table-too-large",
    ),
    "a row that no sheet has": (
        lambda: _with_row('<row r="1999999999"><c r="A1999999999"><v>1</v></c></row>'),
        "file-damaged",
    ),
}
"""What should not be uploaded, each with the reason for which it is refused."""


def _with_row(row: str) -> bytes:
    xml = parts(workbook())["xl/worksheets/sheet1.xml"].decode()
    return with_parts(
        xl__worksheets__sheet1=xml.replace("</sheetData>", f"{row}</sheetData>").encode()
    )


def _changed(data: bytes) -> bytes:
    at = data.index(b"xl/worksheets/sheet1.xml") + 40
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


MOMENTS = [
    ["what", "value"],
    ["day", date(2012, 4, 3)],
    ["moment", datetime(2012, 4, 3, 10, 5)],  # noqa: DTZ001  a cell has no time zone
    ["time", time(15, 0)],
    ["whole", 12],
    ["whole with a point", 12.0],
    ["broken", 0.5],
    ["truth", True],
    ["like a formula", "'=1+1"],
]
