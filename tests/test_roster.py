"""Delegations and groups from the rows of a table: what is understood, and every problem."""

from typing import Any

import pytest

from moderator.core.terms import Category
from moderator.programme import load_programme, roster
from moderator.programme.catalogue import known_delegations, known_groups
from moderator.programme.form import CODE
from moderator.programme.roster import GroupRoster, Roster, RosterProblem
from tests.data.programmes import SMALL

PROGRAMME = load_programme(
    SMALL.replace("  - observer-states\n", "").replace(
        "  - NG\n", "  - NG\n  - { code: OXFAM, category: ngo, name: Oxfam }\n"
    )
)
FRENCH = load_programme(SMALL.replace("title:", "original: fr\ntitle:", 1))
TITLES = ("name", "category", "code", "region")
LONG = "a" * 121


def table(*rows: tuple[str, ...], titles: tuple[str, ...] = TITLES) -> list[roster.Row]:
    return [(line, row) for line, row in enumerate([titles, *rows], 1)]


def read(*rows: tuple[str, ...], titles: tuple[str, ...] = TITLES, **options: Any) -> Roster:
    programme = options.pop("programme", PROGRAMME)
    return roster.read_delegations(table(*rows, titles=titles), programme, **options)


def groups(*rows: tuple[str, ...]) -> GroupRoster:
    return roster.read_groups(table(*rows, titles=("group code", "name", "member code")), PROGRAMME)


def problems(found: Roster | GroupRoster) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.reason) for one in found.problems]


def only(*row: str) -> Any:
    """The one delegation that a row gives."""
    found = read(row)
    assert found.problems == ()
    (delegation,) = found.delegations
    return delegation


def test_a_row_becomes_a_delegation():
    found = only("World Bank", "un-entity", "BANK", "")

    assert roster.delegation_entry(found) == {
        "code": "BANK",
        "category": "un-entity",
        "name": {"en": "World Bank"},
    }


def test_the_code_of_a_state_says_all():
    for row in (("", "", "FR"), ("", "", "fr"), ("France", "member-state", "FR", "WEOG")):
        assert roster.delegation_entry(only(*row)) == "FR"


def test_a_state_is_known_by_its_name_in_any_language_and_spelling():
    assert only("cote d'ivoire", "Member State").code == "CI"
    assert only("United  States of America", "member-states").code == "US"
    assert only("Holy See", "Observer State").code == "VA"
    assert only("European Union", "observer organization").code == "EU"


@pytest.mark.parametrize("category", Category)
def test_categories_are_written_as_codes_or_in_words(category):
    name = {"member-state": "Chad", "observer-state": "Holy See"}.get(category, "Someone")

    assert only(name, category.value).category is category
    assert only(name, category.value.replace("-", " ").title()).category is category


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("Non-governmental organization", "ngo"),
        ("UN entity", "un-entity"),
        ("IGO", "intergovernmental"),
        ("Private sector", "private-sector"),
        ("University", "academia"),
    ],
)
def test_categories_have_english_words(words, category):
    assert only("Someone", words).category == category


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("AFR", "AFR"),
        ("Asia-Pacific", "APG"),
        ("Group of Eastern European States", "EEG"),
        ("", None),
    ],
)
def test_regions_are_written_as_codes_or_in_words(words, region):
    assert only("Someone", "ngo", "", words).region == region


def test_titles_come_in_any_order_and_case_and_others_are_ignored():
    found = read(
        ("+41 22", "ngo", "العون", "Aid", "Aide"),
        titles=("Phone", "CATEGORY", "Name (ar)", "Name of delegation", "French name"),
    )

    assert found.ignored == ("Phone",)
    assert dict(found.delegations[0].names) == {"en": "Aid", "fr": "Aide", "ar": "العون"}


def test_a_title_may_stand_above_the_table():
    rows = [(1, ("List of participants",)), (3, ("name", "category")), (4, ("Aid", "ngo"))]

    assert [one.code for one in roster.read_delegations(rows, PROGRAMME).delegations] == ["AID"]


def test_names_are_in_the_language_of_the_programme():
    assert dict(read(("Aide", "ngo"), programme=FRENCH).delegations[0].names) == {"fr": "Aide"}
    english = read(("Aid", "ngo"), titles=("name_en", "category"), programme=FRENCH)
    assert problems(english) == [(1, 1, "no-titles")]


