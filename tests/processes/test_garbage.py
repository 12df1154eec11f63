"""Whatever a client sends on its socket: it is borne or shown out, and nobody else notices."""

import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderator import LARGEST_FRAME
from tests.processes.server import House, Server
from tests.realtime.listener import PATIENCE_S, Listener

CONTINUED, TEXT, BINARY, CLOSE, PING = 0x0, 0x1, 0x2, 0x8, 0x9
GREETED: Final = b"\r\n\r\n"

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


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, furnished_file: House, warm: Path
) -> Iterator[Server]:
    house = furnished_file.copied_to(tmp_path_factory.mktemp("garbage") / "house")
    server = Server(house, warm=warm)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log, server.log


@pytest.fixture(scope="module")
def other(server: Server) -> Iterator[Listener]:
    """Somebody who is there all the time."""
    auth = {"dialogue": server.house.dialogue, "token": server.house.seat("display")["token"]}
    listener = Listener(server.url, auth).connect()
    yield listener
    assert listener.probe({"t": 1})["t"] == 1
    listener.close()


@pytest.mark.parametrize("seated", [False, True], ids=["before its seat", "from its seat"])
@pytest.mark.parametrize("sent", OF_WEBSOCKETS.values(), ids=OF_WEBSOCKETS.keys())
def test_a_client_that_breaks_the_websocket_protocol(
    server: Server, other: Listener, sent: bytes, seated: bool
) -> None:
    _bear(server, other, sent, seated)


@pytest.mark.parametrize("seated", [False, True], ids=["before its seat", "from its seat"])
@pytest.mark.parametrize("text", OF_ENGINE_IO + OF_SOCKET_IO, ids=lambda text: repr(text[:40]))
def test_a_client_that_breaks_the_protocols_above(
    server: Server, other: Listener, text: str, seated: bool
) -> None:
    _bear(server, other, packet(text), seated)


FRAMES = st.builds(
    frame,
    st.binary(max_size=300),
    st.integers(0, 15),
    last=st.booleans(),
    reserved=st.sampled_from([0, 0, 0, 1, 4]),
    masked=st.sampled_from([True, True, True, False]),
    length=st.none() | st.integers(0, 2**64 - 1),
)
PACKETS = st.text(max_size=200).map(lambda text: packet(f"4{text}"))
EVENTS = st.builds(
    lambda kind, number, body: packet(f"4{kind}{number}{json.dumps(body)}"),
    st.integers(0, 7),
    st.sampled_from(["", "0", "7", "/x,", "1-"]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=10,
    ),
)


@settings(
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    said=st.lists(FRAMES | PACKETS | EVENTS | st.binary(max_size=100), min_size=1, max_size=5),
    seated=st.booleans(),
)
def test_a_client_that_says_anything_at_all(
    server: Server, other: Listener, said: list[bytes], seated: bool
) -> None:
    _bear(server, other, b"".join(said), seated)


def test_nothing_is_left_of_those_who_were_shown_out(server: Server, other: Listener) -> None:
    _bear(server, other, b"", seated=False)
    before = _open_files(server)
    for sent in (*OF_WEBSOCKETS.values(), *map(packet, OF_SOCKET_IO)):
        _bear(server, other, sent, seated=True)
    _bear(server, other, b"", seated=False)
    assert _open_files(server) <= before + 2  # two may still be about to close


def _bear(server: Server, other: Listener, sent: bytes, seated: bool) -> None:
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
            wire.sendall(sent)
            # The answer to this comes behind all that was sent, unless that was the end.
            wire.sendall(packet('427["probe",{"t":7}]') + frame(struct.pack("!H", 1000), CLOSE))
            while wire.recv(65_536):
                pass
    assert requests.get(f"{server.url}/join", timeout=PATIENCE_S).status_code == 200
    assert other.all("gone") == []


def _open_files(server: Server) -> int:
    return len(list(Path(f"/proc/{server.pid}/fd").iterdir()))
