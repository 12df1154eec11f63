"""Reads a programme file into a Programme, or says everything that is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time
from difflib import get_close_matches
from functools import lru_cache
from itertools import count
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from moderator.core.model import Rules
from moderator.core.terms import BUREAU, DelegationCode, GroupCode, PersonId, SegmentId
from moderator.core.units import Instant
from moderator.programme import form as forms
from moderator.programme.catalogue import (
    Delegation,
    Group,
    known_delegations,
    known_groups,
    named_together,
)
from moderator.programme.check import findings
from moderator.programme.form import BureauForm, ProgrammeForm, RulesForm, SegmentForm
from moderator.programme.languages import LANGUAGES
from moderator.programme.programme import (
    BureauMember,
    Part,
    Person,
    Programme,
    Theme,
    instant_of,
)
from moderator.programme.source import Path, Problem, ProgrammeErrors, Source, Tree, read
from moderator.text import Words


def load_programme(text: str | bytes) -> Programme:
    """The programme that a file of this text describes; equal texts give equal programmes.

    Raises ProgrammeErrors with all problems found, each with its line, when there is any.
    """
    return _loaded(text)


# A programme never changes, and the same text is asked for again and again.
@lru_cache(maxsize=16)
def _loaded(text: str | bytes) -> Programme:
    return _checked(read(text))


def load_tree(tree: dict[str, Tree]) -> Programme:
    """The programme that the fields of a file make, however they were written down.

    Raises ProgrammeErrors; its problems have paths, and no lines worth telling.
    """
    return _checked(Source(tree, dict.fromkeys(_paths(tree), 1), ()))


def _paths(tree: Tree) -> Iterator[Path]:
    yield ()
    steps: Iterable[tuple[str | int, Tree]] = ()
    if isinstance(tree, dict):
        steps = tree.items()
    elif isinstance(tree, list):
        steps = enumerate(tree)
    for step, below in steps:
        yield from ((step, *path) for path in _paths(below))


def _checked(source: Source) -> Programme:
    problems = [*source.problems, *(source.problem(*one) for one in findings(source.tree))]
    form: ProgrammeForm | None = None
    try:
        form = ProgrammeForm.model_validate(source.tree, context=_original(source))
    except ValidationError as refused:
        problems += [_in_words(error, source) for error in refused.errors(include_url=False)]
    if form is None or problems:
        raise ProgrammeErrors(tuple(sorted(set(problems), key=lambda one: (one.line, one.path))))
    return _Building(form).programme()


def _original(source: Source) -> str:
    """The language that words without a language are in, as far as the file says."""
    original = source.tree.get("original")
    return original if isinstance(original, str) and original in LANGUAGES else "en"


def _in_words(error: ErrorDetails, source: Source) -> Problem:
    path: Path = tuple(step for step in error["loc"] if step != "[key]")
    kind = error["type"]
    if kind == "missing":
        return source.problem(path[:-1], Words("`%(field)s` is missing", field=path[-1]))
    text: Words
    if kind == "value_error":
        (text,) = error["ctx"]["error"].args
    elif kind == "extra_forbidden":
        near = get_close_matches(str(path[-1]), _FIELDS - {path[-1]}, 1)
        text = (
            Words("no field here has this name; is it `%(field)s`?", field=near[0])
            if near
            else Words("no field here has this name")
        )
    elif error["input"] is None:
        text = Words("nothing is written here; fill the field in or leave it out")
    elif kind == "list_type":
        text = Words("a list belongs here: each entry on a line of its own, after “- ”")
    elif kind == "too_long":
        counted, most = error["ctx"]["actual_length"], error["ctx"]["max_length"]
        text = Words("this has %(count)s entries; at most %(most)s fit", count=counted, most=most)
    elif kind == "too_short":
        text = Words("at least one entry is needed here")
    else:
        text = Words("fields belong here, such as “name: …”")
    return source.problem(path, text)


_FIELDS: Final = frozenset(
    name
    for form in vars(forms).values()
    if isinstance(form, type) and issubclass(form, BaseModel)
    for name in form.model_fields
)


class _Building:
    """Makes a Programme of a form that has nothing wrong with it."""

    def __init__(self, form: ProgrammeForm) -> None:
        self.form = form
        given = (person.id for person in form.persons.values())
        self.ids = {
            key: PersonId(id_)
            for key, id_ in zip(form.persons, _numbered(given, "p{:02}"), strict=True)
        }

    def programme(self) -> Programme:
        form = self.form
        return Programme(
            title=form.title,
            organ=form.organ,
            place=form.place,
            day=form.date,
            timezone=form.timezone,
            original=form.original,
            persons=self._persons(),
            bureau=self._bureau(),
            groups=self._groups(),
            delegations=self._delegations(),
            parts=self._parts(),
            public=form.public,
            interpretation_until=tuple(
                instant_of(form.date, at, form.timezone) for at in form.interpretation_until
            ),
        )

    def _persons(self) -> tuple[Person, ...]:
        return tuple(
            Person(self.ids[key], person.name, person.title or {})
            for key, person in self.form.persons.items()
        )

    def _bureau(self) -> tuple[BureauMember, ...]:
        # Whoever is no person of the programme is called by the letter of the role and a number.
        others = {
            role: _numbered(
                (one.id for one in self.form.bureau if one.role is role and one.person is None),
                f"{role.value[0]}{{}}",
            )
            for role in BUREAU
        }

        def seated(member: BureauForm) -> BureauMember:
            if member.person is None:
                return BureauMember(member.role, next(others[member.role]), member.name or {})
            person = self.form.persons[member.person]
            return BureauMember(member.role, self.ids[member.person], person.name)

        return tuple(seated(member) for member in self.form.bureau)

    def _groups(self) -> tuple[Group, ...]:
        return tuple(
            Group(
                GroupCode(group.code),
                known_groups()[group.code].names if group.name is None else group.name,
                tuple(DelegationCode(code) for code in group.members),
            )
            for group in self.form.groups
        )

    def _delegations(self) -> tuple[Delegation, ...]:
        delegations: list[Delegation] = []
        for entry in self.form.delegations:
            if entry.category is None or entry.name is None:
                delegations += named_together(entry.code) or (known_delegations()[entry.code],)
            else:
                code = DelegationCode(entry.code)
                delegations.append(Delegation(code, entry.category, entry.region, entry.name))
        return tuple(delegations)

    def _parts(self) -> tuple[Part, ...]:
        default = _with(Rules(), self.form.rules)
        segments = self.form.segments
        ids = _numbered((one.id for one in segments), "s{}")
        themes = _numbered((theme.id for one in segments for theme in one.themes), "t{}")

        def part(segment: SegmentForm) -> Part:
            return Part(
                id=SegmentId(next(ids)),
                kind=segment.kind,
                title=segment.title,
                starts=self._instant(segment.start),
                ends=self._instant(segment.end),
                themes=tuple(Theme(next(themes), theme.text) for theme in segment.themes),
                chairs=tuple(self.ids[key] for key in segment.chairs),
                speakers=tuple(self.ids[key] for key in segment.speakers),
                rules=_with(default, segment.rules),
            )

        return tuple(part(segment) for segment in segments)

    def _instant(self, at: time | None) -> Instant | None:
        return None if at is None else instant_of(self.form.date, at, self.form.timezone)


def _numbered(given: Iterable[str | None], spelling: str) -> Iterator[str]:
    """Each id that is given, and for the others the numbers that are free, from 1 on."""
    given = tuple(given)
    free = (made for n in count(1) if (made := spelling.format(n)) not in given)
    return (next(free) if written is None else written for written in given)


def _with(rules: Rules, form: RulesForm) -> Rules:
    """`rules`, but for what the form says."""
    said = form.model_dump(exclude_unset=True, exclude={"limits"})
    limits = replace(rules.limits, **form.limits.model_dump(exclude_unset=True))
    return replace(rules, limits=limits, **said)
