"""Pages: each seat's own screen, what its script starts from, and how phones find us."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from werkzeug.test import TestResponse

from moderator.core.terms import Role
from moderator.web.language import OFFERED
from tests.web.conftest import MakeHall
from tests.web.hall import Hall


def boot(answer: TestResponse) -> Mapping[str, Any]:
    """What the script of a page starts from."""
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', answer.text)
    assert found is not None
    started: Mapping[str, Any] = json.loads(found[1])
    return started


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("lang", OFFERED)
def test_every_role_has_its_screen_in_every_language(quiet: Hall, role: Role, lang: str):
    device = quiet.enter(role, lang=lang)

    answer = device.client.get(f"/s/{device.seat}", follow_redirects=True)

    assert answer.status_code == 200
    started = boot(answer)
    assert started["role"] == role
    assert (started["lang"], started["dir"]) == (lang, "rtl" if lang == "ar" else "ltr")
    assert (started["seat"], started["dialogue"]) == (device.seat, quiet.dialogue)


def test_a_page_leads_its_script_to_addresses_that_answer(hall: Hall):
    device = hall.enter(Role.CHAIR)

    urls = boot(device.page())["urls"]

    assert set(urls) == {
        "view",
        "commands",
        "programme",
        "notes",
        "delegations",
        "walkIns",
        "setup",
        "texts",
        "strings",
        "record",
        "summary",
        "paragraphs",
        "flags",
        "cards",
        "links",
        "paper",
        "figures",
        "order",
        "balance",
        "reached",
    }
    urls["flags"] = urls["flags"].replace("{code}", "mx")
    told = ("view", "programme", "strings", "record", "summary", "paragraphs")
    told = (*told, "flags", "cards", "links", "setup", "figures", "balance", "reached")
    for name in told:
        with device.client.get(urls[name], headers=device.headers) as answer:
            assert answer.status_code == 200
    assert device.client.post(urls["commands"], headers=device.headers).status_code == 415


@pytest.mark.parametrize("lang", OFFERED)
@pytest.mark.parametrize("page", ["/lectern", "/overlay"])
def test_a_display_has_two_more_pages_with_words_of_their_own(quiet: Hall, page: str, lang: str):
    device = quiet.enter(Role.DISPLAY, lang=lang)

    urls = boot(device.page(page))["urls"]

    assert urls[page.removeprefix("/")] == f"/s/{device.seat}{page}"
    strings = device.client.get(urls["strings"]).get_json()["strings"]
    assert ("Please slow down" in strings) is (lang != "en")
    assert "Ask for the floor" not in strings


@pytest.mark.parametrize("page", ["/lectern", "/overlay"])
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DISPLAY])
def test_they_are_for_no_other_seat(quiet: Hall, role: Role, page: str):
    assert quiet.enter(role).page(page).status_code == 403


@pytest.mark.parametrize(
    ("role", "script"), [(Role.INTERPRETER, "booth.js"), (Role.PANELLIST, "panellist.js")]
)
def test_booth_and_panellists_have_pages_of_their_own(quiet: Hall, role: Role, script: str):
    device = quiet.enter(role, lang="ar")

    page = device.page()

    assert f"/static/js/{script}" in page.text
    strings = device.client.get(boot(page)["urls"]["strings"]).get_json()["strings"]
    assert "Please slow down" in strings
    assert "Language of this screen" in strings


def test_phones_and_the_display_load_no_words_of_pages_that_are_not_theirs(quiet: Hall):
    for role in (Role.DELEGATION, Role.DISPLAY):
        device = quiet.enter(role, lang="ar")
        strings = device.client.get(boot(device.page())["urls"]["strings"]).get_json()["strings"]
        assert "Read out verbatim" not in strings
        assert "No question yet" not in strings


def test_no_page_runs_or_styles_anything_within_it(quiet: Hall):
    for role in Role:
        device = quiet.enter(role)
        of_role = {
            Role.SECRETARY: ("", "/cards", "/links", "/figures", "/figures/projected"),
            Role.DISPLAY: ("", "/lectern", "/overlay"),
        }
        pages = of_role.get(role, ("",))
        text = "".join(
            device.client.get(f"/s/{device.seat}{page}", follow_redirects=True).text
            for page in pages
        )
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text)
        assert not re.search(r'(src|href|action)="(https?:)?//', text)


def test_no_page_tells_the_secret_of_its_seat(quiet: Hall):
    device = quiet.enter(Role.CHAIR)
    cookie = device.client.get_cookie(f"seat-{device.seat}")
    assert cookie is not None

    assert cookie.value not in device.page().text


def test_a_page_without_its_cookie_is_refused(quiet: Hall):
    device = quiet.enter(Role.CHAIR)

    answer = quiet.app.test_client().get(f"/s/{device.seat}")

    assert answer.status_code == 401
    assert "This device has no seat here." in answer.text


@pytest.mark.parametrize("seat", ["x", "aaaaaaaaaa", "%00%00%00%00%00%00%00%00%00%00", "x" * 999])
def test_a_page_of_no_seat_is_refused(quiet: Hall, seat: str):
    assert quiet.app.test_client().get(f"/s/{seat}").status_code == 401


def test_the_start_page_asks_for_a_code(quiet: Hall):
    text = quiet.app.test_client().get("/").text

    assert 'action="/join"' in text
    assert 'name="code"' in text


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ("http://192.168.0.5:8000", "http://192.168.0.5:8000/join"),
        ("http://[fd00::5]:8000", "http://[fd00::5]:8000/join"),
        ("https://moderator.example", "https://moderator.example/join"),
    ],
)
def test_phones_reach_us_as_this_page_did(quiet: Hall, reached: str, told: str):
    assert boot_under(quiet, reached)["join_url"] == told


@pytest.mark.parametrize("reached", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8"])
def test_a_page_on_the_same_machine_tells_the_address_in_the_network(
    quiet: Hall, monkeypatch: pytest.MonkeyPatch, reached: str
):
    monkeypatch.setattr("moderator.network.lan_address", lambda: "192.168.0.7")

    assert boot_under(quiet, reached)["join_url"] == "http://192.168.0.7:8000/join"


def test_phones_reach_us_as_was_set(make_hall: MakeHall):
    hall = make_hall(public_url="https://moderator.example")

    assert boot_under(hall, "http://10.0.0.1")["join_url"] == "https://moderator.example/join"


def test_the_display_shows_the_address_to_cameras(quiet: Hall):
    assert "<svg" in quiet.enter(Role.DISPLAY).page().text


def boot_under(hall: Hall, reached: str) -> Mapping[str, Any]:
    """What a page starts from that was reached under an address."""
    client = hall.app.test_client()
    link = hall.link(Role.DISPLAY).token
    return boot(client.post(f"/l/{link}", base_url=reached, follow_redirects=True))
