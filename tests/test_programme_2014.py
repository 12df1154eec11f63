"""The special event of 14 July 2014, held against the statement that tells of it."""

from pathlib import Path

import pytest

from moderator.core.terms import Category, SegmentKind, capacity_of
from moderator.programme import Programme, load_programme

ROOT = Path(__file__).parent.parent
FILE = ROOT / "moderator" / "data" / "programmes" / "2014-special-event.yaml"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(FILE.read_bytes())


def test_it_is_held_in_new_york_on_the_fourteenth_of_july_2014(programme: Programme) -> None:
    assert programme.title["en"] == (
        "Special high-level event devoted to the first observation of the World Day against "
        "Trafficking in Persons"
    )
    assert programme.place["en"] == "United Nations Headquarters, New York"
    assert f"{programme.day:%A %d %B %Y}" == "Monday 14 July 2014"
    assert programme.public is False


def test_statements_are_made_in_order_with_the_title_of_each_speaker(programme: Programme) -> None:
    (statements,) = programme.parts
    persons = {person.id: person for person in programme.persons}

    assert statements.kind is SegmentKind.STATEMENTS
    assert [(persons[one].name["en"], persons[one].title["en"]) for one in statements.speakers] == [
        (
            "Representative of the International Organization for Migration",
            "Chair of the Inter-Agency Coordination Group against Trafficking in Persons for 2014",
        )
    ]
    assert (statements.starts, statements.ends, statements.chairs) == (None, None, ())


def test_its_themes_are_the_three_areas_of_the_statement(programme: Programme) -> None:
    assert [theme.text["en"] for theme in programme.parts[0].themes] == [
        "The challenge of identification of vulnerable migrants",
        "The responsibility of the private sector",
        "The need for more effective prosecution",
    ]


def test_the_group_of_friends_is_a_group_of_states(programme: Programme) -> None:
    (friends,) = programme.groups

    assert friends.names["en"] == "Group of Friends United against Human Trafficking"
    assert capacity_of(Category.MEMBER_STATE, friends.code) == "group"


def test_the_coordination_group_speaks_for_itself(programme: Programme) -> None:
    entity = programme.by_code["ICAT"]

    assert entity.category is Category.UN_ENTITY
    assert sorted(entity.names) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert capacity_of(entity.category, programme.groups[0].code) is None
    assert programme.by_code["IOM"].category is Category.INTERGOVERNMENTAL
