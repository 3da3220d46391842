"""The sky of a linear frame: its level, its noise, and where there is more than sky.

Colour is painted where something was measured. What lies within the noise of the sky has no
colour that anybody could know, and its grain must not get one.

Legend: ``x`` samples (H, W) in native units; ``k`` side of a box mean, in pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from astroview.core.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from astroview.core.frame import Frame

FloatArray = NDArray[np.float32]

BOXES = (1, 5, 13)  # sides of the means that are looked at: single pixels, and faint extended light
REACH = sum(k // 2 for k in BOXES[-1:])  # pixels that `SkyNoise.presence` looks around itself
NONE, SURE = 2.0, 4.5  # sigmas above the sky at which colour begins, and is all there
_BRIGHTEST = 8.0  # sigmas: one pixel counts for no more in a mean, or each star has a halo
_WINDOWS, _GRID = (32, 160), 5  # sides, and how many a side, of the windows that are measured
_ROUNDS = 12


@dataclass(frozen=True)
class SkyNoise:
    """Level and noise of a frame's sky.

    Attributes
    ----------
    level
        (c, y, x): the sky at a place is ``c + y * row + x * column``, in native units.
    sigmas
        Standard deviation of the sky's box means, for each of `BOXES`; measured, so that
        correlated noise (drizzled, resampled, photographic grain) counts as it is.
    """

    level: tuple[float, float, float]
    sigmas: tuple[float, ...]

    def at(self, rows: NDArray[np.floating], columns: NDArray[np.floating]) -> FloatArray:
        """The level at rows (H,) and columns (W,), (H, W)."""
        c, y, x = self.level
        return np.asarray((c + y * rows)[:, None] + (x * columns)[None], np.float32)

    def presence(self, x: FloatArray, top: float = 0.0, left: float = 0.0) -> FloatArray:
        """How surely there is more than sky, 0..1 of each pixel of (H, W) with that corner.

        A pixel's answer depends on samples within `REACH` of it alone. NaN is sky.
        """
        height, width = x.shape
        above = x - self.at(np.arange(height) + top, np.arange(width) + left)
        above = np.nan_to_num(above, nan=0.0, posinf=0.0, neginf=0.0)
        first = max(self.sigmas[0], 1e-30)
        held = np.clip(above, -_BRIGHTEST * first, _BRIGHTEST * first)
        best = above / np.float32(first)
        for k, sigma in zip(BOXES[1:], self.sigmas[1:], strict=True):
            best = np.maximum(best, _box_mean(held, k) / np.float32(max(sigma, 1e-30)))
        t = np.clip((best - np.float32(NONE)) / np.float32(SURE - NONE), 0, 1)
        return np.asarray(t * t * (3 - 2 * t), np.float32)


def sky_of(frame: Frame) -> SkyNoise | None:
    """Measure the sky of a frame in windows of its whole area; None where no window has any.

    The level is a plane through the darkest windows: it follows a gradient of the sky, and lies
    below a nebula that fills most of a frame. A rim of zeros, or of whatever else stands for no
    data, is no sky.
    """
    from astroview.core.bad_pixels.pixel_rule import good_frame

    return _sky_of(good_frame(frame))


def _sky_of(frame: Frame) -> SkyNoise | None:
    height, width = frame.shape
    side = min(max(min(height, width) // _GRID, _WINDOWS[0]), _WINDOWS[1], height, width)
    found: list[tuple[float, float, float, tuple[float, ...]]] = []
    from astroview.core.frame import Window

    for y in _starts(height, side):
        for x in _starts(width, side):
            part = frame.read(Window(y, x, side, side))
            told = _measured(part if part.ndim == 2 else part.mean(-1))
            if told is not None:
                found.append((y + side / 2, x + side / 2, *told))
    return _through(found) if found else None


def sky_of_array(x: FloatArray) -> SkyNoise | None:
    """`sky_of` of samples (H, W) in memory."""
    from astroview.core.frame import ArraySource, Frame

    shape = (x.shape[0], x.shape[1])
    return _sky_of(Frame("", shape, 1, "linear", ArraySource(x), None))


def _starts(length: int, side: int) -> list[int]:
    count = min(_GRID, max(1, length // side))
    return sorted({round(f) for f in np.linspace(0, length - side, count)})


def _measured(x: FloatArray) -> tuple[float, tuple[float, ...]] | None:
    """Level and sigmas of one window's darker half: light only adds to a sky."""
    good = np.isfinite(x)
    if good.sum() < max(16, x.size // 4):
        return None
    values = x[good].astype(np.float64)
    level = _mode(values)
    filled = np.where(good, x, np.float32(level))
    sigmas: list[float] = []
    for k in BOXES:
        means = filled if k == 1 else _box_mean(filled, min(k, *x.shape))
        middle = level if k == 1 else _mode(means[good].astype(np.float64))
        below = middle - means[good][means[good] < middle]
        sigmas.append(float(np.median(below)) / 0.6745 if below.size > 8 else 0.0)
    return level, tuple(sigmas)


def _mode(values: NDArray[np.float64]) -> float:
    """The most frequent value: the median, drawn to the darker side as long as light pulls it."""
    for _ in range(_ROUNDS):
        median = float(np.median(values))
        below = median - values[values <= median]
        spread = float(np.median(below)) / 0.6745
        kept = values[values <= median + 3 * spread]
        if kept.size == values.size or spread == 0:
            break
        values = kept
    return float(np.median(values))


def _through(found: list[tuple[float, float, float, tuple[float, ...]]]) -> SkyNoise:
    """The plane through the darkest windows, and their sigmas. Windows of one value are no sky
    where others have noise.
    """
    found = [one for one in found if one[3][0] > 0] or found
    yx, levels = np.array([f[:2] for f in found]), np.array([f[2] for f in found])
    sigmas = np.array([f[3] for f in found])
    noise = float(np.median(np.sort(sigmas[:, 0])[: max(1, len(found) // 2)]))
    kept = np.ones(len(found), bool)
    plane = np.array([levels.min(), 0.0, 0.0])
    for _ in range(_ROUNDS):
        if kept.sum() < 6 or len(np.unique(yx[kept, 0])) < 3 or len(np.unique(yx[kept, 1])) < 3:
            plane = np.array([float(np.min(levels)), 0.0, 0.0])
            kept = levels <= levels.min() + noise
            break
        matrix = np.column_stack([np.ones(kept.sum()), yx[kept]])
        plane = np.linalg.lstsq(matrix, levels[kept], rcond=None)[0]
        off = levels - np.column_stack([np.ones(len(levels)), yx]) @ plane
        now = off <= max(0.3 * noise, 1e-12 + float(np.median(np.abs(off[kept]))))
        if (now == kept).all():
            break
        kept = now
    c, y, x = (float(n) for n in plane)
    return SkyNoise((c, y, x), tuple(float(n) for n in np.median(sigmas[kept], 0)))


def _box_mean(x: FloatArray, k: int) -> FloatArray:
    from scipy.ndimage import uniform_filter

    return np.asarray(uniform_filter(x, k, mode="nearest"), np.float32)
