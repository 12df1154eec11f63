"""The settings of an installation: from the environment, checked once, and then frozen."""

import contextlib
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ASYNC_MODES: Final = ("eventlet", "threading")
SECRET_BYTES: Final = 32


class SettingsError(Exception):
    """A setting that the server cannot start with; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation was told.

    `public_url` is how phones reach it (None: found out from the network); `trusted_proxies` are
    the networks whose X-Forwarded headers are believed.
    """

    instance: Path
    database_url: str
    secret_key: bytes
    host: str = "0.0.0.0"  # noqa: S104  phones reach it over the conference room's network
    port: int = 8000
    async_mode: str = "eventlet"
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check every variable; raises SettingsError that names the first wrong one."""
        root = Path(__file__).resolve().parent.parent
        instance = Path(environment.get("MODERATOR_INSTANCE") or root / "instance").resolve()
        try:
            instance.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"MODERATOR_INSTANCE: {instance} is no folder: {error}") from error
        return cls(
            instance=instance,
            database_url=_database_url(environment, instance),
            secret_key=_secret_key(environment, instance),
            host=environment.get("HOST") or "0.0.0.0",  # noqa: S104  as above
            port=_port(environment),
            async_mode=_async_mode(environment),
            public_url=_public_url(environment),
            trusted_proxies=_trusted_proxies(environment),
        )


def _database_url(environment: Mapping[str, str], instance: Path) -> str:
    text = environment.get("MODERATOR_DATABASE_URL") or f"sqlite:///{instance / 'moderator.db'}"
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise SettingsError("MODERATOR_DATABASE_URL: this is not the URL of a database") from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise SettingsError("MODERATOR_DATABASE_URL: the database must be sqlite or postgresql")
    if url.get_backend_name() == "sqlite" and not url.database:
        raise SettingsError("MODERATOR_DATABASE_URL: sqlite needs a file, or nothing would be kept")
    if url.get_backend_name() == "postgresql":
        # psycopg 3 stops the whole process under eventlet; psycopg2 can be made green.
        text = url.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    return text


def _secret_key(environment: Mapping[str, str], instance: Path) -> bytes:
    """The key from the environment, or the one of the instance, made at the first start."""
    given = environment.get("MODERATOR_SECRET_KEY")
    if given:
        if len(given) < SECRET_BYTES:
            raise SettingsError(
                f"MODERATOR_SECRET_KEY: at least {SECRET_BYTES} characters are needed"
            )
        return given.encode()
    path = instance / "secret-key"
    try:
        _make_secret(path)
    except OSError as error:
        raise SettingsError(f"MODERATOR_INSTANCE: cannot write {path}: {error}") from error
    key = path.read_bytes().strip()
    if len(key) < SECRET_BYTES:
        raise SettingsError(f"MODERATOR_INSTANCE: the secret in {path} is too short; delete it")
    return key


def _make_secret(path: Path) -> None:
    """Make the key once, readable by its owner alone; whoever starts beside us finds it whole."""
    if path.exists():
        return
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(secrets.token_hex(SECRET_BYTES).encode())
        file.flush()
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def _port(environment: Mapping[str, str]) -> int:
    text = environment.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingsError(f"PORT: {text!r} is not a number from 1 to 65535")
    return int(text)


def _async_mode(environment: Mapping[str, str]) -> str:
    mode = environment.get("MODERATOR_ASYNC_MODE") or ASYNC_MODES[0]
    if mode not in ASYNC_MODES:
        raise SettingsError(f"MODERATOR_ASYNC_MODE: {mode!r} is none of {', '.join(ASYNC_MODES)}")
    return mode


def _public_url(environment: Mapping[str, str]) -> str | None:
    text = environment.get("MODERATOR_PUBLIC_URL")
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        port_is_right = False
        parts = urlsplit("")
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if not whole or not port_is_right or parts.query or parts.fragment:
        raise SettingsError(
            f"MODERATOR_PUBLIC_URL: {text!r} is not of the form https://name or http://name:8000"
        )
    return text.rstrip("/")


def _trusted_proxies(environment: Mapping[str, str]) -> tuple[str, ...]:
    networks = []
    for text in (environment.get("MODERATOR_TRUSTED_PROXIES") or "").split(","):
        if not text.strip():
            continue
        try:
            networks.append(str(ip_network(text.strip())))
        except ValueError as error:
            raise SettingsError(
                f"MODERATOR_TRUSTED_PROXIES: {text.strip()!r} is no address or network"
            ) from error
    return tuple(networks)
