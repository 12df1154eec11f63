"""What whoever runs the server may ask: does it serve, can it work, what has it done?"""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from moderator.core.terms import Role
from moderator.health import Health, Part
from moderator.metrics import CONTENT_TYPE
from tests.figures import figures
from tests.web.hall import Hall

MakeHall = Callable[..., Hall]
TOKEN = "0123456789abcdef"


def ask(
    hall: Hall,
    path: str = "/metrics",
    address: str = "127.0.0.1",
    name: str = "localhost:8000",
    **headers: str,
) -> TestResponse:
    return hall.app.test_client().get(
        path,
        base_url=f"http://{name}",
        environ_base={"REMOTE_ADDR": address},
        headers={key.replace("_", "-"): value for key, value in headers.items()},
    )


def test_a_server_that_serves_says_so_without_its_database(hall: Hall) -> None:
    hall.house.engine.dispose()
    hall.house.settings.instance.joinpath("moderator.db").unlink()

    answer = ask(hall, "/healthz", "192.168.0.7", "moderator.example")

    assert (answer.status_code, answer.get_json()) == (200, {"serves": True})


def test_a_server_that_is_not_ready_says_what_is_missing(hall: Hall) -> None:
    answer = ask(hall, "/readyz", "192.168.0.7")

    # The bell of a test's own application does not run.
    assert (answer.status_code, answer.get_json()) == (503, {"ready": False, "missing": ["bell"]})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_server_that_is_ready_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Health, "missing", lambda _: ())

    answer = ask(hall, "/readyz")

    assert (answer.status_code, answer.get_json()) == (200, {"ready": True, "missing": []})


def test_every_part_has_a_name_of_its_own() -> None:
    assert [str(part) for part in Part] == ["database", "schema", "bell"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("127.0.0.1", "localhost:8000"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "[::1]:8000"),
        ("::ffff:127.0.0.1", "localhost"),
    ],
)
def test_the_machine_itself_reads_metrics(quiet: Hall, address: str, name: str) -> None:
    answer = ask(quiet, address=address, name=name)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    assert "process_cpu_seconds_total" in figures(answer.text)


@pytest.mark.parametrize(
    ("address", "name", "headers"),
    [
        ("192.168.0.7", "192.168.0.2:8000", {}),
        ("192.168.0.7", "localhost:8000", {}),
        ("::ffff:192.168.0.7", "localhost:8000", {}),
        ("127.0.0.1", "elsewhere.example:8000", {}),
        ("127.0.0.1", "localhost.elsewhere.example", {}),
        ("127.0.0.1", "localhost", {"X_Forwarded_For": "127.0.0.1"}),
        ("127.0.0.1", "localhost", {"Forwarded": "for=192.168.0.7"}),
        ("127.0.0.1", "localhost", {"Via": "1.1 proxy"}),
        ("127.0.0.1", "localhost", {"X_Real_IP": "192.168.0.7"}),
        ("", "localhost", {}),
        ("192.168.0.7", "localhost", {"Authorization": "Bearer "}),
    ],
)
def test_the_hall_does_not_read_metrics(
    quiet: Hall, address: str, name: str, headers: dict[str, str]
) -> None:
    answer = ask(quiet, address=address, name=name, **headers)

    assert answer.status_code == 403
    assert "moderator_" not in answer.text


def test_a_trusted_proxy_does_not_make_the_hall_the_machine(make_hall: MakeHall) -> None:
    hall = make_hall(trusted_proxies=("127.0.0.1/32",))

    assert ask(hall, X_Forwarded_For="127.0.0.1").status_code == 403


def test_with_a_token_whoever_shows_it_reads_metrics(make_hall: MakeHall) -> None:
    hall = make_hall(metrics_token=TOKEN)

    for address in ("127.0.0.1", "192.168.0.7"):
        answer = ask(hall, address=address, Authorization=f"Bearer {TOKEN}")
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer \xff"]
)
def test_with_a_token_nobody_else_reads_metrics(make_hall: MakeHall, shown: str) -> None:
    answer = ask(make_hall(metrics_token=TOKEN), Authorization=shown)

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "moderator_" not in answer.text


def test_a_seat_opens_no_metrics(make_hall: MakeHall) -> None:
    hall = make_hall(metrics_token=TOKEN)

    assert ask(hall, Authorization=f"Bearer {hall.chair.secret}").status_code == 401


# What is counted


def counted(hall: Hall) -> dict[str, float]:
    return figures(ask(hall).text)


def test_commands_are_counted_by_what_became_of_them(hall: Hall) -> None:
    hall.begin()
    phone = hall.enter(Role.DELEGATION, "NG")
    phone.do("request-floor", segment="s2")
    phone.send("request-floor", segment="s2")
    phone.send("take-gavel")
    phone.send("seize-power")
    phone.raw(b"{", "text/plain")
    hall.app.test_client().post(f"{hall.api}/commands", json={})

    found = counted(hall)

    def commands(kind: str, outcome: str) -> Any:
        return found.get(f'moderator_commands_total{{outcome="{outcome}",type="{kind}"}}')

    assert commands("open-dialogue", "accepted") == 1
    assert commands("request-floor", "accepted") == 1
    assert commands("request-floor", "already-waiting") == 1
    assert commands("take-gavel", "not-allowed") == 1
    assert commands("unread", "invalid") == 1
    assert commands("unread", "not-json") == 1
    assert commands("unread", "no-seat") == 1
    assert found['moderator_command_seconds_count{type="request-floor"}'] == 2


def test_requests_are_counted_by_part_of_the_interface(hall: Hall) -> None:
    client = hall.app.test_client()
    client.get("/")
    client.get("/static/icon.svg").close()
    client.get("/nowhere/at/all")
    client.get(f"/l/{hall.link(Role.DELEGATION, 'NG').token}")

    found = counted(hall)

    assert found['moderator_requests_total{endpoint="pages",status="200"}'] == 1
    assert found['moderator_requests_total{endpoint="static",status="200"}'] == 1
    assert found['moderator_requests_total{endpoint="none",status="404"}'] == 1
    assert found['moderator_requests_total{endpoint="join",status="200"}'] == 1


def test_notes_are_counted_when_they_are_kept_and_dropped(hall: Hall) -> None:
    hall.begin()
    chair = hall.chair
    body = {"segment": "s2", "intervention": None, "theme": None, "text": "A point."}
    path = f"{hall.api}/notes/note-0001"
    chair.client.put(path, json=body, headers=chair.headers)
    chair.client.put(path, json={**body, "text": ""}, headers=chair.headers)
    chair.client.delete(f"{path}?base=1", headers=chair.headers)

    found = counted(hall)

    assert found['moderator_notes_total{act="kept"}'] == 1
    assert found['moderator_notes_total{act="dropped"}'] == 1


def test_no_label_says_what_a_client_sent(hall: Hall) -> None:
    hall.chair.send("type-of-mine")
    hall.app.test_client().get("/path-of-mine", headers={"Moderator-Seat": "seat-of-mine"})
    hall.app.test_client().open("/", method="MINE")

    page = ask(hall).text

    assert "mine" not in page.lower()
    for secret in (hall.dialogue, hall.chair.secret, hall.chair.token):
        assert secret not in page
