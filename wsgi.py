"""Chooses the async engine and serves (`python wsgi.py`); `flask --app wsgi …` finds its app here.

Exit status 2 means that the server cannot start with its settings; the message names them.
"""

import gc
import os
import signal
import socket
import sys
import warnings

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

from moderator import Running, create_app
from moderator.settings import Settings, SettingsError
from moderator.store.migrate import is_current

CANNOT_START = 2
CONNECTIONS = 10_000
"""eventlet holds 1,024 unless told otherwise: a hall with two devices each is more."""

BACKLOG = 1_024
"""Connections that may wait to be accepted, when everybody comes back at once."""

IDLE_S = 60
"""How long a connection may ask for nothing before it is closed; sockets have their own pings."""


def main() -> int:
    """Serve until stopped; the exit status to end with."""
    try:
        settings = Settings.from_environment()
        app = create_app(settings, client_manager=_client_manager(settings))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return CANNOT_START
    running: Running = app.extensions["moderator.running"]
    if not is_current(running.installation.engine):
        print("The database is not ready: flask --app wsgi init-db", file=sys.stderr)
        return CANNOT_START
    # SIGTERM ends us as it ends any program, and so does Ctrl-C: what was acknowledged is on disk.
    # Raised as an exception, wherever the signal finds us, it could be swallowed there.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # What is there now stays for ever: the collector need not look at it again and again.
    gc.collect()
    gc.freeze()
    gc.enable()
    try:
        _serve(app, running, settings)
    except OSError as error:
        print(
            f"HOST, PORT: cannot serve on {settings.host}:{settings.port}: {error}", file=sys.stderr
        )
        return CANNOT_START
    return 0


def _client_manager(settings: Settings) -> Manager | None:
    """What keeps the sockets: under eventlet our own; None for Socket.IO's."""
    if settings.async_mode != "eventlet":
        return None
    from moderator.realtime import fanout

    return fanout.manager()


def _serve(app: Flask, running: Running, settings: Settings) -> None:
    if settings.async_mode == "threading":
        running.start()
        running.socketio.run(app, settings.host, settings.port, allow_unsafe_werkzeug=True)
        return
    import eventlet.wsgi

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = eventlet.listen((settings.host, settings.port), family, BACKLOG)
    running.start()
    eventlet.wsgi.server(
        listener,
        app,
        max_size=CONNECTIONS,
        socket_timeout=IDLE_S,
        log_output=False,
        debug=False,  # or the traceback of a fault would be the answer
    )


if __name__ == "__main__":
    sys.exit(main())