@pytest.mark.parametrize("cell", ["=1+1", "+41", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_a_spreadsheet_would_run_is_text(cell):
    assert only(cell, "ngo").names["en"] == cell


PROBLEMS = [
    (("", "ngo"), 1, "name-missing"),
    (("", "", ""), 1, "name-missing"),
    (("Aid", ""), 2, "category-missing"),
    (("Aid", "club"), 2, "category-unknown"),
    (("Aid", "ngo", "", "Atlantic"), 4, "region-unknown"),
    (("Atlantis", "Member State"), 1, "state-unknown"),
    (("Atlantis", "observer-state", "ATL"), 1, "state-unknown"),
    (("Aid", "ngo", "A!"), 3, "code-malformed"),
    (("Aid", "ngo", "A"), 3, "code-malformed"),
    (("Aid", "ngo", "A" * 17), 3, "code-malformed"),
    (("Germany", "member-state", "FR"), 1, "code-of-other"),
    (("France", "ngo", "FR"), 2, "category-differs"),
    (("France", "member-state", "FR", "AFR"), 4, "region-differs"),
    (("France", "ngo"), 2, "name-of-state"),
    (("فرنسا", "ngo"), 2, "name-of-state"),
    (("France", "member-state", "FRA"), 3, "code-differs"),
    (("Nigeria", "member-state"), 1, "already-there"),
    (("", "", "NG"), 3, "already-there"),
    (("OXFAM", "ngo"), 1, "already-there"),
    (("Another", "ngo", "OXFAM"), 1, "already-there"),
    ((LONG, "ngo"), 1, "name-too-long"),
    (("Aid\x07", "ngo"), 1, "strange-letter"),
    (("Aid\u202egnp", "ngo"), 1, "strange-letter"),
    (("Aid\u2066", "ngo"), 1, "strange-letter"),
    (("Aid", "ngo", "", "", "more"), 5, "too-many-cells"),
]


@pytest.mark.parametrize(("row", "column", "reason"), PROBLEMS)
def test_a_problem_is_told_with_its_place_and_nothing_is_taken(row, column, reason):
    found = read(("World Bank", "un-entity"), row, ("Amnesty", "ngo"))

    assert (3, column, reason) in problems(found)
    assert found.delegations == ()


def test_every_problem_of_a_table_is_told():
    found = read(("", "club"), ("Aid", "ngo"), ("Aid", "ngo"), ("France", "ngo", "", "x"))

    assert problems(found) == [
        (2, 1, "name-missing"),
        (2, 2, "category-unknown"),
        (4, 1, "twice-in-file"),
        (5, 2, "name-of-state"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("World Bank", "un-entity"), ("WORLD  BANK", "un-entity")),
        (("World Bank", "un-entity", "WB-1"), ("Bank of the World", "un-entity", "wb-1")),
        (("", "", "FR"), ("France", "member-state")),
    ],
)
def test_a_delegation_stands_once_in_a_file(first, second):
    (problem,) = read(first, second).problems

    assert (problem.line, problem.reason, problem.words) == (3, "twice-in-file", {"first": 2})


def test_what_is_meant_is_said():
    (problem,) = read(("Bolivia", "member-state")).problems
    assert problem.words == {"name": "Bolivia", "near": "Bolivia (Plurinational State of)"}
    (problem,) = read(("Portugall", "member-state")).problems
    assert problem.words["near"] == "Portugal"


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("phone", "fax"), [(1, 1, "no-titles")]),
        (("name", "Name", "category"), [(1, 2, "title-twice")]),
        (("name", "country", "category"), [(1, 2, "title-twice")]),
        (("name",), [(2, 1, "category-missing")]),
    ],
)
def test_titles_that_do_not_say_what_is_below(titles, expected):
    row = ("Aid", "Aid", "ngo")[: len(titles)]
    assert problems(read(row, titles=titles)) == expected


def test_cells_without_a_value_are_problems_where_they_matter():
    found = read(
        ("", "ngo", "", "", "x"),
        titles=("name", "category", "code", "region", "phone"),
        without_value={(2, 1): "formula", (2, 5): "formula"},
    )

    assert problems(found) == [(2, 1, "formula")]


# Codes


def made(*names: str) -> dict[str, str]:
    found = read(*((name, "ngo") for name in names))
    assert found.problems == ()
    return {one.names["en"]: one.code for one in found.delegations}


def test_codes_are_made_of_names():
    codes = made(
        "International Committee of the Red Cross",
        "International Labour Organization (ILO)",
        "UNICEF",
        "Amnesty International",
        "3M",
    )

    assert list(codes.values()) == ["ICRC", "ILO", "UNICEF", "AMNINT", "D3M"]


