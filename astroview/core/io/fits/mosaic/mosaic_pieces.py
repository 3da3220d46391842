"""Which HDUs of a file make a mosaic, and how a mosaic is asked for.

A mosaic stands where an HDU does: ``hdu="mosaic:iraf"`` or ``"mosaic:wcs"`` of whatever opens a
file, so that it is enhanced, saved, restored and told of as any image of the file is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from astroview.core.io.flag_names import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from astroview.core.io.fits.hdu_info import HduInfo

Way = Literal["iraf", "wcs"]

MOSAIC = "mosaic"
WAYS: tuple[Way, ...] = ("iraf", "wcs")  # the first that a file can be laid out by is preferred
# Planes that tell of a picture and are none; of "CHIP1.RMS" the last word counts.
_OF_A_PICTURE = re.compile(
    r"ERR(OR)?S?|ERRDATA|UNC|UNCERT(AINTY)?|SIGMA|STD(DEV)?|RMS|VAR(IANCE)?|STAT|IVAR|INVVAR|"
    r"WHT|WGT|WT|WEIGHTS?|CTX|CON|EXP|BKG|BACKGROUND|SKY|PSF|FLG",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[.\s:]")


def asked_mosaic(hdu: int | str | None) -> Way | Literal["any"] | None:
    """How a mosaic is to be laid out, where one is asked for: ``mosaic``, ``mosaic:iraf`` ..."""
    if not isinstance(hdu, str):
        return None
    begin, _, way = hdu.strip().lower().partition(":")
    if begin != MOSAIC:
        return None
    if not way:
        return "any"
    return way if way in WAYS else None


def mosaic_name(way: Way) -> str:
    """The name of a mosaic, as an HDU."""
    return f"{MOSAIC}:{way}"


def ways(hdus: Sequence[HduInfo]) -> tuple[Way, ...]:
    """The ways by which two or more of these HDUs can be laid out."""
    return tuple(way for way in WAYS if len(pieces(hdus, way)) > 1)


def pieces(hdus: Iterable[HduInfo], way: Way) -> list[HduInfo]:
    """The HDUs that a mosaic is made of.

    Grey pictures that say where they lie. Where the first one's name comes again (``SCI``), those
    of that name; otherwise all but errors, weights and flags.
    """
    images = [
        info for info in hdus
        if way in info.ways and info.is_image and info.planes == info.channels == 1
        and min(info.shape[-2:]) > 1
    ]  # fmt: skip
    if not images:
        return []
    name = images[0].name.strip().upper()
    named = [info for info in images if name and info.name.strip().upper() == name]
    if len(named) > 1:
        return named
    return [info for info in images if not _is_about_a_picture(info.name)]


def _is_about_a_picture(name: str) -> bool:
    last = _WORDS.split(name.strip())[-1]
    return bool(FLAGS.fullmatch(last) or _OF_A_PICTURE.fullmatch(last))
