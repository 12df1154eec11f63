"""A programme file that is wrong: every problem, with its line and its field, in plain words."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.programme import ProgrammeErrors, load_programme
from moderator.programme.source import MAX_BYTES, MAX_EVENTS

SMALL = (Path(__file__).parent / "data" / "small.yaml").read_text(encoding="utf-8")


def refusal(text: str | bytes) -> list[str]:
    with pytest.raises(ProgrammeErrors) as refused:
        load_programme(text)
    assert str(refused.value) == "\n".join(str(problem) for problem in refused.value.problems)
    return str(refused.value).split("\n")


def edited(old: str, new: str) -> str:
    assert SMALL.count(old) == 1, f"{old} stands once in the file"
    return SMALL.replace(old, new)


TEXTS = [
    (
        "title: Water for all",
        "title:",
        "line 1, title: nothing is written here",
    ),
    (
        "title: Water for all",
        'title: "  "',
        "line 1, title: nothing is written here",
    ),
    (
        "title: Water for all",
        "title: [Water, for, all]",
        "line 1, title: a list stands here; this takes words",
    ),
    (
        "title: Water for all",
        f"title: {'W' * 301}",
        "line 1, title: this has 301 characters; at most 300 fit",
    ),
    (
        "    name: Mr. Obi Okoro",
        f"    name: {'O' * 121}",
        "line 15, persons.okoro.name: this has 121 characters; at most 120 fit",
    ),
    (
        "      - Lakes",
        f"      - {'L' * 601}",
        "line 43, segments[1].themes[1]: this has 601 characters; at most 600 fit",
    ),
    (
        "title: Water for all",
        'title: "Water\\x07"',
        "line 1, title: U+0007 is a character that no text may hold",
    ),
    (
        "title: Water for all",
        'title: "Water \\u202ella rof"',
        "line 1, title: U+202E is a character that no text may hold",
    ),
    (
        "title: Water for all",
        'title: "\\ud800"',
        "line 1, title: U+D800 is a character that no text may hold",
    ),
    (
        "title: Water for all",
        "title:\n  ar: الماء للجميع",
        "line 1, title: the text in the original language (“en”) is missing",
    ),
    (
        "title: Water for all",
        "title:\n  en: Water for all\n  eng: Water for all",
        "line 3, title.eng: “eng” is not one of: ar, en, es, fr, ru, zh",
    ),
    (
        "title: Water for all",
        "title:\n  en: Water for all\n  ar:",
        "line 3, title.ar: nothing is written here",
    ),
]

FIELDS = [
    (
        "place: Room XX\n",
        "",
        "line 1: `place` is missing",
    ),
    (
        "place: Room XX\n",
        "place: Room XX\ntimezon: UTC\n",
        "line 4, timezon: no field here has this name; is it `timezone`?",
    ),
    (
        "place: Room XX\n",
        "place: Room XX\nxyzzy: 1\n",
        "line 4, xyzzy: no field here has this name",
    ),
    (
        "place: Room XX\n",
        "place: Room XX\nplace: Room XXI\n",
        "line 4, place: this stands here a second time (first on line 3)",
    ),
    (
        "place: Room XX\n",
        "place: Room XX\nplace: [Room XXI]\n",
        "line 4, place: this stands here a second time (first on line 3)",
    ),
    (
        "    name: Mr. Obi Okoro",
        "    title: Mr. Obi Okoro",
        "line 14, persons.okoro: `name` is missing",
    ),
    (
        "    name: Mr. Obi Okoro",
        "    name: Mr. Obi Okoro\n    name: Obi",
        "line 16, persons.okoro.name: this stands here a second time (first on line 15)",
    ),
    (
        "\n    name: Mr. Obi Okoro",
        " Mr. Obi Okoro",
        "line 14, persons.okoro: fields belong here, such as “name: …”",
    ),
    (
        "  okoro:",
        "  obi okoro: { name: Obi }\n  okoro:",
        "line 14, persons.obi okoro: “obi okoro” is no key; "
        "use up to 40 letters without accents, digits, - and _",
    ),
    (
        "date: 2026-11-23",
        "date: 23/11/2026",
        "line 4, date: “23/11/2026” is not a day; write it as 2012-04-03",
    ),
    (
        "date: 2026-11-23",
        "date: 2026-11-31",
        "line 4, date: “2026-11-31” is not a day; write it as 2012-04-03",
    ),
    (
        "date: 2026-11-23",
        "date: 1011-11-23",
        "line 4, date: “1011-11-23” is not between 1945 and 2199",
    ),
    (
        "timezone: Europe/Zurich",
        "timezone: Europe/Zuerich",
        "line 5, timezone: “Europe/Zuerich” is no time zone; "
        "write its place, such as America/New_York",
    ),
    (
        "timezone: Europe/Zurich",
        "timezone: Europe",
        "line 5, timezone: “Europe” is no time zone; write its place, such as America/New_York",
    ),
    (
        "timezone: Europe/Zurich",
        "timezone: ../../../etc/passwd",
        "line 5, timezone: “../../../etc/passwd” is no time zone; "
        "write its place, such as America/New_York",
    ),
    (
        "place: Room XX\n",
        "place: Room XX\noriginal: de\n",
        "line 4, original: “de” is not one of: ar, en, es, fr, ru, zh",
    ),
]

RULES = [
    (
        'national: "4:00"',
        "national: 4",
        "line 8, rules.limits.national: “4” is not a limit; "
        "write minutes and seconds, such as “3:00”",
    ),
    (
        'national: "4:00"',
        "national: 4:60",
        "line 8, rules.limits.national: “4:60” is not a limit; "
        "write minutes and seconds, such as “3:00”",
    ),
    (
        'national: "4:00"',
        "national: 0:00",
        "line 8, rules.limits.national: “0:00” is not a limit; "
        "write minutes and seconds, such as “3:00”",
    ),
    (
        'national: "4:00"',
        "national: 180:01",
        "line 8, rules.limits.national: “180:01” is not a limit; "
        "write minutes and seconds, such as “3:00”",
    ),
    (
        'group: "6:30"',
        "group:",
        "line 46, segments[1].rules.limits.group: nothing is written here",
    ),
    (
        'group: "6:30"',
        "groups: 6:30",
        "line 46, segments[1].rules.limits.groups: no field here has this name; is it `group`?",
    ),
    (
        "warning: 20",
        "warning: soon",
        "line 9, rules.warning: “soon” is not a short time; write seconds, such as “30”, or “0:30”",
    ),
    (
        "warning: 20",
        "warning: 601",
        "line 9, rules.warning: “601” is not a short time; write seconds, such as “30”, or “0:30”",
    ),
    (
        "warning: 20",
        "grace: -1",
        "line 9, rules.grace: “-1” is not a short time; write seconds, such as “30”, or “0:30”",
    ),
    (
        "start_after: by hand",
        "start_after: never",
        "line 35, segments[0].rules.start_after: “never” is neither a number of seconds "
        "nor “by hand”",
    ),
    (
        "enforcement: firm",
        "enforcement: strict",
        "line 34, segments[0].rules.enforcement: “strict” is not one of: automatic, firm, advisory",
    ),
    (
        '\n  limits:\n    national: "4:00"\n  warning: 20',
        " automatic",
        "line 6, rules: fields belong here, such as “name: …”",
    ),
]

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
        "    end: 12:00\n",
        "",
        "line 36, segments[1]: a segment has both `start` and `end`, or neither",
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


@pytest.mark.parametrize(
    ("old", "new", "problem"), TEXTS + FIELDS + RULES + BUREAU + DELEGATIONS + SEGMENTS
)
def test_a_mistake_is_told_with_its_line_and_its_field(old: str, new: str, problem: str) -> None:
    assert refusal(edited(old, new)) == [problem]


def test_what_a_message_quotes_fits_a_line_and_holds_no_signs_for_a_terminal() -> None:
    (problem,) = refusal(edited("date: 2026-11-23", f'date: "\\e[2J \\n{"9" * 1_000}"'))

    assert problem == (
        f"line 4, date: “\ufffd[2J {'9' * 54}…” is not a day; write it as 2012-04-03"
    )


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
    fits = (SMALL + "#" * MAX_BYTES)[:MAX_BYTES]

    assert load_programme(fits) == load_programme(SMALL)
    assert refusal(fits + "#") == [
        "line 1: the file is larger than 1 MB; a programme takes a few kilobytes"
    ]


def test_a_file_with_no_end_of_entries_is_refused() -> None:
    entries = "".join(f"k{n}: v\n" for n in range(MAX_EVENTS))

    (problem,) = refusal(entries)

    assert problem.endswith("the file goes on for longer than any programme")


LINES = SMALL.split("\n")
PIECES = sorted({*"{}[]:,-#&*!|>'\"%@`?~\n\t ", "- ", ": ", "null", "<<", "x", "\x00", "é", "م"})


@settings(deadline=None)
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


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_refused_without_an_accident(data: bytes) -> None:
    assert refusal(data)
