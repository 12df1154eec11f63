"""Sends each audience what has changed: one channel per dialogue in this process.

A channel compares what it last published with what is now true, and sends the sections that
differ. What concerns floor and clock goes at once; a change of the list alone waits a moment, so
that a rush of requests becomes a few messages.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from moderator.audience import Audience, view_of
from moderator.core.model import Dialogue
from moderator.core.view import View
from moderator.service import Service, UnknownDialogue
from moderator.store.engine import NotRecorded

LIST_GAP_S: Final = 0.1
LONG_LIST_GAP_S: Final = 0.5
LONG_LIST: Final = 50
"""More waiting than this, and the list goes out twice a second instead of ten times."""

POLL_S: Final = 1.0
"""How often a channel looks for itself, should a wake-up be lost."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one audience holds of a dialogue: its view, and the state that this is a view of."""

    state: Dialogue
    view: View


Emit = Callable[[str, Any, str], None]
"""(event, payload, room)."""

Spawn = Callable[[Callable[[], None]], object]
Enter = Callable[[str, Snapshot], None]
"""Puts a socket in a room and sends it its snapshot."""

Published = Callable[[str, float], None]
"""Hears which news has gone out ("floor", or "list" alone), and how long after the commit, in s."""


class Publisher:
    """Keeps a channel for every dialogue that somebody listens to in this process.

    `monotonic` is a clock in seconds that nobody steps.
    """

    def __init__(
        self,
        emit: Emit,
        spawn: Spawn,
        monotonic: Callable[[], float] = time.monotonic,
        published: Published = lambda _news, _seconds: None,
    ) -> None:
        self._emit = emit
        self._spawn = spawn
        self._monotonic = monotonic
        self._published = published
        self._service: Service | None = None
        self._channels: dict[str, Channel] = {}
        self._lock = threading.Lock()

    def serve(self, service: Service) -> None:
        """Say whose dialogues are published; once, when the installation is put together."""
        self._service = service

    def wake(self, dialogue_id: str) -> None:
        """A dialogue has moved on; the channel, if there is one, looks what has changed."""
        channel = self._channels.get(dialogue_id)
        if channel is not None:
            channel.wake()

    def join(self, dialogue_id: str, audience: Audience, socket: str, enter: Enter) -> None:
        """Let a socket listen. Whatever is published after its snapshot reaches it, in order.

        Raises UnknownDialogue and NotRecorded, and what `enter` raises; then it does not listen.
        """
        # Locked to the end, so that no channel retires while somebody joins it.
        with self._lock:
            channel = self._channels.get(dialogue_id)
            if channel is None:
                channel = self._open(dialogue_id)
            channel.join(audience, socket, enter)

    def leave(self, dialogue_id: str, socket: str) -> None:
        """A socket has gone; a channel that nobody listens to retires. This takes no lock."""
        channel = self._channels.get(dialogue_id)
        if channel is not None:
            channel.leave(socket)

    def listening(self, audience: str) -> int:
        """How many sockets of an audience listen in this process."""
        channels = tuple(self._channels.values())
        return sum(channel.listening(audience) for channel in channels)

    def beat(self, audiences: tuple[Audience, ...]) -> None:
        """Tell some audiences of every dialogue the version they should hold, and the time."""
        for dialogue_id, channel in tuple(self._channels.items()):
            try:
                channel.beat(audiences)
            except Exception:
                log.exception("a beat failed", extra={"dialogue": dialogue_id})

    def _open(self, dialogue_id: str) -> "Channel":
        assert self._service is not None  # noqa: S101  wired before anybody can connect
        channel = Channel(dialogue_id, self._service, self._emit, self._monotonic, self._published)
        self._channels[dialogue_id] = channel
        self._spawn(lambda: channel.run(lambda: self._retire(dialogue_id)))
        return channel

    def _retire(self, dialogue_id: str) -> bool:
        """Forget a channel, unless somebody has joined it meanwhile."""
        with self._lock:
            if self._channels[dialogue_id].is_listened_to():
                return False
            del self._channels[dialogue_id]
            return True


