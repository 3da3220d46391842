"""What making palettes says: ``astroview palettes make DIR ... --events``, one JSON line each on
stdout. When stdin closes the process ends, and nothing is kept.
"""

from __future__ import annotations

from typing import Literal

from astroview.core import json_lines
from astroview.core.lazy_dataclass import dataclass

Work = Literal["looking", "reading", "comparing", "painting"]


@dataclass(frozen=True)
class PaletteProgress:
    """How many pictures are looked through, read or compared; or frames painted, in the end."""

    done: int
    of: int
    work: Work


@dataclass(frozen=True)
class PalettesMade:
    """The set is written to ``file``: ``pictures`` gave it, ``refused`` could not be used, the
    first of them for the reason ``problem``.
    """

    name: str
    file: str
    pictures: int
    refused: int = 0
    problem: str = ""


@dataclass(frozen=True)
class PaletteShown:
    """A frame in one of the set's palettes, as a PNG.

    ``frame`` is the file that is shown; ``palette`` is "" for the picture in grey.
    """

    frame: str
    palette: str
    picture: str


@dataclass(frozen=True)
class PalettesDone:
    """The last event."""


@dataclass(frozen=True)
class PaletteProblem:
    """Palettes cannot be had: no colour pictures, a full disk. Of a ``frame``: only that cannot
    be shown in them.
    """

    message: str
    hint: str = ""
    frame: str = ""


PaletteEvent = PaletteProgress | PalettesMade | PaletteShown | PalettesDone | PaletteProblem

_TYPES: dict[str, type[PaletteEvent]] = {
    kind.__name__: kind
    for kind in (PaletteProgress, PalettesMade, PaletteShown, PalettesDone, PaletteProblem)
}


def encode(message: PaletteEvent) -> str:
    """One line of JSON, pure ASCII, without the newline."""
    return json_lines.encode(message)


def decode(line: str) -> PaletteEvent:
    """The message in a line; the inverse of `encode`. Raises ValueError when there is none."""
    return json_lines.decode(line, _TYPES)
