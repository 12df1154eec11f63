"""What runs beside the answering of requests: bell, beats, who is here, watch, ear for others."""

from collections.abc import Callable
from typing import Any

from moderator.realtime import lag, wakeup
from tests.realtime.served import Served


def test_a_server_starts_bell_beats_ear_and_watch(served: Served, monkeypatch: Any):
    started: list[tuple[Callable[..., object], tuple[object, ...]]] = []
    running = served.running
    monkeypatch.setattr(
        running.socketio,
        "start_background_task",
        lambda task, *arguments: started.append((task, arguments)),
    )

    running.start()

    house = running.installation
    assert started == [
        (running.bell.run, (house.service,)),
        (running.sockets.run, ()),
        (house.presence.run, (running.socketio.sleep,)),
        (wakeup.listen, (house.engine, running.moved)),
        (lag.watch, (running.socketio.sleep, house.metrics.lagged)),
    ]
