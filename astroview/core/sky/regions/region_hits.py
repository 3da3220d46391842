"""Which region lies under a place: near one of its lines, or inside of its outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.sky.region_files import RegionShape

Place = tuple[float, float]


def nearest(shapes: Sequence[RegionShape], place: Place, reach: float) -> int | None:
    """The last region (the one on top) with a line, or its point, within ``reach`` of a place."""
    near = [i for i, shape in enumerate(shapes) if distance(shape, place) <= reach]
    return near[-1] if near else None


def holding(shapes: Sequence[RegionShape], place: Place) -> int | None:
    """The smallest region whose outline goes round a place."""
    inside = [i for i, shape in enumerate(shapes) if holds(shape, place)]
    return min(inside, key=lambda i: _extent(shapes[i]), default=None)


def distance(shape: RegionShape, place: Place) -> float:
    """From a place to a region's lines, in pixels."""
    at = np.array(place)
    if not shape.outlines:
        return float(np.hypot(*(np.array(shape.at) - at)))
    return min(_to_line(line, at) for line in shape.outlines)


def edge_near(line: NDArray[np.float64], place: Place) -> int:
    """The piece of a polyline (N, 2) that is nearest to a place, by its first point."""
    return int(np.argmin(_to_pieces(line, np.array(place))))


def holds(shape: RegionShape, place: Place) -> bool:
    """Whether a closed outline of the region goes round a place."""
    closed = (line for line in shape.outlines if len(line) > 3 and np.allclose(line[0], line[-1]))
    return any(_inside(line, place) for line in closed)


def _to_line(line: NDArray[np.float64], at: NDArray[np.float64]) -> float:
    low, high = line.min(axis=0), line.max(axis=0)
    beyond = np.maximum(np.maximum(low - at, at - high), 0)
    rough = float(np.hypot(*beyond))
    return rough if rough > 50 or len(line) < 2 else float(_to_pieces(line, at).min())


def _to_pieces(line: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    start, along = line[:-1], np.diff(line, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-18)
    part = np.clip(((at - start) * along).sum(axis=1) / length, 0, 1)
    return np.hypot(*(start + part[:, None] * along - at).T)


def _inside(line: NDArray[np.float64], place: Place) -> bool:
    """By the number of edges that a ray to the right crosses.

    The last point is the first: a circle's, which rounding puts a hair away, left a gap for the
    ray from its very centre.
    """
    (x1, y1), (x2, y2) = line[:-1].T, np.vstack([line[1:-1], line[:1]]).T
    x, y = place
    spans = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return bool(np.count_nonzero(spans & (crossing > x)) % 2)


def _extent(shape: RegionShape) -> float:
    points = np.vstack(shape.outlines)
    return float(np.prod(np.ptp(points, axis=0)))
