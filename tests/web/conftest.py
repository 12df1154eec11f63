"""Halls for the tests of the web."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from moderator import create_app
from tests.fake_now import FakeNow
from tests.web.hall import Hall, furnish, settings_for


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> tuple[Path, str]:
    """A database with the demonstration, to be copied; and the id of the dialogue."""
    folder = tmp_path_factory.mktemp("furnished")
    file = folder / "moderator.db"
    shutil.copy(migrated_file, file)
    return file, furnish(f"sqlite:///{file}", folder)


@pytest.fixture
def make_hall(
    furnished: tuple[Path, str], tmp_path: Path, now: FakeNow
) -> Iterator[Callable[..., Hall]]:
    """Makes a hall of its own, with settings of its own; the time stands still."""
    halls: list[Hall] = []

    def make(**others: Any) -> Hall:
        file, dialogue = furnished
        folder = tmp_path / f"hall-{len(halls)}"
        folder.mkdir()
        shutil.copy(file, folder / "moderator.db")
        url = f"sqlite:///{folder / 'moderator.db'}"
        hall = Hall(create_app(settings_for(url, folder, **others), now), dialogue, now)
        sa.event.listen(hall.house.engine, "connect", _write_carelessly)
        halls.append(hall)
        return hall

    yield make
    for hall in halls:
        hall.house.engine.dispose()


@pytest.fixture
def hall(make_hall: Callable[..., Hall]) -> Hall:
    """A hall where the dialogue is set up and nothing has happened yet."""
    return make_hall()


def _write_carelessly(connection: Any, _record: Any) -> None:
    """These databases need not outlive a power cut, and the disk is slow."""
    connection.execute("PRAGMA synchronous = OFF")
