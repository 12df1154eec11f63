"""Reads the text of a programme file into plain words, and keeps the line of each.

Of YAML only what a person writes is taken: words, lists and mappings. Every scalar stays the words
that stand in the file (NO is Norway, 10:00 a time), and what could surprise or blow up (anchors,
aliases, tags, depth) is refused where it begins. That is why the events of the parser are read and
not a document made by it: they come one at a time, each with its line, in half the time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from moderator.text import Words

MAX_BYTES: Final = 1_000_000
# A programme of a thousand delegations of its own stays below; to read so much takes seconds.
MAX_EVENTS: Final = 40_000
MAX_DEPTH: Final = 10
TOO_LARGE: Final = Words(
    "the file is larger than %(most)s MB; a programme takes a few kilobytes",
    most=MAX_BYTES // 1_000_000,
)

Tree = str | None | list["Tree"] | dict[str, "Tree"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong in a programme file; `path` is empty for the file as a whole.

    `text` is what, as `Words`, which can be said in another language.
    """

    line: int
    path: str
    text: Words

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

    def problem(self, path: Path, text: Words) -> Problem:
        """A problem with what stands at `path`, or with what it was taken from."""
        while path not in self.lines:
            path = path[:-1]
        return Problem(self.lines[path], spelt(path), text)


def read(source: str | bytes) -> Source:
    """The words of a programme file; ProgrammeErrors when they cannot be told apart."""
    text = _decoded(source)
    reading = _Reading(text)
    try:
        return reading.source()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        raise _refused(line, _in_words(error, text, line)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refused(line, Words("a character stands here that no text may hold")) from None


def spelt(path: Path) -> str:
    """A path as people write it: segments[1].speakers[3]."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{_shown(step)}" for step in path)
    return "".join(parts).removeprefix(".")


def quoted(words: str) -> str:
    """Words of the file in quotation marks, so that they fit a message of one line."""
    return f"“{_shown(words)}”"


_SHOWN = 60
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def _shown(words: str) -> str:
    """Characters that are not printed (of terminals, too) are replaced by a sign."""
    line = " ".join(words.split())
    line = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


def _decoded(source: str | bytes) -> str:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise _refused(1, TOO_LARGE)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(
            line, Words("the file is not in UTF-8; save it again with the encoding UTF-8")
        ) from None
    if not text.strip():
        raise _refused(1, Words("the file is empty"))
    return text


def _in_words(error: MarkedYAMLError, text: str, line: int) -> Words:
    problem = error.problem or "it breaks off"
    written = text.splitlines()[line - 1 : line]
    if "'\\t'" in problem or any("\t" in one[: -len(one.lstrip())] for one in written):
        return Words("a tab stands here; indent with spaces")
    if "mapping values" in problem:
        return Words(
            "there is a colon too many here; put text that holds a colon in quotation marks"
        )
    if "expected ':'" in problem:
        return Words(
            "a colon is missing here, or on the line above; it follows the name of a field"
        )
    if "expected <block end>" in problem:
        return Words(
            "this does not stand under what it belongs to; fields of one kind are indented alike"
        )
    return Words("this is not YAML: %(problem)s", problem=problem)


def _refused(line: int, text: Words) -> ProgrammeErrors:
    return ProgrammeErrors((Problem(line, "", text),))


class _Reading:
    """Takes the parser's events one by one, and notes the line of everything by the way."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self.taken = 0
        self.line = 1
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def source(self) -> Source:
        """What the file says; it is one mapping, and nothing after it."""
        root = self._next(StreamStartEvent, DocumentStartEvent)
        if isinstance(root, StreamEndEvent):
            raise _refused(_line(root), Words("the file is empty"))
        if not isinstance(root, MappingStartEvent):
            raise _refused(
                _line(root),
                Words(
                    "a programme is made of fields such as “title: …”, each on a line of its own; "
                    "this file is something else"
                ),
            )
        self.lines[()] = _line(root)
        tree = self._fields(())
        end = self._next(DocumentEndEvent)
        if not isinstance(end, StreamEndEvent):
            raise _refused(
                _line(end),
                Words("a second document begins here (“---”); a file holds one programme"),
            )
        return Source(tree, self.lines, tuple(self.problems))

    def _fields(self, path: Path) -> dict[str, Tree]:
        fields: dict[str, Tree] = {}
        while not isinstance(name := self._next(), MappingEndEvent):
            if not isinstance(name, ScalarEvent):
                raise _refused(_line(name), Words("the name of a field is a single word"))
            key = str(name.value)
            first = self.lines.setdefault((*path, key), _line(name))
            value = self._value(self._next(), (*path, key))
            if key in fields:
                text = Words(
                    "this stands here a second time (first on line %(first)s)", first=first
                )
                self.problems.append(Problem(_line(name), spelt((*path, key)), text))
            fields.setdefault(key, value)
        return fields

    def _value(self, event: Event, path: Path) -> Tree:
        self.lines.setdefault(path, _line(event))
        if len(path) > MAX_DEPTH:
            raise _refused(
                _line(event), Words("lists and fields stand within each other too deeply")
            )
        if isinstance(event, MappingStartEvent):
            return self._fields(path)
        if isinstance(event, SequenceStartEvent):
            return self._entries(path)
        if isinstance(event, ScalarEvent) and (event.style or event.value not in _NOTHING):
            return str(event.value)
        return None

    def _entries(self, path: Path) -> list[Tree]:
        entries: list[Tree] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            entries.append(self._value(event, (*path, len(entries))))
        return entries

    def _next(self, *passed_over: type[Event]) -> Event:
        event = self._event()
        while isinstance(event, passed_over):
            event = self._event()
        self.line = _line(event)
        self.taken += 1
        if self.taken > MAX_EVENTS:
            raise _refused(_line(event), Words("the file goes on for longer than any programme"))
        if isinstance(event, AliasEvent):
            raise _refused(
                _line(event), Words("an alias (“*”) stands here; write out what it stands for")
            )
        if isinstance(event, NodeEvent) and event.anchor is not None:
            raise _refused(_line(event), Words("an anchor (“&”) stands here; leave it out"))
        if getattr(event, "ctag", None) is not None:
            raise _refused(_line(event), Words("a tag (“!”) stands here; leave it out"))
        return event

    def _event(self) -> Event:
        try:
            return next(self.events)
        except (ValueError, OverflowError):  # of chr(): ruamel does not look what it escapes
            text = Words("a sequence after “\\” stands here or below that means no character")
            raise _refused(self.line, text) from None


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1
