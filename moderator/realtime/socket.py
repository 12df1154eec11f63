"""The sockets: who may listen, in which room, and the probes by which clients set their clocks.

Views come down here and nothing is decided: commands go by HTTP.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, disconnect, join_room

from moderator.audience import Audience, audience_of, personal
from moderator.core.units import Instant
from moderator.installation import Installation
from moderator.realtime.publisher import Publisher
from moderator.secretariat import Entry, NotAdmitted, Seat
from moderator.service import UnknownDialogue
from moderator.store.engine import NotRecorded

BEAT_S: Final = 1.0
BEATS_OF_OTHERS: Final = 5
"""A display hears each beat, everybody else every fifth."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Listener:
    dialogue_id: str
    seat_id: str


class Sockets:
    """The sockets of this process, by their ids; `words` are the messages of refusals."""

    def __init__(
        self,
        socketio: SocketIO,
        publisher: Publisher,
        installation: Installation,
        words: Mapping[str, Any],
    ) -> None:
        self._socketio = socketio
        self._publisher = publisher
        self._installation = installation
        self._words = words
        self._listeners: dict[str, _Listener] = {}
        socketio.on_event("connect", self._connect)
        socketio.on_event("disconnect", self._leave)
        socketio.on_event("probe", self._probe)

    def run(self) -> None:
        """Beat and look for expelled seats, for ever."""
        beat = 0
        seen = self._installation.now()
        while True:
            self._socketio.sleep(BEAT_S)
            beat += 1
            others = (Audience.PUBLIC, Audience.BUREAU) if beat % BEATS_OF_OTHERS == 0 else ()
            try:
                self._publisher.beat((Audience.DISPLAY, *others))
                seen = self._expel(seen)
            except NotRecorded:
                continue
            except Exception:
                log.exception("a beat failed")

    def _connect(self, auth: Any = None) -> None:
        try:
            seat = self._seat(auth if isinstance(auth, dict) else {})
            socket: str = request.sid  # type: ignore[attr-defined]
            self._listeners[socket] = _Listener(seat.dialogue_id, seat.id)
            snapshot = self._publisher.join(
                seat.dialogue_id, audience_of(seat.role), socket, join_room
            )
        except NotAdmitted as error:
            raise self._refused(error.reason) from error
        except UnknownDialogue as error:
            raise self._refused("not-found") from error
        except NotRecorded as error:
            raise self._refused("not-recorded") from error
        programme = self._installation.secretariat.programme(seat.dialogue_id)
        body = {
            "version": snapshot.state.version,
            "now": self._installation.now(),
            "view": snapshot.view,
            **personal(snapshot.state, seat, programme),
        }
        self._socketio.emit("snapshot", body, to=socket)

    def _seat(self, auth: dict[str, Any]) -> Seat:
        secretariat = self._installation.secretariat
        if isinstance(token := auth.get("token"), str):
            seat = secretariat.bearer(token)
        else:
            seat_id = auth.get("seat")
            if not isinstance(seat_id, str):
                raise NotAdmitted(Entry.NO_SEAT)
            seat = secretariat.seat(seat_id, request.cookies.get(f"seat-{seat_id}", ""))
        if seat.dialogue_id != auth.get("dialogue"):
            raise UnknownDialogue(seat.dialogue_id)
        return seat

    def _refused(self, reason: str) -> ConnectionRefusedError:
        message = str(self._words[reason])
        return ConnectionRefusedError(message, {"reason": str(reason), "message": message})

    def _leave(self, _reason: Any = None) -> None:
        socket: str = request.sid  # type: ignore[attr-defined]
        listener = self._listeners.pop(socket, None)
        if listener is not None:
            self._publisher.leave(listener.dialogue_id, socket)

    def _probe(self, probe: Any = None) -> dict[str, Any]:
        """Give back the asker's own time with ours beside it."""
        asked = probe.get("t") if isinstance(probe, dict) else None
        return {
            "t": asked if isinstance(asked, int | float) else None,
            "now": self._installation.now(),
        }

    def _expel(self, since: Instant) -> Instant:
        """Close the sockets of seats that were expelled since; tells from when to look next."""
        now = self._installation.now()
        expelled = set(self._installation.secretariat.expelled_since(since))
        for socket, listener in tuple(self._listeners.items()):
            if listener.seat_id in expelled:
                reason = Entry.SEAT_EXPELLED
                body = {"reason": reason, "message": str(self._words[reason])}
                self._socketio.emit("expelled", body, to=socket)
                disconnect(socket, namespace="/")
        return now
