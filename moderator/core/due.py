"""What time alone makes true: a clock that starts, a limit that is reached, a list that closes."""

from moderator.core.events import ClockStarted, Event, InterventionEnded, ListClosed
from moderator.core.evolve import evolve
from moderator.core.model import Dialogue
from moderator.core.terms import Enforcement, Outcome
from moderator.core.units import Duration, Instant


def due(state: Dialogue, now: Instant) -> tuple[Event, ...]:
    """All that has come true by itself until `now`, each event at the instant of its deadline.

    Runs before every command, so being right never depends on a bell having rung in time.
    """
    events: list[Event] = []
    while (event := _next(state)) is not None and event.at <= now:
        events.append(event)
        state = evolve(state, event)
    return tuple(events)


def next_due(state: Dialogue) -> Instant | None:
    """When something will next come true by itself; None while nothing is running."""
    event = _next(state)
    return None if event is None else event.at


def _next(state: Dialogue) -> Event | None:
    comings = (_closing_of_the_list(state), _next_at_the_floor(state))
    return min((one for one in comings if one is not None), key=lambda one: one.at, default=None)


def _closing_of_the_list(state: Dialogue) -> Event | None:
    if state.segment_id is None or state.closes_at is None:
        return None
    return ListClosed(state.closes_at, state.segment_id)


def _next_at_the_floor(state: Dialogue) -> Event | None:
    """Of who has the floor; the clock of a turn that was interrupted stands."""
    turn = state.floor
    if turn is None:
        return None
    if turn.starts_at is not None:
        return ClockStarted(turn.starts_at, turn.id)
    if turn.enforcement is not Enforcement.AUTOMATIC:
        return None
    deadline = turn.clock.reaches(Duration(turn.clock.allowance + turn.grace))
    if deadline is None:
        return None
    return InterventionEnded(deadline, turn.id, Outcome.TIME_EXPIRED)
