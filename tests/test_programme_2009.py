"""The side event of 13 May 2009, held against its announcements."""

from pathlib import Path

import pytest

from moderator.core.terms import Role, SegmentKind
from moderator.programme import Programme, load_programme
from moderator.programme.programme import local_time

ROOT = Path(__file__).parent.parent
FILE = ROOT / "moderator" / "data" / "programmes" / "2009-side-event.yaml"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(FILE.read_bytes())


def test_it_is_held_in_conference_room_7_at_a_quarter_past_one(programme: Programme) -> None:
    assert programme.title["en"] == (
        "Taking Collective Action to End Human Trafficking – the practitioners’ perspective"
    )
    assert programme.place["en"].startswith("Conference Room 7, ")
    assert f"{programme.day:%A %d %B %Y}" == "Wednesday 13 May 2009"
    assert f"{local_time(programme.starts, programme.timezone):%H:%M}" == "13:15"


def test_it_says_when_it_begins_and_not_when_it_ends(programme: Programme) -> None:
    assert [part.starts for part in programme.parts] == [programme.starts, None]
    assert [part.ends for part in programme.parts] == [None, None]


def test_it_is_open_to_the_public(programme: Programme) -> None:
    assert programme.public is True


def test_three_speakers_present_in_their_order(programme: Programme) -> None:
    presentations, discussion = programme.parts
    persons = {person.id: person for person in programme.persons}

    assert presentations.kind is SegmentKind.PANEL
    assert [
        (persons[one].name["en"], persons[one].title["en"]) for one in presentations.speakers
    ] == [
        (
            "Dr. Stefano Mogini",
            "Legal Advisor, Permanent Mission of Italy to the United Nations",
        ),
        ("Mr. Jonathan Martens", "Counter Trafficking Specialist, IOM Geneva"),
        (
            "Ms. Zohreh Tabatabai",
            "Director of Communication and Public Information, ILO Geneva",
        ),
    ]
    assert discussion.speakers == ()


def test_three_co_hosts_hold_it_side_by_side(programme: Programme) -> None:
    hosts = [member.name["en"] for member in programme.bureau if member.role is Role.CHAIR]

    assert hosts == [
        "Co-host: International Organization for Migration",
        "Co-host: International Labour Office",
        "Co-host: Permanent Mission of Italy to the United Nations",
    ]
    assert all(host.removeprefix("Co-host: ") in programme.organ["en"] for host in hosts)


def test_a_handful_of_delegations_is_enough(programme: Programme) -> None:
    assert [delegation.code for delegation in programme.delegations] == ["IT", "IOM", "ILO"]
