"""Chroma as a local linear model of lightness: ``ab = A L + B`` on a coarse grid.

Small enough to cross to the window, and sharp at any resolution, because L is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ChromaMaps:
    """Coefficients of a whole frame.

    Attributes
    ----------
    maps
        (h, w, 4): A of Oklab a and b, then B of a and b.
    cell
        A cell's size (y, x) in pixels of the frame that was opened.
    """

    maps: FloatArray
    cell: tuple[float, float]

    def at(self, y: NDArray[Any], x: NDArray[Any], light: FloatArray) -> FloatArray:
        """Chroma (H, W, 2) for lightness (H, W) at rows ``y`` and columns ``x``: places of
        pixel centres in pixels of the opened frame. A pixel's answer depends on nothing else
        that is asked for.
        """
        found = bilinear(self.maps, y / self.cell[0] - 0.5, x / self.cell[1] - 0.5)
        return found[..., :2] * light[..., None] + found[..., 2:]

    def save(self, path: Path) -> None:
        """Write a file that `load_maps` reads."""
        np.savez(path, maps=self.maps, cell=np.array(self.cell))


def load_maps(path: Path) -> ChromaMaps:
    """What `ChromaMaps.save` wrote."""
    with np.load(path) as kept:
        return ChromaMaps(kept["maps"], tuple(float(n) for n in kept["cell"]))  # type: ignore[arg-type]


def centres(start: int, count: int, scale: float = 1) -> NDArray[np.floating]:
    """Places of ``count`` pixel centres from pixel ``start`` of a picture with ``scale`` pixels
    per pixel of the opened frame.
    """
    return (np.arange(start, start + count) + 0.5) / scale


def bilinear(maps: FloatArray, rows: NDArray[Any], columns: NDArray[Any]) -> FloatArray:
    """(H, W, C) of (h, w, C) at fractional rows (H,) and columns (W,), clamped at the edges."""
    for axis, wanted in ((0, rows), (1, columns)):
        last = maps.shape[axis] - 1
        place = np.clip(wanted, 0, last)
        first = np.minimum(place.astype(np.intp), max(last - 1, 0))
        share = (place - first).astype(np.float32).reshape(-1, *(1,) * (2 - axis))
        after = np.minimum(first + 1, last)
        mixed = np.take(maps, first, axis) * (1 - share) + np.take(maps, after, axis) * share
        maps = np.asarray(mixed, np.float32)
    return maps
