"""Points of order: they interrupt, the floor returns with the clock standing, the chair rules."""

import pytest

from moderator.core.commands import (
    BeginSegment,
    CloseDialogue,
    EndIntervention,
    GiveFloor,
    MarkNotPresent,
    ReturnToList,
    RuleOnPoint,
    Undo,
)
from moderator.core.events import (
    ClockStarted,
    CommandUndone,
    InterventionContinued,
    InterventionEnded,
    InterventionReturned,
    PointRuled,
    RequestNotReached,
)
from moderator.core.model import Limits, Ruled, Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Enforcement, Kind, Outcome, Ruling, Standing
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    CHAIR,
    G77,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    Scene,
    allow,
    as_heard,
    ask,
    at,
    begin,
    close,
    close_list,
    correct,
    end,
    floor_given,
    give,
    give_to,
    given,
    go_on,
    later,
    minutes,
    not_present,
    open_floor,
    put_back,
    raise_point,
    request,
    resume,
    rule,
    seat,
    speaking,
    speech,
    start,
    stop,
    suspend,
    take_back,
    text,
    withdraw,
    yield_floor,
)

N, B = request(NIGERIA), request(BRAZIL)
P, Q = request(BRAZIL, 8), request(BELARUS, 8)


def interrupted() -> Scene:
    """Nigeria has spoken for a minute when a point of order by Brazil is given the floor."""
    return given(*speaking(NIGERIA, BRAZIL), start(N), later(1), raise_point(BRAZIL), give(P, N))


def clock_of(scene: Scene, which=N):
    return scene.state.interventions[which].clock


def test_a_point_of_order_alerts_the_bureau_and_changes_nothing_at_the_floor():
    scene = given(*speaking(NIGERIA, BRAZIL), start(N)).when(raise_point(BRAZIL))

    assert scene.state.points == (P,)
    assert scene.state.waiting == (B,)
    assert scene.state.floor_id == N
    assert clock_of(scene).running_since == at(0)


def test_a_point_of_order_is_heard_on_a_closed_list_and_whatever_segment_the_phone_saw():
    scene = given(*open_floor(), close_list(), begin(PANEL_2)).when(raise_point(BRAZIL))

    assert scene.state.requests[P].segment == PANEL_2
    scene.when(raise_point(BRAZIL, 9)).refused(Reason.ALREADY_WAITING)


def test_a_point_of_order_is_numbered_by_itself_so_the_list_shows_no_gap():
    scene = given(*open_floor(None, NIGERIA, BRAZIL), raise_point(BRAZIL), ask(BELARUS))

    assert scene.state.requests[P].number == 1
    assert scene.state.requests[request(BELARUS)].number == 3


def test_giving_it_the_floor_stops_the_clock_of_who_has_it():
    scene = interrupted()

    scene.then(
        floor_given(at(1), BRAZIL, nth=8, kind=Kind.POINT_OF_ORDER, allowance=Duration(2 * MINUTE))
    )
    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)
    assert clock_of(scene).used == MINUTE
    assert clock_of(scene).running_since is None
    assert public(scene.state)["floor"]["kind"] == "point-of-order"
    assert public(scene.state)["interrupted"]["id"] == N


def test_a_turn_whose_clock_has_not_started_does_not_start_behind_a_point_of_order():
    scene = given(*speaking(NIGERIA), raise_point(BRAZIL), give(P, N), start(P))

    scene.when(later(1)).nothing()
    assert scene.state.interrupted is not None
    assert scene.state.interrupted.starts_at is None


@pytest.mark.story(17)
@pytest.mark.parametrize(
    "over",
    [
        end(P),
        rule(P),
        yield_floor(P, seat(BRAZIL)),
        not_present(P),
        put_back(P),
        take_back(GiveFloor),
    ],
)
def test_however_a_point_is_over_the_floor_returns_with_the_clock_standing(over):
    scene = interrupted().when(later(seconds=20), over)

    assert (scene.state.floor_id, scene.state.interrupted_id) == (N, None)
    scene.when(later(60)).nothing()
    assert clock_of(scene).used == MINUTE
    scene.when(start(N)).then(ClockStarted(at(61, 20), N))


@pytest.mark.parametrize(
    ("enforcement", "expires"),
    [(Enforcement.AUTOMATIC, True), (Enforcement.FIRM, False), (Enforcement.ADVISORY, False)],
)
def test_a_points_own_limit_is_kept_as_the_segment_keeps_limits(enforcement, expires):
    rules = Rules(
        limits=Limits(point_of_order=Duration(30 * SECOND)),
        enforcement=enforcement,
        start_after=Duration(0),
    )
    scene = given(*open_floor(rules, NIGERIA), give(N), raise_point(BRAZIL), give(P, N))

    scene.when(later(1))

    if expires:
        scene.then(InterventionEnded(at(0, 30), P, Outcome.TIME_EXPIRED))
        assert scene.state.floor_id == N
    else:
        scene.nothing()
        assert scene.state.floor_id == P
    assert clock_of(scene).used == 0


