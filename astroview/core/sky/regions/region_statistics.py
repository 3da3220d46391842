"""What the samples inside a region say: sums and means by photutils, and how they stand out.

Sums weight each pixel by the part of it that lies inside; mean, median, deviation, minimum and
maximum are of the pixels whose centres do, as `photutils.aperture.ApertureStats` has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky import region_outlines
from astroview.core.sky.box_statistics import MOST, statistics
from astroview.core.sky.region_geometry import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

AREAS = ("circle", "ellipse", "box", "polygon", "annulus", "panda", "epanda", "bpanda")
RING = 0.5  # of the region's size: how far the sky around it reaches
LEAST_RING = 6  # pixels
FEW = 12  # samples that the sky is told of at least
FINE = 10  # parts of a pixel's side by which polygons are weighted


@dataclass(frozen=True)
class RegionStatistics:
    """Of one channel, in native units; NaN where there is nothing to tell.

    Attributes
    ----------
    area
        Pixels inside with data, parts of pixels counted as such.
    total
        The sum over them.
    count
        Pixels with data whose centres lie inside: mean, median, std, minimum, maximum are theirs.
    sky, noise
        Median and deviation of the ring around the region, clipped at 3 sigma.
    """

    area: float
    total: float
    count: int
    missing: int
    mean: float
    median: float
    std: float
    minimum: float
    maximum: float
    sky: float
    noise: float

    @property
    def net(self) -> float:
        """The sum above the sky."""
        return self.total - self.sky * self.area

    @property
    def signal_to_noise(self) -> float:
        """The sum above the sky in units of what the sky's noise adds to it."""
        return (
            self.net / (self.noise * sqrt(self.area)) if self.noise and self.area else float("nan")
        )


@dataclass(frozen=True)
class RegionReport:
    """What a region holds: one for grey, three for red, green and blue.

    Attributes
    ----------
    step
        1, or k when the region was so large that every k-th row and column was measured.
    left_out
        Pixels that excluded regions take away from it.
    """

    channels: tuple[RegionStatistics, ...]
    step: int
    left_out: int


def measure_region(
    frame: Frame, region: Region, excluded: Sequence[Region] = ()
) -> RegionReport | None:
    """Statistics of a frame's samples in a region, without those in ``excluded`` ones.

    None for regions without an area, and for those that lie beside the frame.
    """
    if region.kind not in AREAS:
        return None
    inner = _bounds(region)
    ring = max(LEAST_RING, RING * max(inner[2] - inner[0], inner[3] - inner[1]))
    window = _window(frame, inner, ring)
    if not window.height or not window.width:
        return None
    step = max(1, ceil(sqrt(window.height * window.width / MOST)))
    samples = frame.read_exact(window, step)[::-1]  # rows upwards, as regions
    bottom = frame.shape[0] - window.y - window.height
    first = (window.height - 1) % step  # the lowest row that was read
    origin = np.array([window.x, bottom + first], np.float64)
    shape = samples.shape[:2]
    exact, centres = _weights(_seen(region, origin, step), shape)
    away = np.zeros(shape, bool)
    for other in excluded:
        away |= _weights(_seen(other, origin, step), shape)[1]
    around = _around(shape, _seen_bounds(inner, origin, step)) & ~centres & ~away
    bands = samples.reshape(*shape, -1)
    found = tuple(
        _statistics(bands[..., i], exact * ~away, centres & ~away, around, step)
        for i in range(bands.shape[-1])
    )
    return RegionReport(found, step, int(np.count_nonzero(centres & away)) * step * step)


def pixels_inside(
    region: Region, shape: tuple[int, int]
) -> tuple[NDArray[np.bool_], tuple[int, int]] | None:
    """The pixels of (H, W) whose centres lie in a region: a mask (h, w) with its rows upwards, and
    its first pixel (x, y) from 0; None for what has no area there.
    """
    if region.kind not in AREAS:
        return None
    left, bottom, right, top = _bounds(region)
    x, y = max(floor(left), 0), max(floor(bottom), 0)
    width, height = min(ceil(right) + 1, shape[1]) - x, min(ceil(top) + 1, shape[0]) - y
    if width < 1 or height < 1:
        return None
    seen = _seen(region, np.array([x, y], np.float64), 1)
    inside = _weights(seen, (height, width))[1]
    return (inside, (x, y)) if inside.any() else None


def _statistics(
    samples: NDArray[Any],
    weights: NDArray[np.float64],
    inside: NDArray[np.bool_],
    around: NDArray[np.bool_],
    step: int,
) -> RegionStatistics:
    good = np.isfinite(samples)
    known = np.where(good, samples, 0.0)
    each = statistics(samples[inside])
    nan = float("nan")
    ring = statistics(samples[around]) if np.count_nonzero(around & good) >= FEW else None
    return RegionStatistics(
        area=float((weights * good).sum()) * step**2,
        total=float((weights * known).sum()) * step**2,
        count=each.count * step**2,
        missing=each.missing * step**2,
        mean=each.mean,
        median=each.median,
        std=each.std,
        minimum=each.minimum,
        maximum=each.maximum,
        sky=ring.clipped_median if ring else nan,
        noise=ring.clipped_std if ring else nan,
    )


def _bounds(region: Region) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of its outlines, in pixels."""
    points = np.vstack(region_outlines.outlines(replace(region, included=True)))
    (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
    return float(left), float(bottom), float(right), float(top)


def _window(frame: Frame, bounds: tuple[float, float, float, float], ring: float) -> Window:
    """The frame's pixels under a region and the ring around it."""
    left, bottom, right, top = bounds
    x, x2 = floor(left - ring), ceil(right + ring) + 1
    low, high = floor(bottom - ring), ceil(top + ring) + 1
    return Window(frame.shape[0] - high, x, high - low, x2 - x).clip(frame.shape)


