"""Live edits of the programme: what has been held stays, and what is to come may change."""

from dataclasses import replace

from moderator.core.commands import OpenDialogue
from moderator.core.events import InterventionEnded, ProgrammeChanged
from moderator.core.model import Announced, Limits, Rules, Segment
from moderator.core.terms import Enforcement, Outcome, PersonId, SegmentId, SegmentKind
from moderator.core.units import MINUTE, Duration
from moderator.core.view import public
from tests.core.dialogues import (
    BRAZIL,
    CHAIR,
    EVERYBODY,
    ID,
    NIGERIA,
    PANEL_1,
    PANEL_2,
    PERSONS,
    SECRETARY,
    at,
    begin,
    change,
    close,
    give,
    give_to,
    given,
    later,
    open_dialogue,
    open_floor,
    programme,
    request,
    speaking,
    start,
    suspend,
)

N, B = request(NIGERIA), request(BRAZIL)
AS_IT_WAS = programme(Rules())
TWO_MINUTES = programme(Rules(limits=Limits(national=Duration(2 * MINUTE))))


def changed(when, segments, by=SECRETARY, until=()):
    """The first change of the programme."""
    return ProgrammeChanged(when, 1, segments, until, by.office)


def test_names_and_texts_alone_leave_the_skeleton_as_it_was():
    scene = given(open_dialogue()).when(later(1), change(AS_IT_WAS))

    scene.then(changed(at(1), None))
    assert scene.state.segments == AS_IT_WAS
    assert public(scene.state)["revision"] == 1


def test_before_the_opening_only_the_revision_is_in_the_log():
    scene = given().when(change(TWO_MINUTES, by=CHAIR)).then(changed(at(0), None, by=CHAIR))

    scene.when(open_dialogue(Rules()))
    assert scene.state.segments == AS_IT_WAS
    assert scene.state.revision == 1


def test_each_change_names_the_revision_that_it_changes():
    scene = given(open_dialogue(), change(TWO_MINUTES), change(AS_IT_WAS, base=1))

    assert scene.state.revision == 2
    assert scene.state.segments == AS_IT_WAS


def test_a_limit_counts_from_the_next_speaker_on():
    scene = given(*speaking(NIGERIA, BRAZIL), start(N), later(1), change(TWO_MINUTES))

    assert scene.state.floor is not None
    assert scene.state.floor.clock.allowance == 3 * MINUTE
    scene.when(give(B, N))
    assert scene.state.floor.clock.allowance == 2 * MINUTE


def test_enforcement_too_changes_from_the_next_speaker_on():
    firm = programme(Rules(enforcement=Enforcement.FIRM))
    scene = given(*speaking(NIGERIA, BRAZIL), start(N), later(2), change(firm))

    scene.when(later(3)).then(InterventionEnded(at(3), N, Outcome.TIME_EXPIRED))
    scene.when(give(B), start(B), later(9)).nothing()
    assert scene.state.floor_id == B


def test_a_turn_that_overran_is_not_cut_off_by_rules_that_come_later():
    firm = Rules(enforcement=Enforcement.FIRM)
    scene = given(*open_floor(firm, NIGERIA), give(N), start(N), later(4))

    scene.when(change(AS_IT_WAS), later(1)).nothing()
    assert scene.state.floor_id == N


def test_changed_rules_are_announced_for_the_segments_that_they_change():
    quick = replace(AS_IT_WAS[1], rules=Rules(limits=Limits(national=Duration(MINUTE))))
    scene = given(*open_floor(), later(1), change((AS_IT_WAS[0], quick, AS_IT_WAS[2])))

    assert scene.state.announced == {PANEL_1: Announced(at(1), "secretary/okoye")}
    assert public(scene.state)["segment"]["announced"] == {"at": at(1), "by": "secretary/okoye"}


def test_the_end_of_interpretation_comes_with_the_opening_and_changes_with_the_programme():
    opening = OpenDialogue(ID, CHAIR, AS_IT_WAS, (at(60),))
    scene = given(opening)
    assert public(scene.state)["dialogue"]["interpretation_until"] == [at(60)]

    scene.when(change(AS_IT_WAS, until=(at(60), at(120))))

    scene.then(changed(at(0), None, until=(at(60), at(120))))
    assert public(scene.state)["dialogue"]["interpretation_until"] == [at(60), at(120)]


def test_a_segment_that_was_held_stays_and_one_to_come_may_go_or_be_added():
    lunch = Segment(SegmentId("lunch"), SegmentKind.STATEMENTS)
    scene = given(open_dialogue(), begin(PANEL_1))

    scene.when(change((AS_IT_WAS[1], lunch)))

    scene.then(changed(at(0), (AS_IT_WAS[1], lunch)))
    scene.when(begin(lunch.id))
    assert scene.state.segment_id == lunch.id


def test_a_speaker_is_added_to_the_panel_that_goes_on():
    guest = PersonId("guest")
    changed = tuple(
        replace(one, speakers=(*one.speakers, guest)) if one.id == PANEL_1 else one
        for one in AS_IT_WAS
    )
    scene = given(open_dialogue(), begin(PANEL_1), change(changed, persons=(*PERSONS, guest)))

    scene.when(give_to(guest))
    assert scene.state.floor is not None
    assert scene.state.floor.person == guest


def test_a_meeting_that_is_suspended_may_be_changed():
    scene = given(open_dialogue(), suspend()).when(change(TWO_MINUTES))

    scene.then(changed(at(0), TWO_MINUTES))


def test_after_the_closing_names_may_still_be_put_right():
    scene = given(*speaking(NIGERIA), close(N)).when(change(AS_IT_WAS))

    scene.then(changed(at(0), None))


def test_delegations_come_and_whoever_has_not_been_heard_goes():
    scene = given(*open_floor(None, NIGERIA)).when(
        change(AS_IT_WAS, delegations=(NIGERIA, *EVERYBODY[2:]))
    )

    scene.then(changed(at(0), None))


def test_a_second_panel_begins_by_its_changed_rules():
    scene = given(*open_floor(), change(TWO_MINUTES), begin(PANEL_2))

    assert scene.state.segment is not None
    assert scene.state.segment.rules.limits.national == 2 * MINUTE
