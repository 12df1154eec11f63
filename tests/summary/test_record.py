"""The record: what the log tells about segments, turns at the floor and requests."""

import pytest

from moderator.core.actor import Actor
from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    CloseList,
    ContinueIntervention,
    CorrectIntervention,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    OpenDialogue,
    OpenList,
    ResumeDialogue,
    ReturnToList,
    SetAllowance,
    StartClock,
    StopClock,
    SuspendDialogue,
    TakeGavel,
    WithdrawRequest,
    YieldFloor,
)
from moderator.core.model import Correction, FreeText, Rules, Segment
from moderator.core.terms import (
    Capacity,
    DelegationCode,
    Enforcement,
    InterventionId,
    Outcome,
    PersonId,
    Phase,
    Role,
    SegmentId,
    SegmentKind,
    Standing,
    TextId,
)
from moderator.core.units import MINUTE, SECOND, Duration, Instant, after
from moderator.summary.record import (
    Act,
    AllowanceChange,
    CorrectionMade,
    GavelChange,
    ListChange,
    PhaseChange,
    Run,
    Turn,
    handovers,
    record_of,
)
from tests.summary.meetings import CHAIR, SECRETARY, Meeting

GAVEL = Instant(1_333_461_600_000)
OPENING, PANEL = SegmentId("s1"), SegmentId("s2")
ALVA = PersonId("p02")
PLANNED = (GAVEL, after(GAVEL, Duration(60 * MINUTE)))
RULES = Rules()
SEGMENTS = (
    Segment(OPENING, SegmentKind.OPENING, RULES, (ALVA,), PLANNED),
    Segment(PANEL, SegmentKind.PANEL, RULES, (ALVA,)),
)
LIMIT = RULES.limits.national


def at(minutes: float = 0, seconds: float = 0) -> Instant:
    return after(GAVEL, Duration(int(minutes * MINUTE + seconds * SECOND)))


def panel() -> Meeting:
    """The dialogue is open, the panel has begun, and its list is open."""
    meeting = Meeting(GAVEL)
    meeting.do(OpenDialogue, segments=SEGMENTS)
    meeting.do(BeginSegment, segment=PANEL, holder=None)
    meeting.do(OpenList, segment=PANEL)
    return meeting


def speaking() -> tuple[Meeting, InterventionId]:
    """Brazil was given the floor, and the clock started five seconds later, a minute ago."""
    meeting = panel()
    brazil = meeting.ask("BR")
    meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(minutes=1, seconds=5)
    return meeting, brazil


def turn_of(meeting: Meeting) -> Turn:
    (turn,) = record_of(meeting.log).turns
    return turn


def test_an_empty_log_has_an_empty_record() -> None:
    record = record_of(())

    assert (record.version, record.phases, record.segments) == (0, (), ())
    assert (record.turns, record.requests) == ((), ())


def test_phases_come_with_their_times_and_who_brought_them_about() -> None:
    meeting = panel()
    meeting.later(minutes=1)
    meeting.do(SuspendDialogue, by=SECRETARY)
    meeting.later(minutes=1)
    meeting.do(ResumeDialogue)
    meeting.later(minutes=1)
    meeting.do(CloseDialogue, holder=None)

    assert record_of(meeting.log).phases == (
        PhaseChange(Phase.OPEN, Act(at(0), "chair/p01")),
        PhaseChange(Phase.SUSPENDED, Act(at(1), "secretary/s1")),
        PhaseChange(Phase.OPEN, Act(at(2), "chair/p01")),
        PhaseChange(Phase.CLOSED, Act(at(3), "chair/p01")),
    )


def test_a_closing_that_was_taken_back_is_no_phase() -> None:
    meeting = panel()
    meeting.undo(meeting.do(CloseDialogue, holder=None))

    record = record_of(meeting.log)

    assert [change.phase for change in record.phases] == [Phase.OPEN]
    assert record.segments[1].ended_at is None


def test_segments_tell_when_they_were_planned_begun_and_ended() -> None:
    meeting = Meeting(GAVEL)
    meeting.do(OpenDialogue, segments=SEGMENTS)
    meeting.do(BeginSegment, segment=OPENING, holder=None)
    meeting.later(minutes=4)
    meeting.do(BeginSegment, segment=PANEL, holder=None)

    opening, now_on = record_of(meeting.log).segments

    assert (opening.planned, opening.begun_at, opening.ended_at) == (PLANNED, at(0), at(4))
    assert (now_on.planned, now_on.begun_at, now_on.ended_at) == (None, at(4), None)
    assert now_on.rules == RULES


