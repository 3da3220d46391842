"""Two frames on one grid, subtracted, in units of the noise of the first.

Legend: *sigma* is the standard deviation of the noise of one pixel of the input frame.
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATCH = 96  # side of the windows that the noise is measured in
PATCHES = 5  # of them along each axis
SAMPLES = 1_000_000  # pixels that the summary is made of, at most
LADDER = (1.0, 2.0, 3.0, 5.0)  # times powers of ten: round ends of the legend
TO_SIGMA = 1.4826  # of a median absolute deviation


@dataclass(frozen=True)
class Difference:
    """What the viewer needs to show a difference.

    Attributes
    ----------
    frame
        (result box-averaged to the input's grid - input) / sigma; grey, linear.
    sigma
        The noise of the input, in its unit.
    reach
        A round number of sigma that 99.5 % of the pixels stay within.
    rms, largest
        Root mean square and largest absolute value of a sample of the pixels, in sigma.
    beyond
        Part (0..1) of those pixels that differ by more than 5 sigma.
    """

    frame: Frame
    sigma: float
    unit: str
    reach: float
    rms: float
    largest: float
    beyond: float


@dataclass(frozen=True, eq=False)
class DifferenceSource:
    """Box-mean of ``after`` minus ``before``, over sigma, read lazily; colours averaged."""

    before: Frame
    after: Frame
    scale: int
    sigma: float

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        here = _grey(self.before.read(window, step))
        there = box_means(self.after, window, step, self.scale)
        return ((there - here) / np.float32(self.sigma)).astype(np.float32)


def box_means(frame: Frame, window: Window, step: int, scale: int) -> NDArray[np.float32]:
    """Means of a magnified frame over the pixels of the grid it came from.

    Parameters
    ----------
    window, step
        On the coarse grid.

    Returns
    -------
    ndarray
        float32 (H', W'), the colours averaged; NaN where a sample has no data.
    """
    rows, columns = window.sampled(step)
    total = np.zeros((rows, columns), np.float64)
    fine = step * scale
    for dy in range(scale):
        for dx in range(scale):
            part = Window(
                window.y * scale + dy,
                window.x * scale + dx,
                max((rows - 1) * fine + 1, 0),
                max((columns - 1) * fine + 1, 0),
            )
            total += _grey(frame.read(part, fine))
    return (total / scale**2).astype(np.float32)


def between(before: Frame, after: Frame, scale: int) -> Difference:
    """The difference of a frame and a result (or another frame) ``scale`` times as fine."""
    sigma = noise(before)
    source = DifferenceSource(before, after, scale, sigma)
    frame = Frame(
        f"{after.name} - {before.name}",
        before.shape,
        1,
        "linear",
        source,
        None,
        "σ",
        wcs=before.wcs,
    )
    step = max(1, ceil(sqrt(before.shape[0] * before.shape[1] / SAMPLES)))
    sizes = np.abs(frame.read(None, step))
    sizes = sizes[np.isfinite(sizes)]
    if not sizes.size:
        return Difference(frame, sigma, before.unit, 5.0, 0.0, 0.0, 0.0)
    return Difference(
        frame,
        sigma,
        before.unit,
        rounded_up(float(np.percentile(sizes, 99.5))),
        float(np.sqrt(np.mean(sizes.astype(np.float64) ** 2))),
        float(sizes.max()),
        float((sizes > 5).mean()),
    )


def rounded_up(size: float) -> float:
    """The next of 1, 2, 3, 5 times a power of ten; at least a hundredth."""
    for power in range(-2, 12):
        for step in LADDER:
            if step * 10.0**power >= size:
                return step * 10.0**power
    return 1e12


def noise(frame: Frame) -> float:
    """Standard deviation of the pixel noise, in native units; never 0.

    From second differences along rows, which remove the sky's slope and most of what stars and
    nebulae add; the median of windows spread over the frame (robust: median deviations).
    Where neighbouring pixels share noise (resampled frames) it comes out too small.
    """
    found = [sigma for part in _patches(frame.shape) if (sigma := _patch_noise(frame, part))]
    if found:
        return float(np.median(found))
    values = _grey(frame.read(None, max(1, max(frame.shape) // 1000)))
    values = values[np.isfinite(values)].astype(np.float64)
    spread = float(values.std()) if values.size else 0.0
    return spread or 1.0


def _patches(shape: tuple[int, int]) -> list[Window]:
    """Windows spread evenly over a frame, edges included."""
    height, width = min(PATCH, shape[0]), min(PATCH, shape[1])
    tops = sorted(set(np.linspace(0, shape[0] - height, PATCHES).astype(int).tolist()))
    lefts = sorted(set(np.linspace(0, shape[1] - width, PATCHES).astype(int).tolist()))
    return [Window(top, left, height, width) for top in tops for left in lefts]


def _patch_noise(frame: Frame, part: Window) -> float:
    values = _grey(frame.read(part)).astype(np.float64)
    if values.shape[1] < 3:
        values = values.T
    if values.shape[1] < 3:
        return 0.0
    curved = values[:, 1:-1] - (values[:, :-2] + values[:, 2:]) / 2
    curved = curved[np.isfinite(curved)]
    if curved.size < 20:
        return 0.0
    return TO_SIGMA * float(np.median(np.abs(curved - np.median(curved)))) / sqrt(1.5)


def _grey(values: NDArray[np.float32]) -> NDArray[np.float32]:
    return values if values.ndim == 2 else values.mean(axis=2)
