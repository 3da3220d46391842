"""The units in which a spectral axis is read: those of the trade, not those of the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# From a unit of the standard to one that is read: where the numbers are at least so large.
_READ = {
    "Hz": ((1e9, "GHz", 1e-9), (1e6, "MHz", 1e-6), (0.0, "Hz", 1.0)),
    "m": ((1e-1, "m", 1.0), (1e-3, "mm", 1e3), (2.5e-6, "um", 1e6), (0.0, "nm", 1e9)),
    "m/s": ((0.0, "km/s", 1e-3),),
    "J": ((0.0, "keV", 1 / 1.602176634e-16),),  # CODATA 2018, exact
}
_SPELLINGS = {"ms-1": "m/s", "m.s-1": "m/s", "ms^-1": "m/s", "m*s-1": "m/s", "ms**-1": "m/s"}


def readable(values: Iterable[float], unit: str) -> tuple[str, float]:
    """The unit in which values in ``unit`` are read, and how many of it one of ``unit`` is.

    A unit that is none of the standard's, or is read as it is, is kept as it is written.
    """
    short = unit.replace(" ", "")
    known = _SPELLINGS.get(short, short)
    largest = max((abs(value) for value in values), default=0.0)
    for least, name, factor in _READ.get(known, ()):
        if largest >= least:
            return name, factor
    return short, 1.0