def test_a_segment_whose_beginning_was_taken_back_was_not_held() -> None:
    meeting = Meeting(GAVEL)
    meeting.do(OpenDialogue, segments=SEGMENTS)
    meeting.do(BeginSegment, segment=OPENING, holder=None)
    meeting.undo(meeting.do(BeginSegment, segment=PANEL, holder=None))

    opening, not_held = record_of(meeting.log).segments

    assert (opening.begun_at, opening.ended_at) == (at(0), None)
    assert not_held.begun_at is None


def test_a_turn_tells_who_gave_it_how_the_clock_ran_and_who_ended_it() -> None:
    meeting = panel()
    brazil = meeting.ask("BR", group="G77")
    meeting.later(seconds=10)
    meeting.do(GiveFloor, by=SECRETARY, holder=None, request=brazil)
    meeting.later(seconds=65)
    meeting.do(StopClock, holder=brazil)
    meeting.later(seconds=30)
    meeting.do(StartClock, holder=brazil)
    meeting.later(seconds=20)
    meeting.do(EndIntervention, holder=brazil)

    turn = turn_of(meeting)

    assert (turn.id, turn.segment, turn.delegation, turn.person) == (brazil, PANEL, "BR", None)
    assert (turn.group, turn.number, turn.asked) == ("G77", 1, Act(at(0), "delegation/BR"))
    assert turn.given == (Act(at(seconds=10), "secretary/s1"),)
    assert turn.runs == (
        Run(Act(at(seconds=15), "clock/"), Act(at(seconds=75), "chair/p01")),
        Run(Act(at(seconds=105), "chair/p01"), Act(at(seconds=125), "chair/p01")),
    )
    assert (turn.limit, turn.changes) == (RULES.limits.group, ())
    assert (turn.used, turn.overrun) == (80 * SECOND, 0)
    assert (turn.outcome, turn.ended) == (Outcome.CONCLUDED, Act(at(seconds=125), "chair/p01"))
    assert turn.heard
    assert not turn.has_floor


def test_a_turn_that_goes_on_has_no_end() -> None:
    meeting, brazil = speaking()
    meeting.do(SetAllowance, holder=brazil, total=Duration(LIMIT + MINUTE))

    turn = turn_of(meeting)

    assert turn.has_floor
    assert turn.heard
    assert (turn.outcome, turn.ended) == (None, None)
    assert (turn.runs, turn.used) == ((Run(Act(at(seconds=5), "clock/"), None),), 0)
    assert turn.allowance == LIMIT + MINUTE


def test_time_alone_is_named_as_what_ended_an_expired_turn() -> None:
    meeting, _ = speaking()
    meeting.later(minutes=10)

    turn = turn_of(meeting)

    assert turn.outcome is Outcome.TIME_EXPIRED
    assert turn.ended == Act(at(minutes=3, seconds=5), "clock/")
    assert turn.used == LIMIT


def test_extensions_are_kept_with_who_granted_them() -> None:
    meeting, brazil = speaking()
    longer = Duration(LIMIT + 30 * SECOND)
    meeting.do(SetAllowance, by=SECRETARY, holder=brazil, total=longer)
    meeting.later(minutes=10)
    longest = Duration(longer + MINUTE)
    meeting.do(ContinueIntervention, intervention=brazil, total=longest)

    turn = turn_of(meeting)

    extended = at(minutes=1, seconds=5)
    assert turn.limit == LIMIT
    assert turn.changes == (
        AllowanceChange(longer, Act(extended, "secretary/s1")),
        AllowanceChange(longest, Act(meeting.now, "chair/p01")),
    )
    assert turn.continued == (Act(meeting.now, "chair/p01"),)
    assert (turn.allowance, turn.used, turn.outcome) == (longest, longer, None)


def test_a_turn_that_goes_on_within_its_time_was_not_extended() -> None:
    meeting, brazil = speaking()
    meeting.do(YieldFloor, by=Actor(Role.DELEGATION, "BR", "phone"), holder=brazil)
    meeting.do(ContinueIntervention, intervention=brazil, total=LIMIT)

    turn = turn_of(meeting)

    assert turn.changes == ()
    assert turn.continued == (Act(meeting.now, "chair/p01"),)


def test_an_overrun_is_what_was_spoken_beyond_the_allowance() -> None:
    lenient = Rules(enforcement=Enforcement.ADVISORY)
    meeting = Meeting(GAVEL)
    meeting.do(OpenDialogue, segments=(Segment(PANEL, SegmentKind.PANEL, lenient, (ALVA,)),))
    meeting.do(BeginSegment, segment=PANEL, holder=None)
    meeting.do(GiveFloor, holder=None, person=ALVA)
    meeting.later(minutes=8, seconds=5)
    assert meeting.state.floor_id is not None
    meeting.do(EndIntervention, holder=meeting.state.floor_id)

    turn = turn_of(meeting)

    assert (turn.delegation, turn.person, turn.number, turn.asked) == (None, ALVA, None, None)
    assert turn.overrun == MINUTE


