"""A hall as the tests of the web need it: a dialogue that is set up, and devices that enter it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from moderator import create_app
from moderator.cli import DEMONSTRATION
from moderator.core.terms import Role
from moderator.installation import Installation
from moderator.secretariat import Link
from moderator.settings import Settings
from moderator.store.journal import Entry
from tests.fake_now import FakeNow

KEY: Final = b"not a secret, and thirty-two long"
OPENING, PANEL, PANEL_2, CLOSING = "s1", "s2", "s3", "s4"
PRESIDENT, CO_CHAIR = "p01", "p06"
BACHELET, NELSON, HAMMAD = "p08", "p09", "p15"


def settings_for(database_url: str, instance: Path, **others: Any) -> Settings:
    """Settings for tests: threads, and a key that is always the same."""
    key = others.pop("key", KEY)
    return Settings(instance, database_url, key, async_mode="threading", **others)


def new_id() -> str:
    """A command's id as a client makes it."""
    return secrets.token_hex(8)


class Hall:
    """A dialogue of an installation, seen from outside."""

    _links: ClassVar[dict[str, tuple[Link, ...]]] = {}
    """As they were issued first; they are the same in all copies of a hall."""

    def __init__(self, app: Flask, dialogue: str, now: FakeNow) -> None:
        self.app = app
        self.dialogue = dialogue
        self.now = now
        self.api = f"/api/dialogues/{dialogue}"
        self.house: Installation = app.extensions["moderator"]

    def link(self, role: Role, subject: str | None = None) -> Link:
        """The link of a role; of the first that has it, when no subject is named."""
        if self.dialogue not in self._links:
            self._links[self.dialogue] = self.house.secretariat.links(self.dialogue)
        links = self._links[self.dialogue]
        return next(link for link in links if link.role is role and subject in (None, link.subject))

    def enter(self, role: Role, subject: str | None = None, lang: str = "en") -> "Device":
        """Follow a link and press its button, on a device of its own."""
        client = self.app.test_client()
        answer = client.post(f"/l/{self.link(role, subject).token}", data={"lang": lang})
        assert answer.status_code == 303, answer.text
        return Device(self, client, answer.location.removeprefix("/s/"))

    def program(self, role: Role, subject: str | None = None) -> "Program":
        """A program with a fresh token."""
        holder = self.link(role, subject)
        (token,) = self.house.secretariat.issue_tokens(
            self.dialogue, [(holder.role, holder.subject)]
        )
        return Program(self, self.app.test_client(), token.id, token.secret)

    def log(self) -> tuple[Entry, ...]:
        """All that is recorded."""
        return self.house.service.log(self.dialogue)

    @cached_property
    def chair(self) -> "Program":
        """Somebody who presides."""
        return self.program(Role.CHAIR, PRESIDENT)

    def begin(self, segment: str = PANEL, *, list_open: bool = True) -> None:
        """Open the dialogue, begin a segment and open its list."""
        chair = self.chair
        chair.do("open-dialogue")
        chair.do("begin-segment", segment=segment, holder=None)
        if list_open:
            chair.do("open-list", segment=segment)

    def ask(self, delegation: str, **fields: Any) -> str:
        """A delegation asks for the floor; tells the id of the request."""
        request = new_id()
        asker = self.program(Role.DELEGATION, delegation)
        asker.do("request-floor", request, segment=PANEL, kind="statement", **fields)
        return request

    def give(self, request: str, holder: str | None = None) -> str:
        """Give the floor to a request; tells its id."""
        self.chair.do("give-floor", request=request, holder=holder)
        return request


@dataclass(frozen=True)
class Caller:
    """Whoever calls the interface; `headers` say who it is."""

    hall: Hall
    client: FlaskClient

    @property
    def headers(self) -> Mapping[str, str]:
        raise NotImplementedError

    def send(self, kind: str, command_id: str | None = None, /, **fields: Any) -> TestResponse:
        """Send a command."""
        return self.post("/commands", {"id": command_id or new_id(), "type": kind, **fields})

    def do(self, kind: str, command_id: str | None = None, /, **fields: Any) -> Mapping[str, Any]:
        """Send a command that must be accepted; its receipt."""
        answer = self.send(kind, command_id, **fields)
        assert answer.status_code == 200, answer.text
        receipt: Mapping[str, Any] = answer.get_json()
        return receipt

    def post(self, path: str, body: object = None, **options: Any) -> TestResponse:
        """POST to the dialogue's interface."""
        return self.client.post(f"{self.hall.api}{path}", json=body, **self._with_headers(options))

    def get(self, path: str, **options: Any) -> TestResponse:
        """GET from the dialogue's interface."""
        return self.client.get(f"{self.hall.api}{path}", **self._with_headers(options))

    def raw(self, body: bytes, content_type: str = "application/json") -> TestResponse:
        """POST bytes to where commands go."""
        return self.client.post(
            f"{self.hall.api}/commands",
            data=body,
            content_type=content_type,
            headers=dict(self.headers),
        )

    def _with_headers(self, options: dict[str, Any]) -> dict[str, Any]:
        return {**options, "headers": {**self.headers, **options.get("headers", {})}}


@dataclass(frozen=True)
class Device(Caller):
    """A browser that holds a seat by its cookie."""

    seat: str

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Moderator-Seat": self.seat}

    def page(self, path: str = "") -> TestResponse:
        """GET a page of the seat."""
        return self.client.get(f"/s/{self.seat}{path}")


@dataclass(frozen=True)
class Program(Caller):
    """A program that holds a token."""

    token: str
    secret: str

    @property
    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def furnish(database_url: str, instance: Path) -> str:
    """Set up the demonstration in a migrated database; tells its id."""
    app = create_app(settings_for(database_url, instance), FakeNow())
    house: Installation = app.extensions["moderator"]
    try:
        return house.secretariat.create(DEMONSTRATION.read_bytes())
    finally:
        house.engine.dispose()
