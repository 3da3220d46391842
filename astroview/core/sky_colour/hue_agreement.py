"""Where a picture's hues are not those of what a frame shows, though its lightness may fit.

A satellite's track or a mask in one band hardly changes the lightness of a colour picture, only its
hue, and only along a few cells; the frame shows nothing there.

Legend: ``mine`` (h, w) the frame's lightness on cells, ``chroma`` (h, w, 2) the picture's; NaN:
unknown.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

AROUND = 7  # cells a side whose median is what lies around: a track is thinner than half of it
FEWEST = 64  # cells; fewer tell nothing
_BINS = 12
_TIMES = 6.0  # the usual scatter
_AT_ONCE = 100_000  # cells whose surroundings are looked at together
_ROUNDS = 12  # what is found grows by so many cells at most
_WEAK = 0.5  # of what is allowed, for what is next to something strange
_ENCLOSED = 200  # cells
_SAME_HUE = 0.8  # cosine of the angle between two hues
_NEARLY = 0.6  # of how far its neighbour stands off
_LEAST, _MOST = 0.06, 0.2  # of Oklab's chroma, by which a cell may stand off what lies around


def strange_hues(mine: FloatArray, chroma: FloatArray) -> BoolArray:
    """Cells (h, w) whose chroma stands off that of the cells around further than befits how far
    the frame's lightness does there, read off all cells.

    Coloured stars and nebulae stand off in both. A track or a mask of several cells is in its own
    surroundings: what was found has no say in them, and what is next to it and stands off them in
    the same hue belongs to it.
    """
    known = np.isfinite(mine) & np.isfinite(chroma).all(-1)
    if known.sum() < FEWEST:
        return np.zeros(mine.shape, bool)
    planes = (mine, chroma[..., 0], chroma[..., 1])
    light, *hue = (_off(plane, known) for plane in planes)
    size = np.hypot(*hue)
    odd = known & (size > _Allowed(np.abs(light), size, known).at(np.abs(light)))
    others = known & ~widened(odd)
    if others.sum() < FEWEST:
        return odd
    allowed = _Allowed(np.abs(light), size, others)
    return _filled(_grown(planes, known, odd, allowed))


def widened(cells: BoolArray) -> BoolArray:
    """And what is next to them."""
    from scipy.ndimage import binary_dilation

    return np.asarray(binary_dilation(cells, np.ones((3, 3), bool)), bool)


def _off(plane: FloatArray, known: BoolArray) -> FloatArray:
    """Of each cell, from the median of what lies around."""
    from scipy.ndimage import median_filter

    held = np.where(known, plane, np.float32(np.median(plane[known])))
    return np.asarray(held - median_filter(held, AROUND, mode="nearest"), np.float32)


def _grown(
    planes: tuple[FloatArray, ...], known: BoolArray, odd: BoolArray, allowed: _Allowed
) -> BoolArray:
    """What belongs to ``odd`` cells, with them."""
    for _ in range(_ROUNDS if odd.any() else 0):
        near = widened(odd) & known
        ring = near & ~odd
        rim = near & widened(ring)
        trusted = known & ~near
        light, *hue = (_off_trusted(plane, trusted, rim) for plane in planes)
        weak = np.hypot(*hue) > _WEAK * allowed.at(np.abs(light))
        told = np.full((*odd.shape, 2), np.nan, np.float32)
        told[rim] = np.where(weak[:, None], np.stack(hue, -1), np.nan)
        more = ring.copy()
        more[ring] = _like_neighbours(told, odd, ring)
        if not more.any():
            break
        odd = odd | more
    return odd


def _filled(odd: BoolArray) -> BoolArray:
    """And what they enclose: cells in the middle of a mask have nothing else around them."""
    from scipy.ndimage import label

    named: Any = label(~odd)
    labels: NDArray[np.int32] = named[0]
    enclosed = np.bincount(labels.ravel()) <= min(_ENCLOSED, odd.size // 20)
    for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
        enclosed[edge] = False
    enclosed[0] = False
    return odd | enclosed[labels]


def _off_trusted(plane: FloatArray, trusted: BoolArray, cells: BoolArray) -> FloatArray:
    """Of some cells, from the median of what is trusted around; NaN where nothing is."""
    half = AROUND // 2
    held = np.pad(np.where(trusted, plane, np.float32(np.nan)), half, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(held, (AROUND, AROUND))
    y, x = np.nonzero(cells)
    made = np.full(y.size, np.nan, np.float32)
    for first in range(0, y.size, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        around = windows[y[some], x[some]].reshape(-1, AROUND * AROUND)
        told = np.flatnonzero(np.isfinite(around).any(-1))
        made[first + told] = plane[y[some][told], x[some][told]] - np.nanmedian(around[told], -1)
    return made


def _like_neighbours(hue: FloatArray, odd: BoolArray, cells: BoolArray) -> BoolArray:
    """Which of some cells stand off in the hue of an ``odd`` one beside them, nearly as far."""
    padded = np.pad(np.where(odd[..., None], hue, np.float32(np.nan)), [(1, 1), (1, 1), (0, 0)],
                    constant_values=np.nan)  # fmt: skip
    y, x = np.nonzero(cells)
    mine = hue[y, x]
    size = np.hypot(*mine.T)
    like = np.zeros(y.size, bool)
    for i, j in itertools.product(range(3), repeat=2):
        other = padded[y + i, x + j]
        along, far = (mine * other).sum(-1), np.hypot(*other.T)
        like |= (along > _SAME_HUE * size * far) & (size > _NEARLY * far)
    return like


class _Allowed:
    """How far off a hue may be where lightness is off so far; never less where it is further."""

    def __init__(self, light: FloatArray, hue: FloatArray, known: BoolArray) -> None:
        self._at, self._most = [0.0], [0.0]
        edges = np.unique(np.quantile(light[known], np.linspace(0, 1, _BINS + 1)))
        for low, high in itertools.pairwise(edges):
            here = hue[known & (light >= low) & (light <= high)].astype(np.float64)
            if here.size < 5:
                continue
            middle = float(np.median(here))
            spread = 1.4826 * float(np.median(np.abs(here - middle)))
            self._at.append(float(low + high) / 2)
            self._most.append(middle + float(np.clip(_TIMES * spread, _LEAST, _MOST)))
        self._most = list(np.maximum.accumulate(self._most))
        self._most[0] = self._most[min(1, len(self._most) - 1)]

    def at(self, light: FloatArray) -> NDArray[np.float64]:
        """For each of some lightnesses."""
        return np.maximum(np.interp(light, self._at, self._most), _LEAST)
