"""A backup of a whole installation in one file, and its return into an empty one.

The file is a zip: `manifest.json`, the rows of each table as lines of JSON, and the secret key,
without which links and place cards open nothing. It is the same for both kinds of database, so
that what was saved from one can go on in the other.
"""

import hashlib
import io
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from moderator.core.units import Instant
from moderator.store import journal
from moderator.store.engine import reading, writing
from moderator.store.guards import set_guards
from moderator.store.migrate import LOCK, REVISION, config, steps

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
KEY: Final = "secret-key"
AT_A_TIME: Final = 1_000
"""Rows that are held at once."""

LONGEST_MANIFEST: Final = 10_000_000
PERSONAL: Final = 0o600

# Made by whoever uses the database, and no part of what is kept in it.
_PASSED_OVER: Final = frozenset({REVISION.name})
_MAY_BE_THERE: Final = frozenset({REVISION.name, "anchor"})


class NoBackup(Exception):
    """A file that is no backup of ours or is not whole, or a place where none can be put."""


class NotEmpty(Exception):
    """An installation in which there is something; nothing was restored."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the file has to be; `rows` is None for what is no table."""

    sha256: str
    bytes: int
    rows: int | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the head of each log, and what each part has to be.

    `made_at` is in milliseconds; `version` is that of the program, `revision` that of the tables.
    """

    format: int
    version: str
    database: str
    revision: str
    made_at: int
    heads: Mapping[str, journal.Head]
    parts: Mapping[str, Part]

    @property
    def events(self) -> int:
        """How many rows all logs have."""
        return sum(head.version for head in self.heads.values())


def back_up(
    engine: sa.Engine, secret_key: bytes, file: Path, version: str, made_at: Instant
) -> Manifest:
    """Write all that the installation holds at this moment to `file`, while it goes on.

    An older backup of that name is replaced when the new one is whole. Raises NoBackup when
    something else has the name, NotRecorded when the database cannot be read.
    """
    if file.exists():
        try:
            with _opened(file) as archive:
                _manifest(archive)
        except NoBackup:
            raise NoBackup(f"{file} exists and is no backup; it is not replaced") from None
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as name:
            made = Path(name) / "backup.zip"
            manifest = _write(engine, secret_key, made, version, made_at)
            made.replace(file)
            _flush(file.parent)
    except (OSError, sqlite3.Error) as error:  # the latter when the disk is full
        raise NoBackup(f"{file} cannot be written: {error}") from error
    return manifest


def restore(
    engine: sa.Engine, file: Path, keep_key: Callable[[bytes], None]
) -> tuple[Manifest, Mapping[str, tuple[str, ...]]]:
    """Put a backup into an empty installation, all or nothing.

    Tells what was in it, and what is wrong with each log (as it was when it was saved). `keep_key`
    is given the secret key. Raises NoBackup, NotEmpty, and NotRecorded.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive)
        _check(archive, manifest)
        with writing(engine, foreign_keys=False) as connection:
            _refuse_what_is_not_empty(connection)
            _fill(connection, archive, manifest)
            damage = _checked(connection, manifest)
            key = archive.read(KEY)
            try:
                keep_key(key)
            except OSError as error:
                raise NoBackup(f"the secret key cannot be kept: {error}") from error
    return manifest, damage


# Writing


def _write(
    engine: sa.Engine, secret_key: bytes, file: Path, version: str, made_at: Instant
) -> Manifest:
    parts: dict[str, Part] = {}
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, PERSONAL)
    with (
        os.fdopen(descriptor, "w+b") as bare,
        zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as archive,
        _snapshot(engine, file.parent) as connection,
    ):
        revision = _revision(connection)
        if revision is None:
            raise NoBackup("there is no database yet (flask --app wsgi init-db makes it)")
        tables = _tables(connection)
        for table in tables:
            name = _part_of(table)
            parts[name] = _add(archive, name, _lines(connection, table))
        parts[KEY] = _add(archive, KEY, iter([secret_key]), is_table=False)
        dialogue = next(table for table in tables if table.name == "dialogue").c
        heads = connection.execute(sa.select(dialogue.id, dialogue.version, dialogue.hash))
        manifest = Manifest(
            format=FORMAT,
            version=version,
            database=engine.dialect.name,
            revision=revision,
            made_at=made_at,
            heads={row.id: journal.Head(row.version, row.hash) for row in heads},
            parts=parts,
        )
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    _flush(file)
    return manifest


@contextmanager
def _snapshot(engine: sa.Engine, folder: Path) -> Iterator[sa.Connection]:
    """All tables as they are at one moment, for as long as it takes to read them."""
    if engine.dialect.name == "postgresql":
        with reading(engine) as connection:
            yield connection
        return
    # Copied page by page in one go: a reader that takes long would keep the live file from being
    # tidied up, and a copy of the file would lack what stands in its journal.
    copy = folder / "copy.db"
    with reading(engine) as connection, closing(sqlite3.connect(copy)) as target:
        copy.chmod(PERSONAL)
        source = connection.connection.driver_connection
        assert source is not None  # noqa: S101  it has just been connected
        source.backup(target)
    copied = sa.create_engine(f"sqlite:///{copy}", hide_parameters=True)
    try:
        with copied.connect() as connection:
            yield connection
    finally:
        copied.dispose()


