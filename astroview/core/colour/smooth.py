"""Samples as they look smoothed or in blocks: for the eye alone, nothing is measured on them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Source, Window
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH = 4.0  # sigmas that a Gaussian goes


def smoothed(samples: NDArray[np.floating], sigma: float) -> NDArray[np.floating]:
    """(H, W) or (H, W, C) under a Gaussian; NaN counts for nothing and stays NaN."""
    if sigma <= 0:
        return samples
    from scipy.ndimage import gaussian_filter

    each = (sigma, sigma, 0) if samples.ndim == 3 else sigma
    good = np.isfinite(samples)
    if good.all():
        return gaussian_filter(samples, each, mode="nearest", truncate=REACH)
    known = gaussian_filter(np.where(good, samples, 0), each, mode="nearest", truncate=REACH)
    weight = gaussian_filter(good.astype(samples.dtype), each, mode="nearest", truncate=REACH)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(good, known / weight, np.nan).astype(samples.dtype)


@dataclass(frozen=True)
class SmoothSource:
    """A source seen through a Gaussian of ``sigma`` pixels."""

    source: Source
    shape: tuple[int, int]
    sigma: float

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        """What `core.frame.Source` says; a margin is read around the window."""
        margin = ceil(ceil(REACH * self.sigma) / step) * step
        left, top = min(margin, window.x // step * step), min(margin, window.y // step * step)
        wide = Window(
            window.y - top, window.x - left,
            window.height + top + margin, window.width + left + margin,
        ).clip(self.shape)  # fmt: skip
        samples = smoothed(self.source.read(wide, step), self.sigma / step)
        y, x = top // step, left // step
        height, width = window.sampled(step)
        return np.ascontiguousarray(samples[y : y + height, x : x + width], np.float32)


@dataclass(frozen=True)
class BlockSource:
    """A source whose pixels have the mean of the block of ``side`` x ``side`` they lie in."""

    source: Source
    shape: tuple[int, int]
    side: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        """What `core.frame.Source` says; blocks count from the frame's top left corner."""
        n = self.side
        if not window.height or not window.width:
            return self.source.read(window, step)
        first = window.y // n, window.x // n
        last = -(-(window.y + window.height) // n), -(-(window.x + window.width) // n)
        wide = Window(
            first[0] * n, first[1] * n, (last[0] - first[0]) * n, (last[1] - first[1]) * n
        ).clip(self.shape)
        means = _block_means(self.source.read(wide, 1), n)
        rows = np.arange(window.y, window.y + window.height, step) // n - first[0]
        columns = np.arange(window.x, window.x + window.width, step) // n - first[1]
        return np.ascontiguousarray(means[rows][:, columns])


def _block_means(samples: NDArray[np.float32], n: int) -> NDArray[np.float32]:
    """Means of blocks, NaN left out; those at the end may be smaller."""
    rows, columns = (np.arange(0, size, n) for size in samples.shape[:2])
    good = np.isfinite(samples)
    sums, counts = (
        np.add.reduceat(np.add.reduceat(a, rows, axis=0), columns, axis=1)
        for a in (np.where(good, samples, 0).astype(np.float64), good.astype(np.int64))
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return (sums / counts).astype(np.float32)
