"""The record of what a real day has besides statements: points, replies, rules, pauses."""

from dataclasses import replace

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    ReinstateRequest,
    RequestFloor,
    RuleOnPoint,
    SetAnswered,
    SetPrivateLimit,
    SetRules,
    StopClock,
    WriteQuestion,
)
from moderator.core.model import FreeText, Limits, Ruled, Rules
from moderator.core.terms import (
    Capacity,
    CommandId,
    DelegationCode,
    InterventionId,
    Kind,
    PauseReason,
    Ruling,
    Standing,
    TextId,
)
from moderator.core.units import MINUTE, Duration
from moderator.summary.draft import draft
from moderator.summary.export import as_json
from moderator.summary.record import (
    Act,
    Announcement,
    CarryOver,
    Interruption,
    Pause,
    RulingMade,
    WrittenQuestion,
    record_of,
)
from tests.summary.day_of_2012 import day_of_2012, document
from tests.summary.meetings import Meeting
from tests.summary.test_record import ALVA, OPENING, PANEL, at, panel, speaking

WORDS = FreeText(TextId("text-1"), "00")


def ask_for(meeting: Meeting, code: str, kind: Kind, **names: object) -> InterventionId:
    """A delegation asks for something that is no statement; the id of its request."""
    meeting.do(
        RequestFloor,
        segment=meeting.state.segment_id,
        delegation=DelegationCode(code),
        kind=kind,
        capacity=Capacity.NATIONAL,
        **names,
    )
    return InterventionId(meeting.log[-1].command_id or "")


def interrupted() -> tuple[Meeting, InterventionId, InterventionId]:
    """Brazil spoke for a minute when a point of order by Chile was given the floor."""
    meeting, brazil = speaking()
    point = ask_for(meeting, "CL", Kind.POINT_OF_ORDER)
    meeting.do(GiveFloor, holder=brazil, request=point)
    return meeting, brazil, point


def test_a_turn_tells_which_points_of_order_interrupted_it_and_goes_on_meanwhile() -> None:
    meeting, brazil, point = interrupted()

    turns = {turn.id: turn for turn in record_of(meeting.log).turns}

    assert turns[brazil].interruptions == (Interruption(point, Act(at(1, 5), "chair/p01")),)
    assert turns[brazil].has_floor
    assert turns[brazil].used == MINUTE
    assert turns[point].kind is Kind.POINT_OF_ORDER


def test_an_interruption_that_was_taken_back_is_none() -> None:
    meeting, brazil, _ = interrupted()
    meeting.undo(len(meeting.log))

    (turn,) = record_of(meeting.log).turns

    assert (turn.id, turn.interruptions) == (brazil, ())


def test_the_last_ruling_stands_and_one_that_was_taken_back_does_not() -> None:
    meeting, _, point = interrupted()
    meeting.do(RuleOnPoint, point=point, ruling=Ruling.NOTED)
    meeting.later(minutes=1)
    upheld = meeting.do(RuleOnPoint, point=point, ruling=Ruling.UPHELD, words=WORDS)
    turns = {turn.id: turn for turn in record_of(meeting.log).turns}
    assert turns[point].ruling == RulingMade(
        Ruled(Ruling.UPHELD, WORDS), Act(at(2, 5), "chair/p01")
    )

    meeting.undo(upheld)

    turns = {turn.id: turn for turn in record_of(meeting.log).turns}
    assert turns[point].ruling == RulingMade(Ruled(Ruling.NOTED), Act(at(1, 5), "chair/p01"))


def test_pauses_are_told_with_their_reasons() -> None:
    meeting, brazil = speaking()
    meeting.do(StopClock, holder=brazil, reason=PauseReason.INTERPRETATION)

    (turn,) = record_of(meeting.log).turns

    assert turn.pauses == (Pause(PauseReason.INTERPRETATION, Act(at(1, 5), "chair/p01")),)


def test_a_request_tells_from_where_it_was_carried_over() -> None:
    meeting = panel()
    brazil = meeting.ask("BR")
    meeting.later(minutes=1)
    begun = meeting.do(BeginSegment, segment=OPENING, holder=None, carry_over=True)

    (request,) = record_of(meeting.log).requests
    assert (request.id, request.segment, request.number) == (brazil, OPENING, 1)
    assert request.carried_over == (CarryOver(PANEL, 1, Act(at(1), "chair/p01")),)

    meeting.undo(begun)
    (request,) = record_of(meeting.log).requests
    assert (request.segment, request.carried_over) == (PANEL, ())