def test_an_extension_that_was_taken_back_is_forgotten() -> None:
    meeting, brazil = speaking()
    meeting.undo(meeting.do(SetAllowance, holder=brazil, total=Duration(LIMIT + MINUTE)))

    turn = turn_of(meeting)

    assert turn.changes == ()
    assert turn.allowance == LIMIT


def test_an_end_that_was_taken_back_is_forgotten_and_the_time_spoken_stays() -> None:
    meeting, brazil = speaking()
    meeting.undo(meeting.do(EndIntervention, holder=brazil))

    turn = turn_of(meeting)

    assert turn.has_floor
    assert (turn.outcome, turn.ended, turn.continued) == (None, None, ())
    assert turn.used == MINUTE


def test_a_floor_given_and_taken_back_before_a_word_leaves_no_turn() -> None:
    meeting = panel()
    brazil = meeting.ask("BR")
    meeting.undo(meeting.do(GiveFloor, holder=None, request=brazil))

    record = record_of(meeting.log)

    assert record.turns == ()
    assert [request.standing for request in record.requests] == [Standing.WAITING]


def test_a_floor_given_and_taken_back_after_some_words_keeps_their_time() -> None:
    meeting = panel()
    brazil = meeting.ask("BR")
    given = meeting.do(GiveFloor, holder=None, request=brazil)
    meeting.later(seconds=25)
    meeting.undo(given, by=SECRETARY)

    turn = turn_of(meeting)

    assert turn.given == (Act(at(0), "chair/p01"),)
    assert turn.returned == (Act(at(seconds=25), "secretary/s1"),)
    assert turn.runs == (Run(Act(at(seconds=5), "clock/"), Act(at(seconds=25), "secretary/s1")),)
    assert (turn.used, turn.outcome) == (20 * SECOND, None)
    assert not turn.heard


def test_a_taken_back_floor_gives_the_former_speaker_back_as_if_never_ended() -> None:
    meeting, brazil = speaking()
    belarus = meeting.ask("BY")
    meeting.undo(meeting.do(GiveFloor, holder=brazil, request=belarus))

    turn = turn_of(meeting)

    assert turn.id == brazil
    assert turn.has_floor
    assert turn.ended is None


def test_a_turn_returned_to_the_list_and_given_again_stands_where_it_was_held() -> None:
    meeting, brazil = speaking()
    belarus = meeting.ask("BY")
    meeting.do(ReturnToList, holder=brazil)
    meeting.do(GiveFloor, holder=None, request=belarus)
    meeting.later(seconds=30)
    meeting.do(GiveFloor, holder=belarus, request=brazil)

    first, second = record_of(meeting.log).turns

    assert (first.id, second.id) == (belarus, brazil)
    assert second.returned == (Act(at(minutes=1, seconds=5), "chair/p01"),)
    assert [act.at for act in second.given] == [at(0), at(minutes=1, seconds=35)]
    assert second.used == MINUTE


def test_a_return_that_was_taken_back_is_forgotten() -> None:
    meeting, brazil = speaking()
    meeting.undo(meeting.do(ReturnToList, holder=brazil))

    turn = turn_of(meeting)

    assert turn.has_floor
    assert len(turn.given) == 1
    assert turn.returned == ()


def test_requests_tell_how_they_left_the_list_unheard() -> None:
    meeting = panel()
    withdrawn, absent = meeting.ask("BR"), meeting.ask("BY")
    called, missed = meeting.ask("MX"), meeting.ask("NG", by=SECRETARY)
    meeting.later(minutes=1)
    meeting.do(WithdrawRequest, by=Actor(Role.DELEGATION, "BR", "phone"), request=withdrawn)
    meeting.do(MarkNotPresent, request=absent)
    meeting.do(GiveFloor, holder=None, request=called)
    meeting.do(MarkNotPresent, request=called)
    meeting.later(minutes=1)
    meeting.do(CloseDialogue, holder=None)

    record = record_of(meeting.log)

    gone = Act(at(1), "chair/p01")
    assert [(made.id, made.standing, made.left) for made in record.requests] == [
        (withdrawn, Standing.WITHDRAWN, Act(at(1), "delegation/BR")),
        (absent, Standing.NOT_PRESENT, gone),
        (called, Standing.NOT_PRESENT, gone),
        (missed, Standing.NOT_REACHED, Act(at(2), "chair/p01")),
    ]
    assert [made.number for made in record.requests] == [1, 2, 3, 4]
    assert record.requests[3].asked == Act(at(0), "secretary/s1")
    assert [turn.heard for turn in record.turns] == [False]


