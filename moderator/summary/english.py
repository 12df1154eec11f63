"""The words of the drafting language: counts, lists, times and categories in English.

The Summary is drafted in one language and translated by people, so these words are not catalogued.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from moderator.core.terms import Category

CATEGORIES: Final[Mapping[Category, tuple[str, str]]] = {
    Category.MEMBER_STATE: ("Member State", "Member States"),
    Category.OBSERVER_STATE: ("observer State", "observer States"),
    Category.OBSERVER_ORGANIZATION: ("observer organization", "observer organizations"),
    Category.UN_ENTITY: ("United Nations entity", "United Nations entities"),
    Category.INTERGOVERNMENTAL: (
        "intergovernmental organization",
        "intergovernmental organizations",
    ),
    Category.NGO: ("non-governmental organization", "non-governmental organizations"),
    Category.PRIVATE_SECTOR: ("private sector entity", "private sector entities"),
    Category.ACADEMIA: ("academic institution", "academic institutions"),
}
"""One and many, in the order in which annexes list the categories."""


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun; numbers below ten in words, as United Nations documents have them."""
    return f"{number(count)} {one if count == 1 else many}"


def number(count: int) -> str:
    """A number of things, in words below ten."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


def times(count: int) -> str:
    """How often: once, twice, three times."""
    return ("once", "twice")[count - 1] if count in (1, 2) else f"{number(count)} times"


def listed(items: Sequence[str]) -> str:
    """Short items in a sentence: one, two and three."""
    return _joined(items, ", ", " and ")


def listed_apart(items: Sequence[str]) -> str:
    """Items that may hold commas themselves, parted by semicolons."""
    return _joined(items, "; ", "; and ")


def sentence(text: str) -> str:
    """A text closed by a full stop, unless it is closed already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def with_article(name: str) -> str:
    """The name of an organ or a group as it stands in a sentence: the African Union."""
    return name if name.lower().startswith("the ") else f"the {name}"


def capitalised(text: str) -> str:
    """A text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def date_of(local: datetime) -> str:
    """3 April 2012."""
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def time_of(local: datetime) -> str:
    """10 a.m., 1.05 p.m., noon: times of day as United Nations documents write them."""
    if local.minute == 0 and local.hour % 12 == 0:
        return "noon" if local.hour else "midnight"
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'p.m.' if local.hour >= 12 else 'a.m.'}"


_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _joined(items: Sequence[str], between: str, last: str) -> str:
    *former, end = items
    return between.join(former) + last + end if former else end