def test_nothing_is_done_to_the_interrupted_turn_past_the_point():
    for command in (end(N), stop(N), start(N), allow(N, minutes(5)), put_back(N)):
        interrupted().when(command).refused(Reason.FLOOR_CHANGED)
    interrupted().when(not_present(N)).refused(Reason.HAS_THE_FLOOR)
    interrupted().when(give(N, P)).refused(Reason.HAS_THE_FLOOR)
    interrupted().when(ask(NIGERIA, 2)).refused(Reason.HAS_THE_FLOOR)


def test_an_interrupted_panellist_is_not_given_the_floor_a_second_time():
    scene = given(*open_floor(), give_to(ALVA), raise_point(BRAZIL), give(P, speech(ALVA)))

    scene.when(give_to(ALVA, 2, holder=P)).refused(Reason.HAS_THE_FLOOR)


def test_a_second_point_concludes_the_first_and_one_turn_is_interrupted_at_most():
    scene = interrupted().when(raise_point(BELARUS), give(Q, P))

    assert scene.recorded[0] == InterventionEnded(at(1), P, Outcome.CONCLUDED)
    assert (scene.state.floor_id, scene.state.interrupted_id) == (Q, N)
    scene.when(take_back(GiveFloor))
    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)


def test_whoever_else_is_given_the_floor_concludes_both():
    scene = interrupted().when(give(B, P))

    assert scene.recorded[:2] == (
        InterventionEnded(at(1), P, Outcome.CONCLUDED),
        InterventionEnded(at(1), N, Outcome.CONCLUDED),
    )
    assert (scene.state.floor_id, scene.state.interrupted_id) == (B, None)
    scene.when(take_back(GiveFloor))
    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)
    assert scene.state.waiting == (B,)


def test_a_point_raised_between_two_speakers_interrupts_nobody():
    scene = given(*open_floor(), raise_point(BRAZIL), give(P), rule(P))

    assert scene.state.floor is None
    scene.when(take_back(RuleOnPoint))
    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, None)


def test_a_point_counts_as_no_statement():
    scene = given(*open_floor(), raise_point(BRAZIL), give(P), end(P), ask(BRAZIL))

    assert public(scene.state)["list"]["first"][0]["limit"] == 3 * MINUTE
    assert bureau(scene.state)["heard"] == {}


def test_a_point_may_be_raised_on_behalf_of_nobody_but_waits_beside_other_requests():
    scene = given(*open_floor(None, BRAZIL), ask(BRAZIL, 2, group=G77), raise_point(BRAZIL))

    assert len(scene.state.waiting) == 2
    assert scene.state.points == (P,)


# Suspended, ended, continued, corrected


def test_suspending_stops_the_clock_of_the_point_and_both_go_on_afterwards():
    scene = interrupted().when(start(P), later(seconds=10), suspend(), later(10), resume())

    assert clock_of(scene, P).used == 10 * SECOND
    scene.when(end(P), start(N), later(2))
    scene.then(InterventionEnded(at(13, 10), N, Outcome.TIME_EXPIRED))


def test_the_end_of_a_segment_concludes_both_and_undoing_it_restores_both():
    scene = interrupted().when(start(P), begin(PANEL_2, P))
    assert [scene.state.requests[one].standing for one in (P, N)] == [Standing.HEARD] * 2

    scene.when(take_back(BeginSegment))

    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)
    assert clock_of(scene, P).running_since is None
    assert scene.state.waiting == (B,)


def test_points_that_wait_survive_the_segment_and_are_not_reached_at_the_closing():
    scene = given(*open_floor(None, NIGERIA), raise_point(BRAZIL), begin(PANEL_2))
    assert scene.state.points == (P,)

    scene.when(close())
    assert RequestNotReached(at(0), P, 0) in scene.recorded
    assert scene.state.requests[P].standing is Standing.NOT_REACHED

    scene.when(take_back(CloseDialogue))
    assert scene.state.points == (P,)


def test_a_turn_cannot_continue_while_the_interrupted_one_has_the_floor():
    interrupted().when(end(P), go_on(P, minutes(3))).refused(Reason.FLOOR_CHANGED)


