"""Writes the Summary as a Word document: JSON on standard input, the file on standard output.

What the JSON holds is told by for_docx of summary/render.py. The document has real styles and real
numbering, no text boxes and no breaks within paragraphs, so that translators' tools take it as it
is; and it says nothing of who wrote it on which machine.
"""

import json
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

FACE: Final = "Times New Roman"
LANGUAGE: Final = "en-GB"
BODY: Final = Pt(10)
HEADINGS: Final = (Pt(14), Pt(12), Pt(10))
"""The sizes of I., A. and 1., as the Editorial Manual has them."""

NUMBERED: Final = "Numbered Paragraph"
BOXED: Final = "Summary Box"
STATUS: Final = "Status Note"
MASTHEAD: Final = "Masthead"
ENTRY: Final = "Annex Entry"
CELL: Final = "Table Text"
HEAD: Final = "Table Head"
RULED: Final = "Annex Table"
NUMBERING: Final = 77
"""The number of our list definition; the template's own are far below."""

NARROWEST: Final = 15
"""Letters that every column of a table has room for."""

ROOM: Final = 6
"""Letters by which a column is wider than the longest word of its head, which is bold."""

NO_SPACE: Final = Pt(0)
INDENT: Final = Mm(10)
HANGING: Final = Mm(10)


def written(given: dict[str, Any]) -> bytes:
    """The file for a paper."""
    paper = Document()
    _set_page(paper)
    _set_styles(paper)
    _set_properties(paper, given["title"])
    _masthead(paper, given)
    paper.add_paragraph(given["title"], style="Title")
    _front(paper, given)
    annexes = False
    for section in given["sections"]:
        first_annex = section["annex"] and not annexes
        annexes = annexes or section["annex"]
        _section(paper, section, on_new_page=first_annex)
    _page_numbers(paper)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


# The page and its styles


def _set_page(paper: Paper) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(30)
    page.top_margin, page.bottom_margin = Mm(25), Mm(25)
    page.header_distance = page.footer_distance = Mm(12)


def _set_styles(paper: Paper) -> None:
    styles = paper.styles
    _number_paragraphs(paper)
    normal = styles["Normal"]
    _letter(normal, BODY)
    language = normal.element.get_or_add_rPr()
    for of in (language, styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")):
        for old in of.findall(qn("w:lang")):
            of.remove(old)
        of.append(
            parse_xml(
                f'<w:lang {nsdecls("w")} w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}"'
                ' w:bidi="ar-SA"/>'
            )
        )
    _space(normal, after=Pt(6))
    title = styles["Title"]
    _letter(title, Pt(17), bold=True)
    _space(title, before=Pt(14), after=Pt(12))
    _without_borders(title)
    for level, size in enumerate(HEADINGS, 1):
        heading = styles[f"Heading {level}"]
        _letter(heading, size, bold=True)
        _space(heading, before=Pt(18 if level == 1 else 12), after=Pt(6))
        _hang(heading)
        heading.paragraph_format.keep_with_next = True
    numbered = _new(paper, NUMBERED)
    properties = numbered.element.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{NUMBERING}"/></w:numPr>'
        )
    )
    _space(numbered, after=Pt(6), line=1.15)
    numbered.paragraph_format.widow_control = True
    boxed = _new(paper, BOXED)
    _space(boxed, before=Pt(2), after=Pt(10), line=1.15)
    boxed.paragraph_format.left_indent = boxed.paragraph_format.right_indent = Mm(3)
    _border(boxed, ("top", "left", "bottom", "right"), gap=6)
    status = _new(paper, STATUS)
    _space(status, after=Pt(10), line=1.15)
    _new(paper, MASTHEAD)
    _space(styles[MASTHEAD], after=Pt(1))
    entry = _new(paper, ENTRY)
    _space(entry, after=Pt(2))
    entry.paragraph_format.left_indent = INDENT
    cell = _new(paper, CELL)
    _letter(cell, Pt(9))
    _space(cell, before=Pt(2), after=Pt(2))
    head = _new(paper, HEAD, based_on=CELL)
    _letter(head, Pt(9), bold=True)
    head.paragraph_format.keep_with_next = True
    styles.element.append(parse_xml(_RULED))


def _new(paper: Paper, name: str, based_on: str = "Normal") -> ParagraphStyle:
    style = paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = paper.styles[based_on]
    style.quick_style = True
    assert isinstance(style, ParagraphStyle)  # noqa: S101
    return style


def _letter(style: Any, size: Any, *, bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = FACE, size, bold
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FACE)


def _space(style: Any, *, before: Any = NO_SPACE, after: Any, line: float = 1.0) -> None:
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = before, after
    spacing.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    spacing.line_spacing = line


def _hang(style: Any) -> None:
    style.paragraph_format.left_indent = INDENT
    style.paragraph_format.first_line_indent = -HANGING
    style.paragraph_format.tab_stops.add_tab_stop(INDENT)


def _without_borders(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)


def _border(style: Any, edges: Sequence[str], gap: int) -> None:
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="6" w:space="{gap}" w:color="000000"/>' for edge in edges
    )
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


_RULED: Final = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="AnnexTable">
  <w:name w:val="{RULED}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>
      <w:insideH w:val="single" w:sz="2" w:space="0" w:color="A6A6A6"/>
    </w:tblBorders>
    <w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="113" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tblPr/><w:tcPr><w:tcBorders>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>
    </w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>
