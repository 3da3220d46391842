"""What the planes of a FITS cube are, by its header: colours, bands, polarisation or a spectrum."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.fits_headers import number, text
from astroview.core.io.fits.spectral_units import readable

if TYPE_CHECKING:
    from astropy.io import fits

MOST = 4096  # planes that get names
_SPECTRAL = {
    "FREQ": "Hz", "WAVE": "m", "AWAV": "m", "VELO": "m/s", "VRAD": "m/s", "VOPT": "m/s",
    "FELO": "m/s", "ENER": "J", "WAVN": "1/m", "ZOPT": "", "BETA": "",
}  # fmt: skip
_STOKES = {
    1: "I", 2: "Q", 3: "U", 4: "V", -1: "RR", -2: "LL", -3: "RL", -4: "LR",
    -5: "XX", -6: "YY", -7: "XY", -8: "YX",
}  # fmt: skip
# What a third axis that is no colour leaves in a header, also where CTYPE3 is missing.
_OTHER_AXIS = (
    *("BANDS", "BAND0", "BAND1", "CTYPE4", "CUNIT3"),
    *("SPECSYS", "RESTFRQ", "RESTFREQ", "RESTWAV"),
)
_IRAF_AXES = "WCSDIM"


def are_colours(header: fits.Header, shape: tuple[int, ...]) -> bool:
    """Whether three planes are red, green and blue.

    They say so (Siril, this program), or say nothing of a third axis: neither of files without
    coordinates (PixInsight, GraXpert, ImageMagick) nor of those that a plate solver gave
    coordinates of the first two axes (astrometry.net, ASTAP). A cube whose header speaks of
    bands, of a spectrum or of a third axis of its own is no colour picture.
    """
    if len(shape) < 3 or shape[-3] != 3 or prod(shape[:-3]) != 1:  # of further axes of length 1
        return False
    spoken = (text(header, "CTYPE3") or text(header, "COLORSPC")).upper()
    if spoken:
        return spoken.startswith(("RGB", "COLOR", "COLOUR"))
    if any(text(header, keyword) for keyword in _OTHER_AXIS):
        return False
    if number(header, _IRAF_AXES, 2) > 2 or not _first_two_are_sky(header):
        return False
    steps = [number(header, k, 1.0) for k in ("CDELT3", "CD3_3")]
    return all(step in (0.0, 1.0) for step in (*steps, number(header, "CRVAL3", 0.0)))


def side_by_side(header: fits.Header, shape: tuple[int, ...]) -> bool:
    """Whether the three colours of a pixel lie side by side (NAXIS1 = 3), as programs write that
    store pictures as screens hold them. A cube that names an axis otherwise is none of these.
    """
    if len(shape) != 3 or shape[2] != 3 or min(shape[:2]) <= 3:
        return False
    first, *others = (text(header, f"CTYPE{axis}").upper() for axis in (1, 2, 3))
    colours = not first or first.startswith(("RGB", "COLOR", "COLOUR"))
    return colours and not any((*others, *(text(header, k) for k in _OTHER_AXIS)))


def plane_names(header: fits.Header, shape: tuple[int, ...]) -> tuple[str, ...]:
    """What each plane of a cube is, in the order in which planes are counted; () if not said."""
    higher = shape[:-2]
    count = prod(higher)
    if not higher or not 1 < count <= MOST:
        return ()
    if names := _band_names(header, count):
        return names
    axes = [_axis_names(header, axis + 3, length) for axis, length in enumerate(higher[::-1])]
    if not any(axes):
        return ()
    found: list[str] = []
    for index in range(count):
        places = np.unravel_index(index, higher)[::-1]
        each = (axis[int(place)] for axis, place in zip(axes, places, strict=True) if axis)
        found.append(", ".join(each))
    return tuple(found)


def _first_two_are_sky(header: fits.Header) -> bool:
    """Whether the first two axes are on the sky, or nothing is said of them."""
    first = [text(header, keyword).upper() for keyword in ("CTYPE1", "CTYPE2")]
    return not any(name[:4] in _SPECTRAL or name.startswith("STOKES") for name in first)


def _band_names(header: fits.Header, count: int) -> tuple[str, ...]:
    """As the Legacy Surveys write them: BAND0, BAND1 ..., or BANDS = 'grz'."""
    names = tuple(text(header, f"BAND{i}") for i in range(count)) if count <= 64 else ()
    if names and all(names):
        return names
    bands = text(header, "BANDS")
    each = tuple(bands.split(",")) if "," in bands else tuple(bands)
    return tuple(name.strip() for name in each) if len(each) == count else ()


def _axis_names(header: fits.Header, axis: int, length: int) -> tuple[str, ...]:
    """What the places along an axis are; () for one that is not understood, or of length 1."""
    kind = text(header, f"CTYPE{axis}").upper()
    if length == 1 or not kind:
        return ()
    step = number(header, f"CDELT{axis}", number(header, f"CD{axis}_{axis}", 1.0))
    start, first = number(header, f"CRVAL{axis}", 0.0), number(header, f"CRPIX{axis}", 0.0)
    values = [start + (i + 1 - first) * step for i in range(length)]
    if not np.isfinite(values).all():
        return ()
    if kind.startswith("STOKES"):
        return tuple(f"Stokes {_STOKES.get(round(value), round(value))}" for value in values)
    if kind[:4] not in _SPECTRAL or "-" in kind[4:]:  # such as WAVE-LOG: not linear
        return ()
    unit, factor = readable(values, text(header, f"CUNIT{axis}") or _SPECTRAL[kind[:4]])
    return tuple(f"{_number(value * factor, step * factor)} {unit}".strip() for value in values)


def _number(value: float, step: float) -> str:
    """A value with as many digits as steps ask for."""
    if not value or not step:
        return f"{value:.6g}"
    digits = int(max(4, min(15, np.ceil(np.log10(abs(value / step) + 1)) + 2)))
    return f"{value:.{digits}g}"