def test_a_point_that_was_last_may_continue_and_then_interrupts_nobody():
    scene = interrupted().when(end(P), put_back(N), go_on(P, minutes(3)))

    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, None)
    scene.when(end(P))
    assert scene.state.floor is None


def test_an_end_of_a_point_is_taken_back_only_to_the_turn_that_it_interrupted():
    scene = interrupted().when(end(P), later(1), take_back(EndIntervention))
    scene.then(
        CommandUndone(at(2), scene.done(EndIntervention).version),
        InterventionContinued(at(2), P, minutes(2)),
    )
    assert scene.state.interrupted_id == N

    scene = interrupted().when(end(P))
    of_the_point = scene.done(EndIntervention)
    scene.when(put_back(N), give(B), _undo(of_the_point)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_point_that_was_put_back_or_absent_has_the_floor_again_when_that_is_undone():
    for command in (put_back(P), not_present(P)):
        scene = interrupted().when(command)
        kind = ReturnToList if command == put_back(P) else MarkNotPresent
        scene.when(take_back(kind))
        assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)


def test_a_point_that_was_put_back_waits_at_the_head_of_the_points():
    scene = interrupted().when(raise_point(BELARUS), put_back(P))

    scene.then(InterventionReturned(at(1), P, 0))
    assert scene.state.points == (P, Q)


def test_the_record_of_a_point_is_corrected_as_any_other():
    scene = interrupted().when(end(P), correct(P, as_heard(BELARUS, minutes(1))))

    assert scene.state.corrections[P].delegation == BELARUS


# Rulings


def test_the_ruling_ends_a_point_that_has_the_floor():
    scene = interrupted().when(rule(P, Ruling.UPHELD, "as the rules say"))

    upheld = Ruled(Ruling.UPHELD, text("as the rules say"))
    scene.then(PointRuled(at(1), P, upheld, None), InterventionEnded(at(1), P, Outcome.CONCLUDED))
    assert scene.state.rulings == {P: upheld}


def test_a_ruling_may_come_later_and_may_be_given_anew():
    scene = interrupted().when(end(P))
    assert [row["id"] for row in bureau(scene.state)["points"]["unruled"]] == [P]

    scene.when(rule(P, Ruling.NOTED)).then(PointRuled(at(1), P, Ruled(Ruling.NOTED), None))
    scene.when(rule(P, Ruling.NOTED)).nothing()
    scene.when(rule(P, Ruling.UPHELD))

    assert scene.state.rulings[P].ruling is Ruling.UPHELD
    assert bureau(scene.state)["points"]["unruled"] == []


def test_a_ruling_is_taken_away_and_the_former_one_stands():
    scene = interrupted().when(rule(P, Ruling.NOTED), rule(P, Ruling.UPHELD))
    first = scene.done_at(scene.state.version - 1)

    scene.when(take_back(RuleOnPoint))
    assert scene.state.rulings[P].ruling is Ruling.NOTED

    scene.when(_undo(first))
    assert scene.state.rulings == {}
    assert (scene.state.floor_id, scene.state.interrupted_id) == (P, N)


def test_a_ruling_that_was_given_anew_since_stays():
    scene = interrupted().when(end(P), rule(P, Ruling.NOTED))
    first = scene.done(RuleOnPoint)

    scene.when(rule(P, Ruling.UPHELD), _undo(first)).refused(Reason.TOO_LATE_TO_UNDO)


def test_a_point_that_goes_on_after_its_ruling_is_ended_by_the_same_ruling_again():
    scene = given(*open_floor(), raise_point(BRAZIL), give(P), rule(P), go_on(P, minutes(3)))

    scene.when(rule(P)).then(InterventionEnded(at(0), P, Outcome.CONCLUDED))


def test_a_point_that_was_never_heard_is_not_ruled_on():
    given(*open_floor(), raise_point(BRAZIL)).when(rule(P)).refused(Reason.UNKNOWN_INTERVENTION)
    interrupted().when(put_back(P), rule(P)).refused(Reason.FLOOR_CHANGED)


def test_a_withdrawn_point_comes_back_whatever_segment_goes_on():
    scene = given(*open_floor(), raise_point(BRAZIL), withdraw(P), begin(PANEL_2))
    assert scene.state.points == ()
    assert [row["id"] for row in bureau(scene.state)["not_heard"]] == [P]


def _undo(done):
    return Undo(ID, CHAIR, done)


def test_a_segment_that_a_point_was_raised_in_is_left_and_the_point_waits_on():
    scene = given(*open_floor(), begin(PANEL_2), raise_point(BRAZIL, segment=PANEL_1))

    scene.when(take_back(BeginSegment))

    assert scene.state.segment_id == PANEL_1
    assert scene.state.points == (P,)
