"""The closing figures are what the annexes of the Summary list, at any moment."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    RuleOnPoint,
    SetAnswered,
    WriteQuestion,
)
from moderator.core.model import FreeText
from moderator.core.terms import (
    Category,
    DelegationCode,
    Kind,
    Outcome,
    PersonId,
    QuestionId,
    Ruling,
    TextId,
)
from moderator.core.units import SECOND, Duration
from moderator.summary.annexes import annexes
from moderator.summary.figures import Figures, figures_of
from moderator.summary.material import Material
from moderator.summary.outline import Part
from moderator.summary.record import Record, Turn, record_of
from tests.summary.day_of_2012 import day_of_2012, document
from tests.summary.meetings import Meeting
from tests.summary.test_draft import panel

BACHELET = PersonId("p08")
HOW = FreeText(TextId("how"), "0" * 64)


def counted(meeting: Meeting) -> Figures:
    return figures_of(record_of(meeting.log), document())


def annex(record: Record, key: str) -> Part:
    """An annex of the Summary, or a part of one."""

    def all_of(parts: tuple[Part, ...]) -> Iterator[Part]:
        for part in parts:
            yield part
            yield from all_of(part.parts)

    material = Material(document(), record, ())
    return next(part for part in all_of(annexes(material, statistics=True)) if part.key == key)


def turns_in(part: Part) -> int:
    return sum(len(row.sources) for row in part.table.rows)


def agrees(record: Record) -> None:
    """All that both the figures and the annexes say is the same."""
    figures = figures_of(record, document())
    for category in Category:
        listed = annex(record, f"annex-speakers.{category}")
        part = figures.kinds.get(category)
        assert turns_in(listed) == (part.turns if part else 0)
        names = {row.cells[0].partition(" (on behalf of ")[0] for row in listed.table.rows}
        assert len(names) == (part.voices if part else 0)
    persons = annex(record, "annex-speakers.persons")
    assert len(persons.table.rows) == figures.persons.voices
    assert turns_in(persons) == figures.persons.turns
    assert len(annex(record, "annex-not-reached").table.rows) == figures.not_reached
    shares = annex(record, "annex-statistics").table.rows
    assert sum(int(row.cells[1]) for row in shares) == figures.heard.turns
    assert sum(int(row.cells[5]) for row in shares) == figures.beyond


@pytest.mark.story(4)
def test_at_every_moment_of_a_day_they_are_those_of_the_annexes():
    log = day_of_2012().log
    for length in range(1, len(log) + 1, 3):
        agrees(record_of(log[:length]))
    agrees(record_of(log))


def test_the_day_of_2012_in_figures():
    figures = counted(day_of_2012())

    assert (figures.delegations.voices, figures.delegations.turns) == (12, 14)
    assert figures.heard.turns == figures.delegations.turns + figures.persons.turns
    assert figures.groups == 2
    assert list(figures.kinds) == [
        Category.MEMBER_STATE,
        Category.OBSERVER_STATE,
        Category.OBSERVER_ORGANIZATION,
        Category.UN_ENTITY,
        Category.INTERGOVERNMENTAL,
        Category.NGO,
        Category.PRIVATE_SECTOR,
    ]
    assert {code: part.voices for code, part in figures.regions.items()} == {
        "AFR": 3,
        "APG": 2,
        "EEG": 1,
    }
    assert (figures.not_present, figures.withdrawn, figures.not_reached) == (1, 1, 1)
    assert figures.heard.used == sum(part.used for part in (figures.delegations, figures.persons))
    assert sum(figures.outcomes.values()) == figures.heard.turns


def test_before_anybody_spoke_nothing_is_counted():
    figures = figures_of(record_of(()), document())

    assert (figures.version, figures.heard.turns, figures.heard.average) == (0, 0, None)
    assert not figures.kinds
    assert not figures.regions


def test_average_and_median_are_of_the_turns_of_each_part():
    meeting = panel()
    for code, seconds in (("NG", 60), ("MX", 90), ("BR", 180)):
        turn = meeting.ask(code)
        meeting.do(GiveFloor, holder=None, request=turn)
        meeting.later(seconds=seconds + 5)
        if seconds < 180:
            meeting.do(EndIntervention, holder=turn)

    states = counted(meeting).kinds[Category.MEMBER_STATE]

    assert (states.average, states.median) == (Duration(110 * SECOND), Duration(90 * SECOND))


def test_it_is_the_record_as_corrected_that_is_counted():
    meeting = panel()
    spoken = []
    for code in ("NG", "MX"):
        turn = meeting.ask(code)
        meeting.do(GiveFloor, holder=None, request=turn)
        meeting.later(seconds=65)
        meeting.do(EndIntervention, holder=turn)
        spoken.append(turn)
    record = record_of(meeting.log)

    struck = with_turn(record, spoken[0], struck=True)
    absent = with_turn(record, spoken[0], outcome=Outcome.NOT_PRESENT)

    assert figures_of(record, document()).delegations.voices == 2
    for corrected in (struck, absent):
        assert figures_of(corrected, document()).delegations.voices == 1
        agrees(corrected)
    assert figures_of(struck, document()).not_present == 0
    assert figures_of(absent, document()).not_present == 1
    never = with_turn(absent, spoken[0], struck=True)
    assert figures_of(never, document()).not_present == 0


def with_turn(record: Record, turn: str, **changes: object) -> Record:
    """The record in which a turn reads otherwise."""

    def read(one: Turn) -> Turn:
        return replace(one, **changes) if one.id == turn else one  # type: ignore[arg-type]

    return replace(record, turns=tuple(map(read, record.turns)))


def test_whoever_was_called_and_is_heard_later_was_not_absent():
    meeting = panel()
    mexico = meeting.ask("MX")
    meeting.do(MarkNotPresent, request=mexico)
    assert counted(meeting).not_present == 1

    again = meeting.ask("MX")
    meeting.do(GiveFloor, holder=None, request=again)
    meeting.later(seconds=30)
    meeting.do(EndIntervention, holder=again)

    figures = counted(meeting)
    assert (figures.not_present, figures.delegations.voices) == (1, 1)


def test_the_outcomes_tell_how_the_limits_were_kept():
    meeting = panel()
    ends = (Outcome.CONCLUDED, Outcome.TIME_EXPIRED, Outcome.WITHDRAWN_BY_CHAIR)
    for code, outcome in zip(("NG", "MX", "BR"), ends, strict=True):
        turn = meeting.ask(code)
        meeting.do(GiveFloor, holder=None, request=turn)
        meeting.later(minutes=1 if outcome is not Outcome.TIME_EXPIRED else 4)
        if outcome is not Outcome.TIME_EXPIRED:
            meeting.do(EndIntervention, holder=turn, outcome=outcome)

    figures = counted(meeting)

    assert dict(figures.outcomes) == dict.fromkeys(ends, 1)
    assert (figures.kept, figures.beyond) == (1, 0)


@pytest.mark.parametrize("closed", [True, False])
def test_who_waits_is_not_reached_once_the_segment_is_over(closed: bool):
    meeting = panel()
    for code in ("NG", "MX"):
        meeting.ask(code)
    assert counted(meeting).not_reached == 0

    if closed:
        meeting.do(CloseDialogue, holder=None)
    else:
        meeting.do(BeginSegment, segment="s4", holder=None)

    assert counted(meeting).not_reached == 2


def test_questions_replies_and_points_are_counted_beside_statements():
    meeting = panel()
    asked = meeting.do(WriteQuestion, delegation=DelegationCode("NG"), to=BACHELET, words=HOW)
    written = QuestionId(str(meeting.log[asked - 1].command_id))
    question = meeting.ask("MX", kind=Kind.QUESTION, to=BACHELET)
    meeting.do(GiveFloor, holder=None, request=question)
    meeting.later(seconds=30)
    assert counted(meeting).questions == 2

    point = meeting.ask("BR", kind=Kind.POINT_OF_ORDER)
    meeting.do(GiveFloor, holder=question, request=point)
    meeting.later(seconds=10)
    meeting.do(RuleOnPoint, point=point, ruling=Ruling.NOTED)
    meeting.do(EndIntervention, holder=question)
    reply = meeting.ask("NG", kind=Kind.RIGHT_OF_REPLY, statement=question)
    meeting.do(GiveFloor, holder=None, request=reply)
    meeting.later(seconds=10)
    meeting.do(SetAnswered, question=written, answered=True)

    figures = counted(meeting)

    assert (figures.questions, figures.answered) == (2, 1)
    assert (figures.replies, figures.points) == (1, 1)
    assert figures.delegations.voices == 3
    agrees(record_of(meeting.log))
    meeting.do(SetAnswered, question=written, answered=False)
    assert counted(meeting).answered == 0
