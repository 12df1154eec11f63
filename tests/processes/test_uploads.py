"""Large files and a real server: the hall goes on while one is read; one too large is refused."""

import os
import signal
import threading
from typing import Any

import requests

from tests.processes.clients import PATIENCE_S, Client
from tests.processes.server import Server
from tests.workshop.files import workbook


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


def test_the_hall_goes_on_while_a_large_table_is_read(sqlite_house, serve):
    server = serve(sqlite_house)
    titles: list[Any] = ["name", "category", *(f"remark {n}" for n in range(18))]
    rows = [[f"Organization {n}", "ngo", *["words"] * 18] for n in range(10_000)]
    data = workbook([titles, *rows])
    answers: list[requests.Response] = []
    uploading = threading.Thread(target=lambda: answers.append(upload(server, data)))

    uploading.start()
    reader = server.worker("table")
    os.kill(reader, signal.SIGSTOP)
    try:
        chair = Client(server, "chair")
        chair.do("open-dialogue")
        seen = chair.view()
        chair.close()
        unanswered = not answers
    finally:
        os.kill(reader, signal.SIGCONT)
    uploading.join(PATIENCE_S)

    assert seen["view"]["dialogue"]["phase"] == "open"
    assert unanswered
    (answer,) = answers
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] == 10_000
    assert answer.json()["problems"][0]["reason"] == "too-many-delegations"


def test_a_body_of_50_mb_is_answered_in_words_over_the_wire(sqlite_house, serve):
    server = serve(sqlite_house)

    answer = upload(server, bytes(50_000_000))

    assert answer.status_code == 413
    assert answer.json()["reason"] == "file-too-large"
