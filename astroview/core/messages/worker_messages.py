"""What crosses the wall: requests to the worker and events from it, one JSON line each.

Pixels never do: an input is named by file, HDU and plane, a result by its scratch arrays.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any, Literal

from astroview.core import json_lines, resources
from astroview.core.colour_hints import Reference
from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.lightbox.look_at import SeenFile
from astroview.core.options import EnhanceOptions, Outputs, SavedFile

Part = Literal["source", "chroma"]


@dataclass(frozen=True)
class Enhance:
    """Enhance one plane of a file; scratch arrays are made in the folder ``scratch``.

    With ``first``, a window of the frame, that is computed first, and `Coarse` and `Tile` tell
    what is to be seen already. With ``base``, an earlier result of the same plane, only the
    colour is made anew. ``threads`` and ``memory`` (bytes for tiles) are what it may use of the
    machine; None: as the engine sees fit. ``max_bytes``: what opening the file may take.
    """

    id: str
    path: str
    scratch: str
    hdu: int | str | None = None
    plane: int = 0
    options: EnhanceOptions = field(default_factory=EnhanceOptions)
    first: Window | None = None
    base: Outputs | None = None
    threads: int | None = None
    memory: int | None = None
    max_bytes: int | None = None


@dataclass(frozen=True)
class Together:
    """Enhance several small frames at once; `Done`, `Failed` or `Stopped` follows for each."""

    id: str
    jobs: tuple[Enhance, ...]


@dataclass(frozen=True)
class Vary:
    """Show a frame in its likeliest palettes: `Variation` for each, then `Varied`."""

    id: str
    path: str
    scratch: str
    hdu: int | str | None = None
    plane: int = 0
    options: EnhanceOptions = field(default_factory=EnhanceOptions)
    count: int = 5
    max_bytes: int | None = None


@dataclass(frozen=True)
class ReadPalette:
    """Take the palette of a colour picture; `PaletteRead` follows."""

    id: str
    path: str


@dataclass(frozen=True)
class CompareSources:
    """Find the sources of a plane and of its result; `SourcesCompared` follows.

    The result lies in ``outputs``, or in the file ``saved``. Files are made in ``scratch``.
    """

    id: str
    path: str
    scratch: str
    hdu: int | str | None = None
    plane: int = 0
    outputs: Outputs | None = None
    saved: str = ""
    max_bytes: int | None = None


@dataclass(frozen=True)
class LookAt:
    """Read the headers of files and, with ``measure``, how good they are; `LookedAt` follows."""

    id: str
    paths: tuple[str, ...]
    measure: bool = False


@dataclass(frozen=True)
class Save:
    """Save the result ``outputs`` of a file as ``target``; `Saved` follows.

    ``thumbs`` is a path that ``-before.png`` and ``-after.png`` are added to, or empty.
    """

    id: str
    path: str
    outputs: Outputs
    target: str
    hdu: int | str | None = None
    plane: int = 0
    thumbs: str = ""


@dataclass(frozen=True)
class Cancel:
    """Stop a job, running or waiting; `Stopped` follows."""

    id: str


@dataclass(frozen=True)
class Probe:
    """Ask which devices there are; `Devices` follows, with ``test`` when each was tested with each
    bundled model, anew.
    """

    test: bool = False


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
    """A window of the result (result pixels, row 0 on top) is final in a scratch array:
    ``source.npy`` or ``chroma.npy``.
    """

    id: str
    y: int
    x: int
    height: int
    width: int
    part: Part = "chroma"


@dataclass(frozen=True)
class Coarse:
    """The colours of the whole result at a glance stand in a file (`core.colour.chroma_maps`)."""

    id: str
    file: str
    rendered: dict[str, Any]


@dataclass(frozen=True)
class Variation:
    """A small picture of the frame in one palette: ``.npy``, (h, w, 3) uint8 sRGB."""

    id: str
    palette: str
    file: str


@dataclass(frozen=True)
class Varied:
    """All variations are there."""

    id: str


@dataclass(frozen=True)
class PaletteRead:
    """The palette of a picture."""

    id: str
    reference: Reference


@dataclass(frozen=True)
class SourcesCompared:
    """Sources before and after: ``.npy`` of records (`core.enhance.source_changes`), and a map of
    residuals (H, W) in units of ``noise``. ``whole``: not in windows of the frame only.
    """

    id: str
    rows: str
    residual: str
    noise: float
    verdict: str
    whole: bool


@dataclass(frozen=True)
class LookedAt:
    """What there is to know of files, in the order they were asked for."""

    id: str
    found: tuple[SeenFile, ...]


@dataclass(frozen=True)
class Done:
    """The job is done; its results lie where ``outputs`` says."""

    id: str
    outputs: Outputs
    seconds: float


@dataclass(frozen=True)
class Saved:
    """A result is saved, complete and on disk."""

    id: str
    saved: SavedFile


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


Job = Enhance | Together | Vary | ReadPalette | CompareSources | LookAt | Save
Request = Job | Cancel | Probe
Seen = Tile | Coarse | Variation | Varied | PaletteRead | SourcesCompared | LookedAt
Event = Ready | Devices | Progress | Seen | Done | Saved | Stopped | Failed
Message = Request | Event

_TYPES: dict[str, type[Message]] = {
    kind.__name__: kind
    for kind in (
        *(Enhance, Together, Vary, ReadPalette, CompareSources, LookAt, Save, Cancel, Probe),
        *(Ready, Devices, Progress, Done, Saved, Stopped, Failed),
        *(Tile, Coarse, Variation, Varied, PaletteRead, SourcesCompared, LookedAt),
    )
}


def encode(message: Message) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> Message:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)


def worker_command() -> list[str]:
    """The command that starts a worker: the same program, frozen or not."""
    return [*resources.program(), "--worker"]
