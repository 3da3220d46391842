"""From regions as they are written to regions in the pixels of a frame, and back.

Legend: pixels (x, y) count from 0 at the centre of the first one, y upwards, as `astropy.wcs` has
them; angles are degrees, counter-clockwise from +x. In a sky system the angle of a file counts from
the west towards north, so that a shape covers the same sky on every frame, turned or mirrored.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.sky.ds9_syntax import WrittenShape

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

Point = tuple[float, float]
SKY = ("fk4", "fk5", "icrs", "galactic", "ecliptic")
STEP = 1 / 3600.0  # degrees on the sky by which directions are found
UNITS = {'"': 1 / 3600.0, "'": 1 / 60.0, "d": 1.0, "r": 180 / np.pi}  # of sizes on the sky
ALIASES = {"rotbox": "box", "rotrectangle": "rectangle"}


class NotUnderstood(ValueError):
    """A shape's arguments make no sense."""


class NoPlace(ValueError):
    """A shape has no place on this frame: it lies on the sky, and the frame does not."""


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


class Plane:
    """One coordinate system of a frame, as functions to and from its pixels."""

    def __init__(self, frame: Frame, system: str) -> None:
        self.on_sky, self._system = system in SKY or system.startswith("wcs"), system
        self._linear = np.eye(2)
        self._offset = np.array([-1.0, -1.0])  # FITS counts from 1
        self._wcs: Any = None
        if self.on_sky:
            self._wcs = _wcs_of(frame, system)
        elif system != "image":
            self._linear, self._offset = _matrix(frame.header, system)

    def pixel(self, first: str, second: str) -> Point:
        """A position as it is written, in pixels."""
        if not self.on_sky:
            x, y = self._linear @ np.array([_number(first, "ip"), _number(second, "ip")])
            return float(x + self._offset[0]), float(y + self._offset[1])
        hours = self._system in ("fk4", "fk5", "icrs") or self._system.startswith("wcs")
        return self.of_sky(_degrees(first, hours=hours), _degrees(second, hours=False))

    def of_sky(self, lon: float, lat: float) -> Point:
        """A place on the sky in pixels."""
        if not (np.isfinite(lon) and abs(lat) <= 90):
            raise NotUnderstood(f"{lon}, {lat} is no position")
        if self._system.startswith("wcs"):
            x, y = self._wcs.wcs_world2pix([[lon, lat]], 0)[0]
            return float(x), float(y)
        x, y = self._wcs.world_to_pixel(_coordinate(lon, lat, self._system))
        return float(x), float(y)

    def to_sky(self, pixel: Point) -> Point:
        """The place on the sky of a pixel."""
        if self._system.startswith("wcs"):
            lon, lat = self._wcs.wcs_pix2world([pixel], 0)[0]
            return float(lon), float(lat)
        there: Any = self._wcs.pixel_to_world(*pixel)
        # Merged, the equinox of the frame's own WCS would stand for that of the system.
        there = there.transform_to(_frame(self._system), merge_attributes=False)
        return float(there.spherical.lon.deg), float(there.spherical.lat.deg)

    def of_pixel(self, pixel: Point) -> Point:
        """A pixel as a position of this plane: degrees on the sky, else what files call it."""
        if self.on_sky:
            return self.to_sky(pixel)
        x, y = np.linalg.solve(self._linear, np.array(pixel) - self._offset)
        return float(x), float(y)

    def axes(self, pixel: Point) -> NDArray[np.float64]:
        """(2, 2): how a pixel moves (in pixels a degree, or a unit) to the west and to the north,
        or along the first and the second axis of a plane that is not the sky.
        """
        if not self.on_sky:
            return self._linear
        lon, lat = self.to_sky(pixel)
        back = -1.0 if lat + STEP > 90 else 1.0
        west = np.array(self.of_sky(lon - STEP / max(np.cos(np.radians(lat)), 1e-6), lat))
        north = np.array(self.of_sky(lon, lat + back * STEP))
        here = np.array(pixel)
        return np.column_stack([(west - here) / STEP, back * (north - here) / STEP])

    def length(self, text: str, pixel: Point) -> float:
        """A size as it is written, in pixels."""
        unit = text[-1:].lower()
        if unit == "i":
            return _number(text, "i")
        scale = float(np.sqrt(abs(np.linalg.det(self.axes(pixel)))))
        if unit in UNITS:
            if not self.on_sky:
                raise NotUnderstood(f"{text} is a size on the sky")
            return _number(text, unit) * UNITS[unit] * scale
        return _number(text, "p") * scale

    def turned(self, degrees: float, pixel: Point) -> float:
        """An angle of this system in pixels."""
        a = np.radians(degrees)
        x, y = self.axes(pixel) @ np.array([np.cos(a), np.sin(a)])
        return float(np.degrees(np.arctan2(y, x)))

    def turned_back(self, degrees: float, pixel: Point) -> float:
        """An angle in pixels as one of this system, 0 to 360."""
        a = np.radians(degrees)
        x, y = np.linalg.solve(self.axes(pixel), np.array([np.cos(a), np.sin(a)]))
        return float(np.degrees(np.arctan2(y, x)) % 360)


