"""Which numbers of a plane of flags mean that a pixel is no measurement, as its header tells.

Sources: JWST and Roman, bit 0 is DO_NOT_USE (JWST data quality flags); HST, the tables of flags
of the instruments' data handbooks; ESO, the science data products standard (HDUCLAS3, QUALMASK);
LSST and HSC, the cards MP_* of a mask plane; Gemini, DRAGONS' data quality plane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from astropy.io import fits

    Cards = fits.Header | Mapping[str, Any]

DO_NOT_USE = 1
# Of HST: lost, filled, bad, masked, hot, bad column, full, A-to-D full, cosmic rays. Not: tails of
# charge transfer, warm pixels, uncertain flats, charge traps, ghosts: calibrated values are there.
HST = 1 | 2 | 4 | 8 | 16 | 128 | 256 | 2048 | 4096 | 8192
# Of its infrared ramps: what signal in the zeroth read and a cosmic ray leave is fitted.
HST_RAMPS = HST & ~(2048 | 8192)
GEMINI = 1 | 4 | 8 | 16 | 64  # bad, saturated, cosmic ray, no data, not illuminated
LSST = ("BAD", "SAT", "CR", "NO_DATA", "INTRP", "UNMASKEDNAN")


@dataclass(frozen=True)
class FlagMeaning:
    """What is bad in a plane of flags.

    Attributes
    ----------
    bits
        A pixel with any of these is; None: with any at all.
    inverted
        Zero is bad, all else good.
    said
        Whose convention that is, for the history.
    """

    bits: int | None = None
    inverted: bool = False
    said: str = "all but 0"

    def bad(self, numbers: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of some flags, any shape, are bad; NaN is no flag."""
        whole = np.nan_to_num(numbers).astype(np.int64)
        if self.inverted:
            return whole == 0
        return (whole if self.bits is None else whole & self.bits) != 0


def flag_meaning(plane: Cards, picture: Cards) -> FlagMeaning:
    """The meaning of a plane by its header, and by that of the picture with its file's."""
    told = _eso(plane) or _lsst(plane)
    if told is not None:
        return told
    telescope = _word(picture, "TELESCOP") or _word(plane, "TELESCOP")
    instrument, detector = _word(picture, "INSTRUME"), _word(picture, "DETECTOR")
    if telescope in ("JWST", "ROMAN"):
        return FlagMeaning(DO_NOT_USE, said=f"bit 0, DO_NOT_USE of {telescope}")
    if telescope == "HST" and instrument != "WFPC2":
        ramps = instrument == "NICMOS" or (instrument == "WFC3" and detector == "IR")
        bits = HST_RAMPS if ramps else HST
        return FlagMeaning(bits, said=f"bits {bits} of HST {instrument}".rstrip())
    if telescope.startswith("GEMINI"):
        return FlagMeaning(GEMINI, said=f"bits {GEMINI} of Gemini")
    return FlagMeaning()


def _eso(plane: Cards) -> FlagMeaning | None:
    kind, bits = _word(plane, "HDUCLAS3"), plane.get("QUALMASK")
    if kind == "MASKONE":
        return FlagMeaning(inverted=True, said="0, MASKONE of ESO")
    if kind.startswith("FLAG") and isinstance(bits, int) and bits > 0:
        return FlagMeaning(bits, said=f"bits {bits}, QUALMASK of ESO")
    return None


def _lsst(plane: Cards) -> FlagMeaning | None:
    """Mask planes tell what was detected, too: their cards name each bit."""
    if not any(str(key).startswith("MP_") for key in plane):
        return None
    places = [plane.get(f"MP_{name}") for name in LSST]
    bits = sum(1 << p for p in places if isinstance(p, int) and 0 <= p < 63)
    return FlagMeaning(bits, said=f"bits {bits}, by its cards MP_*")


def _word(header: Cards, keyword: str) -> str:
    value = header.get(keyword, "")
    return str(value).strip().upper() if isinstance(value, str) else ""
