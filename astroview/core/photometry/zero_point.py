"""The magnitude of one unit of a frame, as its header tells it."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from astroview.core.fits_headers import number, text
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astropy.io import fits

KEYWORDS = ("MAGZPT", "MAGZP", "PHOTZPT", "PHOTZP", "MAGZERO", "ZEROPNT", "ZEROPOIN", "ZP")
# Units that say it themselves (AB magnitudes): of 1 Jy it is 8.90.
UNITS = {"nanomaggy": 22.5, "nanomaggies": 22.5, "nmgy": 22.5, "jy": 8.9, "mjy": 16.4,
         "ujy": 23.9, "microjy": 23.9, "njy": 31.4}  # fmt: skip
NO_NUMBER = -999.0


@dataclass(frozen=True)
class ZeroPoint:
    """A source of one unit has this magnitude; `origin` names the cards that say so."""

    magnitude: float
    origin: str


def zero_point(header: fits.Header | None, unit: str) -> ZeroPoint | None:
    """The zero point of a frame in its unit; None where nothing is said.

    Hubble's PHOTFLAM and PHOTPLAM give AB magnitudes (STScI, "HST Magnitude Systems"): per second,
    so that EXPTIME counts where the unit does not say "/s". MJy/sr needs PIXAR_SR.
    """
    bare = unit.lower().replace(" ", "")
    if bare in UNITS and unit != "MJy":
        return ZeroPoint(UNITS[bare], f"BUNIT {unit}")
    if header is None:
        return None
    for keyword in KEYWORDS:
        value = number(header, keyword, NO_NUMBER)
        if -50 < value < 100 and value:
            return ZeroPoint(value, keyword)
    area = number(header, "PIXAR_SR", 0.0)
    if bare.startswith("mjy/sr") and area > 0:
        return ZeroPoint(8.9 - 2.5 * log10(area * 1e6), "PIXAR_SR")
    flux, pivot = number(header, "PHOTFLAM", 0.0), number(header, "PHOTPLAM", 0.0)
    if flux > 0 and pivot > 0:
        found = -2.5 * log10(flux) - 5 * log10(pivot) - 2.408
        seconds = number(header, "EXPTIME", 0.0)
        if not _per_second(text(header, "BUNIT") or unit) and seconds > 0:
            return ZeroPoint(found + 2.5 * log10(seconds), "PHOTFLAM, PHOTPLAM, EXPTIME")
        return ZeroPoint(found, "PHOTFLAM, PHOTPLAM")
    return None


def _per_second(unit: str) -> bool:
    bare = unit.lower().replace(" ", "")
    return "/s" in bare or bare.endswith(("s-1", "s**-1", "s^-1"))
