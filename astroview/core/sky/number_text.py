"""Numbers as people read and copy them."""

from __future__ import annotations

from math import floor, isfinite, log10

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
