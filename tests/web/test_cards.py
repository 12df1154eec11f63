"""Place cards: whom they are for, what stands on them, and what never does."""

import csv
import re
from pathlib import Path

import pytest

from moderator.core.terms import Role
from moderator.programme.languages import LANGUAGES
from moderator.web import cards
from moderator.web.language import OFFERED
from tests.web.hall import Device, Hall

DATA = Path(cards.__file__).parents[1] / "data"
PRINTING = (Role.CHAIR, Role.SECRETARY, Role.ASSISTANT)
WIFI = {"ssid": 'Room; "2"', "password": r"a\b:c,d;e", "where": "card"}


@pytest.fixture(scope="module")
def hall(make_lasting_hall) -> Hall:
    return make_lasting_hall(public_url="http://hall.example")


@pytest.fixture(scope="module")
def secretary(hall: Hall) -> Device:
    return hall.enter(Role.SECRETARY)


def shown(page: str) -> list[str]:
    """The codes of the delegations on a page of cards, in its order."""
    return re.findall(r'data-delegation="([\w-]+)"', page)


def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn as QR codes from now on."""
    drawn: list[str] = []
    real = cards._pictures
    monkeypatch.setattr(cards, "_pictures", lambda asked: [drawn.extend(asked), *real(asked)][1:])
    return drawn


def post(device: Device, **form: str):
    return device.client.post(f"/s/{device.seat}/cards", data=form)


@pytest.mark.parametrize("role", Role)
def test_cards_are_printed_by_chair_secretary_and_assistant(hall: Hall, role: Role):
    device = hall.enter(role)

    answers = [device.page("/cards?search=NG").status_code, post(device, search="NG").status_code]

    assert answers == ([200, 303] if role in PRINTING else [403, 403])


def test_every_delegation_has_one_card_with_its_own_code(hall: Hall, secretary: Device):
    page = secretary.page("/cards").text

    programme = hall.house.secretariat.programme(hall.dialogue)
    assert shown(page) == [one.code for one in programme.sorted_delegations("en")]
    for link in hall.house.secretariat.links(hall.dialogue):
        if link.code:
            assert page.count(f"{link.code[:4]} {link.code[4:]}") == 1
        assert link.token not in page  # but in its picture
    assert "http://hall.example<" in page


@pytest.mark.story(20)
def test_the_picture_is_of_the_link(hall: Hall, secretary: Device, monkeypatch):
    drawn = texts(monkeypatch)

    secretary.page("/cards?search=NG")

    assert drawn == [f"http://hall.example/l/{hall.link(Role.DELEGATION, 'NG').token}"]


def test_no_person_is_named_on_a_card(hall: Hall, secretary: Device):
    page = secretary.page("/cards").text

    document = hall.house.secretariat.programme(hall.dialogue).document("en")
    people = [*document["persons"].values(), *document["bureau"].values()]
    assert len(people) > 5
    # The roles of the bureau have names too, and are no persons.
    assert not [one["name"] for one in people if "." in one["name"] and one["name"] in page]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("search=NG", {"NG"}),
        ("search=br,%20ng", {"BR", "NG"}),
        ("search=cote", {"CI"}),
        ("search=нигерия", {"NG"}),
        ("search=nowhere", set()),
        ("of=EEG&search=federation", {"RU"}),
        ("of=AFR&search=BR", set()),
        ("of=observer-state", {"VA", "PS"}),
    ],
)
def test_some_are_chosen_by_name_code_kind_or_region(secretary: Device, query: str, codes: set):
    page = secretary.page(f"/cards?{query}").text

    assert set(shown(page)) == codes
    assert ("No delegation is meant by this." in page) is (not codes)


@pytest.mark.parametrize(
    ("language", "name", "direction"),
    [("fr", "Allemagne", "ltr"), ("zh", "德国", "ltr"), ("ar", "ألمانيا", "rtl")],
)
def test_names_are_in_the_language_of_the_cards(
    secretary: Device, language: str, name: str, direction: str
):
    page = secretary.page(f"/cards?search=DE&language={language}").text

    assert re.search(rf'class="front" lang="{language}"[^>]*>\s*<h2[^>]*>{name}</h2>', page)
    assert re.search(rf'class="paper"[^>]* lang="{language}" dir="{direction}"', page)
    assert '<html lang="en" dir="ltr"' in page


@pytest.mark.parametrize("language", OFFERED)
def test_a_card_says_how_to_ask_in_its_own_language(secretary: Device, language: str):
    page = secretary.page(f"/cards?search=DE&language={language}").text

    way = "rtl" if language == "ar" else "ltr"
    assert f'lang="{language}" dir="{way}">\n              <p class="how">' in page
    assert ("To ask for the floor" in page) is (language == "en")


def test_a_revoked_link_has_no_card_and_that_is_said(make_hall):
    hall = make_hall()
    hall.house.secretariat.revoke(hall.link(Role.DELEGATION, "NG"))

    page = hall.enter(Role.ASSISTANT).page("/cards?search=NG,BR").text

    assert shown(page) == ["BR"]
    assert "1 delegation has no card: its link is revoked." in page


@pytest.mark.parametrize(("shape", "sheets"), [("a4", 2), ("badge", 1), ("a6", 5)])
def test_so_many_cards_stand_on_a_sheet(secretary: Device, shape: str, sheets: int):
    page = secretary.page(f"/cards?format={shape}&search=NG,BR,MX,DE,FR").text

    assert page.count('class="paper"') == sheets
    assert ("cards-a6.css" in page) is (shape == "a6")


@pytest.mark.parametrize("query", ["format=a5", "language=xx", "of=" + "x" * 50, "flags=yes"])
def test_what_cannot_be_printed_is_refused(secretary: Device, query: str):
    assert secretary.page(f"/cards?{query}").status_code == 400
    form = dict(part.split("=") for part in query.split("&"))
    assert post(secretary, **form).status_code == 400


def test_a_form_without_wifi_leads_to_an_address(secretary: Device):
    answer = post(secretary, format="badge", language="ar", of="all", search="NG", ssid="")

    assert answer.status_code == 303
    assert answer.location.endswith("/cards?format=badge&language=ar&search=NG")


@pytest.mark.parametrize("where", ["card", "poster"])
def test_the_wifi_is_drawn_and_stays_in_no_address(secretary: Device, monkeypatch, where: str):
    drawn = texts(monkeypatch)

    answer = post(secretary, search="NG,BR", **{**WIFI, "where": where})

    assert answer.status_code == 200
    assert drawn[-1] == r"WIFI:T:WPA;S:Room\; \"2\";P:a\\b\:c\,d\;e;;"
    assert answer.text.count('aria-label="QR code of the Wi-Fi"') == (2 if where == "card" else 1)
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r'(href|action|src)="[^"]*Room', answer.text)
    assert "Room" not in secretary.page("/cards?search=NG").text


def test_a_network_without_a_password_is_open(secretary: Device, monkeypatch):
    drawn = texts(monkeypatch)

    assert post(secretary, search="NG", ssid="Room").status_code == 200

    assert drawn[-1] == "WIFI:T:nopass;S:Room;;"


@pytest.mark.parametrize(
    ("wifi", "said"),
    [
        ({"password": "long enough"}, "Please give the name"),
        ({"ssid": "é" * 17}, "at most 32 letters"),
        ({"ssid": "Room", "password": "short"}, "8 to 63 letters"),
        ({"ssid": "Room", "password": "x" * 64}, "8 to 63 letters"),
        ({"ssid": "Ro\x00om", "password": "long enough"}, "at most 32 letters"),
    ],
)
def test_a_network_that_is_none_is_told_in_words(secretary: Device, wifi: dict, said: str):
    answer = post(secretary, search="NG", **wifi)

    assert answer.status_code == 400
    assert said in answer.text
    assert 'value="NG"' in answer.text
    assert shown(answer.text) == []


def test_a_name_that_is_markup_is_text(make_hall, monkeypatch):
    hall = make_hall()
    page = post(hall.enter(Role.SECRETARY), search="NG", ssid="<b>Room</b>").text

    assert "&lt;b&gt;Room&lt;/b&gt;" in page
    assert "<b>Room" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_needs_the_smallest_letters(language: str):
    with (DATA / "delegations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    sizes = {row[language]: cards.size_of(row[language], language, 70, 29) for row in rows}

    assert min(sizes.values()) >= 11
    assert max(sizes.values()) == cards.SIZES[0]
