"""What each audience sees, and what the public never sees."""

import json

import pytest

from moderator.core.forecast import forecast
from moderator.core.model import Details, Limits, Rules
from moderator.core.terms import DelegationCode, Delivery, Enforcement, Level
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.core.view import PUBLIC_ROWS, bureau, public, rules_section, wall
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BELARUS,
    BRAZIL,
    BRUN,
    CHAIR,
    G77,
    NIGERIA,
    OPENING,
    PANEL_1,
    PANEL_2,
    allow,
    ask,
    at,
    begin,
    close,
    describe,
    end,
    give,
    give_to,
    given,
    later,
    move,
    not_present,
    note,
    open_dialogue,
    open_floor,
    private_limit,
    put_back,
    raise_point,
    reply,
    request,
    rule,
    seat,
    slow_down,
    speaking,
    speech,
    start,
    suspend,
    take_floor_from,
    take_gavel,
    text,
    write,
)

SECTIONS = {
    "forecast",
    "dialogue",
    "segment",
    "floor",
    "interrupted",
    "last",
    "list",
    "revision",
    "stage",
}
OF_THE_BUREAU = {
    "statements",
    "replies",
    "points",
    "not_heard",
    "questions",
    "round",
    "speaker",
    "gavel",
    "programme",
    "heard",
    "spoken",
    "private_limits",
}


NOTHING_MORE = {
    "also_national": False,
    "to": None,
    "statement": None,
    "in_reply_to": None,
    "shown": None,
}


def entry(delegation, number=1, **different):
    return {
        "id": request(delegation),
        "delegation": delegation,
        "kind": "statement",
        "capacity": "national",
        "group": None,
        "also_national": False,
        "to": None,
        "number": number,
        "asked_at": at(0),
        "limit": 3 * MINUTE,
        "first": True,
        "shown": None,
        **different,
    }


def test_before_the_opening_everybody_sees_an_empty_room():
    view = public(given().state)

    assert view == {
        "dialogue": {"phase": "scheduled", "since": None, "interpretation_until": []},
        "segment": None,
        "floor": None,
        "interrupted": None,
        "last": None,
        "list": {
            "open": False,
            "closes_at": None,
            "hidden": False,
            "length": 0,
            "draw": None,
            "first": [],
            "order": [],
        },
        "forecast": {"next_at": None, "slot": None, "holds_until": None},
        "revision": 0,
        "stage": {"blackout": False, "message": None},
    }


def test_the_bureau_sees_the_public_sections_and_its_own():
    state = given(*speaking(NIGERIA, BRAZIL), take_gavel()).state

    assert set(public(state)) == SECTIONS
    assert set(bureau(state)) == SECTIONS | OF_THE_BUREAU
    for section in SECTIONS - {"list", "forecast"}:
        assert bureau(state)[section] == public(state)[section]
    assert bureau(state)["gavel"] == "chair/mexico"


def test_phase_and_segment_are_told_with_their_beginning_and_rules():
    state = given(open_dialogue(), later(1), begin(PANEL_1), later(1), suspend()).state

    assert public(state)["dialogue"] == {
        "phase": "suspended",
        "since": at(2),
        "interpretation_until": [],
    }
    assert public(state)["segment"] == {
        "id": PANEL_1,
        "kind": "panel",
        "begun_at": at(1),
        "rules": rules_section(Rules()),
        "announced": None,
    }


def test_rules_are_told_in_milliseconds():
    rules = Rules(
        limits=Limits(national=Duration(1), group=Duration(2), observer=Duration(3)),
        enforcement=Enforcement.FIRM,
        warning=Duration(20 * SECOND),
        grace=Duration(10 * SECOND),
        start_after=None,
    )

    assert rules_section(rules) == {
        "limits": {
            "national": 1,
            "group": 2,
            "observer": 3,
            "stakeholder": 180_000,
            "panellist": 420_000,
            "again": 120_000,
            "reply": 120_000,
            "right_of_reply": 180_000,
            "right_of_reply_again": 120_000,
            "point_of_order": 120_000,
        },
        "enforcement": "firm",
        "warning": 20_000,
        "grace": 10_000,
        "start_after": None,
        "round": None,
        "draw_window": 60_000,
    }


# The floor and the turn before


