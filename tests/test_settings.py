"""The settings: every variable, right and wrong, and the secret of an installation."""

import os
import stat
import tomllib
from pathlib import Path

import pytest

from moderator import settings as settings_module
from moderator.settings import Settings, SettingsError
from tests.processes.crew import crew
from tests.processes.server import ROOT


def settings(instance: Path, **environment: str) -> Settings:
    return Settings.from_environment({"MODERATOR_INSTANCE": str(instance), **environment})


def refusal(instance: Path, **environment: str) -> str:
    with pytest.raises(SettingsError) as refused:
        settings(instance, **environment)
    return str(refused.value)


def test_without_any_variable_everything_is_under_the_instance(tmp_path):
    found = settings(tmp_path)

    assert found == Settings(
        instance=tmp_path,
        database_url=f"sqlite:///{tmp_path}/moderator.db",
        secret_key=(tmp_path / "secret-key").read_bytes(),
        host="0.0.0.0",  # noqa: S104  phones reach it over the conference room's network
        port=8000,
        async_mode="eventlet",
        public_url=None,
        trusted_proxies=(),
        metrics_token=None,
    )


def test_an_empty_variable_is_one_that_was_not_set(tmp_path):
    names = (
        *("HOST", "PORT", "MODERATOR_DATABASE_URL", "MODERATOR_ASYNC_MODE"),
        *("MODERATOR_SECRET_KEY", "MODERATOR_PUBLIC_URL", "MODERATOR_TRUSTED_PROXIES"),
        "MODERATOR_METRICS_TOKEN",
    )

    assert settings(tmp_path, **dict.fromkeys(names, "")) == settings(tmp_path)


def test_the_instance_folder_is_made(tmp_path):
    assert settings(tmp_path / "new" / "instance").instance.is_dir()


def test_the_instance_is_in_the_project_unless_told_otherwise(monkeypatch, tmp_path):
    module = tmp_path / "project" / "moderator" / "settings.py"
    monkeypatch.setattr(settings_module, "__file__", str(module))

    assert Settings.from_environment({}).instance == tmp_path / "project" / "instance"


def test_an_instance_that_is_a_file_is_refused(tmp_path):
    path = tmp_path / "file"
    path.touch()

    assert refusal(path).startswith(f"MODERATOR_INSTANCE: {path} is no folder")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:////srv/moderator.db", "sqlite:////srv/moderator.db"),
        ("sqlite+pysqlite:////srv/moderator.db", "sqlite:////srv/moderator.db"),
        ("postgresql://u:p%40w@host:5433/m", "postgresql+psycopg2://u:p%40w@host:5433/m"),
        ("postgresql+psycopg://host/m", "postgresql+psycopg2://host/m"),
    ],
)
def test_a_database_is_reached_by_the_driver_that_eventlet_can_make_green(tmp_path, given, kept):
    assert settings(tmp_path, MODERATOR_DATABASE_URL=given).database_url == kept


@pytest.mark.parametrize(
    "url",
    [
        *("nonsense", "mysql://host/m", "postgresql://host:port/m", "postgres://host/m"),
        *("sqlite://", "sqlite:///:memory:", "sqlite:///file::memory:?uri=true"),
    ],
)
def test_a_wrong_database_is_refused(tmp_path, url):
    assert refusal(tmp_path, MODERATOR_DATABASE_URL=url).startswith("MODERATOR_DATABASE_URL: ")


def test_a_refusal_does_not_show_the_password_of_the_database(tmp_path):
    assert "hidden" not in refusal(tmp_path, MODERATOR_DATABASE_URL="mysql://u:hidden@host/m")


@pytest.mark.parametrize("host", ["127.0.0.1", "::", "localhost"])
def test_a_host_is_an_address_or_a_name(tmp_path, host):
    assert settings(tmp_path, HOST=host).host == host


@pytest.mark.parametrize("host", ["300.0.0.1", "http://localhost", "a" * 300, "two words"])
def test_a_wrong_host_is_refused(tmp_path, host):
    assert refusal(tmp_path, HOST=host).startswith("HOST: ")


@pytest.mark.parametrize("port", ["1", "8000", "65535"])
def test_a_port_is_a_number_of_the_range(tmp_path, port):
    assert settings(tmp_path, PORT=port).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.0", "http", "٨٠", " "])
def test_a_wrong_port_is_refused(tmp_path, port):
    assert refusal(tmp_path, PORT=port).startswith("PORT: ")


