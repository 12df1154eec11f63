"""A programme that is changed in the browser: its fields, its ids, and the file they make."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator.core.model import Limits, Rules
from moderator.core.terms import Enforcement
from moderator.core.units import SECOND, Duration
from moderator.programme import load_programme
from moderator.programme.edit import with_ids, with_new_ids, with_rules, written
from moderator.programme.load import load_tree
from moderator.programme.source import ProgrammeErrors, read
from tests.data.programmes import SMALL

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINES = (
    st.text(LETTERS, min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda line: line and not TURNING & set(line))
)


def seconds(least: int, most: int):
    """Durations of whole seconds."""
    return st.integers(least, most).map(lambda count: Duration(count * SECOND))


def fields():
    return with_ids(read(SMALL).tree, load_programme(SMALL))


def test_fields_with_ids_make_the_same_programme():
    assert load_tree(fields()) == load_programme(SMALL)


def test_a_file_that_was_written_makes_the_same_programme():
    assert load_programme(written(fields())) == load_programme(SMALL)


@given(LINES)
def test_whatever_people_write_comes_back_as_they_wrote_it(line):
    tree = {**fields(), "title": {"en": line}, "place": line}

    loaded = load_programme(written(tree))

    assert loaded == load_tree(tree)
    assert loaded.title == {"en": line}
    assert loaded.place == {"en": line}


RULES = st.builds(
    Rules,
    limits=st.builds(
        Limits,
        **dict.fromkeys((one.name for one in dataclasses.fields(Limits)), seconds(1, 10_800)),
    ),
    enforcement=st.sampled_from(Enforcement),
    warning=seconds(0, 600),
    grace=seconds(0, 600),
    start_after=st.none() | seconds(0, 600),
    round=st.none() | st.integers(1, 99),
    draw_window=seconds(0, 600),
)


@given(RULES)
def test_rules_that_are_written_out_are_those_of_the_segment_and_of_no_other(rules):
    small = load_programme(SMALL)
    tree = with_rules(fields(), small.parts[1].id, rules)

    loaded = load_programme(written(tree))

    assert loaded.parts[1].rules == rules
    assert loaded.parts[0] == small.parts[0]


def test_ids_survive_whatever_comes_before():
    tree = fields()
    tree["persons"] = {"guest": {"name": "Ms. Guest"}, **tree["persons"]}
    before = {person.name["en"]: person.id for person in load_programme(SMALL).persons}

    after = {
        person.name["en"]: person.id for person in load_tree(with_new_ids(tree, ["p77"])).persons
    }

    assert after.pop("Ms. Guest") == "p78"
    assert after == before


def test_an_id_that_stands_twice_is_told():
    tree = fields()
    tree["segments"].append({**tree["segments"][0], "start": None, "end": None})

    with pytest.raises(ProgrammeErrors, match="stands here a second time"):
        load_tree(tree)


@pytest.mark.parametrize("id_", ["nigeria", "P1", "p", "1", "p1234567"])
def test_an_id_has_its_form_and_bears_no_name(id_):
    tree = fields()
    next(iter(tree["persons"].values()))["id"] = id_

    with pytest.raises(ProgrammeErrors, match="is no id"):
        load_tree(tree)
