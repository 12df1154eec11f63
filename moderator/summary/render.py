"""A draft as Markdown, and as the plain values that its page is made of."""

import re
from typing import Any, Final

from moderator.summary.draft import Draft
from moderator.summary.outline import Paragraph, Section, Source, Table

NO_SOURCE: Final = "**[No source]**"
"""Marks a paragraph that rests on nothing in the record."""


def markdown(draft: Draft) -> str:
    """The draft as CommonMark with tables; whatever people wrote stays the text that it is.

    Sources stand in comments, which no reader sees; words that want a second look are named.
    """
    blocks = [f"# {_plain(draft.title)}", f"*{_plain(draft.status)}*"]
    for section in draft.sections:
        blocks.append(f"{'#' * (section.level + 1)} {_headed(section, _plain(section.heading))}")
        blocks += [_paragraph(paragraph) for paragraph in section.paragraphs]
        if section.table.rows:
            blocks.append(_table(section.table))
    return "\n\n".join(blocks) + "\n"


def as_page(draft: Draft) -> dict[str, Any]:
    """The draft as the page's template takes it: words and numbers, to be escaped there.

    A paragraph's `source` is the kinds and ids of its sources in one line, empty without any.
    """
    return {
        "title": draft.title,
        "status": draft.status,
        "sections": [
            {
                "heading": _headed(section, section.heading),
                "level": section.level,
                "paragraphs": [
                    {
                        "number": paragraph.number,
                        "text": paragraph.text,
                        "source": _sources(paragraph.sources),
                        "flagged": list(paragraph.flagged),
                    }
                    for paragraph in section.paragraphs
                ],
                "columns": list(section.table.columns),
                "rows": [list(row.cells) for row in section.table.rows],
            }
            for section in draft.sections
        ],
    }


def _headed(section: Section, heading: str) -> str:
    return f"{section.label} {heading}".lstrip()


def _paragraph(paragraph: Paragraph) -> str:
    marks = [] if paragraph.sources else [NO_SOURCE]
    if paragraph.flagged:
        marks.append(f"**[Check: {_plain(', '.join(paragraph.flagged))}]**")
    sources = f"<!-- {_sources(paragraph.sources)} -->" if paragraph.sources else ""
    parts = (f"{paragraph.number}.", _plain(paragraph.text), *marks, sources)
    return " ".join(part for part in parts if part)


def _table(table: Table) -> str:
    if not table.columns:
        return "\n".join(f"- {_plain(' '.join(row.cells))}" for row in table.rows)
    lines = [table.columns, ("---",) * len(table.columns)]
    rows = [" | ".join(cells) for cells in lines]
    rows += [" | ".join(_plain(cell) for cell in row.cells) for row in table.rows]
    return "\n".join(f"| {row} |" for row in rows)


def _sources(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"{source.kind} {source.id}".rstrip() for source in sources)


def _plain(text: str) -> str:
    """Text on one line in which nothing is markup: no link, HTML, list, table or emphasis."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
    return _OPENING.sub(r"\g<0>\\", line)


_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~#&!$^{}]")
_OPENING: Final = re.compile(r"^\d*(?=[.)])|^(?=[-+=:])")
"""Where a line that would begin a list, a rule, a heading or a definition has to be broken."""
