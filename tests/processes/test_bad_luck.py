"""The database fails under a running meeting: refused, said, and well again by itself."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from moderator.core.events import InterventionEnded
from moderator.core.terms import Outcome
from tests.postgres import Cluster
from tests.processes.clients import Answer, Client, Screen, held_floor, opened
from tests.processes.load import faults_in, log_of
from tests.processes.server import House, Server
from tests.processes.trouble import filled, full_disk, locked, small_disk

Serve = Callable[[House], Server]

SHORT_MS = 2_000


def test_a_database_that_another_process_has_locked(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    _bear(server, locked(sqlite_house))


def test_a_disk_that_is_full(sqlite_house: House, serve: Serve) -> None:
    server = serve(sqlite_house)
    _bear(server, full_disk(server))


def test_a_small_disk_that_somebody_else_has_filled(
    tmp_path: Path, furnished_file: House, serve: Serve
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        server = serve(furnished_file.copied_to(disk / "house"))
        _bear(server, filled(disk))
        server.stop()
        assert "Traceback" not in server.log, server.log
        assert "whole" in server.house.flask("check-journal")


def test_a_postgresql_that_is_stopped_and_started_again(
    postgres_house: House, postgres: Cluster, serve: Serve
) -> None:
    server = serve(postgres_house)
    _bear(server, postgres.outage())


def _bear(server: Server, trouble: AbstractContextManager[None]) -> None:
    """A speaker's limit passes while the database is in trouble, and a chair asks in vain."""
    chair = opened(server)
    holder = held_floor(server, chair, remaining=SHORT_MS)
    with Screen(server, "display") as display, Screen(server, "secretary") as secretary:
        chair.do("start-clock", holder=holder)
        display.until(lambda: display.view["floor"]["running_since"] is not None)
        deadline = display.view["floor"]["running_since"] + SHORT_MS
        with trouble:
            refused = chair.send("take-gavel", "tap-in-trouble")
            assert (refused.status, refused.body["reason"]) == (503, "not-recorded")
            assert int(refused.headers["Retry-After"]) > 0
            # Screens go on: they hear beats, and tell the time.
            heard = display.beats
            display.until(lambda: display.beats > heard + 1)
            while (now := display.probe(0)["now"]) < deadline:
                time.sleep((deadline - now) / 1000)
        again = _sent_until_recorded(chair, "take-gavel", "tap-in-trouble")
        for screen in (display, secretary):
            screen.until_version(again.body["version"])
            assert (screen.snapshots, screen.gaps) == (1, [])
        assert (
            secretary.view["gavel"]
            == f"chair/{next(iter(server.house.demonstration['seats']['chair']))}"
        )
        last = display.view["last"]
        assert (last["outcome"], last["ended_at"]) == (Outcome.TIME_EXPIRED, deadline)
    assert faults_in(server.house, {"tap-in-trouble": again.body["version"]}, {}) == []
    (end,) = [e.event for e in log_of(server.house) if isinstance(e.event, InterventionEnded)]
    assert end.at == deadline


def _sent_until_recorded(client: Client, kind: str, command_id: str) -> Answer:
    """Send the same command again and again, as a phone does."""
    until = time.monotonic() + 60
    while (answer := client.send(kind, command_id)).status == 503:
        assert time.monotonic() < until, answer
        time.sleep(int(answer.headers["Retry-After"]))
    assert answer.status == 200, answer
    return answer
