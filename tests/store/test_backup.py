"""Backups: what they hold, that they come back on either database, and what is refused."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from moderator.cli import DEMONSTRATION
from moderator.core.units import Instant
from moderator.secretariat import Secretariat
from moderator.store import backup, journal, tables
from moderator.store.engine import NotRecorded, make_engine, reading, writing
from moderator.store.guards import guards_missing
from moderator.store.migrate import REVISION, config, is_current, migrate
from tests.fake_now import FakeNow
from tests.store.logs import DIALOGUE, write_log

KEY = b"the key of the first installation"
OTHERS = ("sqlite", "postgres")


@pytest.fixture
def furnished(engine: sa.Engine) -> sa.Engine:
    """An installation with a dialogue, its links, seats and tokens, and a log."""
    secretariat = Secretariat(engine, FakeNow(), KEY)
    dialogue = secretariat.create(DEMONSTRATION.read_bytes())
    link = secretariat.links(dialogue)[0]
    secretariat.issue_tokens(dialogue, [(link.role, link.subject)])
    write_log(engine, *["chair/mexico"] * 1_500)
    return engine


@pytest.fixture(params=OTHERS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty place to restore to; of the same kind, and again of the other."""
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").fresh_database()
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def near(tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty place to restore to, on SQLite."""
    engine = make_engine(f"sqlite:///{tmp_path / 'near.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "saved.zip"


def save(engine: sa.Engine, file: Path) -> backup.Manifest:
    return backup.back_up(engine, KEY, file, "0.1.0", Instant(5))


def load(engine: sa.Engine, file: Path) -> list[bytes]:
    """Restore a backup, which must be whole; the keys that were handed over."""
    keys: list[bytes] = []
    _, damage = backup.restore(engine, file, keys.append)
    assert not any(damage.values())
    return keys


def content(engine: sa.Engine) -> dict[str, set[tuple[Any, ...]]]:
    with reading(engine) as connection:
        return {
            name: {tuple(row) for row in connection.execute(sa.select(table))}
            for name, table in tables.metadata.tables.items()
        }


def repacked(file: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change parts of a backup."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def assert_untouched(engine: sa.Engine) -> None:
    assert [name for name in sa.inspect(engine).get_table_names() if name != REVISION.name] == []


def test_everything_comes_back_on_either_database(furnished, elsewhere, file):
    save(furnished, file)

    assert load(elsewhere, file) == [KEY]

    before, after = content(furnished), content(elsewhere)
    assert after == before
    assert all(before[name] for name in ("dialogue", "event", "link", "token"))
    assert is_current(elsewhere)
    with reading(elsewhere) as connection:
        assert guards_missing(connection) == ()


def test_a_log_goes_on_after_it_was_restored(furnished, elsewhere, file):
    save(furnished, file)
    load(elsewhere, file)

    with writing(elsewhere) as connection:
        head = journal.lock(connection, DIALOGUE.id)
        event = journal.read(connection, DIALOGUE.id)[-1].event
        head = journal.append(connection, DIALOGUE.id, head, "chair/x", "tap-next", [event])
        journal.move_head(connection, DIALOGUE.id, head, None, None)

    with reading(elsewhere) as connection:
        assert journal.damage(connection, DIALOGUE.id) == ()


def test_a_backup_says_what_it_holds(furnished, file):
    manifest = save(furnished, file)

    with zipfile.ZipFile(file) as archive:
        said = json.loads(archive.read("manifest.json"))
        assert set(archive.namelist()) - {"manifest.json"} == set(said["parts"])
        for name, part in said["parts"].items():
            data = archive.read(name)
            assert part["sha256"] == hashlib.sha256(data).hexdigest()
            assert part["bytes"] == len(data)
    assert said["heads"][DIALOGUE.id]["version"] == 1_500
    assert said["parts"]["tables/event.jsonl"]["rows"] == 1_500
    assert said["database"] == furnished.dialect.name
    assert (said["version"], said["made_at"]) == ("0.1.0", 5)
    assert manifest.events == 1_500


def test_only_its_owner_can_read_it(furnished, file):
    save(furnished, file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.glob(".backup-*")] == []


def test_an_older_backup_is_replaced_and_anything_else_is_not(furnished, file):
    save(furnished, file)
    save(furnished, file)
    precious = file.with_name("moderator.db")
    precious.write_bytes(b"precious")

    with pytest.raises(backup.NoBackup, match="exists and is no backup"):
        save(furnished, precious)

    assert precious.read_bytes() == b"precious"


def test_a_backup_is_of_one_moment(furnished, file, monkeypatch):
    """What is recorded while the rows are read is not in it, not even in part."""
    lines = backup._lines

    def slowly(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
        if table.name == "dialogue":
            write_log(furnished, "chair/late", dialogue_id="late")
        yield from lines(connection, table)

    monkeypatch.setattr(backup, "_lines", slowly)

    manifest = save(furnished, file)

    assert "late" not in manifest.heads
    with zipfile.ZipFile(file) as archive:
        assert b"late" not in archive.read("tables/event.jsonl")
        assert b'"late"' not in archive.read("tables/dialogue.jsonl")
    with reading(furnished) as connection:
        assert journal.head(connection, "late") is not None


def test_a_backup_of_older_tables_is_brought_to_the_newest_form(furnished, elsewhere, file):
    before = content(furnished)
    with writing(furnished, foreign_keys=False) as connection:
        command.downgrade(config(connection), "0001")
    assert save(furnished, file).revision == "0001"
    migrate(furnished)

    load(elsewhere, file)

    assert is_current(elsewhere)
    assert content(elsewhere) == before


def test_an_installation_that_was_set_up_and_is_empty_is_filled(furnished, elsewhere, file):
    save(furnished, file)
    migrate(elsewhere)
    with writing(elsewhere) as connection:
        connection.execute(sa.insert(tables.anchor).values(boot_id="of this host", offset=1))

    load(elsewhere, file)

    assert content(elsewhere) == content(furnished)


def test_an_installation_in_which_there_is_something_is_not_touched(furnished, elsewhere, file):
    save(furnished, file)
    migrate(elsewhere)
    write_log(elsewhere, "chair/x", dialogue_id="another")
    before = content(elsewhere)

    with pytest.raises(backup.NotEmpty, match="table dialogue"):
        load(elsewhere, file)

    assert content(elsewhere) == before


def test_a_log_that_was_damaged_comes_back_and_is_told(sqlite_engine, near, file):
    write_log(sqlite_engine, "a", "b", "c")
    with writing(sqlite_engine) as connection:
        connection.exec_driver_sql("DROP TRIGGER event_no_update")
        connection.exec_driver_sql("UPDATE event SET actor = 'x' WHERE version = 2")
    save(sqlite_engine, file)

    _, damage = backup.restore(near, file, lambda _key: None)

    assert damage == {DIALOGUE.id: ("row 2 was changed",)}
    assert content(near) == content(sqlite_engine)


# Files that are none


def _change_a_row(parts: dict[str, bytes]) -> None:
    parts["tables/event.jsonl"] = parts["tables/event.jsonl"].replace(
        b"GavelTaken", b"GavelLaid", 1
    )


def _change_the_key(parts: dict[str, bytes]) -> None:
    parts["secret-key"] = b"another key of thirty-two letters"


def _lose_a_part(parts: dict[str, bytes]) -> None:
    del parts["tables/link.jsonl"]


def _lose_the_key(parts: dict[str, bytes]) -> None:
    del parts["secret-key"]


def _add_a_part(parts: dict[str, bytes]) -> None:
    parts["tables/../../x"] = b""


def _lose_the_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def _declare(**fields: Any) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps({**said, **fields}).encode()

    return change


def _cut_the_log(parts: dict[str, bytes]) -> None:
    """Take the last event away, and have the manifest agree, but for the head."""
    name = "tables/event.jsonl"
    parts[name] = parts[name].rstrip(b"\n").rpartition(b"\n")[0] + b"\n"
    said = json.loads(parts["manifest.json"])
    said["parts"][name]["sha256"] = hashlib.sha256(parts[name]).hexdigest()
    parts["manifest.json"] = json.dumps(said).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_change_a_row, r"tables/event\.jsonl is not what was saved"),
        (_change_the_key, "secret-key is not what was saved"),
        (_lose_a_part, r"not whole: tables/link\.jsonl"),
        (_lose_the_key, "not whole: secret-key"),
        (_add_a_part, "not whole: tables/"),
        (_lose_the_manifest, "no manifest of ours"),
        (_declare(format=2, version="9.0"), r"another version of the program \(9\.0\)"),
        (_declare(revision="9999", version="9.0"), r"a newer version \(9\.0\)"),
        (_declare(revision="0001"), "other tables than its version"),
        (_declare(heads={DIALOGUE.id: {"version": 4, "hash": "x"}}), "does not end where"),
        (_declare(heads=[]), "no manifest of ours"),
    ],
)
def test_a_file_that_is_no_whole_backup_is_refused(sqlite_engine, near, file, change, words):
    write_log(sqlite_engine, "a", "b", "c")
    save(sqlite_engine, file)
    repacked(file, change)

    with pytest.raises(backup.NoBackup, match=words):
        load(near, file)

    assert_untouched(near)


def test_a_log_that_was_cut_is_told(sqlite_engine, near, file):
    write_log(sqlite_engine, "a", "b", "c")
    save(sqlite_engine, file)
    repacked(file, _cut_the_log)

    _, damage = backup.restore(near, file, lambda _key: None)

    assert damage == {DIALOGUE.id: ("the log ends at row 2, but 3 were written",)}


@pytest.mark.parametrize("data", [b"", b"PK", b"SQLite format 3\0", bytes(1_000)])
def test_what_is_no_zip_is_refused(near, file, data):
    file.write_bytes(data)

    with pytest.raises(backup.NoBackup, match="is no backup"):
        load(near, file)


def test_half_a_backup_is_refused(sqlite_engine, near, file):
    save(sqlite_engine, file)
    file.write_bytes(file.read_bytes()[:-100])

    with pytest.raises(backup.NoBackup):
        load(near, file)


def test_where_there_is_no_database_there_is_nothing_to_save(near, file):
    with pytest.raises(backup.NoBackup, match="init-db"):
        save(near, file)

    assert not file.exists()


def test_a_folder_that_is_not_there_is_named(sqlite_engine, tmp_path):
    with pytest.raises(backup.NoBackup, match="cannot be written"):
        save(sqlite_engine, tmp_path / "nowhere" / "saved.zip")


def test_a_database_that_is_gone_is_told(file):
    gone = make_engine("postgresql+psycopg2://moderator@127.0.0.1:1/x")

    with pytest.raises(NotRecorded):
        save(gone, file)

    assert not file.exists()


def test_when_the_key_cannot_be_kept_nothing_is_restored(sqlite_engine, near, file):
    write_log(sqlite_engine, "a")
    save(sqlite_engine, file)

    def refuse(_key: bytes) -> None:
        raise PermissionError

    with pytest.raises(backup.NoBackup, match="secret key cannot be kept"):
        backup.restore(near, file, refuse)

    assert_untouched(near)


def test_a_key_is_kept_for_its_owner_alone(tmp_path):
    own = tmp_path / "secret-key"
    own.write_bytes(b"old")

    backup.keep_key(own, KEY)

    assert own.read_bytes() == KEY
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
