"""A file that cannot be read as a programme at all, or should not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.programme import ProgrammeErrors, load_programme, source
from moderator.programme.source import MAX_BYTES
from moderator.text import Words
from tests.data.programmes import SMALL, edited, refusal

NOT_A_PROGRAMME = (
    "a programme is made of fields such as “title: …”, each on a line of its own; "
    "this file is something else"
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "line 1: the file is empty"),
        (" \n\n", "line 1: the file is empty"),
        ("# nothing\n", "line 2: the file is empty"),
        ("- title\n- organ\n", f"line 1: {NOT_A_PROGRAMME}"),
        ("---\n", f"line 2: {NOT_A_PROGRAMME}"),
        ("Interactive dialogue", f"line 1: {NOT_A_PROGRAMME}"),
        ("title: A\n\torgan: B\n", "line 2: a tab stands here; indent with spaces"),
        ("persons:\n\tdiaz: x\n", "line 2: a tab stands here; indent with spaces"),
        (
            "title: Water: for all\n",
            "line 1: there is a colon too many here; "
            "put text that holds a colon in quotation marks",
        ),
        (
            "title: A\norgan\nplace: C\n",
            "line 3: a colon is missing here, or on the line above; it follows the name of a field",
        ),
        (
            "title: A\nrules:\n    grace: 0\n  warning: 1\n",
            "line 4: this does not stand under what it belongs to; "
            "fields of one kind are indented alike",
        ),
        (
            "title: A\n---\ntitle: B\n",
            "line 2: a second document begins here (“---”); a file holds one programme",
        ),
        ("title: A\n? [x, y]\n: z\n", "line 2: the name of a field is a single word"),
        ("title: A\norgan: !!str B\n", "line 2: a tag (“!”) stands here; leave it out"),
        (
            "title: !!python/object/apply:os.system [ls]\n",
            "line 1: a tag (“!”) stands here; leave it out",
        ),
        ("title: A\norgan: &o B\n", "line 2: an anchor (“&”) stands here; leave it out"),
        (
            "title: A\norgan: *o\n",
            "line 2: an alias (“*”) stands here; write out what it stands for",
        ),
        ("title: &t [*t]\n", "line 1: an anchor (“&”) stands here; leave it out"),
        ("title: [A\n", "line 2: this is not YAML: expected ',' or ']', but got '<stream end>'"),
        (
            'title: A\norgan: "\\U00110000"\n',
            "line 2: a sequence after “\\” stands here or below that means no character",
        ),
        (
            'title: A\norgan: "\\UFFFFFFFF"\n',
            "line 2: a sequence after “\\” stands here or below that means no character",
        ),
        ("title: A\norgan: \x07\n", "line 2: a character stands here that no text may hold"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(text: str, problem: str) -> None:
    assert refusal(text) == [problem]


def test_a_bomb_of_aliases_is_refused_where_it_begins() -> None:
    laughs = "a: &a [ha, ha]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )

    assert refusal(laughs) == ["line 1: an anchor (“&”) stands here; leave it out"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_lists_within_lists_without_end_are_refused(opening: str) -> None:
    assert len(refusal("title: " + opening * 300)) == 1
    assert len(refusal("title:\n  " + opening * 300)) == 1


def test_fields_within_fields_without_end_are_refused() -> None:
    deep = "\n".join(" " * depth + "a:" for depth in range(200))

    assert refusal(deep) == ["line 12: lists and fields stand within each other too deeply"]


def test_a_file_that_is_not_in_utf_8_is_refused() -> None:
    data = edited("title: Water for all", "title: Água").encode("latin-1")
    later = edited("place: Room XX", "place: Größe").encode("latin-1")

    words = "the file is not in UTF-8; save it again with the encoding UTF-8"
    assert refusal(data) == [f"line 1: {words}"]
    assert refusal(later) == [f"line 3: {words}"]
    assert refusal("title: \ud800") == [f"line 1: {words}"]


def test_a_file_over_a_megabyte_is_refused() -> None:
    assert refusal("#" * (MAX_BYTES + 1)) == [
        "line 1: the file is larger than 1 MB; a programme takes a few kilobytes"
    ]


def test_a_file_may_be_as_large_as_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", len(SMALL.encode()) + 1)

    assert load_programme(SMALL + "#") == load_programme(SMALL)


def test_a_file_with_no_end_of_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_EVENTS", 100)

    assert refusal("".join(f"k{n}: v\n" for n in range(100))) == [
        "line 50: the file goes on for longer than any programme"
    ]


LINES = SMALL.split("\n")
PIECES = sorted({*"{}[]:,-#&*!|>'\"%@`?~\n\t ", "- ", ": ", "null", "<<", "x", "\x00", "é", "م"})


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 1), st.integers(0, 30), st.sampled_from(["", *PIECES])
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_damaged_file_is_read_or_refused_with_lines_that_exist(
    damages: list[tuple[int, int, str]],
) -> None:
    lines = list(LINES)
    for line, column, piece in damages:
        written = lines[line]
        lines[line] = written[:column] + piece + written[column + (piece == "") :]
    text = "\n".join(lines)

    try:
        load_programme(text)
    except ProgrammeErrors as refused:
        problems = refused.problems
    else:
        return

    assert problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
    assert all(isinstance(problem.text, Words) for problem in problems)


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused_without_an_accident(data: bytes) -> None:
    assert refusal(data)