def placed(shape: WrittenShape, frame: Frame) -> Region:
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
    plane = Plane(frame, shape.system)
    if shape.system != "physical" and any(n[-1:].lower() == "p" for n in shape.numbers[2:]):
        shape = _without_physical(shape, Plane(frame, "physical"))
    try:
        made = make(shape, plane)
    except (IndexError, ValueError) as problem:
        if isinstance(problem, NotUnderstood | NoPlace):
            raise
        raise NotUnderstood(f"its numbers make no sense: {problem}") from problem
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
    count = next((int(r[2:]) for r in radii if r.lower().startswith("n=")), 0)
    sizes = [plane.length(r, centre) for r in radii if "=" not in r]
    if count:
        sizes = [float(r) for r in np.linspace(sizes[0], sizes[1], count + 1)]
    if len(sizes) < 2:
        raise NotUnderstood("an annulus has two radii or more")
    return Region("annulus", (centre,), tuple(sizes))


def _rings_with_angle(kind: str) -> Callable[[WrittenShape, Plane], Region]:
    def make(s: WrittenShape, plane: Plane) -> Region:
        """Ellipses and boxes: pairs of sizes, then perhaps an angle."""
        centre, rest = plane.pixel(s.numbers[0], s.numbers[1]), list(s.numbers[2:])
        count = next((int(r[2:]) for r in rest if r.lower().startswith("n=")), 0)
        rest = [r for r in rest if "=" not in r]
        angle = _number(rest.pop()) if len(rest) % 2 else 0.0
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
    size, angle = plane.length(s.numbers[2], start), _number(s.numbers[3])
    return Region("vector", (start,), (size,), plane.turned(angle, start))


