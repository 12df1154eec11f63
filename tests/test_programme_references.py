"""What the fields of a programme file say together: persons, codes, bureau and times."""

import pytest

from tests.data.programmes import SMALL, edited, refusal

BUREAU = [
    (
        "  - { role: chair, person: diaz }",
        "  - { role: chair, person: diaz }\n  - { role: assistant, person: dias }",
        "line 18, bureau[1].person: nobody in `persons` has the key “dias”",
    ),
    (
        "  - { role: chair, person: diaz }",
        "  - { role: chair, person: diaz }\n  - { role: chair, person: diaz }",
        "line 18, bureau[1]: “diaz” has this role already",
    ),
    (
        "  - { role: chair, person: diaz }",
        "  - { role: chair, person: diaz, name: Ms. Diaz }",
        "line 17, bureau[0]: a member of the bureau has either a `person` or a `name`",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - { role: secretary }",
        "line 18, bureau[1]: a member of the bureau has either a `person` or a `name`",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - { role: delegation, name: Norway }",
        "line 18, bureau[1].role: “delegation” is not one of: "
        "chair, secretary, assistant, rapporteur",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - { role: secretary, name: }",
        "line 18, bureau[1]: a member of the bureau has either a `person` or a `name`",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - { role: chair, person: [diaz] }",
        "line 18, bureau[1].person: a list stands here; this takes words",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - { role: [secretary], name: Secretary }",
        "line 18, bureau[1].role: a list stands here; this takes words",
    ),
    (
        "  - { role: secretary, name: Secretary }",
        "  - Secretary",
        "line 18, bureau[1]: fields belong here, such as “name: …”",
    ),
    (
        "  - { role: chair, person: diaz }\n  - { role: secretary, name: Secretary }",
        "  - { role: chair, person: diaz }\n  - { role: chair, person: okoro, title: x }",
        "line 18, bureau[1].title: no field here has this name",
    ),
]

