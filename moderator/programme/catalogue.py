"""The delegations and groups that every programme may name by their codes alone."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from moderator.core.terms import Category, DelegationCode, GroupCode
from moderator.programme.languages import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Delegation:
    """One voice that may ask for the floor; `region` is None outside the five regional groups."""

    code: DelegationCode
    category: Category
    region: str | None
    names: Text

    @property
    def initials(self) -> str:
        """What stands in the place of a flag: two or three letters."""
        return self.code if len(self.code) <= _FLAG_HOLDS else self.code[:2]

    @property
    def has_flag(self) -> bool:
        """Whether static/flags has its flag: States, the European Union and the United Nations."""
        return self.code in known_delegations() or self.code == _UNITED_NATIONS


@dataclass(frozen=True, slots=True)
class Group:
    """A group of States that a delegation may speak for; `members` are empty when not told."""

    code: GroupCode
    names: Text
    members: tuple[DelegationCode, ...] = ()


@cache
def known_delegations() -> Mapping[str, Delegation]:
    """Member States, observer States and the European Union, by code."""
    return {
        row["code"]: Delegation(
            code=DelegationCode(row["code"]),
            category=Category(row["category"]),
            region=row["region"] or None,
            names=_names(row),
        )
        for row in _rows("delegations.csv")
    }


@cache
def known_groups() -> Mapping[str, Group]:
    """The regional groups and the groups that usually speak for their members, by code."""
    return {row["code"]: Group(GroupCode(row["code"]), _names(row)) for row in _rows("groups.csv")}


def named_together(word: str) -> tuple[Delegation, ...]:
    """The delegations that one word of a programme file stands for; none for any other word."""
    category = _TOGETHER.get(word)
    return tuple(one for one in known_delegations().values() if one.category is category)


_DATA = Path(__file__).parent.parent / "data"
_FLAG_HOLDS = 3
_UNITED_NATIONS = "UN"
_TOGETHER = {
    "all-member-states": Category.MEMBER_STATE,
    "observer-states": Category.OBSERVER_STATE,
}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _names(row: Mapping[str, str]) -> Text:
    return {language: row[language] for language in LANGUAGES if row[language]}
