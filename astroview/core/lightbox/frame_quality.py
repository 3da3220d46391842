"""How good a frame is, in a few numbers that are quick to have: S/N, seeing, and what is odd.

Stars are fitted by a Gaussian through the logarithm of their samples, weighted (Guo 2011, IEEE
Signal Processing Magazine 28, 134): one small system of equations each, all stars at once.

Legend: K stars; n side of a stamp.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

    Numbers = NDArray[np.float64]

SAMPLE_SIDE, WINDOW_SIDE = 384, 640  # of the strided sample, and of the middle that has all pixels
BRIGHT = 99.0  # percentile of the samples that the signal is
CLEAR = 8.0  # sigmas by which a star's peak stands out
MOST_STARS, FEWEST_STARS = 40, 3
HALF = 7  # of a stamp: 15 pixels a side
FLOOR = 0.2  # of a star's peak: fainter samples of it say more of the sky
ROUNDS = 3
FWHM = 2.0 * math.sqrt(2.0 * math.log(2.0))
NARROWEST, WIDEST = 1.0, 14.0  # pixels, FWHM: a hot pixel; more than a stamp holds
FEWEST_ALIKE = 6  # frames that one can stand out from
FINEST = (0.03, 0.03, 0.1, 0.5, 0.05)  # sigmas of `_features` after the level


@dataclass(frozen=True, slots=True)
class FrameQuality:
    """Of one frame; NaN where it cannot be told.

    Attributes
    ----------
    snr
        How far the brightest hundredth of the samples begins above the sky, in sigmas of the sky.
    seeing
        FWHM of the stars in the frame's middle, their median, in pixels.
    level, noise
        Of the sky, native units; the noise that of single pixels.
    missing
        Share of samples without data.
    stars
        How many the seeing is told from.
    """

    snr: float = math.nan
    seeing: float = math.nan
    level: float = math.nan
    noise: float = math.nan
    missing: float = 0.0
    stars: int = 0


def quality_of(frame: Frame) -> FrameQuality:
    """Measure a strided sample of the whole frame, and the stars of its middle.

    Raises UnreadableFrame. Colour frames are measured on the mean of their channels.
    """
    step = max(1, -(-max(frame.shape) // SAMPLE_SIDE))
    sparse = _grey(frame.read(step=step))
    good = sparse[np.isfinite(sparse)].astype(np.float64)
    missing = 1.0 - good.size / max(sparse.size, 1)
    if good.size < 16:
        return FrameQuality(missing=missing)
    level, noise = sky(good)
    if not noise > 0:
        return FrameQuality(level=level, noise=0.0, missing=missing)
    snr = (float(np.percentile(good, BRIGHT)) - level) / noise
    widths = _star_widths(frame, level, noise)
    seeing = float(np.median(widths)) if len(widths) >= FEWEST_STARS else math.nan
    return FrameQuality(snr, seeing, level, noise, missing, len(widths))


def sky(values: Numbers) -> tuple[float, float]:
    """Level and standard deviation of the sky among samples: light only adds to it, so its noise
    is told from the darker half.
    """
    level = noise = math.nan
    for _ in range(8):
        level = float(np.median(values))
        noise = float(np.median(level - values[values <= level])) / 0.6745
        kept = values[values <= level + 3 * noise]
        if kept.size == values.size or noise == 0:
            break
        values = kept
    return level, noise


def outlier_scores(
    qualities: Sequence[FrameQuality | None], groups: Sequence[object]
) -> list[float]:
    """How odd each frame is among those of its group: the most robust sigmas that its level, noise,
    S/N, seeing, star count or missing share lies from their medians; NaN where it is not known.

    Groups of fewer than `FEWEST_ALIKE` frames are compared with all.
    """
    known = [i for i, q in enumerate(qualities) if q is not None and math.isfinite(q.level)]
    scores = np.full(len(qualities), np.nan)
    if len(known) < FEWEST_ALIKE:
        return [float(score) for score in scores]
    table = np.array([_features(qualities[i]) for i in known])  # type: ignore[arg-type]
    scores[known] = _oddness(table, table)
    kinds: dict[object, list[int]] = {}
    for place, i in enumerate(known):
        kinds.setdefault(groups[i], []).append(place)
    for places in kinds.values():
        if len(places) >= FEWEST_ALIKE:
            scores[np.array(known)[places]] = _oddness(table[places], table[places])
    return [float(score) for score in scores]


def _features(quality: FrameQuality) -> list[float]:
    """Numbers that scatter alike: ratios become differences."""
    snr, seeing, level, noise, missing, stars = astuple(quality)
    logs = (math.log(v) if v > 0 else math.nan for v in (noise, seeing))
    return [level, *logs, math.asinh(snr), math.sqrt(stars), 10 * missing]


def _oddness(rows: Numbers, among: Numbers) -> Numbers:
    """The greatest distance from the medians, in sigmas; none is finer than `FINEST`: of few
    frames that happen to agree the others would be odd.
    """
    with collected_warnings(), np.errstate(all="ignore"):  # columns without a number
        middle = np.nanmedian(among, 0)
        spread = 1.4826 * np.nanmedian(np.abs(among - middle), 0)
    noise = math.exp(middle[1]) if math.isfinite(middle[1]) else 0.0
    least = np.array([max(0.3 * noise, 1e-3 * abs(float(middle[0])), 1e-30), *FINEST])
    off = np.abs(rows - middle) / np.maximum(spread, least)
    return np.nan_to_num(off, nan=0.0).max(1)


def _star_widths(frame: Frame, level: float, noise: float) -> Numbers:
    """FWHM of stars in the frame's middle, pixels (K,)."""
    from astroview.core.bad_pixels.saturation import saturation_level
    from astroview.core.frame import Window

    height, width = (min(n, WINDOW_SIDE) for n in frame.shape)
    top, left = (frame.shape[0] - height) // 2, (frame.shape[1] - width) // 2
    x = _grey(frame.read(Window(top, left, height, width))).astype(np.float64)
    x = np.where(np.isfinite(x), x, level) - level
    top_value = (saturation_level(frame) or math.inf) - level
    rows, columns = _peaks(x, CLEAR * noise, 0.9 * top_value)
    if not len(rows):
        return np.zeros(0)
    stamps = _stamps(x, rows, columns)
    return _gaussian_widths(stamps, noise)


