"""Laying out: empty parts fall away, headings are labelled, paragraphs numbered through."""

from typing import Any

from moderator.summary.outline import Paragraph, Part, Row, Table, laid_out

TEXT = (Paragraph("something", "Something."),)


def part(heading: str, *rest: Any, **more: Any) -> Part:
    return Part(heading.lower(), heading, *rest, **more)


def labels(*chapters: Part, annexes: tuple[Part, ...] = ()) -> list[tuple[str, str, int]]:
    sections = laid_out(chapters, annexes)
    return [(section.label, section.heading, section.level) for section in sections]


def test_chapters_parts_and_themes_each_have_their_manner_of_label() -> None:
    themes = (part("X", TEXT), part("Y", TEXT))
    panels = (part("P", parts=themes), part("Q", TEXT))

    assert labels(part("Start", TEXT), part("Panels", parts=panels)) == [
        ("I.", "Start", 1),
        ("II.", "Panels", 1),
        ("A.", "P", 2),
        ("1.", "X", 3),
        ("2.", "Y", 3),
        ("B.", "Q", 2),
    ]


def test_a_heading_without_a_sibling_has_no_letter_or_figure() -> None:
    alone = part("Start", TEXT, parts=(part("P", TEXT, parts=(part("X", TEXT),)),))

    assert labels(alone) == [("", "Start", 1), ("", "P", 2), ("", "X", 3)]


def test_nothing_stands_under_a_heading_without_content() -> None:
    hollow = part("Hollow", parts=(part("Nothing"), part("Nothing either")))
    table = part("Table", table=Table((Row(("cell",), ()),)))

    assert labels(part("One", TEXT), hollow, table) == [("I.", "One", 1), ("II.", "Table", 1)]


def test_annexes_are_numbered_among_themselves() -> None:
    first, second = part("First", TEXT), part("Second", parts=(part("Inside", TEXT),))

    assert labels(annexes=(first, second)) == [
        ("Annex I.", "First", 1),
        ("Annex II.", "Second", 1),
        ("", "Inside", 2),
    ]
    assert labels(annexes=(first,)) == [("Annex.", "First", 1)]


def test_roman_numerals_go_on_beyond_ten() -> None:
    many = [part(str(place), TEXT) for place in range(1, 15)]

    assert [label for label, _, _ in labels(*many)][3:] == (
        ["IV.", "V.", "VI.", "VII.", "VIII.", "IX.", "X.", "XI.", "XII.", "XIII.", "XIV."]
    )


def test_paragraphs_are_numbered_through_the_document() -> None:
    sections = laid_out([part("One", TEXT * 2), part("Two", TEXT)], [])

    assert [p.number for section in sections for p in section.paragraphs] == [1, 2, 3]
