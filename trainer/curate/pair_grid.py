"""The better frame of a pair on the poorer one's grid, so many times as fine: resampled once.

Frames are laid on one another by WCS where both have one that meet, else by their stars, else by
their extent. Each fine pixel is the mean over its area, so a much finer frame is not aliased, and
the flux stays.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from astroview.core.errors import UnreadableFrame
from astroview.core.frame import Frame
from astroview.core.sky.align import Map, SkyAlignment, pixel_map, pixels_per_base_pixel
from trainer.curate.star_alignment import by_stars, differ

FloatArray = NDArray[np.float32]
EXACT = 0.02  # pixels: nearer than that the better frame's own samples are taken
MOST = 8  # points a side of a fine pixel at which the better frame is looked at
LEAST = 16  # coarse pixels a side that must overlap


def laid_on(low: Frame, high: Frame, scale: int) -> FloatArray:
    """The better frame on the grid of the poorer one, ``scale`` times as fine: (s H, s W), grey;
    NaN where it has nothing. Its own samples where they lie there already.
    """
    by = _map(low, high)
    height, width = (n * scale for n in low.shape)
    x, y = ((np.arange(n) + 0.5) / scale - 0.5 for n in (width, height))
    samples = _grey(high.read())
    there_x, there_y = _places(by, x, y, low.shape)
    if samples.shape == (height, width) and _same(there_x, there_y):
        return samples
    points = min(MOST, max(1, math.ceil(pixels_per_base_pixel(low, by) / scale)))
    if points > 1:
        x, y = ((np.arange(n * points) + 0.5) / (scale * points) - 0.5 for n in (width, height))
        there_x, there_y = _places(by, x, y, low.shape)
    order = 1 if points > 1 or not np.isfinite(samples).all() else 3
    found = map_coordinates(samples, [there_y, there_x], order=order, cval=np.nan)
    boxes = found.reshape(height, points, width, points)
    return np.asarray(boxes.mean((1, 3)), np.float32)


def _map(low: Frame, high: Frame) -> Map:
    sky = SkyAlignment.between(low, high)
    if sky is not None and sky.meet:
        return sky
    plain, stars = pixel_map(low, high), by_stars(low, high)
    apart = stars and differ(stars, plain, low.shape, pixels_per_base_pixel(low, stars))
    return stars if stars and apart else plain


def overlap(low: FloatArray, high: FloatArray, scale: int) -> tuple[FloatArray, FloatArray]:
    """The largest part of two frames, the second ``scale`` times as fine, of which both know all.

    Raises UnreadableFrame when that is next to nothing.
    """
    height, width = low.shape
    fine = high.reshape(height, scale, width, scale)
    good = np.isfinite(low) & np.isfinite(fine).all((1, 3))
    top, bottom, left, right = (0, height, 0, width) if good.all() else _largest(good)
    if min(bottom - top, right - left) < LEAST:
        raise UnreadableFrame("the two frames of a pair hardly overlap")
    part, finer = (
        tuple(slice(a * s, b * s) for a, b in ((top, bottom), (left, right))) for s in (1, scale)
    )
    return low[part], high[finer]


def _largest(good: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """The largest rectangle of True: top, bottom, left, right; of a histogram for each row."""
    best, found = 0, (0, 0, 0, 0)
    heights = np.zeros(good.shape[1], int)
    for row in range(good.shape[0]):
        heights = np.where(good[row], heights + 1, 0)
        open_: list[tuple[int, int]] = []  # where a bar begins, and how high it is
        for column, height in enumerate([*heights.tolist(), 0]):
            first = column
            while open_ and open_[-1][1] >= height:
                first, high = open_.pop()
                if (area := high * (column - first)) > best:
                    best, found = area, (row + 1 - high, row + 1, first, column)
            open_.append((first, height))
    return found


def _places(
    by: Map, x: NDArray[np.float64], y: NDArray[np.float64], shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where places of a frame lie in another one; beyond the middles of the outer pixels, where
    a map's splines end, it goes on as it is there.
    """
    height, width = shape
    inner_x, inner_y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    ends_x, ends_y = (
        np.array([0, 1, width - 2, width - 1.0]),
        np.array([0, 1, height - 2, height - 1.0]),
    )
    made: list[NDArray[np.float64]] = []
    across, down = by.grid(ends_x, inner_y), by.grid(inner_x, ends_y)
    for there, a, d in zip(by.grid(inner_x, inner_y), across, down, strict=True):
        before, behind = np.minimum(x, 0), np.maximum(x - (width - 1), 0)
        above, below = np.minimum(y, 0), np.maximum(y - (height - 1), 0)
        found = there + before * (a[:, 1] - a[:, 0])[:, None]
        found = found + behind * (a[:, 3] - a[:, 2])[:, None]
        found = found + above[:, None] * (d[1] - d[0]) + below[:, None] * (d[3] - d[2])
        made.append(found)
    return made[0], made[1]


def _same(there_x: NDArray[np.float64], there_y: NDArray[np.float64]) -> bool:
    height, width = there_x.shape
    off_x = np.abs(there_x - np.arange(width)[None]).max()
    off_y = np.abs(there_y - np.arange(height)[:, None]).max()
    return bool(max(off_x, off_y) < EXACT)


def _grey(x: FloatArray) -> FloatArray:
    return x if x.ndim == 2 else x.mean(-1)
