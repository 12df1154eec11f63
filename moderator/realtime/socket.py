"""The sockets: who may listen, in which room, and the probes by which clients set their clocks.

Views come down here and nothing is decided: commands go by HTTP.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, Protocol
from wsgiref.types import WSGIEnvironment

from flask_socketio import ConnectionRefusedError, SocketIO
from werkzeug.http import parse_cookie

from moderator.audience import Audience, audience_of, personal
from moderator.core.terms import Role
from moderator.core.units import SECOND, Duration, Instant
from moderator.installation import Installation
from moderator.realtime.publisher import Publisher, Snapshot, room
from moderator.secretariat import SEAT_COOKIE, Entry, NotAdmitted, Seat
from moderator.service import UnknownDialogue
from moderator.store.engine import NotRecorded

BEAT_S: Final = 1.0
BEATS_OF_OTHERS: Final = 5
"""A display hears each beat, everybody else every fifth."""

SOCKETS_OF_A_SEAT: Final = 12
"""A few pages of one device, and those that it has lost and that have not timed out yet."""

LATE: Final = Duration(10 * SECOND)
"""By how much the row of an expulsion may come after the instant that stands in it."""

AWAY_MS: Final = 2_000
"""A server that goes away to be started again is back by then."""

BACK_MS: Final = 1
"""For each socket so much longer: those that come back together find their way in without a jam."""

LARGEST_PROBE: Final = 2**53
"""The last of the numbers that every client can count to."""

log = logging.getLogger(__name__)


class Words(Protocol):
    """What is said for a refusal, in a language or in that of a request."""

    def __call__(self, reason: str, language: str | WSGIEnvironment) -> str: ...


class _TooMany(Exception):
    """More sockets of one seat than a device has."""


@dataclass(frozen=True, slots=True)
class _Listener:
    dialogue_id: str
    seat_id: str
    language: str
    rehearses: bool
    delegation: str | None


class Sockets:
    """The sockets of this process, by their ids."""

    def __init__(
        self, socketio: SocketIO, publisher: Publisher, installation: Installation, words: Words
    ) -> None:
        self._socketio = socketio
        self._publisher = publisher
        self._installation = installation
        self._words = words
        self._listeners: dict[str, _Listener] = {}
        self._of_seat: Counter[str] = Counter()
        self._strangers: set[str] = set()
        self._rehearsed: frozenset[str] = frozenset()
        # Of Socket.IO itself: Flask's context for each event costs more than all that is done here.
        socketio.server.on("connect", self._connect)
        socketio.server.on("disconnect", self._leave)
        socketio.server.on("probe", self._probe)

    def run(self) -> None:
        """Beat, close the sockets of expelled seats and those without a seat, for ever."""
        beat = 0
        seen = self._installation.now()
        while True:
            self._socketio.sleep(BEAT_S)
            beat += 1
            others = (Audience.PUBLIC, Audience.BUREAU) if beat % BEATS_OF_OTHERS == 0 else ()
            self._publisher.beat((Audience.DISPLAY, *others))
            try:
                if others:
                    self.sweep()
                seen = self.expel(seen)
                self.tell_of_rehearsals()
            except NotRecorded:
                continue  # the database is away; what was missed is found when it is back
            except Exception:
                log.exception("looking after the sockets failed")

    def expel(self, since: Instant) -> Instant:
        """Close the sockets of seats that were expelled since; tells from when to look next."""
        now = self._installation.now()
        expelled = set(self._installation.secretariat.expelled_since(Instant(since - LATE)))
        for socket, listener in tuple(self._listeners.items()):
            if listener.seat_id in expelled:
                body = self._refusal(Entry.SEAT_EXPELLED, listener.language)
                self._socketio.emit("expelled", body, to=socket)
                self._socketio.server.disconnect(socket)
        return now

    def tell_of_rehearsals(self) -> None:
        """Tell a dialogue that its rehearsal has begun or is over, and show out who is in one that
        is over.
        """
        rehearsals = self._installation.secretariat.rehearsals()
        rehearsed, before = frozenset(rehearsals), self._rehearsed
        self._rehearsed = rehearsed
        for dialogue_id in rehearsed ^ before:
            for audience in Audience:
                going_on = {"going_on": dialogue_id in rehearsed}
                self._socketio.emit("rehearsal", going_on, to=room(dialogue_id, audience))
        going_on_now = set(rehearsals.values())
        for socket, listener in tuple(self._listeners.items()):
            if listener.rehearses and listener.dialogue_id not in going_on_now:
                body = self._refusal("rehearsal-over", listener.language)
                self._socketio.emit("expelled", body, to=socket)
                self._socketio.server.disconnect(socket)

    def sweep(self) -> None:
        """Close the connections that have held no seat since the last look."""
        server = self._socketio.server
        seated = {server.manager.eio_sid_from_sid(socket, "/") for socket in tuple(self._listeners)}
        strangers = set(tuple(server.eio.sockets)) - seated
        for connection in strangers & self._strangers:
            # Apart, since it waits until all is sent that was to be sent.
            self._socketio.start_background_task(server.eio.disconnect, connection)
        self._strangers = strangers

    def say_goodbye(self) -> None:
        """Tell every socket that the server goes away, and when to look for it again."""
        self._socketio.emit("goodbye", {"retry": AWAY_MS + BACK_MS * len(self._listeners)})

    def are_gone(self) -> bool:
        """Whether no socket holds a seat."""
        return not self._listeners

    def _connect(self, socket: str, environ: Any = None, auth: Any = None) -> None:
        if socket in self._listeners:
            return  # not a connection, but an event that a client called so
        try:
            self._admit(socket, self._seat(environ, auth if isinstance(auth, dict) else {}))
        except NotAdmitted as error:
            raise self._refused(error.reason, environ) from error
        except UnknownDialogue as error:
            raise self._refused("not-found", environ) from error
        except _TooMany as error:
            raise self._refused("too-many", environ) from error
        except NotRecorded as error:
            raise self._refused("not-recorded", environ) from error

    def _seat(self, environ: WSGIEnvironment, auth: dict[str, Any]) -> Seat:
        secretariat, dialogue_id = self._installation.secretariat, auth.get("dialogue")
        if isinstance(token := auth.get("token"), str):
            seat = secretariat.bearer(token, str(dialogue_id))
        else:
            seat_id = auth.get("seat")
            if not isinstance(seat_id, str):
                raise NotAdmitted(Entry.NO_SEAT)
            secret = parse_cookie(environ).get(f"{SEAT_COOKIE}{seat_id}", "")
            seat = secretariat.seat_lately(str(dialogue_id), seat_id, secret)
        if seat.dialogue_id != dialogue_id:
            raise UnknownDialogue(seat.dialogue_id)
        return seat

    def _admit(self, socket: str, seat: Seat) -> None:
        """Let a socket listen as `seat`, and send it what to show first."""
        if self._of_seat[seat.id] >= SOCKETS_OF_A_SEAT:
            raise _TooMany
        programme = self._installation.secretariat.programme(seat.dialogue_id)
        rehearsal = self._installation.secretariat.rehearsal_lately(seat.dialogue_id)

        def enter(its_room: str, snapshot: Snapshot) -> None:
            self._socketio.server.enter_room(socket, its_room)
            body = {
                "version": snapshot.state.version,
                "now": self._installation.now(),
                "view": snapshot.view,
                **({} if rehearsal is None else {"rehearsal": True}),
                **personal(snapshot.state, seat, programme),
            }
            self._socketio.emit("snapshot", body, to=socket)

        self._publisher.join(seat.dialogue_id, audience_of(seat.role), socket, enter)
        delegation = seat.subject if seat.role is Role.DELEGATION else None
        self._listeners[socket] = _Listener(
            seat.dialogue_id, seat.id, seat.language, seat.rehearses, delegation
        )
        self._of_seat[seat.id] += 1
        if delegation is not None:
            self._installation.presence.came(seat.dialogue_id, delegation)

    def _leave(self, socket: str, *_reason: Any) -> None:
        server = self._socketio.server
        if server.manager.is_connected(socket, "/"):
            # Not the end, but an event that a client called so: it has its will.
            server.disconnect(socket)
        else:
            self._forget(socket)

    def _forget(self, socket: str) -> None:
        listener = self._listeners.pop(socket, None)
        if listener is None:
            return
        self._publisher.leave(listener.dialogue_id, socket)
        if listener.delegation is not None:
            self._installation.presence.went(listener.dialogue_id, listener.delegation)
        self._of_seat[listener.seat_id] -= 1
        if not self._of_seat[listener.seat_id]:
            del self._of_seat[listener.seat_id]

    def _probe(self, _socket: str, probe: Any = None, *_rest: Any) -> dict[str, Any]:
        """Give back the asker's own time with ours beside it."""
        asked = probe.get("t") if isinstance(probe, dict) else None
        is_number = isinstance(asked, int | float) and abs(asked) <= LARGEST_PROBE
        return {"t": asked if is_number else None, "now": self._installation.now()}

    def _refused(self, reason: str, environ: WSGIEnvironment) -> ConnectionRefusedError:
        self._installation.metrics.refused(str(reason))
        body = self._refusal(reason, environ)
        return ConnectionRefusedError(body["message"], body)

    def _refusal(self, reason: str, language: str | WSGIEnvironment) -> dict[str, str]:
        return {"reason": str(reason), "message": self._words(reason, language)}