def test_the_asynchronous_mode_is_one_of_those_that_are_tested(tmp_path):
    assert settings(tmp_path, MODERATOR_ASYNC_MODE="threading").async_mode == "threading"
    assert refusal(tmp_path, MODERATOR_ASYNC_MODE="asyncio").startswith("MODERATOR_ASYNC_MODE: ")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://dialogue.example.org", "https://dialogue.example.org"),
        ("http://192.168.0.2:8000/", "http://192.168.0.2:8000"),
        ("HTTPS://Dialogue.Example.ORG", "https://dialogue.example.org"),
        ("http://[fe80::1]:8000", "http://[fe80::1]:8000"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_an_origin(tmp_path, given, kept):
    assert settings(tmp_path, MODERATOR_PUBLIC_URL=given).public_url == kept


@pytest.mark.parametrize(
    "url",
    [
        *("dialogue.example.org", "ftp://dialogue.example.org", "https://", "https://:8000"),
        *("https://host/path", "https://host?query", "https://host?", "https://host#part"),
        *("https://host:port", "https://host:0", "https://host:99999", "https://[fe80::1"),
        *("//host", "https://ho st", "https://user@host"),
    ],
)
def test_a_wrong_public_address_is_refused(tmp_path, url):
    assert refusal(tmp_path, MODERATOR_PUBLIC_URL=url).startswith("MODERATOR_PUBLIC_URL: ")


def test_trusted_proxies_are_addresses_and_networks(tmp_path):
    found = settings(tmp_path, MODERATOR_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8,,fd00::/8 ")

    assert found.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize("proxies", ["proxy.example.org", "10.0.0.1/8", "10.0.0.0/8;127.0.0.1"])
def test_wrong_trusted_proxies_are_refused(tmp_path, proxies):
    message = refusal(tmp_path, MODERATOR_TRUSTED_PROXIES=f"127.0.0.1,{proxies}")

    assert message.startswith(f"MODERATOR_TRUSTED_PROXIES: '{proxies}'")


@pytest.mark.parametrize("token", ["0123456789abcdef", "aZ09._~+/-aZ09._~+/-=="])
def test_a_token_for_the_metrics_is_kept(tmp_path, token):
    assert settings(tmp_path, MODERATOR_METRICS_TOKEN=token).metrics_token == token


@pytest.mark.parametrize("token", ["0123456789abcde", "0123456789 abcdef", "0123456789abcdeé", " "])
def test_a_wrong_token_for_the_metrics_is_refused_and_not_shown(tmp_path, token):
    message = refusal(tmp_path, MODERATOR_METRICS_TOKEN=token)

    assert message.startswith("MODERATOR_METRICS_TOKEN: ")
    assert "0123456789" not in message


def test_a_secret_of_the_environment_is_used_and_not_written_down(tmp_path):
    secret = "x" * 31 + "\udcff"  # as a byte that is no UTF-8 comes out of the environment

    assert settings(tmp_path, MODERATOR_SECRET_KEY=secret).secret_key == b"x" * 31 + b"\xff"
    assert list(tmp_path.iterdir()) == []


def test_a_short_secret_is_refused(tmp_path):
    message = refusal(tmp_path, MODERATOR_SECRET_KEY="x" * 31)

    assert message == "MODERATOR_SECRET_KEY: at least 32 characters are needed"


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = settings(tmp_path).secret_key

    assert settings(tmp_path).secret_key == first
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret-key"]  # noqa: PTH208  no left-over beside it


def test_two_installations_have_two_secrets(tmp_path):
    assert settings(tmp_path / "one").secret_key != settings(tmp_path / "two").secret_key


def test_a_secret_file_that_was_emptied_is_refused(tmp_path):
    path = tmp_path / "secret-key"
    path.write_bytes(b"short\n")

    assert refusal(tmp_path) == f"MODERATOR_INSTANCE: the secret in {path} is too short; delete it"


def test_a_secret_that_cannot_be_read_or_written_is_refused(tmp_path):
    (tmp_path / "secret-key").mkdir()

    assert refusal(tmp_path).startswith(f"MODERATOR_INSTANCE: cannot keep {tmp_path}/secret-key")


def test_whoever_looked_before_the_secret_was_there_takes_the_one_that_came_first(
    tmp_path, monkeypatch
):
    (tmp_path / "secret-key").write_bytes(b"k" * 64)
    monkeypatch.setattr(Path, "exists", lambda _: False)

    assert settings(tmp_path).secret_key == b"k" * 64


def test_processes_that_start_at_once_find_one_secret(tmp_path):
    keys = crew(_secret_of, [(str(tmp_path),)] * 8)

    assert len(set(keys)) == 1
    assert (tmp_path / "secret-key").read_bytes() == keys[0]


def _secret_of(instance: str) -> bytes:
    return settings(Path(instance)).secret_key


def test_the_version_is_that_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    assert project["project"]["version"] == settings_module.VERSION
