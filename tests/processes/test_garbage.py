"""Whatever a client sends on its socket: it is borne or shown out, and nobody else notices."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.processes.garbage import (
    OF_ENGINE_IO,
    OF_SOCKET_IO,
    OF_WEBSOCKETS,
    bear,
    bystander,
    frame,
    open_files,
    packet,
)
from tests.processes.server import House, Server
from tests.realtime.listener import Listener


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
    with bystander(server) as listener:
        yield listener


@pytest.mark.parametrize("seated", [False, True], ids=["before its seat", "from its seat"])
@pytest.mark.parametrize("sent", OF_WEBSOCKETS.values(), ids=OF_WEBSOCKETS.keys())
def test_a_client_that_breaks_the_websocket_protocol(
    server: Server, other: Listener, sent: bytes, seated: bool
) -> None:
    bear(server, other, sent, seated=seated)


@pytest.mark.parametrize("seated", [False, True], ids=["before its seat", "from its seat"])
@pytest.mark.parametrize("text", OF_ENGINE_IO + OF_SOCKET_IO, ids=lambda text: repr(text[:40]))
def test_a_client_that_breaks_the_protocols_above(
    server: Server, other: Listener, text: str, seated: bool
) -> None:
    bear(server, other, packet(text), seated=seated)


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
    bear(server, other, b"".join(said), seated=seated)


def test_nothing_is_left_of_those_who_were_shown_out(server: Server, other: Listener) -> None:
    bear(server, other, b"", seated=False)
    before = open_files(server)
    for sent in (*OF_WEBSOCKETS.values(), *map(packet, OF_SOCKET_IO)):
        bear(server, other, sent, seated=True)
    bear(server, other, b"", seated=False)
    assert open_files(server) <= before + 2  # two may still be about to close
