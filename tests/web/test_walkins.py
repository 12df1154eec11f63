"""Walk-ins: they register on their phone, and are let in with one press; never a State."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from moderator.core.terms import STATES, Category, Role
from moderator.walkins import MOST_PENDING
from tests.web.hall import PANEL, Device, Hall

HOPE = {"name": "Harbour of Hope", "category": "ngo", "person": "Ada Harbour"}


def register(device: Device, **fields: Any):
    return device.post("/walk-ins", {**HOPE, **fields})


def pending(hall: Hall) -> list[dict[str, Any]]:
    told = hall.chair.get("/walk-ins").get_json()["walk_ins"]
    return [one for one in told if one["state"] == "pending"]


@pytest.mark.story(38)
def test_a_walk_in_is_let_in_with_one_press_and_asks_for_the_floor(hall: Hall):
    hall.begin()
    follower = hall.enter(Role.FOLLOWER)
    assert register(follower).get_json()["state"] == "pending"
    (waiting,) = pending(hall)
    assert waiting["person"] == "Ada Harbour"

    answer = hall.program(Role.SECRETARY).post(f"/walk-ins/{waiting['id']}/approve")

    code = answer.get_json()["approved"]
    assert follower.get("/walk-ins").get_json()["walk_ins"][0]["state"] == "approved"
    entered = follower.client.post(f"/s/{follower.seat}/take-part")
    assert entered.status_code == 303
    phone = Device(hall, follower.client, entered.location.removeprefix("/s/"))
    assert phone.send("request-floor", segment=PANEL).status_code == 200
    view = phone.get("/view").get_json()["view"]
    assert view["list"]["order"] == [code]
    programme = phone.get("/programme").get_json()
    assert programme["delegations"][code]["name"] == "Harbour of Hope"
    assert "Ada" not in str(view) + str(programme) + repr(hall.log())


def test_the_same_registration_twice_is_one_and_the_same_approval_too(hall: Hall):
    follower = hall.enter(Role.FOLLOWER)
    first, again = register(follower).get_json(), register(follower).get_json()
    assert first == again

    told = [hall.chair.post(f"/walk-ins/{first['id']}/approve").get_json() for _ in range(2)]

    assert told[0] == told[1]
    assert len(hall.chair.get("/walk-ins").get_json()["walk_ins"]) == 1


def test_two_who_let_in_at_once_let_in_once(hall: Hall):
    one, two = (hall.program(Role.SECRETARY), hall.program(Role.CHAIR))
    ids = [register(hall.enter(Role.FOLLOWER), name=f"Body {n}").get_json()["id"] for n in "ABC"]

    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(
                lambda pressed: pressed[0].post(f"/walk-ins/{pressed[1]}/approve"),
                [(who, id_) for id_ in ids for who in (one, two)],
            )
        )

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.get_json()["approved"] for answer in answers}) == 3


@pytest.mark.parametrize("category", sorted(STATES))
def test_a_state_has_a_link_of_its_own(hall: Hall, category: Category):
    answer = register(hall.enter(Role.FOLLOWER), category=category.value)

    assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")
    assert pending(hall) == []


@pytest.mark.parametrize(("name", "said"), [("Nigeria", "NG"), ("Tronie Foundation", "TRONIE")])
def test_who_bears_the_name_of_another_is_refused_in_words(hall: Hall, name: str, said: str):
    answer = register(hall.enter(Role.FOLLOWER), name=name)

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "name-not-fit")
    assert said in answer.get_json()["message"]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"person": " "}, {"name": "x" * 121}, {"x": 1}])
def test_what_is_not_filled_in_is_refused(hall: Hall, wrong: dict[str, Any]):
    assert register(hall.enter(Role.FOLLOWER), **wrong).status_code == 400


def test_at_most_fifty_wait_at_the_door(hall: Hall):
    for number in range(MOST_PENDING):
        assert register(hall.enter(Role.FOLLOWER), name=f"Body {number}").status_code == 200

    answer = register(hall.enter(Role.FOLLOWER), name="One more")

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "too-many-walk-ins")
    assert len(pending(hall)) == MOST_PENDING


def test_a_device_that_waits_registers_nobody_else(hall: Hall):
    follower = hall.enter(Role.FOLLOWER)
    register(follower)

    answer = register(follower, name="Another")

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "registered-already")


def test_who_was_turned_away_takes_no_part_and_may_register_again(hall: Hall):
    follower = hall.enter(Role.FOLLOWER)
    waiting = register(follower).get_json()["id"]
    assert hall.chair.post(f"/walk-ins/{waiting}/refuse").status_code == 200
    assert hall.chair.post(f"/walk-ins/{waiting}/refuse").status_code == 200

    assert follower.client.post(f"/s/{follower.seat}/take-part").status_code == 404
    late = hall.chair.post(f"/walk-ins/{waiting}/approve")
    assert (late.status_code, late.get_json()["reason"]) == (409, "walk-in-decided")
    assert register(follower).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.FOLLOWER])
def test_nobody_else_registers(hall: Hall, role: Role):
    assert register(hall.program(role)).status_code == 403


@pytest.mark.parametrize("role", Role)
def test_chair_and_secretary_alone_decide(hall: Hall, role: Role):
    waiting = register(hall.enter(Role.FOLLOWER)).get_json()["id"]

    for decision in ("refuse", "approve"):
        answer = hall.program(role).post(f"/walk-ins/{waiting}/{decision}")
        allowed = role in (Role.CHAIR, Role.SECRETARY)
        assert (answer.status_code == 403) is not allowed


def test_a_follower_sees_its_own_registration_alone(hall: Hall):
    register(hall.enter(Role.FOLLOWER))

    assert hall.enter(Role.FOLLOWER).get("/walk-ins").get_json() == {"walk_ins": []}
