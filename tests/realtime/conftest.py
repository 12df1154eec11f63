"""A hall that is really served, and sockets that really connect to it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.realtime.listener import Listener
from tests.realtime.served import Served
from tests.web.conftest import furnished, make_hall  # noqa: F401  the same halls
from tests.web.hall import Hall


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(make_hall: Callable[..., Hall]) -> Iterator[Served]:  # noqa: F811
    """A hall, served by threads; the sockets that a test leaves open are closed."""
    hall = make_hall()
    with make_server("127.0.0.1", 0, hall.app, threaded=True, request_handler=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Served(hall, server.server_port)
        while Listener.opened:
            Listener.opened.pop().close()
        server.shutdown()
        thread.join()
