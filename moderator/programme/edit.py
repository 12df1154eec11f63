"""A programme that is changed in the browser: its fields with their ids, and the file they make."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from ruamel.yaml import YAML

from moderator.core.model import Rules
from moderator.core.units import SECOND, Duration
from moderator.programme.form import BY_HAND, NO_ROUNDS
from moderator.programme.programme import Programme
from moderator.programme.source import Tree

WIDTH: Final = 100


def with_ids(tree: dict[str, Tree], programme: Programme) -> dict[str, Tree]:
    """The fields of a programme, in which every person, segment and theme bears its id.

    `tree` is what `programme` was made of; it stays as it is.
    """
    persons = tree.get("persons") or {}
    bureau, segments = tree["bureau"], tree["segments"]
    assert isinstance(persons, dict)  # noqa: S101  or it would have made no programme
    assert isinstance(bureau, list)  # noqa: S101
    assert isinstance(segments, list)  # noqa: S101
    return {
        **tree,
        "persons": {
            key: _with_id(person.id, written)
            for (key, written), person in zip(persons.items(), programme.persons, strict=True)
        },
        "bureau": [
            _with_id(None if "person" in _fields(written) else member.subject, written)
            for written, member in zip(bureau, programme.bureau, strict=True)
        ],
        "segments": [
            _with_id(
                part.id,
                {
                    **_fields(written),
                    "themes": [
                        _with_id(theme.id, said if _is_theme(said) else {"text": said})
                        for said, theme in zip(
                            _entries(_fields(written).get("themes")), part.themes, strict=True
                        )
                    ],
                },
            )
            for written, part in zip(segments, programme.parts, strict=True)
        ],
    }


def with_new_ids(tree: Mapping[str, Any], taken: Iterable[str]) -> dict[str, Tree]:
    """The fields as they came back, where whoever is new gets an id that nobody ever had.

    `taken` are all ids that the dialogue has used: a link, a note or the log may still name them.
    What is not of its form stays as it is, and is refused when the programme is loaded.
    """
    last: dict[str, int] = {}
    for used in taken:
        if match := re.fullmatch(r"([a-z])([0-9]{1,6})", used):
            last[match[1]] = max(last.get(match[1], 0), int(match[2]))

    def numbered(letter: str, entry: Any) -> Any:
        if not isinstance(entry, Mapping) or entry.get("id"):
            return entry
        last[letter] = last.get(letter, 0) + 1
        return {"id": f"{letter}{last[letter]:02}", **entry}

    def bureau(entry: Any) -> Any:
        if not isinstance(entry, Mapping) or entry.get("person"):
            return entry
        return numbered(str(entry.get("role") or "x")[:1], entry)

    def segment(entry: Any) -> Any:
        if not isinstance(entry, Mapping):
            return entry
        themes = entry.get("themes")
        if isinstance(themes, list):
            spelt = [one if _is_theme(one) else {"text": one} for one in themes]
            entry = {**entry, "themes": [numbered("t", one) for one in spelt]}
        return numbered("s", entry)

    changed = dict(tree)
    if isinstance(changed.get("persons"), Mapping):
        persons = changed["persons"].items()
        changed["persons"] = {key: numbered("p", entry) for key, entry in persons}
    for field, made in (("bureau", bureau), ("segments", segment)):
        if isinstance(changed.get(field), list):
            changed[field] = [made(entry) for entry in changed[field]]
    return changed


def with_rules(tree: Mapping[str, Any], segment_id: str, rules: Rules) -> dict[str, Tree]:
    """The fields, with their ids, where a segment has these rules, all of them written out.

    Durations are whole seconds: a file has no shorter ones.
    """
    segments = _entries(tree.get("segments"))
    changed = [
        {**_fields(one), "rules": _rules_in_words(rules)}
        if _fields(one).get("id") == segment_id
        else one
        for one in segments
    ]
    return {**tree, "segments": changed}


def _rules_in_words(rules: Rules) -> dict[str, Tree]:
    start_after = rules.start_after
    limits: dict[str, Tree] = {
        one.name: _in_words(getattr(rules.limits, one.name)) for one in fields(rules.limits)
    }
    return {
        "limits": limits,
        "enforcement": rules.enforcement.value,
        "warning": _in_words(rules.warning),
        "grace": _in_words(rules.grace),
        "start_after": BY_HAND if start_after is None else _in_words(start_after),
        "round": NO_ROUNDS if rules.round is None else str(rules.round),
        "draw_window": _in_words(rules.draw_window),
    }


def _in_words(duration: Duration) -> str:
    minutes, seconds = divmod(duration // SECOND, 60)
    return f"{minutes}:{seconds:02}"


def written(tree: Mapping[str, Tree]) -> str:
    """The programme file that holds these fields; loaded again, it makes the same programme."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = WIDTH
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    stream = io.StringIO()
    yaml.dump(_without_gaps(tree), stream)
    return stream.getvalue()


def _without_gaps(tree: Any) -> Any:
    """Fields that are left empty are not written."""
    if isinstance(tree, Mapping):
        return {
            key: _without_gaps(value)
            for key, value in tree.items()
            if value is not None and value not in ({}, [])
        }
    if isinstance(tree, list):
        return [_without_gaps(entry) for entry in tree]
    return tree


def _with_id(id_: str | None, written: Tree) -> Tree:
    return _fields(written) if id_ is None else {**_fields(written), "id": id_}


def _fields(written: Tree) -> dict[str, Tree]:
    return written if isinstance(written, dict) else {}


def _entries(written: Tree) -> list[Tree]:
    return written if isinstance(written, list) else []


def _is_theme(said: Any) -> bool:
    return isinstance(said, Mapping) and "text" in said
