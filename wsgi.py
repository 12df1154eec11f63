"""Chooses the async engine and serves (`python wsgi.py`); `flask --app wsgi …` finds its app here.

Exit status 2 means that the server cannot start with its settings; the message names them.
"""

import gc
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Callable
from types import FrameType

ENGINE = os.environ.get("MODERATOR_ASYNC_MODE") or "eventlet"
# Known, and why it is used all the same is told in docs/decisions.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
if __name__ == "__main__":
    # Nothing of what is loaded is ever let go; to look for it takes a tenth of the start.
    gc.disable()
if __name__ == "__main__" and ENGINE == "eventlet":
    # No name is looked up while serving, and a resolver of its own takes long to load.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    # Before anything else is imported, so that locks, sleeps and sockets are green.
    import eventlet

    eventlet.monkey_patch()

from flask import Flask
from socketio import Manager

from moderator import Running, create_app, logs
from moderator.metrics import Metrics
from moderator.settings import Settings, SettingsError
from moderator.store.migrate import is_current

CANNOT_START = 2
CONNECTIONS = 10_000
"""eventlet holds 1,024 unless told otherwise: a hall with two devices each is more."""

BACKLOG = 1_024
"""Connections that may wait to be accepted, when everybody comes back at once."""

IDLE_S = 60
"""How long a connection may ask for nothing before it is closed; sockets have their own pings."""

LONGEST_STOP_S = 8
"""After so long the system ends a server that should have ended by itself."""

REQUESTS_TO_STOP = (signal.SIGINT, signal.SIGTERM)


def main() -> int:
    """Serve until stopped; the exit status to end with."""
    logs.set_up()
    logs.of_library("werkzeug")
    metrics = Metrics()
    try:
        settings = Settings.from_environment()
        app = create_app(
            settings, client_manager=_client_manager(settings, metrics), metrics=metrics
        )
    except SettingsError as error:
        print(error, file=sys.stderr)
        return CANNOT_START
    running: Running = app.extensions["moderator.running"]
    if not is_current(running.installation.engine):
        print("The database is not ready: flask --app wsgi init-db", file=sys.stderr)
        return CANNOT_START
    asked = _hear_requests_to_stop()
    # What is there now stays for ever: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.enable()
    try:
        shut = _serve(app, running, settings)
    except OSError as error:
        print(
            f"HOST, PORT: cannot serve on {settings.host}:{settings.port}: {error}", file=sys.stderr
        )
        return CANNOT_START
    asked.recv(1)
    running.stop(shut)
    return 0


def _client_manager(settings: Settings, metrics: Metrics) -> Manager | None:
    """What keeps the sockets: under eventlet our own; None for Socket.IO's."""
    if settings.async_mode != "eventlet":
        return None
    from moderator.realtime import fanout

    return fanout.manager(metrics.overtaken)


def _hear_requests_to_stop() -> socket.socket:
    """A socket from which a byte can be read when somebody has asked us to stop.

    Nothing is raised where the signal finds us: it could be swallowed there. The second request
    ends us as it ends any program, and so does the system when we have not ended by ourselves.
    """
    here, there = socket.socketpair()
    there.setblocking(False)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for asked in REQUESTS_TO_STOP:
            signal.signal(asked, signal.SIG_DFL)
        signal.alarm(LONGEST_STOP_S)
        there.send(b"!")

    for asked in REQUESTS_TO_STOP:
        signal.signal(asked, stop)
    return here


def _serve(app: Flask, running: Running, settings: Settings) -> Callable[[], None]:
    """Begin to serve, beside; what is given back ends the accepting of connections."""
    if settings.async_mode == "threading":
        return _serve_by_threads(app, running, settings)
    import eventlet.wsgi

    class Discreet(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: it would repeat what is no request at all."""

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # Without a port of its own a second server would silently take a part of the hall.
    listener = eventlet.listen((settings.host, settings.port), family, BACKLOG, reuse_port=False)
    running.start()
    server = eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        app,
        protocol=Discreet,
        max_size=CONNECTIONS,
        socket_timeout=IDLE_S,
        log_output=False,
        debug=False,  # or the traceback of a fault would be the answer
    )

    def shut() -> None:
        # It closes the connections that ask for nothing now, and the others after their answers.
        server.kill()
        listener.close()

    return shut


def _serve_by_threads(app: Flask, running: Running, settings: Settings) -> Callable[[], None]:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Discreet(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: object) -> None:
            """Say nothing: it would repeat addresses, and what is no request at all."""

    server = make_server(settings.host, settings.port, app, threaded=True, request_handler=Discreet)
    running.start()
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def shut() -> None:
        server.shutdown()
        server.server_close()

    return shut


if __name__ == "__main__":
    sys.exit(main())
