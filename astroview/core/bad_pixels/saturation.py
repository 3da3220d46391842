"""From which value on a detector or a data type has no more to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from astroview.core.frame import Frame

KEYWORDS = ("SATURATE", "SATLEVEL", "SATURATA", "ESOSATLV")
_LARGEST = {8: 255, 16: 32767, 32: 2**31 - 1}  # stored values, by BITPIX


def saturation_level(frame: Frame) -> float | None:
    """The value from which on samples count as saturated, in native units.

    What the header says (SATURATE and its like); else the largest value that the stored type
    can hold; None for floating-point samples whose header says nothing.
    """
    if frame.kind == "display":
        return frame.full_scale
    if frame.header is None:
        return None
    from astroview.core.fits_headers import integer, number  # loads astropy: not for a first look

    for keyword in KEYWORDS:
        level = number(frame.header, keyword, 0.0)
        if 0.0 < level < float("inf"):
            return level
    try:
        largest = _LARGEST.get(integer(frame.header, "BITPIX", 0))
    except ValueError:
        return None
    if largest is None:
        return None
    slope = number(frame.header, "BSCALE", 1.0)
    return largest * slope + number(frame.header, "BZERO", 0.0) if slope > 0 else None
