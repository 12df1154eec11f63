"""What is said about a speaker and to the speaker, and a limit that only the speaker knows."""

from dataclasses import replace

import pytest

from moderator.core.commands import DescribeRequest, SetPrivateLimit, Undo
from moderator.core.events import (
    ClockStopped,
    NoteSent,
    PrivateLimitSet,
    RequestDescribed,
    SlowDownAsked,
)
from moderator.core.model import Details
from moderator.core.rejected import Reason
from moderator.core.terms import Delivery, Level, PauseReason
from moderator.core.units import MINUTE
from moderator.core.view import bureau, public
from tests.core.dialogues import (
    ALVA,
    ASSISTANT,
    BELARUS,
    BRAZIL,
    CHAIR,
    G77,
    ID,
    NIGERIA,
    Scene,
    ask,
    at,
    change,
    describe,
    end,
    give,
    give_to,
    given,
    later,
    minutes,
    not_present,
    note,
    open_dialogue,
    open_floor,
    private_limit,
    put_back,
    reinstate,
    request,
    seat,
    slow_down,
    speaking,
    speech,
    start,
    stop,
    suspend,
    take_back,
    text,
    withdraw,
)
from tests.core.test_programme_changes import AS_IT_WAS

N, B = request(NIGERIA), request(BRAZIL)
SAID = Details(
    level=Level.MINISTER,
    language="fr",
    delivery=Delivery.VERBATIM,
    speaker=text("a name"),
    title=text("a title"),
    text=text("a text"),
    gist=text("a gist"),
)


def holder_of(scene: Scene):
    assert scene.state.floor is not None
    return scene.state.floor


# About the speaker


@pytest.mark.parametrize("by", [seat(NIGERIA), ASSISTANT, CHAIR])
def test_a_delegation_says_who_will_speak_and_the_bureau_for_it(by):
    scene = given(*open_floor(None, NIGERIA)).when(describe(N, SAID, by=by))

    scene.then(RequestDescribed(at(0), N, SAID))
    assert bureau(scene.state)["list"]["entries"][0]["details"] == {
        "level": "minister",
        "language": "fr",
        "delivery": "verbatim",
        "speaker": "a name",
        "title": "a title",
        "text": "a text",
        "gist": "a gist",
        "show_speaker": False,
    }
    scene.when(describe(N, SAID, by=by)).nothing()


def test_it_is_said_anew_as_a_whole_also_while_the_delegation_speaks():
    scene = given(*open_floor(None, NIGERIA), describe(N, SAID), give(N))

    scene.when(describe(N, Details(language="en")))

    assert scene.state.details == {N: Details(language="en")}
    assert bureau(scene.state)["speaker"]["details"]["speaker"] is None


def test_nothing_is_said_about_who_has_left():
    for over in (end(N), not_present(N)):
        scene = given(*speaking(NIGERIA), over)
        scene.when(describe(N, SAID)).refused(Reason.NOT_WAITING)
    scene = given(*open_floor(None, NIGERIA), withdraw(N)).when(describe(N, SAID))
    scene.refused(Reason.NOT_WAITING)


def test_what_was_said_is_not_undone_but_said_anew():
    scene = given(*open_floor(None, NIGERIA), describe(N, SAID))

    scene.when(take_back(DescribeRequest)).refused(Reason.CANNOT_UNDO)


# On behalf of a group, also in national capacity


def also_national(group=G77):
    return replace(ask(NIGERIA, group=group), also_national=True)


@pytest.mark.story(36)
def test_for_a_group_and_for_itself_is_one_turn_with_the_groups_limit():
    scene = given(*open_floor()).when(also_national(), give(N))

    assert holder_of(scene).clock.allowance == 5 * MINUTE
    assert public(scene.state)["floor"]["also_national"]


def test_it_counts_as_the_delegations_own_statement_too():
    scene = given(*open_floor(), also_national(), give(N), end(N), ask(NIGERIA, 2))
    assert public(scene.state)["list"]["first"][0]["limit"] == 2 * MINUTE

    for_the_group = given(*open_floor(), ask(NIGERIA, group=G77), give(N), end(N), ask(NIGERIA, 2))
    assert public(for_the_group.state)["list"]["first"][0]["limit"] == 3 * MINUTE


# A private limit


def test_a_private_limit_counts_where_it_is_longer_and_the_list_says_the_usual_one():
    scene = given(*open_floor(None, NIGERIA, BRAZIL)).when(private_limit(NIGERIA, minutes(6)))
    scene.then(PrivateLimitSet(at(0), NIGERIA, None, minutes(6), None))
    assert public(scene.state)["list"]["first"][0]["limit"] == 3 * MINUTE
    assert bureau(scene.state)["list"]["entries"][0]["private_limit"] == 6 * MINUTE

    scene.when(give(N))
    assert holder_of(scene).clock.allowance == 6 * MINUTE
    scene.when(private_limit(BRAZIL, minutes(1)), give(B, N))
    assert holder_of(scene).clock.allowance == 3 * MINUTE


