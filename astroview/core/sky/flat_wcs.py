"""Coordinates of other pixels of the same sky, and in the few terms that pictures can hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.coordinates import SkyCoord
from astropy.wcs import WCS
from astropy.wcs.utils import fit_wcs_from_points

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Frames and projections of the Astronomy Visualization Metadata, by the first half of CTYPE.
FRAMES = {"ELON": "ECL", "GLON": "GAL", "SLON": "SGAL"}
PROJECTIONS = ("TAN", "SIN", "ARC", "AIT", "CAR", "CEA")
_SYSTEMS = ("ICRS", "FK5", "FK4")
_SQUARE = 0.01  # of a pixel's side
_GRID = 9  # places along each side by which a plain projection is fitted
# What the library raises where pixels have no place on the sky.
_NO_FIT = (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError,
           NotImplementedError, RuntimeError, np.linalg.LinAlgError)  # fmt: skip


@dataclass(frozen=True, eq=False)
class FlatSky:
    """A sky in one of the plain projections.

    Attributes
    ----------
    frame
        "ICRS", "FK5", "FK4", "ECL", "GAL" or "SGAL".
    equinox
        In years; nan where the frame has none.
    projection
        One of `PROJECTIONS`.
    centre
        Longitude and latitude of the reference pixel in degrees.
    pixel
        The reference pixel as FITS counts: from 1, rows from the bottom.
    matrix
        (2, 2), degrees a pixel: rows are longitude and latitude, columns x and y.
    off
        How far off, in pixels, the farthest pixel is from where the full coordinates have it.
    """

    frame: str
    equinox: float
    projection: str
    centre: tuple[float, float]
    pixel: tuple[float, float]
    matrix: Floats
    off: float = 0.0

    @property
    def turned(self) -> tuple[float, float] | None:
        """Degrees a pixel and the turn (as CROTA2) of pixels that are square to a per cent, with
        east on the left of north; None for others, which only the matrix describes.
        """
        (a, b), (c, d) = self.matrix
        side = float(np.sqrt(abs(a * d - b * c)))
        square = max(abs(a + d), abs(b - c)) <= _SQUARE * side
        return (side, float(np.degrees(np.arctan2(-b - c, d - a)) % 360)) if square else None

    def seen_by(self, matrix: Floats, offset: Floats) -> FlatSky:
        """The sky of other pixels: q of the new ones is at ``matrix @ q + offset`` of these.

        Both count as FITS does.
        """
        x, y = np.linalg.solve(matrix, np.asarray(self.pixel) - offset)
        off = self.off / float(np.sqrt(abs(np.linalg.det(matrix))))
        return replace(self, pixel=(float(x), float(y)), matrix=self.matrix @ matrix, off=off)


def flat_sky(wcs: WCS, shape: tuple[int, int]) -> FlatSky | None:
    """A WCS of (H, W) pixels in plain terms; None where none comes near.

    Distortions and rare projections are replaced by the gnomonic one that fits best.
    """
    with collected_warnings(), np.errstate(all="ignore"):
        try:
            if _is_plain(wcs):
                return _told(wcs)
            fitted = _fitted(wcs, shape)
            return None if fitted is None else _told(*fitted)
        except _NO_FIT:
            return None


def _is_plain(wcs: WCS) -> bool:
    if has_distortion(wcs) or list(wcs.wcs.get_pv()) or wcs.wcs.lng < 0 or wcs.wcs.lat < 0:
        return False
    poles = {"lonpole": _usual_pole(wcs), "latpole": None}
    usual = poles["lonpole"] is None or abs(wcs.wcs.lonpole - poles["lonpole"]) < 1e-9
    return usual and _projection(wcs) in PROJECTIONS and _frame(wcs) is not None


def _usual_pole(wcs: WCS) -> float | None:
    if np.isnan(wcs.wcs.lonpole):
        return None
    zenithal = _projection(wcs) in ("TAN", "SIN", "ARC")
    if zenithal:
        return 0.0 if wcs.wcs.crval[wcs.wcs.lat] >= 90 else 180.0
    return 0.0 if wcs.wcs.crval[wcs.wcs.lat] >= 0 else 180.0


def has_distortion(wcs: WCS) -> bool:
    """Whether a plain projection is not all there is to it."""
    tables = (wcs.cpdis1, wcs.cpdis2, wcs.det2im1, wcs.det2im2)
    return wcs.sip is not None or any(table is not None for table in tables)


def _projection(wcs: WCS) -> str:
    return str(wcs.wcs.ctype[wcs.wcs.lng])[5:8]


def _frame(wcs: WCS) -> str | None:
    kind = str(wcs.wcs.ctype[wcs.wcs.lng])[:4].rstrip("-")
    if kind != "RA":
        return FRAMES.get(kind)
    system = str(wcs.wcs.radesys) or "ICRS"
    return system if system in _SYSTEMS else None


def _told(wcs: WCS, off: float = 0.0) -> FlatSky:
    lng, lat = wcs.wcs.lng, wcs.wcs.lat
    turn = np.asarray(wcs.wcs.get_cdelt())[:, None] * np.asarray(wcs.wcs.get_pc())
    matrix: Floats = turn[[lng, lat]]
    frame = _frame(wcs)
    if frame is None or not np.isfinite(matrix).all() or np.linalg.det(matrix) == 0:
        raise ValueError("no plain frame or pixels")
    centre = (float(wcs.wcs.crval[lng]), float(wcs.wcs.crval[lat]))
    pixel = (float(wcs.wcs.crpix[0]), float(wcs.wcs.crpix[1]))
    return FlatSky(frame, float(wcs.wcs.equinox), _projection(wcs), centre, pixel, matrix, off)


def _fitted(wcs: WCS, shape: tuple[int, int]) -> tuple[WCS, float] | None:
    height, width = shape
    x, y = (
        a.ravel() for a in np.meshgrid(*(np.linspace(0, n - 1, _GRID) for n in (width, height)))
    )
    sky: Any = wcs.pixel_to_world(x, y)
    if not isinstance(sky, SkyCoord):
        return None
    sky = sky.icrs
    good = np.isfinite(sky.ra.deg) & np.isfinite(sky.dec.deg)
    if good.sum() < 2 * _GRID:
        return None
    x, y, sky = x[good], y[good], sky[good]
    fitted: Any = fit_wcs_from_points((x, y), sky, proj_point="center", projection="TAN")
    there = np.asarray(fitted.world_to_pixel(sky))
    return fitted, float(np.hypot(there[0] - x, there[1] - y).max())
