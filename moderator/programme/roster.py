"""Reads delegations, and groups with their members, from the rows of a table that was uploaded.

All or nothing: one problem, and nothing is taken. A problem is told by a reason that stands in
REASONS, with what its words need; the words belong to whoever shows them. What stands in a cell is
text and nothing else, also when a spreadsheet would take it for a formula.
"""

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from moderator.core.terms import STATES, Category, DelegationCode, GroupCode
from moderator.programme.catalogue import Delegation, Group, known_delegations, known_groups
from moderator.programme.form import CODE, DELEGATIONS, GROUPS, NAME, REGIONS
from moderator.programme.languages import LANGUAGES, Text
from moderator.programme.programme import Programme
from moderator.text import strange_letter

Row = tuple[int, Sequence[str]]
"""The line of a row, and its cells."""

Place = tuple[int, int]
"""Line and column of a cell, both from one."""

REASONS: Final = frozenset(
    {
        "no-titles",
        "title-twice",
        "too-many-cells",
        "formula",
        "error-value",
        "merged-cells",
        "name-missing",
        "name-too-long",
        "strange-letter",
        "category-missing",
        "category-unknown",
        "region-unknown",
        "state-unknown",
        "code-malformed",
        "code-of-other",
        "code-differs",
        "category-differs",
        "region-differs",
        "name-of-state",
        "twice-in-file",
        "already-there",
        "too-many-delegations",
        "group-missing",
        "group-name-missing",
        "group-name-differs",
        "member-unknown",
        "member-twice",
        "too-many-groups",
    }
)

TITLES_WITHIN: Final = 10
"""A title may stand above the table: the titles of its columns are looked for in so many rows."""

AT_A_TIME: Final = 100
"""Rows between two rests."""

SUGGESTIONS: Final = 30
"""For so many unknown States it is looked which one was meant: it takes long."""


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """Something that is wrong in a table; `words` are what its message tells besides."""

    line: int
    column: int
    reason: str
    words: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Roster:
    """What a table adds to a programme: nothing when there is a problem.

    `ignored` are the titles of columns that mean nothing here.
    """

    delegations: tuple[Delegation, ...]
    problems: tuple[RosterProblem, ...]
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRoster:
    """The groups of a table, each with its members; none when there is a problem."""

    groups: tuple[Group, ...]
    problems: tuple[RosterProblem, ...]
    ignored: tuple[str, ...] = ()


def read_delegations(
    rows: Sequence[Row],
    programme: Programme,
    without_value: Mapping[Place, str] | None = None,
    rest: Callable[[], object] = lambda: None,
) -> Roster:
    """The delegations that `rows` add to `programme`; the titles of the columns are among the rows.

    `without_value` are cells of which only a reason is known; `rest` is called now and then.
    """
    table = _table(rows, _DELEGATION_TITLES, ("name", "code"), programme, without_value or {})
    if table is None:
        return Roster((), _no_titles(rows))
    reading = _Delegations(table, programme)
    for number, row in enumerate(table.rows, 1):
        reading.take(row)
        if not number % AT_A_TIME:
            rest()
    delegations = reading.delegations()
    problems = table.told()
    return Roster(() if problems else delegations, problems, table.ignored)


def read_groups(
    rows: Sequence[Row],
    programme: Programme,
    without_value: Mapping[Place, str] | None = None,
    rest: Callable[[], object] = lambda: None,
) -> GroupRoster:
    """The groups that `rows` tell of, each row a group and a member; otherwise the same.

    A group that the programme has already is told anew with its members.
    """
    table = _table(rows, _GROUP_TITLES, ("group",), programme, without_value or {})
    if table is None:
        return GroupRoster((), _no_titles(rows))
    reading = _Groups(table, programme)
    for number, row in enumerate(table.rows, 1):
        reading.take(row)
        if not number % AT_A_TIME:
            rest()
    groups = reading.groups()
    problems = table.told()
    return GroupRoster(() if problems else groups, problems, table.ignored)


