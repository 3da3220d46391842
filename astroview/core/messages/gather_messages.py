"""What gathering frames says: ``astroview gather ... --events``, one JSON line each.

Events go out on stdout; nothing is asked. When stdin closes the process ends; the same command
goes on where it stopped.
"""

from __future__ import annotations

from typing import Literal

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass

FetchState = Literal["fetching", "done", "before", "failed"]


@dataclass(frozen=True)
class GatherBegun:
    """The target was found and the archive was asked: ``of`` frames are to be had.

    ``ra`` and ``dec`` in degrees (ICRS); ``manifest`` is the CSV file with the credits.
    """

    target: str
    survey: str
    ra: float
    dec: float
    out: str
    manifest: str
    of: int


@dataclass(frozen=True)
class Fetched:
    """A frame is in a new state; ``before``: an earlier run fetched it, and it is whole.

    ``size`` in bytes; ``credit`` is whom to thank for it.
    """

    name: str
    state: FetchState
    path: str = ""
    size: int = 0
    problem: str = ""
    credit: str = ""


@dataclass(frozen=True)
class GatherProgress:
    """How far the whole is; ``eta_s`` is None until it can be told."""

    done: int
    failed: int
    of: int
    size: int = 0
    eta_s: float | None = None


@dataclass(frozen=True)
class Gathered:
    """The last event; ``before`` frames were there already."""

    done: int
    before: int
    failed: int
    manifest: str
    seconds: float


@dataclass(frozen=True)
class GatherProblem:
    """Gathering cannot begin or go on: no network, an unknown target, a full disk."""

    message: str
    hint: str = ""


GatherEvent = GatherBegun | Fetched | GatherProgress | Gathered | GatherProblem

_TYPES: dict[str, type[GatherEvent]] = {
    kind.__name__: kind for kind in (GatherBegun, Fetched, GatherProgress, Gathered, GatherProblem)
}


def encode(message: GatherEvent) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> GatherEvent:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
