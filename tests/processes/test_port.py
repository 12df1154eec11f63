"""Two servers on one port would silently share the hall: the second one says that it cannot."""

from collections.abc import Callable
from pathlib import Path

from tests.processes.server import House, Server

CANNOT_START = 2


def test_a_second_server_on_a_port_says_so_and_ends(
    tmp_path: Path, sqlite_house: House, serve: Callable[[House], Server]
) -> None:
    first = serve(sqlite_house)
    second = Server(sqlite_house.copied_to(tmp_path / "other"))
    second.port = first.port

    second.launch()
    second.until_ended()

    assert second.status == CANNOT_START
    assert f"HOST, PORT: cannot serve on 127.0.0.1:{first.port}" in second.log
