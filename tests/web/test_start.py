"""The start page: what goes on in the installation, this browser's seats, the code."""

import re

import pytest
from flask.testing import FlaskClient

from moderator.cli import PROGRAMMES
from moderator.core.terms import Role
from moderator.core.units import MINUTE, Duration
from moderator.secretariat import AFTER_CLOSING
from tests.data.programmes import SMALL
from tests.web.hall import Hall

TITLE = "Interactive dialogue on human trafficking"


@pytest.fixture
def stranger(hall: Hall) -> FlaskClient:
    return hall.app.test_client()


def titles(client: FlaskClient) -> list[str]:
    return re.findall(r'<h3 class="title">(.*?)</h3>', client.get("/").text)


def test_dialogues_are_listed_with_day_place_and_phase(hall: Hall, stranger: FlaskClient):
    page = stranger.get("/").text

    for words in (TITLE, "Tuesday, 3\u00a0April 2012", ">10:00<", "Conference Room 2 (NLB)"):
        assert words in page
    assert "Not yet open" in page
    hall.begin()
    assert "In progress" in stranger.get("/").text
    hall.chair.do("suspend-dialogue")
    assert "Suspended" in stranger.get("/").text


def test_what_was_closed_a_day_ago_is_listed_no_longer(hall: Hall, stranger: FlaskClient):
    hall.begin()
    hall.chair.do("close-dialogue", holder=None)
    assert "Closed" in stranger.get("/").text

    hall.now.pass_by(Duration(AFTER_CLOSING - MINUTE))
    assert titles(stranger) == [TITLE]
    hall.now.pass_by(MINUTE)
    assert titles(stranger) == []
    assert "No dialogue is planned at present." in stranger.get("/").text


def test_those_in_progress_come_first_then_those_to_come_by_their_day(
    hall: Hall, stranger: FlaskClient
):
    house = hall.house.secretariat
    for day in ("2012-04-05", "2012-04-04"):
        house.create(SMALL.replace("2026-11-23", day).replace("Water for all", f"Water {day}"))
    assert titles(stranger) == [TITLE, "Water 2012-04-04", "Water 2012-04-05"]

    later = house.create(SMALL.replace("Water for all", "Open"))
    Hall(hall.app, later, hall.now).program(Role.CHAIR).do("open-dialogue")

    assert titles(stranger)[0] == "Open"


def test_the_seats_of_this_browser_are_links(hall: Hall, stranger: FlaskClient):
    assert "Back to the seat" not in stranger.get("/").text
    device = hall.enter(Role.DELEGATION, "NG")
    chair = device.client.post(f"/l/{hall.link(Role.CHAIR).token}", data={"lang": "en"})

    page = device.client.get("/").text

    assert f'href="/s/{device.seat}">Back to the seat of Nigeria<' in page
    assert f'href="{chair.location}"' in page
    assert "Back to the seat" not in stranger.get("/").text


def test_ones_own_dialogues_come_first(hall: Hall, stranger: FlaskClient):
    other = hall.house.secretariat.create(SMALL)
    assert titles(stranger) == [TITLE, "Water for all"]

    device = Hall(hall.app, other, hall.now).enter(Role.DELEGATION, "NG")

    assert titles(device.client) == ["Water for all", TITLE]


def test_a_seat_that_was_expelled_is_no_link(hall: Hall):
    device = hall.enter(Role.DELEGATION, "NG")
    hall.house.secretariat.expel(device.seat)

    assert "Back to the seat" not in device.client.get("/").text


def test_only_what_is_open_to_the_public_is_followed_without_a_link(
    hall: Hall, stranger: FlaskClient
):
    assert "Follow" not in stranger.get("/").text
    dialogue = hall.house.secretariat.create((PROGRAMMES / "2009-side-event.yaml").read_bytes())

    (address,) = re.findall(r'href="(/l/[^"]+)"', stranger.get("/").text)

    assert "Conference Room 7" in stranger.get(address).text
    seat = stranger.post(address, data={"lang": "en"}).location.removeprefix("/s/")
    (row,) = hall.house.secretariat.seats(dialogue)
    assert (row.id, row.role) == (seat, "follower")
    asked = stranger.post(
        f"/api/dialogues/{dialogue}/commands",
        json={"id": "follower-1", "type": "open-dialogue"},
        headers={"Moderator-Seat": seat},
    )
    assert asked.status_code == 403


def test_the_language_is_chosen_on_the_page(stranger: FlaskClient):
    answer = stranger.post("/lang", data={"lang": "ar", "back": "start"})

    assert (answer.status_code, answer.location) == (303, "/")
    page = stranger.get("/").text
    assert 'lang="ar" dir="rtl"' in page
    assert "الحوار التفاعلي بشأن الاتجار بالبشر" in page


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example", "x"])
def test_the_choice_leads_nowhere_else(stranger: FlaskClient, back: str):
    assert stranger.post("/lang", data={"lang": "ar", "back": back}).location == "/join"


def test_cookies_without_end_are_not_all_looked_up(
    hall: Hall, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    known = hall.house.secretariat.seat

    def seat(seat_id: str, secret: str):
        asked.append(seat_id)
        return known(seat_id, secret)

    monkeypatch.setattr(type(hall.house.secretariat), "seat", lambda _, *shown: seat(*shown))
    crumbs = "; ".join(f"seat-aaaaaaa{n:03}=x" for n in range(200))

    assert stranger.get("/", headers={"Cookie": crumbs}).status_code == 200
    assert len(asked) < 30
