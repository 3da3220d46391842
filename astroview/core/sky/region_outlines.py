"""The lines that show a region: polygons in the pixels of its frame.

Pixels and angles are those of `region_geometry`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_plane import Point

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROUND = 73  # points of a whole circle


def outlines(region: Region) -> list[NDArray[np.float64]]:
    """Polylines (N, 2) of a region in pixels, closed ones ending where they begin; none for points
    and texts. What is excluded is crossed out, as DS9 draws it.
    """
    middle = np.array(region.points[0])
    lines = _lines(region, middle)
    if not region.included and lines:
        reach = max(float(np.abs(line - middle).max()) for line in lines) / np.sqrt(2)
        lines.append(np.array([middle - reach, middle + reach]))
    return lines


def _lines(region: Region, middle: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    corners = np.array(region.points, np.float64)
    match region.kind:
        case "line" | "ruler" | "segment":
            return [corners]
        case "polygon":
            return [np.vstack([corners, corners[:1]])]
        case "projection":
            return [corners, *_band(corners, region.sizes[0])]
        case "vector":
            return _arrow(middle, region.sizes[0], region.angle)
        case "compass":
            return [line for a in region.angles for line in _arrow(middle, region.sizes[0], a)]
        case "circle" | "annulus":
            return [_ring(middle, r, r, 0.0) for r in region.sizes]
        case "ellipse" | "box":
            make = _ring if region.kind == "ellipse" else _box
            pairs = zip(region.sizes[::2], region.sizes[1::2], strict=True)
            return [make(middle, a, b, region.angle) for a, b in pairs]
        case "panda" | "epanda" | "bpanda":
            return _sectors(region, middle)
        case _:
            return []


def _ring(
    middle: NDArray[np.float64],
    a: float,
    b: float,
    angle: float,
    span: tuple[float, float] = (0, 360),
) -> NDArray[np.float64]:
    """An ellipse of semi-axes a and b, or the part of it between two angles that count from a."""
    count = max(2, round(abs(span[1] - span[0]) / 360 * (ROUND - 1)) + 1)
    t = np.radians(np.linspace(*span, count))
    return np.column_stack([a * np.cos(t), b * np.sin(t)]) @ _turn(angle).T + middle


def _box(middle: NDArray[np.float64], w: float, h: float, angle: float) -> NDArray[np.float64]:
    corners = np.array([[-w, -h], [w, -h], [w, h], [-w, h], [-w, -h]], np.float64) / 2
    return corners @ _turn(angle).T + middle


def _turn(degrees: float) -> NDArray[np.float64]:
    a = np.radians(degrees)
    return np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])


def _arrow(start: NDArray[np.float64], size: float, angle: float) -> list[NDArray[np.float64]]:
    tip = start + size * _turn(angle)[:, 0]
    barbs = [tip - min(size / 3, 8.0) * _turn(angle + side)[:, 0] for side in (-25, 25)]
    return [np.array([start, tip]), np.array([barbs[0], tip, barbs[1]])]


def _band(ends: NDArray[np.float64], width: float) -> list[NDArray[np.float64]]:
    along = ends[1] - ends[0]
    length = float(np.hypot(*along))
    if not width or not length:
        return []
    side = np.array([-along[1], along[0]]) / length * width
    return [ends + side]


def _sectors(region: Region, middle: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Rings and the rays between the sectors of a panda."""
    round_ = region.kind == "panda"
    pairs = (
        [(r, r) for r in region.sizes]
        if round_
        else [*zip(region.sizes[::2], region.sizes[1::2], strict=True)]
    )
    bounds = np.unwrap(np.radians(region.angles), period=2 * np.pi)
    if len(bounds) > 1 and abs(bounds[-1] - bounds[0]) < 1e-9:
        bounds[-1] += 2 * np.pi
    span = np.degrees([bounds[0], bounds[-1]]) - region.angle
    whole = abs(span[1] - span[0]) >= 359.999
    if region.kind == "bpanda":
        rings = [_box(middle, w, h, region.angle) for w, h in pairs]
    else:
        part = (0.0, 360.0) if whole else (float(span[0]), float(span[1]))
        rings = [_ring(middle, a, b, region.angle, part) for a, b in pairs]
    rays = [_ray(region.kind, middle, pairs, a, np.radians(region.angle)) for a in bounds]
    return rings + rays


def _ray(
    kind: str, middle: NDArray[np.float64], pairs: list[Point], angle: float, turned: float
) -> NDArray[np.float64]:
    """From the innermost to the outermost ring."""
    way = np.array([np.cos(angle - turned), np.sin(angle - turned)])
    ends: list[NDArray[np.float64]] = []
    for a, b in (pairs[0], pairs[-1]):
        if kind == "bpanda":
            reach = 1 / max(abs(way[0]) / max(a / 2, 1e-9), abs(way[1]) / max(b / 2, 1e-9))
        else:
            reach = 1 / float(np.hypot(way[0] / max(a, 1e-9), way[1] / max(b, 1e-9)))
        ends.append(reach * way)
    return np.array(ends) @ _turn(np.degrees(turned)).T + middle
