"""What a frame's pixels see of a sky that is made of cubic B-splines on the fine grid.

The sky is smooth between the fine grid's points and as sharp as that grid can hold; a pixel sees
its mean over the pixel's square, exactly, wherever between the points it lies. (A sky of square
fine pixels would be blurred by up to half of one, and what is fitted to it comes out too sharp.)

Legend: places are in fine pixels from the tile's outer edge; n, m samples of a tile's axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]
    Samples = NDArray[np.float32]

REACH = 2.0  # fine pixels to either side of its point that a spline has
SEPARABLE = 0.02  # fine pixels by which places may differ from a grid of rows and columns
_LEAST = 1e-7
_INVERSE_STEPS = 30  # after which what is left is far below any noise


class Sees(Protocol):
    """From the splines of a tile to a frame's pixels, and back."""

    def forward(self, s: Samples) -> Samples:
        """(n, m) spline coefficients -> the pixels' means."""
        ...

    def back(self, y: Samples) -> Samples:
        """The transpose: what pixels have to say, to the coefficients."""
        ...


def _integral(t: Numbers) -> Numbers:
    """Of the cubic B-spline, from its left end to t."""

    def ramp(u: Numbers) -> Numbers:
        return np.maximum(u, 0.0) ** 4 / 24

    return ramp(t + 2) - 4 * ramp(t + 1) + 6 * ramp(t) - 4 * ramp(t - 1) + ramp(t - 2)


def _shares(centre: Numbers, side: float, n: int) -> tuple[NDArray[np.int64], Numbers]:
    """Points (..., k) that matter to pixels of a side at places, and how much."""
    low, high = centre - side / 2, centre + side / 2
    first = np.floor(low - REACH - 0.5).astype(np.int64)
    points = first[..., None] + np.arange(int(np.ceil(side)) + 6)
    at = points + 0.5
    share = (_integral(high[..., None] - at) - _integral(low[..., None] - at)) / side
    inside = (points >= 0) & (points < n) & (share > _LEAST)
    return np.where(inside, points, 0), np.where(inside, share, 0.0)


@dataclass(frozen=True, eq=False)
class GridSight:
    """Pixels in rows and columns along those of the fine grid: axis by axis."""

    rows: Any
    columns: Any
    rows_back: Any
    columns_back: Any

    def forward(self, s: Samples) -> Samples:
        return (self.columns @ (self.rows @ s).T).T

    def back(self, y: Samples) -> Samples:
        return (self.columns_back @ (self.rows_back @ y).T).T


@dataclass(frozen=True, eq=False)
class FreeSight:
    """Pixels anywhere: turned and distorted frames."""

    matrix: Any
    matrix_back: Any
    shape: tuple[int, int]
    fine: tuple[int, int]

    def forward(self, s: Samples) -> Samples:
        return (self.matrix @ s.ravel()).reshape(self.shape)

    def back(self, y: Samples) -> Samples:
        return (self.matrix_back @ y.ravel()).reshape(self.fine)


def sight(x: Numbers, y: Numbers, side: float, fine: tuple[int, int]) -> Sees:
    """How pixels (h, w) at places x, y see a tile of ``fine`` coefficients (n, m)."""
    column, row = x.mean(0), y.mean(1)
    off = max(np.abs(x - column).max(initial=0), np.abs(y - row[:, None]).max(initial=0))
    if off <= SEPARABLE:
        rows, columns = _axis(row, side, fine[0]), _axis(column, side, fine[1])
        return GridSight(rows, columns, rows.T.tocsr(), columns.T.tocsr())
    return _free(x, y, side, fine)


def _axis(centre: Numbers, side: float, n: int) -> Any:
    from scipy.sparse import csr_matrix

    points, share = _shares(centre, side, n)
    line = np.broadcast_to(np.arange(len(centre))[:, None], points.shape)
    entries = (share.astype(np.float32).ravel(), (line.ravel(), points.ravel()))
    made: Any = csr_matrix(entries, shape=(len(centre), n))
    made.eliminate_zeros()
    return made


def _free(x: Numbers, y: Numbers, side: float, fine: tuple[int, int]) -> FreeSight:
    from scipy.sparse import csr_matrix

    across, by_x = _shares(x.ravel(), side, fine[1])
    down, by_y = _shares(y.ravel(), side, fine[0])
    share = (by_y[:, :, None] * by_x[:, None, :]).astype(np.float32)
    place = down[:, :, None] * fine[1] + across[:, None, :]
    count, each = len(share), share.shape[1] * share.shape[2]
    matrix: Any = csr_matrix(
        (share.ravel(), place.astype(np.int32).ravel(), np.arange(count + 1) * each),
        shape=(count, fine[0] * fine[1]),
    )
    matrix.eliminate_zeros()
    return FreeSight(matrix, matrix.T.tocsr(), (x.shape[0], x.shape[1]), fine)


def coefficients(means: Samples, least: float) -> Samples:
    """Coefficients (n, m), none below ``least``, whose `fine_means` are nearly these."""
    s = np.maximum(means, np.float32(least))
    for _ in range(_INVERSE_STEPS):
        s = np.maximum(s + means - fine_means(s), np.float32(least))
    return s


def fine_means(s: Samples) -> Samples:
    """The sky's means over the fine pixels (n, m) of coefficients (n, m)."""
    from scipy.ndimage import correlate1d

    half = _integral(np.arange(-2, 4) - 0.5)
    kernel = np.diff(half)
    for axis in (0, 1):
        s = np.asarray(correlate1d(s, kernel, axis=axis, mode="nearest"), np.float32)
    return s
