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
from moderator.programme.source import Path, Tree, quoted, spelt
from moderator.text import Words

Finding = tuple[Path, Words]


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
                yield path, Words("%(written)s stands here a second time", written=quoted(written))
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
                yield path, Words("nobody in `persons` has the key %(key)s", key=quoted(key))


def _named_twice(tree: Tree) -> Iterator[Finding]:
    for field in ("chairs", "speakers"):
        seen: set[tuple[Path, str]] = set()
        for path, key in _standing(tree, "segments", "*", field, "*"):
            if not isinstance(key, str):
                continue
            if (path[:-1], key) in seen:
                yield path, Words("%(written)s is in this list already", written=quoted(key))
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
            yield path, Words("a member of the bureau has either a `person` or a `name`")
        elif isinstance(role, str) and isinstance(person, str):
            if (role, person) in seen:
                yield path, Words("%(person)s has this role already", person=quoted(person))
            seen.add((role, person))
    if roles and not roles & {Role.CHAIR.value, Role.SECRETARY.value}:
        yield ("bureau",), Words("somebody must be chair or secretary, to open the dialogue")


def _chairs_without_a_seat(tree: Tree) -> Iterator[Finding]:
    known = _keys(tree)
    seated = [
        member.get("person")
        for _, member in _standing(tree, "bureau", "*")
        if isinstance(member, dict) and member.get("role") == Role.CHAIR.value
    ]
    for path, key in _standing(tree, "segments", "*", "chairs", "*"):
        if isinstance(key, str) and key in known and key not in seated:
            yield (
                path,
                Words(
                    "%(person)s is no chair in `bureau`, and would get no chair’s screen",
                    person=quoted(key),
                ),
            )


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
            by = quoted(first[twice[0]])
            yield path, Words("%(code)s is listed already, by %(by)s", code=quoted(twice[0]), by=by)
        first.update((one, code) for one in codes if one not in first)
        if isinstance(entry, dict):
            yield from _own_delegation(entry, code, path)
        elif not together and code not in known:
            yield (
                path,
                Words(
                    "%(code)s is not the code of a delegation that is known; "
                    "a delegation of your own needs `code`, `category` and `name`",
                    code=quoted(code),
                ),
            )


def _own_delegation(entry: dict[str, Tree], code: str, path: Path) -> Iterator[Finding]:
    yield from _own_code(code, path, code in known_delegations())
    for field in ("category", "name"):
        if entry.get(field) is None:
            yield path, Words("a delegation of your own needs a `%(field)s`", field=field)


def _groups(tree: Tree) -> Iterator[Finding]:
    known = known_groups()
    delegations = _delegation_codes(tree)
    seen: set[str] = set()
    for path, entry in _standing(tree, "groups", "*"):
        code = _code(entry)
        if code is None:
            continue
        if code in seen:
            yield path, Words("%(code)s is listed already", code=quoted(code))
        seen.add(code)
        if isinstance(entry, dict):
            yield from _members(entry, path, delegations)
            # Of a group that is known the members may be told, and nothing else.
            if set(entry) != {"code", "members"} or code not in known:
                yield from _own_code(code, path, code in known)
                if entry.get("name") is None:
                    yield path, Words("a group of your own needs a `name`")
        elif code not in known:
            yield (
                path,
                Words(
                    "%(code)s is not the code of a group that is known; "
                    "a group of your own needs `code` and `name`",
                    code=quoted(code),
                ),
            )


def _members(group: dict[str, Tree], path: Path, delegations: frozenset[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for step, member in _standing(group, "members", "*"):
        if not isinstance(member, str):
            continue
        if member in seen:
            text = Words("%(written)s is in this list already", written=quoted(member))
            yield (*path, *step), text
        elif member not in delegations:
            text = Words("%(code)s is not the code of a delegation", code=quoted(member))
            yield (*path, *step), text
        seen.add(member)


def _delegation_codes(tree: Tree) -> frozenset[str]:
    """The codes of the programme's own delegations, and of all that are known."""
    own = (_code(entry) for _, entry in _standing(tree, "delegations", "*"))
    return frozenset({*known_delegations(), *(code for code in own if code is not None)})


def _own_code(code: str, path: Path, is_known: bool) -> Iterator[Finding]:
    if is_known:
        yield (
            (*path, "code"),
            Words(
                "%(code)s is known already; write the code alone, or choose another",
                code=quoted(code),
            ),
        )
    elif not CODE.fullmatch(code):
        yield (
            (*path, "code"),
            Words("%(code)s is no code; use 2 to 16 of A–Z, 0–9 and -", code=quoted(code)),
        )


def _times(tree: dict[str, Tree]) -> Iterator[Finding]:
    # When the segment before ends, or begins where its end is not told; and which it is.
    before: tuple[time, bool, str] | None = None
    for path, segment in _standing(tree, "segments", "*"):
        if not isinstance(segment, dict):
            continue
        if segment.get("start") is None and segment.get("end") is not None:
            yield path, Words("a segment that has an `end` has a `start`, too")
        start, end = _clock(segment.get("start")), _clock(segment.get("end"))
        for field, at in (("start", start), ("end", end)):
            if at is not None and _is_skipped(tree, at):
                yield (
                    (*path, field),
                    Words(
                        "the clocks go forward on that day: there is no %(time)s", time=_shown(at)
                    ),
                )
        if start is not None and end is not None and end <= start:
            times = {"start": _shown(start), "end": _shown(end)}
            yield (*path, "end"), Words("%(end)s is not after the start, %(start)s", **times)
        if start is not None and before is not None and start < before[0]:
            at, was_end, segment = before
            told = {"start": _shown(start), "segment": segment, "time": _shown(at)}
            yield (
                (*path, "start"),
                Words("%(start)s is before the end of %(segment)s, %(time)s", **told)
                if was_end
                else Words("%(start)s is before the start of %(segment)s, %(time)s", **told),
            )
        if end is not None:
            before = end, True, spelt(path)
        elif start is not None:
            before = start, False, spelt(path)


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


def _shown(at: time) -> str:
    return f"{at:%H:%M}"


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
