"""Rules that change while people wait: announced, from the next speaker on; and rounds."""

from dataclasses import replace

import pytest

from moderator.core.commands import SetRules
from moderator.core.events import RulesSet
from moderator.core.model import Limits, Rules
from moderator.core.rejected import Reason
from moderator.core.terms import Enforcement
from moderator.core.units import MINUTE, SECOND, Duration
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    ALVA,
    BELARUS,
    BRAZIL,
    CO_CHAIR,
    NIGERIA,
    OPENING,
    PANEL_1,
    PANEL_2,
    as_heard,
    ask,
    ask_panellist,
    at,
    begin,
    change,
    correct,
    end,
    give,
    give_to,
    given,
    later,
    minutes,
    not_present,
    open_floor,
    programme,
    raise_point,
    request,
    set_rules,
    speaking,
    speech,
    start,
    take_back,
)

N, B, Y = request(NIGERIA), request(BRAZIL), request(BELARUS)
QUICK = Rules(limits=Limits(national=Duration(2 * MINUTE)), warning=Duration(20 * SECOND))


@pytest.mark.story(2)
def test_the_chair_sets_the_rules_and_everybody_is_told_when_and_by_whom():
    scene = given(*open_floor(), later(1)).when(set_rules(QUICK))

    scene.then(RulesSet(at(1), 1, PANEL_1, QUICK, "chair/mexico"))
    segment = public(scene.state)["segment"]
    assert segment["rules"]["limits"]["national"] == 2 * MINUTE
    assert segment["announced"] == {"at": at(1), "by": "chair/mexico"}
    assert scene.state.revision == 1


def test_they_hold_from_the_next_speaker_on():
    quick = replace(QUICK, enforcement=Enforcement.FIRM)
    scene = given(*speaking(NIGERIA, BRAZIL), start(N)).when(set_rules(quick))

    floor = public(scene.state)["floor"]
    assert (floor["allowance"], floor["warning"]) == (3 * MINUTE, 30 * SECOND)
    assert floor["enforcement"] == "automatic"
    scene.when(give(B, N))
    floor = public(scene.state)["floor"]
    assert (floor["allowance"], floor["warning"]) == (2 * MINUTE, 20 * SECOND)
    assert floor["enforcement"] == "firm"


def test_the_same_rules_are_not_announced_again_and_a_stale_revision_is_refused():
    scene = given(*open_floor(), set_rules(QUICK))
    scene.when(set_rules(QUICK, base=0, by=CO_CHAIR)).nothing()

    scene.when(set_rules(Rules(), base=0, by=CO_CHAIR)).refused(Reason.PROGRAMME_CHANGED)


def test_a_change_of_the_programme_and_one_of_the_rules_count_the_same_revisions():
    scene = given(*open_floor(), set_rules(QUICK), change(programme(Rules()), base=1))

    assert scene.state.segment is not None
    assert scene.state.segment.rules == Rules()
    scene.when(set_rules(QUICK, base=2))
    assert scene.state.revision == 3


def test_a_segment_to_come_may_have_other_rules_and_one_that_is_over_not():
    scene = given(*open_floor(), set_rules(QUICK, PANEL_2), begin(PANEL_2))
    assert public(scene.state)["segment"]["announced"] == {"at": at(0), "by": "chair/mexico"}

    scene.when(set_rules(QUICK, PANEL_1, base=1)).refused(Reason.SEGMENT_OVER)


def test_a_segment_that_was_never_held_takes_rules():
    scene = given(*open_floor()).when(set_rules(QUICK, OPENING))

    assert scene.state.segment_of(OPENING).rules == QUICK


def test_rules_are_not_taken_back_but_set_anew():
    given(*open_floor(), set_rules(QUICK)).when(take_back(SetRules)).refused(Reason.CANNOT_UNDO)


# Rounds


def taken(scene):
    return bureau(scene.state)["round"]


ROUND = Rules(round=3)


def test_without_rounds_there_is_none():
    assert taken(given(*open_floor())) is None
    assert taken(given()) is None


@pytest.mark.story(11)
def test_interventions_are_counted_since_the_panel_last_spoke():
    scene = given(*open_floor(ROUND, NIGERIA), ask_panellist(BRAZIL, ALVA))
    assert taken(scene) == {"size": 3, "taken": 0, "replied": []}

    question = request(BRAZIL, 7)
    scene.when(give(N), give(question, N))
    assert taken(scene) == {"size": 3, "taken": 1, "replied": []}
    scene.when(end(question))
    assert taken(scene) == {"size": 3, "taken": 2, "replied": []}
    scene.when(give_to(ALVA), end(speech(ALVA)), ask(BELARUS), give(Y), end(Y))
    assert taken(scene) == {"size": 3, "taken": 1, "replied": []}


def test_points_of_order_absent_and_struck_turns_are_not_counted():
    point = request(BRAZIL, 8)
    scene = given(
        *(*open_floor(ROUND, NIGERIA, BELARUS), give(N), end(N), give(Y), not_present(Y)),
        *(raise_point(BRAZIL), give(point), end(point)),
    )
    assert taken(scene) == {"size": 3, "taken": 1, "replied": []}

    scene.when(correct(N, as_heard(NIGERIA, minutes(1), struck=True)))
    assert taken(scene) == {"size": 3, "taken": 0, "replied": []}


def test_who_of_the_panel_has_replied_is_told_until_the_next_statement():
    scene = given(*open_floor(ROUND, NIGERIA, BELARUS), give(N), give_to(ALVA, holder=N))
    assert taken(scene)["replied"] == [ALVA]

    scene.when(end(speech(ALVA)), give_to(ALVA, 2))
    assert taken(scene)["replied"] == [ALVA]
    point = request(BRAZIL, 8)
    scene.when(end(speech(ALVA, 2)), raise_point(BRAZIL), give(point), end(point))
    assert taken(scene)["replied"] == [ALVA]
    scene.when(give(Y))
    assert taken(scene)["replied"] == []


def test_a_panellist_who_was_absent_has_not_replied():
    scene = given(*open_floor(ROUND, NIGERIA), give(N), give_to(ALVA, holder=N))
    scene.when(not_present(speech(ALVA)))

    assert taken(scene)["replied"] == []
