"""The draft on paper: whatever people wrote stays text, and what has no source is marked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from moderator.summary.draft import Draft
from moderator.summary.outline import (
    LOG,
    PROGRAMME,
    Paragraph,
    Row,
    Section,
    Source,
    SourceKind,
    Table,
)
from moderator.summary.render import NO_SOURCE, as_page, markdown

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- --> <b onclick=x>",
    "![x](http://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "[x]: http://evil.example",
    "<http://evil.example>",
    "*a* **b** _c_ ~~d~~ `e` \\*f\\*",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "> quoted",
    "a | b\n| --- | --- |\n| c | d |",
    "text\n===\n",
    "---",
    "```\ncode",
    "    code",
    "line\n\n<div>",
    "&lt;b&gt; &copy;",
    "ends with \\",
    "=1+1",
]
# Names of things that only markup makes; a paragraph of a draft is an item of its numbered list.
PLAIN = {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close"} | {
    "paragraph_open",
    "paragraph_close",
    "inline",
}


def paper(text: str, *sources: Source) -> Draft:
    paragraph = Paragraph(text, sources or (LOG,), number=1)
    return Draft("Title", "Status", (Section("I.", "Heading", 1, (paragraph,), Table(())),))


def read_back(text: str) -> str:
    """What a reader of the Markdown sees of a paragraph; nothing in it may be markup."""
    body = markdown(paper(text)).partition("## I. Heading\n\n")[2]
    tokens = READER.parse(body)
    assert {token.type for token in tokens} <= PLAIN
    (inline,) = (token for token in tokens if token.type == "inline")
    parts = inline.children or []
    assert parts[-1].content == "<!-- log -->"
    assert {part.type for part in parts[:-1]} <= {"text", "text_special"}
    return "".join(part.content for part in parts[:-1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_as_the_text_that_it_is(text: str) -> None:
    assert read_back(text).strip() == " ".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab1 .)(-+=:|#*_`~<>![]\\&\n\t/;\"'"), min_size=1, max_size=20))
def test_any_text_is_read_as_the_text_that_it_is(text: str) -> None:
    said = " ".join(text.split())

    if said:
        assert read_back(text).strip() == said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headings_and_cells_are_read_as_text(text: str) -> None:
    table = Table((Row((text, "x"), (LOG,)),), ("One", "Two"))
    listed = Table((Row((text,), (LOG,)),))
    sections = (Section("", text, 2, (), table), Section("", text, 2, (), listed))

    body = markdown(Draft(text, text, sections))

    said = " ".join(text.split())
    inlines = [token for token in READER.parse(body) if token.type == "inline"]
    kinds = {part.type for token in inlines for part in token.children or []}
    texts = ["".join(part.content for part in token.children or []) for token in inlines]
    assert kinds <= {"text", "text_special", "em_open", "em_close"}
    assert texts == [said, said, said, "One", "Two", said, "x", said, said]


def test_a_paragraph_without_a_source_is_marked() -> None:
    sections = (Section("I.", "One", 1, (Paragraph("My words.", number=1),), Table(())),)

    assert f"1. My words. {NO_SOURCE}\n" in markdown(Draft("T", "S", sections))


def test_words_that_want_a_second_look_are_named() -> None:
    flagged = Paragraph("Chad agreed.", (LOG,), ("Chad", "agreed"), 1)
    sections = (Section("I.", "One", 1, (flagged,), Table(())),)

    text = markdown(Draft("T", "S", sections))

    assert "1. Chad agreed. **[Check: Chad, agreed]** <!-- log -->\n" in text


def test_the_page_gets_words_numbers_and_what_they_rest_on() -> None:
    sources = (PROGRAMME, Source(SourceKind.NOTE, "n1"), Source(SourceKind.NOTE, "n2"))
    paragraphs = (Paragraph("Said.", sources, ("Chad",), 1), Paragraph("Own words.", number=2))
    table = Table((Row(("a", "b"), (LOG,)),), ("A", "B"))
    page = as_page(Draft("T", "S", (Section("I.", "One", 1, paragraphs, table),)))

    assert page == {
        "title": "T",
        "status": "S",
        "sections": [
            {
                "heading": "I. One",
                "level": 1,
                "paragraphs": [
                    {
                        "number": 1,
                        "text": "Said.",
                        "source": "programme, note n1, note n2",
                        "flagged": ["Chad"],
                    },
                    {"number": 2, "text": "Own words.", "source": "", "flagged": []},
                ],
                "columns": ["A", "B"],
                "rows": [["a", "b"]],
            }
        ],
    }
