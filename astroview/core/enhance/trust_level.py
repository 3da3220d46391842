"""A super-resolved frame without the detail that its own intervals do not bear out.

Detail is what a sample has beyond interpolation of what was measured. In a measured pixel whose
detail is small against the intervals of its samples the interpolation is put in the detail's
place, whole pixels at a time, so that each keeps its flux.

Legend: ``s`` the scale, fine samples a side of a measured pixel; ``x`` fine samples (sH, sW).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.frame import Frame, Source, Window
from astroview.core.lazy_dataclass import dataclass

FloatArray = NDArray[np.float32]

HALVES = 1.645  # standard deviations in half of a 90 % interval
LUMA = (0.299, 0.587, 0.114)  # whose intervals those of a colour frame are
REACH = 2  # measured pixels around one that a cubic looks at
RESIDUE = 1  # rounds in which what an interpolation lacks of a pixel's flux is added by another
HALO = REACH * (1 + RESIDUE)  # measured pixels around one that all of that depends on
HIDDEN = "detail below S/N {:g} of its intervals replaced by flux-exact bicubic interpolation"


@dataclass(frozen=True, eq=False)
class TrustedSource:
    """Fine samples whose detail has a signal-to-noise of at least ``level``.

    Attributes
    ----------
    source, halves
        Fine samples (sH, sW) or (sH, sW, 3), and half of their 90 % intervals (sH, sW).
    shape
        (sH, sW).
    """

    source: Source
    halves: Source
    shape: tuple[int, int]
    scale: int
    level: float

    def read(self, window: Window, step: int) -> FloatArray:
        """What `core.frame.Source` says. A read that leaves out whole measured pixels, for a
        quick overview, gives the samples as they are.
        """
        if step > self.scale:
            return self.source.read(window, step)
        s = self.scale
        top, left = window.y // s - HALO, window.x // s - HALO
        bottom = -(-(window.y + window.height) // s) + HALO
        right = -(-(window.x + window.width) // s) + HALO
        wide = Window(top * s, left * s, (bottom - top) * s, (right - left) * s).clip(self.shape)
        x = without_unsure(self.source.read(wide, 1), self.halves.read(wide, 1), s, self.level)
        y, z = window.y - wide.y, window.x - wide.x
        part = x[y : y + window.height : step, z : z + window.width : step]
        return np.ascontiguousarray(part, np.float32)


def can_hide(frame: Frame) -> bool:
    """Whether a frame has detail, and intervals of it."""
    return frame.uncertainty is not None and frame.scale > 1


def trusted(frame: Frame, level: float) -> Frame:
    """A frame with `TrustedSource` for its samples, which its history says; itself where it has no
    intervals, or ``level`` is 0.
    """
    if frame.uncertainty is None or not can_hide(frame) or level <= 0:
        return frame
    source = TrustedSource(frame.source, frame.uncertainty, frame.shape, frame.scale, level)
    return replace(frame, source=source, history=(*frame.history, HIDDEN.format(level)))


def without_unsure(x: FloatArray, halves: FloatArray, s: int, level: float) -> FloatArray:
    """Fine samples of whole measured pixels, with interpolation where their detail is unsure.

    Of (sH, sW) or (sH, sW, 3), with ``halves`` (sH, sW). NaN stays; a pixel that is all one value
    (what was no measurement is given back so) stays too. The mean of each pixel stays.
    """
    planes = [x[..., i] for i in range(x.shape[2])] if x.ndim == 3 else [x]
    sigma = halves / np.float32(HALVES)
    smooth = [interpolated(plane, s, sigma) for plane in planes]
    detail = [(a - b).astype(np.float64) for a, b in zip(planes, smooth, strict=True)]
    seen = detail[0] if len(planes) == 1 else sum(w * d for w, d in zip(LUMA, detail, strict=True))
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        power = boxes(np.square(seen), s)
        noise = boxes(np.square(sigma), s)
        unsure = power < level**2 * noise
    flat = np.logical_and.reduce([_alike(plane, s) for plane in planes])
    hide = _fine(unsure & ~flat, s)
    made = [np.where(hide, b, a) for a, b in zip(planes, smooth, strict=True)]
    return np.stack(made, -1) if x.ndim == 3 else made[0]


def interpolated(x: FloatArray, s: int, sigma: FloatArray | float = np.inf) -> FloatArray:
    """Bicubic interpolation of the means of s x s fine samples, with those means again; nearest
    where a neighbour has no data, and where a cubic rings: beyond the 3 x 3 pixels around it by
    more than ``sigma`` (sH, sW).
    """
    coarse = boxes(x, s)
    near = _fine(coarse, s)
    blank = ~np.isfinite(coarse)
    filled = np.where(blank, 0, coarse)
    made = _bicubic(filled, s)
    for _ in range(RESIDUE):
        made += _bicubic(filled - boxes(made, s), s)
    made += _fine(filled - boxes(made, s), s)
    nearest = _near(blank) | _rings(made, coarse, s, sigma)
    return np.where(_fine(nearest, s), near, made).astype(np.float32)


def _rings(
    made: NDArray[np.float64], coarse: NDArray[np.float64], s: int, sigma: FloatArray | float
) -> NDArray[np.bool_]:
    """Pixels in which an interpolation leaves the range of those around."""
    from scipy.ndimage import maximum_filter, minimum_filter

    blank = np.isnan(coarse)
    low = minimum_filter(np.where(blank, np.inf, coarse), 3)
    high = maximum_filter(np.where(blank, -np.inf, coarse), 3)
    with np.errstate(invalid="ignore"):
        far = (made < _fine(low, s) - sigma) | (made > _fine(high, s) + sigma)
    height, width = coarse.shape
    return np.asarray(far.reshape(height, s, width, s).any((1, 3)), np.bool_)


def boxes(x: NDArray[np.floating], s: int) -> NDArray[np.float64]:
    """Means of s x s samples, NaN where one of them is."""
    height, width = x.shape
    parts = x.reshape(height // s, s, width // s, s).astype(np.float64)
    return parts.mean((1, 3))


def _bicubic(coarse: NDArray[np.float64], s: int) -> NDArray[np.float64]:
    """(H, W) to (sH, sW), by Keys' (1981) cubic, edges repeated."""
    return _along(_along(coarse, s).T, s).T


