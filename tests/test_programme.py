"""A programme file that is right: what is made of it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator.core.model import Limits, Rules, Segment
from moderator.core.terms import Category, Enforcement, Role, SegmentKind
from moderator.core.units import MINUTE, SECOND, Duration, Instant
from moderator.programme import Programme, load_programme
from moderator.programme.languages import LANGUAGES
from tests.data.programmes import SMALL, loaded

HOUR = 60 * MINUTE
TEN_O_CLOCK = Instant(1_795_424_400_000)  # 23 November 2026, 10:00 in Zurich, 09:00 UTC


def small() -> Programme:
    return load_programme(SMALL)


def test_persons_segments_and_themes_are_numbered_in_the_order_of_the_file() -> None:
    programme = small()

    assert [person.id for person in programme.persons] == ["p01", "p02"]
    assert [part.id for part in programme.parts] == ["s1", "s2"]
    assert [theme.id for part in programme.parts for theme in part.themes] == ["t1", "t2"]
    assert [part.chairs for part in programme.parts] == [("p01",), ("p01",)]
    assert [part.speakers for part in programme.parts] == [("p02",), ()]


def test_themes_are_numbered_through_all_segments() -> None:
    programme = loaded("    speakers: [okoro]\n", "    speakers: [okoro]\n    themes: [Rain]\n")

    assert [[theme.id for theme in part.themes] for part in programme.parts] == [
        ["t1"],
        ["t2", "t3"],
    ]


def test_the_bureau_is_named_by_role_and_person_or_number() -> None:
    programme = loaded(
        "  - { role: secretary, name: Secretary }\n",
        "  - { role: secretary, name: Secretary }\n"
        "  - { role: secretary, name: Deputy }\n"
        "  - { role: rapporteur, person: okoro }\n"
        "  - { role: chair, name: Moderator }\n",
    )

    assert {member.key: member.name["en"] for member in programme.bureau} == {
        "chair/p01": "Ms. Ana Diaz",
        "secretary/s1": "Secretary",
        "secretary/s2": "Deputy",
        "rapporteur/p02": "Mr. Obi Okoro",
        "chair/c1": "Moderator",
    }
    assert programme.bureau[0].role is Role.CHAIR


def test_no_name_goes_into_the_log() -> None:
    programme = small()

    logged = str(programme.segments()) + "".join(member.key for member in programme.bureau)

    for name in ("diaz", "okoro", "ana", "obi", "secretary room"):
        assert name not in logged.lower()


def test_a_segment_takes_the_rules_of_the_dialogue_except_for_its_own() -> None:
    opening, panel = small().segments()

    limits = Limits(national=Duration(4 * MINUTE))
    assert opening.rules == Rules(
        limits=limits,
        enforcement=Enforcement.FIRM,
        warning=Duration(20 * SECOND),
        start_after=None,
    )
    assert panel.rules == Rules(
        limits=Limits(national=Duration(4 * MINUTE), group=Duration(6 * MINUTE + 30 * SECOND)),
        warning=Duration(20 * SECOND),
    )


def test_every_rule_can_be_set() -> None:
    programme = loaded(
        '  limits:\n    national: "4:00"\n  warning: 20\n',
        "  limits: { national: 0:01, group: 0:02, observer: 0:03, stakeholder: 0:04,\n"
        "            panellist: 0:05, again: 0:06, reply: 180:00 }\n"
        "  enforcement: advisory\n"
        "  warning: 1:00\n"
        "  grace: 15\n"
        "  start_after: 0\n",
    )

    assert programme.segments()[1].rules == Rules(
        limits=Limits(
            national=SECOND,
            group=Duration(6 * MINUTE + 30 * SECOND),
            observer=Duration(3 * SECOND),
            stakeholder=Duration(4 * SECOND),
            panellist=Duration(5 * SECOND),
            again=Duration(6 * SECOND),
            reply=Duration(180 * MINUTE),
        ),
        enforcement=Enforcement.ADVISORY,
        warning=MINUTE,
        grace=Duration(15 * SECOND),
        start_after=Duration(0),
    )


def test_without_rules_the_usual_ones_hold() -> None:
    programme = loaded('rules:\n  limits:\n    national: "4:00"\n  warning: 20\n', "")

    assert programme.parts[1].rules.limits.national == 3 * MINUTE
    assert programme.parts[1].rules.enforcement is Enforcement.AUTOMATIC


def test_delegations_are_named_together_one_by_one_or_are_of_ones_own() -> None:
    holy_see, palestine, nigeria, wells = small().delegations

    assert (holy_see.code, palestine.code) == ("VA", "PS")
    assert nigeria.category is Category.MEMBER_STATE
    assert nigeria.region == "AFR"
    assert nigeria.names["fr"] == "Nigéria"
    assert (wells.code, wells.category, wells.region) == ("WELLS", Category.NGO, None)


def test_a_delegation_of_ones_own_may_belong_to_a_region() -> None:
    niue = loaded(
        "{ code: WELLS, category: ngo, name: Wells without Borders }",
        "{ code: NU, category: observer-state, region: APG, name: Niue }",
    ).delegations[-1]

    assert (niue.code, niue.region, niue.category) == ("NU", "APG", Category.OBSERVER_STATE)


def test_the_code_of_norway_is_not_a_refusal() -> None:
    assert loaded("  - NG\n", "  - NO\n").delegations[2].names["en"] == "Norway"


def test_a_flag_is_replaced_by_two_or_three_letters() -> None:
    assert [one.initials for one in small().delegations] == ["VA", "PS", "NG", "WE"]


def test_a_text_falls_back_to_the_original_language() -> None:
    titles = "{ fr: L’eau pour tous, ar: الماء للجميع, en: Water for all }"
    french = SMALL.replace("title: Water for all", f"title: {titles}")
    programme = load_programme(french.replace("timezone:", "original: fr\ntimezone:"))

    assert programme.document("ar")["title"] == "الماء للجميع"
    assert programme.document("ru")["title"] == "L’eau pour tous"
    assert programme.document("ar")["organ"] == "Economic and Social Council"
    assert programme.parts[0].title == {"fr": "Opening"}


def test_a_name_from_the_tables_that_the_language_lacks_is_shown_in_english() -> None:
    programme = loaded("  - G77\n", "  - CPLP\n")

    assert programme.document("ru")["groups"]["CPLP"] == {
        "name": "Community of Portuguese-speaking Countries",
        "members": [],
    }


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (
            "{ code: BASIN, name: Friends of the Basin, members: [NG, WELLS, BR] }",
            "Friends of the Basin",
        ),
        ("{ code: AU, members: [NG, WELLS, BR] }", "African Union"),
    ],
)
def test_a_group_may_have_members_that_are_known_or_of_the_programme(entry: str, name: str) -> None:
    programme = loaded("{ code: BASIN, name: Friends of the Basin }", entry)

    group = list(programme.document("en")["groups"].values())[1]
    assert group == {"name": name, "members": ["NG", "WELLS", "BR"]}


def test_white_space_in_a_text_is_closed_up() -> None:
    programme = loaded("title: Water for all", "title: >-\n  Water\n  for   all  ")

    assert programme.title == {"en": "Water for all"}


def test_a_text_may_be_as_long_as_its_limit() -> None:
    assert loaded("title: Water for all", f"title: {'W' * 300}").title == {"en": "W" * 300}


def test_in_quotation_marks_what_means_nothing_is_a_word() -> None:
    assert loaded("title: Water for all", 'title: "null"').title == {"en": "null"}
    assert loaded("title: Water for all", "title: '~'").title == {"en": "~"}


def test_quotation_marks_and_comments_are_as_in_any_yaml() -> None:
    programme = loaded("title: Water for all", 'title: "Water: for all"  # not only for some')

    assert programme.title == {"en": "Water: for all"}


def test_a_byte_order_mark_and_line_ends_of_windows_are_taken() -> None:
    data = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()

    assert load_programme(data) == small()


def test_the_document_is_as_the_protocol_says() -> None:
    document = small().document("en")

    rules = {
        "limits": {
            "national": 240_000,
            "group": 300_000,
            "observer": 180_000,
            "stakeholder": 180_000,
            "panellist": 420_000,
            "again": 120_000,
            "reply": 120_000,
            "right_of_reply": 180_000,
            "right_of_reply_again": 120_000,
            "point_of_order": 120_000,
        },
        "enforcement": "automatic",
        "warning": 20_000,
        "grace": 0,
        "start_after": 5_000,
        "round": None,
        "draw_window": 60_000,
    }
    assert json.loads(json.dumps(document)) == {
        "title": "Water for all",
        "place": "Room XX",
        "organ": "Economic and Social Council",
        "starts": TEN_O_CLOCK,
        "original": "en",
        "public": False,
        "timezone": "Europe/Zurich",
        "utc_offset": 60,
        "interpretation_until": [],
        "segments": [
            {
                "id": "s1",
                "kind": "opening",
                "title": "Opening",
                "starts": TEN_O_CLOCK,
                "ends": TEN_O_CLOCK + HOUR // 2,
                "themes": [],
                "chairs": ["p01"],
                "speakers": ["p02"],
                "rules": rules | {"enforcement": "firm", "start_after": None},
            },
            {
                "id": "s2",
                "kind": "panel",
                "title": "Panel",
                "starts": TEN_O_CLOCK + HOUR // 2,
                "ends": TEN_O_CLOCK + 2 * HOUR,
                "themes": [{"id": "t1", "text": "Rivers"}, {"id": "t2", "text": "Lakes"}],
                "chairs": ["p01"],
                "speakers": [],
                "rules": rules | {"limits": rules["limits"] | {"group": 390_000}},
            },
        ],
        "persons": {
            "p01": {"name": "Ms. Ana Diaz", "title": "Minister of Water"},
            "p02": {"name": "Mr. Obi Okoro", "title": ""},
        },
        "bureau": {
            "chair/p01": {"role": "chair", "name": "Ms. Ana Diaz"},
            "secretary/s1": {"role": "secretary", "name": "Secretary"},
            "secretary/secretariat": {"role": "secretary", "name": "Secretariat"},
        },
        "delegations": {
            "VA": {
                "name": "Holy See",
                "category": "observer-state",
                "region": None,
                "initials": "VA",
                "flag": True,
            },
            "NG": {
                "name": "Nigeria",
                "category": "member-state",
                "region": "AFR",
                "initials": "NG",
                "flag": True,
            },
            "PS": {
                "name": "State of Palestine",
                "category": "observer-state",
                "region": None,
                "initials": "PS",
                "flag": True,
            },
            "WELLS": {
                "name": "Wells without Borders",
                "category": "ngo",
                "region": None,
                "initials": "WE",
                "flag": False,
            },
        },
        "groups": {
            "G77": {"name": "Group of 77 and China", "members": []},
            "BASIN": {"name": "Friends of the Basin", "members": []},
        },
    }


def test_a_programme_is_open_to_the_public_where_it_says_so() -> None:
    for word, public in (("true", True), ("yes", True), ("false", False), ("no", False)):
        assert loaded("place: Room XX\n", f"place: Room XX\npublic: {word}\n").public is public
    assert small().public is False


def test_the_secretariat_is_named_in_every_language() -> None:
    named = [small().document(code)["bureau"]["secretary/secretariat"] for code in LANGUAGES]

    assert len({member["name"] for member in named}) == len(LANGUAGES)
    assert all(member["role"] == "secretary" for member in named)


def test_delegations_of_the_document_stand_in_the_order_of_its_language() -> None:
    assert list(small().document("fr")["delegations"]) == ["PS", "NG", "VA", "WELLS"]


def test_the_skeleton_holds_what_the_log_needs() -> None:
    panel = small().segments()[1]

    assert isinstance(panel, Segment)
    assert (panel.id, panel.kind, panel.speakers) == ("s2", SegmentKind.PANEL, ())


def test_at_a_speed_limits_and_times_are_as_much_shorter() -> None:
    usual, fast = small(), small().at_speed(20)

    assert fast.starts == usual.starts
    for before, after in zip(usual.parts, fast.parts, strict=True):
        assert after.rules.limits.national == before.rules.limits.national // 20
        assert after.rules.limits.point_of_order == before.rules.limits.point_of_order // 20
        assert after.rules.warning == before.rules.warning // 20
        assert after.rules.grace == before.rules.grace // 20
        assert after.rules.draw_window == before.rules.draw_window // 20
        assert after.rules.enforcement == before.rules.enforcement
        assert before.starts is not None
        assert after.starts == usual.starts + (before.starts - usual.starts) // 20
        assert before.ends is not None
        assert after.ends == usual.starts + (before.ends - usual.starts) // 20
    assert [part.rules.start_after for part in fast.parts] == [None, 5 * SECOND // 20]
    assert small().at_speed(1) == small()


def test_at_a_speed_a_segment_without_times_has_none() -> None:
    fast = loaded("    start: 10:30\n    end: 12:00\n", "").at_speed(20)

    assert (fast.parts[1].starts, fast.parts[1].ends) == (None, None)


def test_for_trying_out_every_limit_is_a_few_seconds() -> None:
    for part in small().with_seconds(7).parts:
        assert part.rules.limits == Limits(*[Duration(7 * SECOND)] * 10)
        assert part.rules.warning == 2 * SECOND
        assert part.rules.start_after == SECOND
    assert small().with_seconds(7).parts[0].rules.enforcement is Enforcement.FIRM


def test_the_same_text_gives_the_same_programme() -> None:
    assert load_programme(SMALL) == load_programme(SMALL.encode())


@settings(max_examples=40)
@given(
    limits=st.fixed_dictionaries(
        {},
        optional={
            name: st.integers(1, 180 * 60)
            for name in ("national", "group", "observer", "stakeholder", "panellist", "reply")
        },
    ),
    margins=st.fixed_dictionaries(
        {}, optional={name: st.integers(0, 600) for name in ("warning", "grace", "start_after")}
    ),
    title=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: 0 < len(text) <= 300),
)
def test_what_is_written_is_what_is_read(
    limits: dict[str, int], margins: dict[str, int], title: str
) -> None:
    written = {
        "title": title,
        "organ": "Committee",
        "place": "Room",
        "date": "2026-11-23",
        "timezone": "UTC",
        "rules": {
            "limits": {name: f"{time // 60}:{time % 60:02}" for name, time in limits.items()},
            **margins,
        },
        "bureau": [{"role": "chair", "name": "Chair"}],
        "delegations": ["NG"],
        "segments": [{"kind": "panel", "title": title}],
    }

    programme = load_programme(json.dumps(written, ensure_ascii=False))  # JSON is YAML too

    (part,) = programme.parts
    assert programme.title == part.title == {"en": title}
    assert {name: getattr(part.rules.limits, name) // SECOND for name in limits} == limits
    assert {name: getattr(part.rules, name) // SECOND for name in margins} == margins
    untouched = {"national", "group", "observer", "stakeholder", "panellist", "reply"} - set(limits)
    assert all(getattr(part.rules.limits, one) == getattr(Limits(), one) for one in untouched)