"""


def _number_paragraphs(paper: Paper) -> None:
    """One list through the whole document: 1., 2., 3., with the number in the margin's column."""
    numbering = paper.part.numbering_part.element
    first_number = numbering.find(qn("w:num"))
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedParagraph"/><w:suff w:val="tab"/>'
        '<w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:tabs><w:tab w:val="num" w:pos="{int(INDENT.twips)}"/></w:tabs>'
        f'<w:ind w:left="{int(INDENT.twips)}" w:hanging="{int(HANGING.twips)}"/></w:pPr></w:lvl>'
        "</w:abstractNum>"
    )
    if first_number is None:
        numbering.append(abstract)
    else:
        first_number.addprevious(abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{NUMBERING}">'
            f'<w:abstractNumId w:val="{NUMBERING}"/></w:num>'
        )
    )


def _set_properties(paper: Paper, title: str) -> None:
    """The title and the language; nobody's name, and no instants of a machine."""
    core = paper.part.package.core_properties
    for told in list(core._element):
        core._element.remove(told)
    core.title, core.language = title, LANGUAGE


# What stands in it


def _masthead(paper: Paper, given: dict[str, Any]) -> None:
    table = paper.add_table(1, 2)
    table.autofit = False
    organ, rest = table.rows[0].cells
    _widths(table, (Mm(95), Mm(55)))
    _in_cell(organ, given["organ"], MASTHEAD).runs[0].font.size = Pt(14)
    organ.paragraphs[0].runs[0].bold = True
    _in_cell(rest, "Draft", MASTHEAD).runs[0].bold = True
    for line in (given["date"], given["place"], f"Original: {given['original']}"):
        rest.add_paragraph(line, style=MASTHEAD)
    borders = parse_xml(
        f"<w:tblBorders {nsdecls('w')}>"
        '<w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        '<w:bottom w:val="single" w:sz="18" w:space="0" w:color="000000"/></w:tblBorders>'
    )
    table._tbl.tblPr.append(borders)


def _front(paper: Paper, given: dict[str, Any]) -> None:
    for words in given["box"]:
        _said(paper, words, BOXED, lead="Summary. ")
    for words in given["status"]:
        _said(paper, words, STATUS)


def _section(paper: Paper, section: dict[str, Any], *, on_new_page: bool) -> None:
    level = min(section["level"], len(HEADINGS))
    label = section["label"]
    heading = paper.add_paragraph(style=f"Heading {level}")
    if section["annex"] and section["level"] == 1:
        heading.paragraph_format.left_indent = heading.paragraph_format.first_line_indent = 0
        heading.add_run(
            f"{label.rstrip('.')}\u2002{section['heading']}" if label else section["heading"]
        )
    else:
        heading.add_run(f"{label}\t{section['heading']}" if label else section["heading"])
        if not label:
            heading.paragraph_format.first_line_indent = 0
    heading.paragraph_format.page_break_before = on_new_page
    for words in section["paragraphs"]:
        _said(paper, words, NUMBERED)
    if section["columns"]:
        _table(paper, section["columns"], section["rows"])
    else:
        for row in section["rows"]:
            paper.add_paragraph(" ".join(row), style=ENTRY)


def _said(paper: Paper, words: dict[str, Any], style: str, lead: str = "") -> None:
    paragraph = paper.add_paragraph(style=style)
    if lead:
        paragraph.add_run(lead).bold = True
    for piece in words["pieces"]:
        run = paragraph.add_run(piece["text"])
        if "comment" in piece:
            paper.add_comment(run, text=piece["comment"], author="Moderator", initials="M")


def _table(paper: Paper, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = paper.add_table(1 + len(rows), len(heads), style=RULED)
    table.autofit = False
    _widths(table, _shares(heads, rows))
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _in_cell(cell, head, HEAD)
    for line, row in zip(table.rows[1:], rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            _in_cell(cell, text, CELL)
    for place, line in enumerate(table.rows):
        properties = line._tr.get_or_add_trPr()
        properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if place == 0:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    paper.add_paragraph()


def _in_cell(cell: Any, text: str, style: str) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)
    return paragraph


def _shares(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Any]:
    """The widths of columns: by the longest that they hold, out of the width of the page."""
    longest = [
        min(60, max(len(head), *(len(row[place]) for row in rows))) if rows else len(head)
        for place, head in enumerate(heads)
    ]
    words = [max(len(word) for word in f"{head} -".split()) for head in heads]
    weights = [
        max(NARROWEST, length, word + ROOM) for length, word in zip(longest, words, strict=True)
    ]
    return [Mm(150 * weight / sum(weights)) for weight in weights]


def _widths(table: Table, widths: Sequence[Any]) -> None:
    for place, width in enumerate(widths):
        table.columns[place].width = width
        for cell in table.columns[place].cells:
            cell.width = width


def _page_numbers(paper: Paper) -> None:
    """The number of the page in the middle of its foot."""
    foot = paper.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("begin", "PAGE", "end"):
        run = foot.add_run()
        run.font.size = Pt(9)
        run._r.append(
            parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>')
            if part == "PAGE"
            else parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{part}"/>')
        )


if __name__ == "__main__":
    sys.stdout.buffer.write(written(json.load(sys.stdin)))
