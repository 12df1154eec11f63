"""Several dialogues in one installation: a seat of one has nothing of the other."""

import io
from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from moderator.core.terms import Role
from moderator.desk import DeskRole
from tests.data.programmes import SMALL
from tests.web.hall import PANEL, Hall, new_id
from tests.web.test_desks import at_desk


@pytest.fixture
def other(hall: Hall) -> Hall:
    """A second dialogue of the same server, set up while the first is there."""
    answer = at_desk(hall, DeskRole.SECRETARIAT).post(
        "/secretariat/dialogues", data={"file": (io.BytesIO(SMALL.encode()), "water.yaml")}
    )
    return Hall(hall.app, answer.location.partition("=")[2], hall.now)


READ = ("/view", "/programme", "/notes", "/seats")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARY, Role.DELEGATION, Role.FOLLOWER])
def test_a_seat_of_one_reads_nothing_of_the_other(hall: Hall, other: Hall, role: Role):
    for caller in (hall.enter(role), hall.program(role)):
        for path in READ:
            answer = caller.client.get(f"{other.api}{path}", headers=dict(caller.headers))
            assert answer.status_code == 404
            assert answer.get_json()["reason"] == "not-found"


def test_a_seat_of_one_does_nothing_in_the_other(hall: Hall, other: Hall):
    def tried(kind: str, **fields: object) -> TestResponse:
        caller = hall.chair
        return caller.client.post(
            f"{other.api}/commands",
            json={"id": new_id(), "type": kind, **fields},
            headers=dict(caller.headers),
        )

    answers = [
        tried("open-dialogue"),
        tried("begin-segment", segment="s1", holder=None),
        tried("take-gavel"),
        tried("request-floor", segment="s1", delegation="NG"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert other.log() == hall.log() == ()


def test_the_secretariat_seat_of_one_is_none_of_the_other(hall: Hall, other: Hall):
    desk = at_desk(hall, DeskRole.SECRETARIAT)
    seat = desk.post(f"/secretariat/dialogues/{hall.dialogue}/enter").location.removeprefix("/s/")

    for dialogue, status in ((hall, 200), (other, 404)):
        answer = desk.get(f"{dialogue.api}/view", headers={"Moderator-Seat": seat})
        assert answer.status_code == status


def test_both_go_on_at_once_and_neither_is_told_of_the_other(hall: Hall, other: Hall):
    hall.begin(PANEL)
    other_chair = other.program(Role.CHAIR)
    for kind, fields in (
        ("open-dialogue", {}),
        ("begin-segment", {"segment": "s1", "holder": None}),
        ("give-floor", {"holder": None, "person": "p02"}),
    ):
        other_chair.do(kind, **fields)
    given = hall.give(hall.ask("NG"))

    ours = view(hall, hall.chair.headers)
    theirs = view(other, other_chair.headers)
    assert ours["floor"]["id"] == given
    assert theirs["floor"]["person"] == "p02"
    assert (ours["segment"]["kind"], theirs["segment"]["kind"]) == ("panel", "opening")
    hall.chair.do("close-dialogue", holder=given)
    assert view(other, other_chair.headers) == theirs


def view(hall: Hall, headers: Mapping[str, str]) -> dict[str, dict[str, object]]:
    answer = hall.app.test_client().get(f"{hall.api}/view", headers=dict(headers))
    return answer.get_json()["view"]


def test_the_same_delegation_has_a_link_of_its_own_in_each(hall: Hall, other: Hall):
    ours, theirs = (one.link(Role.DELEGATION, "NG") for one in (hall, other))

    assert ours.token != theirs.token
    assert ours.code != theirs.code
    seat = other.enter(Role.DELEGATION, "NG")
    assert seat.get("/view").status_code == 200
    assert (
        seat.client.get(f"{hall.api}/view", headers=dict(seat.headers)).get_json()["reason"]
        == "not-found"
    )


def test_a_record_is_of_one_dialogue_alone(hall: Hall, other: Hall):
    hall.begin(PANEL)
    secretary = other.enter(Role.SECRETARY)

    record = secretary.page("/record.json").get_json()

    assert record["dialogue"] == other.dialogue
    assert record["turns"] == record["requests"] == []