DELEGATIONS = [
    (
        "  - NG\n",
        "  - ZZ\n",
        "line 24, delegations[1]: “ZZ” is not the code of a delegation that is known; "
        "a delegation of your own needs `code`, `category` and `name`",
    ),
    (
        "  - NG\n",
        "  - PS\n",
        "line 24, delegations[1]: “PS” is listed already, by “observer-states”",
    ),
    (
        "  - NG\n",
        "  - NG\n  - all-member-states\n",
        "line 25, delegations[2]: “NG” is listed already, by “NG”",
    ),
    (
        "  - NG\n",
        "  - NG\n  - { code: WELLS, category: ngo, name: Wells }\n",
        "line 26, delegations[3]: “WELLS” is listed already, by “WELLS”",
    ),
    (
        "code: WELLS,",
        "code: BR,",
        "line 25, delegations[2].code: “BR” is known already; "
        "write the code alone, or choose another",
    ),
    (
        "code: WELLS,",
        "code: all-member-states,",
        "line 25, delegations[2].code: “all-member-states” is no code; "
        "use 2 to 16 of A–Z, 0–9 and -",
    ),
    (
        "code: WELLS,",
        "code: wells,",
        "line 25, delegations[2].code: “wells” is no code; use 2 to 16 of A–Z, 0–9 and -",
    ),
    (
        "code: WELLS, category: ngo,",
        "code: WELLS,",
        "line 25, delegations[2]: a delegation of your own needs a `category`",
    ),
    (
        "category: ngo, name: Wells without Borders",
        "category: ngo, name: ",
        "line 25, delegations[2]: a delegation of your own needs a `name`",
    ),
    (
        "category: ngo, name: Wells without Borders",
        "category: , name: Wells without Borders",
        "line 25, delegations[2]: a delegation of your own needs a `category`",
    ),
    (
        ", name: Wells without Borders",
        "",
        "line 25, delegations[2]: a delegation of your own needs a `name`",
    ),
    (
        "category: ngo",
        "category: club",
        "line 25, delegations[2].category: “club” is not one of: member-state, observer-state, "
        "observer-organization, un-entity, intergovernmental, ngo, private-sector, academia",
    ),
    (
        "category: ngo",
        "category: ngo, region: Mars",
        "line 25, delegations[2].region: “Mars” is not one of: AFR, APG, EEG, GRULAC, WEOG",
    ),
    (
        "{ code: WELLS, category: ngo, name: Wells without Borders }",
        "[WELLS]",
        "line 25, delegations[2]: fields belong here, such as “name: …”",
    ),
    (
        "  - observer-states\n  - NG\n"
        "  - { code: WELLS, category: ngo, name: Wells without Borders }",
        "  []",
        "line 22, delegations: at least one entry is needed here",
    ),
    (
        "  - G77\n",
        "  - G78\n",
        "line 20, groups[0]: “G78” is not the code of a group that is known; "
        "a group of your own needs `code` and `name`",
    ),
    (
        "  - G77\n",
        "  - G77\n  - G77\n",
        "line 21, groups[1]: “G77” is listed already",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: BASIN, name: Friends of the Basin, members: [NG, ZZ] }",
        "line 21, groups[1].members[1]: “ZZ” is not the code of a delegation",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: BASIN, name: Friends of the Basin, members: [NG, BR, NG] }",
        "line 21, groups[1].members[2]: “NG” is in this list already",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: EU, name: Friends of the Basin, members: [NG] }",
        "line 21, groups[1].code: “EU” is known already; write the code alone, or choose another",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: BASIN, members: [NG] }",
        "line 21, groups[1]: a group of your own needs a `name`",
    ),
    (
        "code: BASIN",
        "code: EU",
        "line 21, groups[1].code: “EU” is known already; write the code alone, or choose another",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: BASIN }",
        "line 21, groups[1]: a group of your own needs a `name`",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: BASIN, name: }",
        "line 21, groups[1]: a group of your own needs a `name`",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ code: [BASIN], name: Friends of the Basin }",
        "line 21, groups[1].code: a list stands here; this takes words",
    ),
    (
        "{ code: BASIN, name: Friends of the Basin }",
        "{ name: Friends of the Basin }",
        "line 21, groups[1]: `code` is missing",
    ),
]

