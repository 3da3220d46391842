"""The coordinate grid: lines of equal longitude and latitude across a part of a frame.

Works where the naive way fails: with a pole in view, across longitude 0, on all-sky projections,
and with a WCS that makes no sense (then there is no grid, and a reason).
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.sky.sky_map import SkyMap, Style

LATTICE = 21  # places along each side that are asked for their position
POINTS = 97  # of a line
MOST = 60  # lines of each family
NO_GRID = "The coordinates of this frame make no grid."
_SECONDS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800)
_HOURS = (1, 2, 3, 4, 6)
_DEGREES = (1, 2, 5, 10, 15, 20, 30, 45)


@dataclass(frozen=True)
class Area:
    """A rectangle of places."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class GridLine:
    """A line of one coordinate: pieces (N, 2) of places, and its label."""

    kind: Literal["lon", "lat"]
    value: float
    label: str
    pieces: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class Graticule:
    """Lines over an area; `reason` says why there are none."""

    lines: tuple[GridLine, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class _Range:
    """What part of the sky is in view, degrees; longitudes may run over 360."""

    lon_low: float
    lon_high: float
    lat_low: float
    lat_high: float

    @property
    def all_around(self) -> bool:
        return self.lon_high - self.lon_low >= 359.9


def graticule(sky: SkyMap, area: Area, style: Style, wanted: int = 5) -> Graticule:
    """A grid with about `wanted` lines along the longer side of an area."""
    seen = _range(sky, area)
    if seen is None:
        return Graticule(reason=NO_GRID)
    sexagesimal = style == "sexagesimal" and sky.system == "icrs"
    lat_step, lon_step = _steps(seen, wanted, sexagesimal)
    lats = _multiples(seen.lat_low, seen.lat_high, lat_step)
    lons = _multiples(seen.lon_low, seen.lon_high, lon_step)
    if seen.all_around and len(lons) > 1 and lons[-1] - lons[0] >= 360 - 1e-9:
        lons = lons[:-1]
    if not (lats or lons) or max(len(lats), len(lons)) > MOST:
        return Graticule(reason=NO_GRID)
    lines = [
        GridLine(
            "lat", lat, _lat_label(lat, lat_step, sexagesimal), _parallel(sky, area, seen, lat)
        )
        for lat in lats
        if abs(lat) < 90 - 1e-9
    ]
    lines += [
        GridLine(
            "lon",
            lon % 360,
            _lon_label(lon, lon_step, sexagesimal),
            _meridian(sky, area, seen, lon),
        )
        for lon in lons
    ]
    drawn = tuple(line for line in lines if line.pieces)
    return Graticule(drawn) if drawn else Graticule(reason=NO_GRID)


def _range(sky: SkyMap, area: Area) -> _Range | None:
    x = np.linspace(area.left, area.left + area.width, LATTICE)
    y = np.linspace(area.top, area.top + area.height, LATTICE)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    lonlat = sky.to_sky(places)
    lonlat = lonlat[np.isfinite(lonlat).all(axis=1)]
    if len(lonlat) < 9 or np.ptp(lonlat, axis=0).max() < 1e-9:
        return None
    lat_low, lat_high = float(lonlat[:, 1].min()), float(lonlat[:, 1].max())
    margin = (lat_high - lat_low) / LATTICE
    lat_low, lat_high = max(lat_low - margin, -90.0), min(lat_high + margin, 90.0)
    poles = [sign for sign in (-1.0, 1.0) if _shows_pole(sky, area, sign)]
    if poles:
        lat_low, lat_high = (
            (-90.0 if -1.0 in poles else lat_low),
            (90.0 if 1.0 in poles else lat_high),
        )
        return _Range(0.0, 360.0, lat_low, lat_high)
    lon_low, lon_high = _lon_range(lonlat[:, 0])
    return _Range(lon_low, lon_high, lat_low, lat_high)


def _shows_pole(sky: SkyMap, area: Area, sign: float) -> bool:
    x, y = sky.to_places(np.array([[0.0, 90.0 * sign]]))[0]
    across = area.left <= x <= area.left + area.width
    return bool(across and area.top <= y <= area.top + area.height)


def _lon_range(lon: NDArray[np.float64]) -> tuple[float, float]:
    """The shortest arc that holds all longitudes: all but the widest gap between them."""
    ordered = np.sort(lon % 360)
    gaps = np.diff(np.append(ordered, ordered[0] + 360))
    widest = int(np.argmax(gaps))
    if gaps[widest] < 2 * 360 / LATTICE:  # no gap to speak of
        return 0.0, 360.0
    low = float(ordered[(widest + 1) % len(ordered)])
    span = 360.0 - float(gaps[widest])
    margin = span / LATTICE
    return low - margin, low + span + margin


def _steps(seen: _Range, wanted: int, sexagesimal: bool) -> tuple[float, float]:
    """Round steps of latitude and longitude that leave similar room between lines."""
    high = seen.lat_high - seen.lat_low
    if seen.all_around:
        return _round_up(high / wanted, _arc_steps(sexagesimal)), 30.0
    middle = cos(radians((seen.lat_low + seen.lat_high) / 2))
    across = (seen.lon_high - seen.lon_low) * max(middle, 1e-3)
    apart = max(high, min(across, 180.0)) / wanted
    lat_step = _round_up(apart, _arc_steps(sexagesimal))
    lon_step = _round_up(apart / max(middle, 1e-3), _lon_steps(sexagesimal))
    return lat_step, min(lon_step, 60.0)


def _round_up(least: float, steps: list[float]) -> float:
    return next((step for step in steps if step >= least * 0.999), steps[-1])


def _arc_steps(sexagesimal: bool) -> list[float]:
    if not sexagesimal:
        return _decimal_steps()
    small = [10.0**-p * n / 3600 for p in (4, 3, 2, 1) for n in (1, 2, 5)]
    return [*small, *(s / 3600 for s in _SECONDS), *map(float, _DEGREES)]


def _lon_steps(sexagesimal: bool) -> list[float]:
    if not sexagesimal:
        return _decimal_steps()
    small = [10.0**-p * n / 240 for p in (5, 4, 3, 2, 1) for n in (1, 2, 5)]
    return [*small, *(s / 240 for s in _SECONDS), *(h * 15.0 for h in _HOURS)]


def _decimal_steps() -> list[float]:
    return [
        *(10.0**-p * n for p in (7, 6, 5, 4, 3, 2, 1) for n in (1, 2, 5)),
        *map(float, _DEGREES),
    ]


def _multiples(low: float, high: float, step: float) -> list[float]:
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    if not last - first < 10 * MOST:
        return []
    return [float(n * step) for n in np.arange(first, last + 1)]


def _parallel(sky: SkyMap, area: Area, seen: _Range, lat: float) -> tuple[NDArray[np.float64], ...]:
    lon = np.linspace(seen.lon_low, seen.lon_high, 4 * POINTS if seen.all_around else POINTS)
    return _pieces(sky, area, np.column_stack([lon % 360, np.full_like(lon, lat)]))


def _meridian(sky: SkyMap, area: Area, seen: _Range, lon: float) -> tuple[NDArray[np.float64], ...]:
    lat = np.linspace(seen.lat_low, seen.lat_high, POINTS)
    return _pieces(sky, area, np.column_stack([np.full_like(lat, lon % 360), lat]))


def _pieces(
    sky: SkyMap, area: Area, lonlat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], ...]:
    """The parts of a line in or near an area; broken where the projection jumps or ends."""
    places = sky.to_places(lonlat)
    reach = max(area.width, area.height)
    middle = np.array([area.left + area.width / 2, area.top + area.height / 2])
    with np.errstate(invalid="ignore"):
        good: Any = np.all(np.abs(places - middle) < 1.5 * reach, axis=1)
        leap: Any = np.hypot(*np.diff(places, axis=0).T) > 0.35 * reach
    ends = np.flatnonzero(~good[1:] | ~good[:-1] | leap) + 1
    runs = np.split(np.arange(len(places)), ends)
    return tuple(places[run] for run in runs if len(run) > 1 and good[run].all())