def _along(coarse: NDArray[np.float64], s: int) -> NDArray[np.float64]:
    """The first axis s times as fine."""
    count = coarse.shape[0]
    padded = np.pad(coarse, ((2, 2), (0, 0)), mode="edge")
    made = np.empty((count * s, coarse.shape[1]))
    for phase in range(s):
        off = (phase + 0.5) / s - 0.5
        first, t = (1, off + 1) if off < 0 else (2, off)
        taps = _keys(np.array([t + 1, t, 1 - t, 2 - t]))
        made[phase::s] = sum(
            weight * padded[first - 1 + i : first - 1 + i + count] for i, weight in enumerate(taps)
        )
    return made


def _keys(t: NDArray[np.float64]) -> NDArray[np.float64]:
    near = (1.5 * t - 2.5) * t * t + 1
    far = ((-0.5 * t + 2.5) * t - 4) * t + 2
    return np.where(t <= 1, near, np.where(t < 2, far, 0))


def _near(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Within `HALO` of a pixel of the mask."""
    if not mask.any():
        return mask
    from scipy.ndimage import maximum_filter

    return np.asarray(maximum_filter(mask, 2 * HALO + 1), np.bool_)


def _alike(x: FloatArray, s: int) -> NDArray[np.bool_]:
    """Pixels whose fine samples are all one value, or no number somewhere."""
    height, width = x.shape
    parts = x.reshape(height // s, s, width // s, s)
    return ~(parts.max((1, 3)) > parts.min((1, 3)))


def _fine(coarse: NDArray[Any], s: int) -> NDArray[Any]:
    return coarse.repeat(s, 0).repeat(s, 1)
