"""Tables that are uploaded: what is taken, what is refused, and with what reason."""

import json

import pytest
from openpyxl import Workbook

from moderator import workshop
from moderator.workshop import table
from tests.workshop.files import BAD_FILES, MOMENTS, ROWS, parts, with_parts, workbook

CSV = "name,category\r\nCôte d’Ivoire,member-state\r\n"


def read(data):
    return json.loads(workshop.work("table", data))


def refusal(data):
    with pytest.raises(workshop.Refused) as refused:
        workshop.work("table", data)
    return json.loads(str(refused.value))


@pytest.mark.parametrize("kind", BAD_FILES)
def test_what_cannot_be_used_is_refused_with_its_reason(kind):
    make, reason = BAD_FILES[kind]

    told = refusal(make())

    assert told["reason"] == reason
    assert told["message"]


def test_every_reason_is_given_by_some_file():
    assert {reason for _, reason in BAD_FILES.values()} == table.REASONS


def test_a_workbook_without_a_visible_sheet_is_refused():
    xml = parts(workbook())["xl/workbook.xml"].decode()
    hidden = xml.replace('state="visible"', 'state="hidden"')
    assert hidden != xml

    assert refusal(with_parts(xl__workbook=hidden.encode()))["reason"] == "no-visible-sheet"


@pytest.mark.parametrize("kind", ["1 GB of zeros", "a billion laughs", "a bomb that lies"])
def test_a_bomb_is_refused_before_it_is_unpacked(kind):
    data = BAD_FILES[kind][0]()

    assert len(data) < table.LARGEST
    with pytest.raises(workshop.Refused):
        workshop.work("table", data, seconds=5, megabytes=200)


def test_an_entity_is_not_looked_up(tmp_path):
    told = refusal(BAD_FILES["an entity of a file"][0]())

    assert "root" not in json.dumps(told)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CSV.encode(), "utf-8"),
        (CSV.encode("utf-8-sig"), "utf-8"),
        (CSV.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CSV.encode("utf-16-be"), "utf-16"),
        (CSV.encode("windows-1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_found_and_told(data, encoding):
    answer = read(data)

    assert answer["encoding"] == encoding
    assert answer["columns"] == ["name", "category"]
    assert answer["rows"] == [[2, ["Côte d’Ivoire", "member-state"]]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_and_told(separator):
    answer = read(f'name{separator}x\n"Bank{separator} World,;"{separator}y\n'.encode())

    assert answer["separator"] == separator
    assert answer["rows"] == [[2, [f"Bank{separator} World,;", "y"]]]


def test_the_separator_may_stand_in_the_first_line():
    answer = read(b"sep=;\r\nname, in full;x\r\nOXFAM;y\r\n")

    assert answer["line"] == 2
    assert answer["columns"] == ["name, in full", "x"]
    assert answer["rows"] == [[3, ["OXFAM", "y"]]]


def test_lines_are_counted_as_editors_count_them():
    answer = read(b'\r\nname,x\r\n"World\r\nBank",1\r\n\r\nOXFAM,2\r\n')

    assert answer["line"] == 2
    assert answer["rows"] == [[3, ["World\r\nBank", "1"]], [6, ["OXFAM", "2"]]]


def test_the_line_of_a_missing_quotation_mark_is_told():
    assert refusal(b'name\nOXFAM\n"World Bank\n')["line"] == 3


def test_the_place_of_a_long_cell_is_told():
    told = refusal(workbook([["name", "x"], ["OXFAM", "a" * 2_001]]))

    assert (told["line"], told["column"]) == (2, 2)


def test_a_workbook_is_told_by_its_content_and_read():
    answer = read(workbook())

    assert answer["kind"] == "xlsx"
    assert answer["columns"] == ROWS[0]
    assert answer["rows"] == [[2, ROWS[1]], [3, ROWS[2]]]
    assert answer["problems"] == []


def test_numbers_and_dates_are_text_of_no_country():
    answer = read(workbook(MOMENTS))

    assert {row[0]: row[1] for _, row in answer["rows"]} == {
        "day": "2012-04-03",
        "moment": "2012-04-03 10:05:00",
        "time": "15:00",
        "whole": "12",
        "whole with a point": "12",
        "broken": "0.5",
        "truth": "TRUE",
        "like a formula": "'=1+1",
    }


def test_a_formula_has_no_value_and_its_cell_is_told():
    answer = read(workbook([["name", "x"], ["OXFAM", "=1+1"], ["=A2", "#REF!"]]))

    assert answer["rows"] == [[2, ["OXFAM"]]]
    assert answer["problems"] == [
        {"reason": "formula", "line": 2, "column": 2},
        {"reason": "formula", "line": 3, "column": 1},
        {"reason": "error-value", "line": 3, "column": 2},
    ]


def test_a_formula_whose_result_is_kept_has_no_value_either():
    xml = parts(workbook([["name"], ["=1+1"]]))["xl/worksheets/sheet1.xml"].decode()
    kept = (
        xml.replace("<v/>", "<v>2</v>").replace("<v></v>", "<v>2</v>").replace("<v />", "<v>2</v>")
    )
    assert kept != xml

    answer = read(with_parts(xl__worksheets__sheet1=kept.encode()))

    assert [problem["reason"] for problem in answer["problems"]] == ["formula"]


def test_text_that_looks_like_a_formula_is_text():
    def change(book: Workbook):
        book.active["A2"].data_type = "s"

    assert read(workbook([["name"], ["=HYPERLINK(1)"]], change))["rows"] == [[2, ["=HYPERLINK(1)"]]]


def test_merged_cells_are_told():
    answer = read(workbook([*ROWS, ["UNDP", ""]], lambda book: book.active.merge_cells("B3:B4")))

    assert answer["problems"] == [{"reason": "merged-cells", "line": 3, "column": 2}]


def test_the_first_visible_sheet_is_taken_and_the_others_are_named():
    def change(book: Workbook):
        book.active.title = "Hidden"
        book.active.sheet_state = "hidden"
        book.create_sheet("Participants").append(["name"])
        book["Participants"].append(["OXFAM"])
        book.create_sheet("Rooms").append(["room"])

    answer = read(workbook(ROWS, change))

    assert answer["sheet"] == "Participants"
    assert answer["passed_over"] == ["Hidden", "Rooms"]
    assert answer["rows"] == [[2, ["OXFAM"]]]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    xml = parts(workbook())["xl/worksheets/sheet1.xml"].decode()
    lying = xml.replace('ref="A1:B3"', 'ref="A1:XFD1048576"')
    assert lying != xml

    answer = read(with_parts(xl__worksheets__sheet1=lying.encode()))

    assert answer["rows"] == [[2, ROWS[1]], [3, ROWS[2]]]


def test_a_cell_far_below_is_found_in_time():
    def change(book: Workbook):
        book.active["A1048576"] = "OXFAM"

    assert read(workbook(ROWS, change))["rows"][-1] == [1_048_576, ["OXFAM"]]


def test_the_largest_tables_are_read():
    full = [["name"] * 100] + [["two words"] * 100] * 2_900

    assert len(read(workbook(full))["rows"]) == 2_900
    assert len(read(b"name\n" + b"OXFAM\n" * 10_000)["rows"]) == 10_000


def test_a_file_is_read_within_its_bounds_alone():
    assert len(refusal(b"x" * 50_000_000)["message"]) > 0