def _compass(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    size = plane.length(s.numbers[2], centre)
    north, east = plane.turned(90, centre), plane.turned(180 if plane.on_sky else 0, centre)
    return Region("compass", (centre,), (size,), angles=(north, east))


def _one_point(kind: str) -> Callable[[WrittenShape, Plane], Region]:
    return lambda s, plane: Region(kind, (plane.pixel(s.numbers[0], s.numbers[1]),))


def _panda(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    first, last, sectors = _number(s.numbers[2]), _number(s.numbers[3]), int(_number(s.numbers[4]))
    inner, outer, rings = s.numbers[5], s.numbers[6], int(_number(s.numbers[7]))
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
        first, last, sectors = (_number(n) for n in s.numbers[2:5])
        sizes = [plane.length(n, centre) for n in s.numbers[5:9]]
        rings = int(_number(s.numbers[9]))
        angle = _number(s.numbers[10]) if len(s.numbers) > 10 else 0.0
        if not (0 < sectors < 1000 and 0 < rings < 1000):
            raise NotUnderstood("a panda of so many parts")
        steps = np.linspace(sizes[:2], sizes[2:], rings + 1).ravel()
        last = last if last > first else last + 360
        bounds = np.linspace(first, last, int(sectors) + 1) + angle
        turned = tuple(plane.turned(float(a), centre) for a in bounds)
        return Region(
            kind, (centre,), tuple(map(float, steps)), plane.turned(angle, centre), turned
        )

    return make


def _pie(s: WrittenShape, plane: Plane) -> Region:
    centre = plane.pixel(s.numbers[0], s.numbers[1])
    inner, outer = (plane.length(n, centre) for n in s.numbers[2:4])
    bounds = tuple(plane.turned(_number(n), centre) for n in s.numbers[4:6])
    return Region("panda", (centre,), (inner, outer), angles=bounds)


def _rectangle(s: WrittenShape, plane: Plane) -> Region:
    one, other = (np.array(plane.pixel(*s.numbers[i : i + 2])) for i in (0, 2))
    angle = _number(s.numbers[4]) if len(s.numbers) > 4 else 0.0
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


def _number(text: str, units: str = "") -> float:
    bare = text[:-1] if text[-1:].lower() in units and text[-1:] else text
    try:
        return float(bare)
    except ValueError as problem:
        raise NotUnderstood(f"“{text}” is no number") from problem


def _degrees(text: str, hours: bool) -> float:
    """``12.5``, ``12.5d``, ``1.2r``, ``13:29:52.7`` (hours where they are meant), ``13h29m52.7s``,
    ``47d11m43s``, as degrees.
    """
    low = text.strip().lower()
    if ":" in low or "h" in low or ("d" in low and ("m" in low or "s" in low)):
        parts = [p for p in low.replace(":", " ").translate(_LETTERS).split() if p]
        numbers = [_number(p) for p in parts]
        if not 1 <= len(numbers) <= 3:
            raise NotUnderstood(f"“{text}” is no position")
        size = sum(abs(n) / 60**i for i, n in enumerate(numbers))
        in_hours = "h" in low or (hours and ":" in low)
        return (-1 if low.startswith("-") else 1) * size * (15 if in_hours else 1)
    if low.endswith("r"):
        return float(np.degrees(_number(low, "r")))
    return _number(low, "d")


_LETTERS = str.maketrans({"h": " ", "d": " ", "m": " ", "s": " "})


def _frame(system: str) -> Any:
    from astropy import coordinates

    names = {
        "icrs": coordinates.ICRS,
        "fk5": coordinates.FK5,
        "fk4": coordinates.FK4,
        "galactic": coordinates.Galactic,
        "ecliptic": coordinates.BarycentricMeanEcliptic,  # a rotation of the mean equator, as DS9's
    }
    return names[system]()


def _coordinate(lon: float, lat: float, system: str) -> Any:
    from astropy.coordinates import SkyCoord

    return SkyCoord(lon, lat, unit="deg", frame=_frame(system))


def _wcs_of(frame: Frame, system: str) -> Any:
    from astropy.wcs import WCS

    letter = system.removeprefix("wcs") if system.startswith("wcs") else ""
    wcs: Any = frame.wcs
    if letter and frame.header is not None:
        try:
            wcs = WCS(frame.header, key=letter.upper()).celestial
        except (KeyError, ValueError) as problem:
            raise NoPlace(f"this frame has no WCS {letter.upper()}") from problem
    if wcs is None:
        raise NoPlace("it lies on the sky, and this frame has no WCS")
    return wcs


def _matrix(header: Any, system: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(linear, offset) from a system of the detector to zero-based pixels.

    IRAF's cards: image = LTM physical + LTV; detector = DTM physical + DTV, amplifier likewise.
    """
    ltm, ltv = _cards(header, "LTM", "LTV")
    linear, offset = ltm, ltv
    if system in ("detector", "amplifier"):
        dtm, dtv = _cards(header, system[0].upper() + "TM", system[0].upper() + "TV")
        back = np.linalg.inv(dtm)
        linear, offset = ltm @ back, ltv - ltm @ back @ dtv
    return linear, offset - 1.0


def _cards(
    header: Any, matrix: str, vector: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A matrix and a vector of header cards; what is missing is that of the identity."""
    known = header if header is not None else {}

    def card(name: str, usual: float) -> float:
        value = known.get(name, usual)
        return float(value) if isinstance(value, int | float) else usual

    rows = [[card(f"{matrix}{i}_{j}", float(i == j)) for j in (1, 2)] for i in (1, 2)]
    made = np.array(rows, np.float64)
    if abs(np.linalg.det(made)) < 1e-12:
        raise NoPlace(f"the cards {matrix} of this frame are no plane")
    return made, np.array([card(f"{vector}{i}", 0.0) for i in (1, 2)], np.float64)