def test_the_clock_is_told_as_a_value_and_not_as_a_remainder():
    scene = given(*speaking(NIGERIA), later(1))
    speaker = {
        "id": request(NIGERIA),
        "delegation": NIGERIA,
        "person": None,
        "kind": "statement",
        "capacity": "national",
        "group": None,
        **NOTHING_MORE,
        "given_at": at(0),
        "allowance": 3 * MINUTE,
        "paused": None,
        "enforcement": "automatic",
        "warning": 30 * SECOND,
        "grace": 0,
    }

    assert public(scene.state)["floor"] == {
        **speaker,
        "starts_at": None,
        "used": 0,
        "running_since": at(0, 5),
    }
    scene.when(suspend())
    assert public(scene.state)["floor"] == {
        **speaker,
        "starts_at": None,
        "used": 55 * SECOND,
        "running_since": None,
    }


def test_a_clock_that_will_start_by_itself_says_when():
    floor = public(given(*speaking(NIGERIA)).state)["floor"]

    assert (floor["starts_at"], floor["running_since"]) == (at(0, 5), None)


def test_a_person_of_the_programme_is_told_by_its_id():
    floor = public(given(*open_floor(), give_to(ALVA)).state)["floor"]

    assert (floor["delegation"], floor["person"], floor["capacity"]) == (None, ALVA, "panellist")


def test_name_and_time_of_a_turn_that_ended_stay_until_the_next_one():
    scene = given(*speaking(NIGERIA, BRAZIL), start(request(NIGERIA)), later(4))

    assert public(scene.state)["floor"] is None
    assert public(scene.state)["last"] == {
        "id": request(NIGERIA),
        "delegation": NIGERIA,
        "person": None,
        "kind": "statement",
        "capacity": "national",
        "group": None,
        **NOTHING_MORE,
        "allowance": 3 * MINUTE,
        "used": 3 * MINUTE,
        "outcome": "time-expired",
        "ended_at": at(3),
    }
    scene.when(give(request(BRAZIL)))
    assert public(scene.state)["last"] is None


def test_the_last_turn_of_a_segment_is_gone_with_it_and_stays_after_the_closing():
    spoke = given(*speaking(NIGERIA), end(request(NIGERIA)))
    assert public(spoke.when(close()).state)["last"]["id"] == request(NIGERIA)

    spoke = given(*speaking(NIGERIA), end(request(NIGERIA)))
    assert public(spoke.when(begin(PANEL_2)).state)["last"] is None


# The list


def test_everybody_sees_the_list_in_its_order():
    state = given(*open_floor(None, NIGERIA, BRAZIL)).state

    assert public(state)["list"] == {
        "open": True,
        "closes_at": None,
        "hidden": False,
        "length": 2,
        "draw": None,
        "first": [entry(NIGERIA), entry(BRAZIL, number=2)],
        "order": [NIGERIA, BRAZIL],
    }


def test_the_public_gets_the_first_rows_and_the_whole_order_and_the_bureau_all():
    codes = [DelegationCode(f"D{number}") for number in range(PUBLIC_ROWS + 2)]
    state = given(*open_floor(None, *codes)).state

    shown = public(state)["list"]
    assert PUBLIC_ROWS == 8
    assert [row["delegation"] for row in shown["first"]] == codes[:8]
    assert shown["order"] == codes
    assert shown["length"] == 10
    assert [row["delegation"] for row in bureau(state)["list"]["entries"]] == codes


@pytest.mark.story(16)
def test_only_the_bureau_sees_who_was_put_on_the_list_by_the_bureau():
    state = given(*open_floor(None, NIGERIA), ask(BRAZIL, by=ASSISTANT)).state

    assert [row["by_bureau"] for row in bureau(state)["list"]["entries"]] == [False, True]
    assert all("by_bureau" not in row for row in public(state)["list"]["first"])


def test_the_public_never_sees_who_gave_a_command_or_from_which_seat():
    state = given(
        *speaking(NIGERIA, BRAZIL), take_gavel(), end(request(NIGERIA)), give(request(BRAZIL))
    ).state

    told = json.dumps(public(state))
    for secret in (CHAIR.subject, CHAIR.seat, seat(NIGERIA).seat, "by_bureau", "gavel"):
        assert secret is not None
        assert secret not in told


def test_each_entry_tells_the_limit_that_it_would_get_now():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)), ask(NIGERIA, 2), ask(BRAZIL))
    scene.when(ask(NIGERIA, 3, group=G77))

    limits = [row["limit"] for row in public(scene.state)["list"]["first"]]

    assert limits == [2 * MINUTE, 3 * MINUTE, 5 * MINUTE]


def test_a_turn_that_was_put_back_tells_the_limit_that_it_keeps():
    scene = given(
        *speaking(NIGERIA),
        allow(request(NIGERIA), Duration(5 * MINUTE)),
        put_back(request(NIGERIA)),
    )

    assert public(scene.state)["list"]["first"] == [entry(NIGERIA, limit=5 * MINUTE)]


