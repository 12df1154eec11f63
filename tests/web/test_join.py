"""Entering: by link, by code, in a language; and nowhere else does any of it lead."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from moderator.core.terms import Role
from moderator.secretariat import Link
from moderator.web import gate, language
from tests.web.hall import Hall


@pytest.fixture
def client(hall: Hall) -> FlaskClient:
    return hall.app.test_client()


@pytest.fixture
def stranger(quiet: Hall) -> FlaskClient:
    """A browser in a hall where nothing is ever done."""
    return quiet.app.test_client()


@pytest.fixture
def nigeria(hall: Hall) -> Link:
    return hall.link(Role.DELEGATION, "NG")


# Links


def test_a_link_tells_whom_it_admits_and_nothing_happens_yet(hall: Hall, client: FlaskClient):
    answer = client.get(f"/l/{hall.link(Role.DELEGATION, 'NG').token}")

    assert answer.status_code == 200
    assert "Enter as Nigeria" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert hall.house.secretariat.seats(hall.dialogue) == ()


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_link_that_names_it(quiet: Hall, stranger: FlaskClient, role: Role):
    answer = stranger.get(f"/l/{quiet.link(role).token}")

    assert answer.status_code == 200
    assert 'data-screen="join"' in answer.text


def test_the_button_makes_a_seat_each_time_it_is_pressed(
    hall: Hall, client: FlaskClient, nigeria: Link
):
    first, second = client.post(f"/l/{nigeria.token}"), client.post(f"/l/{nigeria.token}")

    seats = hall.house.secretariat.seats(hall.dialogue)
    assert {first.location, second.location} == {f"/s/{seat.id}" for seat in seats}
    assert [(seat.role, seat.subject) for seat in seats] == [("delegation", "NG")] * 2
    assert client.get(first.location).status_code == 200


@pytest.mark.parametrize("token", ["x", "A" * 24, "%00", "%ff", "..", "A" * 5_000, "ΑΒΓ"])
def test_a_link_that_is_not_known_is_told_so(stranger: FlaskClient, token: str):
    for answer in (stranger.get(f"/l/{token}"), stranger.post(f"/l/{token}")):
        assert answer.status_code == 404
        assert "Set-Cookie" not in answer.headers


def test_a_link_that_was_issued_again_admits_nobody_by_its_old_card(
    hall: Hall, client: FlaskClient, nigeria: Link
):
    renewed = hall.house.secretariat.reissue(nigeria)

    assert client.get(f"/l/{nigeria.token}").status_code == 404
    assert client.post("/join", data={"code": nigeria.code}).status_code == 404
    assert client.get(f"/l/{renewed.token}").status_code == 200
    assert client.post("/join", data={"code": renewed.code}).status_code == 303


def test_seats_stay_when_their_link_is_issued_again(hall: Hall, nigeria: Link):
    phone = hall.enter(Role.DELEGATION, "NG")

    hall.house.secretariat.reissue(nigeria)

    assert phone.get("/view").status_code == 200


# Displays


def test_a_display_takes_along_what_its_link_says_of_the_room(hall: Hall, client: FlaskClient):
    link = f"/l/{hall.link(Role.DISPLAY).token}?depth=30&height=2.5&mirror=1&captions=1&x=y&lang=en"

    entered = client.post(link)

    page, _, said = entered.location.partition("?")
    assert said == "depth=30&height=2.5&mirror=1&captions=1"
    assert client.get(page).status_code == 200


def test_other_links_take_nothing_along(client: FlaskClient, nigeria: Link):
    assert "?" not in client.post(f"/l/{nigeria.token}?depth=30").location


def test_a_display_that_has_a_seat_goes_on_with_it_and_nobody_presses(
    hall: Hall, client: FlaskClient
):
    link = f"/l/{hall.link(Role.DISPLAY).token}"
    page = client.post(link).location

    again = client.get(f"{link}?depth=20")

    assert (again.status_code, again.location) == (303, f"{page}?depth=20")
    assert len(hall.house.secretariat.seats(hall.dialogue)) == 1


@pytest.mark.parametrize("shown", ["lectern", "overlay"])
def test_the_link_of_a_display_may_lead_to_another_page_of_it(
    hall: Hall, client: FlaskClient, shown: str
):
    link = f"/l/{hall.link(Role.DISPLAY).token}?show={shown}&title=1"

    first = client.post(link).location
    again = client.get(link).location

    assert re.fullmatch(rf"/s/\w+/{shown}\?title=1", first)
    assert again == first
    assert client.get(first).status_code == 200


def test_a_page_that_a_display_does_not_have_is_the_display(hall: Hall, client: FlaskClient):
    link = f"/l/{hall.link(Role.DISPLAY).token}?show=record"

    assert re.fullmatch(r"/s/\w+", client.post(link).location)


def test_a_display_that_was_expelled_is_asked_again(hall: Hall, client: FlaskClient):
    link = f"/l/{hall.link(Role.DISPLAY).token}"
    client.post(link)
    (seat,) = hall.house.secretariat.seats(hall.dialogue)
    hall.house.secretariat.expel(seat.id)

    assert client.get(link).status_code == 200


def test_a_seat_of_another_kind_opens_no_display_and_phones_are_always_asked(
    hall: Hall, client: FlaskClient, nigeria: Link
):
    client.post(f"/l/{nigeria.token}")
    client.set_cookie("seat-nonsense", "ß")

    assert client.get(f"/l/{hall.link(Role.DISPLAY).token}").status_code == 200
    assert client.get(f"/l/{nigeria.token}").status_code == 200


# Codes


@pytest.mark.parametrize(
    "typed",
    [
        str.upper,
        str.lower,
        lambda code: f"{code[:4]}-{code[4:]}",
        lambda code: f"  {code[:4].lower()} – {code[4:]}\n",
        lambda code: " ".join(code),
        lambda code: ".".join(code),
    ],
    ids=["as printed", "small", "hyphen", "dash", "spaces", "dots"],
)
def test_a_code_is_taken_however_it_is_typed(
    client: FlaskClient, nigeria: Link, typed: Callable[[str], str]
):
    assert nigeria.code is not None

    answer = client.post("/join", data={"code": typed(nigeria.code)})

    assert (answer.status_code, answer.location) == (303, f"/l/{nigeria.token}")


@pytest.mark.parametrize(
    "typed", ["", "2", "22222222", "AAAA-AAAA-AAAA", "🂡", "\x00", "ß" * 8, "x" * 60_000]
)
def test_a_code_that_opens_nothing_is_told_so_and_may_be_typed_again(
    stranger: FlaskClient, typed: str
):
    answer = stranger.post("/join", data={"code": typed})

    assert answer.status_code == 404
    assert "This code is not known. Check it on your place card." in answer.text
    assert 'name="code"' in answer.text


@pytest.mark.parametrize("body", [{}, {"kode": "x"}])
def test_no_code_at_all_opens_nothing(stranger: FlaskClient, body: dict[str, str]):
    assert stranger.post("/join", data=body).status_code == 404


def test_only_delegations_have_codes(quiet: Hall):
    links = quiet.house.secretariat.links(quiet.dialogue)

    assert {link.role for link in links if link.code is not None} == {Role.DELEGATION}
    codes = [link.code for link in links if link.code]
    assert len(set(codes)) == len(codes)


def test_wrong_codes_are_counted_and_right_ones_are_not(client: FlaskClient, nigeria: Link):
    for _ in range(3 * gate.WRONG_CODES_PER_ADDRESS.amount):
        assert client.post("/join", data={"code": nigeria.code}).status_code == 303
    for _ in range(gate.WRONG_CODES_PER_ADDRESS.amount):
        assert client.post("/join", data={"code": "WRONG"}).status_code == 404

    refused = client.post("/join", data={"code": nigeria.code})

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "60"
    assert "Too many attempts. Please wait a moment." in refused.text
    assert nigeria.token not in refused.text


def test_wrong_codes_are_counted_over_all_addresses(hall: Hall):
    client = hall.app.test_client()

    def guess(address: str) -> int:
        environ = {"REMOTE_ADDR": address}
        return client.post("/join", data={"code": "W"}, environ_overrides=environ).status_code

    for host in range(gate.WRONG_CODES_IN_ALL.amount):
        assert guess(f"203.0.113.{host}") == 404

    assert guess("198.51.100.1") == 429


def test_while_too_many_guess_links_still_open(client: FlaskClient, nigeria: Link):
    for _ in range(gate.WRONG_CODES_PER_ADDRESS.amount + 1):
        client.post("/join", data={"code": "WRONG"})

    assert client.post(f"/l/{nigeria.token}").status_code == 303


# Languages


@pytest.mark.parametrize(
    ("accepted", "lang", "direction"),
    [
        (None, "en", "ltr"),
        ("ar", "ar", "rtl"),
        ("ar-EG,ar;q=0.9", "ar", "rtl"),
        ("pt-BR, ar;q=0.5, en;q=0.4", "ar", "rtl"),
        ("fr", "fr", "ltr"),
        ("pt, es;q=0.5", "es", "ltr"),
        ("zh-CN", "zh", "ltr"),
        ("zh-Hans-CN, en;q=0.1", "zh", "ltr"),
        ("ru-RU", "ru", "ltr"),
        ("de", "en", "ltr"),
        ("en;q=0.5, ar;q=0", "en", "ltr"),
        ("*", "en", "ltr"),
        ("nonsense;;q=x,,", "en", "ltr"),
    ],
)
def test_a_page_is_in_the_language_of_the_browser(
    stranger: FlaskClient, accepted: str | None, lang: str, direction: str
):
    headers = {} if accepted is None else {"Accept-Language": accepted}

    assert f'<html lang="{lang}" dir="{direction}"' in stranger.get("/", headers=headers).text


DAYS = {
    "ar": "الثلاثاء، 3 نيسان/أبريل 2012",
    "zh": "2012年4月3日，星期二",
    "en": "Tuesday, 3\xa0April 2012",
    "fr": "mardi 3\xa0avril 2012",
    "ru": "вторник, 3\xa0апреля 2012 года",
    "es": "martes 3\xa0de abril de 2012",
}


@pytest.mark.parametrize("lang", language.OFFERED)
def test_a_day_is_written_as_the_united_nations_write_it(hall: Hall, lang: str):
    with hall.app.test_request_context(f"/?lang={lang}"):
        assert language.day(date(2012, 4, 3)) == DAYS[lang]


def test_the_first_of_a_month_is_an_ordinal_in_french(hall: Hall):
    with hall.app.test_request_context("/?lang=fr"):
        assert language.day(date(2012, 5, 1)) == "mardi 1er\xa0mai 2012"
        assert language.day(date(2012, 5, 21)) == "lundi 21\xa0mai 2012"


def test_a_desk_says_of_itself_the_language_that_most_of_its_words_are_in(hall: Hall):
    assert '<html lang="en"' in hall.enter(Role.CHAIR, lang="fr").page().text
    assert '<html lang="fr"' in hall.enter(Role.DELEGATION, "DZ", lang="fr").page().text
    assert '<html lang="ar"' in hall.enter(Role.CHAIR, lang="ar").page().text


def test_the_chosen_language_comes_before_the_browsers(client: FlaskClient):
    chosen = client.post("/lang", data={"lang": "ar"}, headers={"Accept-Language": "en"})

    assert (chosen.status_code, chosen.location) == (303, "/join")
    page = client.get("/join", headers={"Accept-Language": "en"}).text
    assert '<html lang="ar" dir="rtl"' in page


def test_the_language_of_a_seat_is_that_of_its_button(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "DZ", lang="ar")

    page = phone.client.get(f"/s/{phone.seat}", headers={"Accept-Language": "en"}).text

    assert '<html lang="ar" dir="rtl"' in page
    assert "الجزائر" in page


def test_a_seat_changes_its_language(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "DZ", lang="ar")

    answer = phone.client.post("/lang", data={"lang": "en", "seat": phone.seat})

    assert (answer.status_code, answer.location) == (303, f"/s/{phone.seat}")
    assert '<html lang="en" dir="ltr"' in phone.page().text
    assert "Algeria" in phone.page().text


def test_a_refusal_is_told_in_the_language_of_the_seat(hall: Hall):
    phone = hall.enter(Role.DELEGATION, "DZ", lang="ar")

    refused = phone.send("request-floor", segment="s2").get_json()

    assert refused["reason"] == "not-open"
    assert refused["message"] == "لم تُفتتح الجلسة بعد."


def test_a_language_that_is_not_offered_is_english(hall: Hall, client: FlaskClient):
    token = hall.link(Role.DELEGATION, "NG").token

    for lang in ("xx", "", "ar\x00", "../ar"):
        location = client.post(f"/l/{token}", data={"lang": lang}).location
        assert '<html lang="en"' in client.get(location).text
        client.post("/lang", data={"lang": lang})
        assert '<html lang="en"' in client.get("/join").text


def test_nobody_changes_the_language_of_another_seat(hall: Hall, client: FlaskClient):
    phone = hall.enter(Role.DELEGATION, "NG")

    answer = client.post("/lang", data={"lang": "ar", "seat": phone.seat})

    assert answer.status_code == 401
    assert '<html lang="en"' in phone.page().text


# Nowhere else


@pytest.mark.parametrize(
    "away",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "javascript:1"],
)
def test_no_form_leads_to_another_site(hall: Hall, client: FlaskClient, nigeria: Link, away: str):
    fields = {"next": away, "seat": away, "lang": "en", "code": nigeria.code, "url": away}
    query = {"next": away, "lang": away, "token": away}

    for path in ("/join", "/lang", f"/l/{nigeria.token}"):
        answer = client.post(path, data=fields, query_string=query, headers={"Referer": away})
        assert (answer.location or "/").startswith("/")
        assert "elsewhere" not in (answer.location or "")


@pytest.mark.parametrize("path", ["//elsewhere.example", "//elsewhere.example/..", "/\\elsewhere"])
def test_no_path_leads_to_another_site(stranger: FlaskClient, path: str):
    answer = stranger.get("/", environ_overrides={"PATH_INFO": path})

    assert (answer.location or "http://localhost/").startswith("http://localhost/")
