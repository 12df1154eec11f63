"""A document is written in a process of its own: the hall goes on while it is."""

import os
import signal
import threading
from collections.abc import Callable

import requests

from tests.processes.clients import Client
from tests.processes.server import PATIENCE_S, House, Server


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
    writer = server.worker("word")
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
