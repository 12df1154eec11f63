"""Fixtures that more than one folder of tests needs."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import settings
from werkzeug.routing import Rule

from moderator.store.engine import make_engine, writing
from moderator.store.guards import set_guards
from moderator.store.migrate import migrate
from moderator.store.tables import metadata
from tests.fake_now import FakeNow
from tests.postgres import Cluster, postgres_cluster

DATABASES = ("sqlite", "postgres")

# Nothing is timed in tests: on a busy machine an example may take any time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not among what is kept: it took a quarter of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


@pytest.fixture(scope="session", autouse=True)
def _addresses_compiled_once() -> Iterator[None]:
    """A thousand halls have the same addresses: what werkzeug compiles of each is kept.

    Two thirds of the time that an application takes to be made went into it.
    """
    compile_anew = Rule._compile_builder
    kept: dict[tuple[str, bool], Any] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, append_unknown)
        if key not in kept:
            kept[key] = compile_anew(rule, append_unknown)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One PostgreSQL server for the whole run; `postgres.fresh_database()` gives a URL."""
    with postgres_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database in its newest form, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "moderator.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def shared_postgres_database(postgres: Cluster) -> str:
    """The URL of the PostgreSQL database that tests use one after the other."""
    url = postgres.fresh_database()
    _migrate(url)
    return url


@pytest.fixture(params=DATABASES)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without any table; on SQLite, and again on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'moderator.db'}"
    postgres: Cluster = request.getfixturevalue("postgres")
    return postgres.fresh_database()


@pytest.fixture
def sqlite_database(tmp_path: Path, migrated_file: Path) -> str:
    """The URL of a fresh, migrated SQLite database."""
    path = tmp_path / "moderator.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_database(shared_postgres_database: str) -> str:
    """The URL of an empty, migrated PostgreSQL database; no other test uses it meanwhile."""
    with _engine(shared_postgres_database) as engine, writing(engine) as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # no triggers
        for table in metadata.tables.values():
            connection.execute(sa.delete(table))
        set_guards(connection)
    return shared_postgres_database


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database; on SQLite, and again on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_database")
    return url


@pytest.fixture
def engine(database: str) -> Iterator[sa.Engine]:
    """An engine on a fresh, migrated database; on SQLite, and again on PostgreSQL."""
    with _engine(database) as engine:
        yield engine


@pytest.fixture
def sqlite_engine(sqlite_database: str) -> Iterator[sa.Engine]:
    """An engine on a fresh, migrated SQLite database."""
    with _engine(sqlite_database) as engine:
        yield engine


@pytest.fixture
def postgres_engine(postgres_database: str) -> Iterator[sa.Engine]:
    """An engine on an empty, migrated PostgreSQL database."""
    with _engine(postgres_database) as engine:
        yield engine


@pytest.fixture
def now() -> FakeNow:
    """A present that stands still until the test moves it."""
    return FakeNow()


@contextmanager
def _engine(url: str) -> Iterator[sa.Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _migrate(url: str) -> None:
    with _engine(url) as engine:
        migrate(engine)
