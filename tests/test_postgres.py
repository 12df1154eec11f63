"""The throw-away PostgreSQL server that other tests stand on."""

from sqlalchemy import create_engine, text

from tests.postgres import Cluster


def test_every_database_is_fresh(postgres: Cluster) -> None:
    first, second = (create_engine(postgres.fresh_database()) for _ in range(2))
    with first.begin() as connection:
        connection.execute(text("CREATE TABLE mark (word TEXT)"))
        connection.execute(text("INSERT INTO mark VALUES ('كلمة')"))
    with first.connect() as connection:
        assert connection.scalar(text("SELECT word FROM mark")) == "كلمة"
    with second.connect() as connection:
        assert connection.scalar(text("SELECT to_regclass('mark')")) is None
    first.dispose()
    second.dispose()


def test_the_server_is_new_enough_and_durable(postgres: Cluster) -> None:
    engine = create_engine(postgres.fresh_database())
    with engine.connect() as connection:
        assert int(connection.scalar(text("SHOW server_version_num"))) >= 150_000
        assert connection.scalar(text("SHOW fsync")) == "on"
    engine.dispose()
