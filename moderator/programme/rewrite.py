"""Another programme of the text of one: some of its fields anew, every other letter as it was."""

import json
from collections.abc import Iterator, Mapping

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
)


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """A programme file with words in place of whatever stands in some fields of its first level.

    `text` is a file that can be read; a field that it does not have is passed over.
    """
    spans = [(name, *span) for name, span in _spans(text) if name in fields]
    for name, start, end in sorted(spans, key=lambda one: one[1], reverse=True):
        value = text[start:end]
        # In quotation marks, in which words may hold anything.
        words = json.dumps(fields[name], ensure_ascii=False)
        ending = value[len(value.rstrip()) :]
        text = f"{text[:start]}{words}{ending}{text[end:]}"
    return text


def _spans(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each field of the first level, with where its value begins and ends."""
    events = iter(YAML(typ="safe", pure=True).parse(text))
    for event in events:
        if isinstance(event, MappingStartEvent):
            break
    for name in events:
        if isinstance(name, MappingEndEvent):
            return
        yield str(getattr(name, "value", "")), _span(next(events), events)


def _span(first: Event, events: Iterator[Event]) -> tuple[int, int]:
    start, end, depth = first.start_mark.index, first.end_mark.index, 0
    event = first
    while True:
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        # A collection in lines ends where the next thing begins: its last words are its end.
        if isinstance(event, ScalarEvent) or event.end_mark.index > event.start_mark.index:
            end = event.end_mark.index
        if depth == 0:
            return start, end
        event = next(events)
