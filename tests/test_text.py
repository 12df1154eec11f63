"""What no text may hold, and what happens to white space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.text import Words, line, paragraphs, strange_letter

STRANGE = ("\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800", "\ue000", "\uffff")


@pytest.mark.parametrize("letter", STRANGE)
def test_a_strange_letter_is_found_and_named(letter: str) -> None:
    text = f"Côte d’Ivoire {letter} speaks"

    assert strange_letter(text) == letter
    for read in (line, paragraphs):
        with pytest.raises(ValueError, match=f"U\\+{ord(letter):04X}"):
            read(text)


@pytest.mark.parametrize(
    "text",
    ["plain", "Côte d’Ivoire", "كوت ديفوار", "می\u200cشود", "left\u200fright\u200e", "a\tb\nc"],
)
def test_what_languages_need_is_no_strange_letter(text: str) -> None:
    assert strange_letter(text) is None


def test_white_space_is_closed_up_in_a_line_and_kept_in_paragraphs() -> None:
    written = "  One\u00a0thing,\n\n and  another.\t"

    assert line(written) == "One thing, and another."
    assert paragraphs(written) == "One\u00a0thing,\n\n and  another."


@pytest.mark.parametrize("read", [line, paragraphs])
@pytest.mark.parametrize("empty", ["", "  ", "\n\t\u00a0"])
def test_nothing_is_no_text(read, empty: str) -> None:
    with pytest.raises(ValueError, match="nothing is written"):
        read(empty)


@given(st.text())
def test_what_was_read_once_is_read_the_same_again(text: str) -> None:
    try:
        read = line(text)
    except ValueError:
        return
    assert line(read) == paragraphs(read) == read


def test_words_are_english_and_keep_what_another_language_needs() -> None:
    words = Words("this has %(count)s entries; at most %(most)s fit", count=3, most="100 %")

    assert words == "this has 3 entries; at most 100 % fit"
    assert words.template == "this has %(count)s entries; at most %(most)s fit"
    assert words.values == {"count": 3, "most": "100 %"}
