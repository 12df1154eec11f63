"""The secretariat's page: all dialogues, new ones, copies, and the way into each."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderator.cli import DEMONSTRATION
from moderator.core.terms import Role
from moderator.desk import DeskRole
from moderator.web import gate
from tests.data.programmes import SMALL
from tests.web.hall import Hall
from tests.web.test_desks import at_desk

NEW = "/secretariat/dialogues"


@pytest.fixture
def desk(hall: Hall) -> FlaskClient:
    return at_desk(hall, DeskRole.SECRETARIAT)


def dialogues(hall: Hall) -> list[str]:
    return [row.id for row in hall.house.secretariat.dialogues()]


def test_all_dialogues_are_listed(hall: Hall, desk: FlaskClient):
    hall.enter(Role.DELEGATION, "NG")
    page = desk.get("/secretariat").text

    assert "Interactive dialogue on human trafficking" in page
    assert "Tuesday, 3\u00a0April 2012" in page
    assert "Conference Room 2 (NLB)" in page
    assert "Not yet open" in page
    assert "1 seat<" in page.replace("\n", "")
    hall.begin()
    assert "In progress" in desk.get("/secretariat").text


def made(hall: Hall) -> str:
    """The one dialogue beside the demonstration."""
    (one,) = set(dialogues(hall)) - {hall.dialogue}
    return one


def send(desk: FlaskClient, *, text: str = "", file: bytes = b"") -> TestResponse:
    """The form for a new dialogue as a browser sends it, with both fields."""
    parts = [
        (b'name="file"; filename="programme.yaml"\r\nContent-Type: application/yaml', file),
        (b'name="text"', text.encode()),
    ]
    body = b"".join(
        b"--edge\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % part for part in parts
    )
    kind = "multipart/form-data; boundary=edge"
    return desk.post(NEW, data=body + b"--edge--\r\n", content_type=kind)


# New dialogues


def test_a_programme_file_is_set_up(hall: Hall, desk: FlaskClient):
    answer = send(desk, file=SMALL.encode())

    new = made(hall)
    assert (answer.status_code, answer.location) == (303, f"/secretariat?made={new}")
    assert hall.house.secretariat.programme(new).title == {"en": "Water for all"}
    assert f'id="{new}" class="made"' in desk.get(answer.location).text


def test_the_text_of_a_programme_is_set_up(hall: Hall, desk: FlaskClient):
    answer = send(desk, text=SMALL.replace("\n", "\r\n"))

    assert answer.status_code == 303
    assert hall.house.secretariat.text(made(hall)) == SMALL


def test_a_large_programme_is_set_up(hall: Hall, desk: FlaskClient):
    text = SMALL + "# …\n" * 100_000
    assert len(text.encode()) > 5 * gate.MAX_BODY

    assert send(desk, text=text).status_code == 303
    assert send(desk, file=text.encode()).status_code == 303


@pytest.mark.story(15)
def test_every_problem_is_told_with_its_line_and_nothing_is_half_made(
    hall: Hall, desk: FlaskClient
):
    wrong = SMALL.replace("date: 2026-11-23", "date: tomorrow").replace("kind: panel", "kind: tea")

    for answer in (send(desk, text=wrong), send(desk, file=wrong.encode())):
        assert answer.status_code == 400
        assert "Line 4" in answer.text
        assert "“tomorrow” is not a day" in answer.text
        assert "Line 36" in answer.text
        assert "“tea” is not one of" in answer.text
        assert "date: tomorrow" in answer.text, "what was sent is there to be put right"
    assert dialogues(hall) == [hall.dialogue]


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe\x00",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 1_000,
        b"<script>alert(1)</script>",
        b"- a list",
        b"&a [*a]",
        b"a: " * 2_000,
        b"x" * 1_000_001,
        b"title: '\xed\xb3\xbf'",
        SMALL.encode("utf-16"),
    ],
)
def test_rubbish_is_refused_in_words(hall: Hall, desk: FlaskClient, rubbish: bytes):
    answer = send(desk, file=rubbish)

    assert answer.status_code == 400
    assert "Nothing was set up" in answer.text
    assert "<script>alert" not in answer.text
    assert dialogues(hall) == [hall.dialogue]


def test_what_is_wrong_is_told_in_the_language_of_the_desk(hall: Hall):
    desk = at_desk(hall, DeskRole.SECRETARIAT, lang="ar")

    answer = send(desk, text="title: A\ndate: tomorrow\n")

    assert answer.status_code == 400
    assert "ليس يوما؛ يُكتب هكذا" in answer.text
    assert "is not a day" not in answer.text
    assert "حجم الملف أكبر من 1 ميغابايت" in send(desk, file=b"x" * 1_000_001).text


def test_no_programme_at_all_is_told_so(hall: Hall, desk: FlaskClient):
    for answer in (send(desk), desk.post(NEW, data={})):
        assert answer.status_code == 400
        assert "the file is empty" in answer.text


def test_what_is_far_too_large_is_not_even_read(hall: Hall, desk: FlaskClient):
    answer = send(desk, file=b"#" * 3_000_000)

    assert answer.status_code == 413
    assert "the file is larger than 1 MB" in answer.text
    assert dialogues(hall) == [hall.dialogue]


# Copies and files


def test_a_copy_is_held_on_another_day_under_the_same_titles(hall: Hall, desk: FlaskClient):
    title = "Interactive dialogue on human trafficking"
    answer = desk.post(
        f"{NEW}/{hall.dialogue}/copy", data={"date": "2031-04-03", "title": f" {title} "}
    )

    copy = made(hall)
    assert answer.location == f"/secretariat?made={copy}"
    old, new = (hall.house.secretariat.programme(one) for one in (hall.dialogue, copy))
    assert f"{new.day}" == "2031-04-03"
    assert new.title == old.title
    assert new.delegations == old.delegations
    assert new.starts - old.starts == (new.day - old.day).days * 24 * 3_600_000
    ours, others = (
        {link.token for link in hall.house.secretariat.links(one)} for one in (hall.dialogue, copy)
    )
    assert not ours & others


def test_a_copy_may_have_another_title(hall: Hall, desk: FlaskClient):
    desk.post(f"{NEW}/{hall.dialogue}/copy", data={"date": "2031-04-03", "title": "Follow-up: II"})

    assert hall.house.secretariat.programme(made(hall)).title == {"en": "Follow-up: II"}


@pytest.mark.parametrize("data", [{}, {"date": "soon"}, {"date": "2500-01-01"}, {"date": '"'}])
def test_a_copy_without_a_day_is_refused(hall: Hall, desk: FlaskClient, data: dict[str, str]):
    answer = desk.post(f"{NEW}/{hall.dialogue}/copy", data=data)

    assert answer.status_code == 400
    assert "Nothing was set up" in answer.text
    assert dialogues(hall) == [hall.dialogue]


def test_the_programme_file_can_be_fetched(hall: Hall, desk: FlaskClient):
    answer = desk.get(f"{NEW}/{hall.dialogue}/programme.yaml")

    assert answer.data == DEMONSTRATION.read_bytes()
    assert answer.mimetype == "application/yaml"
    assert "2012-04-03" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("what", ["enter", "copy"])
def test_a_dialogue_that_is_not_there(desk: FlaskClient, what: str):
    answer = desk.post(f"{NEW}/aaaaaaaaaa/{what}", data={"date": "2031-01-01"})

    assert answer.status_code == 404
    assert desk.get(f"{NEW}/aaaaaaaaaa/programme.yaml").status_code == 404


# Entering


def test_the_secretariat_enters_a_dialogue_as_its_secretary(hall: Hall, desk: FlaskClient):
    answer = desk.post(f"{NEW}/{hall.dialogue}/enter", data={"to": "floor"})

    (seat,) = hall.house.secretariat.seats(hall.dialogue)
    assert (seat.role, seat.subject) == ("secretary", "secretariat")
    assert (answer.status_code, answer.location) == (303, f"/s/{seat.id}")
    assert ">Secretariat<" in desk.get(answer.location).text.replace('"name": "', ">").replace(
        '"', "<"
    )
    headers = {"Moderator-Seat": seat.id}
    done = desk.post(
        f"{hall.api}/commands", json={"id": "open-it-now", "type": "open-dialogue"}, headers=headers
    )
    assert done.status_code == 200
    taken = desk.post(
        f"{hall.api}/commands", json={"id": "gavel-now", "type": "take-gavel"}, headers=headers
    )
    assert taken.status_code == 200
    view = desk.get(f"{hall.api}/view", headers=headers).get_json()["view"]
    document = desk.get(f"{hall.api}/programme", headers=headers).get_json()
    assert document["bureau"][view["gavel"]]["name"] == "Secretariat"


def test_entering_again_in_the_same_browser_takes_the_same_seat(hall: Hall, desk: FlaskClient):
    first = desk.post(f"{NEW}/{hall.dialogue}/enter", data={"to": "floor"})
    again = desk.post(f"{NEW}/{hall.dialogue}/enter", data={"to": "setup"})

    assert again.location == f"{first.location}/setup"
    assert len(hall.house.secretariat.seats(hall.dialogue)) == 1
    elsewhere = at_desk(hall, DeskRole.SECRETARIAT)
    assert elsewhere.post(f"{NEW}/{hall.dialogue}/enter").location != first.location


def test_a_secretary_of_the_dialogue_is_another_seat(hall: Hall, desk: FlaskClient):
    token = hall.link(Role.SECRETARY).token
    own = desk.post(f"/l/{token}", data={"lang": "en"})

    assert desk.post(f"{NEW}/{hall.dialogue}/enter").location != own.location


def test_the_page_is_in_arabic_too(hall: Hall):
    page = at_desk(hall, DeskRole.SECRETARIAT, "ar").get("/secretariat").text

    assert 'dir="rtl"' in page
    assert "الحوار التفاعلي بشأن الاتجار بالبشر" in page


def test_a_dialogue_of_a_few_words_is_set_up_and_its_fields_are_shown_next(
    hall: Hall, desk: FlaskClient
):
    words = {
        "title": "Dialogue: on the harbour",
        "place": "Room 3",
        "date": "2027-03-01",
        "start": "10:00",
        "end": "13:00",
        "timezone": "Europe/Zurich",
        "original": "fr",
    }

    answer = desk.post("/secretariat/dialogues/plain", data=words)

    assert answer.status_code == 303
    assert answer.location.endswith("/setup")
    page = desk.get(answer.location)
    assert page.status_code == 200
    programme = hall.house.secretariat.programme(made(hall))
    assert programme.title == {"fr": "Dialogue: on the harbour"}
    assert len(programme.delegations) == 196
    assert [part.kind for part in programme.parts] == ["panel"]


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"date": "soon"}, {"end": "9:00"}, {"timezone": ""}]
)
def test_what_was_filled_in_stays_when_something_is_wrong(
    hall: Hall, desk: FlaskClient, wrong: dict[str, str]
):
    words = {"title": "A", "place": "Room 3", "date": "2027-03-01", "start": "10:00"}
    words |= {"end": "13:00", "timezone": "Europe/Zurich", "original": "en", **wrong}

    answer = desk.post("/secretariat/dialogues/plain", data=words)

    assert answer.status_code == 400
    assert 'value="Room 3"' in answer.text
    assert 'role="alert"' in answer.text
    assert len(hall.house.secretariat.dialogues()) == 1
