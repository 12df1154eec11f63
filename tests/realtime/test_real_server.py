"""What only the real server shows: `python wsgi.py` under eventlet, and two of them together."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import requests

from moderator import LARGEST_FRAME
from tests.processes.server import House, Server, set_up
from tests.realtime.listener import PATIENCE_S, Listener
from tests.web.hall import PANEL, new_id


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return set_up(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def server(house: House) -> Iterator[Server]:
    with serving(house) as server:
        yield server


@pytest.fixture(autouse=True)
def _connections_end() -> Iterator[None]:
    yield
    while Listener.opened:
        Listener.opened.pop().close()


@contextmanager
def serving(house: House) -> Iterator[Server]:
    """A server for a house, of which nothing unforeseen is heard."""
    server = Server(house)
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert "Traceback" not in server.log, server.log


def listener(server: Server, role: str, subject: str | None = None) -> Listener:
    token = server.house.seat(role, subject)["token"]
    return Listener(server.url, {"dialogue": server.house.dialogue, "token": token})


def send(server: Server, kind: str, role: str = "chair", **fields: Any) -> requests.Response:
    """Send a command to a server."""
    return requests.post(
        f"{server.url}/api/dialogues/{server.house.dialogue}/commands",
        json={"id": new_id(), "type": kind, **fields},
        headers={"Authorization": f"Bearer {server.house.seat(role)['token']}"},
        timeout=PATIENCE_S,
    )


def speak(server: Server, said: bytes) -> bytes:
    """Say something over a plain connection; all that is answered until it is closed."""
    answer = b""
    with (
        socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as wire,
        suppress(OSError),  # a server need not hear everything to the end
    ):
        wire.sendall(said)
        wire.shutdown(socket.SHUT_WR)
        while piece := wire.recv(65_536):
            answer += piece
    return answer


def version(server: Server) -> int:
    answer = requests.get(
        f"{server.url}/api/dialogues/{server.house.dialogue}/view",
        headers={"Authorization": f"Bearer {server.house.seat('chair')['token']}"},
        timeout=PATIENCE_S,
    )
    return int(answer.json()["version"])


UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n"


@pytest.mark.parametrize(
    "said",
    [
        "GET / HTTP/1.1\r\nHost: a b;c\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "nonsense\r\n\r\n",
        "POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /join HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\ncode=",
        "GET /%00%ff/%2e%2e/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /s/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /static/../../wsgi.py HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /static/%2e%2e/%2e%2e/wsgi.py HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nX-Long: {'x' * 100_000}\r\n\r\n",
        f"GET /{'x' * 100_000} HTTP/1.1\r\nHost: x\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nCookie: {'seat-x=y; ' * 500}\r\n\r\n",
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n{UPGRADE}\r\n",
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n{UPGRADE}"
        "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678",
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n",
        f"GET /socket.io/?EIO=3&transport=websocket HTTP/1.1\r\nHost: x\r\n{UPGRADE}"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n",
        f"GET /socket.io/?EIO=4&transport=websocket&sid=x HTTP/1.1\r\nHost: x\r\n{UPGRADE}"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n",
        "POST /socket.io/?EIO=4 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n4",
    ],
    ids=lambda said: said[:60],
)
def test_what_is_malformed_is_answered_without_our_insides(server: Server, said: str):
    answer = speak(server, said.encode("latin-1"))

    assert b"Traceback" not in answer
    assert b'File "' not in answer
    assert b"eventlet" not in answer.lower()
    assert requests.get(server.url, timeout=PATIENCE_S).status_code == 200


def test_ten_megabytes_are_refused_and_the_connection_goes_on(server: Server):
    before = version(server)
    path = f"/api/dialogues/{server.house.dialogue}/commands"
    token = server.house.seat("chair")["token"]
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {token}"
        session.headers["Content-Type"] = "application/json"
        too_large = session.post(f"{server.url}{path}", data=b" " * 10_000_000, timeout=PATIENCE_S)
        in_pieces = session.post(
            f"{server.url}{path}", data=iter([b" " * 1_000] * 500), timeout=PATIENCE_S
        )

    assert (too_large.status_code, too_large.json()["reason"]) == (413, "too-large")
    assert in_pieces.status_code in (400, 413)
    assert version(server) == before


@pytest.mark.parametrize("pieces", [1, 2], ids=["one frame", "two frames"])
def test_a_message_that_is_too_long_ends_its_own_socket_alone(server: Server, pieces: int):
    other, rude = listener(server, "display").connect(), listener(server, "chair").connect()
    message = '42["probe", "' + "x" * LARGEST_FRAME + '"]'

    rude.send_in(pieces, message)

    rude.until("gone")
    assert other.probe({"t": 1})["t"] == 1


def test_beats_come_by_themselves(server: Server):
    display, phone = listener(server, "display").connect(), listener(server, "delegation").connect()

    display.until_count("beat", 3)
    phone.until_count("beat", 1)

    beat = display.all("beat")[0]
    assert beat["version"] == version(server)
    assert beat["now"] > display.until("snapshot")["now"]


def test_who_is_expelled_is_told_and_shown_out(server: Server):
    with requests.Session() as session:
        answer = session.post(
            f"{server.url}{server.house.seat('delegation', 'NG')['link']}", timeout=PATIENCE_S
        )
        seat = answer.url.rpartition("/")[2]
        cookie = f"seat-{seat}={session.cookies[f'seat-{seat}']}"
    auth = {"dialogue": server.house.dialogue, "seat": seat}
    phone = Listener(server.url, auth, {"Cookie": cookie}).connect()

    expelled = requests.post(
        f"{server.url}/api/dialogues/{server.house.dialogue}/seats/{seat}/expel",
        headers={"Authorization": f"Bearer {server.house.seat('secretary')['token']}"},
        timeout=PATIENCE_S,
    )

    assert expelled.status_code == 200
    assert phone.until("expelled")["reason"] == "seat-expelled"
    phone.until("disconnect")
    assert Listener(server.url, auth, {"Cookie": cookie}).refused()["reason"] == "seat-expelled"


def test_a_connection_that_says_nothing_is_closed(server: Server):
    listener(server, "chair").until("gone")


def test_two_servers_on_one_database_tell_each_other(server: Server):
    with serving(server.house) as other:
        here = listener(server, "follower").connect()
        there = listener(other, "follower").connect()

        assert send(server, "open-dialogue").status_code == 200
        assert send(other, "begin-segment", segment=PANEL, holder=None).status_code == 200
        assert send(server, "open-list", segment=PANEL).status_code == 200

        last = version(server)
        for screen in (here, there):
            screen.until("patch", lambda patch: patch["to"] == last)
            held = screen.until("snapshot")["version"]
            for patch in screen.all("patch"):
                assert patch["from"] == held
                held = patch["to"]
            assert screen.view()["segment"]["id"] == PANEL
            screen.close()
