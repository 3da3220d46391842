"""Stars of a frame, their places to a hundredth of a pixel, also where they are undersampled.

A Gaussian is integrated over the pixels, or a star's place would depend on where in its pixel it
lies (Lauer 1999; Anderson & King 2000). All stars are fitted together, by arrays.

Legend: K stars; n side of a stamp; a place's pixel centres are whole, the top left one is (0, 0).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.bad_pixels.pixel_rule import good_frame
from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.frame import Window
from astroview.core.sky.sky_noise import SkyNoise, sky_of
from astroview.engine.stacking.sky_levels import plain_sky

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

    Numbers = NDArray[Any]

MOST = 300  # stars of a frame that are fitted
CLEAR = 8.0  # sigmas of the sky by which a peak stands out
LEAST_SNR = 12.0  # of the fitted flux
FWHM = 2.0 * sqrt(2.0 * np.log(2.0))
_ROWS, _OVERLAP = 1024, 8  # of the blocks that peaks are looked for in
_EDGE = 5
_ALONE = 0.3  # of a star's peak: what a neighbour within the stamp may have
NARROWEST = 0.25  # pixels, sigma: narrower is no star but a cosmic ray or a hot pixel
_ROUNDS = 30


@dataclass(frozen=True)
class FittedStars:
    """Stars of one frame, brightest first.

    Attributes
    ----------
    x, y, flux, error
        Places, fluxes above the sky in native units, and the places' standard errors (K,).
    fwhm
        Of the optics and the air alone, without the pixel, in pixels; NaN without stars.
    ellipticity, angle
        Median 1 - b/a of the light of the stars together, and its direction in degrees.
    """

    x: Numbers
    y: Numbers
    flux: Numbers
    error: Numbers
    fwhm: float
    ellipticity: float
    angle: float

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.x)


def find_stars(frame: Frame, sky: SkyNoise | None = None) -> FittedStars:
    """The stars of a grey frame that stand out, are not saturated and have no near neighbour."""
    frame = good_frame(frame)
    sky = sky or sky_of(frame) or plain_sky(frame)
    peaks = _peaks(frame, sky)
    if not len(peaks):
        return _none()
    half = _EDGE
    fitted = _fitted(frame, sky, peaks[: 2 * MOST], half)
    wide = float(np.median(fitted.sigma[: max(1, fitted.sigma.size // 2)])) if len(fitted.x) else 1
    if wide * FWHM > 4:
        fitted = _fitted(frame, sky, peaks[: 2 * MOST], min(ceil(wide * FWHM * 1.4), 40))
    return _chosen(fitted)


@dataclass(frozen=True)
class CompactSources:
    """Whatever stands out and looks round and alone: stars, and knots and galaxies too (K,).

    ``sigma`` is that of the fitted Gaussian, without the pixel; ``moments`` (K, 3) are those of
    the light with the pixel: xx, yy, xy.
    """

    x: Numbers
    y: Numbers
    sigma: Numbers
    snr: Numbers
    moments: Numbers


def compact_sources(frame: Frame, sky: SkyNoise) -> CompactSources:
    """All that `find_stars` would choose stars of, brightest first."""
    frame = good_frame(frame)
    peaks = _peaks(frame, sky)[: 2 * MOST]
    fits = _fitted(frame, sky, peaks, _EDGE)
    good = (fits.snr > LEAST_SNR) & (fits.sigma > NARROWEST) & (fits.misfit < 0.15)
    return CompactSources(
        fits.x[good], fits.y[good], fits.sigma[good], fits.snr[good], fits.moments[good]
    )


def ellipse_of(moments: Numbers) -> tuple[float, float]:
    """1 - b/a of the median moments (K, 3), and their direction in degrees."""
    return _ellipse(moments)


def _none() -> FittedStars:
    nothing = np.zeros(0)
    return FittedStars(nothing, nothing, nothing, nothing, float("nan"), 0.0, 0.0)


# ---------------------------------------------------------------- looking


def _peaks(frame: Frame, sky: SkyNoise) -> NDArray[np.int64]:
    """Rows and columns of the highest pixels of stars, brightest first (K, 2)."""
    from scipy.ndimage import gaussian_filter, maximum_filter

    height, width = frame.shape
    level = saturation_level(frame)
    found: list[Numbers] = []
    sigma = max(sky.sigmas[0], 1e-30)
    for top in range(0, height, _ROWS):
        window = Window(top - _OVERLAP, 0, _ROWS + 2 * _OVERLAP, width).clip(frame.shape)
        samples = frame.read(window)
        rows = np.arange(window.y, window.y + window.height, dtype=float)
        above = samples - sky.at(rows, np.arange(width, dtype=float))
        above = np.nan_to_num(above, nan=0.0)
        soft: Any = gaussian_filter(above, 0.7)
        high = (soft == maximum_filter(soft, 5)) & (above > CLEAR * sigma)
        if level is not None:
            high &= np.asarray(maximum_filter(np.nan_to_num(samples), 3)) < 0.95 * level
        y, x = np.nonzero(high)
        mine = (y + window.y >= top) & (y + window.y < top + _ROWS)
        y, x = y[mine], x[mine]
        found.append(np.column_stack([y + window.y, x, soft[y, x]]))
    every = np.concatenate(found)
    every = every[np.argsort(-every[:, 2])]
    return _alone(every, (height, width))


def _alone(every: Numbers, shape: tuple[int, int]) -> NDArray[np.int64]:
    """Without those at the edge and those beside another one that matters."""
    from scipy.spatial import KDTree

    every = every[: 8 * MOST]
    if not len(every):
        return np.zeros((0, 2), np.int64)
    tree: Any = KDTree(every[:, :2])
    kept: list[int] = []
    for i, near in enumerate(tree.query_ball_point(every[:, :2], _EDGE + 2)):
        y, x = every[i, :2]
        inside = _EDGE <= y < shape[0] - _EDGE and _EDGE <= x < shape[1] - _EDGE
        rival = max((every[j, 2] for j in near if j != i), default=0.0)
        if inside and rival < _ALONE * every[i, 2]:
            kept.append(i)
    return every[kept, :2].astype(np.int64)


# ---------------------------------------------------------------- fitting


@dataclass(frozen=True)
class _Fits:
    x: Numbers
    y: Numbers
    flux: Numbers
    sigma: Numbers
    error: Numbers
    snr: Numbers
    misfit: Numbers
    moments: Numbers  # (K, 3): xx, yy, xy


def _fitted(frame: Frame, sky: SkyNoise, peaks: NDArray[np.int64], half: int) -> _Fits:
    inside = (peaks >= half).all(1) & (peaks < np.array(frame.shape) - half).all(1)
    peaks = peaks[inside]
    if not len(peaks):
        empty = np.zeros(0)
        return _Fits(empty, empty, empty, empty, empty, empty, empty, np.zeros((0, 3)))
    stamps = _stamps(frame, sky, peaks, half)
    sigma = max(sky.sigmas[0], 1e-30)
    seen = np.isfinite(stamps)
    stamps = np.where(seen, stamps, 0.0)
    weight = seen / (sigma**2 + sigma / 9 * np.maximum(stamps, 0))
    start = np.column_stack(
        [
            *_light_centre(stamps, half),
            stamps.max((1, 2)) * 4.0,
            np.full(len(peaks), max(1.0, half / 5)),
            np.zeros(len(peaks)),
        ]
    )
    found, covariance = _levenberg(stamps, weight, start, half)
    model = _model(found, half)[0]
    peak = np.maximum(model.max((1, 2)), 1e-30)
    misfit = np.sqrt((seen * (stamps - model) ** 2 * _core(found, half)).mean((1, 2))) / peak
    flux_error = np.sqrt(np.maximum(covariance[:, 2, 2], 1e-60))
    error = np.sqrt(np.maximum(covariance[:, 0, 0] + covariance[:, 1, 1], 0) / 2)
    return _Fits(
        found[:, 0] + peaks[:, 1],
        found[:, 1] + peaks[:, 0],
        found[:, 2],
        found[:, 3],
        error,
        found[:, 2] / flux_error,
        misfit,
        _moments(stamps - found[:, 4, None, None], found, half),
    )


def _stamps(frame: Frame, sky: SkyNoise, peaks: NDArray[np.int64], half: int) -> Numbers:
    side = 2 * half + 1
    stamps = np.empty((len(peaks), side, side))
    for i, (y, x) in enumerate(peaks):
        part = frame.read(Window(int(y) - half, int(x) - half, side, side))
        step = np.arange(-half, half + 1.0)
        level = sky.at(y + step, x + step)
        stamps[i] = part - level
    return stamps


def _light_centre(stamps: Numbers, half: int) -> tuple[Numbers, Numbers]:
    """Of the inner 3 x 3, from the stamp's middle."""
    inner = np.maximum(stamps[:, half - 1 : half + 2, half - 1 : half + 2], 0)
    total = np.maximum(inner.sum((1, 2)), 1e-30)
    step = np.arange(-1, 2)
    return (inner * step).sum((1, 2)) / total, (inner * step[:, None]).sum((1, 2)) / total


