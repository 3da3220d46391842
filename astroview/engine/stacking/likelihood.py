"""The sky that explains the pixels of all frames best: maximum likelihood, by iteration.

Richardson (1972) and Lucy (1974) with a Gaussian floor under the photons (Snyder et al. 1995), on
splines (`splines`). Light is never negative, but measured from three sigmas below the sky, so
that noise around the sky is not cut and the sky's level is not raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from astroview.engine.stacking.matched_frame import MatchedFrame
    from astroview.engine.stacking.tile_pieces import TilePixels

    Samples = NDArray[np.float32]

BELOW = 3.0  # sigmas of one frame under the sky from which light is measured
_TINY = np.float32(1e-6)


@dataclass(frozen=True)
class NoiseModel:
    """Variance of a sample: that of the sky, and ``photons`` times the light above it.

    Attributes
    ----------
    sigma
        Of the sky of the best frame, in `MatchedFrame.unit`.
    photons
        In the same unit: 1 / unit where samples are electrons.
    """

    sigma: float
    photons: float

    def variance(self, exposure: MatchedFrame, light: Samples) -> Samples:
        """Of samples of a frame whose light above the sky is this."""
        by_light = self.photons / exposure.gain * np.maximum(light, 0)
        return np.asarray(exposure.noise**2 + by_light, np.float32)

    def offset(self, exposure: MatchedFrame) -> float:
        """Light that would have the sky's noise."""
        return exposure.noise**2 * exposure.gain / self.photons

    def floor(self, exposures: Sequence[MatchedFrame]) -> float:
        """How far below the sky light is measured from."""
        least = min(self.offset(exposure) for exposure in exposures)
        return min(BELOW * self.sigma, 0.8 * least)


def first_guess(sigma: float) -> NoiseModel:
    """Before frames have told: photons' noise equals the sky's at nine sigmas of light."""
    return NoiseModel(sigma, sigma / 9)


def iterate(
    pieces: Sequence[TilePixels],
    noise: NoiseModel,
    shape: tuple[int, int],
    start: Samples | None = None,
) -> Iterator[Samples]:
    """Coefficients above (sky - floor), better and better; each is a new array (n, m).

    Where no pixel looks the answer stays what it was.
    """
    exposures = [piece.exposure for piece in pieces]
    floor = np.float32(noise.floor(exposures))
    worth = [np.float32(e.gain) for e in exposures]
    norm = np.zeros(shape, np.float32)
    light = np.zeros(shape, np.float32)
    for piece, share in zip(pieces, worth, strict=True):
        norm += share * piece.sees.back(piece.good)
        light += share * piece.sees.back(piece.good * piece.values)
    known = norm > _TINY * max(worth, default=1)
    safe = np.where(known, norm, 1)
    least = np.float32(0.05 * noise.sigma)
    s = np.maximum(light / safe + floor, least) if start is None else np.maximum(start, _TINY)
    offsets = [np.float32(noise.offset(e)) for e in exposures]
    while True:
        pull = np.zeros(shape, np.float32)
        for piece, share, offset in zip(pieces, worth, offsets, strict=True):
            expected = np.maximum(piece.sees.forward(s) - floor + offset, _TINY)
            ratio = np.asarray(np.maximum(piece.values + offset, 0) / expected, np.float32)
            pull += share * piece.sees.back(piece.good * ratio)
        s = np.where(known, s * pull / safe, s)
        yield s


def solve(
    pieces: Sequence[TilePixels],
    noise: NoiseModel,
    shape: tuple[int, int],
    rounds: int,
    start: Samples | None = None,
) -> Samples:
    """The coefficients after so many rounds."""
    s = np.zeros(shape, np.float32)
    for done, s in enumerate(iterate(pieces, noise, shape, start), start=1):  # noqa: B007
        if done >= rounds:
            break
    return s


def expected(piece: TilePixels, s: Samples, floor: float) -> Samples:
    """What a frame's pixels ought to be, above the sky, by the coefficients."""
    return piece.sees.forward(s) - np.float32(floor)


def information(
    pieces: Sequence[TilePixels], noise: NoiseModel, s: Samples, floor: float
) -> Samples:
    """What the pixels know of each fine pixel: one over a variance (n, m)."""
    total = np.zeros_like(s)
    for piece in pieces:
        variance = noise.variance(piece.exposure, expected(piece, s, floor))
        total += piece.sees.back(piece.good / variance)
    return total
