"""Whoever has come without being expected: registers on a phone, and is let in with one press.

A walk-in is never a State, which has a link of its own. The name of the person is seen by chair and
secretary alone; whoever is let in becomes a delegation of the programme, like any other.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from moderator.core.actor import Actor
from moderator.core.commands import ChangeProgramme
from moderator.core.rejected import Reason, Rejected
from moderator.core.terms import STATES, Category, CommandId, Role
from moderator.core.units import Instant
from moderator.keys import new_id
from moderator.programme.catalogue import Delegation
from moderator.programme.roster import RosterProblem, delegation_entry, read_delegations
from moderator.secretariat import Seat, Secretariat
from moderator.service import Service
from moderator.store import journal, registry
from moderator.store.engine import reading, writing
from moderator.store.registry import WalkInRow

MOST_PENDING: Final = 50
"""More than this nobody at the door decides; a crowd of made-up ones must not hide the real."""

CATEGORIES: Final = tuple(category for category in Category if category not in STATES)

TRIES: Final = 5
"""How often the programme may have changed while somebody is let in."""


class Refusal(StrEnum):
    """Why somebody cannot register, or cannot be decided upon."""

    TOO_MANY = "too-many-walk-ins"
    WAITS_ALREADY = "registered-already"
    UNKNOWN = "unknown-walk-in"
    DECIDED = "walk-in-decided"


class TurnedDown(Exception):
    """Nothing was written down, for this reason."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class NotFit(Exception):
    """The name cannot be that of a delegation, as the roster says."""

    def __init__(self, problem: RosterProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class WalkIns:
    """The door of all dialogues; `now` is the time of the installation."""

    def __init__(
        self,
        engine: sa.Engine,
        now: Callable[[], Instant],
        service: Service,
        secretariat: Secretariat,
    ) -> None:
        self._engine = engine
        self._now = now
        self._service = service
        self._secretariat = secretariat

    def register(self, seat: Seat, name: str, category: Category, person: str) -> WalkInRow:
        """A follower's device asks to take part; the same again is the same registration.

        Raises TurnedDown, and NotFit when the name is a State's, or takes part already.
        """
        self._delegation(seat.dialogue_id, name, category)
        row = WalkInRow(
            id=new_id(),
            dialogue_id=seat.dialogue_id,
            name=name,
            category=category,
            person=person,
            seat_id=seat.id,
            asked_at=self._now(),
            decided_at=None,
            delegation=None,
        )
        with writing(self._engine) as connection:
            journal.lock(connection, seat.dialogue_id)  # one after the other: they are counted
            known = registry.walk_ins(connection, seat.dialogue_id)
            for other in known:
                if other.seat_id == seat.id and other.decided_at is None:
                    if (other.name, other.category, other.person) == (name, category, person):
                        return other
                    raise TurnedDown(Refusal.WAITS_ALREADY)
            if sum(other.decided_at is None for other in known) >= MOST_PENDING:
                raise TurnedDown(Refusal.TOO_MANY)
            registry.add_walk_in(connection, row)
        return row

    def all(self, dialogue_id: str) -> tuple[WalkInRow, ...]:
        """All who have registered, oldest first."""
        with reading(self._engine) as connection:
            return registry.walk_ins(connection, dialogue_id)

    def of(self, seat: Seat) -> WalkInRow | None:
        """The latest registration of a device; None when it made none."""
        mine = [row for row in self.all(seat.dialogue_id) if row.seat_id == seat.id]
        return mine[-1] if mine else None

    def approve(self, dialogue_id: str, walk_in_id: str, by: Actor) -> str:
        """Let somebody in as a delegation of the programme; tells its code. Again: the same.

        Raises TurnedDown, NotFit when somebody of this name has come meanwhile, and Rejected.
        """
        for _ in range(TRIES):
            row = self._row(dialogue_id, walk_in_id)
            if row.delegation is not None:
                return row.delegation
            if row.decided_at is not None:
                raise TurnedDown(Refusal.DECIDED)
            delegation = self._delegation(dialogue_id, row.name, Category(row.category))
            try:
                self._let_in(row, delegation, by)
            except Rejected as rejected:
                if rejected.reason not in (Reason.PROGRAMME_CHANGED, Reason.ID_REUSED):
                    raise
        raise Rejected(Reason.PROGRAMME_CHANGED)

    def refuse(self, dialogue_id: str, walk_in_id: str) -> None:
        """Turn somebody away. Again: the same. Raises TurnedDown when it was let in meanwhile."""
        with writing(self._engine) as connection:
            row = self._row(dialogue_id, walk_in_id, connection)
            if row.delegation is not None:
                raise TurnedDown(Refusal.DECIDED)
            if row.decided_at is None:
                registry.decide_walk_in(connection, row.id, self._now(), None)

    def take_part(self, seat: Seat) -> tuple[Seat, str]:
        """The seat of the delegation for a device that was let in, and its secret."""
        row = self.of(seat)
        if row is None or row.delegation is None:
            raise TurnedDown(Refusal.UNKNOWN)
        links = self._secretariat.links(seat.dialogue_id)
        (link,) = (
            one for one in links if (one.role, one.subject) == (Role.DELEGATION, row.delegation)
        )
        return self._secretariat.enter(link, seat.language)

    def _let_in(self, row: WalkInRow, delegation: Delegation, by: Actor) -> None:
        fields, revision = self._secretariat.form(row.dialogue_id)
        listed = fields["delegations"]
        assert isinstance(listed, list)  # noqa: S101  or it would be no programme
        fields = {**fields, "delegations": [*listed, delegation_entry(delegation)]}
        change = self._secretariat.changed(row.dialogue_id, fields)
        command = ChangeProgramme(
            # Of the walk-in, not of the tap: whoever is let in twice comes in once.
            id=CommandId(f"walk-in-{row.id}"),
            by=by,
            base=revision,
            source=delegation.code,
            segments=change.programme.segments(),
            delegations=tuple(one.code for one in change.programme.delegations),
            persons=tuple(person.id for person in change.programme.persons),
            groups=tuple(group.code for group in change.programme.groups),
            interpretation_until=change.programme.interpretation_until,
        )

        def keep(connection: sa.Connection) -> None:
            self._secretariat.keep_change(connection, row.dialogue_id, change)
            registry.decide_walk_in(connection, row.id, self._now(), delegation.code)

        self._service.handle(row.dialogue_id, command, keep)
        self._secretariat.forget(row.dialogue_id)

    def _delegation(self, dialogue_id: str, name: str, category: Category) -> Delegation:
        """The delegation that somebody would be; raises NotFit."""
        programme = self._secretariat.programme(dialogue_id)
        rows = ((1, ("name", "category")), (2, (name, category.value)))
        found = read_delegations(rows, programme)
        if found.problems:
            raise NotFit(found.problems[0])
        return found.delegations[0]

    def _row(
        self, dialogue_id: str, walk_in_id: str, within: sa.Connection | None = None
    ) -> WalkInRow:
        known = registry.walk_ins(within, dialogue_id) if within else self.all(dialogue_id)
        for row in known:
            if row.id == walk_in_id:
                return row
        raise TurnedDown(Refusal.UNKNOWN)