def _lines(connection: sa.Connection, table: sa.Table) -> Iterator[bytes]:
    """The names of the columns, then the rows, a line of JSON each, always in the same order."""
    columns = list(table.columns)
    yield _line([column.name for column in columns])
    # Rows that refer to others of the same table (rehearsals) come after those.
    later = [key.parent for key in table.foreign_keys if key.column.table is table]
    rows = connection.execution_options(yield_per=AT_A_TIME).execute(
        sa.select(*columns).order_by(
            *(column.is_not(None) for column in later), *table.primary_key.columns
        )
    )
    for row in rows:
        yield _line(list(row))


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _add(
    archive: zipfile.ZipFile, name: str, lines: Iterator[bytes], *, is_table: bool = True
) -> Part:
    digest, size, count = hashlib.sha256(), 0, 0
    with archive.open(name, "w", force_zip64=True) as part:
        for line in lines:
            part.write(line)
            digest.update(line)
            size += len(line)
            count += 1
    return Part(digest.hexdigest(), size, count - 1 if is_table else None)


def _flush(path: Path) -> None:
    """Have it on the disk, and not only on its way there."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# Reading


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError) as error:
        raise NoBackup(f"{file} is no backup, or is not whole: {error}") from error
    except OSError as error:
        raise NoBackup(f"{file} cannot be read: {error}") from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """What a backup says of itself; raises NoBackup."""
    name = archive.filename
    try:
        if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise NoBackup(f"{name} is no backup: its manifest is too long")
        said = json.loads(archive.read(MANIFEST))
        if said["format"] != FORMAT:
            raise NoBackup(f"{name} was made by another version of the program ({said['version']})")
        heads = {key: journal.Head(**head) for key, head in said.pop("heads").items()}
        parts = {key: Part(**part) for key, part in said.pop("parts").items()}
        return Manifest(heads=heads, parts=parts, **said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoBackup(f"{name} is no backup: it has no manifest of ours") from error


def _check(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Compare every part with the manifest, before any is used; raises NoBackup."""
    names = set(archive.namelist()) - {MANIFEST}
    if names != set(manifest.parts) or KEY not in names:
        odd = ", ".join(sorted(names ^ set(manifest.parts))) or KEY
        raise NoBackup(f"the backup is not whole: {odd}")
    for name, part in manifest.parts.items():
        digest = hashlib.sha256()
        with archive.open(name) as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != part.sha256:
            raise NoBackup(f"the backup is damaged: {name} is not what was saved")
    if manifest.revision not in steps():
        raise NoBackup(f"the backup was made by a newer version ({manifest.version}) than this one")


def _refuse_what_is_not_empty(connection: sa.Connection) -> None:
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if table.name in _MAY_BE_THERE:
            continue
        if connection.scalar(sa.select(sa.func.count()).select_from(table)):
            raise NotEmpty(f"there is something in this installation already (table {table.name})")


def _fill(connection: sa.Connection, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Make the tables as they were, put the rows in, and bring them to their newest form."""
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    if _revision(connection) is not None:
        command.downgrade(config(connection), "base")
    command.upgrade(config(connection), manifest.revision)
    tables = _tables(connection)
    if {_part_of(table) for table in tables} != set(manifest.parts) - {KEY}:
        raise NoBackup("the backup has other tables than its version of the program")
    for table in tables:
        with archive.open(_part_of(table)) as content:
            _put(connection, table, io.TextIOWrapper(content, "utf-8", newline="\n"))
    command.upgrade(config(connection), "head")
    set_guards(connection)


def _put(connection: sa.Connection, table: sa.Table, lines: io.TextIOWrapper) -> None:
    names = json.loads(next(lines))
    if set(names) != {column.name for column in table.columns}:
        raise NoBackup(f"the backup has other columns in {table.name} than its version")
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append(dict(zip(names, json.loads(line), strict=True)))
        if len(rows) == AT_A_TIME:
            connection.execute(sa.insert(table), rows)
            rows = []
    if rows:
        connection.execute(sa.insert(table), rows)


def _checked(connection: sa.Connection, manifest: Manifest) -> Mapping[str, tuple[str, ...]]:
    """What is wrong with each log; raises NoBackup when a log does not end where it ended."""
    for dialogue_id, head in manifest.heads.items():
        if journal.head(connection, dialogue_id) != head:
            raise NoBackup(f"the log of {dialogue_id} does not end where the backup says")
    return {one: journal.damage(connection, one) for one in manifest.heads}


def _tables(connection: sa.Connection) -> list[sa.Table]:
    """The tables that there are, those first to which others refer."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in _PASSED_OVER]


def _part_of(table: sa.Table) -> str:
    return f"tables/{table.name}.jsonl"


def _revision(connection: sa.Connection) -> str | None:
    """Which form the tables have; None where there are none."""
    if not sa.inspect(connection).has_table(REVISION.name):
        return None
    return connection.scalar(sa.select(REVISION.c.version_num))


def keep_key(file: Path, key: bytes) -> None:
    """Put a secret key where an installation keeps its own, readable by its owner alone."""
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # it is readable by nobody else
    try:
        with os.fdopen(descriptor, "wb") as made:
            made.write(key)
            made.flush()
            os.fsync(made.fileno())
        Path(name).replace(file)
        _flush(file.parent)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