def test_announced_rules_are_told_with_who_and_when_and_a_private_limit_with_nobody() -> None:
    meeting = panel()
    quick = Rules(limits=Limits(national=Duration(2 * MINUTE)))
    meeting.later(minutes=3)
    meeting.do(SetRules, base=0, segment=PANEL, rules=quick)
    meeting.do(
        SetPrivateLimit, delegation=DelegationCode("BR"), person=None, total=Duration(543_210)
    )

    record = record_of(meeting.log)

    assert record.announcements == (Announcement(PANEL, quick, Act(at(3), "chair/p01")),)
    told = as_json(record, {**document(), "segments": _titled()}, "head")
    assert "543210" not in str(told)
    assert told["announcements"][0]["rules"]["limits"]["national"] == 120_000


def _titled() -> list[dict[str, object]]:
    return [{"id": one, "title": one, "speakers": [], "themes": []} for one in (OPENING, PANEL)]


def test_written_questions_are_told_with_who_wrote_them_and_whether_they_were_answered() -> None:
    meeting = panel()
    meeting.do(WriteQuestion, delegation=DelegationCode("BR"), to=ALVA, words=WORDS)
    question = meeting.log[-1].command_id or ""
    meeting.do(SetAnswered, question=question, answered=True)

    assert record_of(meeting.log).questions == (
        WrittenQuestion(question, "BR", ALVA, WORDS, Act(at(), "chair/p01"), answered=True),
    )


def test_a_turn_that_was_called_anew_tells_of_that_turn_alone() -> None:
    meeting, brazil = speaking()
    meeting.do(MarkNotPresent, request=brazil)
    meeting.do(ReinstateRequest, request=brazil, before=None)
    meeting.later(minutes=1)
    meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(seconds=65)
    meeting.do(EndIntervention, holder=brazil)

    (turn,) = record_of(meeting.log).turns

    assert turn.given == (Act(at(2, 5), "chair/p01"),)
    assert (len(turn.runs), turn.used) == (1, MINUTE)
    assert turn.heard


def test_replies_and_points_that_wait_at_the_closing_are_not_reached() -> None:
    meeting, brazil = speaking()
    meeting.do(EndIntervention, holder=brazil)
    reply = ask_for(meeting, "CL", Kind.RIGHT_OF_REPLY, statement=brazil)
    point = ask_for(meeting, "CL", Kind.POINT_OF_ORDER)
    meeting.do(CloseDialogue, holder=None)

    standings = {made.id: made for made in record_of(meeting.log).requests}

    assert standings[reply].standing is Standing.NOT_REACHED
    assert standings[point].standing is Standing.NOT_REACHED
    assert standings[reply].statement == brazil


# In the Summary


@pytest.mark.story(39)
def test_written_questions_stand_in_an_annex_in_their_words() -> None:
    day = day_of_2012()
    record = record_of(day.log)
    asked = WrittenQuestion(
        CommandId("q-1"), DelegationCode("BR"), "p08", WORDS, Act(day.now, "delegation/BR"), False
    )
    told = replace(record, questions=(asked, replace(asked, words=FreeText(TextId("x"), "0"))))

    paper = draft(document(), told, (), texts={"text-1": "What has worked at borders?"})

    (annex,) = [one for one in paper.sections if one.key == "annex-questions"]
    assert [row.cells for row in annex.table.rows] == [
        ("Brazil", "Ms. Michelle Bachelet", "What has worked at borders?"),
        ("Brazil", "Ms. Michelle Bachelet", "–"),
    ]


def test_annexes_tell_replies_and_points_apart_and_points_are_no_interventions() -> None:
    day = day_of_2012()
    record = record_of(day.log)
    spoke = next(turn for turn in record.turns if turn.delegation and turn.heard)
    others = [turn for turn in record.turns if turn.id != spoke.id]
    missed = next(one for one in record.requests if one.standing is Standing.NOT_REACHED)
    told = replace(
        record,
        turns=(replace(spoke, kind=Kind.POINT_OF_ORDER), *others),
        requests=(replace(missed, kind=Kind.RIGHT_OF_REPLY),),
    )

    before, paper = (draft(document(), one, ()) for one in (record, told))

    cells = {cell for one in paper.sections for row in one.table.rows for cell in row.cells}
    assert any(cell.endswith("(point of order)") for cell in cells)
    assert any(cell.endswith("(right of reply)") for cell in cells)
    assert paper.box.text != before.box.text


@pytest.mark.story(36)
def test_a_delegation_that_spoke_for_a_group_and_for_itself_did_so_also() -> None:
    day = day_of_2012()
    record = record_of(day.log)
    spoke = next(turn for turn in record.turns if turn.group and turn.heard)
    told = replace(record, turns=(replace(spoke, also_national=True),))

    paper = draft(document(), told, ())

    cells = {cell for one in paper.sections for row in one.table.rows for cell in row.cells}
    assert any("(also on behalf of" in cell for cell in cells)
