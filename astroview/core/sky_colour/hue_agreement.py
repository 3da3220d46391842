"""Where a picture's hues are not those of what a frame shows, though its lightness may fit.

A satellite's track or a mask in one band hardly changes the lightness of a colour picture, only its
hue, and only along a few cells; the frame shows nothing there.

Legend: ``mine`` (h, w) the frame's lightness on cells, ``chroma`` (h, w, 2) the picture's; NaN:
unknown.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

AROUND = 7  # cells a side whose median is what lies around: a track is thinner than half of it
FEWEST = 64  # cells; fewer tell nothing
_BINS = 12
_TIMES = 6.0  # the usual scatter
_LEAST, _MOST = 0.06, 0.2  # of Oklab's chroma, by which a cell may stand off what lies around


def strange_hues(mine: FloatArray, chroma: FloatArray) -> BoolArray:
    """Cells (h, w) whose chroma stands off that of the cells around further than befits how far
    the frame's lightness does there, read off all cells; and what lies around such cells.

    Coloured stars and nebulae stand off in both.
    """
    from scipy.ndimage import binary_dilation

    known = np.isfinite(mine) & np.isfinite(chroma).all(-1)
    if known.sum() < FEWEST:
        return np.zeros(mine.shape, bool)
    hue = np.hypot(*(_off(chroma[..., i], known) for i in (0, 1)))
    light = np.abs(_off(mine, known))
    odd = (hue > _allowed(light, hue, known)) & known
    return np.asarray(binary_dilation(odd, np.ones((3, 3), bool)), bool)


def _off(plane: FloatArray, known: BoolArray) -> FloatArray:
    """Of each cell, from the median of what lies around."""
    from scipy.ndimage import median_filter

    held = np.where(known, plane, np.float32(np.median(plane[known])))
    return np.asarray(held - median_filter(held, AROUND, mode="nearest"), np.float32)


def _allowed(light: FloatArray, hue: FloatArray, known: BoolArray) -> NDArray[np.float64]:
    """How far off a hue may be where lightness is off so far; never less where it is further."""
    edges = np.unique(np.quantile(light[known], np.linspace(0, 1, _BINS + 1)))
    at, most = [0.0], [0.0]
    for low, high in itertools.pairwise(edges):
        here = hue[known & (light >= low) & (light <= high)].astype(np.float64)
        if here.size < 5:
            continue
        middle = float(np.median(here))
        spread = 1.4826 * float(np.median(np.abs(here - middle)))
        at.append(float(low + high) / 2)
        most.append(middle + float(np.clip(_TIMES * spread, _LEAST, _MOST)))
    grown = np.maximum.accumulate(np.array(most))
    grown[0] = grown[min(1, len(grown) - 1)]
    return np.maximum(np.interp(light, at, grown), _LEAST)
