"""What the real server shows of itself: figures that move, a log with ids, and never a secret."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
import requests

from tests.figures import figures
from tests.postgres import Cluster
from tests.processes.clients import Client, Screen, opened, segment_of
from tests.processes.server import House, Server
from tests.realtime.listener import Listener

Serve = Callable[..., Server]

PATIENCE_S: Final = 60.0
NAME: Final = "A name that nobody else has"
TEXT: Final = "A text that nobody else wrote"
WRONG: Final = "wrong-but-typed-by-hand"

BY_THREADS: Final = """
import os, runpy
os.environ["MODERATOR_ASYNC_MODE"] = "threading"
runpy.run_path("wsgi.py", run_name="__main__")
"""


@pytest.fixture(autouse=True)
def _connections_end() -> Iterator[None]:
    yield
    while Listener.opened:
        Listener.opened.pop().close()


def shown(server: Server) -> dict[str, float]:
    """The figures as Prometheus finds them on this machine."""
    answer = requests.get(f"{server.url}/metrics", timeout=PATIENCE_S)
    assert answer.status_code == 200
    return figures(answer.text)


def test_figures_move_when_something_happens(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    before = shown(server)
    accepted = 'moderator_commands_total{outcome="accepted",type="open-list"}'
    assert accepted not in before

    with Screen(server, "display") as screen:
        chair = opened(server)
        delegate = Client(server, "delegation", "NG")
        delegate.do("request-floor", segment=segment_of(sqlite_house))
        again = delegate.send("request-floor", segment=segment_of(sqlite_house))
        screen.until_version(chair.view()["version"])
        screen.until(lambda: screen.beats > 0)
        after = shown(server)
        chair.close()
        delegate.close()

    assert again.status == 409
    assert after[accepted] == 1
    assert after['moderator_commands_total{outcome="already-waiting",type="request-floor"}'] == 1
    assert after['moderator_sockets{audience="display"}'] == 1
    assert after['moderator_messages_total{message="patch"}'] >= 1
    assert after['moderator_messages_total{message="beat"}'] >= 1
    assert after['moderator_publisher_delay_seconds_count{news="floor"}'] >= 1
    assert after["moderator_loop_lag_seconds_count"] > before["moderator_loop_lag_seconds_count"]
    assert after["process_cpu_seconds_total"] > before["process_cpu_seconds_total"]


def test_the_bell_is_measured(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    chair, segment = opened(server), segment_of(sqlite_house)
    with Screen(server, "display") as screen:
        chair.do("request-floor", "tap-of-NG-1", segment=segment, delegation="NG")
        chair.do("give-floor", request="tap-of-NG-1", holder=None)
        # Its clock starts by itself: what the bell has recorded is told here.
        screen.until(lambda: (screen.view.get("floor") or {}).get("running_since") is not None)
    chair.close()

    assert shown(server)["moderator_bell_lateness_seconds_count"] == 1


def test_a_running_server_serves_and_is_ready_in_a_moment(house: House, serve: Serve) -> None:
    server = serve(house)

    serves = requests.get(f"{server.url}/healthz", timeout=PATIENCE_S)
    assert (serves.status_code, serves.json()) == (200, {"serves": True})
    _until_ready(server)
    assert _ready(server).json() == {"ready": True, "missing": []}


def test_a_server_without_its_database_is_not_ready_and_serves(
    postgres_house: House, postgres: Cluster, serve: Serve
) -> None:
    server = serve(postgres_house)
    _until_ready(server)

    with postgres.outage():
        deadline = time.monotonic() + PATIENCE_S
        while (ready := _ready(server)).status_code == 200:
            assert time.monotonic() < deadline
        assert "database" in ready.json()["missing"]
        assert requests.get(f"{server.url}/healthz", timeout=PATIENCE_S).status_code == 200

    _until_ready(server)


@pytest.mark.parametrize("program", [("wsgi.py",), ("-c", BY_THREADS)], ids=["eventlet", "threads"])
def test_no_secret_ever_stands_in_the_log(
    sqlite_house: House, serve: Serve, program: tuple[str, ...]
) -> None:
    server = serve(sqlite_house, program=program)
    secrets = {WRONG, WRONG.upper(), NAME, TEXT, (sqlite_house.instance / "secret-key").read_text()}
    for role in sqlite_house.demonstration["seats"].values():
        for seat in role.values():
            secrets.update(
                value.removeprefix("/l/")
                for kind, value in seat.items()
                if kind in ("link", "code", "token") and value
            )

    secrets |= _a_phone_enters(server)
    _a_meeting_is_held(server)
    _strangers_try(server)
    server.stop()

    lines = [json.loads(line) for line in server.log.splitlines()]
    kinds = {line.get("endpoint") for line in lines}
    assert {"commands.give", "join.enter", "join.try_code", "notes.keep"} <= kinds
    assert len(secrets) > 100
    assert [secret for secret in secrets if secret in server.log] == []


def _ready(server: Server) -> requests.Response:
    return requests.get(f"{server.url}/readyz", timeout=PATIENCE_S)


def _until_ready(server: Server) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while _ready(server).status_code == 503:
        assert time.monotonic() < deadline


def _a_phone_enters(server: Server) -> set[str]:
    """By code and by link, in a browser; the secrets that it was given."""
    seat = server.house.seat("delegation", "NG")
    with requests.Session() as browser:
        browser.post(f"{server.url}/join", data={"code": seat["code"]}, timeout=PATIENCE_S)
        page = browser.post(f"{server.url}{seat['link']}", timeout=PATIENCE_S)
        assert page.status_code == 200
        seat_id = page.url.rpartition("/")[2]
        browser.post(f"{server.url}/lang", data={"lang": "ar", "seat": seat_id}, timeout=PATIENCE_S)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
        secret = browser.cookies[f"seat-{seat_id}"]
    auth = {"dialogue": server.house.dialogue, "seat": seat_id}
    Listener(server.url, auth, {"Cookie": cookies}).connect().probe({"t": 1})
    assert secret
    return {secret}


def _a_meeting_is_held(server: Server) -> None:
    chair = opened(server)
    with Screen(server, "display") as screen:
        delegate = Client(server, "delegation", "MX")
        delegate.do("request-floor", segment=segment_of(server.house))
        assert delegate.send("take-gavel").status == 403
        note: dict[str, Any] = {"segment": "s2", "intervention": None, "theme": None, "text": TEXT}
        kept = requests.put(
            f"{server.url}/api/dialogues/{server.house.dialogue}/notes/note-0001",
            json=note,
            headers={"Authorization": f"Bearer {server.house.seat('rapporteur')['token']}"},
            timeout=PATIENCE_S,
        )
        assert kept.status_code == 200
        assert chair.send("open-list", segment=NAME).status == 409
        screen.until_version(chair.view()["version"])
        delegate.close()
    chair.close()


def _strangers_try(server: Server) -> None:
    for method, path, options in (
        ("POST", f"/l/{WRONG}", {}),
        ("GET", f"/l/{WRONG}", {}),
        ("POST", "/join", {"data": {"code": WRONG}}),
        ("POST", f"/api/dialogues/{WRONG}/commands", {"json": {"id": WRONG, "type": WRONG}}),
        ("GET", f"/s/{WRONG}", {"headers": {"Cookie": f"seat-{WRONG}={WRONG}"}}),
        ("GET", "/", {"headers": {"Authorization": f"Bearer {WRONG}"}}),
        ("GET", f"/socket.io/?token={WRONG}", {}),
        (WRONG.upper(), f"/{WRONG}", {}),
    ):
        requests.request(method, f"{server.url}{path}", timeout=PATIENCE_S, **options)
    auth = {"dialogue": server.house.dialogue, "token": WRONG}
    assert Listener(server.url, auth).refused()["reason"] == "no-seat"
    Listener(server.url, auth).send(f'42["{WRONG}", "{WRONG}"]')
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as wire:
        wire.sendall(f"{WRONG}\r\n\r\n".encode())
        wire.recv(1)