def _seen(region: Region, origin: NDArray[np.float64], step: int) -> Region:
    """The region in the pixels of what was read."""
    points = (np.array(region.points) - origin) / step
    return replace(
        region,
        points=tuple((float(x), float(y)) for x, y in points),
        sizes=tuple(size / step for size in region.sizes),
    )


def _seen_bounds(
    bounds: tuple[float, float, float, float], origin: NDArray[np.float64], step: int
) -> tuple[float, ...]:
    corners = (np.array(bounds).reshape(2, 2) - origin) / step
    return tuple(float(v) for v in corners.ravel())


def _around(shape: tuple[int, int], bounds: tuple[float, ...]) -> NDArray[np.bool_]:
    """What was read without the rectangle around the region."""
    left, bottom, right, top = bounds
    y, x = np.arange(shape[0])[:, None], np.arange(shape[1])[None]
    return ~((x >= left) & (x <= right) & (y >= bottom) & (y <= top))


# ---------------------------------------------------------------- which pixels lie inside


def _weights(
    region: Region, shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How much of each pixel lies inside, and whether its centre does, (H, W), rows upwards."""
    apertures = _apertures(region)
    if apertures is None:
        return _of_polygon(region, shape)
    exact, centres = np.zeros(shape), np.zeros(shape)
    with collected_warnings():
        for sign, aperture in apertures:
            for method, total in (("exact", exact), ("center", centres)):
                part: Any = aperture.to_mask(method=method).to_image(shape)
                if part is not None:
                    np.add(total, sign * part, out=total)
    return np.clip(exact, 0, 1), centres > 0.5


def _apertures(region: Region) -> list[tuple[int, Any]] | None:
    """Round and square regions as what the library knows: the outermost less the innermost."""
    from photutils import aperture

    at, sizes, theta = region.points[0], region.sizes, np.radians(region.angle)
    if region.kind == "circle":
        return [(1, aperture.CircularAperture(at, sizes[0]))]
    if region.kind == "annulus":
        return [(1, aperture.CircularAperture(at, sizes[-1])),
                *((-1, aperture.CircularAperture(at, r)) for r in sizes[:1] if r > 0)]  # fmt: skip
    if region.kind in ("ellipse", "box"):
        kinds = {"ellipse": aperture.EllipticalAperture, "box": aperture.RectangularAperture}
        make: Any = kinds[region.kind]
        pairs = [sizes[-2:]] if len(sizes) == 2 else [sizes[-2:], sizes[:2]]
        return [(1 - 2 * i, make(at, a, b, theta=theta)) for i, (a, b) in enumerate(pairs)]
    return None


def _of_polygon(
    region: Region, shape: tuple[int, int]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Polygons and pandas: by the centres of pixels, and at the rim of a hundred parts of each."""
    y, x = np.indices(shape, np.float64)
    centres = _inside(region, x, y)
    rows, columns = np.nonzero(_rim(region, shape))
    exact, parts = centres.astype(np.float64), (np.arange(FINE) + 0.5) / FINE - 0.5
    exact[rows, columns] = 0
    for dy in parts:
        for dx in parts:
            exact[rows, columns] += _inside(region, columns + dx, rows + dy)
    exact[rows, columns] /= FINE**2
    return exact, centres


def _rim(region: Region, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Pixels that an outline runs through, and their neighbours."""
    rim = np.zeros(shape, bool)
    for line in region_outlines.outlines(replace(region, included=True)):
        for start, end in pairwise(line):
            count = max(2, ceil(float(np.hypot(*(end - start))) / 0.5))
            along = start + np.linspace(0, 1, count)[:, None] * (end - start)
            columns, rows = np.rint(along).astype(np.int64).T
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    r, c = rows + dy, columns + dx
                    good = (r >= 0) & (r < shape[0]) & (c >= 0) & (c < shape[1])
                    rim[r[good], c[good]] = True
    return rim


def _inside(region: Region, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    if region.kind == "polygon":
        return _in_polygon(np.array(region.points), x, y)
    x, y = x - region.points[0][0], y - region.points[0][1]
    a = np.radians(region.angle)
    u, v = x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)
    if region.kind == "panda":
        r, r1, r2 = np.hypot(x, y), region.sizes[0], region.sizes[-1]
        within = (r >= r1) & (r < r2)
    else:
        (a1, b1), (a2, b2) = region.sizes[:2], region.sizes[-2:]
        if region.kind == "bpanda":
            within = _in_box(u, v, a2, b2) & ~_in_box(u, v, a1, b1)
        else:
            within = (np.hypot(u / a2, v / b2) < 1) & ~(
                np.hypot(u / max(a1, 1e-9), v / max(b1, 1e-9)) < 1
            )
    first, last = np.radians(region.angles[0]), np.radians(region.angles[-1])
    span = (last - first) % (2 * np.pi) or 2 * np.pi
    return within & ((np.arctan2(y, x) - first) % (2 * np.pi) <= span)


def _in_box(
    u: NDArray[np.float64], v: NDArray[np.float64], w: float, h: float
) -> NDArray[np.bool_]:
    return (np.abs(u) < w / 2) & (np.abs(v) < h / 2)


def _in_polygon(
    corners: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.bool_]:
    inside = np.zeros(x.shape, bool)
    for (x1, y1), (x2, y2) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if y1 != y2:
            spans = (y1 > y) != (y2 > y)
            inside ^= spans & (x < x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    return inside