def delegation_entry(delegation: Delegation) -> str | dict[str, Any]:
    """A delegation as a programme file has it: its code alone where that says all."""
    if known_delegations().get(delegation.code) == delegation:
        return delegation.code
    entry: dict[str, Any] = {"code": delegation.code, "category": delegation.category.value}
    if delegation.region is not None:
        entry["region"] = delegation.region
    return {**entry, "name": dict(delegation.names)}


def group_entry(group: Group) -> str | dict[str, Any]:
    """A group as a programme file has it."""
    known = known_groups().get(group.code)
    if known == group:
        return group.code
    entry: dict[str, Any] = {"code": group.code}
    if known is None:
        entry["name"] = dict(group.names)
    return {**entry, "members": list(group.members)} if group.members else entry


# The titles of columns, and the words in cells


def key_of(words: str) -> str:
    """What names are compared by: letters and digits alone, without case and accents."""
    if not words.isascii():
        words = unicodedata.normalize("NFKD", words)
        words = "".join(one for one in words if not unicodedata.combining(one))
    return " ".join(_WORDS.findall(words.casefold()))


_WORDS = re.compile(r"[^\W_]+")

_ENGLISH = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}


def _titles(field_of: str, *words: str) -> dict[str, str]:
    return {key_of(word): field_of for word in words}


_NAME_TITLES = {
    title: f"name_{code}"
    for code, language in _ENGLISH.items()
    for title in _titles(
        "",
        *(code, language, f"name {code}", f"name {language}"),
        *(f"{language} name", f"name in {language}"),
    )
}
_DELEGATION_TITLES = {
    **_NAME_TITLES,
    **_titles("name", "name", "delegation", "delegation name", "name of delegation"),
    **_titles("name", "state", "country", "organization", "organisation"),
    **_titles("category", "category", "type", "kind"),
    **_titles("code", "code", "delegation code", "iso", "iso code", "iso 3166", "country code"),
    **_titles("region", "region", "regional group"),
}
_GROUP_TITLES = {
    **_NAME_TITLES,
    **_titles("group", "group", "group code", "code"),
    **_titles("name", "name", "group name", "name of group"),
    **_titles("member", "member", "members", "member code", "delegation", "delegation code"),
}

_CATEGORIES: Final = {
    **{key_of(category.value): category for category in Category},
    **{f"{key_of(one.value)}s": one for one in (Category.MEMBER_STATE, Category.OBSERVER_STATE)},
    "member": Category.MEMBER_STATE,
    "member states of the united nations": Category.MEMBER_STATE,
    "non member observer state": Category.OBSERVER_STATE,
    "observer organisation": Category.OBSERVER_ORGANIZATION,
    "united nations entity": Category.UN_ENTITY,
    "united nations": Category.UN_ENTITY,
    "un agency": Category.UN_ENTITY,
    "un system": Category.UN_ENTITY,
    "intergovernmental organization": Category.INTERGOVERNMENTAL,
    "intergovernmental organisation": Category.INTERGOVERNMENTAL,
    "igo": Category.INTERGOVERNMENTAL,
    "non governmental organization": Category.NGO,
    "non governmental organisation": Category.NGO,
    "nongovernmental organization": Category.NGO,
    "civil society": Category.NGO,
    "private sector entity": Category.PRIVATE_SECTOR,
    "business": Category.PRIVATE_SECTOR,
    "academic": Category.ACADEMIA,
    "academic institution": Category.ACADEMIA,
    "university": Category.ACADEMIA,
}