def test_a_turn_that_was_put_back_tells_the_public_nothing_of_it():
    scene = given(*open_floor(None, NIGERIA), private_limit(NIGERIA, minutes(6)), give(N))

    scene.when(start(N), later(1), put_back(N))

    assert public(scene.state)["list"]["first"][0]["limit"] == 3 * MINUTE
    scene.when(give(N))
    assert holder_of(scene).clock.remaining_at(at(1)) == minutes(5)


def test_a_person_of_the_programme_may_have_one_before_the_opening_too():
    limit = private_limit(None, minutes(9), person=ALVA)
    scene = given(limit, *open_floor()).when(give_to(ALVA))
    assert holder_of(scene).clock.allowance == 9 * MINUTE

    scene.when(put_back(speech(ALVA)), give_to(ALVA, 2))
    assert holder_of(scene).clock.allowance == 9 * MINUTE


def test_it_is_said_once_changed_and_taken_away():
    scene = given(open_dialogue(), private_limit(NIGERIA, minutes(6)))
    scene.when(private_limit(NIGERIA, minutes(6))).nothing()
    scene.when(private_limit(NIGERIA, None))

    scene.then(PrivateLimitSet(at(0), NIGERIA, None, None, minutes(6)))
    assert scene.state.private_limits == {}


def test_it_is_taken_back_to_the_former_one_unless_it_was_changed_since():
    scene = given(open_dialogue(), private_limit(NIGERIA, minutes(6)))
    first = scene.done(SetPrivateLimit)
    scene.when(private_limit(NIGERIA, minutes(8)), take_back(SetPrivateLimit))
    assert scene.state.private_limits == {(NIGERIA, None): minutes(6)}

    scene.when(private_limit(NIGERIA, minutes(7)), Undo(ID, CHAIR, first))
    scene.refused(Reason.TOO_LATE_TO_UNDO)


def test_who_has_one_stays_in_the_programme():
    scene = given(open_dialogue(), private_limit(BELARUS, minutes(6)))

    scene.when(change(AS_IT_WAS, delegations=(BRAZIL,))).refused(Reason.IN_THE_RECORD)


# To the speaker alone


def test_a_note_is_for_whoever_has_the_floor():
    scene = given(*speaking(NIGERIA)).when(note(N, "please conclude"))

    scene.then(NoteSent(at(0), N, text("please conclude")))
    assert bureau(scene.state)["speaker"]["note"] == "please conclude"
    scene.when(note(N, "please conclude")).nothing()
    scene.when(note(N, None)).then(NoteSent(at(0), N, None))


def test_interpreters_ask_to_slow_down_and_asking_twice_is_asking_once():
    scene = given(*speaking(NIGERIA)).when(slow_down(N))
    scene.then(SlowDownAsked(at(0), N))
    assert bureau(scene.state)["speaker"]["slow_down"] == at(0)

    scene.when(later(seconds=9), slow_down(N)).nothing()
    scene.when(later(seconds=1), slow_down(N)).then(SlowDownAsked(at(0, 10), N))


def test_note_and_sign_are_kept_for_a_turn_that_was_put_back_and_gone_for_one_called_anew():
    told = (note(N, "words"), slow_down(N))
    scene = given(*speaking(NIGERIA), *told, put_back(N), give(N))
    assert holder_of(scene).note == text("words")
    assert holder_of(scene).slow_down == at(0)

    anew = given(*speaking(NIGERIA), *told, not_present(N), reinstate(N), give(N))
    assert holder_of(anew).note is None
    assert holder_of(anew).slow_down is None


# Why the clock stands


def test_the_hall_is_told_why_the_clock_stands():
    scene = given(*speaking(NIGERIA), start(N))
    scene.when(stop(N, reason=PauseReason.INTERPRETATION))

    scene.then(ClockStopped(at(0), N, PauseReason.INTERPRETATION))
    assert public(scene.state)["floor"]["paused"] == "interpretation"
    scene.when(start(N))
    assert public(scene.state)["floor"]["paused"] is None


def test_a_reason_is_given_afterwards_or_changed():
    scene = given(*speaking(NIGERIA), stop(N)).when(stop(N, reason=PauseReason.ORDER))
    scene.then(ClockStopped(at(0), N, PauseReason.ORDER))

    scene.when(stop(N, reason=PauseReason.ORDER)).nothing()
    scene.when(stop(N)).nothing()
    scene.when(stop(N, reason=PauseReason.OTHER))
    assert public(scene.state)["floor"]["paused"] == "other"


def test_a_suspended_meeting_says_no_other_reason():
    scene = given(*speaking(NIGERIA), start(N), suspend())

    assert public(scene.state)["floor"]["paused"] is None


# Measured


def test_the_first_start_of_a_clock_is_kept_through_pauses():
    scene = given(*speaking(NIGERIA), later(seconds=5), stop(N), later(1), start(N))

    assert holder_of(scene).started_at == at(0, 5)
    scene.when(put_back(N), later(1), give(N), start(N))
    assert holder_of(scene).started_at == at(0, 5)
