"""The line in the log for a request that changes something."""

import json
import logging

import pytest

from moderator import logs
from moderator.core.terms import Role
from tests.web.hall import Hall, new_id


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    formatted = (logs.AsJson().format(record) for record in caplog.records)
    told = [json.loads(line) for line in formatted]
    return [line for line in told if line["event"] == "request"]


@pytest.fixture(autouse=True)
def _at_info(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_a_command_has_a_line_with_its_ids(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    hall.begin()
    phone = hall.enter(Role.DELEGATION, "NG")
    caplog.clear()
    command_id = new_id()

    phone.do("request-floor", command_id, segment="s2")
    phone.send("request-floor", segment="s2")

    first, second = lines(caplog)
    assert isinstance(first.pop("ms"), float)
    assert first.pop("time")
    assert first == {
        "level": "info",
        "logger": "moderator.web.account",
        "event": "request",
        "dialogue": hall.dialogue,
        "seat": phone.seat,
        "command": command_id,
        "type": "request-floor",
        "method": "POST",
        "endpoint": "commands.give",
        "status": 200,
    }
    assert (second["status"], second["reason"]) == (409, "already-waiting")


def test_a_program_is_told_by_the_id_of_its_token(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    hall.chair.do("open-dialogue")

    assert lines(caplog)[-1]["seat"] == hall.chair.token


def test_whoever_enters_is_told_by_the_seat_that_was_made(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    phone = hall.enter(Role.DELEGATION, "NG")

    (line,) = lines(caplog)
    assert (line["endpoint"], line["seat"]) == ("join.enter", phone.seat)


def test_what_only_reads_has_no_line(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    phone = hall.enter(Role.DELEGATION, "NG")
    caplog.clear()

    phone.page()
    phone.get("/view")
    phone.client.get("/static/icon.svg").close()

    assert lines(caplog) == []


def test_what_a_stranger_sends_stands_in_no_line(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    client = hall.app.test_client()
    client.post("/l/secret-of-mine")
    client.post("/join", data={"code": "secret-of-mine"})
    client.post("/api/dialogues/secret-of-mine/commands", json={"id": "secret-of-mine"})
    client.post("/secret-of-mine", headers={"Authorization": "Bearer secret-of-mine"})
    client.open("/", method="secret-of-mine")

    assert len(lines(caplog)) == 5
    assert "secret-of-mine" not in (caplog.text + json.dumps(lines(caplog))).lower()
