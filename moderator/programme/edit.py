"""A programme that is changed in the browser: its fields with their ids, and the file they make."""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ruamel.yaml import YAML

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
