"""The one way anything happens: done once, what is due first, published after the commit."""

import pytest

from moderator.core.actor import Actor
from moderator.core.commands import Undo
from moderator.core.events import ClockStarted, FloorRequested, InterventionEnded
from moderator.core.model import Rules
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import Outcome, Phase, Role
from moderator.core.units import MINUTE, SECOND, Duration, after
from moderator.service import Service, UnknownDialogue
from moderator.store import registry
from moderator.store.engine import reading
from tests.core.dialogues import (
    BELARUS,
    BRAZIL,
    CO_CHAIR,
    NIGERIA,
    PANEL_2,
    ask,
    begin,
    close,
    close_list,
    end,
    give,
    open_list,
    request,
    seat,
    start,
    take_gavel,
    withdraw,
)
from tests.fake_now import FakeNow
from tests.meetings import Meeting, opened, tapped
from tests.store.logs import DIALOGUE, add_dialogue


@pytest.fixture
def meeting(engine, now: FakeNow) -> Meeting:
    """The first panel has begun, and its list is open."""
    return opened(engine, now=now)


@pytest.fixture
def speech(meeting: Meeting) -> Meeting:
    """Nigeria was given the floor just now; Brazil waits. The clock starts in 5 s, for 3 min."""
    meeting.do(ask(NIGERIA), ask(BRAZIL), give(request(NIGERIA)))
    meeting.published.clear()
    return meeting


def refusal(meeting: Meeting, command) -> Reason:
    with pytest.raises(Rejected) as refused:
        meeting.service.handle(meeting.id, command)
    return refused.value.reason


# Once


def test_the_same_tap_again_gets_the_same_answer_and_is_recorded_once(meeting):
    first = meeting.do(ask(BRAZIL))

    assert meeting.do(ask(BRAZIL)) == first
    assert meeting.kinds(after=3) == ["FloorRequested"]
    assert meeting.published == [meeting.id]


def test_a_tap_is_answered_the_same_whatever_has_happened_since(meeting):
    first = meeting.do(ask(BRAZIL))
    meeting.do(withdraw(request(BRAZIL)), close_list(), close())

    assert meeting.do(ask(BRAZIL)) == first
    assert meeting.kinds().count("FloorRequested") == 1
    assert meeting.service.state(meeting.id).waiting == ()


@pytest.mark.parametrize(
    "other",
    [
        ask(BRAZIL, by=seat(BRAZIL, phone=2)),
        ask(BRAZIL, by=Actor(Role.SECRETARY, "okoye", "laptop")),
        ask(BRAZIL, segment=PANEL_2),
        tapped(ask(NIGERIA), request(BRAZIL)),
        tapped(take_gavel(), request(BRAZIL)),
    ],
    ids=["other seat", "other role", "other segment", "other delegation", "other command"],
)
def test_an_id_is_not_used_for_two_things(meeting, other):
    meeting.do(ask(BRAZIL))
    version = meeting.service.state(meeting.id).version

    assert refusal(meeting, other) is Reason.ID_REUSED
    assert meeting.service.state(meeting.id).version == version


def test_what_is_already_true_is_acknowledged_and_not_recorded(meeting):
    tap = tapped(open_list(by=CO_CHAIR))

    receipt = meeting.do(tap)

    assert (receipt.version, receipt.undo) == (3, None)
    assert meeting.kinds(after=3) == []
    assert meeting.published == []


def test_what_was_already_true_is_not_done_by_a_late_retry(meeting):
    tap = tapped(open_list(by=CO_CHAIR))
    first = meeting.do(tap)
    meeting.do(close_list())

    assert meeting.do(tap) == first
    assert not meeting.service.state(meeting.id).list_open


def test_a_refused_tap_may_come_again_and_is_then_decided_anew(meeting):
    meeting.do(close_list())
    assert refusal(meeting, ask(BRAZIL)) is Reason.LIST_CLOSED

    meeting.do(open_list(), ask(BRAZIL))

    assert meeting.service.state(meeting.id).waiting == (request(BRAZIL),)


