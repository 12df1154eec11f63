"""Events as rows and back: the class name as type, the fields but `at` as canonical JSON."""

import dataclasses
import json
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any

from moderator.core.events import Event
from moderator.core.units import Instant


class UnknownEvent(Exception):
    """A row of a type that this version does not know: a newer one has written it."""


EVENT_TYPES: dict[str, type[Event]] = {kind.__name__: kind for kind in typing.get_args(Event)}


def encode(event: Event) -> tuple[str, str]:
    """(type, data) of an event."""
    fields = {
        field.name: _plain(getattr(event, field.name))
        for field in dataclasses.fields(event)
        if field.name != "at"
    }
    return type(event).__name__, canonical(fields)


def decode(kind: str, at: int, data: str) -> Event:
    """The event of a row; raises UnknownEvent for a type that this version does not know."""
    if kind not in EVENT_TYPES:
        raise UnknownEvent(kind)
    event: Event = _built(EVENT_TYPES[kind], {"at": Instant(at), **json.loads(data)})
    return event


def canonical(value: Any) -> str:
    """JSON that is the same for the same value: sorted keys, no spaces, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value


def _built(kind: Any, value: Any) -> Any:
    """`value` from JSON as the type `kind` that a field declares."""
    if value is None:
        return None
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _built(hints[name], item) for name, item in value.items()})
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (arm for arm in typing.get_args(kind) if arm is not type(None))
        return _built(inner, value)
    if origin is tuple:
        inner, *_ = typing.get_args(kind)
        return tuple(_built(inner, item) for item in value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind)
