"""The simulated day, played whole: on one server with SQLite, on two with PostgreSQL.

It is played at its own speed, in a time that was made for it and passes when nothing is left to do.

The forecast is measured beside it, on the log: at every event in the second half of a discussion,
to the last. Where the list was heard to its end, expected and actual end are compared, rights of
reply included; where the hour cut it, the start of the last turn of the list that was heard.
"""

import re
from collections.abc import Callable, Mapping
from json import loads
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from moderator.cli import SHOWN_DELEGATIONS, day_of_2012
from moderator.core.draw import commitment
from moderator.core.events import FloorRequested, RulesSet
from moderator.core.evolve import evolve
from moderator.core.forecast import DISCUSSIONS, forecast
from moderator.core.model import Dialogue, Intervention
from moderator.core.terms import STATEMENTS, Kind, Outcome, Phase, SegmentId, Standing
from moderator.core.units import MINUTE, Instant, between
from moderator.programme import load_programme
from moderator.simulation.people import WALKERS, people
from moderator.simulation.plan import discussions
from moderator.store.engine import make_engine, reading
from moderator.store.journal import Entry, read
from moderator.summary.export import minutes_of
from tests.processes import made_time
from tests.processes.server import House, Server

SEED: Final = 2012
DISCUSSED: Final = (SegmentId("s2"), SegmentId("s3"))

EXPECTED_REFUSALS: Final = {"already-waiting", "list-closed"}
"""What is done amiss on purpose: a second phone asks, and somebody asks too late."""

AT_THE_SAME_MOMENT: Final = {"floor-changed", "not-waiting", "has-the-floor"}
"""What may be answered when two do something at the same moment; it depends on who is first."""


class Told(NamedTuple):
    """An expectation beside what then happened; durations are those of the day, in minutes."""

    segment: SegmentId
    remaining: float
    error: float

    @property
    def share(self) -> float:
        """The error as a share of the time that remained."""
        return abs(self.error) / self.remaining


class Played:
    """A day that was played on a house: what was printed and written, and its log."""

    def __init__(
        self, house: House, servers: list[Server], folder: Path, time: Mapping[str, str]
    ) -> None:
        words = [word for server in servers for word in ("--server", server.url)]
        self.printed = house.flask(
            *("simulate", "--speed", "1", "--seed", str(SEED), "--out", str(folder), *words),
            program=made_time.SIMULATE,
            environment=time,
        )
        found = re.search(r"\((\w+)\)$", self.printed, re.MULTILINE)
        assert found is not None
        self.dialogue = found[1]
        self.folder = folder
        self.log = _log(house, self.dialogue)
        self.states = _states(self.log)
        self.state = self.states[-1]

    @property
    def refused(self) -> dict[str, int]:
        """How often what was refused."""
        (line,) = re.findall(r"^Refused, as it should be: (.*)\.$", self.printed, re.MULTILINE)
        return {reason: int(times) for reason, times in re.findall(r"(\S+) (\d+)", line)}


def _log(house: House, dialogue: str) -> tuple[Entry, ...]:
    engine = make_engine(house.database_url)
    try:
        with reading(engine) as connection:
            return read(connection, dialogue)
    finally:
        engine.dispose()


def _states(log: tuple[Entry, ...]) -> list[Dialogue]:
    states = [Dialogue()]
    for entry in log:
        states.append(evolve(states[-1], entry.event))
    return states


def _planned() -> set[str]:
    """The ids of all requests that were to be made."""
    document = load_programme(day_of_2012()).document("en")
    voices = people(document, SEED, frozenset(SHOWN_DELEGATIONS))
    return {
        f"day-{segment}-{one.code}-asks"
        for segment, discussion in zip(DISCUSSED, discussions(document, voices, SEED), strict=True)
        for one in discussion.askings
    }


def _measured(played: Played, segment: SegmentId) -> list[Told]:
    """What was expected in the second half of a discussion, beside what then happened."""
    states = [state for state in played.states if state.segment_id == segment]
    turns = [turn for turn in states[-1].interventions.values() if turn.segment == segment]
    ended = max(_ended(turn) for turn in turns)
    of_the_list = [turn for turn in turns if turn.delegation and turn.kind in STATEMENTS]
    last = max(of_the_list, key=_ended)
    was_cut = bool(next(state for state in reversed(states) if state.at <= ended).waiting)
    actual = last.started_at if was_cut else ended
    assert actual is not None
    begun = states[0].sittings[segment].begun_at
    told = []
    for state in states:
        remaining = between(state.at, actual)
        if state.at < begun + (ended - begun) // 2 or remaining <= 0:
            continue
        listed = [request.id for request in state.listed]
        if was_cut and last.id not in listed:
            continue
        foreseen = forecast(state)
        expected = foreseen.starts[listed.index(last.id)] if was_cut else foreseen.ends
        assert expected is not None
        told.append(Told(segment, remaining / MINUTE, (expected - actual) / MINUTE))
    return told


def _ended(turn: Intervention) -> Instant:
    assert turn.ended_at is not None
    return turn.ended_at