class Channel:
    """One dialogue's audiences in this process, and what they were last sent.

    What is sent is sent under the lock, and may find a socket dead: so leaving must not need it.
    """

    def __init__(
        self,
        dialogue_id: str,
        service: Service,
        emit: Emit,
        monotonic: Callable[[], float],
        published: Published,
    ) -> None:
        self._id = dialogue_id
        self._service = service
        self._emit = emit
        self._monotonic = monotonic
        self._published = published
        self._sockets: dict[str, Audience] = {}
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._woken.set()  # something may have happened since the state was read
        self._moved_at: float | None = None
        self._sent_at = float("-inf")
        self._state = service.state(dialogue_id)
        self._views = _views(self._state)

    def join(self, audience: Audience, socket: str, enter: Enter) -> None:
        """Put a socket among those that are told, between two rounds of telling."""
        with self._lock:
            enter(room(self._id, audience), Snapshot(self._state, self._views[audience]))
            self._sockets[socket] = audience

    def leave(self, socket: str) -> None:
        """Tell this socket nothing more; nothing happens when it never listened."""
        self._sockets.pop(socket, None)
        if not self._sockets:
            self._woken.set()

    def is_listened_to(self) -> bool:
        """Whether any socket listens."""
        return bool(self._sockets)

    def listening(self, audience: str) -> int:
        """How many sockets of an audience listen."""
        return tuple(self._sockets.values()).count(Audience(audience))

    def wake(self) -> None:
        """The dialogue has moved on: look at once."""
        if self._moved_at is None:
            self._moved_at = self._monotonic()
        self._woken.set()

    def beat(self, audiences: tuple[Audience, ...]) -> None:
        """Tell some audiences the version that they should hold, and the time."""
        with self._lock:
            beat = {"version": self._state.version, "now": self._service.now()}
            for audience in self._audiences().intersection(audiences):
                self._emit("beat", beat, room(self._id, audience))

    def run(self, retire: Callable[[], bool]) -> None:
        """Publish until nobody listens; a fault of one round does not end the channel."""
        while True:
            self._woken.wait(POLL_S)
            self._woken.clear()
            if not self._sockets and retire():
                return
            try:
                self._look()
            except NotRecorded:
                continue  # the database is away; the next round finds what was missed
            except UnknownDialogue:
                continue  # a rehearsal that was ended; those who listen are shown out soon
            except Exception:
                log.exception("publishing failed", extra={"dialogue": self._id})

    def _look(self) -> None:
        moved_at = self._moved_at
        state = self._service.state(self._id)
        if state.version == self._state.version:
            self._moved_at = None
            return
        gap = self._gap(state)
        wait = self._sent_at + gap - self._monotonic()
        if wait > 0:
            # Woken before it is over, something else may have happened: look again.
            self._woken.wait(wait)
            self._woken.set()
            return
        self._publish(state)
        if moved_at is not None:
            self._published("list" if gap else "floor", self._sent_at - moved_at)
            self._moved_at = None

    def _gap(self, state: Dialogue) -> float:
        """How long after the last message this news goes out, in seconds."""
        if _urgent(state) != _urgent(self._state):
            return 0
        return LONG_LIST_GAP_S if len(state.waiting) > LONG_LIST else LIST_GAP_S

    def _publish(self, state: Dialogue) -> None:
        views = _views(state)
        with self._lock:
            now = self._service.now()
            for audience in self._audiences():
                changed = _changes(self._views[audience], views[audience])
                patch = {
                    "from": self._state.version,
                    "to": state.version,
                    "now": now,
                    "set": changed,
                }
                self._emit("patch", patch, room(self._id, audience))
            self._state, self._views = state, views
            self._sent_at = self._monotonic()

    def _audiences(self) -> set[Audience]:
        """Who listens; copied first, since sockets leave while others are told."""
        return set(tuple(self._sockets.values()))


def room(dialogue_id: str, audience: Audience) -> str:
    """The name of an audience's room."""
    return f"{dialogue_id}/{audience}"


def _views(state: Dialogue) -> dict[Audience, View]:
    public = view_of(state, Audience.PUBLIC)
    return {
        Audience.BUREAU: view_of(state, Audience.BUREAU),
        Audience.PUBLIC: public,
        Audience.DISPLAY: public,
    }


def _changes(old: View, new: View) -> View:
    return {section: value for section, value in new.items() if old[section] != value}


def _urgent(state: Dialogue) -> tuple[object, ...]:
    """All that goes out at once when it changes: everything but who waits, and in which order.

    A point of order that was raised is the bureau's to know at once, too.
    """
    return (
        *(state.phase, state.segment_id, state.list_open, state.floor, state.last, state.gavel),
        state.points,
    )
