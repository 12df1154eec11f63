"""The secretariat's side: dialogues from programme files, and who is admitted to them.

A link is for a role or a delegation and may be used many times; using it makes a seat, one device
with its own secret. Only hashes are kept: a link's token and code are derived from the secret key
of the installation, so that cards can be printed again.
"""

import hmac
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa

from moderator.core.actor import Actor
from moderator.core.model import FreeText, Rules
from moderator.core.terms import Category, CommandId, Role, TextId
from moderator.core.units import MINUTE, SECOND, Duration, Instant
from moderator.keys import hashed, is_id, new_id, token_of
from moderator.programme import SECRETARIAT, Programme, load_programme
from moderator.programme.edit import with_ids, with_new_ids, with_rules, written
from moderator.programme.load import load_tree
from moderator.programme.programme import faster, slower
from moderator.programme.source import Problem, ProgrammeErrors, Tree, read
from moderator.service import UnknownDialogue
from moderator.store import registry, texts
from moderator.store.engine import reading, writing
from moderator.store.registry import DialogueRow, LinkRow, SeatFound, SeatRow, TokenRow
from moderator.text import Words

DAY: Final = Duration(24 * 60 * MINUTE)
SEAT_LIFE: Final = Duration(30 * DAY)
"""A seat outlives any meeting it is made for, and no more."""

AFTER_CLOSING: Final = DAY
"""How long the seats of a closed dialogue may still read its record."""

LATELY: Final = SECOND
"""How old what is known of seats may be where a socket joins. Whoever was expelled meanwhile is
shown out when the sockets of expelled seats are next looked for."""

CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty signs that nobody takes for one another."""

CODE_LENGTH: Final = 8
SEAT_COOKIE: Final = "seat-"
"""With the seat's id behind it: the cookie in which a browser keeps the secret of a seat."""


class Entry(StrEnum):
    """Why somebody is not admitted."""

    NO_SEAT = "no-seat"
    SEAT_EXPIRED = "seat-expired"
    SEAT_EXPELLED = "seat-expelled"
    UNKNOWN_LINK = "unknown-link"
    LINK_REVOKED = "link-revoked"
    UNKNOWN_CODE = "unknown-code"
    NO_DESK = "no-desk"


class NotAdmitted(Exception):
    """A link, code, seat or token that opens nothing (any more), with the reason."""

    def __init__(self, reason: Entry) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Link:
    """What a place card bears; `code` is None for all but delegations.

    `issue` counts from 1; `revoked_at` is None while the link admits.
    """

    id: str
    dialogue_id: str
    role: Role
    subject: str | None
    token: str
    code: str | None
    issue: int
    revoked_at: Instant | None


Links = tuple[Link, ...]


class UnknownLink(Exception):
    """A link was named that the dialogue does not have; nothing was done to any."""


