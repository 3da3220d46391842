"""The centroid of what shines in a region, and the region moved there.

Legend: pixels (x, y) as `region_geometry` has them, y upwards, from 0 at the first centre.
"""

from __future__ import annotations

from math import ceil, floor, hypot
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.errors import AstroviewError
from astroview.core.frame import Window
from astroview.core.sky.regions.region_edits import moved
from astroview.core.sky.regions.region_plane import Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.core.sky.region_geometry import Region

USUAL = 10.0  # pixels: the radius for points, as in DS9
LEAST, MOST = 3.0, 200.0
STEPS, ENOUGH = 40, 1e-3  # until a step is so short (pixels)
CLEAR = 3.0  # sigma of the sky that the brightest pixel must stand out
SOLE = 1.5  # weights reach so many radii: a Gaussian's sigma is a fraction of the radius


class NoCentroid(AstroviewError):
    """Nothing in a region has a centroid."""


def centred(region: Region, frame: Frame) -> Region:
    """The region moved so that its middle lies on the centroid of the light within its reach.

    The centroid is the mean of positions weighted with the light above the sky and with a Gaussian
    about the middle, found again from there until it rests (as SExtractor's windowed positions),
    so that a neighbour at the rim does not draw it away.

    Raises
    ------
    NoCentroid
        Nothing stands out there, or the light leads out of the region.
    """
    middle, reach = _middle(region), radius_of(region)
    x, y = centroid(frame, middle, reach)
    return moved(region, x - middle[0], y - middle[1])


def centroid(frame: Frame, start: Point, reach: float) -> Point:
    """The centroid of the light within ``reach`` pixels of a place. Raises NoCentroid."""
    samples, left, bottom = _cut(frame, start, reach)
    sky, noise = _sky(samples)
    light = np.where(np.isfinite(samples), samples - sky, 0.0)
    if not np.isfinite(noise) or light.max(initial=0.0) <= CLEAR * noise:
        raise NoCentroid("nothing stands out from the sky here", hint="Use a larger region.")
    light = np.where(light > noise, light, 0.0)
    rows, columns = np.indices(light.shape)
    x, y = start[0] - left, start[1] - bottom
    for _ in range(STEPS):
        sigma = min(max(_width(light, x, y, reach), 1.0), reach / SOLE)
        square = (columns - x) ** 2 + (rows - y) ** 2
        weight = light * np.exp(-square / (2 * sigma**2)) * (square <= reach**2)
        total = float(weight.sum())
        if total <= 0:
            raise NoCentroid("nothing stands out from the sky here", hint="Use a larger region.")
        dx = float((weight * (columns - x)).sum()) / total
        dy = float((weight * (rows - y)).sum()) / total
        x, y = x + 2 * dx, y + 2 * dy  # a product of Gaussians lies half-way
        if hypot(x + left - start[0], y + bottom - start[1]) > 1.5 * reach:
            raise NoCentroid("the light leads out of the region", hint="Move it nearer.")
        if hypot(dx, dy) < ENOUGH:
            break
    return x + left, y + bottom


def radius_of(region: Region) -> float:
    """How far from the middle of a region light counts."""
    if len(region.points) > 1:
        middle = np.array(_middle(region))
        reach = float(np.hypot(*(np.array(region.points) - middle).T).max())
    elif region.kind in ("box", "bpanda"):
        reach = max(region.sizes) / 2
    else:
        reach = max(region.sizes, default=USUAL)
    return min(max(reach, LEAST), MOST)


def _middle(region: Region) -> Point:
    x, y = np.mean(region.points, axis=0)
    return float(x), float(y)


def _width(light: NDArray[np.float64], x: float, y: float, reach: float) -> float:
    """The sigma of a round Gaussian about a place with as much light in its half-light radius."""
    rows, columns = np.indices(light.shape)
    square = (columns - x) ** 2 + (rows - y) ** 2
    near = np.where(square <= reach**2, light, 0.0)
    order = np.argsort(square, axis=None)
    grown = np.cumsum(near.ravel()[order])
    half = np.searchsorted(grown, grown[-1] / 2)
    radius = float(np.sqrt(square.ravel()[order][min(int(half), len(order) - 1)]))
    return radius / 1.1774


def _cut(frame: Frame, at: Point, reach: float) -> tuple[NDArray[np.float64], int, int]:
    """Samples around a place, the lowest row first, and the pixel at their lower left."""
    height, width = frame.shape
    wide = 2 * reach
    left, right = max(floor(at[0] - wide), 0), min(ceil(at[0] + wide) + 1, width)
    bottom, top = max(floor(at[1] - wide), 0), min(ceil(at[1] + wide) + 1, height)
    if left >= right or bottom >= top:
        raise NoCentroid("the region lies outside of the frame")
    window = Window(height - top, left, top - bottom, right - left)
    samples = np.asarray(frame.read(window), np.float64)
    grey = samples if samples.ndim == 2 else samples.mean(axis=2)
    return grey[::-1], left, bottom


def _sky(samples: NDArray[np.float64]) -> tuple[float, float]:
    """Level and noise of the sky, by median and clipping."""
    from astropy.stats import sigma_clipped_stats

    with np.errstate(invalid="ignore"):
        _, median, deviation = sigma_clipped_stats(samples[np.isfinite(samples)], sigma=3.0)
    return float(median), max(float(deviation), 1e-12)
