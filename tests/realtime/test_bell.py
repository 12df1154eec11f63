"""The bell rings for every dialogue at its deadline, whatever is wrong with another."""

import pytest
import sqlalchemy as sa

from moderator.core.units import SECOND, Duration, Instant, after
from moderator.realtime.bell import AFTER_A_FAULT_S, LONGEST_SLEEP_S, Bell, ring_all
from moderator.service import DamagedLog, Service
from moderator.store.engine import NotRecorded
from tests.core.dialogues import NIGERIA, ask, give, request
from tests.fake_now import FakeNow
from tests.meetings import Meeting, opened


@pytest.fixture
def speech(engine: sa.Engine, now: FakeNow) -> Meeting:
    """Nigeria has the floor; its clock starts by itself in five seconds."""
    meeting = opened(engine, now=now)
    meeting.do(ask(NIGERIA), give(request(NIGERIA)))
    return meeting


def test_the_bell_sleeps_to_the_nearest_deadline_and_never_longer_than_its_net(
    speech: Meeting, now: FakeNow
) -> None:
    assert ring_all(speech.service) == LONGEST_SLEEP_S

    now.instant = after(now(), Duration(4_700))
    assert ring_all(speech.service) == pytest.approx(0.3)


def test_the_bell_rings_for_ever_and_again_when_it_is_woken(
    speech: Meeting, now: FakeNow, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Over(BaseException):
        """The test has seen enough."""

    def deadlines() -> tuple[tuple[str, Instant], ...]:
        looks.append(now())
        match len(looks):
            case 1:
                raise NotRecorded("the database is away")
            case 2:
                bell.wake()
                return ()
            case _:
                raise Over

    looks: list[Instant] = []
    bell = Bell()
    monkeypatch.setattr(speech.service, "deadlines", deadlines)

    assert bell.rested() is None

    with pytest.raises(Over):
        bell.run(speech.service)

    assert len(looks) == 3
    rested = bell.rested()
    assert rested is not None
    assert rested >= 0


def test_a_bell_that_cannot_write_tries_again(
    speech: Meeting, now: FakeNow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_dialogue_id: str) -> None:
        raise NotRecorded("the database is away")

    now.instant = after(now(), Duration(5 * SECOND))
    with monkeypatch.context() as patched:
        patched.setattr(speech.service, "ring", away)
        assert ring_all(speech.service) == AFTER_A_FAULT_S

    ring_all(speech.service)

    assert speech.kinds()[-1] == "ClockStarted"


def test_what_is_due_is_rung(speech: Meeting, now: FakeNow) -> None:
    now.instant = after(now(), Duration(5 * SECOND))

    ring_all(speech.service)

    assert speech.kinds()[-1] == "ClockStarted"


def test_a_dialogue_that_cannot_be_rung_keeps_no_other_from_it(
    speech: Meeting, engine: sa.Engine, now: FakeNow, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opened(engine, now=now, dialogue_id="other")
    other.do(ask(NIGERIA), give(request(NIGERIA)))
    now.instant = after(now(), Duration(5 * SECOND))
    ring = Service.ring

    def broken(service: Service, dialogue_id: str) -> None:
        if dialogue_id == min(speech.id, other.id):
            raise DamagedLog(dialogue_id)
        ring(service, dialogue_id)

    monkeypatch.setattr(Service, "ring", broken)
    pause = ring_all(speech.service)

    whole = max(speech, other, key=lambda meeting: meeting.id)
    assert whole.kinds()[-1] == "ClockStarted"
    assert pause == AFTER_A_FAULT_S


def test_it_is_told_how_late_the_bell_was(speech: Meeting, now: FakeNow) -> None:
    late: list[Duration] = []

    now.instant = after(now(), Duration(5 * SECOND + 40))
    ring_all(speech.service, late.append)
    ring_all(speech.service, late.append)

    assert late == [40]