def _model(p: Numbers, half: int) -> tuple[Numbers, Numbers]:
    """Stamps of Gaussians integrated over pixels (K, n, n), and derivatives (K, 5, n, n)."""
    from scipy.special import erf

    edges = np.arange(2 * half + 2) - half - 0.5
    x, y, flux, sigma, level = (p[:, i, None] for i in range(5))
    parts: list[tuple[Numbers, Numbers, Numbers]] = []
    for centre in (x, y):
        u = (edges - centre) / (sqrt(2) * sigma)
        bell = np.exp(-(u**2)) / sqrt(np.pi)
        share = np.diff(erf(u), axis=1) / 2
        by_centre = -np.diff(bell, axis=1) / (sqrt(2) * sigma)
        by_sigma = -np.diff(bell * u, axis=1) / sigma
        parts.append((share, by_centre, by_sigma))
    (ex, ex_x, ex_s), (ey, ey_y, ey_s) = parts

    def outer(b: Numbers, a: Numbers) -> Numbers:
        return b[:, :, None] * a[:, None, :]

    light = outer(ey, ex)
    f = flux[:, :, None]
    model = f * light + level[:, :, None]
    slopes = np.stack(
        [
            f * outer(ey, ex_x),
            f * outer(ey_y, ex),
            light,
            f * (outer(ey, ex_s) + outer(ey_s, ex)),
            np.ones_like(light),
        ],
        axis=1,
    )
    return model, slopes


