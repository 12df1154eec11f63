"""Channels: who is told what and when, without gaps, whatever happens while they are told."""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from moderator.audience import Audience, view_of
from moderator.core.model import Dialogue
from moderator.core.terms import DelegationCode
from moderator.realtime import publisher as module
from moderator.realtime.publisher import (
    LIST_GAP_S,
    LONG_LIST,
    LONG_LIST_GAP_S,
    Publisher,
    Snapshot,
    room,
)
from moderator.service import UnknownDialogue
from moderator.store.engine import NotRecorded
from tests.core.dialogues import (
    BRAZIL,
    NIGERIA,
    Scene,
    ask,
    begin,
    end,
    give,
    given,
    later,
    move,
    open_dialogue,
    open_floor,
    open_list,
    request,
    start,
    stop,
    take_gavel,
    withdraw,
)
from tests.core.dialogues import PANEL_1 as PANEL

PATIENCE_S = 30.0
"""So long may the slowest machine take to publish what a test waits for."""

NEVER_S = 3600.0

Message = tuple[str, Any, str]


class Stage:
    """Stands in for the service: the scene of each dialogue as it is now."""

    def __init__(self, **scenes: Scene) -> None:
        self.scenes = scenes
        self.away = False
        self.asked = threading.Event()

    def now(self) -> int:
        return max(scene.now for scene in self.scenes.values())

    def state(self, dialogue_id: str) -> Dialogue:
        try:
            if self.away:
                raise NotRecorded("the database is away")
            if dialogue_id not in self.scenes:
                raise UnknownDialogue(dialogue_id)
            return self.scenes[dialogue_id].state
        finally:
            self.asked.set()


class Seconds:
    """A clock that stands still, and tells when somebody has looked at it."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._looks = 0
        self._looked = threading.Condition()

    def __call__(self) -> float:
        with self._looked:
            self._looks += 1
            self._looked.notify_all()
            return self._now

    def pass_by(self, seconds: float) -> None:
        with self._looked:
            self._now += seconds
            self._looks = 0

    def until_looked_at(self) -> None:
        with self._looked:
            # Twice: the first look may have begun before the clock was moved.
            assert self._looked.wait_for(lambda: self._looks > 1, PATIENCE_S)


class House:
    """A publisher with its stage, and all that it sends."""

    def __init__(self, **scenes: Scene) -> None:
        self.stage = Stage(**scenes)
        self.seconds = Seconds()
        self.sent: queue.Queue[Message] = queue.Queue()
        self.threads: list[threading.Thread] = []
        self.on_emit: Callable[[str, Any, str], None] = lambda *_: None
        self.published: list[tuple[str, float]] = []
        self.publisher = Publisher(self._emit, self._spawn, self.seconds, self._published)
        self.publisher.serve(self.stage)  # type: ignore[arg-type]

    def join(
        self,
        socket: str = "phone",
        audience: Audience = Audience.PUBLIC,
        dialogue: str = "d",
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Snapshot:
        """Let a socket listen; `meanwhile` happens while it enters."""
        entered: list[Snapshot] = []

        def enter(where: str, snapshot: Snapshot) -> None:
            assert where == room(dialogue, audience)
            entered.append(snapshot)
            meanwhile()

        self.publisher.join(dialogue, audience, socket, enter)
        (snapshot,) = entered
        return snapshot

    def happens(self, *steps: Any, dialogue: str = "d") -> Dialogue:
        """Something is recorded, and the publisher is woken."""
        state = self.stage.scenes[dialogue].when(*steps).state
        self.publisher.wake(dialogue)
        return state

    def until_looked(self) -> None:
        """Wake the channel, and wait until it has looked."""
        self.stage.asked.clear()
        self.publisher.wake("d")
        assert self.stage.asked.wait(PATIENCE_S)

    def _published(self, news: str, seconds: float) -> None:
        self.published.append((news, seconds))

    def patch(self, audience: Audience = Audience.PUBLIC, dialogue: str = "d") -> Any:
        """The next message, which is a patch for an audience."""
        event, body, where = self.sent.get(timeout=PATIENCE_S)
        assert (event, where) == ("patch", room(dialogue, audience))
        return body

    def retired(self) -> None:
        """Wait until every channel has ended."""
        for thread in self.threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()

    def _emit(self, event: str, body: Any, where: str) -> None:
        self.on_emit(event, body, where)
        self.sent.put((event, body, where))

    def _spawn(self, run: Callable[[], None]) -> None:
        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()


@pytest.fixture(autouse=True)
def _wakes_alone_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A channel that looks for itself each second would hide that it was not woken."""
    monkeypatch.setattr(module, "POLL_S", NEVER_S)


