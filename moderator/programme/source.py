"""Reads the text of a programme file into plain words, and keeps the line of each.

Of YAML only what a person writes is taken: words, lists and mappings. Every scalar stays the words
that stand in the file (NO is Norway, 10:00 a time), and what could surprise or blow up (anchors,
aliases, tags) is refused. The nodes are composed, not constructed: this keeps all line numbers
and reports every repeated key, in half the time of a round-trip document.
"""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

MAX_BYTES: Final = 1_000_000

Tree = str | None | list["Tree"] | dict[str, "Tree"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a programme file; `path` is empty for the file as a whole."""

    line: int
    path: str
    text: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.path}" if self.path else f"line {self.line}"
        return f"{where}: {self.text}"


class ProgrammeErrors(ValueError):
    """A programme file was refused; `problems` are all that were found, by line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Source:
    """What a file says, with the line of each thing it says."""

    tree: dict[str, Tree]
    lines: Mapping[Path, int]
    problems: tuple[Problem, ...]

    def problem(self, path: Path, text: str) -> Problem:
        """A problem with what stands at `path`, or is missing there."""
        standing = path
        while standing not in self.lines:
            standing = standing[:-1]
        return Problem(self.lines[standing], spelt(path), text)


def read(source: str | bytes) -> Source:
    """The words of a programme file; ProgrammeErrors when they cannot be told apart."""
    text = _decoded(source)
    root = _composed(text)
    if not isinstance(root, MappingNode):
        raise ProgrammeErrors((Problem(_line(root), "", _NOT_FIELDS),))
    reading = _Reading(_line(root))
    tree = reading.fields(root, ())
    return Source(tree, reading.lines, tuple(reading.problems))


def spelt(path: Path) -> str:
    """A path as people write it: segments[1].speakers[3]."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")


_NOT_FIELDS = (
    "a programme is made of fields such as “title: …”, each on a line of its own; "
    "this file is something else"
)
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "map", "seq")
)


def _decoded(source: str | bytes) -> str:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1_000_000} MB"
        raise _refused(1, f"the file is larger than {limit}; a programme takes a few kilobytes")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(
            line, "the file is not in UTF-8; save it again with the encoding UTF-8"
        ) from None
    if not text.strip():
        raise _refused(1, "the file is empty")
    return text


def _composed(text: str) -> Node | None:
    try:
        return YAML(typ="safe", pure=True).compose(text)  # type: ignore[no-any-return]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise _refused(line, _in_words(error, text, line)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refused(line, "there is a character here that no text may hold") from None
    except RecursionError:
        raise _refused(1, "lists stand within lists more deeply than any programme needs") from None


def _in_words(error: MarkedYAMLError, text: str, line: int) -> str:
    problem = error.problem or ""
    standing = text.splitlines()[line - 1] if line <= text.count("\n") + 1 else ""
    indent = standing[: len(standing) - len(standing.lstrip())]
    if "\t" in indent or "'\\t'" in problem:
        return "a tab stands here; indent with spaces"
    if "another document" in problem:
        return "a second document begins here (“---”); a file holds one programme"
    if "mapping values" in problem:
        return "there is a colon too many here; put text that holds a colon in quotation marks"
    if "undefined alias" in problem:
        return "an alias (“*…”) stands here; put text that begins with a star in quotation marks"
    return f"this is not YAML: {problem or 'it breaks off'}"


def _refused(line: int, text: str) -> ProgrammeErrors:
    return ProgrammeErrors((Problem(line, "", text),))


def _line(node: Node | None) -> int:
    return 1 if node is None else node.start_mark.line + 1


class _Reading:
    """Goes through the nodes of a file once, and notes lines and problems by the way."""

    def __init__(self, line: int) -> None:
        self.lines: dict[Path, int] = {(): line}
        self.problems: list[Problem] = []

    def fields(self, node: MappingNode, path: Path) -> dict[str, Tree]:
        """What a mapping says, by the names of its fields."""
        fields: dict[str, Tree] = {}
        for name, value in node.value:
            if not isinstance(name, ScalarNode) or name.anchor is not None:
                self._note(name, path, "the name of a field is a single word")
                continue
            key = str(name.value)
            field = (*path, key)
            if key in fields:
                first = self.lines[field]
                self._note(name, field, f"this stands here a second time (first on line {first})")
                continue
            self.lines[field] = _line(name)
            fields[key] = self._taken(value, field)
        return fields

    def _taken(self, node: Node, path: Path) -> Tree:
        self.lines.setdefault(path, _line(node))
        if node.anchor is not None:
            self._note(node, path, f"anchors (“&{node.anchor}”) are not used here; write it out")
            return None
        if node.tag not in _PLAIN_TAGS:
            self._note(node, path, f"tags (“{node.tag}”) are not used here")
            return None
        if isinstance(node, MappingNode):
            return self.fields(node, path)
        if isinstance(node, SequenceNode):
            return [self._taken(item, (*path, place)) for place, item in enumerate(node.value)]
        if node.tag.endswith(":null"):
            return None
        return str(node.value)

    def _note(self, node: Node, path: Path, text: str) -> None:
        self.problems.append(Problem(_line(node), spelt(path), text))
