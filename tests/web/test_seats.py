"""The seats as chair and secretary see them, and their end."""

import pytest

from moderator.core.terms import Role
from moderator.core.units import SECOND
from tests.web.hall import CO_CHAIR, Hall

PRESIDING = (Role.CHAIR, Role.SECRETARY)


@pytest.mark.parametrize("role", PRESIDING)
def test_who_presides_sees_every_device_that_entered(hall: Hall, role: Role):
    phone = hall.enter(Role.DELEGATION, "NG")
    first = hall.now()
    hall.now.pass_by(SECOND)
    display = hall.enter(Role.DISPLAY)

    seats = hall.program(role).get("/seats").get_json()["seats"]

    assert seats == [
        {
            "id": phone.seat,
            "role": "delegation",
            "subject": "NG",
            "made_at": first,
            "expelled_at": None,
        },
        {
            "id": display.seat,
            "role": "display",
            "subject": None,
            "made_at": first + SECOND,
            "expelled_at": None,
        },
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in PRESIDING])
def test_nobody_else_sees_or_ends_a_seat(hall: Hall, role: Role):
    phone = hall.enter(Role.DELEGATION, "NG")
    caller = hall.program(role)

    for answer in (caller.get("/seats"), caller.post(f"/seats/{phone.seat}/expel")):
        assert (answer.status_code, answer.get_json()["reason"]) == (403, "not-allowed")
    assert phone.get("/view").status_code == 200


@pytest.mark.parametrize("role", PRESIDING)
def test_an_expelled_seat_is_at_an_end(hall: Hall, role: Role):
    phone, other = hall.enter(Role.DELEGATION, "NG"), hall.enter(Role.DELEGATION, "NG")

    answer = hall.program(role).post(f"/seats/{phone.seat}/expel")

    assert (answer.status_code, answer.get_json()) == (200, {"expelled": phone.seat})
    for refused in (phone.get("/view"), phone.send("take-gavel"), phone.get("/programme")):
        assert (refused.status_code, refused.get_json()["reason"]) == (401, "seat-expelled")
    assert phone.page().status_code == 401
    assert other.get("/view").status_code == 200


def test_to_expel_twice_is_to_expel_once(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    first = hall.now()
    hall.chair.post(f"/seats/{phone.seat}/expel")
    hall.now.pass_by(SECOND)

    again = hall.program(Role.CHAIR, CO_CHAIR).post(f"/seats/{phone.seat}/expel")

    assert again.status_code == 200
    (seat,) = hall.chair.get("/seats").get_json()["seats"]
    assert seat["expelled_at"] == first


def test_the_link_of_an_expelled_seat_still_admits(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    hall.chair.post(f"/seats/{phone.seat}/expel")

    assert hall.enter(Role.DELEGATION, "NG").get("/view").status_code == 200


@pytest.mark.parametrize("seat", ["x", "aaaaaaaaaa", "%00"])
def test_a_seat_that_is_none_is_not_found(hall: Hall, seat: str):
    assert hall.chair.post(f"/seats/{seat}/expel").status_code == 404


def test_no_other_site_expels_anybody(hall: Hall):
    chair, phone = hall.enter(Role.CHAIR), hall.enter(Role.DELEGATION, "NG")

    answer = chair.post(f"/seats/{phone.seat}/expel", headers={"Origin": "null"})

    assert answer.status_code == 403
    assert phone.get("/view").status_code == 200


@pytest.mark.parametrize("role", PRESIDING)
def test_who_presides_sees_which_delegations_are_reached(hall: Hall, role: Role):
    caller = hall.program(role)
    assert caller.get("/reached").get_json() == {"delegations": []}

    hall.enter(Role.DELEGATION, "NG").get("/view")
    hall.enter(Role.DISPLAY).get("/view")

    assert caller.get("/reached").get_json() == {"delegations": ["NG"]}


@pytest.mark.parametrize("role", [role for role in Role if role not in PRESIDING])
def test_nobody_else_sees_who_is_reached(hall: Hall, role: Role):
    answer = hall.program(role).get("/reached")

    assert (answer.status_code, answer.get_json()["reason"]) == (403, "not-allowed")