@pytest.fixture
def house() -> Iterator[House]:
    """A house in which a dialogue, d, has an open list on which nobody waits."""
    made = House(d=given(*open_floor()))
    yield made
    made.on_emit = lambda *_: None
    for socket in ("phone", "second phone", "chair", "display"):
        made.publisher.leave("d", socket)
    made.retired()


def test_who_joins_is_shown_what_holds_and_then_told_what_changes(house: House):
    snapshot = house.join()

    state = house.happens(ask(NIGERIA))

    patch = house.patch()
    assert snapshot.view == view_of(snapshot.state, Audience.PUBLIC)
    assert (patch["from"], patch["to"]) == (snapshot.state.version, state.version)
    assert patch["now"] == house.stage.now()
    assert patch["set"] == {"list": view_of(state, Audience.PUBLIC)["list"]}


def test_whoever_merges_every_patch_holds_what_is_true(house: House):
    audiences = {
        "chair": Audience.BUREAU,
        "phone": Audience.PUBLIC,
        "display": Audience.DISPLAY,
    }
    held = {a: house.join(socket, a) for socket, a in audiences.items()}
    views = {audience: dict(snapshot.view) for audience, snapshot in held.items()}
    versions = {audience: snapshot.state.version for audience, snapshot in held.items()}
    floor = request(NIGERIA)

    for step in (
        ask(NIGERIA),
        ask(BRAZIL),
        move(request(BRAZIL), request(NIGERIA)),
        take_gavel(),
        give(floor),
        start(floor),
        later(1),
        stop(floor),
        withdraw(request(BRAZIL)),
        end(floor),
        begin(PANEL),
    ):
        before = house.stage.scenes["d"].state.version
        state = house.happens(step)
        house.seconds.pass_by(LIST_GAP_S)
        for _ in audiences if state.version > before else ():
            event, patch, where = house.sent.get(timeout=PATIENCE_S)
            audience = Audience(where.partition("/")[2])
            assert event == "patch"
            assert patch["from"] == versions[audience]
            versions[audience] = patch["to"]
            views[audience].update(patch["set"])

    state = house.stage.scenes["d"].state
    for audience, view in views.items():
        assert versions[audience] == state.version
        assert view == view_of(state, audience)


def test_an_audience_that_sees_nothing_of_a_change_gets_its_numbers(house: House):
    house.join()

    state = house.happens(take_gavel())

    patch = house.patch()
    assert (patch["to"], patch["set"]) == (state.version, {})


def test_only_audiences_that_somebody_is_in_are_told(house: House):
    house.join("display", Audience.DISPLAY)
    house.join("phone", Audience.PUBLIC)
    house.publisher.leave("d", "phone")

    house.happens(take_gavel())

    house.patch(Audience.DISPLAY)
    house.happens(ask(NIGERIA))
    house.seconds.pass_by(LIST_GAP_S)
    house.patch(Audience.DISPLAY)


def test_changes_of_the_list_wait_for_each_other(house: House):
    house.join()
    first = house.happens(ask(NIGERIA))
    assert house.patch()["to"] == first.version

    house.happens(ask(BRAZIL))
    house.seconds.pass_by(LIST_GAP_S / 2)
    house.seconds.until_looked_at()
    last = house.happens(move(request(BRAZIL), request(NIGERIA)))
    house.seconds.pass_by(LIST_GAP_S)

    patch = house.patch()
    assert (patch["from"], patch["to"]) == (first.version, last.version)
    assert patch["set"]["list"]["order"] == [BRAZIL, NIGERIA]


def test_a_long_list_waits_longer(house: House):
    many = [DelegationCode(f"D{number}") for number in range(LONG_LIST + 1)]
    house.stage.scenes["d"].when(*(ask(code) for code in many))
    house.join()
    first = house.happens(ask(NIGERIA))
    assert house.patch()["to"] == first.version

    house.happens(ask(BRAZIL))
    house.seconds.pass_by(LIST_GAP_S)
    house.seconds.until_looked_at()
    last = house.happens(withdraw(request(NIGERIA)))
    house.seconds.pass_by(LONG_LIST_GAP_S)

    patch = house.patch()
    assert (patch["from"], patch["to"]) == (first.version, last.version)