@cache
def _regions() -> Mapping[str, str]:
    """The code of each regional group by its code, its names, and what it is called for short."""
    short = {
        "AFR": ("Africa", "African Group", "African States"),
        "APG": (
            "Asia-Pacific",
            "Asia-Pacific Group",
            "Asia-Pacific States",
            "Asia and the Pacific",
        ),
        "EEG": ("Eastern Europe", "Eastern European Group", "Eastern European States"),
        "GRULAC": ("Latin America and the Caribbean", "Latin American and Caribbean States"),
        "WEOG": ("Western Europe and others", "Western European and other States"),
    }
    return {
        key_of(word): code
        for code in REGIONS
        for word in (code, *short[code], *known_groups()[code].names.values())
    }


@cache
def _known_by_name() -> Mapping[str, Delegation]:
    """The delegations of the catalogue by their names in all languages."""
    return {
        key_of(name): one for one in known_delegations().values() for name in one.names.values()
    }


@cache
def _near(written: str) -> str:
    """The English name of the State that was probably meant; empty when none stands out."""
    states = {
        name: one.names["en"] for name, one in _known_by_name().items() if one.category in STATES
    }
    within = {english for name, english in states.items() if written in name}
    if len(within) == 1:
        return within.pop()
    return next((states[name] for name in get_close_matches(written, states, 1)), "")


