"""A field of a programme file that is wrong by itself: its line, its path, and what is wrong."""

import pytest

from tests.data.programmes import edited, refusal

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
        "place: Room XX",
        "place: Room XX\npublic: perhaps",
        "line 4, public: “perhaps” is neither “true” nor “false”",
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

HOURS = [
    (
        "place: Room XX\n",
        "place: Room XX\ninterpretation_until: [13:00, noon]\n",
        "line 4, interpretation_until[1]: “noon” is not a time of day; write it as 10:00 or 17:45",
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
        "warning: 20",
        "round: 0",
        "line 9, rules.round: “0” is neither a number from 1 to 99 nor “none”",
    ),
    (
        "warning: 20",
        "round: few",
        "line 9, rules.round: “few” is neither a number from 1 to 99 nor “none”",
    ),
    (
        "warning: 20",
        "draw_window: soon",
        "line 9, rules.draw_window: “soon” is not a short time; "
        "write seconds, such as “30”, or “0:30”",
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


@pytest.mark.parametrize(("old", "new", "problem"), TEXTS + FIELDS + HOURS + RULES)
def test_a_mistake_is_told_with_its_line_and_its_field(old: str, new: str, problem: str) -> None:
    assert refusal(edited(old, new)) == [problem]


def test_what_a_message_quotes_fits_a_line_and_holds_no_signs_for_a_terminal() -> None:
    (problem,) = refusal(edited("date: 2026-11-23", f'date: "\\e[2J \\n{"9" * 1_000}"'))

    assert problem == (
        f"line 4, date: “\ufffd[2J {'9' * 54}…” is not a day; write it as 2012-04-03"
    )
