"""Sockets that the hub itself serves: the one module that knows eventlet. `wsgi.py` loads it.

Engine.IO gives each client greenlets, a queue and a switch for every message. Here a client is a
`Wire`: bytes are read and written where the hub finds a socket ready, a broadcast is packed into
a frame once, and a greenlet is woken only for what a client asks. Rooms, packets and events stay
python-socketio's; its own path (`socketio.Manager`) is taken when a library is not of a version
whose insides are known here.
"""

import logging
from collections import deque
from collections.abc import Callable
from importlib.metadata import version
from itertools import count
from typing import Any, Final

import eventlet
import eventlet.wsgi
from engineio import packet as engine_packets
from eventlet import hubs, patcher
from eventlet.hubs.hub import READ, WRITE
from socketio import Manager, packet
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.events import CloseConnection, Message, Ping, Pong, TextMessage
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import generate_accept_token

KNOWN: Final = {
    "eventlet": "0.41.",
    "python-engineio": "4.15.",
    "python-socketio": "5.18.",
    "wsproto": "1.",
}
"""The versions whose insides are used here, by how they begin."""

CHUNK: Final = 4 * 1024
"""Bytes read from a client at a time, so that whoever sends much has its turn like all others."""

MOST_SAID: Final = 200
"""Messages and frames of a client from one of its pings to the next; a page has no use for ten."""

BEHIND: Final = 64 * 1024
"""Bytes that may wait for a slow client. What is told to everybody is then told it no more, but
for the last message: from the gap it learns to fetch the view."""

LOST: Final = 1024 * 1024
"""Bytes of its own that a client may leave unread before it is given up."""

SEND_BUFFER: Final = 64 * 1024
"""Bytes that the system keeps for a client: enough for a phone, and a stalled one takes no more."""

DEAD_AFTER_MS: Final = 30_000
"""How long what was sent may go unacknowledged by the other end's system."""


log = logging.getLogger(__name__)

_socket = patcher.original("socket")


def manager(overtaken: Callable[[], None] = lambda: None) -> Manager:
    """The client manager for Socket.IO on eventlet: the fast one where the libraries are known.

    `overtaken` is called each time a slow client is told a message less.
    """
    unknown = [
        f"{name} {version(name)}"
        for name, known in KNOWN.items()
        if not version(name).startswith(known)
    ]
    if unknown:
        log.warning(
            "the plain path for sockets is taken, since this is new: %s", ", ".join(unknown)
        )
        return Manager()
    return Fanout(overtaken)


class Fanout(Manager):  # type: ignore[misc]
    """Keeps the rooms, and makes a wire of every connection."""

    def __init__(self, overtaken: Callable[[], None]) -> None:
        super().__init__()
        self.overtaken = overtaken
        self._turns = count()
        self._wheel: list[set[Wire]] = []

    def set_server(self, server: Any) -> None:
        """Take the place of the engine's own connections."""
        super().set_server(server)
        server.eio._handle_connect = self._connect
        self._wheel = [set() for _ in range(int(server.eio.ping_interval))]

    def initialize(self) -> None:
        """Begin to look after the wires, when the first one comes."""
        super().initialize()
        eventlet.spawn_n(self._look_after)

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: str | None = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Tell a room, or one socket, something; it is packed once for all."""
        target = to or room
        listeners = self.rooms.get(namespace, {}).get(target)
        if not listeners:
            return
        if skip_sid or callback or isinstance(data, tuple):
            super().emit(event, data, namespace, room, skip_sid, callback, to, **kwargs)
            return
        body = [event] if data is None else [event, data]
        # Nothing here is bytes, which it would otherwise look for in every corner of a view.
        encoded = self.server.packet_class(
            packet.EVENT, namespace=namespace, data=body, binary=False
        ).encode()
        frame = _frame(f"{engine_packets.MESSAGE}{encoded}")
        wires = self.server.eio.sockets
        to_one = self.is_sid_room(namespace, target)
        for connection in listeners.values():
            wire = wires.get(connection)
            if wire is None:
                continue
            if to_one:
                wire.write(frame)
            else:
                wire.tell(frame)

    def _connect(
        self, environ: dict[str, Any], _start_response: Any, _transport: str, _index: Any = None
    ) -> list[bytes]:
        """Make a wire of a request that the door has let through; the engine's own signature."""
        engine = self.server.eio
        wire = Wire(engine.generate_id(), engine, environ, self)
        engine.sockets[wire.sid] = wire
        engine._trigger_event("connect", wire.sid, environ, run_async=False)
        greeting = {
            "sid": wire.sid,
            "upgrades": [],
            "pingTimeout": int(engine.ping_timeout * 1000),
            "pingInterval": int(engine.ping_interval * 1000),
            "maxPayload": engine.max_http_buffer_size,
        }
        wire.open(
            engine_packets.Packet(engine_packets.OPEN, greeting).encode(),
            self._wheel[next(self._turns) % len(self._wheel)],
        )
        # The server must neither answer this request nor read another one from the socket.
        eventlet.wsgi.WSGI_LOCAL.already_handled = True
        return []

    def _look_after(self) -> None:
        """Ping every wire once in an interval, a part of them each second."""
        for tick in count():
            eventlet.sleep(1)
            for wire in tuple(self._wheel[tick % len(self._wheel)]):
                wire.look_after()


