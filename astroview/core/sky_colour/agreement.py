"""Whether a picture shows what a frame shows, and where it does not.

Legend: ``mine`` (h, w) the frame's lightness on cells, ``theirs`` the picture's; NaN: unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float32]
    BoolArray = NDArray[np.bool_]

SMOOTH = 6.0  # cells: what varies more slowly (sky, gradients) has no say
REACH = 6  # cells: how far a picture may be off what its coordinates say
FEWEST = 64  # cells; fewer tell nothing
LIKE = 0.25  # the agreement of two pictures of one field, at least
CHANCE = 9.0  # three deviations of correlations by chance, of sources of nine cells
_BINS = 24
_TIMES = 5.0  # the usual scatter
_LEAST, _MOST = 0.07, 0.22  # of lightness, that two pictures may differ by
_GAIN = 0.04  # of agreement, for a shift to be believed


@dataclass(frozen=True)
class Agreement:
    """How alike two pictures are.

    Attributes
    ----------
    value
        Correlation, -1..1, of what varies within a few cells; NaN where there is too little.
    shift
        Rows and columns, in cells, that the picture's places have to be moved by.
    before
        The correlation without it.
    count
        Cells that were compared.
    """

    value: float
    shift: tuple[float, float]
    before: float
    count: int = 0

    @property
    def sound(self) -> bool:
        """Whether two pictures of different fields would not agree so: by chance few cells do."""
        return bool(self.value >= max(LIKE, CHANCE / max(self.count, 1) ** 0.5))


def agreement(mine: FloatArray, theirs: FloatArray) -> Agreement:
    """The correlation of two pictures, and the shift within a few cells at which it is greatest."""
    both = np.isfinite(mine) & np.isfinite(theirs)
    count = int(both.sum())
    if count < FEWEST:
        return Agreement(float("nan"), (0.0, 0.0), float("nan"), count)
    one, other = _fine(mine, both), _fine(theirs, both)
    found = np.full((2 * REACH + 1, 2 * REACH + 1), -1.0)
    for i in range(-REACH, REACH + 1):
        for j in range(-REACH, REACH + 1):
            found[i + REACH, j + REACH] = _correlation(one, other, both, i, j)
    before = float(found[REACH, REACH])
    y, x = np.unravel_index(int(found.argmax()), found.shape)
    best = float(found[y, x])
    edge = y in (0, 2 * REACH) or x in (0, 2 * REACH)
    if edge or (best < before + _GAIN and (y, x) != (REACH, REACH)):
        return Agreement(before, (0.0, 0.0), before, count)
    top, left = _peak(found[y - 1 : y + 2, x]), _peak(found[y, x - 1 : x + 2])
    return Agreement(best, (float(y - REACH + top), float(x - REACH + left)), before, count)


def _fine(light: FloatArray, known: BoolArray) -> FloatArray:
    """What varies within a few cells; 0 where nothing is known."""
    from scipy.ndimage import gaussian_filter

    held = np.where(known, light, 0).astype(np.float32)
    weight = gaussian_filter(known.astype(np.float32), SMOOTH)
    smooth = gaussian_filter(held, SMOOTH) / np.maximum(weight, 1e-6)
    return np.where(known, held - smooth, 0).astype(np.float32)


def _correlation(one: FloatArray, other: FloatArray, known: BoolArray, i: int, j: int) -> float:
    """Of ``one`` with ``other`` looked at i rows and j columns further on."""
    height, width = one.shape
    if max(abs(i) / height, abs(j) / width) > 0.15:  # too little would be compared
        return -1.0
    here = (slice(max(0, -i), height - max(0, i)), slice(max(0, -j), width - max(0, j)))
    there = (slice(max(0, i), height + min(0, i)), slice(max(0, j), width + min(0, j)))
    also = known[here] & known[there]
    a, b = one[here][also], other[there][also]
    size = float(np.sqrt(float(np.dot(a, a)) * float(np.dot(b, b))))
    return float(np.dot(a, b)) / size if size > 1e-9 else 0.0


def _peak(three: NDArray[np.float64]) -> float:
    """Where a parabola through three values is greatest, from the middle one."""
    left, middle, right = (float(v) for v in three)
    bend = left - 2 * middle + right
    return float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) if bend < 0 else 0.0


def strangers(mine: FloatArray, theirs: FloatArray) -> BoolArray:
    """Cells (h, w) where one of the two shows what the other does not: a source that moved or
    varies, a star that is masked, a satellite's track.

    What lightness of the picture goes with one of the frame is read off all cells. A cell is
    strange where the picture is brighter than befits the brightest, or darker than befits the
    darkest of the frame's cells around it; so cells that are a little off, and wings of another
    seeing, are not.
    """
    from scipy.ndimage import maximum_filter, minimum_filter

    both = np.isfinite(mine) & np.isfinite(theirs)
    if both.sum() < FEWEST:
        return np.zeros(mine.shape, bool)
    at, usual, scatter = _relation(mine[both], theirs[both])
    held = np.where(both, mine, np.nan)
    brightest = np.asarray(maximum_filter(np.where(both, held, -1), 3), np.float32)
    darkest = np.asarray(minimum_filter(np.where(both, held, 2), 3), np.float32)

    def fitting(light: FloatArray, values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.interp(light, at, values)

    above = theirs - fitting(brightest, usual) > fitting(brightest, scatter)
    below = fitting(darkest, usual) - theirs > fitting(darkest, scatter)
    return (above | below) & both


def _relation(
    mine: FloatArray, theirs: FloatArray
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Lightnesses of the frame, the picture's usual ones there, and how far off they may be."""
    low, high = (float(v) for v in np.percentile(mine, (0.5, 99.9)))
    edges = np.linspace(low, high, _BINS + 1)
    place = np.clip(np.searchsorted(edges, mine) - 1, 0, _BINS - 1)
    at: list[float] = []
    usual: list[float] = []
    scatter: list[float] = []
    for k in range(_BINS):
        here = theirs[place == k].astype(np.float64)
        if here.size < 5:
            continue
        middle = float(np.median(here))
        spread = 1.4826 * float(np.median(np.abs(here - middle)))
        at.append(float(edges[k] + edges[k + 1]) / 2)
        usual.append(middle)
        scatter.append(float(np.clip(_TIMES * spread, _LEAST, _MOST)))
    if not at:
        return np.array([0.0]), np.array([float(np.median(theirs))]), np.array([_MOST])
    return np.array(at), np.array(usual), np.array(scatter)
