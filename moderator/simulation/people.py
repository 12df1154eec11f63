"""Who is in the hall: drawn from the programme by a seed, each with habits of their own.

The same seed and programme make the same people. What one does depends on nobody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

DELEGATIONS: Final = 60
"""States and observers that take part; the other bodies of the programme all do."""

STATES: Final = frozenset({"member-state", "observer-state"})
OBSERVERS: Final = frozenset({"observer-state", "observer-organization"})

NAMES: Final = (
    "Adeyemi", "Alvarez", "Bianchi", "Castro", "Diallo", "Eriksen", "Fofana", "Georgiou", "Haddad",
    "Ivanova", "Jansen", "Kamau", "Lindqvist", "Mbeki", "Nakamura", "Okoye", "Petrov", "Quispe",
    "Rahman", "Santos", "Tanaka", "Ueda", "Vargas", "Wang", "Xu", "Yilmaz", "Zaman",
)  # fmt: skip
LETTERS: Final = "ABCDEFGHIJKLMNOPRSTV"
LANGUAGES: Final = ("en", "en", "en", "fr", "fr", "es", "es", "ar", "ru", "zh", "other")

LEAST, MOST = 0.72, 0.96
"""The share of their time that those use who keep to it."""


@dataclass(frozen=True, slots=True)
class Walker:
    """Somebody who comes without being expected, and registers at the door."""

    name: str
    category: str
    person: str


WALKERS: Final = (
    Walker("Harbour Lights Refuge", "ngo", "Ms. T. Winter"),
    Walker("Institute for Migration Law", "academia", "Mr. R. Solano"),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A delegation in the hall, and how its people speak.

    `share` is how much of its time it uses, of 1; `level` and `delivery` are None where nothing is
    said about them. `shown` lets the speaker's name out to the public.
    """

    code: str
    category: str
    share: float
    language: str
    level: str | None
    delivery: str | None
    speaker: str
    title: str
    shown: bool

    @property
    def is_delegation(self) -> bool:
        """Whether it is a State or an observer, and no other stakeholder."""
        return self.category in STATES or self.category in OBSERVERS


def chance(seed: int, *what: str) -> Random:
    """The chance that decides one matter, the same for the same seed."""
    return Random("/".join((str(seed), *what)))  # noqa: S311  it hides nothing


def people(
    document: Mapping[str, Any], seed: int, invited: frozenset[str] = frozenset()
) -> tuple[Voice, ...]:
    """Sixty delegations (or as many as there are) and all other bodies of a programme document.

    `invited` are those who take part whatever the seed says.
    """
    known = document["delegations"]
    draw = chance(seed, "people")
    observers = [code for code in sorted(known) if known[code]["category"] in OBSERVERS]
    states = [code for code in sorted(known) if known[code]["category"] == "member-state"]
    others = [code for code in sorted(known) if code not in {*observers, *states}]
    chosen = [code for code in states if code in invited]
    open_to = [code for code in states if code not in invited]
    room = max(0, min(DELEGATIONS - len(observers) - len(chosen), len(open_to)))
    chosen += draw.sample(open_to, room)
    codes = [*observers, *sorted(chosen), *others]
    return tuple(voice(code, known[code]["category"], seed) for code in codes)


def voice(code: str, category: str, seed: int) -> Voice:
    """One delegation and its habits."""
    draw = chance(seed, "voice", code)
    is_state = category in STATES
    minister = is_state and draw.random() < 0.15
    name = f"{draw.choice(('Ms.', 'Mr.'))} {draw.choice(LETTERS)}. {draw.choice(NAMES)}"
    return Voice(
        code=code,
        category=category,
        share=draw.uniform(LEAST, MOST),
        language=draw.choice(LANGUAGES),
        level="minister" if minister else draw.choice((None, "other")),
        delivery=draw.choice((None, None, "verbatim", "check-against-delivery")),
        speaker=name,
        title=_title(minister, is_state),
        shown=draw.random() < 0.5,
    )


def _title(minister: bool, is_state: bool) -> str:
    if minister:
        return "Minister of Justice"
    return "Permanent Representative" if is_state else "Representative"
