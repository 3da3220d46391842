"""Numbers that 32 bits cannot hold, brought into their range by a power of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Source, Window, read_exact, to_float32
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAID = (
    "Its numbers go beyond what 32 bits hold, and are shown in units of 10**{power}; the read-out"
    " tells them as they are."
)
_LARGEST, _SMALLEST = 1e37, 1e-35  # of numbers that float32 holds with all its digits
_SPARSE = 512  # rows and columns that are looked at for how large the numbers are
_APART, _STAND_FOR_NONE = 1e20, 8  # times as large; values at most that are no measurement
_MOSTLY = 0.5  # of the pixels are measured
_MOST = 300  # powers that float64 holds, and their reciprocals too


def power_of(source: Source, shape: tuple[int, int]) -> int:
    """The power of ten to divide the numbers of a source (H, W[, C]) by; 0 mostly."""
    numbers = np.abs(read_exact(source, Window.whole(shape), max(1, max(shape) // _SPARSE)))
    top = _largest(numbers[np.isfinite(numbers) & (numbers > 0)])
    if top == 0 or _SMALLEST <= top <= _LARGEST:
        return 0
    return int(np.clip(np.floor(np.log10(top)), -_MOST, _MOST))


def _largest(numbers: NDArray[Any]) -> float:
    """The largest number that was measured; 0 where there is none.

    A few values, of the lesser part of the pixels, so large that float32 would hold none of the
    others beside them stand for "no data", as the largest that 64 bits hold does.
    """
    largest = np.unique(numbers)[-_STAND_FOR_NONE - 1 :]
    if not largest.size:
        return 0.0
    with np.errstate(over="ignore"):
        far = np.flatnonzero(largest[1:] > _APART * largest[:-1])
    if far.size and np.mean(numbers > largest[far[0]]) < _MOSTLY:
        return float(largest[far[0]])
    return float(largest[-1])


def in_powers(unit: str, power: int) -> str:
    """The unit of numbers in `unit` that were divided by 10**power, as FITS spells it."""
    return f"10**{power} {unit}".strip()


@dataclass(frozen=True, eq=False)
class DividedSource:
    """A source's numbers divided by 10**power."""

    source: Source
    power: int

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return to_float32(self.read_exact(window, step))

    def read_exact(self, window: Window, step: int) -> NDArray[Any]:
        return read_exact(self.source, window, step) / np.float64(10.0**self.power)
