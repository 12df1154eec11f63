"""The outages: phones without a network, and interpretation that fails in the middle of a turn."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from moderator.simulation.askings import OUTAGE_S, Asking
from moderator.simulation.delegations import Delegations
from moderator.simulation.hall import SOMEBODY_ELSE, Hall, end_of

FAILURE_S: Final = 60.0
"""So long there is no interpretation."""


class Outages:
    """What fails, and comes back."""

    def __init__(self, hall: Hall, delegations: Delegations) -> None:
        self._hall = hall
        self._delegations = delegations

    def no_network(self, one: Asking, opened: float) -> None:
        """A phone has no network when it is tapped, and sends the same again when there is one."""
        hall = self._hall
        body = self._delegations.request(one, hall.tap(one.code))
        if one.lost:
            phone = hall.phone(one.code)
            hall.deeds.at(opened + hall.ms(one.after), partial(hall.wire.lose, phone, body))
        again = partial(self._delegations.ask, one, body, "once more, now that there is a network")
        hall.deeds.at(opened + hall.ms(OUTAGE_S[1]), again)

    def interpretation_fails(self, turn: Mapping[str, Any], share: float) -> None:
        """The chair stops the clock until interpretation is back."""
        hall = self._hall
        hall.deeds.until(end_of(turn, share * 0.4))
        stopped = hall.do(
            hall.chair, "stop-clock", *SOMEBODY_ELSE, holder=turn["id"], reason="interpretation"
        )
        if stopped.reason is not None:
            return
        hall.say("Interpretation has failed: the clock is stopped.")
        hall.pause(FAILURE_S)
        hall.do(hall.chair, "start-clock", *SOMEBODY_ELSE, holder=turn["id"])
        hall.say("Interpretation is back.")
