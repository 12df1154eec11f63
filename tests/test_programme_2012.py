"""The dialogue of 3 April 2012, held against its announcement."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from moderator.core.terms import Category, Enforcement, Role, SegmentKind
from moderator.core.units import MINUTE
from moderator.programme import Part, Programme, load_programme
from moderator.programme.languages import LANGUAGES
from moderator.programme.programme import local_time

ROOT = Path(__file__).parent.parent
FILE = ROOT / "moderator" / "data" / "programmes" / "2012-trafficking.yaml"
NOT_STATES = {
    "EU": Category.OBSERVER_ORGANIZATION,
    "UNODC": Category.UN_ENTITY,
    "UN-WOMEN": Category.UN_ENTITY,
    "UNICEF": Category.UN_ENTITY,
    "OHCHR": Category.UN_ENTITY,
    "ILO": Category.UN_ENTITY,
    "IOM": Category.INTERGOVERNMENTAL,
    "OSCE": Category.INTERGOVERNMENTAL,
    "COE": Category.INTERGOVERNMENTAL,
    "VITAL-VOICES": Category.NGO,
    "EHTN": Category.NGO,
    "SOMALY-MAM": Category.NGO,
    "TRONIE": Category.NGO,
    "QFCHT": Category.NGO,
    "MANPOWER": Category.PRIVATE_SECTOR,
    "DEPAUL": Category.ACADEMIA,
}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(FILE.read_bytes())


@pytest.fixture(scope="module")
def parts(programme: Programme) -> tuple[Part, ...]:
    return programme.parts


def names(programme: Programme, ids: tuple[str, ...]) -> list[str]:
    by_id = {person.id: person for person in programme.persons}
    return [f"{by_id[one].name['en']}, {by_id[one].title['en']}" for one in ids]


def themes(part: Part) -> list[str]:
    return [theme.text["en"] for theme in part.themes]


def test_it_is_held_in_new_york_on_the_third_of_april_2012(programme: Programme) -> None:
    times = [
        tuple(f"{local_time(at, programme.timezone):%H:%M}" for at in (part.starts, part.ends))
        for part in programme.parts
        if part.starts is not None and part.ends is not None
    ]

    assert programme.place["en"] == (
        "Conference Room 2 (NLB), United Nations Headquarters, New York"
    )
    assert f"{programme.day:%A %d %B %Y}" == "Tuesday 03 April 2012"
    assert ZoneInfo(programme.timezone) == ZoneInfo("America/New_York")
    assert programme.document("en")["utc_offset"] == -240
    assert times == [
        ("10:00", "11:00"),
        ("11:00", "13:00"),
        ("15:00", "17:45"),
        ("17:45", "18:00"),
    ]


def test_it_has_an_opening_two_panels_and_a_closing(parts: tuple[Part, ...]) -> None:
    assert [(part.kind, part.title["en"]) for part in parts] == [
        (SegmentKind.OPENING, "Opening remarks"),
        (
            SegmentKind.PANEL,
            "Interactive Panel Discussion I: "
            "Protecting the Victims of Trafficking: Partnerships and Innovation",
        ),
        (
            SegmentKind.PANEL,
            "Interactive Panel Discussion II: Assistance to the Victims of Trafficking: "
            "the Role of Governments, International Organizations, Private Sector and "
            "Civil Society",
        ),
        (SegmentKind.CLOSING, "Closing remarks"),
    ]


def test_five_speakers_open_it(programme: Programme) -> None:
    assert names(programme, programme.parts[0].speakers) == [
        "H.E. Mr. Nassir Abdulaziz Al-Nasser, President of the General Assembly",
        "H.E. Mr. Ban Ki-moon, Secretary-General",
        "H.E. Mr. Milos Koterec, President of ECOSOC",
        "Mr. Yury Fedotov, Under-Secretary-General, Executive Director of UNODC",
        "Ms. Mira Sorvino, UN Goodwill Ambassador against Human Trafficking",
    ]


def test_the_first_panel_has_its_co_chairs_panellists_and_themes(programme: Programme) -> None:
    panel = programme.parts[1]

    assert names(programme, panel.chairs) == [
        "H.E. Mr. Libran N. Cabactulan, Permanent Representative of the Republic of the "
        "Philippines to the United Nations",
        "H.E. Mr. Jose Filipe Morales Cabral, Permanent Representative of Portugal to the "
        "United Nations",
    ]
    assert names(programme, panel.speakers) == [
        "Ms. Michelle Bachelet, UN Under-Secretary General, Executive Director of UN Women",
        "Ms. Alyse Nelson, President of Vital Voices Global Partnership",
        "Mr. M. Cherif Bassiouni, Professor of Law Emeritus, DePaul University College of Law",
        "Mr. David Arkless, President of the Board, EHTN and President of the Government and "
        "Corporate Affairs, Manpower Group",
        "Ms. Somaly Mam, Co-Founder & President, Somaly Mam Foundation",
    ]
    assert themes(panel) == [
        "Enhancing political will and commitment to prevent and combat trafficking in persons",
        "Strengthening international efforts and collective action by the Member States and "
        "other stakeholders, including regional and international organizations, NGOs, the "
        "private sector and media",
        "Cooperation between governments, private sector and civil society to curb the demand "
        "for trafficked victims",
    ]


def test_the_second_panel_has_its_co_chairs_panellists_and_themes(programme: Programme) -> None:
    panel = programme.parts[2]

    assert names(programme, panel.chairs) == [
        "H.E. Mr. Antonio Pedro Monteiro Lima, Permanent Representative of the Republic of "
        "Cape Verde to the United Nations",
        "H.E. Ms. Sylvie Lucas, Permanent Representative of Luxembourg to the United Nations",
    ]
    assert names(programme, panel.speakers) == [
        "Dr. Aleya Hammad, Chair of the Board of Directors, UN Voluntary Trust Fund for "
        "Victims of Trafficking in Persons",
        "Mr. William Lacy Swing, Director-General, IOM",
        "Ms. Rani Hong, Founder, Tronie Foundation",
        "Ms. Maryam Al-Malki, Director-General of Qatar Foundation for Combating Human Trafficking",
        "Dr. Joy Ngozi Ezeilo, Special Rapporteur on trafficking in persons, especially in "
        "women and children",
    ]
    assert themes(panel) == [
        "Factors and vulnerability to trafficking",
        "Human rights measures that contribute to more effective treatment of victims",
        "Role of governments, international organizations and civil society in providing "
        "victims of trafficking with access to effective and appropriate remedies",
        "Assistance and support to trafficked children",
        "UN Trust Fund for victims of trafficking: achievements and perspectives",
    ]


def test_the_president_of_the_assembly_closes_it(programme: Programme) -> None:
    closing = programme.parts[3]

    assert closing.speakers == closing.chairs == programme.parts[0].speakers[:1]
    assert closing.themes == ()


def test_the_panels_keep_to_three_minutes_by_themselves(parts: tuple[Part, ...]) -> None:
    for panel in parts[1:3]:
        assert panel.rules.enforcement is Enforcement.AUTOMATIC
        assert panel.rules.limits.national == 3 * MINUTE
        assert panel.rules.limits.observer == 3 * MINUTE
        assert panel.rules.limits.stakeholder == 3 * MINUTE
        assert panel.rules.limits.group == 5 * MINUTE
        assert panel.rules.limits.panellist == 7 * MINUTE


def test_opening_and_closing_remarks_are_not_cut_off(parts: tuple[Part, ...]) -> None:
    for part in (parts[0], parts[3]):
        assert part.rules.enforcement is Enforcement.ADVISORY
        assert part.rules.limits.panellist == 10 * MINUTE
        assert part.starts is not None
        assert part.ends is not None
        assert len(part.speakers) * part.rules.limits.panellist <= part.ends - part.starts


def test_the_bureau_has_five_chairs_and_one_of_each_other_role(programme: Programme) -> None:
    chairing = {chair for part in programme.parts for chair in part.chairs}

    assert {member.subject for member in programme.bureau if member.role is Role.CHAIR} == chairing
    assert len(chairing) == 5
    assert [member.key for member in programme.bureau if member.role is not Role.CHAIR] == [
        "secretary/s1",
        "assistant/a1",
        "rapporteur/r1",
    ]


def test_all_states_and_the_organizations_of_the_announcement_may_ask_for_the_floor(
    programme: Programme,
) -> None:
    categories = [delegation.category for delegation in programme.delegations]

    assert categories.count(Category.MEMBER_STATE) == 193
    assert categories.count(Category.OBSERVER_STATE) == 2
    assert {
        delegation.code: delegation.category
        for delegation in programme.delegations
        if delegation.category not in (Category.MEMBER_STATE, Category.OBSERVER_STATE)
    } == NOT_STATES


def test_everything_that_is_shown_stands_in_english_and_in_arabic(programme: Programme) -> None:
    texts = [programme.title, programme.organ, programme.place]
    texts += [part.title for part in programme.parts]
    texts += [theme.text for part in programme.parts for theme in part.themes]
    texts += [text for person in programme.persons for text in (person.name, person.title)]
    texts += [member.name for member in programme.bureau]
    texts += [group.names for group in programme.groups]

    for text in texts:
        assert re.search("[a-z]", text["en"])
        assert re.search("[\u0620-\u064a]", text["ar"])


def test_organizations_of_the_united_nations_are_named_in_six_languages(
    programme: Programme,
) -> None:
    for delegation in programme.delegations:
        if delegation.category in (Category.UN_ENTITY, Category.INTERGOVERNMENTAL):
            assert sorted(delegation.names) == ["ar", "en", "es", "fr", "ru", "zh"]


def test_no_name_of_a_person_is_in_what_the_log_gets(programme: Programme) -> None:
    logged = str(programme.segments()) + "".join(member.key for member in programme.bureau)
    words = {
        word.lower()
        for person in programme.persons
        for word in re.findall(r"\w{3,}", person.name["en"])
    }

    assert len(words) > 40
    assert not {word for word in words if re.search(rf"\b{word}\b", logged.lower())}


def test_every_text_but_the_names_of_firms_is_in_the_six_languages(programme: Programme) -> None:
    texts = [programme.title, programme.organ, programme.place]
    texts += [text for person in programme.persons for text in (person.name, person.title)]
    texts += [member.name for member in programme.bureau]
    for part in programme.parts:
        texts += [part.title, *(theme.text for theme in part.themes)]

    assert [text["en"] for text in texts if set(text) != set(LANGUAGES)] == []