def _levenberg(
    stamps: Numbers, weight: Numbers, start: Numbers, half: int
) -> tuple[Numbers, Numbers]:
    """Least squares of all stars at once; parameters (K, 5) and their covariances (K, 5, 5)."""
    p, damping = start.copy(), np.full(len(start), 1e-2)
    model, slopes = _model(p, half)
    cost = (weight * (stamps - model) ** 2).sum((1, 2))
    for _ in range(_ROUNDS):
        flat = slopes.reshape(*slopes.shape[:2], -1)
        weighted = flat * weight.reshape(len(p), 1, -1)
        normal = weighted @ flat.transpose(0, 2, 1)
        pull = (weighted * (stamps - model).reshape(len(p), 1, -1)).sum(-1)
        diagonal = np.einsum("kii->ki", normal)
        damped = normal + np.eye(5) * (diagonal * damping[:, None] + 1e-30)[:, :, None]
        tried = p + np.linalg.solve(damped, pull[:, :, None])[:, :, 0]
        tried[:, :2] = np.clip(tried[:, :2], -half, half)
        tried[:, 3] = np.clip(tried[:, 3], 0.15, 2 * half)
        other, other_slopes = _model(tried, half)
        less = (weight * (stamps - other) ** 2).sum((1, 2))
        better = less <= cost
        p = np.where(better[:, None], tried, p)
        model = np.where(better[:, None, None], other, model)
        slopes = np.where(better[:, None, None, None], other_slopes, slopes)
        cost = np.where(better, less, cost)
        damping = np.clip(np.where(better, damping / 5, damping * 8), 1e-9, 1e9)
    flat = slopes.reshape(*slopes.shape[:2], -1)
    normal = (flat * weight.reshape(len(p), 1, -1)) @ flat.transpose(0, 2, 1)
    scale = 1e-12 * np.einsum("kii->ki", normal).max(1)
    return p, np.linalg.pinv(normal + np.eye(5) * scale[:, None, None])


def _core(p: Numbers, half: int) -> Numbers:
    """1 within 1.5 FWHM of the centre."""
    step = np.arange(-half, half + 1)
    away = (step[None, None] - p[:, 0, None, None]) ** 2
    away = away + (step[None, :, None] - p[:, 1, None, None]) ** 2
    return (away <= (1.5 * FWHM * p[:, 3, None, None]) ** 2 + 1).astype(float)


def _moments(stamps: Numbers, p: Numbers, half: int) -> Numbers:
    """Second moments of the light under a window of twice the star's width (K, 3)."""
    step = np.arange(-half, half + 1)
    dx = step[None, None] - p[:, 0, None, None]
    dy = step[None, :, None] - p[:, 1, None, None]
    wide = np.maximum(p[:, 3, None, None], 0.6)
    light = stamps * np.exp(-(dx**2 + dy**2) / (2 * (2 * wide) ** 2))
    total = np.maximum(light.sum((1, 2)), 1e-30)
    each = [(light * m).sum((1, 2)) / total for m in (dx * dx, dy * dy, dx * dy)]
    return np.column_stack(each)


def _chosen(fits: _Fits) -> FittedStars:
    bright = (fits.snr > LEAST_SNR) & (fits.sigma > NARROWEST)
    good = bright & (fits.misfit < 0.15)
    if not good.any():
        lone = np.flatnonzero(bright)[:20]
        shape = _ellipse(fits.moments[lone]) if len(lone) > 2 else (0.0, 0.0)
        return replace(_none(), ellipticity=shape[0], angle=shape[1])
    by_light = np.argsort(-fits.flux[good])
    place = np.flatnonzero(good)[by_light]
    usual = float(np.median(fits.sigma[place]))
    place = place[np.abs(np.log(fits.sigma[place] / usual)) < 0.5][:MOST]
    ellipticity, angle = _ellipse(fits.moments[place[: max(5, len(place) // 2)]])
    return FittedStars(
        fits.x[place],
        fits.y[place],
        fits.flux[place],
        np.maximum(fits.error[place], 1e-3),
        usual * FWHM,
        ellipticity,
        angle,
    )


def _ellipse(moments: Numbers) -> tuple[float, float]:
    """1 - b/a of the median moments, and their direction in degrees."""
    xx, yy, xy = np.median(moments, axis=0)
    mean, apart = (xx + yy) / 2, sqrt(((xx - yy) / 2) ** 2 + xy**2)
    long, short = max(mean + apart, 1e-9), max(mean - apart, 1e-9)
    return 1.0 - sqrt(short / long), float(np.degrees(np.arctan2(2 * xy, xx - yy)) / 2)
