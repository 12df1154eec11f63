"""How phones reach this machine, and which origins are therefore ours."""

import socket
from pathlib import Path

import pytest

from moderator import network
from moderator.network import is_our_origin, lan_address, public_url
from moderator.settings import Settings


def settings(public_url: str | None = None) -> Settings:
    return Settings(Path("unused"), "sqlite:///unused", b"unused", public_url=public_url)


class Route:
    """Stands in for a socket that is asked which way it would go."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def __enter__(self) -> "Route":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""

    def connect(self, _somewhere: tuple[str, int]) -> None:
        if self._address is None:
            raise OSError("Network is unreachable")

    def getsockname(self) -> tuple[str, int]:
        assert self._address is not None
        return self._address, 40_000


@pytest.mark.parametrize(
    ("goes", "address"),
    [
        ("192.168.0.5", "192.168.0.5"),
        ("10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", None),
        ("0.0.0.1", None),
        (None, None),
    ],
)
def test_the_address_in_the_network_is_that_of_the_way_out(
    monkeypatch: pytest.MonkeyPatch, goes: str | None, address: str | None
):
    monkeypatch.setattr(socket, "socket", lambda *_: Route(goes))

    assert lan_address() == address


@pytest.mark.parametrize(
    ("given", "lan", "told"),
    [
        ("https://moderator.example", "192.168.0.5", "https://moderator.example"),
        (None, "192.168.0.5", "http://192.168.0.5:8000"),
        (None, None, "http://localhost:8000"),
    ],
)
def test_phones_reach_us_as_set_else_in_the_network_else_not_at_all(
    monkeypatch: pytest.MonkeyPatch, given: str | None, lan: str | None, told: str
):
    monkeypatch.setattr(network, "lan_address", lambda: lan)

    assert public_url(settings(given)) == told


@pytest.mark.parametrize(
    ("origin", "scheme", "ours"),
    [
        ("http://hall:8000", "http", True),
        ("https://hall:8000", "http", True),
        ("https://hall:8000", "https", True),
        ("http://hall:8000", "https", False),
        ("http://hall", "http", False),
        ("https://moderator.example", "http", True),
        ("http://moderator.example", "http", False),
        ("null", "http", False),
        ("", "http", False),
    ],
)
def test_an_origin_is_ours_when_it_is_where_we_are_reached(origin: str, scheme: str, ours: bool):
    assert is_our_origin(origin, scheme, "hall:8000", settings("https://moderator.example")) is ours


def test_no_name_is_nobodys_origin():
    assert not is_our_origin("null", "http", "", settings())
    assert not is_our_origin("", "http", "", settings())
