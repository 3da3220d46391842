"""Changes of a region as functions: draw, move, drag a handle, turn; where its handles are.

Legend: points are pixels as `region_geometry` has them, y upwards, from 0 at the first centre.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.region_geometry import Region
from astroview.core.sky.regions.region_plane import Point

Form = Literal["circle", "ellipse", "box", "polygon", "annulus", "line", "point", "text"]
FORMS: tuple[Form, ...] = (
    "circle", "ellipse", "box", "polygon", "annulus", "line", "point", "text",
)  # fmt: skip
TURNED = ("box", "ellipse")  # kinds with an angle of their own
ENDS = ("line", "ruler", "projection", "polygon", "segment")  # kinds of points alone
LEAST = 1e-3  # pixels: no size is smaller
INNER = 0.5  # of a new annulus's radius


@dataclass(frozen=True)
class Handle:
    """A place by which a region is changed.

    Attributes
    ----------
    role
        "end": a corner or an end; "size": a ring or side; "turn": the angle.
    index
        Which end, or which pair of sizes.
    corner
        Signs of the corner of a box, or which axis of an ellipse is pulled.
    """

    at: Point
    role: Literal["end", "size", "turn"]
    index: int = 0
    corner: tuple[int, int] = (1, 0)


def drawn(form: Form, start: Point, end: Point) -> Region:
    """A region dragged from one pixel to another: round ones from their centre, boxes and ellipses
    between opposite corners.
    """
    (x1, y1), (x2, y2) = start, end
    reach = max(float(np.hypot(x2 - x1, y2 - y1)), LEAST)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    sides = max(abs(x2 - x1), LEAST), max(abs(y2 - y1), LEAST)
    match form:
        case "circle":
            return Region("circle", (start,), (reach,))
        case "annulus":
            return Region("annulus", (start,), (INNER * reach, reach))
        case "box":
            return Region("box", (middle,), sides)
        case "ellipse":
            return Region("ellipse", (middle,), (sides[0] / 2, sides[1] / 2))
        case "line":
            return Region("line", (start, end))
        case "polygon":
            corners = (start, (x2, y1), end, (x1, y2))
            return Region("polygon", corners)
        case _:
            return Region(form, (end,))


def moved(region: Region, dx: float, dy: float) -> Region:
    """So many pixels to the right and upwards."""
    return replace(region, points=tuple((x + dx, y + dy) for x, y in region.points))


def turned(region: Region, degrees: float) -> Region:
    """Turned about its middle, counter-clockwise; round regions stay as they are."""
    if region.kind in ENDS:
        middle = np.mean(region.points, axis=0)
        ends = (np.array(region.points) - middle) @ _turn(degrees).T + middle
        return replace(region, points=_points(ends))
    angles = tuple((a + degrees) % 360 for a in region.angles)
    return replace(region, angle=(region.angle + degrees) % 360, angles=angles)


def handles(region: Region) -> tuple[Handle, ...]:
    """The places by which a region can be changed; points and texts have none."""
    if region.kind in ENDS:
        return tuple(Handle(point, "end", i) for i, point in enumerate(region.points))
    middle, around = np.array(region.points[0]), _turn(region.angle)

    def at(x: float, y: float) -> Point:
        there = middle + around @ np.array([x, y])
        return float(there[0]), float(there[1])

    if region.kind in TURNED or region.kind in ("epanda", "bpanda"):
        boxy = region.kind in ("box", "bpanda")
        signs = ((1, 1), (-1, 1), (-1, -1), (1, -1)) if boxy else ((1, 0), (0, 1), (-1, 0), (0, -1))
        half = 0.5 if boxy else 1.0
        found = [
            Handle(at(half * sx * w, half * sy * h), "size", i, (sx, sy))
            for i, (w, h) in enumerate(zip(region.sizes[::2], region.sizes[1::2], strict=True))
            for sx, sy in signs
        ]
        return (*found, Handle(at(0, half * max(region.sizes[1::2])), "turn", 0, (0, 1)))
    if region.kind == "vector":
        return (Handle(at(region.sizes[0], 0), "turn", 0),)
    if region.kind in ("circle", "annulus", "panda", "compass"):
        ways = ((1, 0), (0, 1), (-1, 0), (0, -1))
        return tuple(
            Handle((float(middle[0] + r * x), float(middle[1] + r * y)), "size", i, (x, y))
            for i, r in enumerate(region.sizes)
            for x, y in ways
        )
    return ()


def dragged(region: Region, handle: Handle, to: Point) -> Region:
    """A region whose handle was taken to another pixel."""
    if handle.role == "end":
        points = tuple(to if i == handle.index else p for i, p in enumerate(region.points))
        return replace(region, points=points)
    away = np.array(to) - np.array(region.points[0])
    if region.kind == "vector":
        return replace(region, sizes=(max(float(np.hypot(*away)), LEAST),), angle=_angle(away))
    if handle.role == "turn":
        change = _angle(away) - 90 - region.angle  # the handle stands on the second axis
        return turned(region, change)
    if region.kind == "box" and len(region.sizes) == 2:
        return _corner_dragged(region, handle.corner, to)
    if region.kind in TURNED or region.kind in ("epanda", "bpanda"):
        return _side_dragged(region, handle, away)
    sizes = list(region.sizes)
    sizes[handle.index] = max(float(np.hypot(*away)), LEAST)
    return replace(region, sizes=tuple(sorted(sizes)))


def with_corner(region: Region, after: int, point: Point) -> Region:
    """A polygon with one more corner, after another one."""
    points = (*region.points[: after + 1], point, *region.points[after + 1 :])
    return replace(region, points=points)


def without_corner(region: Region, index: int) -> Region:
    """A polygon without one of its corners; a triangle stays as it is."""
    if region.kind != "polygon" or len(region.points) <= 3:
        return region
    return replace(region, points=region.points[:index] + region.points[index + 1 :])


def _corner_dragged(region: Region, corner: tuple[int, int], to: Point) -> Region:
    """The opposite corner of the box stays where it is."""
    around, middle = _turn(region.angle), np.array(region.points[0])
    half = np.array(region.sizes) / 2
    fixed = middle - around @ (half * np.array(corner))
    across = around.T @ (np.array(to) - fixed)
    sides = np.maximum(np.abs(across), LEAST)
    centre = fixed + around @ (across / 2)
    return replace(
        region,
        points=((float(centre[0]), float(centre[1])),),
        sizes=(float(sides[0]), float(sides[1])),
    )


def _side_dragged(region: Region, handle: Handle, away: NDArray[np.float64]) -> Region:
    """A pair of sizes follows its handle; each by itself, about the centre."""
    along = np.abs(_turn(region.angle).T @ away) * (2 if region.kind in ("box", "bpanda") else 1)
    sizes, at = list(region.sizes), 2 * handle.index
    for axis in (0, 1):
        if handle.corner[axis]:
            sizes[at + axis] = max(float(along[axis]), LEAST)
    return replace(region, sizes=tuple(sizes))


def _angle(way: NDArray[np.float64]) -> float:
    return float(np.degrees(np.arctan2(way[1], way[0])))


def _turn(degrees: float) -> NDArray[np.float64]:
    a = np.radians(degrees)
    return np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])


def _points(ends: NDArray[np.float64]) -> tuple[Point, ...]:
    return tuple((float(x), float(y)) for x, y in ends)


def worded(region: Region, **words: str) -> Region:
    """A region with other properties: colour, text, width; "" takes one away."""
    known = {k: v for k, v in {**region.words, **words}.items() if v}
    return replace(region, words=known)