def test_a_refusal_records_and_publishes_nothing(meeting):
    assert refusal(meeting, tapped(start(request(BRAZIL)))) is Reason.FLOOR_CHANGED

    assert meeting.kinds(after=3) == []
    assert meeting.published == []


def test_an_id_belongs_to_its_dialogue(engine, meeting):
    another = opened(engine, now=meeting.now, dialogue_id="another")
    meeting.do(ask(BRAZIL))

    another.do(ask(BRAZIL))

    assert another.service.state("another").waiting == (request(BRAZIL),)


# What is due


def test_what_is_due_is_recorded_at_its_deadline_before_the_command(speech):
    given_at = speech.now()
    later = speech.now.pass_by(Duration(10 * MINUTE))

    speech.do(ask(BELARUS))

    started, ended, asked = (entry for entry in speech.service.log(speech.id)[6:])
    starts_at = after(given_at, Duration(5 * SECOND))
    deadline = after(starts_at, Duration(3 * MINUTE))
    assert started.event == ClockStarted(starts_at, request(NIGERIA))
    assert ended.event == InterventionEnded(deadline, request(NIGERIA), Outcome.TIME_EXPIRED)
    assert isinstance(asked.event, FloorRequested)
    assert asked.event.at == later
    assert {(entry.actor, entry.command_id) for entry in (started, ended)} == {("clock//", None)}
    assert (asked.actor, asked.command_id) == ("delegation/BLR/phone-1", request(BELARUS))
    assert speech.published == [speech.id]


def test_a_refusal_keeps_what_was_due(speech):
    speech.now.pass_by(Duration(10 * MINUTE))

    assert refusal(speech, tapped(end(request(BRAZIL)))) is Reason.FLOOR_CHANGED

    assert speech.kinds(after=6) == ["ClockStarted", "InterventionEnded"]
    assert speech.published == [speech.id]


def test_a_reused_id_keeps_what_was_due(speech):
    speech.now.pass_by(Duration(10 * MINUTE))

    assert refusal(speech, ask(BRAZIL, segment=PANEL_2)) is Reason.ID_REUSED

    assert speech.kinds(after=6) == ["ClockStarted", "InterventionEnded"]


def test_a_retry_records_what_was_due_and_still_gets_its_old_answer(speech):
    speech.now.pass_by(Duration(10 * MINUTE))

    assert speech.do(ask(BRAZIL)).version == 5

    assert speech.kinds(after=6) == ["ClockStarted", "InterventionEnded"]
    assert speech.published == [speech.id]


def test_the_bell_records_what_is_due_once(speech):
    speech.now.pass_by(Duration(10 * MINUTE))

    speech.service.ring(speech.id)
    speech.service.ring(speech.id)

    assert speech.kinds(after=6) == ["ClockStarted", "InterventionEnded"]
    assert speech.published == [speech.id]


def test_a_bell_that_rings_too_early_records_nothing(speech):
    speech.now.pass_by(Duration(5 * SECOND - 1))

    speech.service.ring(speech.id)

    assert speech.kinds(after=6) == []
    assert speech.published == []


def test_whoever_looks_records_what_is_due(speech):
    speech.now.pass_by(Duration(10 * MINUTE))

    state = speech.service.state(speech.id)

    assert state.floor is None
    assert speech.kinds(after=6) == ["ClockStarted", "InterventionEnded"]


def test_whoever_looks_in_between_records_nothing(speech):
    assert speech.service.state(speech.id).version == 6

    assert speech.published == []


def test_the_nearest_deadline_is_known_from_the_commit_on(meeting):
    assert meeting.service.deadlines() == ()

    meeting.do(ask(NIGERIA), give(request(NIGERIA)))
    starts_at = after(meeting.now(), Duration(5 * SECOND))
    assert meeting.service.deadlines() == ((meeting.id, starts_at),)

    meeting.now.instant = starts_at
    meeting.service.ring(meeting.id)
    deadline = after(starts_at, Duration(3 * MINUTE))
    assert meeting.service.deadlines() == ((meeting.id, deadline),)

    meeting.now.instant = deadline
    meeting.service.ring(meeting.id)
    assert meeting.service.deadlines() == ()