def test_each_entry_tells_whether_the_delegation_speaks_for_the_first_time():
    scene = given(
        *speaking(NIGERIA, BRAZIL), not_present(request(BRAZIL)), end(request(NIGERIA))
    ).when(ask(NIGERIA, 2), ask(BRAZIL, 2))

    assert [row["first"] for row in public(scene.state)["list"]["first"]] == [False, True]


# For the bureau alone


def test_the_programme_tells_what_was_held_when_and_which_panellists_were_heard():
    scene = given(
        *open_floor(),
        later(1),
        give_to(ALVA),
        end(speech(ALVA)),
        give_to(ALVA, 2),
        not_present(speech(ALVA, 2)),
        give_to(BRUN),
        later(1),
    )
    rows = {row["id"]: row for row in bureau(scene.state)["programme"]}
    assert rows[PANEL_1] == {
        "id": PANEL_1,
        "begun_at": at(0),
        "ended_at": None,
        "heard": [ALVA, BRUN],
    }
    assert rows[OPENING] == {"id": OPENING, "begun_at": None, "ended_at": None, "heard": []}

    scene.when(begin(PANEL_2, speech(BRUN)))
    rows = {row["id"]: row for row in bureau(scene.state)["programme"]}
    assert rows[PANEL_1]["ended_at"] == at(2)
    assert rows[PANEL_2] == {"id": PANEL_2, "begun_at": at(2), "ended_at": None, "heard": []}


def test_a_panellist_who_was_absent_or_put_back_was_not_heard():
    scene = given(
        *open_floor(),
        give_to(ALVA),
        not_present(speech(ALVA)),
        give_to(BRUN),
        put_back(speech(BRUN)),
    )

    assert bureau(scene.state)["programme"][1]["heard"] == []


def test_the_turns_of_each_delegation_are_counted_in_the_segment():
    scene = given(
        *speaking(NIGERIA, BRAZIL),
        take_floor_from(request(NIGERIA)),
        ask(NIGERIA, 2),
        not_present(request(BRAZIL)),
        give(request(NIGERIA, 2)),
    )

    assert bureau(scene.state)["heard"] == {NIGERIA: 2}
    scene.when(put_back(request(NIGERIA, 2)))
    assert bureau(scene.state)["heard"] == {NIGERIA: 1}
    scene.when(begin(PANEL_2))
    assert bureau(scene.state)["heard"] == {}


def test_what_each_delegation_and_group_has_had_is_summed_over_the_dialogue():
    point = request(NIGERIA, 8)
    scene = given(
        *(*speaking(NIGERIA), start(request(NIGERIA)), later(1), end(request(NIGERIA))),
        *(raise_point(NIGERIA), give(point), start(point), later(1), end(point)),
        *(begin(PANEL_2), ask(BRAZIL, group=G77, segment=PANEL_2, by=CHAIR)),
        *(give(request(BRAZIL)), start(request(BRAZIL)), later(2), end(request(BRAZIL))),
        *(give_to(BRUN), end(speech(BRUN)), ask(NIGERIA, 3, segment=PANEL_2, by=CHAIR)),
        *(give(request(NIGERIA, 3)), not_present(request(NIGERIA, 3))),
    )

    assert bureau(scene.state)["spoken"] == {
        "delegations": {
            NIGERIA: {"turns": 2, "used": 2 * MINUTE},
            BRAZIL: {"turns": 1, "used": 2 * MINUTE},
        },
        "groups": {G77: {"turns": 1, "used": 2 * MINUTE}},
    }


def test_a_reply_says_at_the_floor_to_which_statement():
    scene = given(*speaking(NIGERIA), end(request(NIGERIA)), reply(BRAZIL, request(NIGERIA)))
    scene.when(give(request(BRAZIL, 9)))

    floor = public(scene.state)["floor"]
    assert (floor["kind"], floor["statement"]) == ("right-of-reply", request(NIGERIA))
    assert floor["in_reply_to"] == {"delegation": NIGERIA, "person": None, "group": None}


@pytest.mark.story(30)
def test_the_public_is_told_when_the_next_one_speaks_and_the_bureau_all_that_is_expected():
    scene = given(*speaking(NIGERIA, BRAZIL))
    expected = forecast(scene.state)

    assert public(scene.state)["forecast"] == {
        "next_at": expected.next_at,
        "slot": expected.slot,
        "holds_until": expected.holds_until,
    }
    told = bureau(scene.state)["forecast"]
    assert told["starts"] == list(expected.starts)
    assert {key: told[key] for key in ("ends", "cut", "fits", "drift", "interpretation_end")} == {
        "ends": expected.ends,
        "cut": expected.cut,
        "fits": expected.fits,
        "drift": expected.drift,
        "interpretation_end": expected.interpretation_end,
    }


