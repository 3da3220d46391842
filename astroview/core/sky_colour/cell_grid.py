"""A frame's lightness and a picture's colours as means over the same cells of the frame.

Legend: cell (i, j) covers rows i c to (i + 1) c and columns j c to (j + 1) c of the frame, for a
cell of c pixels, which need not be a whole number.
"""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.colour import colour_space
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from astroview.core.colour.stretch import Stretch
    from astroview.core.sky.align import Map
    from astroview.core.sky_colour.colour_picture import ColourPicture

    FloatArray = NDArray[np.float32]

MOST_CELLS = 2048 * 2048
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_AT_ONCE = 1_000_000  # places that are looked up together
_FINEST = 8  # places in a cell, along each axis, at most


@dataclass(frozen=True)
class Cells:
    """The cells of a frame of ``shape`` (H, W); ``side`` is c."""

    shape: tuple[int, int]
    side: float

    @property
    def count(self) -> tuple[int, int]:
        """Rows and columns of cells."""
        return ceil(self.shape[0] / self.side), ceil(self.shape[1] / self.side)


@dataclass(frozen=True, eq=False)
class CellColours:
    """Means of a picture over cells: ``light`` of all that was seen, ``lab`` of what is good;
    ``seen`` and ``share`` (0..1) of a cell are seen and good. NaN where there is nothing.
    """

    light: FloatArray
    lab: FloatArray
    share: FloatArray
    seen: FloatArray


def light_cells(frame: Frame, stretch: Stretch, cells: Cells) -> FloatArray:
    """Mean Oklab lightness of a frame as it is shown, (h, w); NaN where it has no data."""
    rows, columns = cells.count
    total, number = np.zeros((rows, columns)), np.zeros((rows, columns))
    step = max(1, floor(cells.side / 4))
    for first in range(0, rows, many := max(1, floor(2_000_000 / cells.side / frame.shape[1]))):
        top = ceil(first * cells.side)
        bottom = min(frame.shape[0], ceil((first + many) * cells.side))
        if bottom <= top:
            continue
        window = Window(top, 0, bottom - top, frame.shape[1])
        x = frame.read(window, step)
        u = stretch.forward(x if x.ndim == 2 else x @ _LUMA)
        light = colour_space.lightness(np.clip(u, 0, 1))
        good = np.isfinite(light)
        y_at, x_at = (
            np.minimum(((start + step * np.arange(n) + 0.5) / cells.side).astype(int), most - 1)
            for start, n, most in ((top, light.shape[0], rows), (0, light.shape[1], columns))
        )
        place = (y_at[:, None] * columns + x_at).ravel()
        total += np.bincount(place, np.where(good, light, 0).ravel(), total.size).reshape(rows, -1)
        number += np.bincount(place, good.ravel(), total.size).reshape(rows, -1)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(number > 0, total / np.maximum(number, 1), np.nan), np.float32)


def colour_cells(
    picture: ColourPicture,
    by: Map,
    cells: Cells,
    pixels: float,
    shift: tuple[float, float] = (0.0, 0.0),
    tick: Callable[[], object] = lambda: None,
) -> CellColours:
    """A picture on the cells of a frame.

    Parameters
    ----------
    by
        From places in the frame to places in the picture.
    pixels
        A pixel of the frame in pixels of the picture.
    shift
        Rows and columns of the frame that are added to its places first.
    """
    rows, columns = cells.count
    fine = min(max(1, ceil(cells.side * pixels)), _FINEST)
    x = (np.arange(columns * fine) + 0.5) / fine * cells.side - 0.5 + shift[1]
    seen, good = (part.astype(np.float32) for part in (picture.seen, picture.good))
    planes = [
        seen,
        picture.lab[..., 0] * seen,
        good,
        *(picture.lab[..., i] * good for i in range(3)),
    ]
    found = np.zeros((len(planes), rows, columns), np.float32)
    many = max(1, _AT_ONCE // (columns * fine * fine))
    for first in range(0, rows, many):
        count = min(many, rows - first)
        y = (first + (np.arange(count * fine) + 0.5) / fine) * cells.side - 0.5 + shift[0]
        for into, samples in zip(found, _looked_up(planes, by, x, y), strict=True):
            into[first : first + count] = samples.reshape(count, fine, columns, fine).mean((1, 3))
        tick()
    with np.errstate(invalid="ignore", divide="ignore"):
        light = np.where(found[0] > 0.5, found[1] / found[0], np.float32(np.nan))
        lab = np.moveaxis(found[3:] / found[2], 0, -1)
    return CellColours(light, np.asarray(lab, np.float32), found[2], found[0])


def _looked_up(
    planes: list[FloatArray], by: Map, x: NDArray[np.float64], y: NDArray[np.float64]
) -> list[FloatArray]:
    """Beyond the frame's edge too: its last cells end there, the picture does not."""
    from scipy.ndimage import map_coordinates

    at_x, at_y = by.grid(x, y)
    at = np.stack([np.nan_to_num(part, nan=-1e6) for part in (at_y, at_x)])
    look: Any = map_coordinates
    return [look(p, at, order=1, mode="constant", prefilter=False) for p in planes]
