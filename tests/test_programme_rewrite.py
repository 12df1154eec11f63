"""A programme file of another: some fields anew, the rest to the letter as it was."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.programme import load_programme
from moderator.programme.rewrite import with_fields
from tests.data.programmes import SMALL

FILES = sorted((Path(__file__).parent.parent / "moderator/data/programmes").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_day_and_title_are_replaced_and_nothing_else(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    other = with_fields(text, {"date": "2031-02-03", "title": "Another"})

    before, after = load_programme(text), load_programme(other)
    assert (f"{after.day}", after.title) == ("2031-02-03", {"en": "Another"})
    assert [part.title for part in after.parts] == [part.title for part in before.parts]
    assert after.delegations == before.delegations
    assert text.partition("\nplace:")[2].partition("\ndate:")[0] in other
    assert text.partition("\ntimezone:")[2] in other
    assert all(line in other for line in text.split("\n") if line.startswith("#"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: One\ndate: 1\n", 'title: "T"\ndate: 1\n'),
        ("date: 1\ntitle: One", 'date: 1\ntitle: "T"'),
        ("title: One  # a note\ndate: 1\n", 'title: "T"  # a note\ndate: 1\n'),
        ("title: >-\n  One\n  two\n\n# a note\ndate: 1\n", 'title: "T"\n\n# a note\ndate: 1\n'),
        ("title:\n  en: One\n  ar: Two\n# a note\ndate: 1\n", 'title:\n  "T"\n# a note\ndate: 1\n'),
        ("title: { en: One, ar: Two }  # both\n", 'title: "T"  # both\n'),
        ("{title: {en: [One]}, date: 1}", '{title: "T", date: 1}'),
        ("date: 1\npersons: {title: One}\n", "date: 1\npersons: {title: One}\n"),
        ("persons:\n  a:\n    title: One\n", "persons:\n  a:\n    title: One\n"),
    ],
)
def test_in_every_way_of_writing(text: str, expected: str) -> None:
    assert with_fields(text, {"title": "T"}) == expected


@settings(deadline=None, max_examples=60)
@given(
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: 0 < len(text) <= 300)
)
def test_any_title_is_read_as_it_was_given(title: str) -> None:
    assert load_programme(with_fields(SMALL, {"title": title})).title == {"en": title}
