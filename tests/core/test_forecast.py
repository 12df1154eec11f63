"""The forecast: when who will speak, who will not be reached, and which limit would reach all."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from moderator.core.commands import Command, OpenDialogue
from moderator.core.forecast import (
    ENOUGH,
    HAND_OVER,
    LEAST_LIMIT,
    STEP,
    WHOLE,
    Forecast,
)
from moderator.core.forecast import forecast as forecast_of
from moderator.core.model import Dialogue, Limits, Rules, Segment
from moderator.core.terms import Capacity, DelegationCode, Enforcement, SegmentId, SegmentKind
from moderator.core.units import SECOND, Duration, Instant, after
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    BRUN,
    CHAIR,
    G77,
    GAVEL,
    HOLY_SEE,
    ID,
    NIGERIA,
    OPENING,
    PANEL_1,
    PANEL_2,
    UNICEF,
    Scene,
    as_heard,
    ask,
    at,
    begin,
    close,
    close_list,
    correct,
    end,
    give,
    give_to,
    given,
    later,
    minutes,
    not_present,
    open_dialogue,
    open_list,
    private_limit,
    put_back,
    raise_point,
    reply,
    request,
    resume,
    speech,
    start,
    stop,
    suspend,
)

N, B, Y, V = request(NIGERIA), request(BRAZIL), request(BELARUS), request(HOLY_SEE)
POINT = request(BELARUS, 8)
THREE = minutes(3)
FIRM = Rules(enforcement=Enforcement.FIRM)
BY_HAND = Rules(start_after=None)
GRACE = Rules(grace=Duration(20 * SECOND))


def forecast(
    state: Dialogue, until: Iterable[Instant] = (), *, round_of: int | None = None
) -> Forecast:
    """The forecast where interpretation ends at those times, and rounds are as large as that."""
    segments = tuple(
        replace(segment, rules=replace(segment.rules, round=round_of)) for segment in state.segments
    )
    return forecast_of(replace(state, segments=segments, interpretation_until=tuple(until)))


def planned(*segments: Segment) -> Command:
    return OpenDialogue(ID, CHAIR, segments)


def panel(
    rules: Rules | None = None,
    until: Instant | None = None,
    *,
    speakers: tuple[str, ...] = (),
    since: Instant = GAVEL,
    kind: SegmentKind = SegmentKind.PANEL,
    id: SegmentId = PANEL_1,
) -> Segment:
    plan = None if until is None else (since, until)
    persons = tuple(person for person in (ALVA, BRUN) if person in speakers)
    return Segment(id, kind, rules or Rules(), persons, plan)


def discussion(
    *asking: DelegationCode, rules: Rules | None = None, until: Instant | None = None
) -> Scene:
    """A panel of which nobody presents: its list is open from the first gavel on."""
    return given(
        planned(panel(rules, until)), begin(PANEL_1), open_list(), *(ask(who) for who in asking)
    )


def seconds(duration: float) -> Duration:
    return Duration(int(duration * SECOND))


# Nothing to be expected


@pytest.mark.parametrize(
    "scene",
    [given(), given(open_dialogue()), given(open_dialogue(), begin(PANEL_1), close())],
    ids=["scheduled", "before a segment", "closed"],
)
def test_outside_a_segment_nothing_is_expected(scene: Scene) -> None:
    assert forecast(scene.state) == Forecast(HAND_OVER, WHOLE)


def test_a_hand_over_is_assumed_in_proportion_to_the_limit() -> None:
    quick = Rules(limits=Limits(national=seconds(9)))
    scene = discussion(NIGERIA, BRAZIL, rules=quick)

    expected = forecast(scene.state)
    assert expected.handover == Duration(1_750)
    assert expected.starts == (after(GAVEL, Duration(1_750)), after(GAVEL, Duration(12_500)))


def test_with_an_empty_list_whoever_asks_is_next() -> None:
    expected = forecast(discussion().state)

    assert expected.starts == ()
    assert expected.floor_ends is None
    assert expected.ends == at(0)
    assert expected.next_at == expected.holds_until == at(0, 35)
    assert expected.slot == THREE + HAND_OVER
    assert (expected.planned_end, expected.drift, expected.fits) == (None, None, None)
    assert (expected.cut, expected.interpretation_cut) == (None, None)


# One after the other


def test_each_starts_a_hand_over_after_the_one_before() -> None:
    scene = discussion(NIGERIA).when(ask(BRAZIL, group=G77), ask(BELARUS))

    expected = forecast(scene.state)

    assert expected.starts == (at(0, 35), at(4, 10), at(9, 45))
    assert expected.ends == at(12, 45)
    assert expected.next_at == at(0, 35)


def test_persons_of_the_programme_come_before_the_list_until_it_was_begun() -> None:
    scene = given(planned(panel(speakers=(ALVA, BRUN))), begin(PANEL_1), open_list(), ask(NIGERIA))
    scene.when(ask(BRAZIL))
    assert forecast(scene.state).starts[0] == at(15, 45)

    scene.when(give_to(ALVA), start(speech(ALVA)))
    assert forecast(scene.state).starts[0] == at(7 + 7, 35 + 35)

    scene.when(give(N, holder=speech(ALVA)))
    assert forecast(scene.state).starts == (at(3, 5 + 35),)


def test_an_absent_panellist_is_not_waited_for_and_one_taken_back_goes_on() -> None:
    scene = given(
        planned(panel(speakers=(ALVA, BRUN))), begin(PANEL_1), give_to(ALVA), start(speech(ALVA))
    )
    scene.when(later(2), put_back(speech(ALVA)))
    assert forecast(scene.state).next_at == at(2 + 5 + 7, 2 * 35)

    scene.when(give_to(BRUN), not_present(speech(BRUN)))
    assert forecast(scene.state).next_at == at(2 + 5, 2 * 35)


def test_a_turn_that_was_taken_back_keeps_what_it_used() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), start(N), later(1), put_back(N), later(1))

    expected = forecast(scene.state)

    assert expected.starts[1] == after(expected.starts[0], seconds(2 * 60 + 35))


# The turn at the floor


def test_a_running_clock_ends_at_an_instant_that_stays() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), later(0, 5))
    before = forecast(scene.state)
    assert before.floor_ends == before.holds_until == at(3, 5)
    assert before.starts == (at(3, 40),)

    scene.when(later(1), ask(BELARUS))

    assert forecast(scene.state).floor_ends == before.floor_ends
    assert forecast(scene.state).starts[0] == before.starts[0]


def test_a_clock_that_starts_by_itself_counts_from_then() -> None:
    expected = forecast(discussion(NIGERIA).when(give(N)).state)

    assert expected.floor_ends == expected.holds_until == at(3, 5)


def test_while_a_clock_stands_it_ends_what_is_left_later_and_all_of_it_moves() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), later(1, 5), stop(N), later(10), ask(BELARUS))

    expected = forecast(scene.state)

    assert expected.floor_ends == at(11 + 2, 5)
    assert expected.holds_until == at(11, 5)
    assert expected.starts[0] == at(13, 40)


def test_a_clock_that_is_started_by_hand_stands_at_first() -> None:
    expected = forecast(discussion(NIGERIA, rules=BY_HAND).when(give(N)).state)

    assert (expected.floor_ends, expected.holds_until) == (at(3), at(0))


def test_an_overrun_is_over_any_moment_now() -> None:
    scene = discussion(NIGERIA, rules=FIRM).when(give(N), later(4), ask(BRAZIL))

    expected = forecast(scene.state)

    assert expected.floor_ends == expected.holds_until == at(4)
    assert expected.starts == (at(4, 35),)


def test_beyond_the_usual_share_the_whole_allowance_is_expected() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), start(N), later(1, 30), end(N))
    assert forecast(scene.state).pace == 900

    scene.when(give(B), start(B))
    assert forecast(scene.state).floor_ends == at(1, 30 + 162)

    scene.when(later(0, 162), ask(BELARUS))
    assert forecast(scene.state).floor_ends == at(1, 30 + 180)


def test_after_a_point_of_order_the_floor_returns_with_the_clock_standing() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), start(N), later(1))
    scene.when(raise_point(BELARUS), give(POINT, N), start(POINT), later(0, 30))
    scene.when(ask(HOLY_SEE))

    expected = forecast(scene.state)

    assert expected.floor_ends == expected.holds_until == at(3)
    assert expected.starts[0] == at(3 + 2, 35)
    assert expected.pace == WHOLE


def test_a_point_of_order_is_no_statement_and_is_expected_to_take_its_time() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), start(N), later(1, 30), end(N))
    scene.when(raise_point(BELARUS), give(POINT), start(POINT))
    assert forecast(scene.state).floor_ends == at(1, 30 + 120)

    scene.when(later(0, 10), end(POINT))

    assert forecast(scene.state).pace == 900


# A private limit


def test_a_private_limit_counts_and_is_not_cut() -> None:
    scene = discussion(NIGERIA, BRAZIL, until=at(7)).when(private_limit(NIGERIA, minutes(5)))

    first, second = forecast(scene.state).starts

    assert second - first == minutes(5) + HAND_OVER
    # 7:00 without two hand-overs is 5:50, of which 5:00 are Nigeria's: not a minute is left.
    assert forecast(scene.state).fits is None
    assert forecast(scene.state).slot == TURN
    scene = discussion(NIGERIA, BRAZIL, until=at(8)).when(private_limit(NIGERIA, minutes(5)))
    assert forecast(scene.state).fits == seconds(105)


# Nobody has the floor


def test_the_next_is_called_within_a_hand_over_and_then_any_moment() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(give(N), start(N), later(3, 10), ask(BELARUS))
    assert scene.state.floor is None
    assert forecast(scene.state).starts[0] == forecast(scene.state).holds_until == at(3, 35)

    scene.when(later(5), ask(HOLY_SEE))

    assert forecast(scene.state).starts[0] == forecast(scene.state).holds_until == at(8, 10)


def test_while_the_meeting_is_suspended_all_of_it_moves() -> None:
    scene = discussion(NIGERIA).when(later(1), suspend())

    expected = forecast(scene.state)

    assert expected.starts == (at(1, 35),)
    assert expected.holds_until == at(1)
    scene.when(later(10), resume())
    assert forecast(scene.state).starts == (at(11),)


# What was measured


def test_the_share_of_time_that_is_used_weighs_in_with_each_turn() -> None:
    scene = discussion(NIGERIA, BRAZIL, BELARUS, HOLY_SEE)
    assert forecast(scene.state).pace == WHOLE

    scene.when(give(N), start(N), later(1, 30), end(N))
    assert forecast(scene.state).pace == (4 * 1_000 + 500) // 5

    scene.when(give(B), start(B), later(0, 45), end(B))
    assert forecast(scene.state).pace == (3 * 1_000 + 500 + 250) // 5
    start_of_y, start_of_v = forecast(scene.state).starts
    assert start_of_v == after(start_of_y, Duration(180 * 750 + HAND_OVER))


def test_the_record_counts_as_it_was_corrected_and_an_absent_or_struck_turn_not_at_all() -> None:
    scene = discussion(NIGERIA, BRAZIL, BELARUS)
    scene.when(give(N), start(N), later(1, 30), end(N), give(B), not_present(B))
    assert forecast(scene.state).pace == 900

    scene.when(correct(N, as_heard(NIGERIA, minutes(3))))
    assert forecast(scene.state).pace == WHOLE

    scene.when(correct(N, as_heard(NIGERIA, minutes(1), struck=True)))
    assert forecast(scene.state).pace == WHOLE


def test_persons_of_the_programme_have_a_pace_of_their_own() -> None:
    scene = given(
        planned(panel(speakers=(ALVA, BRUN))), begin(PANEL_1), open_list(), ask(NIGERIA),
        give_to(ALVA), start(speech(ALVA)), later(3, 30), end(speech(ALVA)), give_to(BRUN),
        start(speech(BRUN)),
    )  # fmt: skip

    expected = forecast(scene.state)

    assert expected.pace == WHOLE
    assert expected.floor_ends == after(at(3, 30), Duration(7 * 60 * 900))


def test_where_the_server_ends_turns_nobody_is_expected_to_overrun() -> None:
    firm = discussion(NIGERIA, BRAZIL, rules=FIRM).when(give(N), start(N), later(6), end(N))
    assert forecast(firm.state).pace == 1_200
    assert forecast(firm.state).ends == at(6, 35 + 216)

    grace = discussion(NIGERIA, BRAZIL, rules=GRACE).when(give(N), start(N), later(4))
    assert forecast(grace.state).pace == 1_022
    assert forecast(grace.state).ends == after(at(3, 20 + 35), Duration(180 * 1_022))

    short = discussion(rules=replace(GRACE, limits=Limits(stakeholder=seconds(10))))
    short.when(ask(NIGERIA, capacity=Capacity.STAKEHOLDER), ask(BRAZIL))
    short.when(give(N), start(N), later(0, 30))
    assert forecast(short.state).pace == 1_400
    assert forecast(short.state).ends == at(0, 30 + 35 + 180 + 20)


def test_nothing_is_measured_of_a_turn_without_time() -> None:
    scene = discussion(rules=replace(FIRM, limits=Limits(national=Duration(0))))

    scene.when(ask(NIGERIA), give(N), start(N), later(1), end(N))

    assert forecast(scene.state).pace == WHOLE


def test_hand_overs_are_measured_from_the_end_of_a_turn_to_the_next_clock() -> None:
    scene = discussion(NIGERIA, *(DelegationCode(f"D{n}") for n in range(6)))
    scene.when(give(N), start(N), later(1), end(N))
    measured = []
    for n in range(6):
        speaker = request(DelegationCode(f"D{n}"))
        scene.when(later(0, 10), give(speaker), later(2), end(speaker))
        measured.append(forecast(scene.state).handover)

    # Ten seconds until the floor was given and five to the clock, at first among some of 35.
    assert measured == [seconds(duration) for duration in (35, 35, 15, 15, 15, 15)]
    assert ENOUGH == 5


MANY = tuple(DelegationCode(f"D{n}") for n in range(6))


def after_turns(*steps: str, rules: Rules | None = None, asked: bool = True) -> Duration:
    """The hand-over when turn after turn goes as `steps` say, of which "wait" takes ten seconds."""
    scene = discussion(*(MANY if asked else ()), rules=rules)
    for who in MANY:
        turn = request(who)
        acts = {
            "ask": ask(who),
            "wait": later(0, 10),
            "break": later(6),
            "speak": later(1),
            "give": give(turn),
            "start": start(turn),
            "stop": stop(turn),
            "end": end(turn),
            "absent": not_present(turn),
            "back": put_back(turn),
        }
        scene.when(*(acts[step] for step in steps))
    return forecast(scene.state).handover


def test_a_clock_that_is_started_by_hand_is_measured_by_what_was_used() -> None:
    assert after_turns("wait", "give", "wait", "start", "speak", "end", rules=BY_HAND) == seconds(
        20
    )


def test_a_clock_that_is_started_before_its_time_is_measured_so() -> None:
    assert after_turns("wait", "give", "start", "speak", "end") == seconds(10)


def test_a_pause_within_a_turn_is_no_part_of_the_hand_over() -> None:
    pause = ("give", "speak", "stop", "wait", "wait", "start", "speak", "end")
    assert after_turns("wait", *pause) == seconds(15)


def test_a_turn_that_was_taken_back_is_measured_from_when_it_was_given_again() -> None:
    again = ("give", "start", "speak", "back", "wait", "give", "start", "speak", "end")
    assert after_turns("wait", *again) == seconds(80)


def test_where_nobody_waited_or_a_break_was_made_there_was_no_hand_over() -> None:
    assert after_turns("wait", "ask", "give", "speak", "end", asked=False) == HAND_OVER
    assert after_turns("break", "give", "speak", "end") == HAND_OVER


def test_of_whoever_was_absent_or_never_began_nothing_is_measured() -> None:
    assert after_turns("wait", "give", "speak", "absent") == HAND_OVER
    assert after_turns("wait", "give", "wait", "end", rules=BY_HAND) == HAND_OVER
    scene = discussion(NIGERIA, BRAZIL, rules=BY_HAND).when(give(N), start(N), end(N), give(B))
    assert forecast(scene.state).handover == HAND_OVER


def test_the_present_turn_is_measured_as_soon_as_its_clock_runs() -> None:
    scene = discussion(*MANY)
    for who in MANY[:3]:
        scene.when(later(0, 10), give(request(who)), later(1), end(request(who)))
    assert forecast(scene.state).handover == HAND_OVER

    scene.when(later(0, 10), give(request(MANY[3])), later(1), ask(NIGERIA))

    assert forecast(scene.state).handover == seconds(15)


# Before the hour


def test_the_cut_is_at_the_first_that_has_not_the_floor_by_the_planned_end() -> None:
    asking = (NIGERIA, BRAZIL, BELARUS)

    def cut(until: Instant) -> int | None:
        return forecast(discussion(*asking, until=until).state).cut

    assert cut(at(0, 35)) == 0
    assert cut(after(at(0, 35), Duration(1))) == 1
    assert cut(at(7)) == 2
    assert cut(at(8)) is None
    assert cut(at(0)) is None, "an end that has passed cuts nothing"


def test_the_next_end_of_interpretation_counts() -> None:
    scene = discussion(NIGERIA, BRAZIL).when(later(20), ask(BELARUS))

    expected = forecast(scene.state, [at(480), at(20), at(23)])

    assert (expected.interpretation_end, expected.interpretation_cut) == (at(23), 1)
    expected = forecast(scene.state, [at(10)])
    assert (expected.interpretation_end, expected.interpretation_cut) == (None, None)


def test_midnight_is_an_hour_like_any_other() -> None:
    midnight = after(GAVEL, minutes(14 * 60))
    scene = given(
        planned(panel(until=after(midnight, minutes(10)), since=after(GAVEL, minutes(780))))
    )
    scene.when(later(13 * 60 + 58), begin(PANEL_1), open_list())
    scene.when(*(ask(who) for who in (NIGERIA, BRAZIL, BELARUS, HOLY_SEE)))

    expected = forecast(scene.state, [after(midnight, minutes(4))])

    assert expected.starts[0] == after(midnight, seconds(-85))
    assert expected.starts[1] > midnight
    assert (expected.cut, expected.interpretation_cut) == (None, 2)
    assert expected.drift == minutes(58), "begun so late"


def test_on_another_day_the_plan_is_counted_from_the_beginning() -> None:
    day = minutes(24 * 60)
    segment = panel(since=at(0), until=at(60))
    scene = given(planned(segment), later(24 * 60), begin(PANEL_1), open_list(), ask(NIGERIA))

    expected = forecast(scene.state, [at(180)])

    assert expected.planned_end == after(at(60), day)
    assert expected.interpretation_end == after(at(180), day)
    assert expected.drift == 0


def test_some_hours_late_is_late() -> None:
    scene = given(planned(panel(until=at(60))), later(180), begin(PANEL_1))

    assert forecast(scene.state).planned_end == at(60)
    assert forecast(scene.state).drift == minutes(180)


@pytest.mark.story(1)
def test_a_segment_drifts_by_what_it_overruns() -> None:
    scene = discussion(NIGERIA, BRAZIL, until=at(4)).when(close_list())

    assert forecast(scene.state).drift == seconds(3 * 60 + 10)


def test_it_may_end_early_once_nobody_else_can_ask() -> None:
    scene = discussion(NIGERIA, until=at(30))
    assert forecast(scene.state).drift == 0

    scene.when(close_list())
    assert forecast(scene.state).drift == -minutes(30) + 215 * SECOND

    opening = Segment(OPENING, SegmentKind.OPENING, Rules(), (ALVA,), (at(0), at(30)))
    scene = given(planned(opening), begin(OPENING))
    assert forecast(scene.state).drift == -minutes(30) + (7 * 60 + 35) * SECOND


def test_before_the_list_was_opened_a_panel_is_not_early() -> None:
    scene = given(planned(panel(until=at(60))), later(3), begin(PANEL_1))

    assert forecast(scene.state).drift == minutes(3)


# A limit for all


def test_a_limit_is_offered_with_which_all_can_speak() -> None:
    asking = (NIGERIA, BRAZIL, BELARUS)

    def fits(until: Instant) -> Duration | None:
        return forecast(discussion(*asking, until=until).state).fits

    assert fits(at(3 * 3, 3 * 35)) == THREE
    assert fits(at(60)) == THREE, "nobody is given more than there is now"
    assert fits(after(at(3 * 3, 3 * 35), Duration(-1))) == seconds(165)
    assert fits(at(3, 3 * 35)) == LEAST_LIMIT
    assert fits(after(at(3, 3 * 35), Duration(-1))) is None
    assert forecast(discussion(*asking).state).fits is None
    assert forecast(discussion(until=at(60)).state).fits is None


def test_whoever_has_less_keeps_it() -> None:
    scene = discussion(NIGERIA, until=at(8)).when(ask(BRAZIL, group=G77))

    # 8:00 without two hand-overs is 6:50, of which 3:00 are Nigeria's.
    assert forecast(scene.state).fits == seconds(225)


def test_a_limit_between_the_steps_is_rounded_up_where_it_fits() -> None:
    limits = Limits(national=seconds(100))
    scene = discussion(NIGERIA, rules=Rules(limits=limits), until=at(10))

    assert forecast(scene.state).fits == seconds(105)


def test_whoever_is_given_less_is_expected_to_use_the_whole_of_it() -> None:
    asking = (NIGERIA, BRAZIL, BELARUS, HOLY_SEE)
    scene = discussion(*asking, until=at(2 + 1 + 6))
    scene.when(give(N), start(N), later(1), end(N), give(B), start(B), later(1), end(B))
    pace = forecast(scene.state).pace
    assert pace == (3 * 1_000 + 333 + 333) // 5

    # 132 s each are expected at 3:00; 7:00 are left, and so all fit in as it is.
    assert forecast(scene.state).fits == THREE

    tight = replace(scene.state, segments=(panel(until=at(2 + 1, 2 * 100)),))
    # 4:20 without two hand-overs: 95 s each, whatever the pace is.
    assert forecast(tight).fits == seconds(90)


# Rounds


def in_rounds(*asking: DelegationCode) -> Scene:
    return given(
        planned(panel(speakers=(ALVA, BRUN))), begin(PANEL_1),
        give_to(ALVA), start(speech(ALVA)), later(7),
        give_to(BRUN), start(speech(BRUN)), later(7),
        open_list(), *(ask(who) for who in asking),
    )  # fmt: skip


ROUND = 2 * seconds(120 + 35)
TURN = THREE + HAND_OVER


def test_after_so_many_interventions_the_panel_replies_and_at_the_end() -> None:
    scene = in_rounds(NIGERIA, BRAZIL, BELARUS)

    expected = forecast(scene.state, round_of=2)

    first, second, third = expected.starts
    assert (second - first, third - second) == (TURN, TURN + ROUND)
    assert expected.ends == third + THREE + ROUND
    assert expected.slot == TURN + ROUND // 2
    assert forecast(scene.state).starts[2] - second == TURN


def test_where_nobody_sits_on_the_panel_there_are_no_rounds() -> None:
    scene = discussion(NIGERIA, BRAZIL)

    assert forecast(scene.state, round_of=1) == forecast(scene.state)


def test_whoever_has_the_floor_counts_in_the_round() -> None:
    scene = in_rounds(NIGERIA, BRAZIL, BELARUS).when(give(N), start(N))

    second, third = forecast(scene.state, round_of=2).starts

    assert third - second == TURN + ROUND


def test_a_round_that_goes_on_takes_what_is_left_of_it() -> None:
    scene = in_rounds(NIGERIA, BRAZIL, BELARUS).when(give(N), start(N), later(3))
    scene.when(give_to(ALVA, 2), start(speech(ALVA, 2)))

    expected = forecast(scene.state, round_of=1)

    assert expected.floor_ends == at(14 + 3 + 2)
    assert expected.starts[0] == after(at(17 + 2), seconds(120 + 35 + 35))

    scene.when(later(2), give_to(BRUN, 2), later(0, 10), end(speech(BRUN, 2)))
    assert forecast(scene.state, round_of=1).starts[0] > forecast(scene.state).starts[0]


def test_how_long_the_panel_replies_is_measured() -> None:
    scene = in_rounds(NIGERIA, BRAZIL, BELARUS, HOLY_SEE)
    scene.when(give(N), start(N), later(3))
    scene.when(give_to(ALVA, 2), start(speech(ALVA, 2)), later(1), end(speech(ALVA, 2)))
    scene.when(give(B), start(B), later(3))

    expected = forecast(scene.state, round_of=1)

    pace_of_persons = (4 * 1_000 + 500) // 5
    replies = 2 * (120 * pace_of_persons + HAND_OVER)
    measured = seconds(60) + expected.handover
    assert expected.slot == expected.starts[1] - expected.starts[0]
    assert expected.slot == TURN - HAND_OVER + expected.handover + (replies + measured) // 2


# Rights of reply


R, R2, R3 = (request(BRAZIL, nth) for nth in (9, 10, 11))


def test_rights_of_reply_that_wait_are_heard_at_the_end_and_move_nobody() -> None:
    scene = discussion(NIGERIA, BELARUS).when(give(N), start(N))
    before = forecast(scene.state)

    scene.when(reply(BRAZIL, N), reply(HOLY_SEE, N))

    expected = forecast(scene.state)
    assert expected.starts == before.starts
    told = [(one.next_at, one.slot, one.holds_until) for one in (before, expected)]
    assert told[0] == told[1], "the public is told of no right of reply that was not granted"
    assert expected.rights_of_reply == 2 * TURN
    assert expected.ends == at(3, 35 + 180 + 2 * 215)
    assert before.rights_of_reply == 0


def test_the_second_right_of_reply_is_shorter_and_a_third_is_not_waited_for() -> None:
    scene = discussion(NIGERIA, BELARUS, HOLY_SEE)
    for turn in (N, Y, V):
        scene.when(give(turn), start(turn), later(3))
    scene.when(reply(BRAZIL, N), reply(BRAZIL, Y, 10), reply(BRAZIL, V, 11), reply(NIGERIA, V))
    assert forecast(scene.state).rights_of_reply == 2 * TURN + seconds(120 + 35)

    # One has the floor: the shorter is still to come, and Nigeria's.
    scene.when(give(R), start(R))
    expected = forecast(scene.state)
    assert expected.rights_of_reply == 2 * expected.handover + seconds(120 + 180)
    assert expected.ends == after(at(9 + 3), expected.rights_of_reply)


def test_a_right_of_reply_uses_the_usual_share_of_its_time_waiting_and_at_the_floor() -> None:
    scene = discussion(NIGERIA, BELARUS).when(give(N), start(N), later(1, 30), end(N))
    scene.when(reply(BRAZIL, N))
    assert forecast(scene.state).pace == 900
    assert forecast(scene.state).rights_of_reply == seconds(162 + 35)

    scene.when(give(R), start(R))
    assert forecast(scene.state).floor_ends == at(1, 30 + 162)

    scene.when(later(0, 30), put_back(R))
    assert forecast(scene.state).rights_of_reply == seconds(132 + 35)


def test_a_right_of_reply_is_told_by_those_before_it_in_the_whole_dialogue() -> None:
    scene = given(planned(panel(), panel(id=PANEL_2)), begin(PANEL_1), open_list(), ask(NIGERIA))
    scene.when(give(N), start(N), later(1, 30), end(N), reply(BRAZIL, N), reply(HOLY_SEE, N))
    scene.when(give(request(HOLY_SEE, 9)), not_present(request(HOLY_SEE, 9)))
    assert forecast(scene.state).rights_of_reply == seconds(162 + 35), "by statements: 90 %"

    scene.when(give(R), start(R), later(1, 30), end(R), reply(UNICEF, N), reply(BELARUS, N))
    expected = forecast(scene.state)
    assert expected.pace == 900, "rights of reply tell nothing of statements"
    assert expected.rights_of_reply == 2 * (seconds(90) + HAND_OVER)

    scene.when(give(request(BELARUS, 9)), start(request(BELARUS, 9)))
    assert forecast(scene.state).floor_ends == after(scene.state.at, seconds(90))

    scene.when(later(2, 15), end(request(BELARUS, 9)), begin(PANEL_2))
    assert forecast(scene.state).rights_of_reply == seconds(112.5) + HAND_OVER


def test_a_private_limit_counts_in_a_right_of_reply() -> None:
    scene = discussion(NIGERIA).when(give(N), start(N), reply(BRAZIL, N))

    scene.when(private_limit(BRAZIL, minutes(5)))

    assert forecast(scene.state).rights_of_reply == minutes(5) + HAND_OVER


def test_the_cut_leaves_time_for_the_rights_of_reply() -> None:
    scene = discussion(NIGERIA, BRAZIL, BELARUS, until=at(11)).when(give(N), start(N))
    scene.when(close_list())
    assert (forecast(scene.state).cut, forecast(scene.state).fits) == (None, THREE)

    scene.when(reply(HOLY_SEE, N))

    # Brazil begins at 3:35, Belarus at 7:10; the reply begins at 7:25 to be over at 11:00.
    assert forecast(scene.state).cut is None
    scene.when(reply(BRAZIL, N))
    expected = forecast(scene.state, [at(8)])
    assert (expected.cut, expected.interpretation_cut) == (1, 0)
    assert expected.fits is None
    assert expected.drift == (3 + 2 * 3 + 2 * 3 - 11) * 60 * SECOND + 4 * HAND_OVER
    assert forecast(scene.state, [at(0, 1)]).interpretation_cut == 0, "no time for anybody"


def test_rights_of_reply_come_after_the_last_round_of_the_panel() -> None:
    scene = in_rounds(NIGERIA).when(give(N), start(N))
    before = forecast(scene.state, round_of=2)

    scene.when(reply(BRAZIL, N))

    expected = forecast(scene.state, round_of=2)
    assert expected.ends is not None
    assert before.ends is not None
    assert expected.ends - before.ends == TURN


# Whatever the list

LIMITS = Limits(national=minutes(3), group=minutes(5), stakeholder=minutes(2))
CAPACITIES = st.lists(
    st.sampled_from((Capacity.NATIONAL, Capacity.STAKEHOLDER, Capacity.GROUP)), max_size=8
)
ROUNDS = st.sampled_from((None, 1, 3))
GRACES = st.sampled_from((Duration(0), Duration(20 * SECOND)))


@st.composite
def discussions(draw: st.DrawFn) -> tuple[Dialogue, list[Instant]]:
    """A panel with some turns behind it and some to come, and when interpretation ends."""
    rules = Rules(LIMITS, draw(st.sampled_from(tuple(Enforcement))), grace=draw(GRACES))
    spoken, waiting = draw(CAPACITIES), draw(CAPACITIES)
    until = at(draw(st.integers(0, 80)), draw(st.integers(0, 59)))
    scene = given(planned(panel(rules, until, speakers=(ALVA,))), begin(PANEL_1), open_list())
    for n, capacity in enumerate((*spoken, *waiting)):
        group = G77 if capacity is Capacity.GROUP else None
        scene.when(ask(DelegationCode(f"D{n}"), capacity=capacity, group=group))
    for n in range(len(spoken)):
        turn = request(DelegationCode(f"D{n}"))
        scene.when(later(0, draw(st.integers(0, 60))), give(turn))
        scene.when(later(0, draw(st.integers(0, 330))), end(turn))
    last = draw(st.sampled_from(("nothing", "a turn", "a pause", "a panellist", "suspended")))
    if last in ("a turn", "a pause") and waiting:
        turn = request(DelegationCode(f"D{len(spoken)}"))
        scene.when(give(turn), later(0, draw(st.integers(0, 110))))
        scene.when(*([stop(turn)] if last == "a pause" else [close_list()]))
    if last == "a panellist":
        scene.when(give_to(ALVA), later(1))
    if last == "suspended":
        scene.when(suspend())
    return scene.state, [at(draw(st.integers(0, 90)))]


@for_all(discussions(), ROUNDS)
def test_nobody_starts_before_the_one_ahead(
    drawn: tuple[Dialogue, list[Instant]], round_of: int | None
) -> None:
    state, interpretation = drawn
    expected = forecast(state, interpretation, round_of=round_of)

    assert len(expected.starts) == len(state.waiting)
    course = [state.at, expected.floor_ends or state.at, *expected.starts, expected.ends]
    assert course == sorted(course)
    for one, following in zip(expected.starts, expected.starts[1:], strict=False):
        assert following - one >= expected.handover
    assert expected.holds_until is not None
    assert expected.holds_until >= state.at
    assert expected.next_at is not None
    assert expected.next_at >= expected.holds_until
    assert all(isinstance(start, int) for start in expected.starts)


@for_all(discussions(), ROUNDS)
def test_ahead_of_a_cut_all_start_in_time_and_behind_it_nobody(
    drawn: tuple[Dialogue, list[Instant]], round_of: int | None
) -> None:
    state, interpretation = drawn
    expected = forecast(state, interpretation, round_of=round_of)

    for cut, until in (
        (expected.cut, expected.planned_end),
        (expected.interpretation_cut, expected.interpretation_end),
    ):
        if until is None or until <= state.at:
            assert cut is None
            continue
        in_time = len(expected.starts) if cut is None else cut
        assert all(start < until for start in expected.starts[:in_time])
        assert all(start >= until for start in expected.starts[in_time:])


@for_all(discussions(), ROUNDS)
def test_the_more_wait_the_later_it_ends(
    drawn: tuple[Dialogue, list[Instant]], round_of: int | None
) -> None:
    state, _ = drawn
    if not state.waiting:
        return
    fewer = forecast(replace(state, waiting=state.waiting[:-1]), round_of=round_of)
    expected = forecast(state, round_of=round_of)

    assert expected.starts[:-1] == fewer.starts
    assert expected.ends is not None
    assert fewer.ends is not None
    assert expected.ends > fewer.ends


@for_all(discussions(), ROUNDS)
def test_a_limit_that_fits_really_does_and_a_longer_one_does_not(
    drawn: tuple[Dialogue, list[Instant]], round_of: int | None
) -> None:
    state, _ = drawn
    expected = forecast(state, round_of=round_of)
    assert expected.planned_end is not None
    longest = max((limit_of(state, place) for place in range(len(state.waiting))), default=0)

    fits = expected.fits

    if fits is None:
        assert not state.waiting or ends_with(state, expected, LEAST_LIMIT) > expected.planned_end
        return
    assert fits % STEP == 0
    assert LEAST_LIMIT <= fits < longest + STEP
    assert ends_with(state, expected, fits) <= expected.planned_end
    if fits < longest:
        assert ends_with(state, expected, Duration(fits + STEP)) > expected.planned_end
    # And once it is the rule, the forecast says the same.
    ruled = with_limit(state, fits)
    assert (forecast(ruled, round_of=round_of).ends or 0) <= expected.planned_end


def limit_of(state: Dialogue, place: int) -> Duration:
    match state.listed[place].capacity:
        case Capacity.GROUP:
            return LIMITS.group
        case Capacity.STAKEHOLDER:
            return LIMITS.stakeholder
        case _:
            return LIMITS.national


def ends_with(state: Dialogue, expected: Forecast, limit: Duration) -> int:
    """When it ends where nobody has more than a limit, and whoever is cut short uses it all."""
    assert expected.ends is not None
    segment = state.segment
    assert segment is not None
    grace = segment.rules.grace if segment.rules.enforcement is Enforcement.AUTOMATIC else None
    ends: int = expected.ends
    for place in range(len(state.waiting)):
        own = limit_of(state, place)
        use, most = own * expected.pace // WHOLE, limit * max(expected.pace, WHOLE) // WHOLE
        if grace is not None:
            use, most = min(use, own + grace), min(most, limit + grace)
        ends -= max(0, use - most)
    return ends


def with_limit(state: Dialogue, limit: Duration) -> Dialogue:
    """The same where the rules of the segment give nobody more than a limit."""
    segment = state.segment
    assert segment is not None
    limits = replace(
        segment.rules.limits,
        national=min(limit, LIMITS.national),
        group=min(limit, LIMITS.group),
        stakeholder=min(limit, LIMITS.stakeholder),
    )
    rules = replace(segment.rules, limits=limits)
    return replace(state, segments=(replace(segment, rules=rules),))
