"""Sky coordinates: read-out, and coordinates that stay true when a frame is magnified.

FITS pixel p (centre of the first = 1) of a frame becomes p' = s (p - 1/2) + 1/2 in a frame
magnified s times: pixel *edges* stay where they are on the sky.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from astropy.wcs import WCS, DistortionLookupTable, Sip

from astroview.core.fits_headers import number, plane_header, without_tables
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.pixel_cards import scaled_cards

if TYPE_CHECKING:
    from astropy.io import fits
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

_SIP_ORDERS = ("A_ORDER", "B_ORDER", "AP_ORDER", "BP_ORDER")
_MAX_SIP_ORDER = 9
# What the library raises on cards that are no coordinates, such as CTYPE1 = T.
_NO_SOLUTION = (ValueError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError,
                AssertionError, OSError, MemoryError)  # fmt: skip


def read_wcs(header: fits.Header, tables: fits.HDUList | None = None) -> WCS | None:
    """The celestial coordinates of the first two axes, or None.

    `tables` is the open file, for look-up distortions. A distortion polynomial of more than
    9 orders (the most that the SIP convention can write) is no solution of this sky: None.
    """
    if any(not 0 <= number(header, key, 0) <= _MAX_SIP_ORDER for key in _SIP_ORDERS):
        return None  # the library would count its terms, order times order
    with collected_warnings():
        try:
            wcs = WCS(plane_header(header), fobj=tables, naxis=2)
        except _NO_SOLUTION:
            return None
        if wcs.pixel_shape is not None and len(wcs.pixel_shape) != 2:  # a cube lists all axes
            wcs.pixel_shape = wcs.pixel_shape[:2] if len(wcs.pixel_shape) > 2 else None
        return wcs if wcs.has_celestial else None


def scaled_header(header: fits.Header, scale: int, shape: tuple[int, int]) -> fits.Header:
    """A copy of the header for the same sky in a frame magnified `scale` times.

    Every card whose truth depends on the pixel is rescaled or dropped; see `pixel_cards`.
    `shape` is the (H, W) of the result, for NAXIS1 and NAXIS2.
    """
    return rescaled_header(header, scale, shape)[0]


def rescaled_header(
    header: fits.Header, scale: int, shape: tuple[int, int]
) -> tuple[fits.Header, tuple[str, ...]]:
    """`scaled_header`, and the keywords that had to be dropped."""
    scaled, dropped = scaled_cards(header, scale)
    for axis, length in (("NAXIS1", shape[1]), ("NAXIS2", shape[0])):
        if axis in scaled:
            scaled[axis] = length
    return scaled, dropped


def scaled_wcs(wcs: WCS | None, scale: int, header: fits.Header | None = None) -> WCS | None:
    """The same sky for a frame magnified `scale` times, look-up distortions included.

    `header` is the result of `scaled_header`. Without it, plate solutions that only a header
    can express (Digitized Sky Survey) have no rescaled form, and the answer is None.
    """
    if wcs is None or scale == 1:
        return wcs
    scaled = _rescaled(wcs, scale)
    if _same_sky(wcs, scaled, scale):
        return scaled
    again = read_wcs(without_tables(header)) if header is not None else None
    return again if again is not None and _same_sky(wcs, again, scale) else None


def _rescaled(wcs: WCS, scale: int) -> WCS:
    scaled = wcs.deepcopy()
    turn, increments = wcs.wcs.get_pc(), wcs.wcs.get_cdelt()
    if scaled.wcs.has_cd():
        del scaled.wcs.cd  # its content is in get_pc
    scaled.wcs.crpix = scale * (wcs.wcs.crpix - 0.5) + 0.5
    scaled.wcs.pc, scaled.wcs.cdelt = turn, increments / scale
    if wcs.sip is not None:
        scaled.sip = _scaled_sip(wcs.sip, scale)
    for name in ("cpdis1", "cpdis2", "det2im1", "det2im2"):
        if (table := getattr(wcs, name)) is not None:
            setattr(scaled, name, _scaled_table(table, scale))
    if wcs.pixel_shape is not None:
        scaled.pixel_shape = tuple(n * scale for n in wcs.pixel_shape)
    return scaled


def _same_sky(wcs: WCS, scaled: WCS, scale: int) -> bool:
    """Whether a few pixels of both are at one place, to a hundredth of a (fine) pixel."""
    across, up = wcs.pixel_shape or (256, 256)
    some = np.array([[x * across, y * up] for x in (0.0, 0.5, 1.0) for y in (0.0, 0.5, 1.0)])
    with np.errstate(all="ignore"):
        there = np.asarray(wcs.all_pix2world(some, 0))
        also = np.asarray(scaled.all_pix2world((some + 0.5) * scale - 0.5, 0))
    apart = np.abs((there - also + 180) % 360 - 180)
    apart[:, wcs.wcs.lng] *= np.cos(np.deg2rad(there[:, wcs.wcs.lat]))
    return float(np.nan_to_num(apart).max()) * 3600 <= 0.01 * plate_scale(wcs) / scale


def _scaled_sip(sip: Any, scale: int) -> Any:
    def rescale(terms: NDArray[np.float64] | None) -> NDArray[np.float64] | None:
        if terms is None:
            return None
        i, j = np.indices(terms.shape)
        return terms * float(scale) ** (1 - i - j)

    parts = (rescale(terms) for terms in (sip.a, sip.b, sip.ap, sip.bp))
    return Sip(*parts, scale * (sip.crpix - 0.5) + 0.5)


def _scaled_table(table: Any, scale: int) -> Any:
    """A table of pixel offsets: both the offsets and the pixels it is spaced by grow."""
    return DistortionLookupTable(
        (table.data * scale).astype(np.float32),
        tuple(table.crpix),
        tuple(scale * (np.asarray(table.crval) - 0.5) + 0.5),
        tuple(np.asarray(table.cdelt) * scale),
    )


def sky_at(frame: Frame, x: float, y: float) -> tuple[float, float] | None:
    """(RA, Dec) in degrees, ICRS or the frame's own equinox, of a place in a frame.

    x, y count from the centre of the top left pixel (0, 0). None where there is no sky.
    """
    if frame.wcs is None:
        return None
    with np.errstate(all="ignore"):
        lon, lat = frame.wcs.all_pix2world([[x, frame.shape[0] - 1 - y]], 0)[0]
    if frame.wcs.wcs.lng == 1:
        lon, lat = lat, lon
    if not (np.isfinite(lon) and np.isfinite(lat)):
        return None
    return _equatorial(frame.wcs, float(lon), float(lat))


def celestial_frame(wcs: WCS) -> Any:
    """The coordinate frame of astropy that a WCS is in. Raises ValueError where there is none.

    astropy itself takes ecliptic longitudes for right ascensions, and knows no supergalactic ones.
    """
    from astropy import coordinates
    from astropy.wcs.utils import wcs_to_celestial_frame

    if wcs.wcs.lngtyp == "SLON":
        return coordinates.Supergalactic()
    if wcs.wcs.lngtyp != "ELON":
        return wcs_to_celestial_frame(wcs)
    year = wcs.wcs.equinox if np.isfinite(wcs.wcs.equinox) else 2000.0
    return coordinates.BarycentricMeanEcliptic(equinox=f"J{year}")


def _equatorial(wcs: WCS, lon: float, lat: float) -> tuple[float, float] | None:
    system = wcs.wcs.lngtyp
    if system == "RA":
        return lon % 360.0, lat
    if system not in ("GLON", "SLON", "ELON"):
        return None  # the Sun or a planet
    from astropy.coordinates import SkyCoord

    there: Any = SkyCoord(lon, lat, unit="deg", frame=celestial_frame(wcs))
    there = there.icrs
    return float(there.ra.deg), float(there.dec.deg)


def plate_scale(wcs: WCS) -> float:
    """Side of a pixel in arcseconds (geometric mean of the two axes, at the reference)."""
    matrix = wcs.pixel_scale_matrix
    return float(np.sqrt(abs(np.linalg.det(matrix)))) * 3600.0


def format_sky(ra_deg: float, dec_deg: float) -> str:
    """`14 03 12.55  +54 20 56.7` (hours minutes seconds, degrees minutes seconds)."""
    ra = round(ra_deg / 15.0 * 360000) % (24 * 360000)  # hundredths of a second
    dec = round(abs(dec_deg) * 36000)  # tenths of an arcsecond
    sign = "-" if dec_deg < 0 and dec else "+"
    hours = f"{ra // 360000:02d} {ra // 6000 % 60:02d} {ra % 6000 / 100:05.2f}"
    return f"{hours}  {sign}{dec // 36000:02d} {dec // 600 % 60:02d} {dec % 600 / 10:04.1f}"
