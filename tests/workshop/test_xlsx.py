"""Workbooks that are written: read back, and as other programs would see them."""

import io
import json
import re
import zipfile
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from moderator import workshop

COLUMNS = [
    {"title": "Delegation", "kind": "text", "width": 30},
    {"title": "No.", "kind": "number"},
    {"title": "Given", "kind": "time"},
    {"title": "Used", "kind": "duration"},
]
ROW = ["Nigeria", 1, "2012-04-03T10:05:12", 185]


def written(*sheets: dict[str, Any], rtl: bool = False) -> bytes:
    return workshop.work("xlsx", json.dumps({"sheets": sheets, "rtl": rtl}).encode())


def sheet(*rows: list[Any], columns: list[dict[str, Any]] = COLUMNS, title: str = "Turns") -> Any:
    data = written({"title": title, "columns": columns, "rows": rows})
    return load_workbook(io.BytesIO(data)).worksheets[0]


def text(said: str) -> Any:
    """The cell of a text."""
    return sheet([said], columns=[{"title": "Words", "kind": "text"}])["A2"]


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_values_are_what_they_are():
    found = sheet(ROW)

    assert [cell.value for cell in found[1]] == ["Delegation", "No.", "Given", "Used"]
    assert [cell.value for cell in found[2]] == [
        "Nigeria",
        1,
        datetime(2012, 4, 3, 10, 5, 12),  # noqa: DTZ001  a cell has no time zone
        timedelta(minutes=3, seconds=5),
    ]
    assert [cell.number_format for cell in found[2]] == [
        "General",
        "General",
        "yyyy-mm-dd hh:mm:ss",
        "[m]:ss",
    ]


def test_times_and_durations_are_numbers_to_reckon_with():
    xml = parts(written({"title": "x", "columns": COLUMNS, "rows": [ROW]}))[
        "xl/worksheets/sheet1.xml"
    ]

    values = [float(value) for value in re.findall(r"<v>([0-9.]+)</v>", xml)]
    assert pytest.approx(values[-1]) == 185 / 86_400
    assert pytest.approx(values[-2]) == 41_002 + (10 * 3600 + 5 * 60 + 12) / 86_400


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2012-04-03", datetime(2012, 4, 3)),  # noqa: DTZ001
        ("10:05:12", time(10, 5, 12)),
        ("2012-04-03T10:05:12-04:00", datetime(2012, 4, 3, 10, 5, 12)),  # noqa: DTZ001
        ("2012-04-03 10:05", datetime(2012, 4, 3, 10, 5)),  # noqa: DTZ001
    ],
)
def test_a_time_is_what_clocks_on_the_wall_show(said, value):
    assert sheet([said], columns=[{"title": "Given", "kind": "time"}])["A2"].value == value


def test_what_is_not_there_is_an_empty_cell():
    assert [cell.value for cell in sheet([None, None, None, None])[1]] == [
        column["title"] for column in COLUMNS
    ]
    assert sheet(["x", None, None, 0])["C2"].value is None


@pytest.mark.parametrize(
    "said",
    [
        "=1+1",
        "+41 22",
        "-",
        "@SUM(A1)",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
        "#N/A",
        "TRUE",
        "007",
    ],
)
def test_text_is_never_a_formula(said):
    cell = text(said)

    assert cell.value == said
    assert cell.data_type == "s"
    xml = parts(
        written({"title": "x", "columns": [{"title": "a", "kind": "text"}], "rows": [[said]]})
    )
    assert "<f" not in xml["xl/worksheets/sheet1.xml"].replace("<filter", "")


def test_text_that_looks_like_a_formula_is_marked_as_text():
    assert text("=1+1").quotePrefix
    assert not text("1+1").quotePrefix


def test_letters_of_every_language_come_back_and_those_of_none_are_marked():
    for said in ("Côte d’Ivoire", "المملكة", "中国", "two\nlines", "<&>"):
        assert text(said).value == said
    assert text("a\x00b\x1bc").value == "a\ufffdb\ufffdc"


def test_a_text_that_no_cell_holds_ends_with_an_ellipsis():
    value = text("a" * 40_000).value

    assert len(value) == 32_767
    assert value.endswith("a…")


def test_the_head_stays_and_can_be_filtered_by():
    found = sheet(ROW, ROW)

    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:D3"
    assert found["A1"].font.bold
    assert found.print_title_rows == "$1:$1"


def test_columns_are_wide_enough():
    widths = sheet(ROW).column_dimensions

    assert widths["A"].width == 30
    assert widths["C"].width >= len("2012-04-03 10:05:12")


def test_arabic_sheets_are_read_from_right_to_left():
    for rtl in (True, False):
        data = written({"title": "Turns", "columns": COLUMNS, "rows": [ROW]}, rtl=rtl)

        assert bool(load_workbook(io.BytesIO(data)).worksheets[0].sheet_view.rightToLeft) is rtl


def test_titles_of_sheets_are_made_to_fit():
    plain = {"columns": COLUMNS, "rows": [ROW]}
    titles = ["Panel 1: [what/now?]", "a" * 40, "A" * 40, "", "'x'"]
    data = written(*({"title": title, **plain} for title in titles))

    assert load_workbook(io.BytesIO(data)).sheetnames == [
        "Panel 1   what now",
        "a" * 31,
        "A" * 29 + " 2",
        "1",
        "x",
    ]


def test_no_person_stands_in_the_properties():
    found = parts(written({"title": "x", "columns": COLUMNS, "rows": [ROW]}))

    properties = load_workbook(
        io.BytesIO(written({"title": "x", "columns": COLUMNS, "rows": []}))
    ).properties
    assert properties.creator == "Moderator"
    assert properties.lastModifiedBy is None
    assert "Nigeria" not in found["docProps/core.xml"] + found["docProps/app.xml"]
    assert not any(name.startswith("docProps/custom") for name in found)


def test_a_day_of_meetings_is_written_in_time():
    assert sheet(*([ROW] * 5_000)).max_row == 5_001


@pytest.mark.parametrize(
    ("kind", "said"), [("number", "1"), ("duration", "3:00"), ("time", "soon"), ("colour", "red")]
)
def test_what_is_not_of_its_kind_is_a_fault(kind, said):
    with pytest.raises(workshop.Failed):
        sheet([said], columns=[{"title": "x", "kind": kind}])


def test_a_workbook_can_be_uploaded_again():
    data = written(
        {"title": "x", "columns": [{"title": "name", "kind": "text"}], "rows": [["=1+1"]]}
    )

    assert json.loads(workshop.work("table", data))["rows"] == [[2, ["=1+1"]]]
