"""Questions to panellists: at the floor and in writing, in one order, ticked off when answered."""

import pytest

from moderator.core.commands import SetAnswered, Undo, WriteQuestion
from moderator.core.events import (
    CommandUndone,
    FloorRequested,
    QuestionAnswered,
    QuestionWritten,
)
from moderator.core.model import Details
from moderator.core.personal import panellist as seen_by
from moderator.core.rejected import Reason
from moderator.core.terms import Capacity, Kind, PersonId
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BELARUS,
    BRAZIL,
    BRUN,
    CHAIR,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    PERSONS,
    as_heard,
    ask_panellist,
    at,
    begin,
    change,
    close_list,
    correct,
    describe,
    end,
    give,
    given,
    later,
    minutes,
    not_present,
    open_dialogue,
    open_floor,
    panellist,
    request,
    take_back,
    text,
    tick,
    write,
)
from tests.core.test_programme_changes import AS_IT_WAS

Q = request(BRAZIL, 7)


def test_a_question_names_the_panellist_and_waits_on_the_list_of_speakers():
    scene = given(*open_floor(None, BRAZIL)).when(ask_panellist(BRAZIL, ALVA))

    scene.then(
        FloorRequested(
            at=at(0),
            request=Q,
            segment=PANEL_1,
            delegation=BRAZIL,
            kind=Kind.QUESTION,
            capacity=Capacity.NATIONAL,
            group=None,
            number=2,
            by_bureau=False,
            to=ALVA,
        )
    )
    assert public(scene.state)["list"]["first"][1]["to"] == ALVA


def test_a_panellist_of_another_panel_may_be_asked_and_a_stranger_not():
    scene = given(open_dialogue(), begin(PANEL_2))
    scene.when(write(BRAZIL, ALVA))
    assert scene.state.questions["question-1"].to == ALVA

    scene.when(write(BRAZIL, PersonId("guest"))).refused(Reason.NOT_IN_PROGRAMME)


@pytest.mark.story(39)
def test_a_question_is_written_whatever_the_list_is():
    scene = given(*open_floor(), close_list()).when(write(BRAZIL, ALVA))

    scene.then(
        QuestionWritten(at(0), "question-1", BRAZIL, ALVA, text("question-1"), by_bureau=False)
    )


def test_the_bureau_writes_one_down_for_a_delegation():
    scene = given(open_dialogue()).when(write(BRAZIL, ALVA, by=ASSISTANT))

    assert scene.state.questions["question-1"].by_bureau


def test_three_of_a_delegation_wait_at_a_time():
    asked = [write(BRAZIL, person, f"{person}-{nth}") for person in PERSONS for nth in (1, 2)]
    scene = given(open_dialogue(), *asked[:3])

    scene.when(asked[3]).refused(Reason.TOO_MANY_QUESTIONS)
    scene.refusal = None
    scene.when(write(NIGERIA, ALVA, "of-another"), tick("alva-1"), asked[3])
    assert len(scene.state.questions) == 5


@pytest.mark.story(41)
def test_a_panellist_sees_its_questions_in_the_order_in_which_they_were_put():
    scene = given(
        *(*open_floor(), ask_panellist(BRAZIL, ALVA), later(1), write(NIGERIA, ALVA, "written")),
        *(write(NIGERIA, BRUN, "to-brun"), later(1)),
        describe(Q, Details(gist=text("of what"), text=text("the whole"))),
    )
    assert [row["id"] for row in seen_by(scene.state, ALVA)["questions"]] == ["written"]

    scene.when(give(Q))

    rows = seen_by(scene.state, ALVA)["questions"]
    assert rows == [
        {
            "id": "written",
            "written": True,
            "delegation": NIGERIA,
            "group": None,
            "at": at(1),
            "words": "written",
            "answered": False,
        },
        {
            "id": Q,
            "written": False,
            "delegation": BRAZIL,
            "group": None,
            "at": at(2),
            "words": "of what",
            "answered": False,
        },
    ]
    assert bureau(scene.state)["questions"] == {
        ALVA: rows,
        BRUN: seen_by(scene.state, BRUN)["questions"],
    }


def test_a_question_without_a_gist_has_no_words_and_an_absent_asker_has_asked_nothing():
    scene = given(*open_floor(), ask_panellist(BRAZIL, ALVA), give(Q))
    assert seen_by(scene.state, ALVA)["questions"][0]["words"] is None

    scene.when(not_present(Q))
    assert seen_by(scene.state, ALVA)["questions"] == []
    scene.when(tick(Q)).refused(Reason.UNKNOWN_QUESTION)


def test_a_question_that_was_struck_from_the_record_is_none():
    right = as_heard(BRAZIL, minutes(1), struck=True)
    scene = given(*open_floor(), ask_panellist(BRAZIL, ALVA), give(Q), end(Q), correct(Q, right))

    scene.when(tick(Q)).refused(Reason.UNKNOWN_QUESTION)


@pytest.mark.parametrize("by", [CHAIR, panellist(ALVA)])
def test_the_panellist_ticks_its_own_and_the_chair_any(by):
    scene = given(open_dialogue(), write(BRAZIL, ALVA)).when(tick("question-1", by=by))

    scene.then(QuestionAnswered(at(0), "question-1", answered=True))
    assert seen_by(scene.state, ALVA)["questions"][0]["answered"]
    scene.when(tick("question-1", by=by)).nothing()
    scene.when(tick("question-1", answered=False, by=by))
    assert scene.state.answered == frozenset()


def test_a_question_at_the_floor_is_ticked_too():
    scene = given(*open_floor(), ask_panellist(BRAZIL, ALVA), give(Q))

    scene.when(tick(Q, by=panellist(ALVA)))

    assert scene.state.answered == {Q}


def test_a_tick_of_the_chair_is_taken_back_unless_that_was_done_already():
    scene = given(open_dialogue(), write(BRAZIL, ALVA), tick("question-1"))
    ticked = scene.done(SetAnswered)

    scene.when(take_back(SetAnswered)).then(
        CommandUndone(at(0), ticked.version), QuestionAnswered(at(0), "question-1", answered=False)
    )

    scene = given(open_dialogue(), write(BRAZIL, ALVA), tick("question-1"))
    ticked = scene.done(SetAnswered)
    scene.when(tick("question-1", answered=False), Undo(ID, CHAIR, ticked))
    scene.refused(Reason.TOO_LATE_TO_UNDO)


def test_a_tick_of_the_panellist_and_a_question_are_not_taken_back():
    scene = given(open_dialogue(), write(BRAZIL, ALVA, by=ASSISTANT))
    scene.when(tick("question-1", by=panellist(ALVA)))

    scene.when(take_back(SetAnswered)).refused(Reason.CANNOT_UNDO)
    scene.refusal = None
    scene.when(take_back(WriteQuestion)).refused(Reason.CANNOT_UNDO)


def test_whoever_asked_and_whoever_was_asked_stays_in_the_programme():
    scene = given(open_dialogue(), write(BELARUS, BRUN))

    for gone in ({"delegations": (BRAZIL,)}, {"persons": (ALVA,)}):
        scene.when(change(AS_IT_WAS, **gone)).refused(Reason.IN_THE_RECORD)
        scene.refusal = None