@pytest.mark.parametrize(
    "step", [give(request(NIGERIA)), take_gavel()], ids=["the floor", "the gavel"]
)
def test_the_floor_waits_for_nothing_and_takes_the_list_along(house: House, step: Any):
    house.join()
    house.happens(ask(NIGERIA))
    first = house.patch()

    house.happens(ask(BRAZIL))
    last = house.happens(step)

    patches = [house.patch()]
    while patches[-1]["to"] < last.version:
        patches.append(house.patch())
    assert patches[0]["from"] == first["to"]
    assert patches[-1]["to"] == last.version


def test_a_beat_tells_the_version_and_the_time_to_those_it_is_for(house: House):
    version = house.join("chair", Audience.BUREAU).state.version
    house.join("display", Audience.DISPLAY)

    house.publisher.beat((Audience.DISPLAY, Audience.PUBLIC))

    beat = {"version": version, "now": house.stage.now()}
    assert house.sent.get(timeout=PATIENCE_S) == ("beat", beat, room("d", Audience.DISPLAY))
    assert house.sent.empty()


def test_what_happens_while_a_socket_enters_reaches_it_after_its_snapshot(house: House):
    told: list[str] = []
    house.on_emit = lambda event, *_: told.append(event)
    house.join("display", Audience.DISPLAY)
    house.until_looked()

    def meanwhile() -> None:
        house.stage.scenes["d"].when(take_gavel())
        house.until_looked()  # the channel has seen it, and must wait
        told.append("snapshot")

    snapshot = house.join("phone", Audience.PUBLIC, meanwhile=meanwhile)

    patches = [house.sent.get(timeout=PATIENCE_S) for _ in range(2)]
    assert told == ["snapshot", "patch", "patch"]
    assert {body["from"] for _, body, _ in patches} == {snapshot.state.version}


def test_what_happens_before_a_channel_can_be_woken_is_found_when_it_starts(house: House):
    house.join(meanwhile=lambda: house.stage.scenes["d"].when(ask(NIGERIA)) and None)

    assert house.patch()["to"] == house.stage.scenes["d"].state.version


def test_a_lost_wake_up_is_made_up_for(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "POLL_S", 0.01)
    house.join()

    state = house.stage.scenes["d"].when(ask(NIGERIA)).state

    assert house.patch()["to"] == state.version


def test_waking_a_dialogue_that_nobody_listens_to_does_nothing(house: House):
    house.publisher.wake("d")
    house.publisher.leave("d", "phone")
    house.publisher.beat((Audience.PUBLIC,))

    assert house.sent.empty()


def test_a_channel_that_nobody_listens_to_retires_and_is_opened_again(house: House):
    house.join()
    house.publisher.leave("d", "phone")
    house.retired()
    house.stage.scenes["d"].when(ask(NIGERIA))

    snapshot = house.join("second phone")

    assert snapshot.view["list"]["order"] == [NIGERIA]
    state = house.happens(ask(BRAZIL))
    patch = house.patch()
    assert (patch["from"], patch["to"]) == (snapshot.state.version, state.version)


def test_a_channel_that_is_about_to_retire_stays_for_who_joins_it(house: House):
    house.join()

    # The last one goes while the next one comes.
    snapshot = house.join("second phone", meanwhile=lambda: house.publisher.leave("d", "phone"))

    state = house.happens(ask(NIGERIA))
    patch = house.patch()
    assert (patch["from"], patch["to"]) == (snapshot.state.version, state.version)


def test_a_socket_that_is_found_dead_while_it_is_told_holds_nobody_up(house: House):
    """engineio closes a socket whose ping was not answered when something is sent to it."""
    house.join("phone")
    house.join("second phone")
    house.on_emit = lambda *_: house.publisher.leave("d", "phone")

    house.happens(take_gavel())
    house.patch()
    house.publisher.beat((Audience.PUBLIC,))

    assert house.sent.get(timeout=PATIENCE_S)[0] == "beat"


def test_the_last_socket_may_be_found_dead_while_it_is_told(house: House):
    house.join("phone")
    house.on_emit = lambda *_: house.publisher.leave("d", "phone")

    house.happens(take_gavel())

    house.retired()


def test_who_cannot_enter_does_not_listen(house: House):
    def fail() -> None:
        raise RuntimeError("the socket has gone")

    with pytest.raises(RuntimeError):
        house.join(meanwhile=fail)

    house.retired()