# A table with titles


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with its place; `text` is one line without white space around it."""

    text: str
    line: int
    column: int


class _Table:
    """The rows below the titles, and all that is wrong in them."""

    def __init__(
        self,
        titles: Row,
        fields: Mapping[int, str],
        rows: Sequence[Row],
        original: str,
        without_value: Mapping[Place, str],
    ) -> None:
        self.line, self._titles = titles
        self.rows = rows
        self.ignored = tuple(
            title.strip()
            for column, title in enumerate(self._titles, 1)
            if title.strip() and column not in fields
        )
        self._problems: dict[Place, RosterProblem] = {}
        self._columns: dict[str, int] = {}
        for column, name in fields.items():
            # A name is in the language of the programme, unless its title says otherwise.
            meant = f"name_{original}" if name == "name" else name
            if meant in self._columns:
                self.problem(
                    _Cell("", self.line, column), "title-twice", title=self._titles[column - 1]
                )
            self._columns.setdefault(meant, column)
        for (line, column), reason in without_value.items():
            if column in fields and line >= self.line:
                self.problem(_Cell("", line, column), reason)

    def cell(self, row: Row, name: str) -> _Cell:
        """What a row has in a field; an empty text where it has nothing or there is no column."""
        line, cells = row
        column = self._columns.get(name)
        if column is None:
            return _Cell("", line, 1)
        text = cells[column - 1] if column <= len(cells) else ""
        return _Cell(" ".join(text.split()), line, column)

    def names(self, row: Row) -> dict[str, _Cell]:
        """The names of a row by their languages, as far as there are any; problems are noted."""
        found = {}
        for language in LANGUAGES:
            if f"name_{language}" not in self._columns:
                continue
            cell = self.cell(row, f"name_{language}")
            if cell.text and self.holds(cell, NAME):
                found[language] = cell
        return found

    def holds(self, cell: _Cell, most: int) -> bool:
        """Whether a cell has a text that can be shown; the problem is noted when not."""
        if len(cell.text) > most:
            self.problem(cell, "name-too-long", length=len(cell.text), most=most)
            return False
        letter = strange_letter(cell.text)
        if letter is not None:
            self.problem(cell, "strange-letter", letter=f"U+{ord(letter):04X}")
        return letter is None

    def has_too_many_cells(self, row: Row) -> bool:
        """Whether a row goes on beyond the titles; the problem is noted."""
        line, cells = row
        if len(cells) <= len(self._titles):
            return False
        self.problem(_Cell("", line, len(self._titles) + 1), "too-many-cells")
        return True

    def problem(self, cell: _Cell, reason: str, **words: str | int) -> None:
        """Note a problem; of each cell the first one is told."""
        found = RosterProblem(cell.line, cell.column, reason, words)
        self._problems.setdefault((cell.line, cell.column), found)

    def told(self) -> tuple[RosterProblem, ...]:
        """All problems by their place."""
        return tuple(self._problems[place] for place in sorted(self._problems))


def _table(
    rows: Sequence[Row],
    titles: Mapping[str, str],
    needed: tuple[str, ...],
    programme: Programme,
    without_value: Mapping[Place, str],
) -> _Table | None:
    """The table whose titles name one of the fields that are `needed`; None when none does."""
    for number, row in enumerate(rows[:TITLES_WITHIN]):
        words = enumerate(row[1], 1)
        fields = {column: titles[key] for column, word in words if (key := key_of(word)) in titles}
        if any(name in (*needed, f"name_{programme.original}") for name in fields.values()):
            return _Table(row, fields, rows[number + 1 :], programme.original, without_value)
    return None


def _no_titles(rows: Sequence[Row]) -> tuple[RosterProblem, ...]:
    return (RosterProblem(rows[0][0] if rows else 1, 1, "no-titles"),)


# Delegations


class _Delegations:
    """Takes row after row, and knows what was in those before."""

    def __init__(self, table: _Table, programme: Programme) -> None:
        self._table = table
        self._original = programme.original
        self._there = {
            key_of(name): one.code for one in programme.delegations for name in one.names.values()
        }
        self._codes_there = frozenset(programme.by_code)
        self._room = DELEGATIONS - len(programme.delegations)
        self._lines: dict[str, int] = {}
        self._taken: list[tuple[Delegation, str]] = []
        self._suggested = 0

    def take(self, row: Row) -> None:
        """Read a row; what is wrong in it is noted in the table."""
        table = self._table
        if table.has_too_many_cells(row):
            return
        names = table.names(row)
        code = table.cell(row, "code")
        written = code.text.upper()
        known = known_delegations().get(written)
        if known is not None:
            delegation = self._is_known(row, known, names)
        else:
            delegation = self._is_new(row, names, written)
        if delegation is None:
            return
        first = names.get(self._original, code) if known is None else code
        if self._is_there(delegation, first) or self._is_twice(delegation, first, row[0]):
            return
        self._taken.append((delegation, "" if delegation.code else self._base(delegation)))
        if len(self._taken) == self._room + 1:
            table.problem(first if first.column else code, "too-many-delegations", most=DELEGATIONS)

    def delegations(self) -> tuple[Delegation, ...]:
        """What was taken, each with a code; equal tables give equal codes, in any order."""
        often = Counter(base for _, base in self._taken if base)
        codes: set[str] = {*known_delegations(), *self._codes_there}
        codes |= {delegation.code for delegation, _ in self._taken}
        made = []
        for delegation, base in self._taken:
            code: str = delegation.code
            if not code:
                is_free = often[base] == 1 and base not in codes and len(base) >= _SHORTEST
                code = base if is_free else _told_apart(base, delegation.names, codes)
                codes.add(code)
            made.append(replace(delegation, code=DelegationCode(code)))
        return tuple(made)

    def _is_known(
        self, row: Row, known: Delegation, names: Mapping[str, _Cell]
    ) -> Delegation | None:
        """A delegation that the catalogue knows by its code; whatever else is said must agree."""
        table = self._table
        called = {key_of(name) for name in known.names.values()}
        about = {"code": known.code, "name": known.names["en"]}
        agrees = True
        for cell in names.values():
            if key_of(cell.text) not in called:
                table.problem(cell, "code-of-other", **about)
                agrees = False
        category = table.cell(row, "category")
        if category.text and self._category(category) not in (known.category, None):
            table.problem(category, "category-differs", **about, category=known.category.value)
            agrees = False
        region = table.cell(row, "region")
        if region.text and self._region(region) not in (known.region, None):
            table.problem(region, "region-differs", **about, region=known.region or "—")
            agrees = False
        return known if agrees else None

    def _is_new(self, row: Row, names: Mapping[str, _Cell], code: str) -> Delegation | None:
        """A delegation that is not known by its code: by its name, or of the programme's own."""
        table = self._table
        cell = table.cell(row, "category")
        category = self._category(cell)
        if not cell.text:
            table.problem(cell, "category-missing")
        original = names.get(self._original)
        if original is None:
            table.problem(table.cell(row, f"name_{self._original}"), "name-missing")
        states = (_known_by_name().get(key_of(name.text)) for name in names.values())
        known = next((one for one in states if one is not None), None)
        if known is not None and category is not None:
            return self._is_named(row, known, category, names)
        if category in STATES and original is not None:
            self._suggested += 1
            near = _near(key_of(original.text)) if self._suggested <= SUGGESTIONS else ""
            table.problem(original, "state-unknown", name=original.text, near=near)
            return None
        region = table.cell(row, "region")
        where = self._region(region) if region.text else None
        if code and not CODE.fullmatch(code):
            table.problem(table.cell(row, "code"), "code-malformed", code=code)
            return None
        if original is None or category is None:
            return None
        said = {language: name.text for language, name in names.items()}
        return Delegation(DelegationCode(code), category, where, said)

    def _is_named(
        self, row: Row, known: Delegation, category: Category, names: Mapping[str, _Cell]
    ) -> Delegation | None:
        """A delegation that the catalogue knows by its name."""
        about = {"code": known.code, "name": known.names["en"]}
        if category is not known.category:
            place = self._table.cell(row, "category")
            about["category"] = known.category.value
            self._table.problem(place, "name-of-state", **about)
            return None
        code = self._table.cell(row, "code")
        if code.text:
            self._table.problem(code, "code-differs", **about)
            return None
        return self._is_known(row, known, names)

    def _category(self, cell: _Cell) -> Category | None:
        category = _CATEGORIES.get(key_of(cell.text))
        if category is None and cell.text:
            self._table.problem(cell, "category-unknown", category=_shown(cell.text))
        return category

    def _region(self, cell: _Cell) -> str | None:
        region = _regions().get(key_of(cell.text))
        if region is None:
            self._table.problem(cell, "region-unknown", region=_shown(cell.text))
        return region

    def _is_there(self, delegation: Delegation, first: _Cell) -> bool:
        there = delegation.code if delegation.code in self._codes_there else None
        for name in delegation.names.values():
            there = there or self._there.get(key_of(name))
        if there is not None:
            self._table.problem(first, "already-there", code=there)
        return there is not None

    def _is_twice(self, delegation: Delegation, first: _Cell, line: int) -> bool:
        said = {key_of(name) for name in delegation.names.values()}
        said |= {f"code {delegation.code}"} if delegation.code else set()
        before = [self._lines[word] for word in said if word in self._lines]
        if before:
            self._table.problem(first, "twice-in-file", first=min(before))
        for word in said:
            self._lines.setdefault(word, line)
        return bool(before)

    def _base(self, delegation: Delegation) -> str:
        names = delegation.names
        return _initials(names.get("en") or names[self._original])


