"""The rehearsal of a dialogue: begun, entered, left and ended; and who may do what of it."""

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest
import sqlalchemy as sa

from moderator.core.authority import PRESIDING
from moderator.core.terms import Role
from moderator.desk import DeskRole
from moderator.store import tables
from moderator.store.engine import reading
from tests.web.hall import PANEL, Caller, Device, Hall, new_id
from tests.web.test_desks import at_desk

BUREAU_PAGES = ("", "/record", "/paper", "/cards", "/setup", "/links")


@dataclass
class Rehearsed:
    """A hall with the id of its rehearsal: the same hall seen there is `there`."""

    hall: Hall
    there: Hall


@pytest.fixture
def rehearsed(hall: Hall) -> Rehearsed:
    """A hall whose chair, a program, has begun a rehearsal."""
    return begun(hall)


def begun(hall: Hall) -> Rehearsed:
    answer = hall.chair.post("/rehearsal")
    assert answer.status_code == 200, answer.text
    there = Hall(hall.app, answer.get_json()["rehearsal"], hall.now)
    return Rehearsed(hall, there)


def elsewhere(caller: Caller, hall: Hall) -> Caller:
    """The same caller, asking of another dialogue."""
    return type(caller)(**{**caller.__dict__, "hall": hall})


def cross(device: Device, to: str) -> int:
    return device.client.post(f"/s/{device.seat}/cross", data={"to": to}).status_code


def played(rehearsed: Rehearsed) -> None:
    """Somebody asks and speaks in the rehearsal, and a note is written."""
    chair = elsewhere(rehearsed.hall.chair, rehearsed.there)
    nigeria = elsewhere(rehearsed.hall.program(Role.DELEGATION, "NG"), rehearsed.there)
    chair.do("open-dialogue")
    chair.do("begin-segment", segment=PANEL, holder=None)
    chair.do("open-list", segment=PANEL)
    request = new_id()
    nigeria.do("request-floor", request, segment=PANEL, kind="statement")
    chair.do("give-floor", request=request, holder=None)
    rapporteur = elsewhere(rehearsed.hall.program(Role.RAPPORTEUR), rehearsed.there)
    note = {"segment": PANEL, "intervention": None, "theme": None, "text": "Tried out"}
    answer = rapporteur.client.put(
        f"{rehearsed.there.api}/notes/{new_id()}", json=note, headers=dict(rapporteur.headers)
    )
    assert answer.status_code == 200, answer.text


def rows_of(hall: Hall, dialogue: str) -> int:
    with reading(hall.house.engine) as connection:
        return sum(
            connection.scalar(sa.select(sa.func.count()).where(table.c.dialogue_id == dialogue))
            or 0
            for table in tables.metadata.sorted_tables
            if "dialogue_id" in table.c
        )


# Beginning


