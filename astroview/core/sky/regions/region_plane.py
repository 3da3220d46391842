"""The plane a region's numbers are written in: pixels of the frame, of another chip, or the sky."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

Point = tuple[float, float]
SKY = ("fk4", "fk5", "icrs", "galactic", "ecliptic")
STEP = 1 / 3600.0  # degrees on the sky by which directions are found
UNITS = {'"': 1 / 3600.0, "'": 1 / 60.0, "d": 1.0, "r": 180 / np.pi}  # of sizes on the sky


class NotUnderstood(ValueError):
    """A shape's arguments make no sense."""


class NoPlace(ValueError):
    """A shape has no place on this frame: it lies on the sky, and the frame does not."""


class Plane:
    """One coordinate system of a frame, as functions to and from its pixels."""

    def __init__(self, frame: Frame, system: str) -> None:
        self.on_sky, self._system = system in SKY or system.startswith("wcs"), system
        self._pixels: dict[Point, Point] = {}  # by positions on the sky
        self._axes: dict[Point, NDArray[np.float64]] = {}  # by pixels
        height, width = frame.shape
        self._middle = (width / 2 - 1.0, height / 2 - 1.0)  # where DS9 measures
        self._linear = np.eye(2)
        self._offset = np.array([-1.0, -1.0])  # FITS counts from 1
        self._wcs: Any = None
        if self.on_sky:
            self._wcs = wcs_of(frame, system)
            if not self._wcs.has_celestial:  # such as millimetres on the detector
                self.on_sky = False
                self._linear, self._offset = _of_axes(self._wcs)
        elif system != "image":
            self._linear, self._offset = _matrix(frame.header, system)

    def pixel(self, first: str, second: str) -> Point:
        """A position as it is written, in pixels."""
        if not self.on_sky:
            x, y = self._linear @ np.array([number(first, "ip"), number(second, "ip")])
            return float(x + self._offset[0]), float(y + self._offset[1])
        return self.of_sky(*self._degrees(first, second))

    def _degrees(self, first: str, second: str) -> Point:
        hours = self._system in ("fk4", "fk5", "icrs") or self._system.startswith("wcs")
        return degrees(first, hours=hours), degrees(second, hours=False)

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Compute many positions on the sky, and the axes there, at once: a hundred times as
        quickly as one by one.
        """
        if not self.on_sky:
            return
        sky: set[Point] = set()
        for pair in pairs:
            with contextlib.suppress(NotUnderstood):
                lon, lat = self._degrees(*pair)
                if np.isfinite(lon) and abs(lat) <= 90:
                    sky.add((lon, lat))
        if not sky:
            return
        places = np.array([*sky])
        pixels = self._many_of_sky(places)
        self._pixels |= zip(map(_point, places), map(_point, pixels), strict=True)
        pixels = pixels[np.isfinite(pixels).all(1)]
        if len(pixels):
            self._axes |= zip(map(_point, pixels), self._many_axes(pixels), strict=True)

    def of_sky(self, lon: float, lat: float) -> Point:
        """A place on the sky in pixels."""
        if not (np.isfinite(lon) and abs(lat) <= 90):
            raise NotUnderstood(f"{lon}, {lat} is no position")
        known = self._pixels.get((lon, lat))
        return known or _point(self._many_of_sky(np.array([[lon, lat]]))[0])

    def _many_of_sky(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels (N, 2) of places on the sky (N, 2); NaN where the frame has none for one."""
        from astropy.wcs import NoConvergence

        from astroview.core.sky.wcs import celestial_frame

        if self._system.startswith("wcs"):
            return self._wcs.wcs_world2pix(places, 0)
        native = _coordinates(places, self._system).transform_to(celestial_frame(self._wcs))
        both = [native.spherical.lon.deg, native.spherical.lat.deg]
        both = both if self._wcs.wcs.lng == 0 else both[::-1]
        try:
            return np.column_stack(self._wcs.world_to_pixel_values(*both))
        except NoConvergence as problem:  # where distortions are extrapolated too far
            pixels: Any = np.array(problem.best_solution)
            for lost in (problem.divergent, problem.slow_conv):
                if lost is not None:
                    pixels[lost] = np.nan
            return pixels

    def to_sky(self, pixel: Point) -> Point:
        """The place on the sky of a pixel."""
        return _point(self._many_to_sky(np.array([pixel]))[0])

    def _many_to_sky(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        from astropy.coordinates import SkyCoord

        from astroview.core.sky.wcs import celestial_frame

        if self._system.startswith("wcs"):
            return self._wcs.wcs_pix2world(pixels, 0)
        both = self._wcs.pixel_to_world_values(*pixels.T)
        lon, lat = both[self._wcs.wcs.lng], both[self._wcs.wcs.lat]
        there: Any = SkyCoord(lon, lat, unit="deg", frame=celestial_frame(self._wcs))
        # Merged, the equinox of the frame's own WCS would stand for that of the system.
        there = there.transform_to(_sky_frame(self._system), merge_attributes=False)
        return np.column_stack([there.spherical.lon.deg, there.spherical.lat.deg])

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
        if pixel not in self._axes:
            self._axes[pixel] = self._many_axes(np.array([pixel]))[0]
        return self._axes[pixel]

    def _many_axes(self, pixels: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2, 2): the axes at pixels (N, 2)."""
        lon, lat = self._many_to_sky(pixels).T
        back = np.where(lat + STEP > 90, -1.0, 1.0)
        step = STEP / np.maximum(np.cos(np.radians(lat)), 1e-6)
        # To both sides: near a pole the way along a parallel is bent.
        west = self._many_of_sky(np.column_stack([lon - step, lat]))
        east = self._many_of_sky(np.column_stack([lon + step, lat]))
        north = self._many_of_sky(np.column_stack([lon, lat + back * STEP]))
        moved = [(west - east) / (2 * STEP), back[:, None] * (north - pixels) / STEP]
        return np.stack(moved, axis=-1)

    def length(self, text: str, pixel: Point) -> float:
        """A size as it is written, in pixels."""
        unit = text[-1:].lower()
        if unit == "i":
            return number(text, "i")
        scale = float(np.sqrt(abs(np.linalg.det(self.axes(pixel)))))
        if unit in UNITS:
            if not self.on_sky:
                raise NotUnderstood(f"{text} is a size on the sky")
            return number(text, unit) * UNITS[unit] * scale
        return number(text, "p") * scale

    def turned(self, degrees: float, pixel: Point) -> float:
        """An angle of this system, of a shape at a pixel, in pixels."""
        return _angle(self._ways(pixel) @ _unit(degrees))

    def turned_back(self, degrees: float, pixel: Point) -> float:
        """An angle in pixels as one of this system, 0 to 360."""
        return _angle(np.linalg.solve(self._ways(pixel), _unit(degrees))) % 360

    def pointed(self, degrees: float, pixel: Point) -> float:
        """Where a direction is at a pixel itself, as an angle in pixels."""
        return _angle(self.axes(pixel) @ _unit(degrees))

    def _ways(self, pixel: Point) -> NDArray[np.float64]:
        """The axes that angles are from: on the sky those at the middle of the frame, as DS9 has
        it; near a pole, and far from the middle, north is elsewhere.
        """
        middle = self.axes(self._middle)
        return middle if np.isfinite(middle).all() else self.axes(pixel)


def _unit(degrees: float) -> NDArray[np.float64]:
    a = np.radians(degrees)
    return np.array([np.cos(a), np.sin(a)])


def _angle(way: NDArray[Any]) -> float:
    return float(np.degrees(np.arctan2(way[1], way[0])))


def number(text: str, units: str = "") -> float:
    bare = text[:-1] if text[-1:].lower() in units and text[-1:] else text
    try:
        return float(bare)
    except ValueError as problem:
        raise NotUnderstood(f"“{text}” is no number") from problem


def degrees(text: str, hours: bool) -> float:
    """``12.5``, ``12.5d``, ``1.2r``, ``13:29:52.7`` (hours where they are meant), ``13h29m52.7s``,
    ``47d11m43s``, as degrees.
    """
    low = text.strip().lower()
    if ":" in low or "h" in low or ("d" in low and ("m" in low or "s" in low)):
        parts = [p for p in low.replace(":", " ").translate(_LETTERS).split() if p]
        numbers = [number(p) for p in parts]
        if not 1 <= len(numbers) <= 3:
            raise NotUnderstood(f"“{text}” is no position")
        size = sum(abs(n) / 60**i for i, n in enumerate(numbers))
        in_hours = "h" in low or (hours and ":" in low)
        return (-1 if low.startswith("-") else 1) * size * (15 if in_hours else 1)
    if low.endswith("r"):
        return float(np.degrees(number(low, "r")))
    return number(low, "d")


_LETTERS = str.maketrans({"h": " ", "d": " ", "m": " ", "s": " "})


def _sky_frame(system: str) -> Any:
    from astropy import coordinates

    names = {
        "icrs": coordinates.ICRS,
        "fk5": coordinates.FK5,
        "fk4": coordinates.FK4,
        "galactic": coordinates.Galactic,
        "ecliptic": coordinates.BarycentricMeanEcliptic,  # a rotation of the mean equator, as DS9's
    }
    return names[system]()


def _coordinates(places: NDArray[np.float64], system: str) -> Any:
    from astropy.coordinates import SkyCoord

    return SkyCoord(places[:, 0], places[:, 1], unit="deg", frame=_sky_frame(system))


def _point(pair: NDArray[np.float64]) -> Point:
    return float(pair[0]), float(pair[1])


def wcs_of(frame: Frame, system: str) -> Any:
    from astropy.wcs import WCS

    letter = system.removeprefix("wcs") if system.startswith("wcs") else ""
    wcs: Any = frame.wcs
    if letter and frame.header is not None:
        try:
            wcs = WCS(frame.header, key=letter.upper(), naxis=2)
        except (KeyError, ValueError) as problem:
            raise NoPlace(f"this frame has no WCS {letter.upper()}") from problem
        wcs = wcs.celestial if wcs.has_celestial else wcs
    if wcs is None:
        raise NoPlace("it lies on the sky, and this frame has no WCS")
    return wcs


def _of_axes(wcs: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(linear, offset) from two axes that are not the sky to zero-based pixels."""
    here = wcs.wcs_pix2world([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]], 0)
    made = np.array([here[1] - here[0], here[2] - here[0]]).T
    if not np.isfinite(here).all() or abs(np.linalg.det(made)) == 0:
        raise NoPlace("the axes of this WCS are no plane")
    linear = np.linalg.inv(made)
    return linear, -linear @ here[0]


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
