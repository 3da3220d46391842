"""What crosses the wall: requests to the worker and events from it, one JSON line each.

Pixels never do: an input is named by file, HDU and plane, a result by its scratch arrays.
"""

from __future__ import annotations

import json
import sys
from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from astroview.core.options import EnhanceOptions, Outputs


@dataclass(frozen=True)
class Enhance:
    """Enhance one plane of a file; scratch arrays are made in the folder ``scratch``."""

    id: str
    path: str
    scratch: str
    hdu: int | None = None
    plane: int = 0
    options: EnhanceOptions = field(default_factory=EnhanceOptions)


@dataclass(frozen=True)
class Cancel:
    """Stop a job, running or waiting; `Stopped` follows."""

    id: str


@dataclass(frozen=True)
class Probe:
    """Ask which devices there are; `Devices` follows."""


@dataclass(frozen=True)
class Ready:
    """The worker reads requests from now on. Comes before torch is imported."""

    version: str


@dataclass(frozen=True)
class Devices:
    """Devices that can be chosen, and the one that ``auto`` takes."""

    names: tuple[str, ...]
    default: str


@dataclass(frozen=True)
class Progress:
    """Steps done; ``eta_s`` is None until it can be told."""

    id: str
    done: int
    of: int
    eta_s: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """A window of the result (result pixels, row 0 on top) now stands in the scratch arrays."""

    id: str
    y: int
    x: int
    height: int
    width: int


@dataclass(frozen=True)
class Done:
    """The job is done; its results lie where ``outputs`` says."""

    id: str
    outputs: Outputs
    seconds: float
    device: str


@dataclass(frozen=True)
class Stopped:
    """The job was cancelled; its scratch arrays are incomplete."""

    id: str


@dataclass(frozen=True)
class Failed:
    """The job failed, the worker goes on.

    ``problem`` is the error's class, ``message`` and ``hint`` are for the user, ``trace`` is
    for the log and empty for expected problems. ``id`` is empty when the request line itself
    could not be read.
    """

    id: str
    problem: str
    message: str
    hint: str = ""
    trace: str = ""


Request = Enhance | Cancel | Probe
Event = Ready | Devices | Progress | Tile | Done | Stopped | Failed
Message = Request | Event

_TYPES: dict[str, type[Message]] = {
    kind.__name__: kind
    for kind in (
        *(Enhance, Cancel, Probe),
        *(Ready, Devices, Progress, Tile, Done, Stopped, Failed),
    )
}


def encode(message: Message) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json.dumps({"type": type(message).__name__, **asdict(message)})


def decode(line: str) -> Message:
    """The message in a line; the inverse of `encode`.

    Raises
    ------
    ValueError
        The line is no JSON object, or has an unknown type, an unknown or missing field, or a
        field of the wrong type.
    """
    data = json.loads(line)  # json's own error is a ValueError
    if not isinstance(data, dict):
        raise ValueError("a message is a JSON object")
    content = cast("dict[str, Any]", data)
    name = content.pop("type", None)
    if not isinstance(name, str) or name not in _TYPES:
        raise ValueError(f"unknown message type {name!r}")
    return _build(_TYPES[name], content)


def worker_command() -> list[str]:
    """The command that starts a worker: the same program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "astroview", "--worker"]


# ---------------------------------------------------------------- JSON -> dataclasses


T = TypeVar("T")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: type[T], content: dict[str, Any]) -> T:
    known = {f.name: f for f in fields(cast("Any", kind))}
    if unknown := content.keys() - known.keys():
        raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    needed = {
        name for name, f in known.items() if f.default is MISSING and f.default_factory is MISSING
    }
    if missing := needed - content.keys():
        raise ValueError(f"{kind.__name__} needs {', '.join(sorted(missing))}")
    hints = _hints(kind)
    return kind(**{name: _cast(hints[name], value, name) for name, value in content.items()})


def _cast(hint: Any, value: Any, name: str) -> Any:
    """Check a JSON value against a field's type; tuples and nested dataclasses are rebuilt."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        if value is None and NoneType in get_args(hint):
            return None
        return _cast(next(a for a in get_args(hint) if a is not NoneType), value, name)
    if origin is Literal and value in get_args(hint):
        return value
    if origin is tuple and isinstance(value, list):
        items = cast("list[Any]", value)
        return tuple(_cast(get_args(hint)[0], item, name) for item in items)
    if is_dataclass(hint) and isinstance(value, dict):
        return _build(cast("type[Any]", hint), cast("dict[str, Any]", value))
    if hint is float and type(value) is int and abs(value) < 2**53:
        return float(value)
    plain = origin or hint
    if plain in (str, int, float, dict) and type(value) is plain:
        return value
    raise ValueError(f"{name} cannot be {value!r}")
