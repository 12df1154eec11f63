"""The links as chair and secretary see them: issued again, revoked, one or many at once."""

import pytest

from moderator.core.terms import Role
from moderator.core.units import SECOND
from moderator.secretariat import SEAT_LIFE
from tests.web.hall import PRESIDENT, Caller, Hall

PRESIDING = (Role.CHAIR, Role.SECRETARY)


def told(caller: Caller, role: str, subject: str | None) -> dict:
    """A link as the list tells it."""
    links = caller.get("/links").get_json()["links"]
    (link,) = (one for one in links if (one["role"], one["subject"]) == (role, subject))
    return link


def follow(hall: Hall, link: dict) -> int:
    """Follow a link of the list as a phone does; the status of the answer."""
    path = link["url"].removeprefix("http://hall.example")
    return hall.app.test_client().get(path).status_code


@pytest.fixture
def hall(make_hall) -> Hall:
    return make_hall(public_url="http://hall.example")


@pytest.mark.parametrize("role", PRESIDING)
def test_who_presides_sees_every_link(hall: Hall, role: Role):
    hall.enter(Role.DELEGATION, "NG")
    second = hall.enter(Role.DELEGATION, "NG")
    hall.chair.post(f"/seats/{second.seat}/expel")
    link = hall.link(Role.DELEGATION, "NG")

    caller = hall.program(role)

    assert told(caller, "delegation", "NG") == {
        "id": link.id,
        "role": "delegation",
        "subject": "NG",
        "name": "Nigeria",
        "code": link.code,
        "url": f"http://hall.example/l/{link.token}",
        "issue": 1,
        "revoked_at": None,
        "devices": 1,
    }
    assert told(caller, "display", None)["code"] is None
    assert len(caller.get("/links").get_json()["links"]) == len(
        hall.house.secretariat.links(hall.dialogue)
    )


def test_devices_whose_seat_has_run_out_are_not_counted(hall: Hall):
    hall.enter(Role.DELEGATION, "NG")
    hall.now.pass_by(SEAT_LIFE)

    assert told(hall.chair, "delegation", "NG")["devices"] == 0


@pytest.mark.parametrize("role", [role for role in Role if role not in PRESIDING])
def test_nobody_else_sees_or_changes_a_link(hall: Hall, role: Role):
    link = hall.link(Role.DELEGATION, "NG")
    caller = hall.enter(role)

    answers = [
        caller.get("/links"),
        caller.post(f"/links/{link.id}/reissue"),
        caller.post(f"/links/{link.id}/revoke"),
        caller.post("/links/reissue", {"links": [link.id]}),
        caller.post("/links/revoke", {"links": [link.id]}),
        caller.post("/seats/expel", {"seats": ["aaaaaaaaaa"]}),
    ]

    for answer in answers:
        assert (answer.status_code, answer.get_json()["reason"]) == (403, "not-allowed")
    assert caller.page("/links").status_code == 403
    assert hall.house.secretariat.link(link.token) == link


