"""What is read: views, the programme and the words of the screens; and what is kept unchanged."""

from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from moderator.core.terms import BUREAU, Role
from moderator.core.units import SECOND, Duration
from tests.web.hall import PANEL, Hall

PUBLIC = [role for role in Role if role not in BUREAU]


def etag(answer: TestResponse) -> dict[str, str]:
    """The header that asks whether an answer still holds."""
    return {"If-None-Match": answer.headers["ETag"]}


# Views


@pytest.mark.story(40)
@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_its_audience_sees(hall: Hall, role: Role):
    hall.begin()
    hall.ask("NG")

    answer = hall.program(role).get("/view")

    body = answer.get_json()
    assert body["version"] == len(hall.log())
    assert body["now"] == hall.now()
    assert ("gavel" in body["view"]) == (role in BUREAU)
    assert ("entries" in body["view"]["list"]) == (role in BUREAU)
    assert ("own" in body) == (role is Role.DELEGATION)


def test_the_public_is_not_told_who_of_the_bureau_did_what(hall: Hall):
    hall.begin()
    hall.program(Role.ASSISTANT).do("request-floor", segment=PANEL, delegation="NG")

    for role in PUBLIC:
        text = hall.program(role).get("/view").text
        assert "by_bureau" not in text
        assert "chair/" not in text


def test_a_view_that_has_not_changed_is_not_sent_again(hall: Hall):
    hall.begin()
    chair = hall.chair
    first = chair.get("/view")

    hall.now.pass_by(SECOND)
    again = chair.get("/view", headers=etag(first))

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_view_that_has_changed_is(hall: Hall):
    hall.begin()
    chair = hall.chair
    first = chair.get("/view")

    hall.ask("NG")

    assert chair.get("/view", headers=etag(first)).status_code == 200


def test_a_view_changes_by_time_alone_when_a_turn_is_over(hall: Hall):
    hall.begin()
    hall.give(hall.ask("NG"))
    first = hall.chair.get("/view")

    hall.now.pass_by(Duration(600 * SECOND))
    after = hall.chair.get("/view", headers=etag(first))

    assert after.get_json()["view"]["last"]["outcome"] == "time-expired"


def test_no_view_passes_for_that_of_another_seat(hall: Hall):
    hall.begin()
    hall.ask("NG")
    callers = [hall.program(role) for role in Role if role is not Role.DELEGATION]
    callers += [hall.program(Role.DELEGATION, code) for code in ("NG", "BR", "DZ")]
    answers = {caller.token: caller.get("/view") for caller in callers}

    for caller in callers:
        for token, answer in answers.items():
            again = caller.get("/view", headers=etag(answer))
            if caller.token == token:
                assert again.status_code == 304
            elif again.status_code == 304:
                mine, theirs = answers[caller.token].get_json(), answer.get_json()
                assert mine == theirs


def test_a_view_is_kept_by_nobody_in_between(quiet: Hall):
    assert quiet.chair.get("/view").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["head", "options"])
def test_a_view_can_be_asked_about(quiet: Hall, method: str):
    answer = getattr(quiet.chair.client, method)(f"{quiet.api}/view", headers=quiet.chair.headers)

    assert (answer.status_code, answer.data) == (200, b"")


def test_own_tells_a_delegation_its_requests_and_its_limits(hall: Hall):
    hall.begin()
    request = hall.ask("NG", group="G77")

    own = hall.program(Role.DELEGATION, "NG").get("/view").get_json()["own"]

    (waiting,) = own["requests"]
    assert waiting["id"] == request
    assert (waiting["kind"], waiting["capacity"], waiting["group"]) == ("statement", "group", "G77")
    assert (waiting["number"], waiting["place"]) == (1, 0)
    assert own["capacities"] == {"national": 180_000, "group": 300_000}


def test_a_delegation_that_is_none_has_nothing_of_its_own(hall: Hall):
    (token,) = hall.house.secretariat.issue_tokens(hall.dialogue, [(Role.DELEGATION, "XX")])

    answer = hall.app.test_client().get(
        f"{hall.api}/view", headers={"Authorization": f"Bearer {token.secret}"}
    )

    assert "own" not in answer.get_json()


# The programme


