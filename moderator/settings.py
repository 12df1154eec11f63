"""The settings of an installation: from the environment, checked once, and then frozen."""

import contextlib
import os
import re
import secrets
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

VERSION: Final = "0.1.0"

ASYNC_MODES: Final = ("eventlet", "threading")

DRIVERS: Final = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg2"}
"""psycopg 3 stops the whole process under eventlet; psycopg2 can be made green."""

SECRET_BYTES: Final = 32

_BEARER_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
"""What may stand after "Bearer" (RFC 6750), and is too long to be guessed."""

_ORIGIN: Final = re.compile(r"(https?://[^\s/?#@]+)/?", re.IGNORECASE)


class SettingsError(Exception):
    """A setting that the server cannot start with; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation was told.

    `public_url` is how phones reach it (None: found out from the network); `trusted_proxies` are
    the networks whose X-Forwarded headers are believed; `metrics_token` is what whoever reads the
    metrics has to show (None: they are read on this machine alone).
    """

    instance: Path
    database_url: str
    secret_key: bytes
    host: str = "0.0.0.0"  # noqa: S104  phones reach it over the conference room's network
    port: int = 8000
    async_mode: str = "eventlet"
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ()
    metrics_token: str | None = None

    @property
    def key_file(self) -> Path:
        """Where the installation keeps a secret key of its own."""
        return _key_file(self.instance)

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
            host=_host(environment),
            port=_port(environment),
            async_mode=_async_mode(environment),
            public_url=_public_url(environment),
            trusted_proxies=_trusted_proxies(environment),
            metrics_token=_metrics_token(environment),
        )


def _database_url(environment: Mapping[str, str], instance: Path) -> str:
    text = environment.get("MODERATOR_DATABASE_URL") or f"sqlite:///{instance / 'moderator.db'}"
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:  # the latter for a port that is no number
        raise SettingsError("MODERATOR_DATABASE_URL: this is not the URL of a database") from error
    if url.get_backend_name() not in DRIVERS:
        raise SettingsError("MODERATOR_DATABASE_URL: the database must be sqlite or postgresql")
    if url.get_backend_name() == "sqlite" and (not url.database or ":memory:" in url.database):
        raise SettingsError("MODERATOR_DATABASE_URL: sqlite needs a file, or nothing would be kept")
    url = url.set(drivername=DRIVERS[url.get_backend_name()])
    return url.render_as_string(hide_password=False)


def _secret_key(environment: Mapping[str, str], instance: Path) -> bytes:
    """The key from the environment, or the one of the instance, made at the first start."""
    given = environment.get("MODERATOR_SECRET_KEY")
    if given:
        if len(given) < SECRET_BYTES:
            raise SettingsError(
                f"MODERATOR_SECRET_KEY: at least {SECRET_BYTES} characters are needed"
            )
        return os.fsencode(given)
    path = _key_file(instance)
    try:
        _make_secret(path)
        key = path.read_bytes().strip()
    except OSError as error:
        raise SettingsError(f"MODERATOR_INSTANCE: cannot keep {path}: {error}") from error
    if len(key) < SECRET_BYTES:
        raise SettingsError(f"MODERATOR_INSTANCE: the secret in {path} is too short; delete it")
    return key


def _key_file(instance: Path) -> Path:
    return instance / "secret-key"


def _make_secret(path: Path) -> None:
    """Make the key once, readable by its owner alone; whoever starts beside us finds it whole."""
    if path.exists():
        return
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(secrets.token_hex(SECRET_BYTES).encode())
        file.flush()
        os.fsync(file.fileno())  # or a power cut leaves an empty key, and every seat is lost
        with contextlib.suppress(FileExistsError):
            os.link(file.name, path)


def _host(environment: Mapping[str, str]) -> str:
    text = environment.get("HOST") or "0.0.0.0"  # noqa: S104  as above
    try:
        socket.getaddrinfo(text, None, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"HOST: {text!r} is no address or name of this machine") from error
    return text


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
        origin = _ORIGIN.fullmatch(text)
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if origin is None or not is_whole:
        raise SettingsError(
            f"MODERATOR_PUBLIC_URL: {text!r} is not of the form https://name or http://name:8000"
        )
    return origin[1].lower()  # as browsers write it


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


def _metrics_token(environment: Mapping[str, str]) -> str | None:
    text = environment.get("MODERATOR_METRICS_TOKEN")
    if text and not _BEARER_TOKEN.fullmatch(text):
        # Not shown: it may be the right one with a blank too many.
        raise SettingsError(
            "MODERATOR_METRICS_TOKEN: 16 or more of A-Z a-z 0-9 . _ ~ + / - are needed"
        )
    return text or None