@pytest.mark.story(20)
def test_a_revoked_link_and_its_devices_are_at_an_end(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    link = told(hall.chair, "delegation", "NG")
    revoked_at = hall.now()

    answer = hall.chair.post(f"/links/{link['id']}/revoke")
    hall.now.pass_by(SECOND)
    again = hall.chair.post(f"/links/{link['id']}/revoke")

    for said in (answer, again):
        assert said.get_json() == {"links": [{**link, "revoked_at": revoked_at, "devices": 0}]}
    assert phone.get("/view").get_json()["reason"] == "seat-expelled"
    stranger = hall.app.test_client()
    path = link["url"].removeprefix("http://hall.example")
    refused = (
        stranger.get(path),
        stranger.post(path, data={"lang": "en"}),
        stranger.post("/join", data={"code": link["code"]}),
    )
    for said in refused:
        assert said.status_code == 404
        assert "This link was revoked by the secretariat." in said.text


def test_a_revoked_link_that_is_issued_again_admits(hall: Hall):
    link = told(hall.chair, "delegation", "NG")
    hall.chair.post(f"/links/{link['id']}/revoke")

    (back,) = hall.chair.post(f"/links/{link['id']}/reissue").get_json()["links"]

    assert (back["issue"], back["revoked_at"]) == (2, None)
    assert back["code"] != link["code"]
    assert (follow(hall, link), follow(hall, back)) == (404, 200)


@pytest.mark.parametrize(("body", "status"), [(None, 200), ({}, 200), ({"expel": True}, 401)])
def test_devices_stay_when_a_link_is_issued_again_unless_it_is_said(
    hall: Hall, body: object, status: int
):
    phone = hall.enter(Role.DELEGATION, "NG")
    link = hall.link(Role.DELEGATION, "NG")

    assert hall.chair.post(f"/links/{link.id}/reissue", body).status_code == 200

    assert phone.get("/view").status_code == status


@pytest.mark.story(20)
def test_many_are_revoked_and_issued_again_by_role_category_or_name(hall: Hall):
    chair = hall.chair
    states = chair.post("/links/revoke", {"category": "member-state"}).get_json()["links"]
    programme = hall.house.secretariat.programme(hall.dialogue)
    categories = {programme.by_code[link["subject"]].category for link in states}
    assert categories == {"member-state"}

    both = [link["id"] for link in states[:2]]
    named = chair.post("/links/reissue", {"links": both}).get_json()["links"]
    assert {link["id"] for link in named} == set(both)
    assert {follow(hall, link) for link in named} == {200}
    assert {follow(hall, link) for link in states[2:4]} == {404}

    panel = chair.post("/links/reissue", {"role": "panellist", "expel": True}).get_json()["links"]
    assert {(link["role"], link["issue"]) for link in panel} == {("panellist", 2)}


def test_many_are_changed_or_none(hall: Hall):
    link = hall.link(Role.DELEGATION, "NG")
    phone = hall.enter(Role.DELEGATION, "NG")
    before = hall.chair.get("/links").get_json()

    both = {"links": [link.id, "aaaaaaaaaa"]}
    for path in ("/links/revoke", "/links/reissue"):
        assert hall.chair.post(path, both).status_code == 404
    seats = {"seats": [phone.seat, "aaaaaaaaaa"]}
    assert hall.chair.post("/seats/expel", seats).status_code == 404

    assert hall.chair.get("/links").get_json() == before


def test_many_devices_are_expelled_at_once(hall: Hall):
    phones = [hall.enter(Role.DELEGATION, code) for code in ("NG", "BR", "MX")]
    two = [phone.seat for phone in phones[:2]]

    answer = hall.chair.post("/seats/expel", {"seats": two})

    assert answer.get_json() == {"expelled": two}
    assert [phone.get("/view").status_code for phone in phones] == [401, 401, 200]


@pytest.mark.parametrize(
    "body",
    [{}, {"role": "chair", "links": ["x"]}, {"links": []}, {"role": "king"}, {"links": 7}, []],
)
def test_a_choice_that_is_none_is_refused(hall: Hall, body: object):
    for path in ("/links/revoke", "/links/reissue"):
        answer = hall.chair.post(path, body)
        assert (answer.status_code, answer.get_json()["reason"]) == (400, "invalid")


def test_what_is_not_json_is_refused(hall: Hall):
    chair, link = hall.chair, hall.link(Role.DELEGATION, "NG")

    for path in (f"/links/{link.id}/reissue", "/links/revoke", "/seats/expel"):
        answer = chair.client.post(
            f"{hall.api}{path}",
            data=b"expel=true",
            content_type="text/plain",
            headers=chair.headers,
        )
        assert (answer.status_code, answer.get_json()["reason"]) == (415, "not-json")


def test_nobody_shuts_itself_out(hall: Hall):
    chair, own = hall.chair, hall.link(Role.CHAIR, PRESIDENT)
    refused = (
        chair.post(f"/links/{own.id}/revoke"),
        chair.post("/links/revoke", {"role": "chair"}),
        chair.post("/links/reissue", {"role": "chair", "expel": True}),
    )

    for answer in refused:
        assert (answer.status_code, answer.get_json()["reason"]) == (409, "own-link")
    assert hall.house.secretariat.link(own.token) == own
    assert chair.post(f"/links/{own.id}/reissue").status_code == 200
    assert hall.program(Role.SECRETARY).post(f"/links/{own.id}/revoke").status_code == 200


@pytest.mark.parametrize("link", ["x", "aaaaaaaaaa", "%00"])
def test_a_link_that_is_none_is_not_found(hall: Hall, link: str):
    for act in ("reissue", "revoke"):
        assert hall.chair.post(f"/links/{link}/{act}").status_code == 404


def test_no_other_site_revokes_anything(hall: Hall):
    chair, link = hall.enter(Role.CHAIR), hall.link(Role.DELEGATION, "NG")

    answer = chair.post(f"/links/{link.id}/revoke", headers={"Origin": "null"})

    assert answer.status_code == 403
    assert hall.house.secretariat.link(link.token) == link