def test_the_bureau_is_told_the_latest_turns_to_which_one_may_reply():
    scene = given(*speaking(NIGERIA, BRAZIL), give(request(BRAZIL), request(NIGERIA)))

    assert [row["id"] for row in bureau(scene.state)["statements"]] == [
        request(BRAZIL),
        request(NIGERIA),
    ]
    assert "statements" not in public(scene.state)


def test_name_and_title_are_let_out_where_the_delegation_says_so():
    shown = Details(speaker=text("a name"), title=text("a title"), show_speaker=True)
    scene = given(*open_floor(None, NIGERIA), describe(request(NIGERIA), shown))
    told = {"speaker": "a name", "title": "a title"}
    assert public(scene.state)["list"]["first"][0]["shown"] == told

    scene.when(give(request(NIGERIA)))
    assert public(scene.state)["floor"]["shown"] == told
    scene.when(end(request(NIGERIA)))
    assert public(scene.state)["last"]["shown"] == told


def test_nothing_private_is_in_the_public_view():
    """Everything private is set, and the whole public view is walked for it."""
    secret = Details(
        level=Level.HEAD,
        language="secret-language",
        delivery=Delivery.VERBATIM,
        speaker=text("secret-name"),
        title=text("secret-title"),
        text=text("secret-text"),
        gist=text("secret-gist"),
    )
    point, waiting_point, answer = request(BELARUS, 8), request(BRAZIL, 8), request(BRAZIL, 9)
    scene = given(
        *open_floor(None, NIGERIA, BRAZIL, BELARUS),
        *(describe(request(code), secret) for code in (NIGERIA, BRAZIL)),
        *(private_limit(BRAZIL, Duration(9 * MINUTE)), write(BRAZIL, ALVA, "secret-question")),
        move(request(BELARUS), request(BRAZIL), reason="secret-reason"),
        *(
            give(request(NIGERIA)),
            note(request(NIGERIA), "secret-note"),
            slow_down(request(NIGERIA)),
        ),
        *(raise_point(BELARUS), raise_point(BRAZIL), reply(BRAZIL, request(NIGERIA))),
        *(describe(waiting_point, secret), describe(answer, secret)),
        *(give(point, request(NIGERIA)), rule(point, words="secret-ruling")),
        *(put_back(request(NIGERIA)), give(request(NIGERIA))),
        *(note(request(NIGERIA), "secret-note"), take_gavel()),
    )

    told = set(walked(public(scene.state)))

    assert not [word for word in told if isinstance(word, str) and "secret" in word]
    assert not told & {"head", "verbatim", 9 * MINUTE, waiting_point, answer}
    assert not told & {"details", "level", "language", "delivery", "text", "gist", "note"}
    assert not told & {"slow_down", "private_limit", "private_limits", "replies", "points"}
    assert not told & {"questions", "gavel", "by_bureau", "not_heard", "spoken", "speaker"}
    everything = set(walked(bureau(scene.state)))
    assert everything >= {"secret-name", "secret-note", "secret-question", 9 * MINUTE, answer}


def walked(view):
    """All names and values of a view, however deep."""
    if isinstance(view, dict):
        for name, inner in view.items():
            yield name
            yield from walked(inner)
    elif isinstance(view, list):
        for inner in view:
            yield from walked(inner)
    else:
        yield view


def test_the_wall_is_told_who_speaks_how_many_wait_and_how_far_a_room_is_from_its_plan():
    scene = given(*speaking(NIGERIA, BRAZIL))
    public_view, expected = public(scene.state), forecast(scene.state)

    view = wall(scene.state)

    for part in ("dialogue", "segment", "floor", "last"):
        assert view.pop(part) == public_view[part]
    assert view == {
        "list": {"open": True, "length": 1},
        "forecast": {
            "drift": expected.drift,
            "ends": expected.ends,
            "planned_end": expected.planned_end,
            "holds_until": expected.holds_until,
        },
        "programme": [{"id": PANEL_1, "begun_at": at(0)}],
    }


def test_every_view_is_plain_json():
    state = given(*speaking(NIGERIA, BRAZIL), later(1), take_gavel()).state

    for view in (public(state), bureau(state), wall(state)):
        assert json.loads(json.dumps(view)) == view