@pytest.mark.parametrize(
    ("database", "processes"), [("sqlite", 1), ("postgres", 2)], ids=["sqlite", "two on postgres"]
)
def test_a_day_is_played_whole(
    request: pytest.FixtureRequest,
    serve: Callable[..., Server],
    tmp_path: Path,
    database: str,
    processes: int,
) -> None:
    house: House = request.getfixturevalue(f"{database}_house")
    time = made_time.make(tmp_path / "time")
    servers = [serve(house, program=made_time.SERVER, environment=time) for _ in range(processes)]

    played = Played(house, servers, tmp_path / "day", time)

    _everybody_was_served(played)
    _something_of_everything_happened(played)
    _record_and_summary_are_whole(played)
    assert played.refused.keys() - AT_THE_SAME_MOMENT <= EXPECTED_REFUSALS
    assert played.refused["list-closed"] == 2
    checked = house.flask("check-journal")
    assert f"{played.dialogue}: whole: {len(played.log)} rows" in checked
    told = [
        one
        for segment in played.state.segments
        if segment.kind in DISCUSSIONS
        for one in _measured(played, segment.id)
    ]
    assert len(told) > 120
    worst = max(told, key=lambda one: one.share)
    print(f"\nforecast, {len(told)} times: at worst {worst.share:.1%}, {worst}")
    assert worst.share <= 0.1
    assert {one.segment for one in told} == set(DISCUSSED)


def _everybody_was_served(played: Played) -> None:
    """Each request that was to be made stands in the log once, and none was forgotten."""
    state = played.state
    assert state.phase is Phase.CLOSED
    asked = [one.event.request for one in played.log if isinstance(one.event, FloorRequested)]
    assert len(set(asked)) == len(asked)
    assert _planned() <= set(asked)
    assert {one.standing for one in state.requests.values()} <= {
        Standing.HEARD,
        Standing.WITHDRAWN,
        Standing.NOT_REACHED,
        Standing.NOT_PRESENT,
    }
    heard = [one for one in state.requests.values() if one.standing is Standing.HEARD]
    assert len(heard) >= 40


def _something_of_everything_happened(played: Played) -> None:
    state = played.state
    _somebody_had_more_time(played)
    _the_draw_is_what_was_promised(played)
    _a_limit_was_offered_and_taken(played)
    events = {type(entry.event).__name__ for entry in played.log}
    assert events >= {
        "SlowDownAsked",
        "ClockStopped",
        "PointRuled",
        "RulesSet",
        "ListClosingSet",
        "RequestCarriedOver",
        "RequestNotPresent",
        "RequestReinstated",
        "RequestWithdrawn",
        "InterventionContinued",
        "QuestionWritten",
        "QuestionAnswered",
        "RequestDescribed",
        "NoteSent",
        "ProgrammeChanged",
        "PrivateLimitSet",
        "ListReordered",
        "DrawRevealed",
        "InterventionCorrected",
    }
    kinds = {turn.kind for turn in state.interventions.values()}
    assert kinds >= {Kind.STATEMENT, Kind.QUESTION, Kind.POINT_OF_ORDER, Kind.RIGHT_OF_REPLY}
    assert any(turn.group for turn in state.interventions.values())
    ends = [turn.outcome for turn in state.interventions.values()]
    assert {Outcome.CONCLUDED} <= set(ends)


def _somebody_had_more_time(played: Played) -> None:
    ((owner, total),) = played.state.private_limits.items()
    (turn,) = [one for one in played.state.interventions.values() if one.delegation == owner[0]]
    assert turn.clock.allowance == total


def _the_draw_is_what_was_promised(played: Played) -> None:
    draws = [draw for sitting in played.state.sittings.values() for draw in sitting.draws]
    assert len(draws) == len(DISCUSSED)
    for draw in draws:
        assert draw.seed is not None
        assert draw.sha256 == commitment(draw.seed)
        assert draw.codes


def _a_limit_was_offered_and_taken(played: Played) -> None:
    """Where the forecast has a limit with which all can speak, it is the rule from then on."""
    taken = []
    for before, entry in zip(played.states, played.log, strict=False):
        event = entry.event
        if (
            isinstance(event, RulesSet)
            and event.rules.limits != before.segment_of(event.segment).rules.limits
        ):
            taken.append((event.segment, forecast(before).fits, event.rules.limits.national))
    assert [segment for segment, _, _ in taken] == list(DISCUSSED)
    (_, none, _), (_, offered, limit) = taken
    assert none is None
    assert offered == limit
    (told,) = re.findall(r"(\S+) each lets all speak", played.printed)
    assert told == minutes_of(limit)


def _record_and_summary_are_whole(played: Played) -> None:
    record: dict[str, Any] = loads((played.folder / "record.json").read_bytes())
    heard = {turn.id for turn in played.state.interventions.values()}
    assert {turn["id"] for turn in record["turns"]} >= heard
    rows = (played.folder / "record.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) > len(heard)
    assert (played.folder / "summary.docx").read_bytes()[:2] == b"PK"
    page = (played.folder / "summary.html").read_text(encoding="utf-8")
    for heading in ("Opening segment", "Cross-cutting points", "Closing segment", "Annex I."):
        assert heading in page
    for walker in WALKERS:
        assert walker.name in page
