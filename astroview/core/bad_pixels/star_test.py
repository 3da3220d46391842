"""Pixels that no optics let through: cosmic rays, hot and dead pixels.

Legend: ``x`` samples (H, W) in native units, NaN where there are none.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]

REACH = 3  # pixels around one that the test looks at
CLEAR = 8.0  # sigma above, or below, what lies around
MARGIN = 5.0  # sigma that an edge is sharper by than a star's
ACROSS = 0.12  # of a pixel's light that two opposite neighbours of it have at least together
EDGE = 0.006  # and each neighbour
FAINT, BRIGHT = 40.0, 300.0  # sigma above two neighbours, and above one: below, none is told


def sharper_than_a_star(x: FloatArray, noise: float) -> Mask:
    """Pixels of (H, W) that no optics let through: cosmic rays, hot and dead pixels.

    A Laplacian test as in L.A.Cosmic (van Dokkum 2001) with another guard of fine structure:
    light of a star of 1.3 pixels FWHM, wherever its centre lies, reaches the four neighbours of
    each of its pixels. A pixel of which two opposite ones have too little together, or one next
    to nothing, is none of a star's. NaN is never bad.
    """
    if min(x.shape) < 3 or not noise > 0:
        return np.zeros(x.shape, np.bool_)
    made = np.zeros(x.shape, np.bool_)
    padded = np.pad(x, REACH, mode="reflect" if min(x.shape) > REACH else "edge")
    with np.errstate(invalid="ignore", over="ignore"):
        height, width = x.shape
        around = [
            padded[REACH + dy :, REACH + dx :][:height, :width]
            for dy, dx in ((-1, 0), (1, 0), (0, -1), (0, 1))
        ]
        up = x - np.fmin(np.fmax(*around[:2]), np.fmax(*around[2:]))
        down = np.fmax(np.fmin(*around[:2]), np.fmin(*around[2:])) - x
        steep = np.fmax(x - np.fmin.reduce(around), np.fmax.reduce(around) - x)
        sharp = (np.fmax(up, down) > FAINT * noise) | (steep > BRIGHT * noise)
    places = np.argwhere(sharp)
    for part in np.array_split(places, max(1, len(places) // 20_000)):
        if len(part):
            made[tuple(part.T)] = _no_star(padded, part + REACH, noise)
    return made


def _no_star(x: FloatArray, places_N2: NDArray[Any], noise: float) -> Mask:
    """`sharper_than_a_star` at some places (N,)."""
    y, z = places_N2.T
    steps = np.arange(-REACH, REACH + 1)
    boxes = x[y[:, None, None] + steps[:, None], z[:, None, None] + steps].astype(np.float64)
    flat = boxes.reshape(len(boxes), -1)
    with np.errstate(all="ignore"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of boxes without any data
            level = np.nanmedian(flat, 1)
            sigma = 1.4826 * np.nanmedian(np.abs(flat - level[:, None]), 1)
        sigma = np.maximum(sigma, noise)
        height = boxes[:, 3, 3] - level
        sign = np.where(height < 0, -1.0, 1.0)
        height = height * sign
        near = (boxes[:, (2, 4, 3, 3), (3, 3, 2, 4)] - level[:, None]) * sign[:, None]
        clear = height > CLEAR * sigma
        pairs = np.fmin(near[:, :2].sum(1), near[:, 2:].sum(1))
        across = pairs + 1.4 * MARGIN * sigma < ACROSS * height
        edge = near.min(1) + MARGIN * sigma < EDGE * height
    return clear & (across | edge)