def test_the_programme_is_in_the_language_of_the_seat(quiet: Hall):
    arabic = quiet.enter(Role.DELEGATION, "NG", lang="ar").get("/programme")
    english = quiet.enter(Role.DELEGATION, "NG", lang="en").get("/programme")

    assert arabic.get_json()["title"] == "الحوار التفاعلي بشأن الاتجار بالبشر"
    assert english.get_json()["title"] == "Interactive dialogue on human trafficking"
    assert arabic.get_json()["id"] == english.get_json()["id"] == quiet.dialogue


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"query_string": {"lang": "ar"}}, "نيجيريا"),
        ({"headers": {"Accept-Language": "ar"}}, "نيجيريا"),
        ({}, "Nigeria"),
    ],
)
def test_a_program_chooses_its_language(quiet: Hall, asked: dict[str, object], name: str):
    document = quiet.chair.get("/programme", **asked).get_json()

    assert document["delegations"]["NG"]["name"] == name


def test_the_programme_is_sent_once_in_each_language(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "NG", lang="ar")
    arabic = phone.get("/programme")
    assert arabic.headers["Cache-Control"] == "private, no-cache"
    assert phone.get("/programme", headers=etag(arabic)).status_code == 304

    phone.client.post("/lang", data={"lang": "en", "seat": phone.seat})

    english = phone.get("/programme", headers=etag(arabic))
    assert english.status_code == 200
    assert english.get_json()["delegations"]["NG"]["name"] == "Nigeria"


def test_the_programme_is_for_those_who_are_admitted(quiet: Hall):
    assert quiet.app.test_client().get(f"{quiet.api}/programme").status_code == 401


# The words of the screens


def test_the_words_of_the_screens_are_for_everybody(quiet: Hall):
    client = quiet.app.test_client()

    arabic = client.get("/strings/ar.json")

    assert arabic.get_json()["lang"] == "ar"
    assert len(arabic.get_json()["strings"]) > 50
    assert client.get("/strings/en.json").get_json() == {"lang": "en", "strings": {}}
    assert client.get("/strings/ar.json", headers=etag(arabic)).status_code == 304


def test_plurals_come_in_all_their_forms(quiet: Hall):
    strings = quiet.app.test_client().get("/strings/ar.json").get_json()["strings"]

    plurals = [forms for forms in strings.values() if isinstance(forms, list)]
    assert plurals
    assert {len(forms) for forms in plurals} == {6}


@pytest.mark.parametrize("code", ["ar", "es", "fr", "ru", "zh"])
def test_a_phone_has_all_its_words_and_is_not_sent_those_of_the_desks(quiet: Hall, code: str):
    client = quiet.app.test_client()
    of_all = client.get(f"/strings/{code}.json").get_json()["strings"]
    of_hall = client.get(f"/strings/{code}/hall.json").get_json()["strings"]
    arabic = client.get("/strings/ar/hall.json").get_json()["strings"]

    assert of_hall.keys() == arabic.keys()
    assert "Ask for the floor" in of_hall
    assert not {"Press again to confirm", "Keep the note"} & of_hall.keys()
    assert of_hall.keys() <= of_all.keys()


def test_what_a_screen_shows_later_or_never_is_not_sent_at_once(quiet: Hall):
    client = quiet.app.test_client()

    def said(part: str) -> set[str]:
        return set(client.get(f"/strings/ru/{part}.json").get_json()["strings"])

    parts = ("hall", "phone", "more", "display", "panel")
    hall, phone, more, display, panel = (said(part) for part in parts)
    assert {"Ask for the floor", "Reconnecting"} <= phone < more < hall
    assert {"You are second", "Please slow down", "Minister"} <= more - phone
    assert "Ask to take part" in hall - phone
    assert {"How to join", "Reconnecting"} <= display < panel
    assert {"Depth of the room, in metres", "Digits"} <= panel - display


@pytest.mark.parametrize("code", ["pt", "xx", "..", "%2e%2e%2fsecret-key", "ar%00", "AR"])
def test_words_of_other_languages_are_not_looked_for(quiet: Hall, code: str):
    assert quiet.app.test_client().get(f"/strings/{code}.json").status_code == 404


# Static files


@pytest.mark.parametrize(
    "path",
    ["../wsgi.py", "%2e%2e/wsgi.py", "..%2fwsgi.py", "/etc/passwd", "js/../../wsgi.py", "js"],
)
def test_only_what_is_static_is_served(quiet: Hall, path: str):
    answer = quiet.app.test_client().get(f"/static/{path}", follow_redirects=True)

    assert answer.status_code == 404


def test_scripts_are_sent_once(quiet: Hall):
    client = quiet.app.test_client()
    with client.get("/static/js/link.js") as first:
        assert first.data == Path("static/js/link.js").read_bytes()
    with client.get("/static/js/link.js", headers=etag(first)) as again:
        assert again.status_code == 304
