"""Lines of JSON that carry frozen dataclasses, checked field by field on the way in.

The one place where plain values become typed ones: messages, journals, settings, recipes, cards
and notes all go through `convert`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from astroview.core import strict_json
from astroview.core.io.paths.plain_paths import can_name
from astroview.core.texts import Text

T = TypeVar("T")
MOST = 2**64 - 1  # of a whole number: hashes have 64 bits


def encode(message: Any) -> str:
    """One line of JSON, pure ASCII, without the newline: a dataclass with its type's name."""
    return json.dumps({"type": type(message).__name__, **with_ids(asdict(message))})


def with_ids(value: Any) -> Any:
    """A value for JSON in which each `Text` is an object that keeps its id; see `convert`."""
    if isinstance(value, Text):
        return value.to_dict() if value.parameters else str.__str__(value)  # its words are its id
    if isinstance(value, dict):
        items = cast("dict[Any, Any]", value).items()
        return {name: with_ids(one) for name, one in items}
    if isinstance(value, list | tuple):
        return [with_ids(one) for one in cast("list[Any]", value)]
    return value


def decode(line: str, types: Mapping[str, type[T]]) -> T:
    """The message in a line; the inverse of `encode` for dataclasses of these names.

    Raises
    ------
    ValueError
        The line is no JSON object, or has an unknown type, an unknown or missing field, or a
        field of the wrong type.
    """
    data = strict_json.loads(line, nan=True)  # a loss, for one, may be NaN
    if not isinstance(data, dict):
        raise ValueError("a message is a JSON object")
    content = cast("dict[str, Any]", data)
    name = content.pop("type", None)
    if not isinstance(name, str) or name not in types:
        raise ValueError(f"unknown message type {name!r}")
    return build(types[name], content)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def build(kind: type[T], content: dict[str, Any]) -> T:
    """A dataclass from what `asdict` made of it and JSON kept. Raises ValueError as `decode`."""
    known = {f.name: f for f in fields(cast("Any", kind))}
    if unknown := content.keys() - known.keys():
        raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    needed = {
        name for name, f in known.items() if f.default is MISSING and f.default_factory is MISSING
    }
    if missing := needed - content.keys():
        raise ValueError(f"{kind.__name__} needs {', '.join(sorted(missing))}")
    hints = _hints(kind)
    return kind(**{name: convert(hints[name], value, name) for name, value in content.items()})


def convert(hint: Any, value: Any, name: str) -> Any:
    """A JSON value as a type has it: tuples, paths and nested dataclasses are rebuilt, and what
    they hold is checked too. ``name`` says whose value it is. Raises ValueError.
    """
    if hint is Any or (type(value) is hint and hint in (str, float, bool)):  # most are
        return value
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _any_of(parts, value, name)
    if origin is Literal and any(value == one and type(value) is type(one) for one in parts):
        return value
    if origin is tuple and isinstance(value, list):
        return _items(parts, cast("list[Any]", value), name)
    if origin is dict and isinstance(value, dict):
        items = cast("dict[Any, Any]", value).items()
        return {convert(parts[0], k, name): convert(parts[1], v, name) for k, v in items}
    if is_dataclass(hint) and isinstance(value, dict):
        return build(cast("type[Any]", hint), cast("dict[str, Any]", value))
    if hint is float and type(value) is int and abs(value) < 2**53:
        return float(value)
    if hint is Path and isinstance(value, str) and can_name(value):
        return Path(value)
    return _plain(hint, value, name)


def _plain(hint: Any, value: Any, name: str) -> Any:
    if hint is str and isinstance(value, dict):
        return Text.from_dict(cast("dict[str, Any]", value))
    if hint is int and type(value) is int and abs(value) > MOST:
        raise ValueError(f"{name} cannot be so large")
    if hint in (str, int, float, bool, dict) and type(value) is hint:
        return value
    raise ValueError(f"{name} cannot be {repr(value)[:100]}")


def _items(hints: tuple[Any, ...], values: list[Any], name: str) -> tuple[Any, ...]:
    """Of ``tuple[X, ...]``, or as many as a ``tuple[X, Y]`` has."""
    if hints[1:] == (Ellipsis,):
        hints = hints[:1] * len(values)
    if len(hints) != len(values):
        raise ValueError(f"{name} cannot have {len(values)} values")
    return tuple(convert(hint, value, name) for hint, value in zip(hints, values, strict=True))


def _any_of(hints: tuple[Any, ...], value: Any, name: str) -> Any:
    if value is None and NoneType in hints:
        return None
    for hint in hints:
        try:
            return convert(hint, value, name)
        except ValueError:
            continue
    raise ValueError(f"{name} cannot be {repr(value)[:100]}")
