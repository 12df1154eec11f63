"""The bad network of the tests does what it says, or what is tested behind it proves nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest

from tests.processes.proxy import HELD_PIECES, PIECE, Proxy

PATIENCE_S: Final = 30.0
A_MOMENT_S: Final = 0.1
NUMBERS: Final = [f"{number}\n".encode() for number in range(200)]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE_S)
        yield listener


@pytest.fixture
def proxy(listener: socket.socket) -> Iterator[Proxy]:
    with Proxy(listener.getsockname()[1], seed=1) as proxy:
        yield proxy


@contextmanager
def joined(proxy: Proxy, listener: socket.socket) -> Iterator[tuple[socket.socket, socket.socket]]:
    """A client and the server's end of its connection."""
    with socket.create_connection(("127.0.0.1", proxy.port), PATIENCE_S) as client:
        server, _ = listener.accept()
        with server:
            server.settimeout(PATIENCE_S)
            yield client, server


def all_of(wire: socket.socket) -> bytes:
    """What comes until the end."""
    came = b""
    while piece := wire.recv(PIECE):
        came += piece
    return came


def test_pieces_keep_their_order_however_late_they_are(
    proxy: Proxy, listener: socket.socket
) -> None:
    proxy.up.delay_s, proxy.up.jitter_s = 0.001, 0.05
    with joined(proxy, listener) as (client, server):
        for piece in NUMBERS:
            client.send(piece)
        client.shutdown(socket.SHUT_WR)
        assert all_of(server) == b"".join(NUMBERS)
        server.sendall(b"heard")
        server.close()
        assert all_of(client) == b"heard"


def test_a_stall_holds_one_way_and_loses_nothing(proxy: Proxy, listener: socket.socket) -> None:
    with joined(proxy, listener) as (client, server):
        proxy.down.stall()
        server.sendall(b"held")
        client.sendall(b"up")
        assert server.recv(PIECE) == b"up"
        client.settimeout(A_MOMENT_S)
        with pytest.raises(TimeoutError):
            client.recv(PIECE)
        proxy.down.flow()
        client.settimeout(PATIENCE_S)
        assert client.recv(PIECE) == b"held"


def test_behind_a_stall_the_sender_finds_its_buffers_full(
    proxy: Proxy, listener: socket.socket
) -> None:
    with joined(proxy, listener) as (client, _):
        proxy.up.stall()
        client.settimeout(A_MOMENT_S * 5)
        with pytest.raises(TimeoutError):
            client.sendall(b"x" * PIECE * HELD_PIECES * 20)


def test_what_is_swallowed_is_gone_and_so_is_the_end(proxy: Proxy, listener: socket.socket) -> None:
    with joined(proxy, listener) as (client, server):
        proxy.up.swallowing = True
        client.sendall(b"gone")
        client.close()
        server.settimeout(A_MOMENT_S)
        with pytest.raises(TimeoutError):
            server.recv(PIECE)


def test_a_reset_reaches_both_sides(proxy: Proxy, listener: socket.socket) -> None:
    with joined(proxy, listener) as (client, server):
        client.sendall(b"x")
        assert server.recv(PIECE) == b"x"
        proxy.reset()
        for wire in (client, server):
            with pytest.raises(ConnectionResetError):
                wire.recv(PIECE)
    assert proxy.connections == 0


@pytest.mark.parametrize("answered", [False, True])
def test_a_connection_is_cut_at_a_word(
    proxy: Proxy, listener: socket.socket, answered: bool
) -> None:
    cut = proxy.cut_at(b"COMMIT", answered=answered)
    with joined(proxy, listener) as (client, server):
        client.sendall(b"BEGIN")
        assert server.recv(PIECE) == b"BEGIN"
        server.sendall(b"begun")
        assert client.recv(PIECE) == b"begun"
        client.sendall(b"now COMMIT")
        if answered:
            assert server.recv(PIECE) == b"now COMMIT"
            server.sendall(b"done")
        with pytest.raises(ConnectionResetError):
            client.recv(PIECE)
        assert cut.wait(PATIENCE_S)
        with pytest.raises(ConnectionResetError):
            server.recv(PIECE)


def test_nobody_behind_it_is_a_reset(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    listener.close()
    with (
        Proxy(port) as proxy,
        pytest.raises(ConnectionResetError),  # it may come before the connection is there
        socket.create_connection(("127.0.0.1", proxy.port), PATIENCE_S) as client,
    ):
        client.recv(PIECE)


def test_it_leaves_no_thread_behind(listener: socket.socket) -> None:
    before = set(threading.enumerate())
    with Proxy(listener.getsockname()[1]) as proxy, joined(proxy, listener):
        assert len(set(threading.enumerate()) - before) == 1
    assert set(threading.enumerate()) <= before
