"""The time of the installation: read from the wall once per boot, and not to be stepped."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from moderator import clock
from moderator.clock import SystemClock, anchored, boot_clock, boot_id, wall_clock
from moderator.core.units import MINUTE
from moderator.store import tables
from moderator.store.engine import make_engine, reading, writing
from moderator.store.migrate import migrate
from tests.fake_now import START
from tests.processes.crew import crew

HOUR = 60 * MINUTE


@dataclass
class Host:
    """The clocks of a host, as they are moved."""

    wall: int = START
    monotonic: int = 5_000

    def run(self, milliseconds: int) -> None:
        self.wall += milliseconds
        self.monotonic += milliseconds

    def now(self, engine: sa.Engine, boot: str = "boot-1") -> clock.Now:
        """The time as a process finds it that starts on this host at this moment."""
        return anchored(engine, boot, lambda: self.monotonic, lambda: self.wall)


@pytest.fixture
def host() -> Host:
    return Host()


def test_it_starts_from_the_wall_clock_of_the_host(sqlite_engine, host):
    now = host.now(sqlite_engine)

    assert now() == START


def test_with_postgresql_it_starts_from_the_clock_that_all_hosts_share(postgres_engine, host):
    earlier = _clock_of(postgres_engine)

    now = host.now(postgres_engine)()

    assert earlier <= now <= _clock_of(postgres_engine)


def test_it_is_carried_by_the_clock_that_nobody_can_step(engine, host):
    now = host.now(engine)
    begun = now()

    host.run(1_500)

    assert now() - begun == 1_500


@pytest.mark.parametrize("step", [HOUR, -HOUR])
def test_a_stepped_wall_clock_changes_nothing(engine, host, step):
    now = host.now(engine)
    begun = now()

    host.wall += step
    host.run(1_000)

    assert now() - begun == 1_000
    assert host.now(engine)() == now()


def test_all_processes_of_a_host_have_the_same_time(engine, host):
    one = host.now(engine)
    host.wall += 40
    other = host.now(engine)

    assert one() == other()


def test_a_reboot_reads_the_wall_clock_anew(sqlite_engine, host):
    host.now(sqlite_engine)

    host.wall += 10 * MINUTE
    host.monotonic = 200

    assert host.now(sqlite_engine, "boot-2")() == START + 10 * MINUTE


def test_each_host_has_its_own_anchor(engine, host):
    beside = Host(monotonic=777_000)
    here, there = host.now(engine, "boot-a"), beside.now(engine, "boot-b")

    assert abs(here() - there()) < MINUTE
    assert host.now(engine, "boot-a")() == here()


def test_processes_that_start_at_once_agree(engine, database):
    offsets = crew(_offset, [(database, number * HOUR) for number in range(4)])

    assert len(set(offsets)) == 1
    with reading(engine) as connection:
        assert connection.scalars(sa.select(tables.anchor.c.offset)).all() == offsets[:1]


def test_a_restarted_process_finds_its_time_while_the_database_takes_nothing(engine, host):
    begun = host.now(engine)()

    with writing(engine):
        assert host.now(engine)() == begun


def test_the_clock_of_the_system_waits_for_the_tables(empty_database):
    engine = make_engine(empty_database)
    now = SystemClock(engine)
    migrate(engine)

    first = now()

    assert first <= now() == pytest.approx(wall_clock(), abs=MINUTE)
    with reading(engine) as connection:
        (boot,) = connection.scalars(sa.select(tables.anchor.c.boot_id))
    assert boot == boot_id()
    engine.dispose()


def test_the_clock_of_the_system_asks_the_database_once(engine):
    now = SystemClock(engine)
    first = now()
    with writing(engine) as connection:
        connection.execute(sa.update(tables.anchor).values(offset=0))

    assert now() >= first


def test_a_boot_has_one_id_and_a_system_that_tells_none_a_new_one_each_time(monkeypatch, tmp_path):
    assert boot_id() == boot_id()

    monkeypatch.setattr(clock, "_BOOT_ID", tmp_path / "none")
    assert boot_id() != boot_id()


def test_the_clock_of_a_boot_never_runs_back():
    readings = [boot_clock() for _ in range(100)]

    assert readings == sorted(readings)


def _clock_of(engine: sa.Engine) -> int:
    epoch = "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)"
    with reading(engine) as connection:
        return int(connection.exec_driver_sql(epoch).scalar_one())


def _offset(database: str, step: int) -> int:
    engine = make_engine(database)
    now = anchored(engine, "boot-1", lambda: 0, lambda: START + step)
    engine.dispose()
    return now()
