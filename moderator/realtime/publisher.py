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
from moderator.service import Service
from moderator.store.engine import NotRecorded

LIST_GAP_S: Final = 0.1
LONG_LIST_GAP_S: Final = 0.5
LONG_LIST: Final = 50
"""More waiting than this, and the list goes out twice a second instead of ten times."""

POLL_S: Final = 1.0
"""How often a channel looks for itself, should a wake-up be lost."""

Emit = Callable[[str, Any, str], None]
"""(event, payload, room or socket)."""

Spawn = Callable[[Callable[[], None]], object]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one audience holds of a dialogue: its view, and the state that this is a view of."""

    state: Dialogue
    view: View


class Publisher:
    """Keeps a channel for every dialogue that somebody listens to in this process."""

    def __init__(self, emit: Emit, spawn: Spawn) -> None:
        self._emit = emit
        self._spawn = spawn
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

    def join(
        self, dialogue_id: str, audience: Audience, socket: str, enter: Callable[[str], None]
    ) -> Snapshot:
        """Let a socket listen: `enter(room)` puts it in its room; tells what to show first.

        Whatever is published after the snapshot reaches the socket, in order. Raises
        UnknownDialogue.
        """
        assert self._service is not None  # noqa: S101  wired before anybody can connect
        with self._lock:
            channel = self._channels.get(dialogue_id)
            if channel is None:
                channel = Channel(dialogue_id, self._service, self._emit)
                self._channels[dialogue_id] = channel
                self._spawn(channel.run)
        return channel.join(audience, socket, enter)

    def leave(self, dialogue_id: str, socket: str) -> None:
        """A socket has gone; a channel that nobody listens to is closed."""
        with self._lock:
            channel = self._channels.get(dialogue_id)
            if channel is not None and channel.leave(socket):
                del self._channels[dialogue_id]

    def beat(self, audiences: tuple[Audience, ...]) -> None:
        """Tell some audiences of every dialogue the version they should hold, and the time."""
        for channel in tuple(self._channels.values()):
            channel.beat(audiences)


class Channel:
    """One dialogue's audiences in this process, and what they were last sent."""

    def __init__(self, dialogue_id: str, service: Service, emit: Emit) -> None:
        self._id = dialogue_id
        self._service = service
        self._emit = emit
        self._sockets: dict[str, Audience] = {}
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._closed = False
        self._sent_at = 0.0
        self._state = service.state(dialogue_id)
        self._views = _views(self._state)

    def join(self, audience: Audience, socket: str, enter: Callable[[str], None]) -> Snapshot:
        """Put a socket among those that are told, between two rounds of telling."""
        with self._lock:
            self._sockets[socket] = audience
            enter(room(self._id, audience))
            return Snapshot(self._state, self._views[audience])

    def leave(self, socket: str) -> bool:
        """Whether the channel is closed, because that was the last socket."""
        with self._lock:
            self._sockets.pop(socket, None)
            self._closed = not self._sockets
        self._woken.set()
        return self._closed

    def wake(self) -> None:
        """Look at once whether the dialogue has moved on."""
        self._woken.set()

    def beat(self, audiences: tuple[Audience, ...]) -> None:
        """Tell some audiences the version that they should hold, and the time."""
        with self._lock:
            beat = {"version": self._state.version, "now": self._service.now()}
            for audience in set(self._sockets.values()).intersection(audiences):
                self._emit("beat", beat, room(self._id, audience))

    def run(self) -> None:
        """Publish until nobody listens; a fault of one round does not end the channel."""
        while not self._closed:
            self._woken.wait(POLL_S)
            self._woken.clear()
            try:
                self._look()
            except NotRecorded:
                continue  # the database is away; the next round finds what was missed
            except Exception:
                log.exception("publishing dialogue %s failed", self._id)

    def _look(self) -> None:
        state = self._service.state(self._id)
        if state.version == self._state.version:
            return
        if _urgent(state) == _urgent(self._state):
            gap = LONG_LIST_GAP_S if len(state.waiting) > LONG_LIST else LIST_GAP_S
            wait = self._sent_at + gap - time.monotonic()
            if wait > 0:
                # Woken before it is over, something else may have happened: look again.
                self._woken.wait(wait)
                self._woken.set()
                return
        self._publish(state)

    def _publish(self, state: Dialogue) -> None:
        views = _views(state)
        with self._lock:
            now = self._service.now()
            for audience in set(self._sockets.values()):
                changed = _changes(self._views[audience], views[audience])
                patch = {
                    "from": self._state.version,
                    "to": state.version,
                    "now": now,
                    "set": changed,
                }
                self._emit("patch", patch, room(self._id, audience))
            self._state, self._views = state, views
            self._sent_at = time.monotonic()


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
    """All that goes out at once when it changes: everything but who waits, and in which order."""
    return (state.phase, state.segment_id, state.list_open, state.floor, state.last, state.gavel)