class Wire:
    """One client's socket; to the engine it is one of its own.

    It is `closed` once it is no longer told anything. A wire that was closed from our side still
    sends what waits, and is let go when the other end has closed too, or at its next turn.
    """

    __slots__ = (
        "_asked",
        "_behind",
        "_engine",
        "_fanout",
        "_is_answering",
        "_missed",
        "_protocol",
        "_reader",
        "_said",
        "_slot",
        "_socket",
        "_text",
        "_unanswered",
        "_waiting",
        "_writer",
        "closed",
        "session",
        "sid",
    )

    connected = upgraded = True

    def __init__(self, sid: str, engine: Any, environ: dict[str, Any], fanout: Fanout) -> None:
        self.sid = sid
        self.closed = False
        self.session: dict[str, Any] = {}
        self._engine = engine
        self._fanout = fanout
        self._protocol = Connection(ConnectionType.SERVER)
        self._socket, early = _taken_from(environ)
        self._reader: Any = None
        self._writer: Any = None
        self._slot: set[Wire] = set()
        self._text = ""
        self._asked: deque[str] = deque()
        self._is_answering = False
        self._unanswered = False
        self._said = 0
        self._waiting: deque[bytes] = deque()
        self._behind = 0
        self._missed: bytes | None = None
        accept = generate_accept_token(environ["HTTP_SEC_WEBSOCKET_KEY"].encode("latin-1"))
        self.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self._protocol.receive_data(early)

    def open(self, greeting: str, slot: "set[Wire]") -> None:
        """Greet the client, and begin to hear it; its pings come in turn with those of `slot`."""
        self.write(_frame(greeting))
        if self.closed:  # it went before it was greeted
            return
        self._slot = slot
        slot.add(self)
        self._reader = self._when_ready(READ, self._readable)
        self._take_in()

    # What goes out

    def send(self, engine_packet: Any) -> None:
        """Send a packet of the engine to this client alone."""
        self.write(_frame(engine_packet.encode()))

    def tell(self, frame: bytes) -> None:
        """Send what everybody is told, unless so much waits that this client is behind anyhow."""
        if self._behind > BEHIND:
            self._missed = frame
            self._fanout.overtaken()
        else:
            self.write(frame)

    def write(self, frame: bytes) -> None:
        """Send bytes now, or when the socket takes them; in order, and without waiting."""
        if self.closed:
            return
        if not self._waiting:
            try:
                sent = self._socket.send(frame)
            except BlockingIOError:
                sent = 0
            except OSError:
                self._gone()
                return
            if sent == len(frame):
                return
            frame = frame[sent:]
        self._wait_with(frame)

    def _wait_with(self, frame: bytes) -> None:
        self._waiting.append(frame)
        self._behind += len(frame)
        if self._behind > LOST:
            self._gone()
        elif self._writer is None:
            self._writer = self._when_ready(WRITE, self._writable)

    def _writable(self, _fileno: int) -> None:
        if self._writer is None:
            return
        while self._waiting:
            frame = self._waiting[0]
            try:
                sent = self._socket.send(frame)
            except BlockingIOError:
                return
            except OSError:
                self._gone()
                return
            self._behind -= sent
            if sent < len(frame):
                self._waiting[0] = frame[sent:]
                return
            self._waiting.popleft()
        self._stop_writing()
        if self.closed:
            self._hang_up()
        elif self._missed is not None:
            frame, self._missed = self._missed, None
            self.write(frame)

    # What comes in

    def _readable(self, _fileno: int) -> None:
        if self._reader is None:
            return
        try:
            came = self._socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self._gone()
        elif not self.closed:
            self._protocol.receive_data(came)
            self._take_in()

    def _take_in(self) -> None:
        """Take what was read apart; messages are answered elsewhere: in the hub nothing waits."""
        for event in self._protocol.events():
            self._said += 1
            if self._said > MOST_SAID:
                self._refuse(CloseReason.POLICY_VIOLATION)
                return
            match event:
                case TextMessage():
                    self._text += event.data
                    if len(self._text) > self._engine.max_http_buffer_size:
                        self._refuse(CloseReason.MESSAGE_TOO_BIG)
                    elif event.message_finished:
                        text, self._text = self._text, ""
                        self._take(text)
                case Ping():
                    self.write(self._protocol.send(event.response()))
                case Pong():
                    pass
                case CloseConnection():
                    self._refuse(event.code)
                case Message():
                    self._refuse(CloseReason.UNSUPPORTED_DATA)
            if self.closed:
                return

    def _take(self, text: str) -> None:
        """Take a packet of the engine: a ping's answer, or a message of Socket.IO."""
        if text == "3":
            self._unanswered = False
        elif text.startswith("4"):
            self._asked.append(text[1:])
            if not self._is_answering:
                self._is_answering = True
                eventlet.spawn_n(self._answer)
        elif text == "1":
            self._refuse(CloseReason.NORMAL_CLOSURE)
        else:
            self._refuse(CloseReason.PROTOCOL_ERROR)

    def _answer(self) -> None:
        """Let Socket.IO handle what was asked, in order; what it cannot read ends the wire."""
        while self._asked and not self.closed:
            try:
                self._engine.handlers["message"](self.sid, self._asked.popleft())
            except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
                log.info("a client sent what is no packet: %s", type(error).__name__)
                self._refuse(CloseReason.PROTOCOL_ERROR)
            except Exception:
                log.exception("answering a client failed")
                self._refuse(CloseReason.INTERNAL_ERROR)
        self._is_answering = False

    # How it ends

    def look_after(self) -> None:
        """Ping the client; one that has not answered for a whole interval is gone."""
        if self.closed or self._unanswered:
            self._gone()
        else:
            self._unanswered = True
            self._said = 0
            self.write(PING)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End it, as the engine does: tell the application, and, unless to `abort`, the client."""
        if not abort:
            self.write(_frame(str(engine_packets.CLOSE)))
            self._close_websocket(CloseReason.NORMAL_CLOSURE)
        self._end(reason or self._engine.reason.SERVER_DISCONNECT)

    def _refuse(self, code: int) -> None:
        """End the websocket because of what the client sent, or at its wish."""
        # 1005 and 1006 stand for a code that is missing, and may not be sent.
        self._close_websocket(CloseReason.NORMAL_CLOSURE if code in (1005, 1006) else code)
        self._end(self._engine.reason.TRANSPORT_CLOSE)

    def _close_websocket(self, code: int) -> None:
        if self._protocol.state in (ConnectionState.OPEN, ConnectionState.REMOTE_CLOSING):
            self.write(self._protocol.send(CloseConnection(code)))

    def _end(self, reason: str) -> None:
        """Tell this client nothing more; nothing happens the second time."""
        if self.closed:
            return
        self.closed = True
        if not self._waiting:
            self._hang_up()
        # Apart, since this may be the hub, in which nothing may wait.
        eventlet.spawn_n(self._forget, reason)

    def _hang_up(self) -> None:
        """Send no more, but read on without hearing it: or the client would lose the last word."""
        if self._socket.fileno() < 0:
            return
        try:
            self._socket.shutdown(_socket.SHUT_WR)
        except OSError:
            self._gone()

    def _gone(self) -> None:
        """Let the socket go: its other end has, or says nothing any more."""
        self._stop_reading()
        self._stop_writing()
        self._socket.close()
        self._slot.discard(self)
        self._waiting.clear()
        self._end(self._engine.reason.TRANSPORT_CLOSE)

    def _forget(self, reason: str) -> None:
        self._engine.sockets.pop(self.sid, None)
        self._engine._trigger_event("disconnect", self.sid, reason, run_async=False)

    def _stop_reading(self) -> None:
        if self._reader is not None:
            hubs.get_hub().remove(self._reader)
            self._reader = None

    def _stop_writing(self) -> None:
        if self._writer is not None:
            hubs.get_hub().remove(self._writer)
            self._writer = None

    def _when_ready(self, event: str, callback: Callable[[int], None]) -> Any:
        hub = hubs.get_hub()
        listener = hub.add(event, self._socket.fileno(), callback, _obsolete, None)
        # Or it would keep the greenlet of the request, which has ended, as long as the socket.
        listener.greenlet = hub.greenlet
        return listener


def _taken_from(environ: dict[str, Any]) -> tuple[Any, bytes]:
    """The socket of a request, out of the server's hands, and what was read from it too early."""
    green = environ["eventlet.input"].get_socket()
    green.setblocking(False)
    early = environ["wsgi.input"].rfile.read1(CHUNK) or b""
    family, kind, protocol = green.fd.family, green.fd.type, green.fd.proto
    taken = _socket.socket(family, kind, protocol, fileno=green.fd.detach())
    taken.setblocking(False)
    taken.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
    taken.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDBUF, SEND_BUFFER)
    taken.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
    return taken, early


def _obsolete(_error: BaseException) -> None:
    """The hub has found the number of a closed socket taken again: ours are removed before."""


def _frame(text: str) -> bytes:
    """A text as one frame of a server: not masked, so the same bytes for everybody (RFC 6455)."""
    body = text.encode()
    if len(body) < 126:
        return bytes((0x81, len(body))) + body
    if len(body) < 65_536:
        return b"\x81\x7e" + len(body).to_bytes(2, "big") + body
    return b"\x81\x7f" + len(body).to_bytes(8, "big") + body


PING: Final = _frame(str(engine_packets.PING))