def _peaks(x: Numbers, least: float, most: float) -> tuple[Any, Any]:
    """Rows and columns of the brightest single peaks that have a whole stamp around them."""
    from scipy.ndimage import maximum_filter, uniform_filter

    if min(x.shape) <= 2 * HALF:
        return np.zeros(0, int), np.zeros(0, int)
    smooth: Any = uniform_filter(x, 3, mode="nearest")
    found = (smooth == maximum_filter(smooth, 2 * HALF + 1, mode="nearest")) & (smooth > least / 3)
    found[:HALF] = found[-HALF:] = found[:, :HALF] = found[:, -HALF:] = False
    rows, columns = np.nonzero(found)
    heights = x[rows, columns]
    usable = (heights < most) & (heights > least)
    rows, columns, heights = rows[usable], columns[usable], heights[usable]
    best = np.argsort(-heights, kind="stable")[:MOST_STARS]
    return rows[best], columns[best]


def _stamps(x: Numbers, rows: Any, columns: Any) -> Numbers:
    """(K, n, n) about peaks."""
    around = np.arange(-HALF, HALF + 1)
    return x[rows[:, None, None] + around[:, None], columns[:, None, None] + around[None]]


def _gaussian_widths(stamps: Numbers, noise: float) -> Numbers:
    """FWHM (K,) of Gaussians through stamps above the sky; those that are no stars are left out.

    ln I = a + b x + c y + d (x^2 + y^2), weighted by I^2: first the samples', then the fit's.
    """
    around = np.arange(-HALF, HALF + 1.0)
    y, x = (g.ravel() for g in np.meshgrid(around, around, indexing="ij"))
    base = np.column_stack([np.ones_like(x), x, y, x**2 + y**2])  # (n*n, 4)
    samples = stamps.reshape(len(stamps), -1)
    peaks = samples[:, samples.shape[1] // 2]
    floor = np.maximum(FLOOR * peaks, 3 * noise)
    # What a neighbour adds lies beyond a dip; the core alone is fitted.
    core = (samples > floor[:, None]) & _connected(stamps > floor[:, None, None])
    logs = np.log(np.where(core, samples, 1.0))
    weights = np.where(core, samples, 0.0) ** 2
    found = np.zeros((len(stamps), 4))
    for _ in range(ROUNDS):
        normal = np.einsum("kp,pi,pj->kij", weights, base, base)
        right = np.einsum("kp,pi,kp->ki", weights, base, logs)
        damped = normal + 1e-9 * np.trace(normal, axis1=1, axis2=2)[:, None, None] * np.eye(4)
        found = np.linalg.solve(damped, right[..., None])[..., 0]
        fitted = np.exp(np.clip(found @ base.T, -50, 50))
        weights = np.where(core, fitted, 0.0) ** 2
    with np.errstate(all="ignore"):
        widths = FWHM * np.sqrt(-0.5 / found[:, 3])
    held = (core.sum(1) >= 5) & (widths > NARROWEST) & (widths < WIDEST)
    return widths[held & np.isfinite(widths)]


def _connected(above: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of masks (K, n, n) the part that hangs together with the middle, as (K, n*n)."""
    from scipy.ndimage import label

    parts = np.zeros((len(above), above[0].size), bool)
    for k, mask in enumerate(above):
        marked: Any = label(mask)
        parts[k] = (marked[0] == marked[0][HALF, HALF]).ravel() & mask.ravel()
    return parts


def _grey(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return samples if samples.ndim == 2 else samples.mean(-1)
