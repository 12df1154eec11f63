"""The thematic debate of 3 June 2008, held against its background paper."""

from pathlib import Path

import pytest

from moderator.core.terms import Category, Role, SegmentKind
from moderator.programme import Programme, load_programme

ROOT = Path(__file__).parent.parent
FILE = ROOT / "moderator" / "data" / "programmes" / "2008-thematic-debate.yaml"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(FILE.read_bytes())


def test_it_is_held_in_new_york_on_the_third_of_june_2008(programme: Programme) -> None:
    assert programme.title["en"] == "General Assembly thematic debate on human trafficking"
    assert programme.place["en"] == "United Nations Headquarters, New York"
    assert programme.organ["en"] == "General Assembly of the United Nations"
    assert f"{programme.day:%A %d %B %Y}" == "Tuesday 03 June 2008"
    assert programme.timezone == "America/New_York"
    assert programme.public is False


def test_it_has_a_panel_in_the_morning_and_one_in_the_afternoon(programme: Programme) -> None:
    assert [(part.kind, part.title["en"]) for part in programme.parts] == [
        (
            SegmentKind.PANEL,
            "Morning panel: Enhancing multilateral cooperation to prevent trafficking in persons",
        ),
        (
            SegmentKind.PANEL,
            "Afternoon panel: Protecting victims of trafficking and cross-border cooperation in "
            "prosecuting traffickers in persons",
        ),
    ]


def test_its_themes_are_the_three_ps(programme: Programme) -> None:
    morning, afternoon = (
        [theme.text["en"].split(":")[0] for theme in part.themes] for part in programme.parts
    )

    assert set(morning) == {"Prevention"}
    assert set(afternoon) == {"Protection", "Prosecution", "Protection and prosecution"}


def test_what_the_paper_does_not_say_is_left_out(programme: Programme) -> None:
    assert programme.persons == ()
    for part in programme.parts:
        assert (part.starts, part.ends, part.chairs, part.speakers) == (None, None, (), ())
    (chair,) = (member for member in programme.bureau if member.role is Role.CHAIR)
    assert chair.name["en"] == "President of the General Assembly"


def test_states_and_the_partners_of_the_paper_may_ask_for_the_floor(programme: Programme) -> None:
    categories = [delegation.category for delegation in programme.delegations]

    assert categories.count(Category.MEMBER_STATE) == 193
    assert {
        delegation.code
        for delegation in programme.delegations
        if delegation.category in (Category.UN_ENTITY, Category.INTERGOVERNMENTAL)
    } == {"UNODC", "OHCHR", "UNICEF", "ILO", "IOM", "OSCE", "COE"}