SEGMENTS = [
    (
        "speakers: [okoro]",
        "speakers: [okoro, sorvino]",
        "line 32, segments[0].speakers[1]: nobody in `persons` has the key “sorvino”",
    ),
    (
        "speakers: [okoro]",
        "speakers: [okoro, okoro]",
        "line 32, segments[0].speakers[1]: “okoro” is in this list already",
    ),
    (
        "speakers: [okoro]",
        "speakers: okoro",
        "line 32, segments[0].speakers: a list belongs here: "
        "each entry on a line of its own, after “- ”",
    ),
    (
        "speakers: [okoro]",
        "speakers:",
        "line 32, segments[0].speakers: nothing is written here; fill the field in or leave it out",
    ),
    (
        "speakers: [okoro]",
        "speakers: [okoro, [diaz]]",
        "line 32, segments[0].speakers[1]: a list stands here; this takes words",
    ),
    (
        "    chairs: [diaz]\n    speakers",
        "    chairs: [diaz, { a: b }]\n    speakers",
        "line 31, segments[0].chairs[1]: a field with fields of its own stands here; "
        "this takes words",
    ),
    (
        "    chairs: [diaz]\n    speakers",
        "    chairs: [okoro]\n    speakers",
        "line 31, segments[0].chairs[0]: “okoro” is no chair in `bureau`, "
        "and would get no chair’s screen",
    ),
    (
        "kind: panel",
        "kind: debate",
        "line 36, segments[1].kind: “debate” is not one of: opening, panel, statements, closing",
    ),
    (
        "start: 10:00",
        "start: 10.00",
        "line 29, segments[0].start: “10.00” is not a time of day; write it as 10:00 or 17:45",
    ),
    (
        "end: 12:00",
        "end: 24:00",
        "line 39, segments[1].end: “24:00” is not a time of day; write it as 10:00 or 17:45",
    ),
    (
        "end: 12:00",
        "end: 10:30",
        "line 39, segments[1].end: 10:30 is not after the start, 10:30",
    ),
    (
        "end: 12:00",
        "end: 9:00",
        "line 39, segments[1].end: 09:00 is not after the start, 10:30",
    ),
    (
        "start: 10:30",
        "start: 10:29",
        "line 38, segments[1].start: 10:29 is before the end of segments[0], 10:30",
    ),
    (
        "    start: 10:30\n",
        "",
        "line 36, segments[1]: a segment that has an `end` has a `start`, too",
    ),
    (
        "    end: 10:30\n    chairs: [diaz]\n    speakers: [okoro]\n    rules:\n"
        "      enforcement: firm\n      start_after: by hand\n  - kind: panel\n"
        "    title: Panel\n    start: 10:30\n",
        "  - kind: panel\n    title: Panel\n    start: 9:59\n",
        "line 32, segments[1].start: 09:59 is before the start of segments[0], 10:00",
    ),
    (
        "  - kind: panel",
        "  - Panel\n  - kind: panel",
        "line 36, segments[1]: fields belong here, such as “name: …”",
    ),
    (
        "      - Rivers\n      - Lakes",
        "\n".join(f"      - River {n}" for n in range(31)),
        "line 41, segments[1].themes: this has 31 entries; at most 30 fit",
    ),
]


@pytest.mark.parametrize(("old", "new", "problem"), BUREAU + DELEGATIONS + SEGMENTS)
def test_a_mistake_is_told_with_its_line_and_its_field(old: str, new: str, problem: str) -> None:
    assert refusal(edited(old, new)) == [problem]


def test_somebody_must_be_able_to_open_the_dialogue() -> None:
    text = SMALL.replace("role: chair", "role: assistant").replace("    chairs: [diaz]\n", "")

    assert refusal(text.replace("role: secretary", "role: rapporteur")) == [
        "line 16, bureau: somebody must be chair or secretary, to open the dialogue"
    ]


def test_a_time_that_the_clocks_leave_out_is_refused() -> None:
    text = edited("date: 2026-11-23", "date: 2026-03-29").replace("start: 10:00", "start: 2:30")

    assert refusal(text) == [
        "line 29, segments[0].start: the clocks go forward on that day: there is no 02:30"
    ]


def test_a_day_that_the_calendar_of_a_place_leaves_out_is_refused() -> None:
    text = edited("date: 2026-11-23", "date: 2011-12-30").replace("Europe/Zurich", "Pacific/Apia")

    assert len(refusal(text)) == 4


def test_all_problems_are_told_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace("title: Water for all", "titel: Water")
    text = text.replace("warning: 20", "warning: x")
    text = text.replace("[okoro]", "[okoro, sorvino, okoro]").replace("start: 10:30", "start: 9:00")
    text = text.replace("- G77", "- G78").replace("kind: panel", "kind: x")

    assert refusal(text) == [
        "line 1: `title` is missing",
        "line 1, titel: no field here has this name; is it `title`?",
        "line 9, rules.warning: “x” is not a short time; write seconds, such as “30”, or “0:30”",
        "line 20, groups[0]: “G78” is not the code of a group that is known; "
        "a group of your own needs `code` and `name`",
        "line 32, segments[0].speakers[1]: nobody in `persons` has the key “sorvino”",
        "line 32, segments[0].speakers[2]: “okoro” is in this list already",
        "line 36, segments[1].kind: “x” is not one of: opening, panel, statements, closing",
        "line 38, segments[1].start: 09:00 is before the end of segments[0], 10:30",
    ]
