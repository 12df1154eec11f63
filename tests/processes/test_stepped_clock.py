"""Somebody sets the wall clock of the server's host: no screen and no deadline moves."""

import os
from collections.abc import Callable
from typing import Final

import pytest

from moderator.core.events import InterventionEnded
from moderator.core.terms import Outcome
from moderator.core.units import MINUTE
from moderator.store.journal import CLOCK
from tests.processes.clients import Client, Screen, held_floor, opened
from tests.processes.load import log_of
from tests.processes.server import House, Server
from tests.processes.trouble import AHEAD, BACK, SETTABLE

Serve = Callable[..., Server]

LEFT_MS: Final = 4_000


def test_a_clock_that_is_set_moves_no_screen_and_no_deadline(
    sqlite_house: House, serve: Serve
) -> None:
    server = serve(sqlite_house, program=("-c", SETTABLE.format(wrong_by=0)))
    chair = opened(server)
    holder = held_floor(server, chair, remaining=LEFT_MS)
    with Screen(server, "display") as display, Screen(server, "delegation") as phone:
        chair.do("start-clock", holder=holder)
        for screen in (display, phone):
            screen.until(lambda screen=screen: screen.view["floor"]["running_since"] is not None)
        floor, last = display.view["floor"], display.probe(0)["now"]
        for step in (AHEAD, BACK, BACK):
            os.kill(server.pid, step)
            heard = display.beats
            display.until(lambda heard=heard: display.beats > heard)
            for now in (display.probe(0)["now"], phone.probe(0)["now"], chair.view()["now"]):
                assert last <= now < last + 30 * MINUTE
                last = now
        for screen in (display, phone):
            screen.until(lambda screen=screen: screen.view["last"] is not None)
            ended = screen.view["last"]
            assert ended["outcome"] == Outcome.TIME_EXPIRED
            assert ended["ended_at"] == floor["running_since"] + LEFT_MS
            assert (screen.snapshots, screen.gaps) == (1, [])
    (end,) = [entry for entry in log_of(sqlite_house) if isinstance(entry.event, InterventionEnded)]
    assert (end.actor, end.event.at) == (CLOCK, floor["running_since"] + LEFT_MS)
    chair.close()


@pytest.mark.parametrize("wrong_by", [3_600, -3_600])
def test_a_server_that_starts_again_with_a_wrong_clock_goes_on_in_the_right_time(
    house: House, serve: Serve, wrong_by: int
) -> None:
    server = serve(house)
    chair = opened(server)
    holder = held_floor(server, chair, remaining=30 * MINUTE)
    chair.do("start-clock", holder=holder)
    before = chair.view()
    chair.close()
    server.kill()

    chair = Client(serve(house, program=("-c", SETTABLE.format(wrong_by=wrong_by))), "chair")
    after = chair.view()
    assert before["now"] <= after["now"] < before["now"] + 15 * MINUTE
    assert (after["version"], after["view"]) == (before["version"], before["view"])
    receipt = chair.do("stop-clock", holder=holder)
    stopped = log_of(house)[receipt["version"] - 1].event.at
    assert after["now"] <= stopped < after["now"] + 15 * MINUTE
    chair.close()
