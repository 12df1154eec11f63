"""Large files and a real server: the hall goes on while one is read, and while one is refused."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.processes.clients import PATIENCE_S
from tests.processes.server import Server
from tests.workshop.files import workbook

HALL_WAITS_S = 1.0
"""So long may an answer take meanwhile; the reading of the file takes several times as long."""


def upload(server: Server, data: bytes) -> requests.Response:
    token = server.house.seat("secretary")["token"]
    return requests.post(
        f"{server.url}/api/dialogues/{server.house.dialogue}/delegations/preview",
        data=data,
        headers={
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/octet-stream",
        },
        timeout=PATIENCE_S,
    )


@contextmanager
def watched(server: Server) -> Iterator[list[float]]:
    """Ask the server again and again meanwhile; how long each answer took, in seconds."""
    took: list[float] = []
    done = threading.Event()

    def ask() -> None:
        with requests.Session() as asker:
            while not done.is_set():
                began = time.monotonic()
                assert asker.get(f"{server.url}/healthz", timeout=PATIENCE_S).status_code == 200
                took.append(time.monotonic() - began)
                time.sleep(0.02)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield took
    finally:
        done.set()
        asking.join()


def test_the_hall_goes_on_while_a_large_table_is_read(sqlite_house, serve):
    server = serve(sqlite_house)
    titles: list[Any] = ["name", "category", *(f"remark {n}" for n in range(18))]
    rows = [[f"Organization {n}", "ngo", *["words"] * 18] for n in range(10_000)]
    data = workbook([titles, *rows])

    with watched(server) as took:
        began = time.monotonic()
        answer = upload(server, data)
        lasted = time.monotonic() - began

    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] == 10_000
    assert answer.json()["problems"][0]["reason"] == "too-many-delegations"
    assert lasted > HALL_WAITS_S
    assert max(took) < HALL_WAITS_S


def test_a_body_of_50_mb_is_answered_in_words_over_the_wire(sqlite_house, serve):
    server = serve(sqlite_house)

    with watched(server) as took:
        answer = upload(server, bytes(50_000_000))

    assert answer.status_code == 413
    assert answer.json()["reason"] == "file-too-large"
    assert max(took) < HALL_WAITS_S
