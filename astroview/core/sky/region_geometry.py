"""From regions as they are written to regions in the pixels of a frame, and back.

Legend: pixels (x, y) count from 0 at the centre of the first one, y upwards, as `astropy.wcs` has
them; angles are degrees, counter-clockwise from +x. In a sky system the angle of a file counts from
the west towards north, so that a shape covers the same sky on every frame, turned or mirrored.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.ds9_syntax import SYSTEMS, WrittenShape
from astroview.core.sky.regions.region_plane import NoPlace, NotUnderstood, Plane, Point, number

if TYPE_CHECKING:
    from astroview.core.frame import Frame

MOST_RINGS = 1000
_OF_POSITIONS = ("polygon", "segment", "line", "ruler")
ALIASES = {"rotbox": "box", "rotrectangle": "rectangle"}


@dataclass(frozen=True, eq=False)
class Region:
    """A shape in the pixels of a frame.

    Attributes
    ----------
    points
        Its centre, or its corners or ends.
    sizes
        Lengths in pixels: the radius of a circle, the radii of an annulus or panda, full widths
        and heights in turn of boxes, semi-axes in turn of ellipses, the width of a projection.
    angle
        Of boxes, ellipses and vectors.
    angles
        Where the sectors of a panda or pie begin and end.
    """

    kind: str
    points: tuple[Point, ...]
    sizes: tuple[float, ...] = ()
    angle: float = 0.0
    angles: tuple[float, ...] = ()
    included: bool = True
    words: dict[str, str] = field(default_factory=dict[str, str])


class Planes:
    """The planes of a frame by their system, each made once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._known: dict[str, Plane] = {}

    def of(self, system: str) -> Plane:
        """The plane of a value of `ds9_syntax.SYSTEMS`. Raises NoPlace, and NotUnderstood for
        other words.
        """
        if system not in SYSTEMS.values():
            raise NotUnderstood(f"the system “{system}” is not known")
        if system not in self._known:
            self._known[system] = Plane(self._frame, system)
        return self._known[system]

    def learn(self, shapes: Sequence[WrittenShape]) -> None:
        """Compute where many shapes lie at once."""
        for system in {shape.system for shape in shapes}:
            with contextlib.suppress(NoPlace, NotUnderstood):
                here = (shape for shape in shapes if shape.system == system)
                self.of(system).learn(pair for shape in here for pair in _positions(shape))


def _positions(shape: WrittenShape) -> Iterator[tuple[str, str]]:
    """What may be positions among a shape's numbers."""
    count = len(shape.numbers) if shape.kind in _OF_POSITIONS else 2
    numbers = shape.numbers[: count - count % 2]
    yield from zip(numbers[::2], numbers[1::2], strict=False)


def placed(shape: WrittenShape, planes: Planes) -> Region:
    """A shape as a region of a frame.

    Raises
    ------
    NotUnderstood
        Its arguments make no sense, or astroview does not know such shapes.
    NoPlace
        It lies on the sky and the frame has no WCS, or outside of what its WCS covers.
    """
    kind = ALIASES.get(shape.kind, shape.kind)
    make = MAKERS.get(kind)
    if make is None:
        raise NotUnderstood(f"shapes of the kind “{shape.kind}” are not known")
    plane = planes.of(shape.system)
    if shape.system != "physical" and any(n[-1:].lower() == "p" for n in shape.numbers[2:]):
        shape = _without_physical(shape, planes.of("physical"))
    try:
        made = make(shape, plane)
    except (IndexError, ValueError) as problem:
        if isinstance(problem, NotUnderstood | NoPlace):
            raise
        raise NotUnderstood(f"its numbers make no sense: {problem}") from problem
    if kind == "compass":
        made = _pointed(made, shape.words, planes)
    numbers = [n for point in made.points for n in point] + [*made.sizes, made.angle]
    if not np.isfinite(numbers).all():
        raise NoPlace("it has no place on this frame")
    return replace(made, included=shape.included, words=shape.words)


