"""What stands for pixels that are no measurement while a network looks at a tile.

What a bad pixel is filled with depends on what lies within `REACH` of it alone, so tiles agree
with the whole; beyond it the sky's level stands.

Legend: ``x`` samples (H, W) or (H, W, 3) in native units, NaN where there are none.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from astroview.core.bad_pixels.pixel_rule import NEAR, planes_of
from astroview.core.frame import Window

FloatArray = NDArray[np.float32]
Mask = NDArray[np.bool_]

REACH = 12  # pixels from which a bad one is filled
BEYOND_TILE = REACH + NEAR  # pixels that a tile is read wider by


def filled(x: FloatArray, bad: Mask, sky: float) -> FloatArray:
    """X with smooth values where it is bad: near ones count most, beyond `REACH` the sky does."""
    if not bad.any():
        return x
    planes = [
        _filled(plane, holes, sky)
        for plane, holes in zip(planes_of(x), planes_of(bad), strict=True)
    ]
    return np.stack(planes, -1) if x.ndim == 3 else planes[0]


WIDTHS = ((0.7, 1.0), (1.6, 1e-2), (3.5, 1e-4))  # of Gaussians, and what each counts
SKY_COUNTS = 1e-7


def _filled(x: FloatArray, bad: Mask, sky: float) -> FloatArray:
    if not bad.any():
        return x
    unit = max(float(np.abs(np.where(bad, 0, x) - sky).max()), 1e-37)
    above = np.where(bad, 0, (x - np.float64(sky)) / unit)
    total, weight = np.zeros(x.shape), np.full(x.shape, SKY_COUNTS)
    for width, counts in WIDTHS:
        reach = min(REACH, round(4 * width))
        spread = partial(gaussian_filter, sigma=width, mode="constant", radius=reach)
        total += counts * spread(above)
        weight += counts * spread((~bad).astype(np.float64))
    return np.where(bad, total / weight * unit + sky, x).astype(np.float32)


def wider(window: Window, shape: tuple[int, int]) -> Window:
    """A window and `BEYOND_TILE` around it, as far as there is a frame."""
    return Window(
        window.y - BEYOND_TILE,
        window.x - BEYOND_TILE,
        window.height + 2 * BEYOND_TILE,
        window.width + 2 * BEYOND_TILE,
    ).clip(shape)
