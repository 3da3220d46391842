"""Centre, width and shape of a source by adaptive moments: weighted with the Gaussian that fits
it (Bernstein & Jarvis 2002), so that noise far out does not count and widths are not biased.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 25
FWHM = 2 * np.sqrt(2 * np.log(2))


@dataclass(frozen=True)
class Shape:
    """Lengths in pixels; ``ellipticity`` is 1 - b / a."""

    y: float
    x: float
    fwhm: float
    ellipticity: float


def shape_of(samples: NDArray[np.float32], y: float, x: float, width: float) -> Shape | None:
    """The shape of the source at a place of (H, W), or None where the moments do not settle.

    Parameters
    ----------
    width
        Sigma to begin with, pixels; the source is looked at within six of them.
    """
    reach = int(np.ceil(6 * width))
    top, left = round(y) - reach, round(x) - reach
    if top < 0 or left < 0:
        return None
    part = samples[top : top + 2 * reach + 1, left : left + 2 * reach + 1].astype(np.float64)
    if part.shape != (2 * reach + 1, 2 * reach + 1) or not np.isfinite(part).all():
        return None
    edge = np.concatenate([part[0], part[-1], part[1:-1, 0], part[1:-1, -1]])
    centre, moments = np.array([y - top, x - left]), np.eye(2) * width**2
    settled = _settle(part - np.median(edge), centre, moments)
    if settled is None:
        return None
    (cy, cx), moments = settled
    if not (abs(cy - reach) < 2 * width and abs(cx - reach) < 2 * width):
        return None
    small, large = np.linalg.eigvalsh(moments)
    fwhm = FWHM * float(small * large) ** 0.25
    return Shape(cy + top, cx + left, fwhm, 1 - float(np.sqrt(small / large)))


def _settle(
    part: NDArray[np.float64], centre: NDArray[np.float64], moments: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """The weight follows the moments until it is the source's own Gaussian: under a Gaussian
    weight of the same covariance M, the moments of a Gaussian are M / 2.
    """
    grid = np.moveaxis(np.indices(part.shape).astype(np.float64), 0, -1)
    for _ in range(ROUNDS):
        offsets = grid - centre
        try:
            inverse = np.linalg.inv(moments)
        except np.linalg.LinAlgError:
            return None
        power = np.einsum("hwi,ij,hwj->hw", offsets, inverse, offsets)
        weighted = part * np.exp(-np.clip(power, 0, 100) / 2)
        total = weighted.sum()
        if total <= 0:
            return None
        centre = centre + 2 * np.einsum("hw,hwi->i", weighted, offsets) / total
        moments = 2 * np.einsum("hw,hwi,hwj->ij", weighted, offsets, offsets) / total
        if np.linalg.det(moments) <= 0.01 or moments.trace() <= 0:
            return None
    return centre, moments
