"""Where north and east are, and how long a round angle is: for the compass and the scale bar."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.sky_map import scale_at

if TYPE_CHECKING:
    from astroview.core.sky.sky_map import SkyMap

# Round lengths in arcseconds: to 1/1000 of one below, to degrees above.
_ROUND = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0)
_DEGREES = (1, 2, 5, 10, 20, 30, 60)


@dataclass(frozen=True)
class Compass:
    """Unit vectors (x, y), y down, towards north and east."""

    north: tuple[float, float]
    east: tuple[float, float]


@dataclass(frozen=True)
class ScaleBar:
    """A round length: its words, and pixels."""

    text: str
    pixels: float


def compass_at(sky: SkyMap, x: float, y: float) -> Compass | None:
    """North and east at a place; None where the sky gives no direction (or at a pole)."""
    here, scale = sky.one(x, y), scale_at(sky, x, y)
    if here is None or scale is None or abs(here[1]) > 90 - 1e-6:
        return None
    step = min(scale / 3600.0, 0.1)  # one pixel, in degrees
    lon, lat = here
    up = min(step, (90 - abs(lat)) / 2)
    aside = up / max(cos(radians(lat)), 1e-9)
    ends = np.array([[lon, lat + up], [lon, lat - up], [lon + aside, lat], [lon - aside, lat]])
    ends[:, 0] %= 360.0
    n1, n2, e1, e2 = sky.to_places(ends)
    north, east = _unit(*(n1 - n2)), _unit(*(e1 - e2))
    return Compass(north, east) if north and east else None


def _unit(dx: float, dy: float) -> tuple[float, float] | None:
    length = hypot(dx, dy)
    if not np.isfinite(length) or length == 0:
        return None
    return float(dx / length), float(dy / length)


def scale_bar(arcsec_per_pixel: float | None, most_pixels: float) -> ScaleBar | None:
    """The longest round bar of at most so many pixels; in pixels when no sky is known."""
    if most_pixels <= 0 or not np.isfinite(most_pixels):
        return None
    if arcsec_per_pixel is None:
        length = _decimal(most_pixels)
        return ScaleBar(f"{length:g} px", length) if length >= 1 else None
    most = most_pixels * arcsec_per_pixel
    length = _round_angle(most)
    return ScaleBar(_angle_text(length), length / arcsec_per_pixel)


def _decimal(most: float) -> float:
    """1, 2 or 5 times a power of ten, at most `most`."""
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(n * power for n in (1, 2, 5) if n * power <= most * (1 + 1e-9)))


def _round_angle(most: float) -> float:
    if most < 1:
        return _decimal(most)
    steps = (*_ROUND, *(3600.0 * d for d in _DEGREES))
    return max(step for step in steps if step <= most * (1 + 1e-9))


def _angle_text(arcsec: float) -> str:
    if arcsec < 0.1:
        return f"{arcsec * 1000:g} mas"
    if arcsec < 60:
        return f"{arcsec:g}″"
    return f"{arcsec / 60:g}′" if arcsec < 3600 else f"{arcsec / 3600:g}°"
