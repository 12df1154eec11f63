"""The Word document: real styles and numbering, as the library and the file itself tell."""

import json
import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from moderator import workshop


def words(*texts, number=0):
    return {"number": number, "pieces": [{"text": text} for text in texts]}


GIVEN = {
    "title": "President’s Summary: a dialogue",
    "organ": "General Assembly",
    "date": "3\u00a0April 2012",
    "place": "Conference Room\u00a02",
    "original": "English",
    "box": [words("In short.")],
    "status": [words("Mine alone.")],
    "sections": [
        {
            "label": "I.",
            "heading": "Introduction",
            "level": 1,
            "annex": False,
            "paragraphs": [words("First.", number=1), words("Second.", number=2)],
            "columns": [],
            "rows": [],
        },
        {
            "label": "A.",
            "heading": "Panel <I>",
            "level": 2,
            "annex": False,
            "paragraphs": [
                {
                    "number": 3,
                    "pieces": [
                        {"text": "Several delegations", "comment": "5 of 23"},
                        {"text": " said so & more."},
                    ],
                }
            ],
            "columns": [],
            "rows": [],
        },
        {
            "label": "1.",
            "heading": "Theme",
            "level": 3,
            "annex": False,
            "paragraphs": [],
            "columns": [],
            "rows": [],
        },
        {
            "label": "Annex I.",
            "heading": "Programme",
            "level": 1,
            "annex": True,
            "paragraphs": [],
            "columns": ["Segment", "Held"],
            "rows": [["Opening", "10:00"], ["Closing", "11:00"]],
        },
        {
            "label": "Annex II.",
            "heading": "Speakers",
            "level": 1,
            "annex": True,
            "paragraphs": [],
            "columns": [],
            "rows": [["Algeria"], ["Brazil"]],
        },
    ],
}


@pytest.fixture(scope="module")
def file():
    return workshop.work("word", json.dumps(GIVEN).encode())


@pytest.fixture(scope="module")
def paper(file):
    return Document(BytesIO(file))


def of_style(paper, name):
    return [one.text for one in paper.paragraphs if one.style.name == name]


def test_everything_has_a_style_of_its_own(paper):
    assert of_style(paper, "Title") == ["President’s Summary: a dialogue"]
    assert of_style(paper, "Summary Box") == ["Summary. In short."]
    assert of_style(paper, "Status Note") == ["Mine alone."]
    assert of_style(paper, "Heading 1") == [
        "I.\tIntroduction",
        "Annex I\u2002Programme",
        "Annex II\u2002Speakers",
    ]
    assert of_style(paper, "Heading 2") == ["A.\tPanel <I>"]
    assert of_style(paper, "Heading 3") == ["1.\tTheme"]
    assert of_style(paper, "Numbered Paragraph") == [
        "First.",
        "Second.",
        "Several delegations said so & more.",
    ]
    assert of_style(paper, "Annex Entry") == ["Algeria", "Brazil"]


def test_headings_have_the_sizes_of_the_editorial_manual(paper):
    sizes = [paper.styles[f"Heading {level}"].font.size for level in (1, 2, 3)]

    assert sizes == [Pt(14), Pt(12), Pt(10)]


def test_paragraphs_are_numbered_by_the_style_and_not_by_typing(paper):
    number = paper.styles["Numbered Paragraph"].element.pPr.numPr
    numbering = paper.part.numbering_part.element
    (used,) = (one for one in numbering.findall(qn("w:num")) if one.numId == number.numId.val)
    (level,) = (
        one.find(qn("w:lvl"))
        for one in numbering.findall(qn("w:abstractNum"))
        if one.get(qn("w:abstractNumId")) == str(used.abstractNumId.val)
    )

    assert level.find(qn("w:numFmt")).get(qn("w:val")) == "decimal"
    assert level.find(qn("w:lvlText")).get(qn("w:val")) == "%1."


def test_tables_repeat_their_heads_and_keep_rows_whole(paper):
    masthead, programme = paper.tables
    rows = [[cell.text for cell in row.cells] for row in programme.rows]

    assert rows == [["Segment", "Held"], ["Opening", "10:00"], ["Closing", "11:00"]]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in programme.rows]
    assert heads == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in programme.rows)
    assert masthead.rows[0].cells[0].text == "General Assembly"
    assert "3\u00a0April 2012" in masthead.rows[0].cells[1].text


def test_the_page_is_a4_with_its_number_and_annexes_begin_a_new_one(paper):
    page = paper.sections[0]
    annexes = [one for one in paper.paragraphs if one.text.startswith("Annex I")]

    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert "PAGE" in page.footer._element.xml
    assert [one.paragraph_format.page_break_before for one in annexes] == [True, False]


def test_counts_are_comments_on_their_quantifiers(paper):
    (comment,) = paper.comments

    assert (comment.text, comment.author) == ("5 of 23", "Moderator")


def test_the_file_says_nothing_of_who_wrote_it_where_or_when(file):
    with zipfile.ZipFile(BytesIO(file)) as package:
        core = package.read("docProps/core.xml").decode()
        styles = package.read("word/styles.xml").decode()

    assert "President’s Summary" in core
    for told in ("creator", "lastModifiedBy", "python-docx", "created", "modified"):
        assert told not in core
    assert 'w:lang w:val="en-GB"' in styles


def test_no_paragraph_is_broken_by_hand(file):
    with zipfile.ZipFile(BytesIO(file)) as package:
        body = package.read("word/document.xml").decode()

    assert "<w:br" not in body
    assert "txbxContent" not in body
