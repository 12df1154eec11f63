"""The gate: seats and tokens, other web sites, proxies, and what guards a page."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from moderator.cli import DEMONSTRATION
from moderator.core.terms import Role
from moderator.core.units import Duration
from moderator.secretariat import AFTER_CLOSING, SEAT_LIFE
from moderator.web import gate
from tests.web.hall import PRESIDENT, Hall, new_id

MakeHall = Callable[..., Hall]


def told(answer: TestResponse) -> tuple[int, str]:
    """Status and reason of a refusal."""
    return answer.status_code, answer.get_json()["reason"]


def seat_cookie(answer: TestResponse) -> str:
    """The cookie that an answer gives a seat with."""
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("seat-")]
    return cookie


def open_dialogue(**headers: str) -> dict[str, object]:
    return {
        "json": {"id": new_id(), "type": "open-dialogue"},
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
    }


# Seats of browsers


def test_one_browser_holds_several_seats_and_names_the_one_that_asks(hall: Hall):
    nigeria = hall.enter(Role.DELEGATION, "NG")
    token = hall.link(Role.DELEGATION, "BR").token
    brazil = nigeria.client.post(f"/l/{token}").location.removeprefix("/s/")
    hall.begin()

    for seat in (nigeria.seat, brazil):
        answer = nigeria.client.post(
            f"{hall.api}/commands",
            json={"id": new_id(), "type": "request-floor", "segment": "s2"},
            headers={"Moderator-Seat": seat},
        )
        assert answer.status_code == 200

    entries = hall.chair.get("/view").get_json()["view"]["list"]["entries"]
    assert [entry["delegation"] for entry in entries] == ["NG", "BR"]


@pytest.mark.parametrize("seat", [None, "", "aaaaaaaaaa", "\xff", "x" * 5_000, "seat-1", "../x"])
def test_a_cookie_without_its_seat_named_admits_nobody(quiet: Hall, seat: str | None):
    device = quiet.enter(Role.DELEGATION, "NG")
    headers = {} if seat is None else {"Moderator-Seat": seat}

    assert told(device.client.get(f"{quiet.api}/view", headers=headers)) == (401, "no-seat")


def test_a_seat_without_its_cookie_admits_nobody(quiet: Hall):
    device = quiet.enter(Role.CHAIR, PRESIDENT)
    stranger = quiet.app.test_client()

    assert told(stranger.get(f"{quiet.api}/view", headers=device.headers)) == (401, "no-seat")


def test_the_cookie_of_another_seat_does_not_open_this_one(quiet: Hall):
    chair, phone = quiet.enter(Role.CHAIR, PRESIDENT), quiet.enter(Role.DELEGATION, "NG")
    cookie = phone.client.get_cookie(f"seat-{phone.seat}")
    assert cookie is not None
    phone.client.set_cookie(f"seat-{chair.seat}", cookie.value)

    answer = phone.client.get(f"{quiet.api}/view", headers=chair.headers)

    assert told(answer) == (401, "no-seat")


def test_a_seat_of_another_dialogue_finds_nothing_here(hall: Hall):
    other = hall.house.secretariat.create(DEMONSTRATION.read_bytes())
    device = hall.enter(Role.CHAIR, PRESIDENT)

    for path in ("view", "programme", "seats"):
        answer = device.client.get(f"/api/dialogues/{other}/{path}", headers=device.headers)
        assert told(answer) == (404, "not-found")
    device.client.post(f"/api/dialogues/{other}/commands", **open_dialogue(**device.headers))
    assert hall.house.service.log(other) == ()


def test_a_seat_lasts_until_its_hour_and_no_longer(hall: Hall):
    device = hall.enter(Role.DELEGATION, "NG")

    hall.now.pass_by(Duration(SEAT_LIFE - 1))
    assert device.get("/view").status_code == 200

    hall.now.pass_by(Duration(1))
    assert told(device.get("/view")) == (401, "seat-expired")
    assert device.page().status_code == 401


def test_seats_of_a_closed_dialogue_read_its_record_for_a_day(hall: Hall):
    device = hall.enter(Role.DELEGATION, "NG")
    hall.begin()
    hall.chair.do("close-dialogue", holder=None)

    hall.now.pass_by(Duration(AFTER_CLOSING - 1))
    assert device.get("/view").status_code == 200

    hall.now.pass_by(Duration(1))
    assert told(device.get("/view")) == (401, "seat-expired")


def test_the_cookie_of_a_seat_is_kept_from_scripts_and_from_other_sites(hall: Hall):
    answer = hall.app.test_client().post(f"/l/{hall.link(Role.DELEGATION, 'NG').token}")

    attributes = {part.strip() for part in seat_cookie(answer).split(";")[1:]}
    assert attributes >= {"HttpOnly", "SameSite=Lax", "Path=/", f"Max-Age={30 * 24 * 3600}"}
    assert "Secure" not in attributes
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_the_cookie_of_a_seat_stays_under_https(hall: Hall):
    token = hall.link(Role.DELEGATION, "NG").token

    answer = hall.app.test_client().post(f"/l/{token}", base_url="https://localhost")

    assert "; Secure" in seat_cookie(answer)


# Tokens of programs


@pytest.mark.parametrize(
    "shown", ["Bearer {}", "bearer {}", "BEARER  {} "], ids=["Bearer", "bearer", "spaced"]
)
def test_a_token_is_shown_as_a_bearer(quiet: Hall, shown: str):
    headers = {"Authorization": shown.format(quiet.chair.secret)}

    assert quiet.app.test_client().get(f"{quiet.api}/view", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "shown",
    ["Bearer", "Bearer ", "Bearer wrong", "Bearer \xff\xfe", "Token {}", "Basic {}", "{}"],
)
def test_what_is_no_token_admits_nobody(quiet: Hall, shown: str):
    headers = {"Authorization": shown.format(quiet.chair.secret)}

    answer = quiet.app.test_client().get(f"{quiet.api}/view", headers=headers)

    assert told(answer) == (401, "no-seat")


def test_a_revoked_token_admits_nobody(hall: Hall):
    assert hall.house.secretariat.revoke_token(hall.chair.token)

    assert told(hall.chair.get("/view")) == (401, "seat-expelled")


def test_a_token_expires(hall: Hall):
    program = hall.chair
    hall.now.pass_by(SEAT_LIFE)

    assert told(program.get("/view")) == (401, "seat-expired")


def test_a_token_is_for_one_dialogue(hall: Hall):
    answer = hall.chair.client.get("/api/dialogues/another/view", headers=hall.chair.headers)

    assert told(answer) == (404, "not-found")


def test_a_password_of_the_proxy_before_us_does_not_hide_the_seat(hall: Hall):
    device = hall.enter(Role.DELEGATION, "NG", lang="ar")

    document = device.get("/programme", headers={"Authorization": "Basic dGVjaDpyb29t"})

    assert document.get_json()["delegations"]["NG"]["name"] == "نيجيريا"


# Other web sites


OURS = "http://localhost"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": OURS},
        {"Origin": "https://localhost"},  # TLS ended before us
        {"Origin": OURS, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_a_page_of_ours_may_ask(hall: Hall, headers: dict[str, str]):
    device = hall.enter(Role.CHAIR, PRESIDENT)

    assert device.post("/commands", open_dialogue()["json"], headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "file://"},
        {"Origin": "localhost"},
        {"Origin": "http://"},
        {"Origin": "http://["},
        {"Origin": "http://localhost:8001"},
        {"Origin": "http://localhost.elsewhere.example"},
        {"Origin": "http://elsewhere.example/http://localhost"},
        {"Origin": "http://elsewhere.example@localhost"},
        {"Origin": "http://localhost@elsewhere.example"},
        {"Origin": "http://localhost/"},
        {"Origin": "ws://localhost"},
        {"Origin": "chrome-extension://localhost"},
        {"Origin": f"{OURS}, https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": OURS, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
def test_a_page_of_another_site_may_not(quiet: Hall, headers: dict[str, str]):
    device = quiet.enter(Role.CHAIR, PRESIDENT)

    answer = device.post("/commands", open_dialogue()["json"], headers=headers)

    assert told(answer) == (403, "wrong-origin")
    assert quiet.log() == ()


@pytest.mark.parametrize("path", ["/join", "/lang", "/l/{token}"])
def test_no_form_of_another_site_enters(hall: Hall, path: str):
    path = path.format(token=hall.link(Role.CHAIR).token)

    answer = hall.app.test_client().post(path, headers={"Origin": "https://elsewhere.example"})

    assert answer.status_code == 403
    assert "This request came from another web site." in answer.text
    assert "Set-Cookie" not in answer.headers
    assert hall.house.secretariat.seats(hall.dialogue) == ()


def test_anybody_may_link_to_us(quiet: Hall):
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}

    assert quiet.app.test_client().get("/join", headers=headers).status_code == 200


def test_a_page_under_http_is_not_ours_where_we_are_under_https(quiet: Hall):
    answer = quiet.chair.client.post(
        f"{quiet.api}/commands",
        base_url="https://localhost",
        **open_dialogue(Origin="http://localhost", **quiet.chair.headers),
    )

    assert told(answer) == (403, "wrong-origin")


def test_the_public_address_is_ours_whatever_the_proxy_calls_us(make_hall: MakeHall):
    hall = make_hall(public_url="https://moderator.example")
    device = hall.enter(Role.CHAIR, PRESIDENT)

    ours = device.post(
        "/commands", open_dialogue()["json"], headers={"Origin": "https://moderator.example"}
    )
    not_ours = device.post(
        "/commands", open_dialogue()["json"], headers={"Origin": "http://moderator.example"}
    )

    assert ours.status_code == 200
    assert told(not_ours) == (403, "wrong-origin")


# Proxies


def forwarded(hall: Hall, peer: str) -> TestResponse:
    """What a browser gets through a proxy at `peer` that says we are reached under https."""
    return hall.app.test_client().post(
        f"/l/{hall.link(Role.DELEGATION, 'NG').token}",
        headers={
            "X-Forwarded-For": "203.0.113.7",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "moderator.example",
            "Origin": "https://moderator.example",
        },
        environ_overrides={"REMOTE_ADDR": peer},
    )


@pytest.mark.parametrize("peer", ["10.1.2.3", "::ffff:10.1.2.3", "fd00::7"])
def test_a_proxy_that_is_trusted_is_believed(make_hall: MakeHall, peer: str):
    answer = forwarded(make_hall(trusted_proxies=("10.0.0.0/8", "fd00::/8")), peer)

    assert answer.status_code == 303
    assert "; Secure" in seat_cookie(answer)
    assert "wss://moderator.example" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("peer", ["192.0.2.1", "::ffff:192.0.2.1", "fe80::1%eth0", ""])
def test_anybody_else_is_not(make_hall: MakeHall, peer: str):
    answer = forwarded(make_hall(trusted_proxies=("10.0.0.0/8", "fd00::/8")), peer)

    assert answer.status_code == 403


def test_without_proxies_nobody_is_believed(quiet: Hall):
    assert forwarded(quiet, "127.0.0.1").status_code == 403


def test_wrong_codes_are_counted_for_the_address_behind_the_proxy(make_hall: MakeHall):
    hall = make_hall(trusted_proxies=("127.0.0.1",))
    client = hall.app.test_client()

    def guess(address: str) -> int:
        headers = {"X-Forwarded-For": address}
        return client.post("/join", data={"code": "WRONG"}, headers=headers).status_code

    for _ in range(gate.WRONG_CODES_PER_ADDRESS.amount):
        assert guess("203.0.113.7") == 404
    assert guess("203.0.113.7") == 429
    assert guess("203.0.113.8") == 404


# What guards a page


ANSWERS = {
    "page": ("GET", "/", 200),
    "form": ("GET", "/join", 200),
    "redirect": ("POST", "/lang", 303),
    "refused page": ("GET", "/s/nobody", 401),
    "missing page": ("GET", "/nowhere", 404),
    "script": ("GET", "/static/js/link.js", 200),
    "missing script": ("GET", "/static/js/nothing.js", 404),
    "strings": ("GET", "/strings/en.json", 200),
    "interface": ("GET", "/api/openapi.json", 200),
    "refusal": ("GET", "/api/dialogues/x/view", 401),
    "wrong method": ("DELETE", "/join", 405),
    "head": ("HEAD", "/", 200),
    "options": ("OPTIONS", "/join", 200),
    "socket": ("GET", "/socket.io/?EIO=4&transport=polling", 400),
}


@pytest.mark.story(22)
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_may_run_nothing_but_our_own_scripts(quiet: Hall, answer: str):
    method, path, status = ANSWERS[answer]

    with quiet.app.test_client().open(path, method=method) as given:
        assert given.status_code == status
        headers = given.headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert not any("unsafe" in rule or "*" in rule for rule in policy)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_pages_hold_trusted_types_and_stand_in_no_frame(quiet: Hall):
    headers = quiet.app.test_client().get("/").headers

    policy = headers["Content-Security-Policy"].split("; ")
    assert set(policy) == {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self' ws://localhost wss://localhost",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types lit-html",
    }
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_sockets_may_go_to_the_public_address_too(make_hall: MakeHall):
    hall = make_hall(public_url="https://moderator.example:8443")

    policy = hall.app.test_client().get("/").headers["Content-Security-Policy"]

    assert "connect-src 'self' ws://localhost wss://localhost " in policy
    assert " ws://moderator.example:8443 wss://moderator.example:8443;" in policy


@pytest.mark.parametrize("host", ["a b", "x;script-src *", "x\tscript-src", "x/y", "[", ""])
def test_a_host_that_is_none_puts_nothing_into_the_policy(quiet: Hall, host: str):
    answer = quiet.app.test_client().get("/", headers={"Host": host})

    assert answer.status_code == 200
    assert "connect-src 'self' ;" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [("/", "no-store"), ("/static/js/link.js", "no-cache"), ("/strings/en.json", "no-cache")],
)
def test_pages_are_not_kept_and_scripts_are_looked_at_again(quiet: Hall, path: str, kept: str):
    with quiet.app.test_client().get(path) as answer:
        assert answer.headers["Cache-Control"] == kept