_SHORTEST: Final = 3
"""Letters of a code that is made: those of two are States'."""

_LONGEST: Final = 8
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9-]{2,7})\)")
_PASSED_OVER = frozenset(
    {"of", "the", "for", "and", "in", "on", "to", "a", "an", "de", "la", "le", "les", "des", "du"}
)


def _initials(name: str) -> str:
    """The beginning of a code: an acronym in the name, else initials, else letters of the words."""
    acronym = _ACRONYM.search(name)
    if acronym is not None:
        return acronym[1]
    letters = key_of(name).upper().encode("ascii", "ignore").decode()
    words = [word for word in letters.split() if word.casefold() not in _PASSED_OVER]
    if not words:
        return "D"
    # A name in another alphabet has no words here, or a number.
    taken = {1: _LONGEST, 2: 3}.get(len(words), 1)
    code = "".join(word[:taken] for word in words)[:_LONGEST]
    return code if code[0].isalpha() else f"D{code}"[:_LONGEST]


def _told_apart(base: str, names: Text, codes: set[str]) -> str:
    """The code of a delegation whose initials are others' as well: it follows from the name."""
    names_of = "\n".join(key_of(names[language]) for language in sorted(names))
    mark = b32encode(hashlib.sha256(names_of.encode()).digest()).decode()
    lengths = range(4, 8)
    candidates = (f"{base[:_LONGEST]}-{mark[:length]}" for length in lengths)
    return next(code for code in candidates if code not in codes)


