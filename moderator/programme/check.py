"""What the fields of a programme file must say together: each rule goes through the whole file.

The rules read the words themselves, not the form made of them, so that a file with a mistake in
its form is told of all its other mistakes as well.
"""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from moderator.core.terms import Role
from moderator.programme.catalogue import known_delegations, known_groups, named_together
from moderator.programme.form import CODE, calendar_day, clock_time, time_zone
from moderator.programme.source import Path, Tree, quoted

Finding = tuple[Path, str]


def findings(tree: dict[str, Tree]) -> Iterator[Finding]:
    """Everything in `tree` that contradicts something else in it, with its place."""
    yield from _ids(tree)
    yield from _unknown_persons(tree)
    yield from _named_twice(tree)
    yield from _bureau(tree)
    yield from _chairs_without_a_seat(tree)
    yield from _delegations(tree)
    yield from _groups(tree)
    yield from _times(tree)


def _ids(tree: Tree) -> Iterator[Finding]:
    for pattern in (
        ("persons", "*", "id"),
        ("bureau", "*", "id"),
        ("segments", "*", "id"),
        ("segments", "*", "themes", "*", "id"),
    ):
        seen: set[str] = set()
        for path, written in _standing(tree, *pattern):
            if not isinstance(written, str):
                continue
            if written in seen:
                yield path, f"{quoted(written)} stands here a second time"
            seen.add(written)


def _unknown_persons(tree: Tree) -> Iterator[Finding]:
    known = _keys(tree)
    for pattern in (
        ("bureau", "*", "person"),
        ("segments", "*", "chairs", "*"),
        ("segments", "*", "speakers", "*"),
    ):
        for path, key in _standing(tree, *pattern):
            if isinstance(key, str) and key not in known:
                yield path, f"nobody in `persons` has the key {quoted(key)}"


def _named_twice(tree: Tree) -> Iterator[Finding]:
    for field in ("chairs", "speakers"):
        seen: set[tuple[Path, str]] = set()
        for path, key in _standing(tree, "segments", "*", field, "*"):
            if not isinstance(key, str):
                continue
            if (path[:-1], key) in seen:
                yield path, f"{quoted(key)} is in this list already"
            seen.add((path[:-1], key))


def _bureau(tree: Tree) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    roles: set[Tree] = set()
    for path, member in _standing(tree, "bureau", "*"):
        if not isinstance(member, dict):
            continue
        role, person = member.get("role"), member.get("person")
        if isinstance(role, str):
            roles.add(role)
        if (person is None) == (member.get("name") is None):
            yield path, "a member of the bureau has either a `person` or a `name`"
        elif isinstance(role, str) and isinstance(person, str):
            if (role, person) in seen:
                yield path, f"{quoted(person)} has this role already"
            seen.add((role, person))
    if roles and not roles & {Role.CHAIR.value, Role.SECRETARY.value}:
        yield ("bureau",), "somebody must be chair or secretary, to open the dialogue"


def _chairs_without_a_seat(tree: Tree) -> Iterator[Finding]:
    known = _keys(tree)
    seated = [
        member.get("person")
        for _, member in _standing(tree, "bureau", "*")
        if isinstance(member, dict) and member.get("role") == Role.CHAIR.value
    ]
    for path, key in _standing(tree, "segments", "*", "chairs", "*"):
        if isinstance(key, str) and key in known and key not in seated:
            yield path, f"{quoted(key)} is no chair in `bureau`, and would get no chair’s screen"


def _delegations(tree: Tree) -> Iterator[Finding]:
    known = known_delegations()
    first: dict[str, str] = {}
    for path, entry in _standing(tree, "delegations", "*"):
        code = _code(entry)
        if code is None:
            continue
        together = () if isinstance(entry, dict) else named_together(code)
        codes: list[str] = [one.code for one in together] or [code]
        twice = [one for one in codes if one in first]
        if twice:
            yield path, f"{quoted(twice[0])} is listed already, by {quoted(first[twice[0]])}"
        first.update((one, code) for one in codes if one not in first)
        if isinstance(entry, dict):
            yield from _own_delegation(entry, code, path)
        elif not together and code not in known:
            needs = "a delegation of your own needs `code`, `category` and `name`"
            yield path, f"{quoted(code)} is not the code of a delegation that is known; {needs}"


def _own_delegation(entry: dict[str, Tree], code: str, path: Path) -> Iterator[Finding]:
    yield from _own_code(code, path, code in known_delegations())
    for field in ("category", "name"):
        if entry.get(field) is None:
            yield path, f"a delegation of your own needs a `{field}`"


