"""Moderator: runs an interactive dialogue. `create_app` puts an installation together."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from socketio import Manager

from moderator import cli, clock, logs, replay, web
from moderator.audience import Audience
from moderator.core.units import Instant
from moderator.desk import Desks
from moderator.health import Health
from moderator.installation import Installation
from moderator.metrics import Metrics
from moderator.presence import Presence
from moderator.realtime import lag, wakeup
from moderator.realtime.bell import Bell
from moderator.realtime.door import Door
from moderator.realtime.goodbye import go_away
from moderator.realtime.publisher import Publisher
from moderator.realtime.socket import Sockets
from moderator.secretariat import Secretariat
from moderator.service import Service
from moderator.settings import Settings
from moderator.store.engine import make_engine
from moderator.web import refusals

__all__ = ["Running", "create_app"]

ROOT = Path(__file__).resolve().parent.parent
LARGEST_FRAME = 16 * 1024
"""Bytes that a client may send in one frame; nothing longer than a probe is expected."""


@dataclass(frozen=True, slots=True)
class Running:
    """What a server runs beside answering requests; in `app.extensions["moderator.running"]`.

    `moved` tells everybody in this process that a dialogue has moved on.
    """

    installation: Installation
    socketio: SocketIO
    door: Door
    bell: Bell
    sockets: Sockets
    moved: Callable[[str], None]

    def start(self) -> None:
        """Start bell, beats, the ear for other processes and the watch on the loop."""
        spawn = self.socketio.start_background_task
        spawn(self.bell.run, self.installation.service)
        spawn(self.sockets.run)
        spawn(self.installation.presence.run, self.socketio.sleep)
        spawn(wakeup.listen, self.installation.engine, self.moved)
        spawn(lag.watch, self.socketio.sleep, self.installation.metrics.lagged)

    def stop(self, shut: Callable[[], None]) -> None:
        """Let what was begun be finished, within a few seconds; `shut` ends the accepting."""
        go_away(shut, self.door, self.sockets)


def create_app(
    settings: Settings | None = None,
    now: Callable[[], Instant] | None = None,
    client_manager: Manager | None = None,
    metrics: Metrics | None = None,
) -> Flask:
    """An application for `settings` (the environment's when None): wiring only.

    `now` stands in for the system's time in tests; `client_manager` keeps the sockets in a way of
    the engine's own (None: in Socket.IO's); `metrics` counts (None: anew). Raises SettingsError.
    """
    settings = settings or Settings.from_environment()
    metrics = metrics or Metrics()
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static")
    )
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        transports=["websocket"],
        max_http_buffer_size=LARGEST_FRAME,
        cors_allowed_origins=[],  # the door has looked at the origin before
        logger=logs.of_library("socketio"),
        engineio_logger=logs.of_library("engineio"),
        async_handlers=False,  # a client's messages are answered in their order, and quickly
        **({} if client_manager is None else {"client_manager": client_manager}),
    )
    door = Door(app.wsgi_app, settings, lambda: len(socketio.server.eio.sockets), metrics.refused)
    app.wsgi_app = door  # type: ignore[method-assign]
    engine = make_engine(settings.database_url)
    now = now or clock.SystemClock(engine)
    bell = Bell(metrics.rang)

    def emit(event: str, body: Any, to: str) -> None:
        metrics.told(event)
        socketio.emit(event, body, to=to)

    publisher = Publisher(emit, socketio.start_background_task, published=metrics.published)
    metrics.watch_sockets(Audience, publisher.listening)

    def moved(dialogue_id: str) -> None:
        bell.wake()
        publisher.wake(dialogue_id)

    service = Service(engine, now, moved)
    secretariat = Secretariat(engine, now, settings.secret_key)
    health = Health(engine, bell.rested, socketio.start_background_task)
    desks = Desks(engine, now, settings.secret_key)
    presence = Presence(engine, now)
    installation = Installation(
        settings, engine, now, service, secretariat, desks, metrics, health, presence
    )
    publisher.serve(service)
    sockets = Sockets(socketio, publisher, installation, partial(refusals.words, app))
    web.init_app(app, installation)
    cli.init_app(app, installation)
    replay.init_app(app, installation)
    app.extensions["moderator.running"] = Running(
        installation, socketio, door, bell, sockets, moved
    )
    return app
