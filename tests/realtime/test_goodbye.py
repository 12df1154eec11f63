"""How a server goes away: in which order, and for whom it waits."""

import logging
import threading
from typing import Any

import pytest
import requests

from moderator.core.terms import Role
from moderator.realtime import goodbye
from moderator.realtime.socket import AWAY_MS, BACK_MS
from moderator.service import Service
from tests.realtime.served import Served
from tests.web.hall import new_id

PATIENCE_S = 60.0


class Slow:
    """A command that stands still between its arrival and its answer."""

    def __init__(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_go_on = threading.Event()
        self.answers: list[int] = []
        arrived = threading.Event()
        handle = Service.handle

        def handled(service: Service, *arguments: Any) -> Any:
            arrived.set()
            self.may_go_on.wait(PATIENCE_S)
            return handle(service, *arguments)

        monkeypatch.setattr(Service, "handle", handled)
        headers = served.hall.chair.headers
        url = f"{served.url}{served.hall.api}/commands"
        body = {"id": new_id(), "type": "open-dialogue"}

        def ask() -> None:
            answer = requests.post(url, json=body, headers=headers, timeout=PATIENCE_S)
            self.answers.append(answer.status_code)

        self.thread = threading.Thread(target=ask)
        self.thread.start()
        assert arrived.wait(PATIENCE_S)

    def end(self) -> None:
        """Let it go on, and wait for its answer."""
        self.may_go_on.set()
        self.thread.join(PATIENCE_S)


def go_away(served: Served, shut: Any = lambda: None) -> None:
    goodbye.go_away(shut, served.running.door, served.sockets)


def test_every_screen_is_told_when_to_come_back(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goodbye, "SOCKETS_S", 0)
    screens = [served.program(role) for role in (Role.CHAIR, Role.DISPLAY, Role.FOLLOWER)]

    go_away(served)

    for screen in screens:
        assert screen.until("goodbye") == {"retry": AWAY_MS + 3 * BACK_MS}


def test_a_request_that_runs_is_answered_first_and_no_other_is_let_in(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(served, monkeypatch)
    shut = threading.Event()
    leaving = threading.Thread(target=go_away, args=(served, shut.set))

    leaving.start()
    assert shut.wait(PATIENCE_S)
    served.until(lambda: requests.get(served.url, timeout=PATIENCE_S).status_code == 503)
    assert requests.get(served.url, timeout=PATIENCE_S).headers["Retry-After"]
    assert leaving.is_alive()
    slow.end()
    leaving.join(PATIENCE_S)

    assert slow.answers == [200]
    assert len(served.hall.log()) == 1


def test_a_request_that_takes_too_long_holds_nobody_up(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(goodbye, "REQUESTS_S", 0.01)
    slow = Slow(served, monkeypatch)

    with caplog.at_level(logging.WARNING):
        go_away(served)

    assert slow.answers == []
    assert "requests were cut off" in caplog.text
    slow.end()


def test_it_waits_for_screens_that_take_their_leave(served: Served) -> None:
    screen = served.program(Role.DISPLAY)
    leaving = threading.Thread(target=go_away, args=(served,))

    leaving.start()
    screen.until("goodbye")
    screen.close()
    leaving.join(PATIENCE_S)

    assert served.listening == ()


def test_no_socket_is_let_in_any_more(served: Served) -> None:
    go_away(served)

    answer = requests.get(
        f"{served.url}/socket.io/?EIO=4&transport=websocket",
        headers={"Connection": "Upgrade", "Upgrade": "websocket"},
        timeout=PATIENCE_S,
    )

    assert answer.status_code == 503
