"""What nobody should send on a socket, and a client that sends it."""

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import requests

from moderator import LARGEST_FRAME
from tests.processes.server import Server
from tests.realtime.listener import PATIENCE_S, Listener

CONTINUED, TEXT, BINARY, CLOSE, PING = 0x0, 0x1, 0x2, 0x8, 0x9
GREETED: Final = b"\r\n\r\n"
HEARD: Final = b"\x8a\x05heard"

UPGRADE: Final = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: {key}\r\n\r\n"
)


def frame(
    payload: bytes = b"",
    opcode: int = TEXT,
    *,
    last: bool = True,
    reserved: int = 0,
    masked: bool = True,
    length: int | None = None,
) -> bytes:
    """A frame as nobody should send it; `length` is what its head says of itself."""
    length = len(payload) if length is None else length
    head = bytes([(0x80 if last else 0) | reserved << 4 | opcode])
    mask = 0x80 if masked else 0
    if length < 126:
        head += bytes([mask | length])
    elif length < 2**16:
        head += bytes([mask | 126]) + struct.pack("!H", length)
    else:
        head += bytes([mask | 127]) + struct.pack("!Q", length)
    return head + (b"\0\0\0\0" if masked else b"") + payload


def packet(text: str) -> bytes:
    """A packet of Engine.IO, in a frame that is as it should be."""
    return frame(text.encode("utf-8", "surrogatepass"))


OF_WEBSOCKETS: Final = {
    "not masked": frame(b"3", masked=False),
    "reserved bits": frame(b"3", reserved=7),
    "an opcode that nobody knows": frame(b"3", 0x5),
    "a control frame in pieces": frame(b"x", PING, last=False),
    "a control frame that is too long": frame(b"x" * 126, PING),
    "a continuation of nothing": frame(b"x", CONTINUED),
    "a message within a message": frame(b"4", last=False) + frame(b"3"),
    "a message that never ends": frame(b"4", last=False) + frame(b"2", CONTINUED, last=False),
    "bytes that are no text": frame(b"4\xff\xfe"),
    "half of a letter": frame(b"4\xd8", last=True),
    "a length beyond all bounds": frame(b"4", length=2**63),
    "a length that never comes": frame(b"4", length=LARGEST_FRAME),
    "ten megabytes": frame(b"4" * 10_000_000),
    "too many small ones": frame(b"3") * 5_000,
    "many that are empty": frame() * 150,
    "many pings": frame(b"are you there", PING) * 150,
    "bytes": frame(b"\x00\x01\x02", BINARY),
    "a farewell": frame(struct.pack("!H", 1000), CLOSE),
    "a farewell without a word": frame(b"", CLOSE),
    "half of a farewell": frame(b"\x03", CLOSE),
    "a farewell with a code that is none": frame(struct.pack("!H", 999), CLOSE),
    "a farewell that is no text": frame(struct.pack("!H", 1000) + b"\xff", CLOSE),
    "something after the farewell": frame(struct.pack("!H", 1000), CLOSE) + frame(b"3"),
    "half of a head": b"\x81",
    "a request": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "noise": bytes(range(256)) * 50,
}

OF_ENGINE_IO: Final = (
    "",
    "0",
    "1",
    "2",
    "2probe",
    "3",
    "33",
    "5",
    "6",
    "7",
    "9",
    "x",
    "bAAAA",
    "½",
)

OF_SOCKET_IO: Final = (
    "4",
    "40",
    "40" * 2,
    "40/other,",
    '40/other,{"token":"x"}',
    "41",
    "41/other,",
    "42",
    "42[",
    "42[]",
    "42{}",
    "42null",
    "42[null]",
    "42[1,2]",
    '42["connect"]',
    '42["connect",{},{}]',
    '42["disconnect"]',
    '42["probe"]',
    '42["probe",{"t":1e999},1,2,3]',
    '42["nobody knows this"]',
    '42/other,["probe"]',
    '421["probe",{"t":"\\ud800"}]',
    "42" + "9" * 10_000 + '["probe"]',
    '429999999999999999999["probe"]',
    "42" + "[" * 5_000,
    "42" + "[" * 5_000 + "]" * 5_000,
    '42["probe",' + '{"t":' * 2_000 + "1" + "}" * 2_000 + "]",
    "43",
    "430[]",
    '431[{"a":1}]',
    '44{"message":"no"}',
    '451-["probe",{"_placeholder":true,"num":0}]',
    '45999999999-["probe"]',
    "461-[]",
    "47",
    "4\x00",
    "4\ud800",
)


@contextmanager
def bystander(server: Server) -> Iterator[Listener]:
    """Somebody who is there all the time, and is answered at the end as at the beginning."""
    auth = {"dialogue": server.house.dialogue, "token": server.house.seat("display")["token"]}
    listener = Listener(server.url, auth).connect()
    yield listener
    assert listener.probe({"t": 1})["t"] == 1
    listener.close()


def bear(server: Server, other: Listener, sent: bytes, *, seated: bool) -> None:
    """Have a client say something, and then go; whoever else is there does not notice."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE_S) as wire:
        key = base64.b64encode(os.urandom(16)).decode()
        wire.sendall(UPGRADE.format(port=server.port, key=key).encode())
        came = b""
        while GREETED not in came:
            came += wire.recv(65_536)
        if seated:
            seat = server.house.seat("follower")["token"]
            auth = {"dialogue": server.house.dialogue, "token": seat}
            wire.sendall(packet("40" + json.dumps(auth)))
            while b'40{"sid"' not in came:
                came += wire.recv(65_536)
        with suppress(OSError):  # it may be shown out before it has said all
            wire.sendall(sent + packet('427["probe",{"t":7}]') + frame(b"heard", PING))
            # Once that is answered, all has been taken up: a farewell would have it left alone.
            while HEARD not in came and (answer := wire.recv(65_536)):
                came += answer
            wire.sendall(frame(struct.pack("!H", 1000), CLOSE))
            while wire.recv(65_536):
                pass
    assert requests.get(f"{server.url}/join", timeout=PATIENCE_S).status_code == 200
    assert other.all("gone") == []


def open_files(server: Server) -> int:
    """How many files and sockets the server holds."""
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
