"""From expected electrons to what a camera writes: sky, Poisson and read noise, full well, gain."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from .grid import F32, F64, Floats


@dataclass(frozen=True)
class Detector:
    """A camera and its exposure.

    sky : electrons a pixel over the whole exposure
    read_noise : electrons, standard deviation, of the whole stack
    gain : electrons per ADU
    full_well : electrons at which a pixel clips
    bias : ADU added to every pixel
    """

    sky: float = 400.0
    read_noise: float = 6.0
    gain: float = 1.5
    full_well: float = 90_000.0
    bias: float = 100.0


def poisson(rng: np.random.Generator, mean: Floats) -> F64:
    """Poisson counts with `mean` >= 0, exactly one random number a pixel.

    numpy's own sampler rejects and redraws, so one rounding difference between two processors
    would change every pixel after it. Here each pixel stands alone: quantiles by summation below
    a mean of 25, and a Cornish-Fisher expansion (good to a few thousandths of a count) above.
    """
    m = mean.astype(np.float64)
    z = rng.standard_normal(m.shape)
    root = np.sqrt(np.maximum(m, 1e-12))
    counts = np.floor(m + root * z + (z**2 - 1) / 6 + (z - z**3) / (72 * root) + 0.5)
    few = m < 25
    counts[few] = _quantile(np.asarray(ndtr(z[few]), np.float64), m[few])
    return np.maximum(counts, 0)


def _quantile(u: F64, mean: F64) -> F64:
    """Smallest k with P(count <= k) >= u."""
    counts = np.zeros_like(mean)
    term = np.exp(-mean)
    below = term.copy()
    for k in range(1, 90):
        more = u > below
        if not more.any():
            break
        counts += more
        term = term * mean / k
        below += term
    return counts


def expose(rng: np.random.Generator, electrons: Floats, detector: Detector) -> F32:
    """Noisy electrons, sky included, of expected `electrons` (H, W) or (H, W, bands)."""
    counts = poisson(rng, np.maximum(electrons, 0) + np.float32(detector.sky))
    counts += detector.read_noise * rng.standard_normal(counts.shape)
    return np.minimum(counts, detector.full_well).astype(np.float32)


def digitise(electrons: Floats, detector: Detector) -> NDArray[np.uint16]:
    """Electrons to 16-bit ADU with bias."""
    adu = np.rint(electrons / detector.gain + detector.bias)
    return np.clip(adu, 0, 65535).astype(np.uint16)