def _lon_label(lon: float, step: float, sexagesimal: bool) -> str:
    lon %= 360.0
    if not sexagesimal:
        return _degree_label(lon, step)
    seconds = lon * 240
    return _sexagesimal(seconds % 86400, step * 240, ("ʰ", "ᵐ", "ˢ"))


def _lat_label(lat: float, step: float, sexagesimal: bool) -> str:
    sign = "+" if lat > 1e-12 else ("−" if lat < -1e-12 else "")
    if not sexagesimal:
        return sign + _degree_label(abs(lat), step)
    return sign + _sexagesimal(abs(lat) * 3600, step * 3600, ("°", "′", "″"))


def _degree_label(value: float, step: float) -> str:
    decimals = max(0, int(np.ceil(-np.log10(step) - 1e-9)))
    return f"{value:.{decimals}f}°"


def _sexagesimal(seconds: float, step: float, marks: tuple[str, str, str]) -> str:
    """As many parts as the step needs: `14ʰ03ᵐ`, `+54°20′30″`."""
    decimals = max(0, int(np.ceil(-np.log10(step) - 1e-9))) if step < 1 else 0
    ticks = round(seconds * 10**decimals)
    whole, part = divmod(ticks, 10**decimals)
    first, second, third = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{first}{marks[0]}"
    if step < 3600:
        text += f"{second:02d}{marks[1]}"
    if step < 60:
        text += f"{third:02d}" + (f".{part:0{decimals}d}" if decimals else "") + marks[2]
    return text
