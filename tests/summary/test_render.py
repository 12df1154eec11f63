"""The draft on paper: whatever people wrote stays text, and what has no source is marked."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from moderator.core.terms import InterventionId
from moderator.summary.draft import Draft, Masthead
from moderator.summary.outline import (
    LOG,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
)
from moderator.summary.paper import Paper, Written
from moderator.summary.paper import paper as as_it_stands
from moderator.summary.quantifiers import Evidence, Voice, VoiceKind
from moderator.summary.render import NO_SOURCE, as_json, for_docx, html, markdown

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


class Reader(HTMLParser):
    """The names of the elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


# Names of things that only markup makes; a paragraph of a draft is an item of its numbered list.
PLAIN = {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close"} | {
    "paragraph_open",
    "paragraph_close",
    "inline",
}


HEAD = Masthead("Organ", "3 April 2012", "Room 2")
DOCUMENT = {"delegations": {"TD": {"name": "Chad"}}, "groups": {}}
FRONT = (Paragraph("box", "In short.", (LOG,)), Paragraph("status", "Status", (LOG,)))
NO_TABLE = Table(())


def sections(*paragraphs: Paragraph, heading: str = "Heading", table: Table = NO_TABLE) -> Section:
    return Section("one", "I.", heading, 1, False, paragraphs, table)


def standing(*leaves: Section, title: str = "Title", written: tuple[Written, ...] = ()) -> Paper:
    return as_it_stands(Draft(title, HEAD, *FRONT, leaves), DOCUMENT, written)


def paper(text: str, *sources: Source) -> Paper:
    return standing(sections(Paragraph("p", text, sources or (LOG,))))


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


@settings(max_examples=100)
@given(st.text(st.sampled_from("ab1 .)(-+=:|#*_`~<>![]\\&\n\t/;\"'"), min_size=1, max_size=20))
def test_any_text_is_read_as_the_text_that_it_is(text: str) -> None:
    said = " ".join(text.split())

    if said:
        assert read_back(text).strip() == said


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headings_and_cells_are_read_as_text(text: str) -> None:
    table = Table((Row((text, "x"), (LOG,)),), ("One", "Two"))
    listed = Table((Row((text,), (LOG,)),))
    leaves = (sections(heading=text, table=table), sections(heading=text, table=listed))

    body = markdown(standing(*leaves, title=text)).partition("\n\n")[2]

    said = " ".join(text.split())
    inlines = [token for token in READER.parse(body) if token.type == "inline"]
    kinds = {part.type for token in inlines for part in token.children or []}
    texts = ["".join(part.content for part in token.children or []) for token in inlines]
    assert kinds <= {"text", "text_special", "em_open", "em_close", "html_inline"}
    raw = {part.content for t in inlines for part in t.children or [] if part.type == "html_inline"}
    heading = f"I. {said}"
    assert raw <= {"<!-- log -->"}
    assert texts[0] == said
    assert texts[3:] == [heading, "One", "Two", said, "x", heading, said]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_on_the_page_that_stands_alone(text: str) -> None:
    table = Table((Row((text, "x"), (LOG,)),), ("One", text))
    made = standing(sections(Paragraph("p", text, (LOG,)), heading=text, table=table), title=text)

    read = Reader(html(made))

    assert read.tags <= {
        *("html", "head", "meta", "title", "style", "body", "p", "strong", "br", "h1", "h2"),
        *("span", "table", "thead", "tbody", "tr", "th", "td"),
    }
    assert read.text.count(text) == 6


def test_a_paragraph_without_a_source_is_marked() -> None:
    made = standing(sections(Paragraph("p", "My words.")))

    assert f"1. My words. {NO_SOURCE}\n" in markdown(made)


def test_words_that_want_a_second_look_are_named() -> None:
    assert "1. Chad agreed. **[Check: Chad, agreed]** <!-- log -->\n" in markdown(
        paper("Chad agreed.")
    )


EVIDENCE = Evidence(
    "two delegations",
    2,
    9,
    tuple(
        Voice(VoiceKind.DELEGATION, code, code, None, (InterventionId(f"turn-{code}"),))
        for code in ("BR", "MX")
    ),
    "2 of 9: up to four are counted",
)
COUNTED = Paragraph("p", "It was two delegations who asked on 3 April.", (LOG,), (EVIDENCE,))


def test_the_page_gets_texts_cut_at_their_quantifiers_and_what_is_behind_them() -> None:
    written = (Written("p", 3, None, "Many delegations asked.", COUNTED.text),)

    drafted = as_json(standing(sections(COUNTED)))["sections"][0]["paragraphs"][0]
    edited = as_json(standing(sections(COUNTED), written=written))["sections"][0]["paragraphs"][0]

    assert [piece["text"] for piece in drafted["pieces"]] == [
        "It was ",
        "two delegations",
        " who asked on 3 April.",
    ]
    assert drafted["pieces"][1]["evidence"] == 0
    assert (drafted["evidence"][0]["n"], drafted["evidence"][0]["of"]) == (2, 9)
    assert [voice["interventions"] for voice in drafted["evidence"][0]["voices"]] == [
        ["turn-BR"],
        ["turn-MX"],
    ]
    assert (drafted["state"], drafted["evidence"][0]["doubt"]) == ("drafted", False)
    assert (edited["state"], edited["revision"], edited["evidence"][0]["doubt"]) == (
        "edited",
        3,
        True,
    )
    assert edited["flags"] == [
        {"fault": "outruns", "words": "Many delegations", "supported": "two delegations"}
    ]


def test_the_word_document_gets_unbroken_dates_and_counts_when_they_are_asked_for() -> None:
    (plain,) = for_docx(standing(sections(COUNTED)))["sections"][0]["paragraphs"]
    (counts,) = for_docx(standing(sections(COUNTED)), counts=True)["sections"][0]["paragraphs"]

    assert "".join(piece["text"] for piece in plain["pieces"]) == (
        "It was two delegations who asked on 3\u00a0April."
    )
    assert [piece.get("comment") for piece in plain["pieces"]] == [None, None, None]
    assert counts["pieces"][1]["comment"] == "two delegations: 2 of 9: up to four are counted."
