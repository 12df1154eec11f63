"""Halls for the tests of the web."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from jinja2 import FileSystemBytecodeCache

from moderator import create_app
from tests.fake_now import FakeNow
from tests.web.hall import Hall, furnish, settings_for

MakeHall = Callable[..., Hall]
Furnished = tuple[Path, str]


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Furnished:
    """A database with the demonstration, to be copied; and the id of the dialogue."""
    folder = tmp_path_factory.mktemp("furnished")
    file = folder / "moderator.db"
    shutil.copy(migrated_file, file)
    return file, furnish(f"sqlite:///{file}", folder)


@pytest.fixture
def make_hall(furnished: Furnished, tmp_path: Path, now: FakeNow) -> Iterator[MakeHall]:
    """Makes a hall of its own, with settings of its own; the time stands still."""
    with _halls(furnished, tmp_path, now) as make:
        yield make


@pytest.fixture(scope="module")
def make_lasting_hall(
    furnished: Furnished, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeHall]:
    """Makes halls in which the tests of a module change nothing."""
    with _halls(furnished, tmp_path_factory.mktemp("halls"), FakeNow()) as make:
        yield make


@pytest.fixture(scope="module")
def quiet(make_lasting_hall: MakeHall) -> Hall:
    """A hall for all tests of a module, none of which gets anything done in it."""
    return make_lasting_hall()


@pytest.fixture
def hall(make_hall: MakeHall) -> Hall:
    """A hall where the dialogue is set up and nothing has happened yet."""
    return make_hall()


@contextmanager
def _halls(furnished: Furnished, folder: Path, now: FakeNow) -> Iterator[MakeHall]:
    halls: list[Hall] = []

    def make(**others: Any) -> Hall:
        file, dialogue = furnished
        instance = folder / f"hall-{len(halls)}"
        instance.mkdir()
        shutil.copy(file, instance / "moderator.db")
        url = f"sqlite:///{instance / 'moderator.db'}"
        hall = Hall(create_app(settings_for(url, instance, **others), now), dialogue, now)
        sa.event.listen(hall.house.engine, "connect", _write_carelessly)
        hall.app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(file.parent))
        halls.append(hall)
        return hall

    yield make
    for hall in halls:
        hall.house.engine.dispose()


def _write_carelessly(connection: Any, _record: Any) -> None:
    """These databases need not outlive a power cut, and the disk is slow."""
    connection.execute("PRAGMA synchronous = OFF")
