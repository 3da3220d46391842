"""Curves fitted to a star's samples: Gaussian and Moffat, by least squares."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray


MOST_FWHM = 320.0  # pixels
GAUSSIAN_FWHM = 2.0 * sqrt(2.0 * np.log(2.0))


@dataclass(frozen=True)
class RadialCurve:
    """A fitted curve about the background; `beta` is None for a Gaussian.

    Attributes
    ----------
    rms
        Of the residuals, native units.
    """

    amplitude: float
    fwhm: float
    beta: float | None
    rms: float

    def at(self, radius: NDArray[np.float64]) -> NDArray[np.float64]:
        """Height above the background at distances in pixels."""
        if self.beta is None:
            return self.amplitude * np.exp(-((radius * GAUSSIAN_FWHM / self.fwhm) ** 2) / 2)
        core = self.fwhm / 2 / sqrt(2 ** (1 / self.beta) - 1)
        return self.amplitude * (1 + (radius / core) ** 2) ** -self.beta


def fit_gaussian(
    radius: NDArray[np.float64], values: NDArray[np.float64], width: float
) -> RadialCurve:
    def residuals(guess: NDArray[np.float64]) -> NDArray[np.float64]:
        return RadialCurve(guess[0], guess[1], None, 0.0).at(radius) - values

    top = max(float(values[:5].max(initial=0.0)), 1e-30)
    return _fitted(residuals, [top, width], [0.0, 0.3], [np.inf, MOST_FWHM], top)


def fit_moffat(
    radius: NDArray[np.float64], values: NDArray[np.float64], start: RadialCurve
) -> RadialCurve:
    def residuals(guess: NDArray[np.float64]) -> NDArray[np.float64]:
        return RadialCurve(guess[0], guess[1], guess[2], 0.0).at(radius) - values

    low, high = [0.0, 0.3, 1.05], [np.inf, MOST_FWHM, 20.0]
    top = max(start.amplitude, 1e-30)
    return _fitted(residuals, [top, start.fwhm, 3.0], low, high, top)


def _fitted(
    residuals: Any, start: list[float], low: list[float], high: list[float], top: float
) -> RadialCurve:
    from scipy.optimize import least_squares

    guess = np.clip(start, np.array(low) + 1e-9 * np.abs(start), high)
    scale = [top, *np.abs(guess[1:])]
    found: Any = least_squares(residuals, guess, bounds=(low, high), x_scale=scale, max_nfev=300)
    beta = float(found.x[2]) if len(start) == 3 else None
    rms = float(np.sqrt(np.mean(found.fun**2)))
    return RadialCurve(float(found.x[0]), float(found.x[1]), beta, rms)
