"""Colour maps as files: tables of red, green and blue, and DS9's control points (.sao).

DS9 writes both ("Color", "Colormap Parameters", "Save"); its reference manual describes them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.atomic_write import save_text
from astroview.core.errors import AstroviewError
from astroview.core.texts import Text
from astroview.core.unforeseen import read_text_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = 256
SUFFIX = ".lut"
MOST_BYTES = 5_000_000
POINT = re.compile(r"\(\s*([-+.\deE]+)\s*,\s*([-+.\deE]+)\s*\)")
BANDS = ("RED", "GREEN", "BLUE")


class ColourMapProblem(AstroviewError):
    """A file holds no colour map."""


def read_colour_map(path: Path) -> NDArray[np.uint8]:
    """The 256 colours (256, 3) of a file.

    Raises
    ------
    ColourMapProblem
        It cannot be read, or holds neither rows of three numbers (0..1, or 0..255 where one is
        above 1) nor control points.
    """
    try:
        text = read_text_file(path, ColourMapProblem, MOST_BYTES, "replace")
    except OSError as problem:
        raise ColourMapProblem(
            Text("{name} cannot be read: {strerror}", name=path.name, strerror=problem.strerror)
        ) from problem
    found = _points(text) if "PSEUDOCOLOR" in text.upper() else _rows(text)
    if found is None:
        raise ColourMapProblem(
            Text("{name} holds no colour map", name=path.name),
            hint="Rows of red, green and blue (.lut), or control points as DS9 saves them (.sao).",
        )
    return (np.clip(found, 0, 1) * 255 + 0.5).astype(np.uint8)


def write_colour_map(path: Path, table: NDArray[np.uint8]) -> None:
    """Write colours as rows of red, green and blue, 0..1, as DS9 reads them (.lut).

    Raises
    ------
    CannotSave
        The file cannot be written.
    """
    lines = "".join(f"{r:.6f} {g:.6f} {b:.6f}\n" for r, g, b in table.astype(np.float64) / 255)
    save_text(path, lines)


def _points(text: str) -> NDArray[np.float64] | None:
    """Straight lines between (place, level) of each band."""
    places, bands = np.linspace(0, 1, SIZE), []
    for name in BANDS:
        band = rf"{name}\s*:(.*?)(?=RED\s*:|GREEN\s*:|BLUE\s*:|$)"
        found = re.search(band, text, re.DOTALL | re.IGNORECASE)
        points = [(float(x), float(y)) for x, y in POINT.findall(found[1])] if found else []
        if not points or not np.isfinite(points).all():
            return None
        x, y = np.array(sorted(points)).T
        bands.append(np.interp(places, x, y))
    return np.stack(bands, axis=1)


def _rows(text: str) -> NDArray[np.float64] | None:
    """A row of three numbers a colour, whatever stands between them, spread over 256."""
    rows: list[list[float]] = []
    for line in text.splitlines():
        bare = line.split("#")[0].strip()
        if not bare:
            continue
        try:
            numbers = [float(part) for part in re.split(r"[\s,;]+", bare.strip(",;"))]
        except ValueError:
            return None
        if len(numbers) != 3:
            return None
        rows.append(numbers)
    colours = np.array(rows, np.float64)
    if len(rows) < 2 or not np.isfinite(colours).all() or colours.min() < 0 or colours.max() > 255:
        return None
    colours /= 255 if colours.max() > 1 else 1
    places = np.linspace(0, 1, len(rows))
    return np.stack([np.interp(np.linspace(0, 1, SIZE), places, b) for b in colours.T], axis=1)