def test_it_is_the_same_programme_as_of_now(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    told = elsewhere(hall.chair, there).get("/programme").get_json()
    of_the_meeting = hall.chair.get("/programme").get_json()

    assert told["segments"] != of_the_meeting["segments"]  # they are at another time
    for part, real in zip(told["segments"], of_the_meeting["segments"], strict=True):
        assert (part["id"], part["title"]) == (real["id"], real["title"])
    assert told["delegations"] == of_the_meeting["delegations"]
    assert told["starts"] <= hall.now() < told["starts"] + 15 * 60_000
    assert hall.log() == ()


def test_one_that_goes_on_is_told_again(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    again = hall.chair.post("/rehearsal").get_json()["rehearsal"]
    from_there = elsewhere(hall.chair, there).post("/rehearsal").get_json()["rehearsal"]
    seen = hall.program(Role.FOLLOWER).get("/rehearsal").get_json()["rehearsal"]

    assert {again, from_there, seen} == {there.dialogue}


@pytest.mark.parametrize("role", Role)
def test_who_presides_begins_and_ends_it_and_nobody_else(hall: Hall, role: Role):
    caller = hall.program(role)
    status = 200 if role in PRESIDING else 403
    device = hall.enter(role)

    assert caller.post("/rehearsal").status_code == status
    hall.chair.post("/rehearsal")
    assert caller.post("/rehearsal/end").status_code == status
    page = 303 if role in PRESIDING else 403
    assert device.client.post(f"/s/{device.seat}/rehearsal").status_code == page
    hall.chair.post("/rehearsal")
    assert device.client.post(f"/s/{device.seat}/rehearsal/end").status_code == page


def test_a_meeting_that_was_opened_is_rehearsed_no_more(hall: Hall):
    hall.chair.do("open-dialogue")
    answer = hall.chair.post("/rehearsal")

    assert (answer.status_code, answer.get_json()["reason"]) == (409, "too-late-to-rehearse")
    chair = hall.enter(Role.CHAIR)
    page = chair.client.post(f"/s/{chair.seat}/rehearsal")
    assert page.status_code == 409
    assert "A copy of it can." in page.text


def test_without_a_seat_it_is_neither_begun_nor_ended(hall: Hall):
    client = hall.app.test_client()

    assert client.post(f"{hall.api}/rehearsal").status_code == 401
    assert client.post(f"{hall.api}/rehearsal/end").status_code == 401
    assert client.get(f"{hall.api}/rehearsal").status_code == 401


def test_another_dialogues_chair_has_no_say(rehearsed: Rehearsed, hall: Hall):
    other = Hall(hall.app, hall.house.secretariat.copy(hall.dialogue, "2030-01-01"), hall.now)
    answer = elsewhere(other.chair, rehearsed.there).post("/rehearsal/end")

    assert answer.status_code == 404
    assert hall.house.secretariat.rehearsals() == {hall.dialogue: rehearsed.there.dialogue}


# Entering, and crossing over


@pytest.mark.parametrize("role", Role)
def test_who_enters_by_the_link_while_it_goes_on_is_in_it(rehearsed: Rehearsed, role: Role):
    device = rehearsed.hall.enter(role)

    assert elsewhere(device, rehearsed.there).get("/view").status_code == 200
    assert device.get("/view").status_code == 404


def test_who_enters_by_the_code_too(rehearsed: Rehearsed):
    link = rehearsed.hall.link(Role.DELEGATION, "NG")
    client = rehearsed.hall.app.test_client()
    way = client.post("/join", data={"code": link.code}).location
    assert "A rehearsal is going on." in client.get(way).text
    seat = client.post(way).location.removeprefix("/s/")

    assert Device(rehearsed.there, client, seat).get("/view").status_code == 200


def test_a_device_crosses_over_and_back_and_over_again(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    assert "rehearsal is going on" not in phone.page().text.replace("hidden", "").split("<main")[1]
    rehearsed = begun(hall)
    assert phone.get("/view").get_json()["rehearsal"] is True
    assert "To the rehearsal" in phone.page().text

    for _ in range(2):
        assert cross(phone, "rehearsal") == 303
        assert elsewhere(phone, rehearsed.there).get("/view").status_code == 200
        assert phone.get("/view").status_code == 404
        assert "Back to the meeting" in phone.page().text
        assert cross(phone, "meeting") == 303
        assert phone.get("/view").status_code == 200
        assert elsewhere(phone, rehearsed.there).get("/view").status_code == 404


def test_a_display_crosses_by_itself_and_not_otherwise(hall: Hall):
    display, late = hall.enter(Role.DISPLAY), hall
    rehearsed = begun(hall)

    assert elsewhere(display, rehearsed.there).get("/view").status_code == 200
    assert cross(display, "meeting") == 403
    assert elsewhere(late.enter(Role.DISPLAY), rehearsed.there).get("/view").status_code == 200
    again = display.client.get(f"/l/{hall.link(Role.DISPLAY).token}")
    assert again.location == f"/s/{display.seat}"  # the seat that it has
    hall.chair.post("/rehearsal/end")
    assert display.get("/view").status_code == 200


def test_who_presses_too_late_is_in_the_meeting(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    begun(hall)
    hall.chair.post("/rehearsal/end")

    assert cross(phone, "rehearsal") == 303
    assert "rehearsal" not in phone.get("/view").get_json()


def test_a_stranger_takes_nobody_across(rehearsed: Rehearsed):
    phone = rehearsed.hall.enter(Role.DELEGATION, "NG")
    stranger = rehearsed.hall.app.test_client()

    assert stranger.post(f"/s/{phone.seat}/cross", data={"to": "meeting"}).status_code == 401
    assert elsewhere(phone, rehearsed.there).get("/view").status_code == 200


def test_begun_on_the_screen_it_takes_that_device_along(hall: Hall):
    chair = hall.enter(Role.CHAIR)
    assert chair.client.post(f"/s/{chair.seat}/rehearsal").location == f"/s/{chair.seat}"
    there = Hall(hall.app, hall.house.secretariat.rehearsals()[hall.dialogue], hall.now)

    assert elsewhere(chair, there).get("/view").status_code == 200
    assert chair.client.post(f"/s/{chair.seat}/rehearsal/end").location == f"/s/{chair.seat}"
    assert chair.get("/view").status_code == 200


# What is in it stays in it


def test_nothing_of_it_is_in_the_meeting_and_all_of_it_goes(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    played(rehearsed)
    assert rows_of(hall, there.dialogue) > 5
    before = rows_of(hall, hall.dialogue)

    ended = [hall.chair.post("/rehearsal/end").get_json() for _ in range(2)]

    assert ended == [{"rehearsal": None}] * 2
    assert rows_of(hall, there.dialogue) == 0
    assert hall.house.secretariat.rehearsals() == {}
    assert hall.log() == ()
    assert hall.chair.get("/notes").get_json()["notes"] == []
    assert rows_of(hall, hall.dialogue) == before
    assert elsewhere(hall.chair, there).get("/view").status_code == 404
    record = hall.enter(Role.CHAIR).page("/record.json").get_json()
    assert (record["version"], record["turns"]) == (0, [])


def test_opening_the_meeting_ends_it_and_opening_the_rehearsal_does_not(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    phone = hall.enter(Role.DELEGATION, "NG")
    played(rehearsed)
    assert elsewhere(phone, there).get("/view").status_code == 200

    tap = new_id()
    for _ in range(2):
        assert hall.chair.do("open-dialogue", tap)["version"] == 1

    assert rows_of(hall, there.dialogue) == 0
    assert phone.get("/view").get_json()["view"]["dialogue"]["phase"] == "open"


def test_an_opening_that_is_refused_ends_nothing(rehearsed: Rehearsed):
    hall = rehearsed.hall

    assert hall.program(Role.DELEGATION).send("open-dialogue").status_code == 403

    assert hall.house.secretariat.rehearsals() == {hall.dialogue: rehearsed.there.dialogue}


def test_a_second_rehearsal_begins_without_those_of_the_first(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG")
    first = begun(hall)
    cross(phone, "rehearsal")
    hall.chair.post("/rehearsal/end")

    second = begun(hall)

    assert second.there.dialogue != first.there.dialogue
    assert phone.get("/view").status_code == 200
    assert elsewhere(second.hall.chair, second.there).get("/view").get_json()["version"] == 0


def test_links_and_devices_are_seen_there_and_looked_after_here(rehearsed: Rehearsed):
    hall = rehearsed.hall
    phone = hall.enter(Role.DELEGATION, "NG")
    chair = elsewhere(hall.chair, rehearsed.there)
    link = hall.link(Role.DELEGATION, "NG")

    told = {one["id"]: one for one in chair.get("/links").get_json()["links"]}
    assert told[link.id]["devices"] == 1
    assert [one["id"] for one in chair.get("/seats").get_json()["seats"]] == [phone.seat]
    acts = {
        f"/links/{link.id}/revoke": None,
        f"/links/{link.id}/reissue": None,
        "/links/revoke": {"role": "delegation"},
        "/links/reissue": {"role": "delegation"},
        f"/seats/{phone.seat}/expel": None,
        "/seats/expel": {"seats": [phone.seat]},
    }
    for path, body in acts.items():
        answer = chair.post(path, body)
        assert (answer.status_code, answer.get_json()["reason"]) == (409, "in-rehearsal")
    assert elsewhere(phone, rehearsed.there).get("/view").status_code == 200
    assert hall.house.secretariat.link(link.token) == link


def test_a_walk_in_is_let_into_the_rehearsal_alone(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    chair = elsewhere(hall.chair, there)
    follower = elsewhere(hall.enter(Role.FOLLOWER), there)
    hope = {"name": "Harbour of Hope", "category": "ngo", "person": "Ada Harbour"}
    waiting = follower.post("/walk-ins", hope).get_json()["id"]
    links = len(hall.house.secretariat.links(hall.dialogue))

    code = chair.post(f"/walk-ins/{waiting}/approve").get_json()["approved"]

    entered = follower.client.post(f"/s/{follower.seat}/take-part")
    phone = Device(there, follower.client, entered.location.removeprefix("/s/"))
    assert phone.get("/programme").get_json()["delegations"][code]["name"] == "Harbour of Hope"
    assert 'class="rehearsal"' in phone.page().text
    assert code not in hall.chair.get("/programme").get_json()["delegations"]
    assert len(hall.house.secretariat.links(hall.dialogue)) == links
    assert len(hall.house.secretariat.links(there.dialogue)) == links + 1
    hall.chair.post("/rehearsal/end")
    assert phone.page().status_code == 401  # of a delegation that there is no more
    assert follower.client.get(f"/s/{follower.seat}").status_code == 200
    assert code not in hall.chair.get("/programme").get_json()["delegations"]


def test_the_programme_is_changed_there_without_the_meetings(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    chair = elsewhere(hall.chair, there)
    form = chair.get("/programme/form").get_json()
    fields = {**form["programme"], "place": {"en": "Next door"}}
    fields["delegations"] = [one for one in fields["delegations"] if one != "NG"]

    chair.do("change-programme", base=form["revision"], programme=fields)

    assert chair.get("/programme").get_json()["place"] == "Next door"
    assert hall.chair.get("/programme").get_json()["place"] != "Next door"
    assert hall.house.secretariat.link(hall.link(Role.DELEGATION, "NG").token).revoked_at is None


# The mark


@pytest.mark.parametrize(("language", "word"), [("en", "Rehearsal"), ("ar", "تجربة")])
def test_every_page_of_it_bears_the_mark(rehearsed: Rehearsed, language: str, word: str):
    hall = rehearsed.hall
    pages = [
        *((Role.CHAIR, path) for path in BUREAU_PAGES),
        *((role, "") for role in Role if role not in (Role.CHAIR, Role.RAPPORTEUR)),
        (Role.RAPPORTEUR, "/record"),
        (Role.RAPPORTEUR, "/summary"),
    ]
    for role, path in pages:
        device = hall.enter(role, lang=language)
        page = device.page(path)
        assert page.status_code == 200
        assert f'<strong class="rehearsal-word">{word}</strong>' in page.text, (role, path)
        cross(device, "meeting")
        if role is not Role.DISPLAY:
            assert '<strong class="rehearsal-word">' not in device.page(path).text


def test_the_paper_and_the_cards_bear_it_on_every_sheet(rehearsed: Rehearsed):
    chair = rehearsed.hall.enter(Role.CHAIR)

    assert '<span class="rehearsed">Rehearsal</span>' in chair.page("/paper").text
    cards = chair.page("/cards?search=NG,BR&language=fr").text
    assert cards.count('<p class="rehearsed" lang="fr" dir="ltr">Répétition</p>') == 2
    cross(chair, "meeting")
    assert "rehearsed" not in chair.page("/paper").text
    assert 'class="rehearsed"' not in chair.page("/cards?search=NG").text


def test_every_file_that_is_written_from_it_bears_the_mark(rehearsed: Rehearsed):
    played(rehearsed)
    chair = rehearsed.hall.enter(Role.CHAIR)
    rapporteur = rehearsed.hall.enter(Role.RAPPORTEUR)
    files = {
        "/record.csv": chair,
        "/record.xlsx": chair,
        "/record.svg": chair,
        "/programme.yaml": chair,
        "/summary.md": rapporteur,
        "/summary.html": rapporteur,
        "/summary.docx": rapporteur,
    }
    for path, device in files.items():
        answer = device.page(path)
        assert answer.status_code == 200
        assert "Rehearsal" in text_of(answer.data), path
        if path != "/record.svg":  # shown, and not kept as a file
            assert "filename=rehearsal-" in answer.headers["Content-Disposition"]
    assert chair.page("/record.json").get_json()["title"].startswith("Rehearsal: ")
    summary = elsewhere(rapporteur, rehearsed.there).get("/summary").get_json()
    assert "Rehearsal: " in json.dumps(summary)
    cross(chair, "meeting")
    for path in ("/record.csv", "/record.xlsx", "/programme.yaml", "/record.json"):
        answer = chair.page(path)
        assert "Rehearsal" not in text_of(answer.data)
        assert "rehearsal" not in answer.headers.get("Content-Disposition", "")


def text_of(data: bytes) -> str:
    """What a file says: of a packed one all of its parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


# Lists, the wall and the secretariat's desk


def test_no_list_names_it_and_the_wall_says_that_the_room_rehearses(rehearsed: Rehearsed):
    hall, there = rehearsed.hall, rehearsed.there
    wall = at_desk(hall, DeskRole.WALL)
    office = at_desk(hall, DeskRole.SECRETARIAT)

    (room,) = wall.get("/api/wall").get_json()["rooms"]

    assert (room["id"], room["rehearsal"]) == (hall.dialogue, True)
    assert room["view"]["dialogue"]["phase"] == "scheduled"
    listed = office.get("/secretariat").text + hall.app.test_client().get("/").text
    assert there.dialogue not in listed
    assert "A rehearsal is going on." in listed
    hall.chair.post("/rehearsal/end")
    assert "A rehearsal is going on." not in office.get("/secretariat").text
    rooms = wall.get("/api/wall").get_json()["rooms"]
    assert all(room["rehearsal"] is False for room in rooms)


def test_on_the_start_page_a_seat_stands_with_its_meeting(rehearsed: Rehearsed):
    phone = rehearsed.hall.enter(Role.DELEGATION, "NG")

    assert f"/s/{phone.seat}" in phone.client.get("/").text


def test_the_secretariats_desk_begins_it_enters_it_and_ends_it(hall: Hall):
    office = at_desk(hall, DeskRole.SECRETARIAT)
    here = f"/secretariat/dialogues/{hall.dialogue}"

    assert office.post(f"{here}/rehearsal").location == f"/secretariat#{hall.dialogue}"
    seat = office.post(f"{here}/enter").location.removeprefix("/s/")
    there = Hall(hall.app, hall.house.secretariat.rehearsals()[hall.dialogue], hall.now)
    device = Device(hall, office, seat)
    assert elsewhere(device, there).get("/view").status_code == 200
    assert office.post(f"{here}/enter").location == f"/s/{seat}"
    assert office.post(f"{here}/rehearsal/end").status_code == 303
    assert hall.house.secretariat.rehearsals() == {}
    assert device.get("/view").status_code == 200


@pytest.mark.parametrize("way", ["rehearsal", "rehearsal/end"])
def test_no_other_desk_does(hall: Hall, way: str):
    address = f"/secretariat/dialogues/{hall.dialogue}/{way}"

    assert at_desk(hall, DeskRole.WALL).post(address).status_code == 403
    assert hall.app.test_client().post(address).status_code == 401
    assert hall.house.secretariat.rehearsals() == {}


def test_its_log_is_checked_with_the_others(rehearsed: Rehearsed):
    played(rehearsed)

    told = rehearsed.hall.app.test_cli_runner().invoke(args=["check-journal"])

    assert told.exit_code == 0, told.output
    assert f"{rehearsed.there.dialogue}: whole: 5 rows" in told.output
