"""GET /api/wall: every room of the installation as its card needs it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from moderator.cli import PROGRAMMES
from moderator.core.terms import Role
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.desk import DeskRole
from moderator.secretariat import AFTER_CLOSING
from moderator.service import Service
from tests.data.programmes import SMALL
from tests.web.hall import PANEL, Hall
from tests.web.test_desks import at_desk


@pytest.fixture
def wall(hall: Hall) -> FlaskClient:
    return at_desk(hall, DeskRole.WALL)


def rooms(wall: FlaskClient) -> list[dict[str, Any]]:
    return wall.get("/api/wall").get_json()["rooms"]


def test_a_room_tells_who_speaks_until_when_and_how_many_wait(hall: Hall, wall: FlaskClient):
    hall.begin(PANEL)
    first, _ = hall.ask("NG"), hall.ask("MX")
    hall.give(first)

    (room,) = rooms(wall)

    assert room["place"] == "Conference Room 2 (NLB), United Nations Headquarters, New York"
    assert room["version"] == len(hall.log())
    view = room["view"]
    assert view["floor"]["delegation"] == "NG"
    assert view["floor"]["allowance"] == 3 * MINUTE
    assert view["list"] == {"open": True, "length": 1}
    assert view["forecast"].keys() == {"drift", "ends", "planned_end", "holds_until"}
    assert view["forecast"]["drift"] is not None
    assert view["dialogue"]["phase"] == "open"
    assert view["segment"]["id"] == PANEL
    assert view["programme"] == [{"id": PANEL, "begun_at": hall.now()}]
    assert room["programme"]["delegations"]["NG"]["name"] == "Nigeria"
    assert [one["id"] for one in room["programme"]["segments"]] == ["s1", "s2", "s3", "s4"]


def test_no_more_than_the_public_sees_is_told(hall: Hall, wall: FlaskClient):
    hall.begin(PANEL)
    hall.chair.do("take-gavel")
    hall.give(hall.ask("NG"))
    public = hall.program(Role.FOLLOWER).get("/view").get_json()["view"]

    ((room),) = rooms(wall)

    for part in ("dialogue", "segment", "floor", "last"):
        assert room["view"][part] == public[part]
    assert "gavel" not in str(room)
    assert set(room["programme"]["delegations"]) == {"NG"}
    assert room["programme"]["persons"] == {}


def test_a_speaker_of_the_programme_is_named_with_the_title(hall: Hall, wall: FlaskClient):
    hall.begin("s1", list_open=False)
    hall.chair.do("give-floor", holder=None, person="p01")

    (room,) = rooms(wall)

    assert room["programme"]["persons"] == {
        "p01": {
            "name": "H.E. Mr. Nassir Abdulaziz Al-Nasser",
            "title": "President of the General Assembly",
        }
    }


def test_who_spoke_last_stays_and_on_whose_behalf(hall: Hall, wall: FlaskClient):
    hall.begin(PANEL)
    request = hall.ask("DZ", group="G77")
    hall.give(request)
    hall.chair.do("end-intervention", holder=request)

    (room,) = rooms(wall)

    assert room["view"]["last"]["delegation"] == "DZ"
    assert room["programme"]["delegations"]["DZ"]["name"] == "Algeria"
    assert room["programme"]["groups"] == {"G77": {"name": "Group of 77 and China"}}


def test_it_is_unchanged_while_only_time_passes(hall: Hall, wall: FlaskClient):
    hall.begin(PANEL)
    hall.give(hall.ask("NG"))
    first = wall.get("/api/wall")
    hall.now.pass_by(SECOND)

    again = wall.get("/api/wall", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Moderator-Now"] == str(hall.now())
    hall.chair.do("close-list", segment=PANEL)
    changed = wall.get("/api/wall", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["Moderator-Now"] == str(changed.get_json()["now"])


def test_rooms_stay_in_their_order_whatever_happens(hall: Hall, wall: FlaskClient):
    for minute in range(1, 4):
        hall.now.pass_by(MINUTE)
        hall.house.secretariat.create(SMALL.replace("2026-11-23", f"2012-03-0{minute}"))
    order = [room["id"] for room in rooms(wall)]
    assert order == [row.id for row in hall.house.secretariat.dialogues()]

    Hall(hall.app, order[2], hall.now).program(Role.CHAIR).do("open-dialogue")

    assert [room["id"] for room in rooms(wall)] == order


def test_a_room_comes_with_its_day_or_its_gavel(hall: Hall, wall: FlaskClient):
    later = hall.house.secretariat.create(SMALL)
    assert [room["id"] for room in rooms(wall)] == [hall.dialogue]

    Hall(hall.app, later, hall.now).program(Role.CHAIR).do("open-dialogue")
    assert {room["id"] for room in rooms(wall)} == {hall.dialogue, later}


def test_a_room_goes_a_day_after_it_was_closed(hall: Hall, wall: FlaskClient):
    hall.begin()
    hall.chair.do("close-dialogue", holder=None)
    hall.now.pass_by(Duration(AFTER_CLOSING - SECOND))
    assert len(rooms(wall)) == 1

    hall.now.pass_by(SECOND)
    answer = wall.get("/api/wall").get_json()
    assert answer["rooms"] == []
    assert answer["utc_offset"] == 0


def test_a_room_that_cannot_be_read_does_not_darken_the_others(
    hall: Hall, wall: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    hall.now.pass_by(MINUTE)
    broken = hall.house.secretariat.create((PROGRAMMES / "2009-side-event.yaml").read_bytes())
    read = Service.state

    def state(self: Service, dialogue_id: str):
        if dialogue_id == broken:
            raise ValueError("a row that nobody can read")
        return read(self, dialogue_id)

    monkeypatch.setattr(Service, "state", state)

    whole, lost = rooms(wall)

    assert whole["view"]["dialogue"]["phase"] == "scheduled"
    assert (lost["id"], lost["version"], lost["view"]) == (broken, None, None)
    assert lost["place"].startswith("Conference Room 7")


def test_names_are_in_the_language_of_the_desk(hall: Hall):
    hall.begin(PANEL)
    hall.give(hall.ask("NG"))
    answer = at_desk(hall, DeskRole.WALL, "ar").get("/api/wall").get_json()

    (room,) = answer["rooms"]
    assert room["programme"]["delegations"]["NG"]["name"] == "نيجيريا"
    assert answer["date"] == "الثلاثاء، 3 نيسان/أبريل 2012"
    assert answer["utc_offset"] == -240
