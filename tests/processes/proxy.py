"""A network as bad as a test wants it, between clients and a server: a proxy on the loopback."""

import asyncio
import random
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from typing import Final

PIECE: Final = 65_536
HELD_PIECES: Final = 64
"""More is not held on one way: then whoever sends finds its own buffers full, as behind a stall."""

AT_ONCE: Final = struct.pack("ii", 1, 0)
"""Linger for no time: closing such a socket sends a reset."""


class Way:
    """One direction of all the connections of a proxy; it may be changed at any moment.

    `delay_s` and up to `jitter_s` more pass before each piece is handed on, in order; `rate` is in
    bytes per second, None for as fast as it goes. What comes while `swallowing` is gone, an end
    of the connection too: each side believes that the other is still there.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.delay_s = 0.0
        self.jitter_s = 0.0
        self.rate: float | None = None
        self.swallowing = False
        self._loop = loop
        self._flowing = asyncio.Event()
        self._flowing.set()

    def stall(self) -> None:
        """Hand on nothing, and lose nothing, until `flow` is called."""
        self._loop.call_soon_threadsafe(self._flowing.clear)

    def flow(self) -> None:
        """Hand on what was held."""
        self._loop.call_soon_threadsafe(self._flowing.set)

    async def flowing(self) -> None:
        """Wait while it is stalled."""
        await self._flowing.wait()


class Proxy:
    """Stands before the server at `target` on the loopback; use it in a `with`.

    `up` leads to the server and `down` to the clients. Chance comes from the seed alone.
    """

    def __init__(self, target: int, seed: int = 0) -> None:
        self._target = target
        self._chance = random.Random(seed)
        self._loop = asyncio.new_event_loop()
        self.up, self.down = Way(self._loop), Way(self._loop)
        self._connections: set[_Connection] = set()
        self._cut: tuple[bytes, bool, threading.Event] | None = None
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1_024)
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(
            target=self._loop.run_until_complete, args=(self._accept(),)
        )
        self._over = asyncio.Event()

    def __enter__(self) -> "Proxy":
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()
        self._loop.close()

    @property
    def connections(self) -> int:
        """How many there are at present."""
        return len(self._connections)

    def reset(self) -> None:
        """End every connection of this moment with a reset, to both its sides."""
        asyncio.run_coroutine_threadsafe(self._reset(), self._loop).result()

    def cut_at(self, said: bytes, *, answered: bool) -> threading.Event:
        """Reset the next connection on which a client says this; the event tells that it happened.

        `answered`: the server hears it and answers, and the answer is lost; else it never hears it.
        What is said has to come in one piece.
        """
        cut = threading.Event()
        self._cut = (said, answered, cut)
        return cut

    async def _accept(self) -> None:
        accepting = self._loop.create_task(self._accept_all())
        await self._over.wait()
        accepting.cancel()
        await asyncio.gather(accepting, return_exceptions=True)
        self._listener.close()
        await self._reset()

    async def _accept_all(self) -> None:
        while True:
            client, _ = await self._loop.sock_accept(self._listener)
            connection = _Connection(self, client)
            self._connections.add(connection)
            connection.task.add_done_callback(lambda _, gone=connection: self._forget(gone))

    def _forget(self, connection: "_Connection") -> None:
        connection.close()
        self._connections.discard(connection)

    async def _reset(self) -> None:
        tasks = [connection.task for connection in self._connections]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Connection:
    """One client's connection, and ours to the server for it."""

    def __init__(self, proxy: Proxy, client: socket.socket) -> None:
        self._proxy = proxy
        self._loop = proxy._loop
        self._client = client
        self._server = socket.socket()
        self._doomed: threading.Event | None = None
        self.task = self._loop.create_task(self._run())

    async def _run(self) -> None:
        for wire in (self._client, self._server):
            wire.setblocking(False)
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await self._loop.sock_connect(self._server, ("127.0.0.1", self._proxy._target))
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self._carry(self._client, self._server, self._proxy.up))
                ways.create_task(self._carry(self._server, self._client, self._proxy.down))
        except* (OSError, asyncio.CancelledError):
            for wire in (self._client, self._server):
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)

    def close(self) -> None:
        """End both sides: as they ended themselves, or with a reset."""
        self._client.close()
        self._server.close()
        if self._doomed is not None:
            self._doomed.set()

    async def _carry(self, source: socket.socket, sink: socket.socket, way: Way) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(HELD_PIECES)
        async with asyncio.TaskGroup() as both:
            both.create_task(self._hear(source, pieces, way))
            both.create_task(self._tell(sink, pieces, way))

    async def _hear(
        self, source: socket.socket, pieces: "asyncio.Queue[tuple[float, bytes]]", way: Way
    ) -> None:
        while True:
            piece = await self._loop.sock_recv(source, PIECE)
            self._cut_maybe(piece, way)
            if not way.swallowing:
                late = way.delay_s + self._proxy._chance.uniform(0, way.jitter_s)
                await pieces.put((self._loop.time() + late, piece))
            if not piece:
                break

    async def _tell(
        self, sink: socket.socket, pieces: "asyncio.Queue[tuple[float, bytes]]", way: Way
    ) -> None:
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(due - self._loop.time())
            await way.flowing()
            if not piece:
                with suppress(OSError):  # the other side may have gone meanwhile
                    sink.shutdown(socket.SHUT_WR)
                break
            await self._loop.sock_sendall(sink, piece)
            if way.rate is not None:
                await asyncio.sleep(len(piece) / way.rate)

    def _cut_maybe(self, piece: bytes, way: Way) -> None:
        if self._doomed is not None and way is self._proxy.down:
            raise ConnectionResetError
        if self._proxy._cut is not None and way is self._proxy.up:
            said, answered, cut = self._proxy._cut
            if said in piece:
                self._proxy._cut, self._doomed = None, cut
                if not answered:
                    raise ConnectionResetError