def test_codes_are_short_unique_and_no_state_s():
    names = [
        "Free Rivers",
        "Freedom Riverside",
        "FR",
        "Freie Rivers",
        "红十字",
        "水",
        "Ö",
        "Nord Grün",
        "of the",
    ]
    codes = list(made(*names).values())

    assert len(set(codes)) == len(names)
    assert all(CODE.fullmatch(code) and len(code) > 2 for code in codes)
    assert not set(codes) & (set(known_delegations()) | set(PROGRAMME.by_code))


def test_codes_are_the_same_in_any_order_and_whoever_else_comes():
    names = ["Free Rivers", "Freedom Riverside", "World Bank"]

    assert made(*names) == made(*reversed(names))
    assert made("World Bank")["World Bank"] == made(*names)["World Bank"]


def test_a_code_that_is_written_is_kept_and_none_is_made_like_it():
    found = read(("Somebody", "ngo", "UNICEF"), ("UNICEF", "un-entity"))

    assert found.delegations[0].code == "UNICEF"
    assert found.delegations[1].code.startswith("UNICEF-")


# Bounds


def test_a_programme_holds_a_thousand_delegations():
    room = 1_000 - len(PROGRAMME.delegations)
    rows = [(f"Organization {number}", "ngo") for number in range(room + 1)]

    assert len(read(*rows[:-1]).delegations) == room
    assert problems(read(*rows)) == [(room + 2, 1, "too-many-delegations")]


@pytest.mark.parametrize("name", ["Organization {}", "Atlantis {}"])
def test_the_hall_goes_on_while_ten_thousand_rows_are_read(name):
    category = "ngo" if name.startswith("O") else "member-state"
    rows = table(*((name.format(number), category) for number in range(10_000)))
    rested = []

    found = roster.read_delegations(rows, PROGRAMME, {}, lambda: rested.append(1))

    assert found.problems
    assert len(rested) == 100


# Groups


def test_groups_come_with_their_members():
    found = groups(
        ("RIVERS", "Friends of the Rivers", "FR"),
        ("rivers", "", "Chad"),
        ("G77", "", "NG"),
        ("RIVERS", "Friends of the Rivers", "OXFAM"),
        ("SIDS", "", ""),
    )

    assert found.problems == ()
    assert [roster.group_entry(group) for group in found.groups] == [
        {
            "code": "RIVERS",
            "name": {"en": "Friends of the Rivers"},
            "members": ["FR", "TD", "OXFAM"],
        },
        {"code": "G77", "members": ["NG"]},
        {"code": "SIDS", "name": {"en": "SIDS"}} if "SIDS" not in known_groups() else "SIDS",
    ]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (("", "Friends", "FR"), 1, "group-missing"),
        (("A!", "Friends", "FR"), 1, "code-malformed"),
        (("RIVERS", "", "FR"), 1, "group-name-missing"),
        (("G77", "Friends", "FR"), 2, "group-name-differs"),
        (("LAKES", "Other lakes", "FR"), 2, "group-name-differs"),
        (("LAKES", "", "ZZ"), 3, "member-unknown"),
        (("LAKES", "", "TD"), 3, "member-twice"),
        (("RIVERS", LONG, "FR"), 2, "name-too-long"),
        (("RIVERS", "A\u202e", "FR"), 2, "strange-letter"),
        (("RIVERS", "A", "FR", "x"), 4, "too-many-cells"),
    ],
)
def test_a_problem_of_a_group_is_told_with_its_place(row, column, reason):
    found = groups(("LAKES", "Friends of the Lakes", "TD"), row)

    assert (3, column, reason) in problems(found)
    assert found.groups == ()


def test_a_programme_holds_a_hundred_groups():
    rows = [(f"GROUP-{number}", f"Group {number}", "FR") for number in range(99)]

    assert len(groups(*rows[:98]).groups) == 98
    assert problems(groups(*rows)) == [(100, 1, "too-many-groups")]


def test_every_reason_is_tested():
    tested = {reason for *_, reason in PROBLEMS} | {
        *("no-titles", "title-twice", "twice-in-file", "too-many-delegations", "formula"),
        *("group-missing", "group-name-missing", "group-name-differs", "member-unknown"),
        *("member-twice", "too-many-groups", "error-value", "merged-cells"),
    }

    assert tested == roster.REASONS
    assert RosterProblem(1, 1, "formula").words == {}
