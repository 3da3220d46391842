"""Between places in a frame and the sky, in the system a user reads.

Legend: `lon`, `lat` are degrees in a `System` (RA and Dec for ICRS, l and b for Galactic).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

System = Literal["icrs", "galactic"]
Style = Literal["sexagesimal", "degrees"]
_SKY = ("RA", "GLON", "SLON", "ELON")  # not the Sun or a planet


@dataclass(frozen=True)
class SkyWords:
    """In which system and style positions are read."""

    system: System = "icrs"
    style: Style = "sexagesimal"


@dataclass(frozen=True, eq=False)
class SkyMap:
    """A frame's sky in one system. Safe to use from several threads.

    Attributes
    ----------
    height
        Rows of the frame: its WCS counts them from the bottom.
    native
        The astropy frame of the WCS; None when it equals the wanted system.
    """

    wcs: WCS
    height: int
    system: System
    native: Any = None

    def to_sky(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) places -> (N, 2) lon, lat; NaN where there is no sky."""
        pixels = np.column_stack([places[:, 0] - 0.5, self.height - places[:, 1] - 0.5])
        with np.errstate(all="ignore"):
            world = np.asarray(self.wcs.all_pix2world(pixels, 0), np.float64)
        lonlat = world[:, [self.wcs.wcs.lng, self.wcs.wcs.lat]]
        bad = ~np.isfinite(lonlat).all(axis=1) | (np.abs(lonlat[:, 1]) > 90)
        lonlat[bad] = np.nan
        if self.native is not None:
            lonlat = _transformed(lonlat, self.native, _frame(self.system))
        lonlat[:, 0] %= 360.0
        return lonlat

    def to_places(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        """(N, 2) lon, lat -> (N, 2) places; NaN where the frame's projection has none."""
        if self.native is not None:
            lonlat = _transformed(lonlat, _frame(self.system), self.native)
        world = lonlat[:, [0, 1]] if self.wcs.wcs.lng == 0 else lonlat[:, [1, 0]]
        pixels = np.full_like(world, np.nan)
        good = np.isfinite(world).all(axis=1)
        if good.any():
            pixels[good] = _pixels(self.wcs, world[good])
        return np.column_stack([pixels[:, 0] + 0.5, self.height - pixels[:, 1] - 0.5])

    def one(self, x: float, y: float) -> tuple[float, float] | None:
        """(lon, lat) of a place; None where there is no sky."""
        lon, lat = self.to_sky(np.array([[x, y]]))[0]
        return (float(lon), float(lat)) if np.isfinite(lon) and np.isfinite(lat) else None


def sky_map(frame: Frame, system: System = "icrs") -> SkyMap | None:
    """The sky of a frame; None without a WCS, or when it shows the Sun or a planet."""
    wcs = frame.wcs
    if wcs is None:
        return None
    from astroview.core.sky.wcs import celestial_frame

    with collected_warnings():
        try:
            if wcs.wcs.lng < 0 or wcs.wcs.lat < 0 or wcs.wcs.lngtyp not in _SKY:
                return None
            native: Any = celestial_frame(wcs)
        except ValueError:  # also what wcslib says of coordinates that make no sense
            return None
    same = native.name == system
    return SkyMap(wcs, frame.shape[0], system, None if same else native)


def _frame(system: System) -> Any:
    from astropy.coordinates import ICRS, Galactic

    return Galactic() if system == "galactic" else ICRS()


def _transformed(lonlat: NDArray[np.float64], old: Any, new: Any) -> NDArray[np.float64]:
    """(N, 2) from one astropy frame to another; NaN stays NaN."""
    from astropy import units
    from astropy.coordinates import SkyCoord

    result = np.full_like(lonlat, np.nan)
    good = np.isfinite(lonlat).all(axis=1)
    if good.any():
        lon, lat = lonlat[good].T
        there: Any = SkyCoord(lon, lat, unit=units.deg, frame=old)
        moved: Any = there.transform_to(new).spherical
        result[good] = np.column_stack([moved.lon.deg, moved.lat.deg])
    return result


def _pixels(wcs: WCS, world: NDArray[np.float64]) -> NDArray[np.float64]:
    """Zero-based FITS pixels; the full solution only near the frame, where it converges."""
    with np.errstate(all="ignore"):
        rough = np.asarray(wcs.wcs_world2pix(world, 0), np.float64)
        distorted = wcs.sip is not None or wcs.cpdis1 is not None or wcs.det2im1 is not None
        if not distorted:
            return rough
        across, up = wcs.pixel_shape or (4096, 4096)
        reach = max(across, up, 1000)
        near = (np.abs(rough - (across / 2, up / 2)) < reach).all(axis=1)
        if near.any():
            fine = wcs.all_world2pix(world[near], 0, quiet=True, maxiter=30)
            rough[near] = np.where(np.isfinite(fine), fine, rough[near])
    return rough


def scale_at(sky: SkyMap, x: float, y: float) -> float | None:
    """Arcseconds per pixel at a place (geometric mean of both axes); None without sky."""
    there = sky.to_sky(np.array([[x - 0.5, y], [x + 0.5, y], [x, y - 0.5], [x, y + 0.5]]))
    if not np.isfinite(there).all():
        return None
    scale = float(np.sqrt(separation(*there[:2]) * separation(*there[2:])))
    return scale if scale > 0 else None


def separation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Arcseconds between two (lon, lat)."""
    (lon1, lat1), (lon2, lat2) = np.deg2rad(one), np.deg2rad(other)
    half = np.sin((lat2 - lat1) / 2) ** 2
    half += np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return float(np.rad2deg(2 * np.arcsin(np.sqrt(min(half, 1.0)))) * 3600)


def position_text(lon: float, lat: float, words: SkyWords) -> str:
    """A position in the chosen words, with the names of its coordinates."""
    first, second = ("l", "b") if words.system == "galactic" else ("RA", "Dec")
    if words.system == "galactic" or words.style == "degrees":
        return f"{first} {lon:.6f}°  {second} {lat:+.6f}°"
    from astroview.core.sky.wcs import format_sky

    hours, degrees = format_sky(lon, lat).split("  ")
    return f"{first} {hours}  {second} {degrees}"
