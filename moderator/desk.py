"""The desks of the installation: its secretariat, and the wall that shows all rooms.

A desk belongs to no dialogue. There is one link for each kind, derived from the secret key as those
of dialogues are; using it makes a desk, one device with its own secret.
"""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from moderator.core.units import Duration, Instant
from moderator.keys import hashed, is_id, new_id, new_secret, token_of
from moderator.secretariat import DAY, Entry, NotAdmitted
from moderator.store import registry
from moderator.store.engine import reading, writing
from moderator.store.registry import DeskRow

DESK_LIFE: Final = Duration(365 * DAY)
"""A screen in a lobby hangs there from one year to the next."""

DESK_COOKIE: Final = "desk-"
"""With the desk's id behind it: the cookie in which a browser keeps the secret of a desk."""


class DeskRole(StrEnum):
    """What a desk is for: to set up dialogues, or to look at all rooms."""

    SECRETARIAT = "secretariat"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Desk:
    """One device of the installation."""

    id: str
    role: DeskRole
    language: str


class Desks:
    """Admits to the desks of the installation; `now` is its time."""

    def __init__(self, engine: sa.Engine, now: Callable[[], Instant], secret: bytes) -> None:
        self._engine = engine
        self._now = now
        self._tokens = {
            role: token_of(hmac.digest(secret, f"desk {role}".encode(), "sha512"))
            for role in DeskRole
        }

    def link_tokens(self) -> Mapping[DeskRole, str]:
        """The token of the link of each kind of desk."""
        return self._tokens

    def role_of(self, token: str) -> DeskRole:
        """What the link with this token admits to; raises NotAdmitted."""
        shown = token.encode(errors="surrogatepass")
        for role, known in self._tokens.items():
            if hmac.compare_digest(known.encode(), shown):
                return role
        raise NotAdmitted(Entry.UNKNOWN_LINK)

    def enter(self, token: str, language: str) -> tuple[Desk, str]:
        """Make a desk of one device, and the secret that it keeps; raises NotAdmitted."""
        role = self.role_of(token)
        secret = new_secret()
        now = self._now()
        row = DeskRow(
            id=new_id(),
            role=role,
            secret_hash=hashed(secret),
            made_at=now,
            expires_at=now + DESK_LIFE,
            expelled_at=None,
            language=language,
        )
        with writing(self._engine) as connection:
            registry.add_desk(connection, row)
        return Desk(row.id, role, language), secret

    def desk(self, desk_id: str, secret: str) -> Desk:
        """The desk that a device shows its secret for; raises NotAdmitted."""
        if not is_id(desk_id):
            raise NotAdmitted(Entry.NO_DESK)
        with reading(self._engine) as connection:
            row = registry.desk(connection, desk_id)
        if row is None or not hmac.compare_digest(row.secret_hash, hashed(secret)):
            raise NotAdmitted(Entry.NO_DESK)
        if row.expelled_at is not None or row.expires_at <= self._now():
            raise NotAdmitted(Entry.NO_DESK)
        return Desk(row.id, DeskRole(row.role), row.language)
