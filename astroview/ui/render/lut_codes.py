"""Samples on a 16-bit axis of their own, so that any display is one look-up away.

Coding costs a logarithm a sample, once, when samples are read. After that a change of stretch,
limits, colours or marks computes 65,536 values, not millions. The axis is asinh about the median
with the noise as its unit: a step is below a thousandth of the noise near the sky and below a
thousandth of the value far from it.

Legend: ``code`` 0..TOP stands for a value, NO_DATA for NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]
NO_DATA = 65535
TOP = NO_DATA - 1
SIZE = NO_DATA + 1
_GLANCE = 200_000  # samples that median and spread are taken of


@dataclass(frozen=True, eq=False)
class Coded:
    """One channel: codes (H, W) and what each code stands for (SIZE values, the last NaN)."""

    codes: NDArray[np.uint16]
    values: FloatArray


def encode(plane: FloatArray) -> Coded:
    """Codes of one channel (H, W); NaN allowed. Exact where a plane holds few values."""
    finite = plane[np.isfinite(plane)]
    if finite.size == 0:
        return Coded(np.full(plane.shape, NO_DATA, np.uint16), _with_nan(np.zeros(SIZE - 1)))
    low, high = float(finite.min()), float(finite.max())
    centre, unit = _axis(finite, low, high)
    first, last = (float(np.arcsinh((end - centre) / unit)) for end in (low, high))
    step = (last - first) / TOP or 1.0
    with np.errstate(over="ignore", invalid="ignore"):
        place = plane - np.float32(centre)
        place *= np.float32(1 / unit)
        np.arcsinh(place, out=place)
    place -= np.float32(first)
    place *= np.float32(1 / step)
    place += np.float32(0.5)
    np.clip(place, 0, TOP, out=place)
    if finite.size != plane.size:
        place[np.isnan(place)] = NO_DATA
    with np.errstate(over="ignore"):
        values = centre + unit * np.sinh(first + step * np.arange(SIZE - 1))
    return Coded(place.astype(np.uint16), _with_nan(np.clip(values, low, high)))


def _axis(finite: FloatArray, low: float, high: float) -> tuple[float, float]:
    """Median and about twice the noise, in float64."""
    some = finite[:: max(1, finite.size // _GLANCE)].astype(np.float64)
    centre = float(np.median(some))
    spread = float(np.median(np.abs(some - centre))) * 1.4826
    widest = max(high - low, abs(high) * 1e-6, 1e-30)
    return centre, min(max(2 * spread, widest * 1e-7, 1e-35), 1e37)


def _with_nan(values: NDArray[np.floating]) -> FloatArray:
    return np.append(values, np.nan).astype(np.float32)