def test_a_withdrawal_that_was_taken_back_leaves_the_request_waiting() -> None:
    meeting = panel()
    brazil = meeting.ask("BR")
    meeting.undo(meeting.do(WithdrawRequest, request=brazil))

    (made,) = record_of(meeting.log).requests

    assert (made.standing, made.left) == (Standing.WAITING, None)


def test_a_request_that_was_heard_has_not_left_the_list_unheard() -> None:
    meeting, brazil = speaking()
    meeting.do(EndIntervention, holder=brazil)

    (made,) = record_of(meeting.log).requests

    assert (made.standing, made.left) == (Standing.HEARD, None)


@pytest.mark.story(3)
def test_who_presided_is_told_and_no_turn_changes_by_it() -> None:
    meeting, _ = speaking()
    before = record_of(meeting.log)
    meeting.do(TakeGavel, by=SECRETARY)

    after_it = record_of(meeting.log)

    assert after_it.turns == before.turns
    assert after_it.gavel == (
        *before.gavel,
        GavelChange("secretary/s1", Act(meeting.now, "secretary/s1")),
    )
    assert after_it.version == before.version + 1


def test_lists_are_told_as_they_opened_and_closed_but_for_what_was_taken_back() -> None:
    meeting = panel()
    meeting.later(minutes=1)
    meeting.undo(meeting.do(CloseList, segment=PANEL))
    meeting.later(minutes=1)
    meeting.do(CloseList, segment=PANEL, by=SECRETARY)

    assert record_of(meeting.log).lists == (
        ListChange(PANEL, open=True, act=Act(at(0), "chair/p01")),
        ListChange(PANEL, open=False, act=Act(at(2), "secretary/s1")),
    )


def test_a_hand_over_is_the_silence_between_two_clocks() -> None:
    meeting, brazil = speaking()
    mexico, nigeria = meeting.ask("MX"), meeting.ask("NG")
    meeting.do(EndIntervention, holder=brazil)
    meeting.later(seconds=20)
    meeting.do(GiveFloor, holder=None, request=mexico)
    meeting.later(minutes=1)
    meeting.do(SuspendDialogue)
    meeting.later(minutes=1)
    meeting.do(ResumeDialogue)
    meeting.do(StartClock, holder=mexico)
    meeting.later(seconds=1)
    meeting.do(EndIntervention, holder=mexico)
    meeting.do(SuspendDialogue)
    meeting.later(minutes=5)
    meeting.do(ResumeDialogue)
    meeting.do(GiveFloor, holder=None, request=nigeria)
    meeting.later(minutes=1)

    assert handovers(record_of(meeting.log)) == {mexico: 25 * SECOND}


def test_who_began_a_segment_is_told_of_the_beginning_that_was_kept() -> None:
    meeting = Meeting(GAVEL)
    meeting.do(OpenDialogue, segments=SEGMENTS)
    meeting.undo(meeting.do(BeginSegment, segment=OPENING, holder=None))
    meeting.do(BeginSegment, segment=OPENING, holder=None, by=SECRETARY)

    opening, later = record_of(meeting.log).segments

    assert (opening.begun_by, later.begun_by) == ("secretary/s1", None)


def test_no_device_is_named_in_the_record() -> None:
    meeting, _ = speaking()

    assert CHAIR.seat is not None
    assert CHAIR.seat not in repr(record_of(meeting.log))


def test_a_corrected_turn_reads_as_corrected_and_the_original_stays_readable() -> None:
    meeting, brazil = speaking()
    meeting.do(EndIntervention, holder=brazil)
    right = Correction(
        DelegationCode("PT"), Capacity.NATIONAL, None, Outcome.CONCLUDED, Duration(50 * SECOND)
    )
    reason = FreeText(TextId("why"), "hash")
    meeting.later(minutes=1)
    meeting.do(
        CorrectIntervention, by=SECRETARY, intervention=brazil, correction=right, reason=reason
    )

    turn = turn_of(meeting)

    assert (turn.delegation, turn.used) == ("PT", 50 * SECOND)
    assert turn.original is not None
    assert (turn.original.delegation, turn.original.used) == ("BR", MINUTE)
    act = Act(at(minutes=2, seconds=5), "secretary/s1")
    assert turn.corrections == (CorrectionMade(right, reason, act),)
    assert turn.heard


def test_a_turn_that_was_struck_was_not_heard() -> None:
    meeting, brazil = speaking()
    meeting.do(EndIntervention, holder=brazil)
    right = Correction(
        DelegationCode("BR"), Capacity.NATIONAL, None, Outcome.CONCLUDED, Duration(0), struck=True
    )
    reason = FreeText(TextId("why"), "hash")
    meeting.do(CorrectIntervention, intervention=brazil, correction=right, reason=reason)

    turn = turn_of(meeting)

    assert turn.struck
    assert not turn.heard
