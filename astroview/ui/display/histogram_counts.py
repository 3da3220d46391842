"""The histogram as numbers: counts along an axis that spreads the sky; see `histogram`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

BINS = 160


@dataclass(frozen=True)
class Counts:
    """Counts (C, BINS), scaled 0..1, between the axis positions ``first`` and ``last``."""

    levels: NDArray[np.float32]
    centre: float
    unit: float  # 0: linear axis
    first: float
    last: float

    @staticmethod
    def none() -> Counts:
        """Of no samples."""
        return Counts(np.zeros((1, BINS), np.float32), 0.0, 0.0, 0.0, 1.0)

    def position(self, value: float) -> float:
        """0..1 along the axis."""
        a = float(np.arcsinh((value - self.centre) / self.unit)) if self.unit else value
        return (a - self.first) / (self.last - self.first)

    def value(self, position: float) -> float:
        """The native value at 0..1 along the axis."""
        a = self.first + position * (self.last - self.first)
        return self.centre + self.unit * float(np.sinh(a)) if self.unit else a


def count(samples: NDArray[np.float32], physical: bool, full_scale: float | None) -> Counts:
    """Histogram of (H, W) or (H, W, 3); NaN left out; any thread."""
    channels = samples.reshape(-1, 1 if samples.ndim == 2 else samples.shape[2]).T
    finite = samples[np.isfinite(samples)]
    if finite.size == 0:
        return Counts.none()
    centre, unit = 0.0, 0.0
    low, high = float(finite.min()), float(finite.max())
    if not physical:
        low, high = 0.0, max(high, full_scale or 1.0)
    else:
        centre = float(np.median(finite))
        spread = float(np.median(np.abs(finite - centre))) * 1.4826 or float(np.std(finite))
        unit = 2 * spread or 1.0
        channels = np.arcsinh((channels - centre) / unit)
        low, high = (float(np.arcsinh((v - centre) / unit)) for v in (low, high))
    pad = (high - low) * 0.04 or 0.5
    edges = np.linspace(low - pad, high + pad, BINS + 1)
    counted = [np.histogram(c[np.isfinite(c)], edges)[0] for c in channels]
    levels = np.sqrt(np.asarray(counted, np.float32))
    return Counts(levels / max(levels.max(), 1), centre, unit, edges[0], edges[-1])
