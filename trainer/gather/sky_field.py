"""What is to be fetched, and where the sky is looked at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 100  # letters of a name
_FRAMES = (".fits", ".fit", ".fts", ".fits.gz", ".fits.bz2", ".fits.fz", ".fits.z", ".jpg", ".png")
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(10))}


@dataclass(frozen=True)
class Field:
    """A place of the sky in degrees (ICRS); ``size`` is the side of one cut-out."""

    target: str
    ra: float
    dec: float
    size: float


@dataclass(frozen=True)
class Wanted:
    """One file: its name, where it is to be had, and whom to thank."""

    name: str
    url: str
    credit: str


def around(field: Field) -> Iterator[tuple[float, float]]:
    """Centres of cut-outs that touch each other, in a spiral from the middle outwards."""
    x = y = 0
    dx, dy = 1, 0
    leg = 1
    while True:
        for _ in range(2):
            for _ in range(leg):
                dec = min(max(field.dec + y * field.size, -89.9), 89.9)
                yield (field.ra + x * field.size / math.cos(math.radians(dec))) % 360, dec
                x, y = x + dx, y + dy
            dx, dy = -dy, dx
        leg += 1


def plain(text: str) -> str:
    """A name that any file system takes."""
    return re.sub(r"[^A-Za-z0-9.+-]+", "_", text).strip("_.") or "frame"


def file_name(text: str) -> str:
    """A name that any file system takes, of a frame: no name but a frame's own is ever taken."""
    short = plain(text)[-_LONGEST:].lstrip("._+-") or "frame"  # no option, and not hidden
    if short.partition(".")[0].upper() in _DEVICES:
        short = f"frame-{short}"
    return short if short.lower().endswith(_FRAMES) else f"{short}.fits"


def unique(name: str, taken: set[str]) -> str:
    """A name that is not taken yet; it is then."""
    stem, dot, suffix = name.partition(".")
    found, number = name, 2
    while found.lower() in taken:
        found, number = f"{stem}-{number}{dot}{suffix}", number + 1
    taken.add(found.lower())
    return found
