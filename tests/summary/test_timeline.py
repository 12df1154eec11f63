"""The picture of the day: planned against actual, folded where the meeting pauses."""

from typing import Any

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    GiveFloor,
    OpenDialogue,
    ResumeDialogue,
    SuspendDialogue,
)
from moderator.core.units import MINUTE, Duration, Instant, after
from moderator.summary.record import record_of
from moderator.summary.timeline import FOLD, Timeline, timeline
from tests.summary.day_of_2012 import day_of_2012, document, programme
from tests.summary.meetings import Meeting

STARTS = programme().starts
WIDTH = 1_000


def at(minutes: float) -> Instant:
    return after(STARTS, Duration(int(minutes * MINUTE)))


def drawn(meeting: Meeting, now: Instant | None = None, **options: Any) -> Timeline:
    present = meeting.now if now is None else now
    picture = timeline(record_of(meeting.log), document(), present, width=WIDTH, **options)
    assert picture is not None
    return picture


def opened(segment: str = "s1", begins: Instant = STARTS) -> Meeting:
    meeting = Meeting(begins)
    meeting.do(OpenDialogue, segments=programme().segments())
    meeting.do(BeginSegment, segment=segment, holder=None)
    return meeting


def test_before_the_meeting_the_plan_stands_alone_and_its_break_is_folded() -> None:
    picture = drawn(Meeting(at(-60)))

    assert [box.number for box in picture.planned] == [1, 2, 3, 4]
    (fold,) = picture.folds
    assert (fold.width, fold.span) == (FOLD, (at(180), at(300)))
    first, second, third, last = (box.piece for box in picture.planned)
    assert first.x == 0
    assert first.x + first.width == second.x
    assert second.x + second.width + FOLD == third.x
    assert last.x + last.width == WIDTH
    assert second.width == 2 * first.width  # two hours and one
    assert (picture.held, picture.turns, picture.suspended, picture.now) == ((), (), (), None)


def test_what_was_held_stands_under_the_plan_on_the_same_axis() -> None:
    meeting = opened()
    meeting.later(minutes=30)

    picture = drawn(meeting)

    (bar,) = picture.held
    planned = picture.planned[0].piece
    assert bar.going
    assert (bar.piece.x, bar.piece.width) == (planned.x, planned.width / 2)
    assert picture.now == bar.piece.x + bar.piece.width


def test_every_run_of_a_clock_is_a_tick_and_an_overrun_is_told() -> None:
    picture = drawn(day_of_2012())
    turns = record_of(day_of_2012().log).turns

    assert len(picture.turns) == sum(len(turn.runs) for turn in turns)
    over = {tick.turn for tick in picture.turns if tick.over}
    assert over == {turn.id for turn in turns if turn.overrun}
    assert over


def test_a_meeting_that_was_closed_has_no_present() -> None:
    meeting = opened()
    meeting.later(minutes=30)
    meeting.do(CloseDialogue, holder=None)

    assert drawn(meeting).now is None


def test_a_suspension_divides_what_was_held_and_a_long_one_is_folded() -> None:
    meeting = opened("s2", at(60))
    meeting.later(minutes=30)
    meeting.do(SuspendDialogue)
    meeting.later(minutes=15)
    meeting.do(ResumeDialogue)
    meeting.later(minutes=75)
    meeting.do(SuspendDialogue)
    meeting.later(minutes=120)
    meeting.do(ResumeDialogue)
    meeting.do(BeginSegment, segment="s3", holder=None)
    meeting.later(minutes=5)

    picture = drawn(meeting)

    spans = [bar.piece.span for bar in picture.held]
    assert spans == [(at(60), at(90)), (at(105), at(180)), (at(300), at(305))]
    assert [piece.span for piece in picture.suspended] == [(at(90), at(105)), (at(180), at(300))]
    assert picture.suspended[1].width == FOLD
    assert [fold.span for fold in picture.folds] == [(at(180), at(300))]


def test_a_suspension_that_goes_on_ends_with_the_present() -> None:
    meeting = opened()
    meeting.later(minutes=30)
    meeting.do(SuspendDialogue)

    picture = drawn(meeting, now=at(40))

    assert [piece.span for piece in picture.suspended] == [(at(30), at(40))]
    (bar,) = picture.held
    assert (bar.piece.span, bar.going) == ((at(0), at(30)), False)


def test_in_arabic_the_day_runs_from_right_to_left() -> None:
    meeting = opened()
    meeting.later(minutes=30)
    meeting.do(GiveFloor, holder=None, person="p01")
    meeting.later(minutes=5)

    ltr, rtl = drawn(meeting), drawn(meeting, rtl=True)

    for one, other in zip(
        [*ltr.planned, *ltr.held, *ltr.turns], [*rtl.planned, *rtl.held, *rtl.turns], strict=True
    ):
        assert other.piece.width == one.piece.width
        assert other.piece.x == pytest.approx(WIDTH - one.piece.x - one.piece.width, abs=0.02)
    assert ltr.now is not None
    assert rtl.now == pytest.approx(WIDTH - ltr.now, abs=0.02)


def test_marks_stand_on_local_hours_as_close_as_there_is_room() -> None:
    wide = drawn(day_of_2012()).marks
    narrow = timeline(record_of(day_of_2012().log), document(), STARTS, width=300)

    assert [mark.label for mark in wide][:3] == ["10:00", "10:30", "11:00"]
    assert wide[0].x == 0
    assert narrow is not None
    assert [mark.label for mark in narrow.marks] == ["10:00", "12:00", "16:00", "18:00"]


def test_a_meeting_on_another_day_moves_the_plan_along() -> None:
    meeting = opened(begins=at(24 * 60))
    meeting.later(minutes=30)

    picture = drawn(meeting)

    assert picture.shift == Duration(24 * 60 * MINUTE)
    assert picture.planned[0].piece.span == (at(24 * 60), at(25 * 60))
    assert picture.held[0].piece.x == picture.planned[0].piece.x


def test_a_sitting_that_runs_over_makes_the_day_longer() -> None:
    meeting = opened("s4", at(480))
    meeting.later(minutes=30)

    picture = drawn(meeting)

    assert picture.now == WIDTH
    box = picture.planned[3].piece
    assert box.x + box.width < WIDTH


def test_many_pauses_leave_room_for_the_meeting() -> None:
    names = document()
    parts = [
        {
            **names["segments"][0],
            "id": f"s{place}",
            "starts": at(100 * place),
            "ends": at(100 * place + 5),
        }
        for place in range(60)
    ]

    picture = timeline(record_of(()), {**names, "segments": parts}, STARTS, width=300)

    assert picture is not None
    assert sum(box.piece.width for box in picture.planned) == pytest.approx(180, abs=1)
    assert len(picture.folds) == 59


def test_a_meeting_that_nobody_closed_does_not_go_on_for_ever() -> None:
    meeting = opened("s4", at(465))

    picture = drawn(meeting, now=at(60 * 24 * 365))

    (bar,) = picture.held
    assert bar.piece.span == (at(465), at(480 + 180))
    assert picture.now is None
    assert len(picture.marks) < 30


def test_without_any_time_there_is_no_picture() -> None:
    names = document()
    untimed = [{**part, "starts": None, "ends": None} for part in names["segments"]]

    assert timeline(record_of(()), {**names, "segments": untimed}, STARTS) is None
