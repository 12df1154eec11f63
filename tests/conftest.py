"""Fixtures that more than one folder of tests needs."""

from collections.abc import Iterator

import pytest

from tests.postgres import Cluster, postgres_cluster


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """One PostgreSQL server for the whole run; `postgres.fresh_database()` gives a URL."""
    with postgres_cluster() as cluster:
        yield cluster