class NoRehearsal(Exception):
    """A dialogue of which no rehearsal goes on."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which links of a dialogue are meant: those of every part that is not None at once.

    `role`, `category` of a delegation, `ids` of links.
    """

    role: Role | None = None
    category: Category | None = None
    ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """What a program shows; the secret is not kept."""

    id: str
    role: Role
    subject: str | None
    secret: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One device that has entered, or a program with a token (`language` then says nothing).

    `dialogue_id` is where it is at the moment: in `home`, the dialogue that it has entered, or in a
    rehearsal of that.
    """

    id: str
    dialogue_id: str
    role: Role
    subject: str | None
    language: str
    home: str

    @property
    def rehearses(self) -> bool:
        """Whether it is in a rehearsal, where nothing lasts."""
        return self.dialogue_id != self.home

    @property
    def actor(self) -> Actor:
        """Who this seat acts as."""
        return Actor(self.role, self.subject, self.id)


@dataclass(frozen=True, slots=True)
class NewText:
    """A free text on its way into the database; the salt is known to this installation alone."""

    id: TextId
    salt: str
    words: str

    @property
    def named(self) -> FreeText:
        """How an event names it."""
        return texts.named(self.id, self.salt, self.words)

    def keep(self, connection: sa.Connection, dialogue_id: str) -> None:
        """Write it, in the transaction that records the event."""
        texts.keep(connection, dialogue_id, self.id, self.salt, self.words)


@dataclass(frozen=True, slots=True)
class Edition:
    """The programme of a dialogue as it stands; `revision` counts its changes."""

    programme: Programme
    revision: int


@dataclass(frozen=True, slots=True)
class Change:
    """A programme that was changed and has nothing wrong with it, and the file that it makes."""

    programme: Programme
    text: str
    starts_at: Instant | None


@dataclass(frozen=True, slots=True)
class _Known:
    """An edition, and when it was read."""

    edition: Edition
    read_at: Instant


@dataclass(frozen=True, slots=True)
class _SeatsOf:
    """The seats of a dialogue as they stood."""

    read_at: Instant
    by_id: Mapping[str, SeatFound]


class Secretariat:
    """Sets up dialogues and admits to them; `now` is the time of the installation."""

    def __init__(self, engine: sa.Engine, now: Callable[[], Instant], secret: bytes) -> None:
        self._engine = engine
        self._now = now
        self._secret = secret
        self._editions: dict[str, _Known] = {}
        self._seats_of: dict[str, _SeatsOf] = {}
        self._rehearsals: tuple[Instant, Mapping[str, str]] | None = None
        self._reading_seats = threading.Lock()

    def create(
        self,
        programme: str | bytes,
        starts_at: Instant | None = None,
        seconds: int | None = None,
        speed: int | None = None,
    ) -> str:
        """Set up a dialogue from the text of a programme file, with all its links; tells its id.

        `starts_at` holds it at another time than the file's; `seconds` makes every limit that
        short, for trying out; `speed` makes all of it a simulated day, as many times as fast.
        Raises ProgrammeErrors with every problem; then nothing is set up.
        """
        dialogue_id = new_id()
        checked = load_programme(programme)
        made = DialogueRow(
            id=dialogue_id,
            programme=programme if isinstance(programme, str) else programme.decode("utf-8-sig"),
            starts_at=starts_at,
            seconds=seconds,
            speed=speed,
            made_at=self._now(),
            closed_at=None,
        )
        links = tuple(self._links_of(dialogue_id, checked))
        with writing(self._engine) as connection:
            registry.add_dialogue(connection, made)
            for row in links:
                token, code = self._keys(row)
                registry.add_link(connection, row, hashed(token), code and hashed(code))
        return dialogue_id

    def copy(self, dialogue_id: str, day: str, title: str = "") -> str:
        """Set up a dialogue like another on another day; tells its id.

        `day` is written as in a programme file, `title` is in the original language; without one
        it keeps the old one, in all its languages. Raises UnknownDialogue, ProgrammeErrors.
        """
        old = self.programme(dialogue_id)
        fields: dict[str, Tree] = {"date": day}
        if title and title != old.title[old.original]:
            fields["title"] = title
        return self.create(written({**read(self.text(dialogue_id)).tree, **fields}))

    def text(self, dialogue_id: str) -> str:
        """The programme file of a dialogue, as it would be loaded again; raises UnknownDialogue."""
        return self._row(dialogue_id).programme

    def seats_in_use(self) -> Mapping[str, int]:
        """How many devices have a seat in each dialogue; one that nobody entered is left out."""
        with reading(self._engine) as connection:
            return registry.seats_in_use(connection, self._now())

    def dialogues(self, *, rehearsals: bool = False) -> tuple[DialogueRow, ...]:
        """All dialogues, oldest first; rehearsals stand in no list, unless they are asked for."""
        with reading(self._engine) as connection:
            return registry.dialogues(connection, rehearsals=rehearsals)

    def rehearsals(self) -> Mapping[str, str]:
        """The rehearsals that go on, each by the id of the dialogue that is tried out in it."""
        with reading(self._engine) as connection:
            found = registry.rehearsals(connection)
        self._rehearsals = self._now(), found
        return found

    def rehearsal_lately(self, dialogue_id: str) -> str | None:
        """The rehearsal of a dialogue as it stood at most `LATELY` ago; None for none."""
        known = self._rehearsals
        if known is None or known[0] + LATELY <= self._now():
            return self.rehearsals().get(dialogue_id)
        return known[1].get(dialogue_id)

    def programme(self, dialogue_id: str) -> Programme:
        """The programme of a dialogue, as `edition` has it; raises UnknownDialogue."""
        return self.edition(dialogue_id).programme

    def edition(self, dialogue_id: str) -> Edition:
        """The programme as it stood at most `LATELY` ago, and as this process has changed it.

        Whoever needs the newest (a page that was told of a revision) asks again. Raises
        UnknownDialogue.
        """
        known = self._editions.get(dialogue_id)
        now = self._now()
        if known is not None and now < known.read_at + LATELY:
            return known.edition
        row = self._row(dialogue_id)
        if known is None or known.edition.revision != row.revision:
            known = _Known(Edition(_programme_of(row), row.revision), now)
        known = _Known(known.edition, now)
        self._editions[dialogue_id] = known
        return known.edition

    def form(self, dialogue_id: str) -> tuple[dict[str, Tree], int]:
        """The fields of a programme with all ids, to be changed, and their revision."""
        row = self._row(dialogue_id)
        tree = read(row.programme).tree
        return with_ids(tree, load_programme(row.programme)), row.revision

    def changed(self, dialogue_id: str, tree: Mapping[str, Any]) -> Change:
        """The programme that changed fields make; raises ProgrammeErrors, with paths for lines.

        Ids of its former persons, segments and themes are kept; new ones get some that were never
        used. The date of a dialogue that is held at another time than its file says counts again
        as soon as it is changed.
        """
        row = self._row(dialogue_id)
        former = load_programme(row.programme)
        subjects = [one.subject or "" for one in self.links(dialogue_id)]
        with reading(self._engine) as connection:
            notes = registry.notes(connection, dialogue_id)
        parts = [part.id for part in former.parts] + [note.segment_id for note in notes]
        themes = [theme.id for part in former.parts for theme in part.themes]
        taken = (*subjects, *parts, *themes, *(note.theme_id or "" for note in notes))
        tree = with_new_ids(tree, taken)
        programme = load_tree(tree)
        moved = row.starts_at is not None and programme.starts == former.starts
        starts_at = Instant(row.starts_at) if moved and row.starts_at is not None else None
        text = written(tree)
        return Change(_as_held(programme, starts_at, row), text, starts_at)

    def ruled(self, dialogue_id: str, segment_id: str, rules: Rules) -> tuple[Change, int]:
        """The programme where a segment has other rules, and the revision that it changes.

        Raises ProgrammeErrors, also for durations that its file cannot hold.
        """
        speed = self._row(dialogue_id).speed or 1
        written_out = slower(rules, speed)
        if faster(written_out, speed) != rules:
            raise ProgrammeErrors(
                (Problem(0, "rules", Words("times are written in whole seconds")),)
            )
        tree, revision = self.form(dialogue_id)
        return self.changed(dialogue_id, with_rules(tree, segment_id, written_out)), revision

    def keep_change(self, connection: sa.Connection, dialogue_id: str, change: Change) -> None:
        """Write a changed programme and its links, in the transaction that records the change.

        Whoever has come gets a link; whoever is gone is admitted no more. A rehearsal leaves the
        links of its dialogue alone: whoever has come there gets a link that goes with it. `forget`
        must follow.
        """
        registry.change_programme(connection, dialogue_id, change.text, change.starts_at)
        row_of = registry.dialogue(connection, dialogue_id)
        lent = row_of.rehearsal_of if row_of is not None else None
        own = registry.links(connection, dialogue_id)
        known = own if lent is None else (*registry.links(connection, lent), *own)
        wanted = {
            (row.role, row.subject): row for row in self._links_of(dialogue_id, change.programme)
        }
        here = {(row.role, row.subject): row for row in known}
        for holder, row in wanted.items():
            if holder not in here:
                token, code = self._keys(row)
                registry.add_link(connection, row, hashed(token), code and hashed(code))
        now = self._now()
        gone = [row for row in own if (row.role, row.subject) not in wanted]
        for row in gone:
            registry.revoke_link(connection, row.id, now)
            registry.expel_seats_of(connection, row, now)

    def forget(self, dialogue_id: str) -> None:
        """Read a dialogue's programme, seats and rehearsal anew when they are next asked for."""
        self._editions.pop(dialogue_id, None)
        self._seats_of.pop(dialogue_id, None)
        self._rehearsals = None

    def free_text(self, dialogue_id: str, command_id: CommandId, words: str, field: str) -> NewText:
        """A text that a command brings in a field; the same command again brings the same text."""
        text_id = f"{command_id}.{field}"
        said = f"text {dialogue_id} {text_id}".encode()
        salt = hmac.digest(self._secret, said, "sha256").hex()
        return NewText(TextId(text_id), salt, words)

    def seed(self, dialogue_id: str, sha256: str) -> str | None:
        """The seed of a draw whose hash was published; None when it is not known here."""
        with reading(self._engine) as connection:
            return registry.seed(connection, dialogue_id, sha256)

    def texts(self, dialogue_id: str) -> dict[str, str]:
        """The free texts of a dialogue by id, without those that were erased."""
        with reading(self._engine) as connection:
            return texts.read(connection, dialogue_id)

    def _row(self, dialogue_id: str) -> DialogueRow:
        with reading(self._engine) as connection:
            row = registry.dialogue(connection, dialogue_id)
        if row is None:
            raise UnknownDialogue(dialogue_id)
        return row

    def links(self, dialogue_id: str) -> tuple[Link, ...]:
        """All links of a dialogue, by role and subject; of a rehearsal those that lead into it."""
        with reading(self._engine) as connection:
            rows = registry.links(connection, dialogue_id)
            row = registry.dialogue(connection, dialogue_id)
            if row is not None and row.rehearsal_of is not None:
                rows = (*registry.links(connection, row.rehearsal_of), *rows)
        return tuple(self._link(row) for row in rows)

    def link(self, token: str) -> Link:
        """The link with this token, if it admits; raises NotAdmitted."""
        with reading(self._engine) as connection:
            row = registry.link_by_token(connection, hashed(token))
        if row is None:
            raise NotAdmitted(Entry.UNKNOWN_LINK)
        return self._admitting(row)

    def link_by_code(self, typed: str) -> Link:
        """The link whose short code somebody typed, in any case and spacing; raises NotAdmitted."""
        code = "".join(letter for letter in typed.upper() if letter.isalnum())
        with reading(self._engine) as connection:
            row = registry.link_by_code(connection, hashed(code))
        if row is None:
            raise NotAdmitted(Entry.UNKNOWN_CODE)
        return self._admitting(row)

    def reissue(self, link: Link, *, expel: bool = False) -> Link:
        """Give a link a new token and code; the old ones admit nobody any more.

        A revoked one admits again. With `expel` the seats made by the old one end at once.
        Raises UnknownLink.
        """
        return self.reissue_all(link.dialogue_id, _only(link), expel=expel)[0]

    def reissue_all(self, dialogue_id: str, which: Which, *, expel: bool = False) -> Links:
        """The same for all that are meant, or for none; tells them as they are now."""
        now, pick = self._now(), self._picker(dialogue_id, which)
        with writing(self._engine) as connection:
            rows = tuple(
                replace(row, issue=row.issue + 1, revoked_at=None)
                for row in pick(registry.links(connection, dialogue_id, held=True))
            )
            for row in rows:
                token, code = self._keys(row)
                code_hash = code and hashed(code)
                registry.reissue_link(connection, row.id, row.issue, hashed(token), code_hash)
                if expel:
                    registry.expel_seats_of(connection, row, now)
        self._seats_of.clear()
        return tuple(self._link(row) for row in rows)

    def revoke(self, link: Link) -> Link:
        """End a link: it and its code admit nobody, and the seats made by it end at once.

        Again: it keeps its instant. Raises UnknownLink.
        """
        return self.revoke_all(link.dialogue_id, _only(link))[0]

    def revoke_all(self, dialogue_id: str, which: Which) -> Links:
        """The same for all that are meant, or for none; tells them as they are now."""
        now, pick = self._now(), self._picker(dialogue_id, which)
        with writing(self._engine) as connection:
            rows = pick(registry.links(connection, dialogue_id, held=True))
            for row in rows:
                registry.revoke_link(connection, row.id, now)
                registry.expel_seats_of(connection, row, now)
        self._seats_of.clear()
        return tuple(self._link(replace(row, revoked_at=row.revoked_at or now)) for row in rows)

    def meant(self, dialogue_id: str, which: Which) -> Links:
        """The links that are meant, by role and subject; raises UnknownLink."""
        pick = self._picker(dialogue_id, which)
        with reading(self._engine) as connection:
            rows = pick(registry.links(connection, dialogue_id))
        return tuple(self._link(row) for row in rows)

    def enter(self, link: Link, language: str) -> tuple[Seat, str]:
        """Make a seat for one device, and the secret that the device keeps.

        It is in the rehearsal of its dialogue while one goes on. Raises NotAdmitted when the link
        was revoked or issued again since it was looked up.
        """
        row, secret = self._seated(link.dialogue_id, link.role, link.subject, language)
        with writing(self._engine) as connection:
            found = registry.link_held(connection, link.id)
            if found is None or found.issue != link.issue:
                raise NotAdmitted(Entry.UNKNOWN_LINK)
            if found.revoked_at is not None:
                raise NotAdmitted(Entry.LINK_REVOKED)
            return self._add_seat(connection, row), secret

    def enter_from_desk(self, dialogue_id: str, language: str) -> tuple[Seat, str]:
        """The same for a device of the installation's secretariat, as a secretary of the dialogue.

        Raises UnknownDialogue.
        """
        self.programme(dialogue_id)
        office = SECRETARIAT.role, SECRETARIAT.subject
        row, secret = self._seated(dialogue_id, *office, language)
        with writing(self._engine) as connection:
            return self._add_seat(connection, row), secret

    def _add_seat(self, connection: sa.Connection, row: SeatRow) -> Seat:
        row = replace(row, rehearsal=registry.rehearsal_held(connection, row.dialogue_id))
        registry.add_seat(connection, row)
        found = registry.seat(connection, row.id)
        assert found is not None  # noqa: S101  it has just been added
        return _seat(row, found.rehearsal_of)

    def _seated(
        self, dialogue_id: str, role: Role, subject: str | None, language: str
    ) -> tuple[SeatRow, str]:
        secret = secrets.token_urlsafe(32)
        now = self._now()
        row = SeatRow(
            id=new_id(),
            dialogue_id=dialogue_id,
            role=role,
            subject=subject,
            secret_hash=hashed(secret),
            made_at=now,
            expires_at=now + SEAT_LIFE,
            expelled_at=None,
            language=language,
        )
        return row, secret

    def seat(self, seat_id: str, secret: str) -> Seat:
        """The seat that a device shows its secret for; raises NotAdmitted."""
        if not is_id(seat_id):
            raise NotAdmitted(Entry.NO_SEAT)
        with reading(self._engine) as connection:
            found = registry.seat(connection, seat_id)
        if found is None:
            raise NotAdmitted(Entry.NO_SEAT)
        return self._admitted(found, secret)

    def seat_lately(self, dialogue_id: str, seat_id: str, secret: str) -> Seat:
        """The same, by the seats of the dialogue as they stood at most `LATELY` ago.

        For sockets: a hall that comes back all at once is found with one look. Raises NotAdmitted.
        """
        found = self._lately(dialogue_id).get(seat_id)
        if found is None or _place(found.row) != dialogue_id:  # entered since, or elsewhere
            return self.seat(seat_id, secret)
        return self._admitted(found, secret)

    def _lately(self, dialogue_id: str) -> Mapping[str, SeatFound]:
        # One reads, and all who have come meanwhile have it too.
        with self._reading_seats:
            known = self._seats_of.get(dialogue_id)
            now = self._now()
            if known is None or known.read_at + LATELY <= now:
                with reading(self._engine) as connection:
                    known = _SeatsOf(now, registry.seats_by_id(connection, dialogue_id))
                if known.by_id:  # or anybody could name dialogues that are none, without end
                    self._seats_of[dialogue_id] = known
            return known.by_id

    def _admitted(self, found: SeatFound, secret: str) -> Seat:
        row, closed_at = found.row, found.closed_at
        if not hmac.compare_digest(row.secret_hash, hashed(secret)):
            raise NotAdmitted(Entry.NO_SEAT)
        if row.expelled_at is not None:
            raise NotAdmitted(Entry.SEAT_EXPELLED)
        over = closed_at is not None and closed_at + AFTER_CLOSING <= self._now()
        if over or row.expires_at <= self._now():
            raise NotAdmitted(Entry.SEAT_EXPIRED)
        return _seat(row, found.rehearsal_of)

    def seats(self, dialogue_id: str) -> tuple[SeatRow, ...]:
        """All seats of a dialogue (or in a rehearsal), oldest first, expelled ones too."""
        with reading(self._engine) as connection:
            return registry.seats(connection, dialogue_id)

    def expel(self, *seat_ids: str) -> None:
        """End seats at once, all or none; their links still admit: issue those again if need be."""
        now = self._now()
        with writing(self._engine) as connection:
            for seat_id in seat_ids:
                registry.expel_seat(connection, seat_id, now)
        self._seats_of.clear()

    def expelled_since(self, since: Instant) -> tuple[str, ...]:
        """The ids of seats that were expelled, and tokens revoked, at `since` or later."""
        with reading(self._engine) as connection:
            return (
                *registry.expelled_since(connection, since),
                *registry.revoked_since(connection, since),
            )

    def cross_over(self, seat: Seat, *, to_rehearsal: bool) -> Seat:
        """Put a device into the rehearsal of its dialogue, or back; again: where it is already.

        Raises NoRehearsal when there is none to go to.
        """
        with writing(self._engine) as connection:
            place = registry.rehearsal_held(connection, seat.home) if to_rehearsal else None
            if to_rehearsal and place is None:
                raise NoRehearsal(seat.home)
            registry.cross_over(connection, seat.id, place)
        self._seats_of.clear()
        return replace(seat, dialogue_id=place or seat.home)

    def speak(self, seat_id: str, language: str) -> None:
        """Change the language of a seat's screens."""
        with writing(self._engine) as connection:
            registry.set_language(connection, seat_id, language)
        self._seats_of.clear()

    def issue_tokens(
        self, dialogue_id: str, holders: Iterable[tuple[Role, str | None]]
    ) -> tuple[Token, ...]:
        """Make bearer tokens for programs, in the order of `holders` (role, subject).

        Their secrets are told this once only.
        """
        now = self._now()
        tokens = tuple(
            Token(new_id(), role, subject, secrets.token_urlsafe(32)) for role, subject in holders
        )
        with writing(self._engine) as connection:
            for token in tokens:
                row = TokenRow(
                    id=token.id,
                    dialogue_id=dialogue_id,
                    role=token.role,
                    subject=token.subject,
                    expires_at=now + SEAT_LIFE,
                    revoked_at=None,
                )
                registry.add_token(connection, row, hashed(token.secret), now)
        return tokens

    def bearer(self, secret: str, dialogue_id: str | None = None) -> Seat:
        """What a program with this token may act as; raises NotAdmitted.

        A program has no place of its own: it is in the rehearsal of its dialogue when it names that
        by `dialogue_id`.
        """
        with reading(self._engine) as connection:
            row = registry.token_by_secret(connection, hashed(secret))
        if row is None:
            raise NotAdmitted(Entry.NO_SEAT)
        if row.revoked_at is not None:
            raise NotAdmitted(Entry.SEAT_EXPELLED)
        if row.expires_at <= self._now():
            raise NotAdmitted(Entry.SEAT_EXPIRED)
        place = row.dialogue_id
        if dialogue_id not in (None, place) and dialogue_id == self.rehearsal_lately(place):
            place = dialogue_id
        return Seat(row.id, place, Role(row.role), row.subject, "en", row.dialogue_id)

    def revoke_token(self, token_id: str) -> bool:
        """Revoke a bearer token; False when there is none with this id."""
        now = self._now()
        with writing(self._engine) as connection:
            return registry.revoke_token(connection, token_id, now)

    def _links_of(self, dialogue_id: str, programme: Programme) -> Iterator[LinkRow]:
        holders: list[tuple[Role, str | None]] = [
            *((member.role, member.subject) for member in programme.bureau),
            *((Role.PANELLIST, person.id) for person in programme.persons),
            *((Role.DELEGATION, delegation.code) for delegation in programme.delegations),
            *((role, None) for role in (Role.DISPLAY, Role.INTERPRETER, Role.FOLLOWER)),
        ]
        for role, subject in holders:
            yield LinkRow(new_id(), dialogue_id, role, subject, 1)

    def _picker(
        self, dialogue_id: str, which: Which
    ) -> Callable[[tuple[LinkRow, ...]], tuple[LinkRow, ...]]:
        """Picks those that are meant from all links; what it takes is read before a transaction."""
        known = {} if which.category is None else self.programme(dialogue_id).by_code

        def is_meant(row: LinkRow) -> bool:
            if which.category is not None:
                one = known.get(row.subject or "") if row.role == Role.DELEGATION else None
                if one is None or one.category is not which.category:
                    return False
            return (which.role is None or row.role == which.role) and (
                which.ids is None or row.id in which.ids
            )

        def pick(rows: tuple[LinkRow, ...]) -> tuple[LinkRow, ...]:
            if which.ids is not None and not which.ids <= {row.id for row in rows}:
                raise UnknownLink
            return tuple(row for row in rows if is_meant(row))

        return pick

    def _admitting(self, row: LinkRow) -> Link:
        if row.revoked_at is not None:
            raise NotAdmitted(Entry.LINK_REVOKED)
        return self._link(row)

    def _link(self, row: LinkRow) -> Link:
        token, code = self._keys(row)
        return Link(
            id=row.id,
            dialogue_id=row.dialogue_id,
            role=Role(row.role),
            subject=row.subject,
            token=token,
            code=code,
            issue=row.issue,
            revoked_at=None if row.revoked_at is None else Instant(row.revoked_at),
        )

    def _keys(self, row: LinkRow) -> tuple[str, str | None]:
        """The token and the short code of a link; both change with its issue."""
        digest = hmac.digest(self._secret, f"link {row.id} {row.issue}".encode(), "sha512")
        token = token_of(digest)
        if row.role != Role.DELEGATION:
            return token, None
        number = int.from_bytes(digest[32:], "big")
        code = ""
        for _ in range(CODE_LENGTH):
            number, letter = divmod(number, len(CODE_LETTERS))
            code += CODE_LETTERS[letter]
        return token, code


def _only(link: Link) -> Which:
    return Which(ids=frozenset({link.id}))


def _programme_of(row: DialogueRow) -> Programme:
    starts_at = None if row.starts_at is None else Instant(row.starts_at)
    return _as_held(load_programme(row.programme), starts_at, row)


def _as_held(programme: Programme, starts_at: Instant | None, row: DialogueRow) -> Programme:
    """A programme at the time, and as short or as fast, as a dialogue is held."""
    if starts_at is not None:
        programme = programme.starting_at(starts_at)
    if row.seconds is not None:
        programme = programme.with_seconds(row.seconds)
    return programme if row.speed is None else programme.at_speed(row.speed)


def _place(row: SeatRow) -> str:
    """The dialogue in which a seat is at the moment."""
    return row.rehearsal or row.dialogue_id


def _seat(row: SeatRow, rehearsal_of: str | None) -> Seat:
    """The seat of a row; `rehearsal_of` is that of its dialogue's row."""
    home = rehearsal_of or row.dialogue_id
    return Seat(row.id, _place(row), Role(row.role), row.subject, row.language, home)
