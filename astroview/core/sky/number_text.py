"""Numbers as people read and copy them."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import Any

import numpy as np

MOST_DIGITS = 15
_LONG = 1e12  # what is larger is easier to read with an exponent


def significant(number: float, digits: int = 6) -> str:
    """A number with so many significant digits, no exponent where it can be helped."""
    if not isfinite(number):
        return "–"
    if number == int(number) and abs(number) < 1e9:
        return str(int(number))
    if 10.0 ** (digits - 1) <= abs(number) < _LONG:
        return f"{number:.0f}"  # 31193350, not 3.119335e+07
    return f"{number:.{digits}g}"


def sample_text(number: np.number[Any]) -> str:
    """A sample with the digits that it is stored with: whole numbers all, float64 up to 10."""
    if isinstance(number, np.integer):
        return str(int(number))
    return significant(float(number), 10 if isinstance(number, np.float64) else 8)


def level_text(level: float, largest: float, spread: float, digits: int = 6) -> str:
    """A level of samples, of which the largest and the spread are told: as many digits, at least,
    as tell levels apart by a hundredth of the spread. Whole numbers have all of theirs.
    """
    if isinstance(level, int):
        return str(level)
    if 0 < spread < largest and isfinite(largest):
        digits = min(max(digits, ceil(log10(largest / spread)) + 2), MOST_DIGITS)
    return significant(level, digits)


def with_error(number: float, error: float) -> str:
    """`1234.6 ± 2.3`: the error with two digits, the number to the same decimal."""
    if not (isfinite(error) and error > 0 and isfinite(number)):
        return significant(number)
    decimals = 1 - floor(log10(error))
    if -8 < decimals < 0:
        return f"{number:.0f} ± {error:.0f}"
    if not 0 <= decimals <= 8:
        return f"{significant(number)} ± {significant(error, 2)}"
    return f"{number:.{decimals}f} ± {error:.{decimals}f}"


def angle(arcsec: float) -> str:
    """An angle in the unit that suits its size: `12.3″`, `4.51′`, `1.20°`, `35 mas`."""
    size = abs(arcsec)
    if size < 0.1:
        return f"{arcsec * 1000:.3g} mas"
    if size < 120:
        return f"{arcsec:.4g}″"
    return f"{arcsec / 60:.4g}′" if size < 7200 else f"{arcsec / 3600:.4g}°"


def as_text(title: str, rows: list[tuple[str, str]]) -> str:
    """A title and named values as lines with tabs, to paste into notes or a spreadsheet."""
    return "\n".join([title, *(f"{name}\t{value}" for name, value in rows)])