def _without_physical(shape: WrittenShape, physical: Plane) -> WrittenShape:
    """Sizes in physical pixels ("12p") as ones in image pixels ("6i")."""
    sizes = (
        f"{physical.length(text, (0.0, 0.0))!r}i" if text[-1:].lower() == "p" else text
        for text in shape.numbers[2:]
    )
    return replace(shape, numbers=(*shape.numbers[:2], *sizes))


# ---------------------------------------------------------------- shapes


def _circle(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    return Region("circle", (centre,), (plane.length(s.numbers[2], centre),))


def _annulus(s: WrittenShape, plane: Plane) -> Region:
    centre, radii = plane.pixel(s.numbers[0], s.numbers[1]), list(s.numbers[2:])
    count = _rings(radii)
    sizes = [plane.length(r, centre) for r in radii if "=" not in r]
    if count:
        sizes = [float(r) for r in np.linspace(sizes[0], sizes[1], count + 1)]
    if len(sizes) < 2:
        raise NotUnderstood("an annulus has two radii or more")
    return Region("annulus", (centre,), tuple(sizes))


def _rings(numbers: Sequence[str]) -> int:
    """How many rings are asked for ("n=4"); 0 where that is not said."""
    count = next((int(n[2:]) for n in numbers if n.lower().startswith("n=")), 0)
    if count > MOST_RINGS or len(numbers) > 2 * MOST_RINGS:
        raise NotUnderstood("so many rings")
    return count


def _rings_with_angle(kind: str) -> Callable[[WrittenShape, Plane], Region]:
    def make(s: WrittenShape, plane: Plane) -> Region:
        """Ellipses and boxes: pairs of sizes, then perhaps an angle."""
        centre, rest = plane.pixel(s.numbers[0], s.numbers[1]), list(s.numbers[2:])
        count = _rings(rest)
        rest = [r for r in rest if "=" not in r]
        angle = number(rest.pop()) if len(rest) % 2 else 0.0
        sizes = [plane.length(r, centre) for r in rest]
        if count and len(sizes) == 4:
            steps = np.linspace(sizes[:2], sizes[2:], count + 1)
            sizes = [float(v) for v in steps.ravel()]
        if not sizes:
            raise NotUnderstood(f"{kind} without a size")
        return Region(kind, (centre,), tuple(sizes), plane.turned(angle, centre))

    return make


def _corners(kind: str, least: int, most: int) -> Callable[[WrittenShape, Plane], Region]:
    def make(s: WrittenShape, plane: Plane) -> Region:
        """Polygons, lines and rulers: positions."""
        numbers = s.numbers[: 2 * most]
        if len(numbers) % 2 or len(numbers) < 2 * least:
            raise NotUnderstood(f"{kind} needs {least} positions or more")
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return Region(kind, tuple(plane.pixel(x, y) for x, y in pairs))

    return make


def _projection(s: WrittenShape, plane: Plane) -> Region:
    ends = _corners("line", 2, 2)(replace(s, numbers=s.numbers[:4]), plane).points
    width = plane.length(s.numbers[4], ends[0]) if len(s.numbers) > 4 else 0.0
    return Region("projection", ends, (width,))


def _vector(s: WrittenShape, plane: Plane) -> Region:
    start = plane.pixel(s.numbers[0], s.numbers[1])
    size, angle = plane.length(s.numbers[2], start), number(s.numbers[3])
    return Region("vector", (start,), (size,), plane.turned(angle, start))


def _compass(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    size = plane.length(s.numbers[2], centre)
    return Region("compass", (centre,), (size,), angles=_arrows(plane, centre))


def _arrows(plane: Plane, centre: Point) -> tuple[float, float]:
    """Where north and east are, or the second and the first axis."""
    return plane.pointed(90, centre), plane.pointed(180 if plane.on_sky else 0, centre)


def _pointed(compass: Region, words: dict[str, str], planes: Planes) -> Region:
    """A compass whose arrows are those of the system that its property names."""
    system = SYSTEMS.get(next(iter(words.get("compass", "").lower().split()), ""))
    if system is None:
        return compass
    with contextlib.suppress(NoPlace):
        return replace(compass, angles=_arrows(planes.of(system), compass.points[0]))
    return compass


def _one_point(kind: str) -> Callable[[WrittenShape, Plane], Region]:
    return lambda s, plane: Region(kind, (plane.pixel(s.numbers[0], s.numbers[1]),))


def _panda(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    first, last, sectors = number(s.numbers[2]), number(s.numbers[3]), int(number(s.numbers[4]))
    inner, outer, rings = s.numbers[5], s.numbers[6], int(number(s.numbers[7]))
    if not (0 < sectors < 1000 and 0 < rings < 1000):
        raise NotUnderstood("a panda of so many parts")
    radii = np.linspace(plane.length(inner, centre), plane.length(outer, centre), rings + 1)
    last = last if last > first else last + 360
    bounds = [plane.turned(float(a), centre) for a in np.linspace(first, last, sectors + 1)]
    return Region("panda", (centre,), tuple(map(float, radii)), angles=tuple(bounds))


def _panda_of(kind: str) -> Callable[[WrittenShape, Plane], Region]:
    def make(s: WrittenShape, plane: Plane) -> Region:
        """Pandas of ellipses and boxes: angles, sectors, two pairs of sizes, rings, an angle."""
        centre = plane.pixel(s.numbers[0], s.numbers[1])
        first, last, sectors = (number(n) for n in s.numbers[2:5])
        sizes = [plane.length(n, centre) for n in s.numbers[5:9]]
        rings = int(number(s.numbers[9]))
        angle = number(s.numbers[10]) if len(s.numbers) > 10 else 0.0
        if not (0 < sectors < 1000 and 0 < rings < 1000):
            raise NotUnderstood("a panda of so many parts")
        steps = np.linspace(sizes[:2], sizes[2:], rings + 1).ravel()
        last = last if last > first else last + 360
        turn = plane.turned(angle, centre)
        # DS9 turns the bounds into pixels as it does the angle, and adds the angle then.
        bounds = np.linspace(first, last, int(sectors) + 1)
        turned = tuple(plane.turned(float(a), centre) + turn for a in bounds)
        return Region(kind, (centre,), tuple(map(float, steps)), turn, turned)

    return make


def _pie(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    inner, outer = (plane.length(n, centre) for n in s.numbers[2:4])
    bounds = tuple(plane.turned(number(n), centre) for n in s.numbers[4:6])
    return Region("panda", (centre,), (inner, outer), angles=bounds)


def _rectangle(s: WrittenShape, plane: Plane) -> Region:
    one, other = (np.array(plane.pixel(*s.numbers[i : i + 2])) for i in (0, 2))
    angle = number(s.numbers[4]) if len(s.numbers) > 4 else 0.0
    middle, sides = (one + other) / 2, np.abs(one - other)
    centre = (float(middle[0]), float(middle[1]))
    return Region("box", (centre,), (float(sides[0]), float(sides[1])), plane.turned(angle, centre))


MAKERS: dict[str, Callable[[WrittenShape, Plane], Region]] = {
    "circle": _circle,
    "annulus": _annulus,
    "ellipse": _rings_with_angle("ellipse"),
    "box": _rings_with_angle("box"),
    "polygon": _corners("polygon", 3, 10**6),
    "segment": _corners("segment", 2, 10**6),
    "line": _corners("line", 2, 2),
    "ruler": _corners("ruler", 2, 2),
    "projection": _projection,
    "vector": _vector,
    "compass": _compass,
    "point": _one_point("point"),
    "text": _one_point("text"),
    "panda": _panda,
    "epanda": _panda_of("epanda"),
    "bpanda": _panda_of("bpanda"),
    "pie": _pie,
    "rectangle": _rectangle,
}


# ---------------------------------------------------------------- numbers and systems
