"""The role table over HTTP: every command of the wire, every role, own and foreign."""

from collections.abc import Callable
from typing import Any, get_args

import pytest

from moderator.core import commands
from moderator.core.authority import PRESIDING, RIGHTS, Scope
from moderator.core.model import Rules
from moderator.core.terms import Role
from moderator.core.view import rules_section
from moderator.web import wire
from tests.web.hall import BACHELET, NELSON, PANEL, Hall, new_id

KINDS: dict[str, type[wire.Body]] = {
    get_args(body.model_fields["type"].annotation)[0]: body for body in get_args(wire.CommandBody)
}
"""The models of the wire, by the type that a body names."""

SUBJECTS = {Role.DELEGATION: ("NG", "BR"), Role.PANELLIST: (BACHELET, NELSON)}
"""Whose turn it is, and somebody else."""


class Floor:
    """A hall where somebody has the floor: Nigeria, or Michelle Bachelet."""

    def __init__(self, hall: Hall, holder: str) -> None:
        self.hall = hall
        hall.begin()
        self.question = new_id()
        asker = hall.program(Role.DELEGATION, "NG")
        asker.do("write-question", self.question, to=BACHELET, words="Why?")
        if holder == "panellist":
            self.turn = new_id()
            hall.chair.do("give-floor", self.turn, person=BACHELET, holder=None)
        else:
            self.turn = hall.give(hall.ask("NG"))

    def body(self, kind: str) -> dict[str, Any]:
        """A body of a kind, about the turn and the delegation that has the floor."""
        values = {
            "segment": PANEL,
            "holder": self.turn,
            "request": self.turn,
            "before": None,
            "intervention": self.turn,
            "total": 240_000,
            "version": 2,
            "base": 0,
            "delegation": "NG",
            "group": None,
            "outcome": "concluded",
            "used": 60_000,
            "reason": "as the recording has it",
            "blackout": True,
            "message": None,
            "policy": "draw",
            "order": [self.turn],
            "place": 0,
            "point": self.turn,
            "ruling": "noted",
            "words": "in words",
            "to": BACHELET,
            "question": self.question,
            "answered": True,
            "rules": rules_section(Rules()),
        }
        needed = (name for name, field in KINDS[kind].model_fields.items() if field.is_required())
        elsewhere = ("id", "type", "programme")
        body = {name: values[name] for name in needed if name not in elsewhere}
        match kind:
            case "change-programme":
                body["programme"], *_ = self.hall.house.secretariat.form(self.hall.dialogue)
            case "give-floor":
                body["request"] = self.turn
            case "request-floor" | "write-question" | "set-private-limit":
                body["delegation"] = "NG"
        return body


def scope(kind: str, role: Role) -> Scope | None:
    """What the core's table says."""
    return RIGHTS.get(getattr(commands, KINDS[kind].__name__), PRESIDING).get(role)


CASES = [
    (kind, role, foreign)
    for kind in KINDS
    for role in Role
    for foreign in ((False, True) if role in SUBJECTS else (False,))
]


def expected(kind: str, role: Role, foreign: bool) -> str | None:
    match scope(kind, role):
        case None:
            return "not-allowed"
        case Scope.OWN:
            return "not-yours" if foreign else None
        case Scope.ANY:
            return None


@pytest.fixture(scope="module")
def floors(make_lasting_hall: Callable[..., Hall]) -> dict[str, Floor]:
    """Two halls in which nothing is ever accepted."""
    return {holder: Floor(make_lasting_hall(), holder) for holder in ("delegation", "panellist")}


def test_the_wire_has_every_command_of_the_core_and_no_other():
    assert {body.__name__ for body in KINDS.values()} == {
        command.__name__ for command in get_args(commands.Command)
    }


@pytest.mark.story(33)
@pytest.mark.story(40)
@pytest.mark.story(42)
@pytest.mark.parametrize(
    ("kind", "role", "foreign"), [case for case in CASES if expected(*case) is not None]
)
def test_who_may_not_is_refused_and_nothing_is_recorded(
    floors: dict[str, Floor], kind: str, role: Role, foreign: bool
):
    floor = floors["panellist" if role is Role.PANELLIST else "delegation"]
    before = floor.hall.log()
    caller = floor.hall.program(role, SUBJECTS.get(role, (None, None))[foreign])

    answer = caller.send(kind, **floor.body(kind))

    assert (answer.status_code, answer.get_json()["reason"]) == (403, expected(kind, role, foreign))
    assert floor.hall.log() == before


@pytest.mark.parametrize(
    ("kind", "role", "foreign"), [case for case in CASES if expected(*case) is None]
)
def test_who_may_is_told_by_the_rules_alone(hall: Hall, kind: str, role: Role, foreign: bool):
    floor = Floor(hall, "panellist" if role is Role.PANELLIST else "delegation")
    caller = hall.program(role, SUBJECTS.get(role, (None, None))[foreign])

    answer = caller.send(kind, **floor.body(kind))

    assert answer.status_code in (200, 409), answer.text
