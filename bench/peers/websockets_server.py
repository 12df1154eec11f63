"""Tells all sockets of a bare asyncio websockets server what is posted, with its instant.

Usage: python websockets_server.py PORT FIRST. Whoever joins gets FIRST bytes of text; what is to
be told is posted one port above.
"""

import asyncio
import json
import sys
import time
from typing import Any

from websockets.asyncio.server import ServerConnection, broadcast, serve

port, first = map(int, sys.argv[1:])
SNAPSHOT = json.dumps(["snapshot", {"version": 1, "now": 0, "view": {"text": "x" * first}}])
sockets: set[ServerConnection] = set()


async def listen(socket: ServerConnection) -> None:
    """Keep a socket among those that are told."""
    sockets.add(socket)
    try:
        await socket.send(SNAPSHOT)
        await socket.wait_closed()
    finally:
        sockets.discard(socket)


async def publish(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer requests of one connection; the body of a POST is told to everybody."""
    while head := await _head(reader):
        length = next((int(line[15:]) for line in head if line.startswith("content-length:")), 0)
        body = await reader.readexactly(length)
        if head[0].startswith("post"):
            message: dict[str, Any] = {**json.loads(body), "now": int(time.time() * 1000)}
            broadcast(sockets, json.dumps(["patch", message], separators=(",", ":")))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    writer.close()


async def _head(reader: asyncio.StreamReader) -> list[str]:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode().lower().splitlines()
    except asyncio.IncompleteReadError:
        return []


async def main() -> None:
    """Serve sockets, and take what is to be told."""
    sockets_served = await serve(listen, "127.0.0.1", port, compression=None, backlog=4096)
    posts = await asyncio.start_server(publish, "127.0.0.1", port + 1)
    async with sockets_served, posts:
        await asyncio.get_running_loop().create_future()


asyncio.run(main())
