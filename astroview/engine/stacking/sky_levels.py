"""The sky level and noise of frames where no window of theirs shows plain sky."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from astroview.core.sky.sky_noise import BOXES, SkyNoise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

_SAMPLES = 400  # rows and columns looked at


def plain_sky(frame: Frame) -> SkyNoise:
    """Median, and the spread below it (else above), of a sparse sample; noise is never 0."""
    step = max(1, max(frame.shape) // _SAMPLES)
    samples = frame.read(step=step)
    good = samples[np.isfinite(samples)].astype(np.float64)
    if not good.size:
        return SkyNoise((0.0, 0.0, 0.0), (1.0,) * len(BOXES))
    level = float(np.median(good))
    # A sky that was cut off at its level has noise above it only.
    sigma = _spread(level - good[good < level]) or _spread(good[good > level] - level)
    sigma = sigma or 1e-3 * float(np.std(good)) or 1e-6 * max(abs(level), 1.0)
    return SkyNoise((level, 0.0, 0.0), (sigma,) * len(BOXES))


def _spread(off: NDArray[np.float64]) -> float:
    return float(np.median(off)) / 0.6745 if off.size else 0.0
