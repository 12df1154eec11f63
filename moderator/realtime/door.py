"""The door before the sockets: what can be refused before a connection is upgraded is refused here.

A page must be one of ours, and a process holds so many sockets and no more. Who somebody is, by
cookie or token, is asked when the socket connects: a program's library may send our own Origin as
a browser does, and has no cookie. Whoever does not connect in time is shown out again.

Once it is shut, nobody comes in any more, and it tells whether the last request has left.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug import Request, Response
from werkzeug.wsgi import ClosingIterator

from moderator.network import is_our_origin
from moderator.settings import Settings

PATH: Final = "/socket.io/"

SOCKETS: Final = 8_000
"""In one process: two for everybody in the largest hall. Who comes later would slow all others."""

RETRY_S: Final = 5
VERSION: Final = "13"
"""Of the websocket protocol, the only one that browsers speak."""


class Door:
    """Stands before the application.

    `held` tells how many sockets this process has now; `turned_away` hears why one was not let in.
    """

    def __init__(
        self,
        inside: WSGIApplication,
        settings: Settings,
        held: Callable[[], int],
        turned_away: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        self._inside = inside
        self._settings = settings
        self._held = held
        self._turned_away = turned_away
        self._requests: set[object] = set()
        self._is_shut = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request pass, or refuse it in a line of text."""
        if self._is_shut:
            return _come_back("This server is going away.")(environ, start_response)
        if not environ["PATH_INFO"].startswith(PATH):
            return self._answer(environ, start_response)
        refusal = self._refusal(Request(environ))
        if refusal is not None:
            return refusal(environ, start_response)
        # To compress for each socket apart takes more memory and time than all the rest.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return self._inside(environ, start_response)

    def shut(self) -> None:
        """Let nobody in any more; who is inside may finish."""
        self._is_shut = True

    def is_empty(self) -> bool:
        """Whether no request is inside; sockets do not count."""
        return not self._requests

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request in, and remember it until the last byte of its answer is sent."""
        request = object()
        self._requests.add(request)
        leave = partial(self._requests.discard, request)
        try:
            return ClosingIterator(self._inside(environ, start_response), leave)
        except BaseException:
            leave()
            raise

    def _refusal(self, request: Request) -> Response | None:
        if not _is_upgrade(request):
            self._turned_away("not-websocket")
            return _refused(400, "Only websockets are served here.")
        origin = request.headers.get("Origin")
        if origin is not None and not is_our_origin(
            origin, request.scheme, request.host, self._settings
        ):
            self._turned_away("wrong-origin")
            return _refused(403, "This socket was asked for by a page of another site.")
        if self._held() >= SOCKETS:
            self._turned_away("full")
            return _come_back("There are too many sockets already.")
        return None


def _is_upgrade(request: Request) -> bool:
    """Whether a request has all that a websocket begins with; what is behind relies on it."""
    headers = request.headers
    connection = {token.strip().lower() for token in headers.get("Connection", "").split(",")}
    return (
        request.method == "GET"
        and "upgrade" in connection
        and headers.get("Upgrade", "").lower() == "websocket"
        and headers.get("Sec-WebSocket-Version") == VERSION
        and "Sec-WebSocket-Key" in headers
    )


def _come_back(words: str) -> Response:
    refusal = _refused(503, words)
    refusal.headers["Retry-After"] = str(RETRY_S)
    return refusal


def _refused(status: int, words: str) -> Response:
    refusal = Response(f"{words}\n", status, mimetype="text/plain")
    refusal.headers["Content-Security-Policy"] = "default-src 'none'"
    refusal.headers["X-Content-Type-Options"] = "nosniff"
    refusal.headers["Cache-Control"] = "no-store"
    return refusal
