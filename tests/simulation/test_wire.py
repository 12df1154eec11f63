"""How the people of a simulated day ask: again until they are answered, as the protocol says."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from moderator.simulation.wire import NoServer, Seat, Unforeseen, Wire

CHAIR = Seat(token="a token")
PHONE = Seat(id="x7", cookie="seat-x7=secret")
TAP = {"id": "day-tap-1", "type": "request-floor"}
COMMANDS = "/api/dialogues/d1/commands"
HOUR_AHEAD = 4_000_000_000_000


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """What is answered; None closes the connection without a word."""

    status: int
    said: dict[str, Any]
    headers: dict[str, str]


class Desk:
    """A server that answers as it is told to, one reply after the other, then with 200."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: list[Reply | None] = []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                desk.asked.append(Asked(self.command, self.path, dict(self.headers), body))
                reply = desk.replies.pop(0) if desk.replies else Reply(200, {"version": 1}, {})
                if reply is None:
                    self.close_connection = True
                    return
                data = json.dumps(reply.said).encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = _any

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def desks() -> Iterator[tuple[Desk, Desk]]:
    pair = Desk(), Desk()
    yield pair
    for desk in pair:
        desk.close()


@pytest.fixture
def desk(desks: tuple[Desk, Desk]) -> Desk:
    return desks[0]


@pytest.fixture
def wire(desk: Desk) -> Iterator[Wire]:
    wire = Wire([desk.url], "d1")
    yield wire
    wire.close()


def refusal(status: int, reason: str, **headers: str) -> Reply:
    return Reply(status, {"reason": reason, "message": "In words."}, headers)


def test_a_token_is_shown_or_a_seat_with_its_cookie(wire: Wire, desk: Desk) -> None:
    wire.command(CHAIR, TAP)
    wire.command(PHONE, TAP)

    first, second = desk.asked
    assert (first.method, first.path, json.loads(first.body)) == ("POST", COMMANDS, TAP)
    assert first.headers["Authorization"] == "Bearer a token"
    assert second.headers["Moderator-Seat"] == "x7"
    assert second.headers["Cookie"] == "seat-x7=secret"


def test_what_was_not_recorded_is_sent_again_under_the_same_id(wire: Wire, desk: Desk) -> None:
    rest = {"Retry-After": "0"}
    desk.replies = [
        Reply(503, {"reason": "not-recorded"}, rest),
        Reply(429, {"reason": "too-many"}, rest),
    ]

    assert wire.command(CHAIR, TAP).said == {"version": 1}
    assert [json.loads(one.body) for one in desk.asked] == [TAP] * 3
    assert wire.refused == {}


def test_a_connection_that_was_closed_meanwhile_is_made_anew(wire: Wire, desk: Desk) -> None:
    wire.command(CHAIR, TAP)
    desk.replies = [None]

    assert wire.command(CHAIR, TAP).said == {"version": 1}
    assert len(desk.asked) == 3


def test_a_refusal_that_was_foreseen_is_an_answer_and_is_counted(wire: Wire, desk: Desk) -> None:
    desk.replies = [refusal(409, "list-closed"), refusal(409, "list-closed")]

    for _ in range(2):
        assert wire.command(PHONE, TAP, "list-closed").reason == "list-closed"
    assert wire.refused == {"list-closed": 2}


def test_any_other_is_told_in_its_words(wire: Wire, desk: Desk) -> None:
    desk.replies = [refusal(403, "not-allowed")]

    with pytest.raises(Unforeseen, match=r"request-floor was refused: not-allowed\. In words\."):
        wire.command(PHONE, TAP, "list-closed")


def test_where_nobody_has_ever_answered_it_says_so_at_once() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"

        with pytest.raises(NoServer, match=f"no server answers at {url}"):
            Wire([url], "d1").command(CHAIR, TAP)


def test_several_servers_are_asked_in_turn(desks: tuple[Desk, Desk]) -> None:
    wire = Wire([desk.url for desk in desks], "d1")
    for _ in range(4):
        wire.command(CHAIR, TAP)
    wire.close()

    assert [len(desk.asked) for desk in desks] == [2, 2]


def test_two_press_at_the_same_moment_and_both_are_answered(desks: tuple[Desk, Desk]) -> None:
    desks[1].replies = [refusal(409, "floor-changed")]
    wire = Wire([desk.url for desk in desks], "d1")

    answers = wire.both((CHAIR, TAP), (PHONE, TAP))

    assert [answer.reason for answer in answers] == [None, "floor-changed"]
    assert wire.refused == {"floor-changed": 1}


def test_a_phone_that_loses_its_network_has_asked_all_the_same(wire: Wire, desk: Desk) -> None:
    desk.replies = [None]

    wire.lose(PHONE, TAP)

    (asked,) = desk.asked
    assert json.loads(asked.body) == TAP


def test_the_time_is_the_servers(wire: Wire, desk: Desk) -> None:
    desk.replies = [Reply(200, {"version": 1, "now": HOUR_AHEAD, "view": {}}, {})]

    wire.view(CHAIR)

    assert wire.now() >= HOUR_AHEAD
    wire.wait(HOUR_AHEAD + 30)
    assert wire.now() >= HOUR_AHEAD + 30


def test_a_link_makes_a_seat(wire: Wire, desk: Desk) -> None:
    cookie = {"Location": "/s/x7", "Set-Cookie": "seat-x7=secret; HttpOnly; Path=/"}
    desk.replies = [Reply(303, {}, cookie)]

    assert wire.enter("/l/abc") == PHONE
    (asked,) = desk.asked
    assert (asked.path, asked.body) == ("/l/abc", b"lang=en")


def test_whoever_was_let_in_takes_the_seat_of_its_delegation(wire: Wire, desk: Desk) -> None:
    cookie = {"Location": "/s/x7", "Set-Cookie": "seat-x7=secret; HttpOnly; Path=/"}
    desk.replies = [Reply(303, {}, cookie)]

    assert wire.take_part(Seat(id="f1", cookie="seat-f1=other")) == PHONE
    assert desk.asked[0].path == "/s/f1/take-part"


def test_a_link_that_admits_nobody_is_told(wire: Wire, desk: Desk) -> None:
    desk.replies = [refusal(404, "unknown-link")]

    with pytest.raises(Unforeseen, match="unknown-link"):
        wire.enter("/l/abc")
