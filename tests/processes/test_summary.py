"""A document is written in a process of its own: the hall goes on while it is."""

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import requests

from tests.processes.clients import Client
from tests.processes.server import LOOK_S, PATIENCE_S, House, Server


def test_the_hall_goes_on_while_a_word_document_is_written(
    sqlite_house: House, serve: Callable[..., Server]
):
    server = serve(sqlite_house)
    rapporteur = requests.Session()
    link = f"{server.url}{server.house.seat('rapporteur')['link']}"
    entered = rapporteur.post(link, data={"lang": "en"}, allow_redirects=False)
    seat = entered.headers["Location"].removeprefix("/s/")
    answers: list[requests.Response] = []
    address = f"{server.url}/s/{seat}/summary.docx"
    asking = threading.Thread(
        target=lambda: answers.append(rapporteur.get(address, timeout=PATIENCE_S))
    )

    asking.start()
    writer = writer_of(server)
    os.kill(writer, signal.SIGSTOP)
    try:
        chair = Client(server, "chair")
        chair.do("open-dialogue")
        seen = chair.view()
        chair.close()
        unanswered = not answers
    finally:
        os.kill(writer, signal.SIGCONT)
    asking.join(PATIENCE_S)

    assert seen["view"]["dialogue"]["phase"] == "open"
    assert unanswered
    (answer,) = answers
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


def writer_of(server: Server) -> int:
    """The process in which the server has a document written, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        for child in Path(f"/proc/{server.pid}/task").glob("*/children"):
            for pid in child.read_text().split():
                with suppress(OSError):  # it has ended since
                    if b"word.py" in Path(f"/proc/{pid}/cmdline").read_bytes():
                        return int(pid)
        time.sleep(LOOK_S / 10)
    raise AssertionError("no process writes the document")
