"""What crosses the wall: requests to the worker and events from it, one JSON line each.

Pixels never do: an input is named by file, HDU and plane, a result by its scratch arrays.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from astroview.core import wire
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
    return wire.encode(message)


def decode(line: str) -> Message:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return wire.decode(line, _TYPES)


def worker_command() -> list[str]:
    """The command that starts a worker: the same program, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker"]
    return [sys.executable, "-m", "astroview", "--worker"]
