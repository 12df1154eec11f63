"""The nginx of docs/operations.md before a real server: pages, commands, sockets, and its log."""

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from tests.ports import free_port
from tests.processes.clients import PATIENCE_S, Client, InOrder, new_id, opened, segment_of
from tests.processes.server import ROOT, House, Server

NGINX: Final = shutil.which("nginx", path=f"/usr/sbin:{ROOT / '.setup/nginx/usr/sbin'}")
"""As it is installed, or as scripts/setup.sh has unpacked it."""

TEXT: Final = (ROOT / "docs" / "operations.md").read_text()
NAME: Final = "meet.example.org"


def block(language: str, mark: str) -> str:
    """The block of the document in which something stands."""
    found = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    (chosen,) = [text for text in found if mark in text]
    return chosen


@dataclass(frozen=True)
class Room:
    """A server behind nginx, as phones reach it."""

    server: Server
    url: str
    plain: str
    certificate: Path
    log: Path

    def session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # it would put another list of authorities in place of ours
        session.verify = str(self.certificate)
        return session


@pytest.fixture
def room(
    sqlite_house: House, serve: Callable[..., Server], tmp_path: Path, monkeypatch: Any
) -> Iterator[Room]:
    monkeypatch.setattr(socket, "getaddrinfo", _as_the_router_would(socket.getaddrinfo))
    secure, plain = free_port(), free_port()
    server = serve(
        sqlite_house,
        environment={
            "MODERATOR_PUBLIC_URL": f"https://{NAME}:{secure}",
            "MODERATOR_TRUSTED_PROXIES": "127.0.0.1",
        },
    )
    subprocess.run(
        ["bash", "-e", "-c", block("sh", "openssl req -x509")],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    conf = block("nginx", "upstream moderator")
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{server.port}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "https://$host$": f"https://$host:{secure}$",
        "Host $host;": "Host $http_host;",  # the port of the test is not that of the room
        "/etc/nginx/tls/": f"{tmp_path}/",
        "/var/log/nginx/": f"{tmp_path}/",
    }.items():
        assert old in conf, old
        conf = conf.replace(old, new)
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = tmp_path / "nginx.conf"
    # As root it would hand its work to nobody, who may not write in the folder of a test.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    file.write_text(
        f"{user} daemon off; pid {tmp_path}/pid; error_log {tmp_path}/start.log;\n"
        f"{block('nginx', 'worker_connections')}\nhttp {{ {temporary} {conf} }}"
    )
    assert NGINX is not None
    process = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(file)])
    try:
        _until_it_answers(secure)
        yield Room(
            server,
            f"https://{NAME}:{secure}",
            f"http://{NAME}:{plain}",
            tmp_path / "ca.crt",
            tmp_path / "moderator.log",
        )
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def test_a_phone_enters_asks_and_follows_behind_nginx(room: Room) -> None:
    house = room.server.house
    chair = opened(room.server)
    phone = room.session()
    link = house.seat("delegation", "MX")["link"]
    assert phone.get(f"{room.url}{link}", timeout=PATIENCE_S).status_code == 200
    entered = phone.post(
        f"{room.url}{link}",
        data={"lang": "en"},
        headers={"Origin": room.url},
        allow_redirects=False,
        timeout=PATIENCE_S,
    )
    assert entered.status_code == 303
    assert "; Secure" in entered.headers["Set-Cookie"]
    seat = entered.headers["Location"].rpartition("/")[2]

    told: list[dict[str, Any]] = []
    screen = InOrder(websocket_extra_options={"sslopt": {"ca_certs": str(room.certificate)}})
    screen.on("snapshot", told.append)
    screen.on("patch", told.append)
    screen.connect(
        room.url,
        auth={
            "dialogue": house.dialogue,
            "token": house.seat("delegation", "MX")["token"],
        },
        transports=["websocket"],
        wait_timeout=PATIENCE_S,
    )
    try:
        asked = phone.post(
            f"{room.url}/api/dialogues/{house.dialogue}/commands",
            json={
                "id": new_id(),
                "type": "request-floor",
                "segment": segment_of(house),
                "kind": "statement",
            },
            headers={"Origin": room.url, "Moderator-Seat": seat},
            timeout=PATIENCE_S,
        )
        assert asked.status_code == 200, asked.text
        deadline = time.monotonic() + PATIENCE_S
        while not any("MX" in str(one) for one in told[1:]):
            assert time.monotonic() < deadline, told
            time.sleep(0.05)
    finally:
        screen.disconnect()
    chair.close()
    time.sleep(0.2)
    assert "/api/dialogues/" in room.log.read_text()
    assert link.removeprefix("/l/") not in room.log.read_text()


def test_another_site_stays_outside(room: Room) -> None:
    house = room.server.house
    for origin in ("https://elsewhere.example", f"https://{NAME}.example"):
        answer = room.session().post(
            f"{room.url}/api/dialogues/{house.dialogue}/commands",
            json={},
            headers={"Origin": origin},
            timeout=PATIENCE_S,
        )
        assert answer.json()["reason"] == "wrong-origin"


def test_without_tls_a_phone_is_sent_to_where_there_is(room: Room) -> None:
    answer = requests.get(f"{room.plain}/join", allow_redirects=False, timeout=PATIENCE_S)

    assert (answer.status_code, answer.headers["Location"]) == (308, f"{room.url}/join")


def test_a_file_that_is_too_large_is_refused_in_words(room: Room) -> None:
    house = room.server.house
    answer = room.session().post(
        f"{room.url}/api/dialogues/{house.dialogue}/delegations/preview",
        data=bytes(50_000_000),
        headers={
            "Authorization": f"Bearer {house.seat('secretary')['token']}",
            "Content-Type": "application/octet-stream",
        },
        timeout=PATIENCE_S,
    )

    assert (answer.status_code, answer.json()["reason"]) == (413, "file-too-large")


def test_a_client_behind_it_cannot_say_who_it_is(room: Room) -> None:
    """Wrong codes are counted by address: whoever writes another into a header is counted too."""
    for attempt in range(21):
        answer = room.session().post(
            f"{room.url}/join",
            data={"code": "ZZZZ-ZZZZ"},
            headers={"Origin": room.url, "X-Forwarded-For": f"10.0.0.{attempt}"},
            timeout=PATIENCE_S,
        )

    assert answer.status_code == 429


def test_a_server_that_starts_again_is_found_again(room: Room) -> None:
    room.server.kill()
    answer = room.session().get(f"{room.url}/healthz", timeout=PATIENCE_S)
    assert answer.status_code == 502
    room.server.start()

    chair = Client(room.server, "chair")
    assert chair.view()["version"] == 0
    assert room.session().get(f"{room.url}/healthz", timeout=PATIENCE_S).status_code == 200


def _as_the_router_would(resolve: Callable[..., Any]) -> Callable[..., Any]:
    def resolved(host: Any, *more: Any, **others: Any) -> Any:
        return resolve("127.0.0.1" if host in (NAME, NAME.encode()) else host, *more, **others)

    return resolved


def _until_it_answers(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < deadline, "nginx does not start"
        time.sleep(0.05)
