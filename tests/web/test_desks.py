"""The desks of the installation in a browser: entering, what each may open, and nobody else."""

import pytest
from flask.testing import FlaskClient

from moderator.core.terms import Role
from moderator.desk import DeskRole
from tests.web.hall import Hall

PAGES = {DeskRole.SECRETARIAT: "/secretariat", DeskRole.WALL: "/wall"}


def link(hall: Hall, role: DeskRole) -> str:
    return f"/d/{hall.house.desks.link_tokens()[role]}"


def at_desk(hall: Hall, role: DeskRole, lang: str = "en") -> FlaskClient:
    """A browser with a desk of this kind."""
    client = hall.app.test_client()
    assert client.post(link(hall, role), data={"lang": lang}).status_code == 303
    return client


@pytest.mark.parametrize("role", DeskRole)
def test_a_link_tells_what_it_is_for_and_nothing_happens_yet(hall: Hall, role: DeskRole):
    answer = hall.app.test_client().get(link(hall, role))

    assert answer.status_code == 200
    assert 'data-screen="desk"' in answer.text
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("role", DeskRole)
def test_the_button_leads_to_the_page_of_the_desk(hall: Hall, role: DeskRole):
    client = hall.app.test_client()

    answer = client.post(link(hall, role), data={"lang": "en"})

    assert (answer.status_code, answer.location) == (303, PAGES[role])
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("desk-"))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get(answer.location).status_code == 200


def test_entering_again_leaves_one_cookie_of_the_kind(hall: Hall):
    client = at_desk(hall, DeskRole.WALL)
    client.post(link(hall, DeskRole.SECRETARIAT))
    client.post(link(hall, DeskRole.WALL))

    # Werkzeug's client keeps its cookies by domain, path and name.
    names = [name for _, _, name in client._cookies if name.startswith("desk-")]
    assert len(names) == 2
    assert client.get("/secretariat").status_code == client.get("/wall").status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 24, "%00", "%ff", "..", "A" * 5_000])
def test_a_link_that_is_not_known_is_told_so(quiet: Hall, token: str):
    client = quiet.app.test_client()
    for answer in (client.get(f"/d/{token}"), client.post(f"/d/{token}")):
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_a_link_of_a_dialogue_is_none_of_the_installation(hall: Hall):
    token = hall.link(Role.SECRETARY).token

    assert hall.app.test_client().get(f"/d/{token}").status_code == 404


@pytest.mark.parametrize("path", ["/secretariat", "/wall", "/api/wall"])
def test_without_a_desk_nothing_is_shown(quiet: Hall, path: str):
    assert quiet.app.test_client().get(path).status_code == 401


@pytest.mark.parametrize("path", ["/secretariat", "/wall", "/api/wall"])
def test_a_seat_is_no_desk(hall: Hall, path: str):
    chair = hall.enter(Role.CHAIR)

    assert chair.client.get(path, headers=dict(chair.headers)).status_code == 401


def test_a_wall_reads_and_changes_nothing(hall: Hall):
    wall = at_desk(hall, DeskRole.WALL)
    dialogue = f"/secretariat/dialogues/{hall.dialogue}"

    refused = [
        wall.get("/secretariat"),
        wall.post("/secretariat/dialogues", data={"text": "title: x"}),
        wall.post(f"{dialogue}/enter"),
        wall.post(f"{dialogue}/copy", data={"date": "2031-01-01"}),
        wall.get(f"{dialogue}/programme.yaml"),
    ]

    assert {answer.status_code for answer in refused} == {403}
    assert len(hall.house.secretariat.dialogues()) == 1
    assert hall.house.secretariat.seats(hall.dialogue) == ()


def test_the_secretariat_may_look_at_the_wall(hall: Hall):
    secretariat = at_desk(hall, DeskRole.SECRETARIAT)

    assert secretariat.get("/wall").status_code == 200
    assert secretariat.get("/api/wall").status_code == 200


@pytest.mark.parametrize("cookie", ["desk-aaaaaaaaaa", "desk-", "desk-x"])
def test_a_made_up_cookie_is_no_desk(quiet: Hall, cookie: str):
    client = quiet.app.test_client()
    client.set_cookie(cookie, "secret")

    assert client.get("/api/wall").status_code == 401


def test_another_site_cannot_enter_for_somebody(hall: Hall):
    answer = hall.app.test_client().post(
        link(hall, DeskRole.SECRETARIAT), headers={"Origin": "https://elsewhere.example"}
    )

    assert answer.status_code == 403


def test_a_desk_keeps_its_language(hall: Hall):
    wall = at_desk(hall, DeskRole.WALL, "ar")
    wall.post("/lang", data={"lang": "en"})

    assert 'lang="ar" dir="rtl"' in wall.get("/wall").text