def _shown(words: str) -> str:
    """What stands in a cell, short enough for a message and without what cannot be shown."""
    line = words if len(words) <= 60 else f"{words[:59]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


# Groups


class _Groups:
    """Takes row after row: a group in each, and a member of it."""

    def __init__(self, table: _Table, programme: Programme) -> None:
        self._table = table
        self._original = programme.original
        self._delegations = {**known_delegations(), **programme.by_code}
        self._there = {group.code: group for group in programme.groups}
        self._groups: dict[str, Group] = {}
        self._first: dict[str, _Cell] = {}
        self._members: dict[str, dict[DelegationCode, int]] = {}

    def take(self, row: Row) -> None:
        """Read a row; what is wrong in it is noted in the table."""
        table = self._table
        if table.has_too_many_cells(row):
            return
        cell = table.cell(row, "group")
        code = cell.text.upper()
        names = table.names(row)
        if not code:
            table.problem(cell, "group-missing")
            return
        group = self._there.get(GroupCode(code)) or known_groups().get(code)
        if group is None and not CODE.fullmatch(code):
            table.problem(cell, "code-malformed", code=_shown(code))
            return
        self._name(code, cell, group, names)
        self._member(code, table.cell(row, "member"))

    def groups(self) -> tuple[Group, ...]:
        """The groups in the order of the table, each with its members."""
        for code, group in self._groups.items():
            if self._original not in group.names and code not in known_groups():
                self._table.problem(self._first[code], "group-name-missing", code=code)
        known = len(self._there)
        added = [code for code in self._groups if code not in self._there]
        for code in added[max(GROUPS - known, 0) :][:1]:
            self._table.problem(self._first[code], "too-many-groups", most=GROUPS)
        return tuple(
            replace(group, members=tuple(self._members[code]))
            for code, group in self._groups.items()
        )

    def _name(
        self, code: str, cell: _Cell, known: Group | None, names: Mapping[str, _Cell]
    ) -> None:
        if code not in self._groups:
            self._groups[code] = known or Group(GroupCode(code), {})
            self._first[code] = cell
            self._members[code] = {}
        group = self._groups[code]
        for language, name in names.items():
            said = group.names.get(language)
            if said is not None and key_of(said) != key_of(name.text):
                self._table.problem(name, "group-name-differs", code=code, name=said)
            elif said is None and known is None:
                group = replace(group, names={**group.names, language: name.text})
        self._groups[code] = group

    def _member(self, code: str, cell: _Cell) -> None:
        if not cell.text:
            return
        one = self._delegations.get(cell.text.upper()) or _known_by_name().get(key_of(cell.text))
        members = self._members[code]
        if one is None:
            self._table.problem(cell, "member-unknown", member=_shown(cell.text))
        elif one.code in members:
            self._table.problem(cell, "member-twice", first=members[one.code])
        else:
            members[one.code] = cell.line


def rows_of(table: Mapping[str, Any]) -> tuple[list[Row], dict[Place, str]]:
    """The rows of what the workshop read, the titles among them, and its cells without a value."""
    rows: Iterable[tuple[int, list[str]]] = table["rows"]
    lost = {(one["line"], one["column"]): one["reason"] for one in table["problems"]}
    return [(table["line"], table["columns"]), *((line, cells) for line, cells in rows)], lost
