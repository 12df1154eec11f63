"""The door before the sockets: what is refused before a connection is upgraded."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from moderator.realtime.door import RETRY_S, SOCKETS, Door
from moderator.settings import Settings

UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",  # as Firefox says it
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Hall:
    """What is behind the door; it remembers who came in."""

    def __init__(self) -> None:
        self.came_in: list[WSGIEnvironment] = []

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.came_in.append(environ)
        start_response("200 OK", [])
        return [b"inside"]


@pytest.fixture
def inside() -> Hall:
    return Hall()


def knock(
    inside: Hall,
    path: str = "/socket.io/?EIO=4&transport=websocket",
    *,
    held: int = 0,
    public_url: str | None = None,
    base_url: str = "http://localhost:8000",
    turned_away: Callable[[str], None] = lambda _: None,
    **others: Any,
) -> TestResponse:
    """What the door answers; `others` describe the request."""
    settings = Settings(Path("unused"), "sqlite:///unused", b"unused", public_url=public_url)
    door = Door(inside, settings, lambda: held, turned_away)
    environ = EnvironBuilder(path, base_url, **{"headers": UPGRADE, **others}).get_environ()
    app_iter, status, headers = run_wsgi_app(door, environ)
    return TestResponse(app_iter, status, headers, None)  # type: ignore[arg-type]


def test_what_is_no_socket_passes(inside: Hall):
    for path in ("/", "/api/x", "/socket.io", "/socket.iox/", "/s/socket.io/"):
        assert knock(inside, path, headers={"Origin": "https://elsewhere.example"}).text == "inside"

    assert len(inside.came_in) == 5


@pytest.mark.parametrize(
    "origin",
    [None, "http://localhost:8000", "https://localhost:8000", "https://moderator.example"],
)
def test_a_page_of_ours_or_a_program_passes(inside: Hall, origin: str | None):
    headers = UPGRADE if origin is None else {**UPGRADE, "Origin": origin}

    answer = knock(inside, headers=headers, public_url="https://moderator.example")

    assert answer.text == "inside"


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "file://",
        "http://localhost",
        "http://localhost:8001",
        "http://moderator.example",
        "https://moderator.example.elsewhere.example",
        "https://elsewhere.example",
    ],
)
def test_a_page_of_another_site_does_not(inside: Hall, origin: str):
    answer = knock(
        inside, headers={**UPGRADE, "Origin": origin}, public_url="https://moderator.example"
    )

    assert answer.status_code == 403
    assert answer.text == "This socket was asked for by a page of another site.\n"
    assert inside.came_in == []


def test_a_page_under_http_does_not_where_we_are_under_https(inside: Hall):
    headers = {**UPGRADE, "Origin": "http://localhost:8000"}

    assert knock(inside, headers=headers, base_url="https://localhost:8000").status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"Upgrade": "h2c"},
        {"Upgrade": ""},
        {"Connection": "keep-alive"},
        {"Connection": None},
        {"Sec-WebSocket-Version": "8"},
        {"Sec-WebSocket-Version": ""},
        {"Sec-WebSocket-Key": None},
    ],
    ids=str,
)
def test_only_websockets_pass(inside: Hall, changed: dict[str, str | None]):
    headers = {name: value for name, value in {**UPGRADE, **changed}.items() if value is not None}

    assert knock(inside, headers=headers).status_code == 400
    assert inside.came_in == []


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "HEAD", "DELETE"])
def test_a_socket_is_got(inside: Hall, method: str):
    assert knock(inside, method=method).status_code == 400
    assert inside.came_in == []


def test_one_process_holds_so_many_sockets(inside: Hall):
    last, one_more = knock(inside, held=SOCKETS - 1), knock(inside, held=SOCKETS)

    assert last.text == "inside"
    assert one_more.status_code == 503
    assert one_more.headers["Retry-After"] == str(RETRY_S)


def test_a_refusal_is_plain_text_that_may_do_nothing(inside: Hall):
    answer = knock(inside, headers={})

    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_sockets_are_not_compressed_one_by_one(inside: Hall):
    knock(inside, headers={**UPGRADE, "Sec-WebSocket-Extensions": "permessage-deflate"})

    (environ,) = inside.came_in
    assert "HTTP_SEC_WEBSOCKET_EXTENSIONS" not in environ


def test_it_is_told_why_a_socket_was_turned_away(inside: Hall):
    reasons: list[str] = []

    knock(inside, turned_away=reasons.append)
    knock(inside, headers={}, turned_away=reasons.append)
    elsewhere = {**UPGRADE, "Origin": "https://elsewhere.example"}
    knock(inside, headers=elsewhere, turned_away=reasons.append)
    knock(inside, held=SOCKETS, turned_away=reasons.append)

    assert reasons == ["not-websocket", "wrong-origin", "full"]


# Going away


def door_before(inside: WSGIApplication) -> Door:
    return Door(inside, Settings(Path("unused"), "sqlite:///unused", b"unused"), lambda: 0)


def come_in(door: Door, path: str = "/", **others: Any) -> Iterable[bytes]:
    """What is answered, piece by piece, until it is closed."""
    environ = EnvironBuilder(path, **others).get_environ()
    return door(environ, lambda *_: lambda _: None)


def test_a_request_is_inside_until_its_answer_is_closed(inside: Hall):
    door = door_before(inside)

    one, other = come_in(door), come_in(door)
    assert list(one) == [b"inside"]
    for answer in (one, other):
        assert not door.is_empty()
        answer.close()  # type: ignore[attr-defined]

    assert door.is_empty()


def test_a_request_that_fails_has_left(inside: Hall):
    def fail(_environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        raise RuntimeError("a fault of ours")

    door = door_before(fail)
    with pytest.raises(RuntimeError):
        come_in(door)

    assert door.is_empty()


def test_a_socket_keeps_no_door_open(inside: Hall):
    door = door_before(inside)

    come_in(door, "/socket.io/?EIO=4&transport=websocket", headers=UPGRADE)

    assert len(inside.came_in) == 1
    assert door.is_empty()


@pytest.mark.parametrize("path", ["/", "/socket.io/?EIO=4&transport=websocket"])
def test_a_shut_door_lets_nobody_in(inside: Hall, path: str):
    door = door_before(inside)
    door.shut()

    environ = EnvironBuilder(path, headers=UPGRADE).get_environ()
    _, status, headers = run_wsgi_app(door, environ)

    assert status == "503 SERVICE UNAVAILABLE"
    assert headers["Retry-After"] == str(RETRY_S)
    assert inside.came_in == []
