"""Houses and servers for the tests that start real processes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.postgres import Cluster
from tests.processes.server import House, Server, set_up
from tests.processes.warm import loaded

DATABASES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house on SQLite, to be copied."""
    return set_up(tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="session")
def furnished_template(tmp_path_factory: pytest.TempPathFactory, postgres: Cluster) -> House:
    """A house on PostgreSQL, to be copied."""
    return set_up(tmp_path_factory.mktemp("house"), postgres.fresh_database())


@pytest.fixture
def sqlite_house(tmp_path: Path, furnished_file: House) -> House:
    """A house of its own on SQLite."""
    return furnished_file.copied_to(tmp_path / "house")


@pytest.fixture
def postgres_house(tmp_path: Path, furnished_template: House, postgres: Cluster) -> House:
    """A house of its own on PostgreSQL."""
    template = make_url(furnished_template.database_url).database
    assert template is not None
    url = postgres.fresh_database(template)
    return furnished_template.copied_to(tmp_path / "house", url)


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest) -> House:
    """A house of its own; on SQLite, and again on PostgreSQL."""
    made: House = request.getfixturevalue(f"{request.param}_house")
    return made


@pytest.fixture(scope="session")
def warm() -> Iterator[Path]:
    """A process that has loaded the server, from which it is forked."""
    with loaded() as address:
        yield address


@pytest.fixture
def serve(warm: Path) -> Iterator[Callable[..., Server]]:
    """Start a server for a house; all that were started are ended with the test.

    It is forked from the loaded process, unless it runs another program or `warm=None` is given.
    A server that fell over something unforeseen fails the test.
    """
    servers: list[Server] = []

    def start(house: House, **options: Any) -> Server:
        if "program" not in options:
            options = {"warm": warm, **options}
        server = Server(house, **options)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()
    for server in servers:
        assert "Traceback" not in server.log, server.log
