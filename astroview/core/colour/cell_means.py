"""Means over cells of a grid, of any size from one pixel up: what a small screen shows of much.

Legend: a *cell* (i, j) of a grid with pitch ``k`` covers the pixels [i k, (i + 1) k) x
[j k, (j + 1) k), fractions of pixels counted as such.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.frame import Window

if TYPE_CHECKING:
    from astroview.core.frame import Source

FloatArray = NDArray[np.float32]

_BAND = 1_500_000  # samples in memory at a time


def grid_shape(shape: tuple[int, int], k: float) -> tuple[int, int]:
    """Rows and columns of cells that cover (H, W) pixels; the last ones may be cut."""
    rows, columns = (max(1, ceil(n / k - 1e-9)) for n in shape)
    return rows, columns


def cell_means(source: Source, shape: tuple[int, int], cells: Window, k: float) -> FloatArray:
    """Means of the samples in each cell of a window of the grid.

    Parameters
    ----------
    source, shape
        Samples of (H, W) pixels, in one channel or more.
    cells
        Rows and columns of the grid, inside `grid_shape`.
    k
        Pitch of the grid in pixels, 1 or more.

    Returns
    -------
    (cells.height, cells.width) or (..., C) float32. NaN is left out of means; a cell of
    nothing but NaN is NaN. Samples are read a few megabytes at a time.
    """
    x = _edges(cells.x, cells.width, k, shape[1])
    left, right = floor(x[0]), ceil(x[-1])
    rows = max(1, floor(_BAND / max(right - left, 1) / k))
    across = _sums_between(x - left, right - left)
    parts: list[FloatArray] = []
    for top in range(cells.y, cells.y + cells.height, rows):
        y = _edges(top, min(rows, cells.y + cells.height - top), k, shape[0])
        above, below = floor(y[0]), ceil(y[-1])
        values = source.read(Window(above, left, below - above, right - left), 1)
        area = np.outer(np.diff(y), np.diff(x)).astype(np.float32)
        parts.append(_means(values, _sums_between(y - above, below - above), across, area))
    return np.concatenate(parts)


def _edges(first: int, count: int, k: float, end: int) -> NDArray[np.float64]:
    return np.minimum(np.arange(first, first + count + 1, dtype=np.float64) * k, end)


Sums = Callable[[FloatArray, int], FloatArray]  # along an axis, of cells


def _means(values: FloatArray, down: Sums, across: Sums, area: FloatArray) -> FloatArray:
    total = across(down(values, 0), 1)
    if np.isfinite(total).all():
        return (total / area.reshape(*area.shape, *(1,) * (values.ndim - 2))).astype(
            np.float32, copy=False
        )
    good = np.isfinite(values)
    total = across(down(np.where(good, values, np.float32(0)), 0), 1)
    area = across(down(good.astype(np.float32), 0), 1)
    none = area < 1e-3
    means = (total / np.where(none, np.float32(1), area)).astype(np.float32, copy=False)
    means[none] = np.nan
    return means


def _sums_between(edges: NDArray[np.float64], count: int) -> Sums:
    """Sums of ``count`` pixels between edges at least 1 apart; those that an edge cuts count in
    part.
    """
    whole = np.floor(edges).astype(np.intp)
    steps = set(np.diff(whole).tolist())
    if len(steps) == 1 and (edges == whole).all():
        return partial(_equal_sums, steps.pop())
    return partial(_weighted_sums, _held(edges, count))


def _held(edges: NDArray[np.float64], count: int) -> Any:
    """The parts that cells hold of pixels, as a sparse matrix."""
    from scipy.sparse import csr_matrix  # loaded when somebody zooms, not at the start

    first, last = edges[:-1], edges[1:]
    at = np.floor(first).astype(np.intp)[:, None] + np.arange(ceil(np.diff(edges).max()) + 1)
    parts = np.minimum(at + 1, last[:, None]) - np.maximum(at, first[:, None])
    cell, tap = np.nonzero((parts > 0) & (at < count))
    held = (parts[cell, tap].astype(np.float32), (cell, at[cell, tap]))
    return csr_matrix(held, shape=(len(first), count))


def _weighted_sums(held: Any, values: FloatArray, axis: int) -> FloatArray:
    """A product that goes along rows of memory, a hundred times as fast as numpy's `reduceat`."""
    lines = np.moveaxis(values, axis, 0)
    sums = held @ np.ascontiguousarray(lines).reshape(len(lines), -1)
    return np.ascontiguousarray(np.moveaxis(sums.reshape(-1, *lines.shape[1:]), 0, axis))


def _equal_sums(step: int, values: FloatArray, axis: int) -> FloatArray:
    """Sums of so many neighbours; several times faster than of any number."""
    if step == 1:
        return values
    before: list[slice] = [slice(None)] * axis
    sums = values[(*before, slice(0, None, step))] + values[(*before, slice(1, None, step))]
    for i in range(2, step):
        sums += values[(*before, slice(i, None, step))]
    return sums
