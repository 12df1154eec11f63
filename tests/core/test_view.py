"""What each audience sees, and what the public never sees."""

import json

from moderator.core.model import Limits, Rules
from moderator.core.terms import Capacity, DelegationCode, Enforcement
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.core.view import PUBLIC_ROWS, bureau, own, public, rules_section
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
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
    end,
    give,
    give_to,
    given,
    later,
    not_present,
    open_dialogue,
    open_floor,
    put_back,
    request,
    seat,
    speaking,
    speech,
    start,
    suspend,
    take_floor_from,
    take_gavel,
    withdraw,
)

SECTIONS = {"dialogue", "segment", "floor", "last", "list", "revision", "stage"}


def entry(delegation, number=1, **different):
    return {
        "id": request(delegation),
        "delegation": delegation,
        "kind": "statement",
        "capacity": "national",
        "group": None,
        "number": number,
        "asked_at": at(0),
        "limit": 3 * MINUTE,
        "first": True,
        **different,
    }


def test_before_the_opening_everybody_sees_an_empty_room():
    view = public(given().state)

    assert view == {
        "dialogue": {"phase": "scheduled", "since": None},
        "segment": None,
        "floor": None,
        "last": None,
        "list": {"open": False, "length": 0, "first": [], "order": []},
        "revision": 0,
        "stage": {"blackout": False, "message": None},
    }


def test_the_bureau_sees_the_public_sections_and_three_of_its_own():
    state = given(*speaking(NIGERIA, BRAZIL), take_gavel()).state

    assert set(public(state)) == SECTIONS
    assert set(bureau(state)) == SECTIONS | {"gavel", "programme", "heard"}
    for section in SECTIONS - {"list"}:
        assert bureau(state)[section] == public(state)[section]
    assert bureau(state)["gavel"] == "chair/mexico"


def test_phase_and_segment_are_told_with_their_beginning_and_rules():
    state = given(open_dialogue(), later(1), begin(PANEL_1), later(1), suspend()).state

    assert public(state)["dialogue"] == {"phase": "suspended", "since": at(2)}
    assert public(state)["segment"] == {
        "id": PANEL_1,
        "kind": "panel",
        "begun_at": at(1),
        "rules": rules_section(Rules()),
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
        },
        "enforcement": "firm",
        "warning": 20_000,
        "grace": 10_000,
        "start_after": None,
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
        "given_at": at(0),
        "allowance": 3 * MINUTE,
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
        "length": 2,
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


# One's own


def test_a_delegation_sees_its_own_requests_and_the_limits_that_it_would_get():
    state = given(*open_floor(None, BRAZIL, NIGERIA), ask(NIGERIA, 2, group=G77)).state

    assert own(state, NIGERIA, Capacity.NATIONAL) == {
        "requests": [
            {"id": request(NIGERIA), "capacity": "national", "group": None, "number": 2},
            {"id": request(NIGERIA, 2), "capacity": "group", "group": G77, "number": 3},
        ],
        "capacities": {"national": 3 * MINUTE, "group": 5 * MINUTE},
    }


def test_a_delegation_that_has_spoken_sees_its_shorter_limit():
    state = given(*speaking(NIGERIA)).state

    limits = own(state, NIGERIA, Capacity.NATIONAL)["capacities"]
    assert limits == {"national": 2 * MINUTE, "group": 5 * MINUTE}


def test_outside_a_segment_nobody_has_requests_or_limits_but_everybody_its_capacities():
    state = given().state

    limits = {"national": None, "group": None}
    assert own(state, NIGERIA, Capacity.NATIONAL) == {"requests": [], "capacities": limits}
    assert own(state, NIGERIA, Capacity.STAKEHOLDER)["capacities"] == {"stakeholder": None}


def test_a_stakeholder_sees_no_limit_of_groups_for_which_it_cannot_speak():
    state = given(*open_floor(None, NIGERIA)).state

    assert own(state, NIGERIA, Capacity.STAKEHOLDER)["capacities"] == {"stakeholder": 3 * MINUTE}


def test_a_request_that_left_the_list_is_no_longer_shown():
    state = given(*open_floor(None, NIGERIA), withdraw(request(NIGERIA))).state

    assert own(state, NIGERIA, Capacity.NATIONAL)["requests"] == []
    assert public(state)["list"]["length"] == 0


def test_every_view_is_plain_json():
    state = given(*speaking(NIGERIA, BRAZIL), later(1), take_gavel()).state

    for view in (public(state), bureau(state), own(state, BRAZIL, Capacity.NATIONAL)):
        assert json.loads(json.dumps(view)) == view