def test_a_dialogue_that_is_none_cannot_be_joined(house: House):
    with pytest.raises(UnknownDialogue):
        house.join(dialogue="another")

    assert house.threads == []


def test_a_fault_in_one_dialogue_does_not_reach_the_others(caplog: pytest.LogCaptureFixture):
    house = House(d=given(open_dialogue()), other=given(open_dialogue()))
    house.join("phone")
    house.join("second phone", dialogue="other")

    def fail(_event: str, _body: Any, where: str) -> None:
        if where.startswith("d/"):
            raise RuntimeError("a fault of ours")

    house.on_emit = fail
    with caplog.at_level(logging.ERROR):
        house.publisher.beat((Audience.PUBLIC,))
        assert house.sent.get(timeout=PATIENCE_S)[2] == room("other", Audience.PUBLIC)
        house.happens(begin(PANEL), dialogue="other")
        house.patch(dialogue="other")
        house.happens(begin(PANEL))

    house.on_emit = lambda *_: None
    house.publisher.leave("d", "phone")
    house.publisher.leave("other", "second phone")
    house.retired()
    assert "a beat failed" in caplog.text


def test_what_could_not_be_sent_is_sent_with_what_comes_next(
    house: House, caplog: pytest.LogCaptureFixture
):
    failed = threading.Event()

    def fail(*_: Any) -> None:
        failed.set()
        raise RuntimeError("a fault of ours")

    snapshot = house.join()
    house.on_emit = fail
    with caplog.at_level(logging.ERROR):
        house.happens(ask(NIGERIA))
        assert failed.wait(PATIENCE_S)
    house.on_emit = lambda *_: None

    state = house.happens(take_gavel())

    patch = house.patch()
    assert patch["from"] == snapshot.state.version
    while patch["to"] < state.version:
        patch = house.patch()
    assert patch["to"] == state.version
    assert "publishing failed" in caplog.text


def test_while_the_database_is_away_nothing_is_lost(house: House):
    snapshot = house.join()
    house.stage.away = True
    house.stage.scenes["d"].when(ask(NIGERIA))
    house.until_looked()

    house.stage.away = False
    state = house.happens(ask(BRAZIL))

    patch = house.patch()
    assert patch["from"] == snapshot.state.version
    while patch["to"] < state.version:
        house.seconds.pass_by(LIST_GAP_S)
        patch = house.patch()
    assert patch["to"] == state.version


@pytest.mark.story(5)
def test_an_open_list_is_told_at_once():
    house = House(d=given(open_dialogue(), begin(PANEL)))
    house.join()
    house.happens(open_list())
    assert house.patch()["set"]["list"]["open"] is True

    house.publisher.leave("d", "phone")
    house.retired()


# What is told of it


def test_it_is_told_how_long_news_took_from_its_commit(house: House) -> None:
    house.join()
    house.happens(ask(NIGERIA))
    house.patch()
    house.seconds.pass_by(1)

    house.happens(ask(BRAZIL))
    house.patch()
    house.happens(take_gavel())
    house.patch()
    house.until_looked()

    assert house.published == [("list", 0), ("list", 0), ("floor", 0)]


def test_the_time_that_news_of_the_list_is_held_back_counts(house: House) -> None:
    house.join()
    house.happens(ask(NIGERIA))
    house.patch()

    house.happens(ask(BRAZIL))
    house.until_looked()
    house.seconds.pass_by(LIST_GAP_S)
    house.publisher.wake("d")
    house.patch()
    house.until_looked()

    assert house.published[-1] == ("list", pytest.approx(LIST_GAP_S))


def test_a_wake_up_for_nothing_makes_no_later_news_late(house: House) -> None:
    house.join()
    house.until_looked()
    house.until_looked()
    house.seconds.pass_by(3600)

    house.happens(take_gavel())
    house.patch()
    house.until_looked()

    assert house.published == [("floor", 0)]


def test_the_sockets_of_an_audience_are_counted() -> None:
    house = House(d=given(open_dialogue()), other=given(open_dialogue()))
    house.join("phone")
    house.join("second phone", dialogue="other")
    house.join("screen", Audience.DISPLAY)

    assert [house.publisher.listening(audience) for audience in Audience] == [0, 2, 1]
    house.publisher.leave("d", "phone")
    house.publisher.leave("d", "screen")
    house.publisher.leave("other", "second phone")
    house.retired()
    assert house.publisher.listening(Audience.PUBLIC) == 0