def test_a_clock_that_starts_at_once_is_acknowledged_as_one_with_the_floor(engine, now):
    meeting = opened(engine, Rules(start_after=Duration(0)), now)

    receipt = meeting.do(ask(BRAZIL), give(request(BRAZIL)))

    assert meeting.kinds(after=4) == ["FloorGiven", "ClockStarted"]
    assert (receipt.version, receipt.undo) == (6, 6)


# Publishing


def test_publishing_comes_after_the_commit_and_outside_the_lock(engine, meeting):
    seen = []

    def publish(dialogue_id: str) -> None:
        fresh = Meeting(engine, meeting.now)
        seen.append(fresh.service.state(dialogue_id).version)
        service.ring(dialogue_id)  # would wait for ever inside the lock

    service = Service(engine, meeting.now, publish)
    service.handle(meeting.id, ask(BRAZIL))

    assert seen == [4]


def test_each_dialogue_is_published_by_its_own_name(engine, meeting):
    another = opened(engine, now=meeting.now, dialogue_id="another")

    another.do(ask(BRAZIL))

    assert (meeting.published, another.published) == ([], ["another"])


# Undoing


def test_a_receipt_tells_by_which_version_it_can_be_undone(meeting):
    assert meeting.do(ask(BRAZIL)).undo is None
    assert meeting.do(take_gavel()).undo is None
    assert meeting.do(give(request(BRAZIL))).undo == 6


def test_a_command_is_taken_back_once(speech):
    undo = tapped(Undo(take_gavel().id, CO_CHAIR, speech.service.done(speech.id, 6)))

    receipt = speech.do(undo)

    assert receipt == speech.do(undo)
    assert receipt.undo is None
    assert speech.kinds(after=6) == ["CommandUndone", "InterventionReturned"]
    assert speech.service.state(speech.id).floor is None


def test_a_command_is_found_by_any_row_that_it_wrote(speech):
    speech.do(begin(PANEL_2, request(NIGERIA)))

    found = [speech.service.done(speech.id, version) for version in (7, 8, 9, 10)]

    assert speech.kinds(after=6) == [
        "InterventionEnded",
        "ListClosed",
        "RequestNotReached",
        "SegmentBegun",
    ]
    assert all(done == found[0] for done in found)
    assert (found[0].by.role, found[0].version, len(found[0].events)) == (Role.CHAIR, 10, 4)


def test_what_time_alone_brought_about_is_nobodys_to_take_back(speech):
    speech.now.pass_by(Duration(10 * MINUTE))
    speech.service.ring(speech.id)

    for version in (7, 8, 99):
        with pytest.raises(Rejected, match=Reason.UNKNOWN_VERSION):
            speech.service.done(speech.id, version)


# The dialogue's row


def test_the_row_of_a_dialogue_says_when_it_was_closed(engine, meeting):
    receipt = meeting.do(close())
    with reading(engine) as connection:
        (row,) = registry.dialogues(connection)
    assert row.closed_at == meeting.now()

    done = meeting.service.done(meeting.id, receipt.version)
    meeting.do(Undo(take_gavel().id, CO_CHAIR, done))
    with reading(engine) as connection:
        (row,) = registry.dialogues(connection)
    assert row.closed_at is None
    assert meeting.service.state(meeting.id).phase is Phase.OPEN


def test_versions_are_those_on_disk(engine, meeting):
    add_dialogue(engine, "another")

    assert meeting.service.versions((DIALOGUE.id, "another", "nowhere")) == {
        DIALOGUE.id: 3,
        "another": 0,
    }


def test_an_unknown_dialogue_is_said_to_be_unknown(meeting):
    service = meeting.service

    for attempt in (
        lambda: service.handle("nowhere", ask(BRAZIL)),
        lambda: service.ring("nowhere"),
        lambda: service.state("nowhere"),
    ):
        with pytest.raises(UnknownDialogue, match="nowhere"):
            attempt()
    assert service.log("nowhere") == ()
    assert meeting.published == []