def _groups(tree: Tree) -> Iterator[Finding]:
    known = known_groups()
    delegations = _delegation_codes(tree)
    seen: set[str] = set()
    for path, entry in _standing(tree, "groups", "*"):
        code = _code(entry)
        if code is None:
            continue
        if code in seen:
            yield path, f"{quoted(code)} is listed already"
        seen.add(code)
        if isinstance(entry, dict):
            yield from _members(entry, path, delegations)
            # Of a group that is known the members may be told, and nothing else.
            if set(entry) != {"code", "members"} or code not in known:
                yield from _own_code(code, path, code in known)
                if entry.get("name") is None:
                    yield path, "a group of your own needs a `name`"
        elif code not in known:
            needs = "a group of your own needs `code` and `name`"
            yield path, f"{quoted(code)} is not the code of a group that is known; {needs}"


def _members(group: dict[str, Tree], path: Path, delegations: frozenset[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for step, member in _standing(group, "members", "*"):
        if not isinstance(member, str):
            continue
        if member in seen:
            yield (*path, *step), f"{quoted(member)} is in this list already"
        elif member not in delegations:
            yield (*path, *step), f"{quoted(member)} is not the code of a delegation"
        seen.add(member)


def _delegation_codes(tree: Tree) -> frozenset[str]:
    """The codes of the programme's own delegations, and of all that are known."""
    own = (_code(entry) for _, entry in _standing(tree, "delegations", "*"))
    return frozenset({*known_delegations(), *(code for code in own if code is not None)})


def _own_code(code: str, path: Path, is_known: bool) -> Iterator[Finding]:
    if is_known:
        advice = "write the code alone, or choose another"
        yield (*path, "code"), f"{quoted(code)} is known already; {advice}"
    elif not CODE.fullmatch(code):
        yield (*path, "code"), f"{quoted(code)} is no code; use 2 to 16 of A–Z, 0–9 and -"


def _times(tree: dict[str, Tree]) -> Iterator[Finding]:
    until: tuple[time, str] | None = None  # and what it is, in words
    for path, segment in _standing(tree, "segments", "*"):
        if not isinstance(segment, dict):
            continue
        if segment.get("start") is None and segment.get("end") is not None:
            yield path, "a segment that has an `end` has a `start`, too"
        start, end = _clock(segment.get("start")), _clock(segment.get("end"))
        for field, at in (("start", start), ("end", end)):
            if at is not None and _is_skipped(tree, at):
                yield (*path, field), f"the clocks go forward on that day: there is no {at:%H:%M}"
        if start is not None and end is not None and end <= start:
            yield (*path, "end"), f"{end:%H:%M} is not after the start, {start:%H:%M}"
        if start is not None and until is not None and start < until[0]:
            yield (*path, "start"), f"{start:%H:%M} is before the {until[1]}, {until[0]:%H:%M}"
        if end is not None:
            until = end, f"end of segments[{path[-1]}]"
        elif start is not None:
            until = start, f"start of segments[{path[-1]}]"


def _is_skipped(tree: dict[str, Tree], at: time) -> bool:
    """Whether clocks never show `at` on the day of the programme."""
    try:
        zone = ZoneInfo(time_zone(tree.get("timezone")))
        day = calendar_day(tree.get("date"))
    except ValueError:
        return False
    written = datetime.combine(day, at)
    shown = datetime.fromtimestamp(written.replace(tzinfo=zone).timestamp(), zone)
    return shown.replace(tzinfo=None) != written


def _clock(value: Tree) -> time | None:
    try:
        return clock_time(value)
    except ValueError:
        return None


def _keys(tree: Tree) -> list[Tree]:
    persons = tree.get("persons") if isinstance(tree, dict) else None
    return list(persons) if isinstance(persons, dict) else []


def _code(entry: Tree) -> str | None:
    code = entry.get("code") if isinstance(entry, dict) else entry
    return code if isinstance(code, str) else None


def _standing(tree: Tree, *pattern: str) -> Iterator[tuple[Path, Tree]]:
    """All that stands at `pattern`, where * is every entry of a list or mapping."""
    if not pattern:
        yield (), tree
        return
    step, rest = pattern[0], pattern[1:]
    entries: list[tuple[str | int, Tree]] = []
    if step == "*" and isinstance(tree, list):
        entries = list(enumerate(tree))
    elif step == "*" and isinstance(tree, dict):
        entries = list(tree.items())
    elif isinstance(tree, dict) and step in tree:
        entries = [(step, tree[step])]
    for name, entry in entries:
        for path, found in _standing(entry, *rest):
            yield (name, *path), found
