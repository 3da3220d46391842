"""What a user's telescope does to the sky, measured on its own frames: the PSF by its stars, the
noise and how neighbours share it, the gain, and where pixels saturate.

Legend: lengths in pixels of the frames; K stars, n the side of a stamp.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from astroview.core.bad_pixels.pixel_rule import good_frame
from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.fits_headers import number
from astroview.core.frame import Frame, Window
from astroview.core.sky.sky_noise import SkyNoise, sky_of
from astroview.engine.stacking.star_fits import FWHM, CompactSources, compact_sources, ellipse_of
from trainer.data import telescope_model
from trainer.data.telescope_model import Psf

FloatArray = NDArray[np.float32]
FEWEST_STARS = 8  # of all frames together, below which nothing is known of the PSF
BRIGHTEST, MOST = 40, 48  # stars of a frame, and of all, that the PSF is fitted to
LOCUS = 0.25  # of the logarithm of the width, within which stars are alike
ALIKE = 0.7  # of the most: a window of narrower ones that holds so many is the stars'
FIT_SNR = 30.0  # peak in sigmas of the sky
HALF = 6  # pixels, of a stamp
BETAS = (1.6, 12.0)  # Moffat's exponents; from ten on a Gaussian in all but name
PIXEL = math.sqrt(1 / 12)  # standard deviation of a pixel's own box
ROUNDS = 2  # of shape and places in turn
UNLIKE = 0.04  # of a star's squared light: what a Moffat leaves of a quarter of the stars at most
GAINS = ("GAIN", "EGAIN", "CCDGAIN", "HIERARCH ESO DET OUT1 GAIN")
ASSUMED = 20.0  # electrons of noise that stand for a frame whose gain nobody tells
FAINTEST, SPARE = 5.0, 1.5  # signal to noise; so much beyond the frames' own brightness
SEEN, MOST_SHARED = 1024, 0.6  # pixels a side that noise is measured in; of neighbours' noise
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Telescope:
    """A telescope, its sky and its camera, as they show in frames.

    Attributes
    ----------
    psf
        Of optics and air, without the pixel; width in pixels of the frames.
    noise
        Median standard deviation of the sky's pixels, in ``unit``.
    share
        The part of its neighbours that a pixel takes, as `telescope_model.correlate` has it.
    gain
        Electrons per unit; ``told`` by a header, or else assumed.
    saturation
        The level in native units, above the sky; infinite where nothing says.
    peaks
        From the fainter to the brighter of the frames, the signal to noise of their brightest
        pixels: one of a thousand is brighter.
    """

    psf: Psf
    noise: float
    share: float
    gain: float
    told: bool
    saturation: float
    unit: str
    frames: int
    stars: int
    peaks: tuple[float, float]

    def words(self) -> str:
        """One line for people."""
        noise = f"{self.noise:.3g} {self.unit}".strip()
        parts = [
            f"stars {self.psf.fwhm:.2f} pixels wide (Moffat {self.psf.beta:g},"
            f" ellipticity {self.psf.ellipticity:.2f}, {self.stars} stars)",
            f"noise {noise}" + (f", shared by neighbours ({self.share:.2f})" if self.share else ""),
            f"gain {self.gain:.3g}" if self.told else "gain not told",
        ]
        if math.isfinite(self.saturation):
            parts.append(f"saturated above {self.saturation:.4g}")
        return "; ".join(parts)


@dataclass(frozen=True, eq=False)
class TelescopeFrame:
    """A frame with what its own pixels tell: level of its ``sky``, the noise of a pixel of it and
    what of it neighbours share, the level that one pixel of a thousand exceeds (above the sky),
    and what is compact on it, stars or not.
    """

    frame: Frame
    sky: SkyNoise
    noise: float
    share: float
    bright: float
    sources: CompactSources

    @property
    def unit(self) -> str:
        """Of its samples; "" where nobody tells."""
        return str(self.frame.unit or "")


def look_at(frame: Frame) -> TelescopeFrame | None:
    """Sky and stars of a frame; None of one that is no linear grey frame, or shows no sky."""
    if frame.kind != "linear" or frame.channels != 1 or min(frame.shape) < 4 * HALF:
        return None
    frame = good_frame(frame)  # parts with pixels of no measurement are not learnt from either
    sky = sky_of(frame)
    if sky is None or not sky.sigmas[0] > 0:
        return None
    return TelescopeFrame(frame, sky, *_grain(frame, sky), compact_sources(frame, sky))


def measure(frames: Sequence[TelescopeFrame]) -> Telescope | None:
    """The telescope that frames were taken with; None where they show too few stars, or stars
    that no Moffat describes: skies through another one would be learnt from, and judged on.

    Levels of several units have no common noise: frames of the most frequent one are measured.
    """
    units = [one.unit for one in frames]
    unit = max(units, key=units.count, default="")
    frames = [one for one in frames if one.unit == unit]
    sigma = np.concatenate([one.sources.sigma for one in frames]) if frames else np.zeros(0)
    usual = star_width(sigma)
    if usual is None:
        return None
    picked = [np.abs(np.log(one.sources.sigma / usual)) < LOCUS / 2 for one in frames]
    stars = int(sum(mask.sum() for mask in picked))
    psf = _psf(frames, picked, usual)
    if psf is None:
        return None
    # What the sky itself has of structure only adds to noise: one of the quieter frames tells.
    quiet = sorted(frames, key=lambda one: one.noise)[len(frames) // 4]
    noise, share = quiet.noise, quiet.share
    gains = [gain for one in frames if (gain := gain_of(one.frame))]
    levels = [_saturation(one) for one in frames]
    gain = float(np.median(gains)) if gains else ASSUMED / noise
    return Telescope(
        psf,
        noise,
        share if share > 0.03 else 0.0,
        gain,
        bool(gains),
        float(np.median(levels)),
        unit,
        len(frames),
        stars,
        _peaks(frames, noise, gain),
    )


def star_width(sigma_K: NDArray[np.float64]) -> float | None:
    """The width that stars have: all the same, and the narrowest there is, while galaxies and knots
    are of all widths. The middle of the window that holds the most, the narrower one of two that
    hold nearly as many; None where too few are alike.
    """
    logs = np.sort(np.log(sigma_K[sigma_K > 0]))
    if logs.size < FEWEST_STARS:
        return None
    counts = np.searchsorted(logs, logs + LOCUS, side="right") - np.arange(logs.size)
    if counts.max() < FEWEST_STARS:
        return None
    first = int(np.argmax(counts >= ALIKE * counts.max()))
    return float(np.exp(np.median(logs[first : first + counts[first]])))


def _peaks(frames: Sequence[TelescopeFrame], noise: float, gain: float) -> tuple[float, float]:
    """Skies are as bright as the user's frames, or what is learnt, and judged, is another's."""
    light = np.maximum([one.bright for one in frames], noise) * gain
    found = light / np.sqrt(light + (noise * gain) ** 2)
    low, high = np.quantile(found, (0.1, 0.9))
    return float(max(low / SPARE, FAINTEST)), float(max(high * SPARE, 2 * FAINTEST))


def gain_of(frame: Frame) -> float:
    """Electrons per unit as the header tells it; 0 where it does not."""
    if frame.header is None:
        return 0.0
    found = (number(frame.header, key, 0.0) for key in GAINS)
    return next((gain for gain in found if 0 < gain < math.inf), 0.0)


def _saturation(one: TelescopeFrame) -> float:
    level = saturation_level(one.frame)
    return math.inf if level is None else max(level - one.sky.level[0], one.noise)


def _grain(frame: Frame, sky: SkyNoise) -> tuple[float, float, float]:
    """Noise of a pixel, and the part of its neighbours that it takes: by differences of pixels
    that lie beside one another and three apart, which the sky's own structure hardly touches;
    and what one pixel of a thousand exceeds.
    """
    height, width = (min(n, SEEN) for n in frame.shape)
    top, left = (frame.shape[0] - height) // 2, (frame.shape[1] - width) // 2
    x = frame.read(Window(top, left, height, width)).astype(np.float64)
    x -= sky.at(np.arange(height) + float(top), np.arange(width) + float(left))
    bright = float(np.nanquantile(x, 0.999)) if np.isfinite(x).any() else 0.0
    x[~(np.abs(x) < 3 * sky.sigmas[0])] = np.nan  # NaN too
    near, far = (_spread(x[:, k:] - x[:, :-k]) for k in (1, 3))
    if not far > 0:
        return sky.sigmas[0], 0.0, bright
    shared = min(max(1 - (near / far) ** 2, 0.0), 0.5)  # of neighbours' noise
    part = (1 - math.sqrt(1 - 4 * shared**2)) / (2 * shared) if shared else 0.0
    return far / math.sqrt(2), min(part, MOST_SHARED), bright


def _spread(x: NDArray[np.float64]) -> float:
    good = x[np.isfinite(x)]
    return float(1.4826 * np.median(np.abs(good - np.median(good)))) if good.size > 99 else 0.0


# ---------------------------------------------------------------- the PSF


def _psf(
    frames: Sequence[TelescopeFrame], picked: Sequence[NDArray[np.bool_]], sigma: float
) -> Psf | None:
    """The Moffat that stars look most like, integrated over pixels; each star has its own place
    and flux, all have one shape. None where even the cleanest stars look otherwise.
    """
    stamps, places, weights = _stamps(frames, picked)
    moments = [one.sources.moments[mask] for one, mask in zip(frames, picked, strict=True)]
    ellipticity, degrees = ellipse_of(np.concatenate(moments))
    # Moments are of the light with the pixel, which is round.
    alone = math.sqrt(max(sigma**2 - PIXEL**2, (0.3 * sigma) ** 2))
    wide = (sigma / alone) ** 2
    psf = Psf(
        "moffat", float(alone * FWHM), 3.0, min(ellipticity * wide, 0.7), math.radians(degrees)
    )
    if not len(stamps):
        return psf
    # Where a star lies and how it looks depend on one another; the places that Gaussians were
    # fitted with are nearer to the middles of pixels than the stars are, the width is not so far
    # off.
    for _ in range(ROUNDS):
        places = np.array([_place(psf, *one) for one in zip(stamps, places, strict=True)])
        psf = _fitted(psf, stamps, places, weights)
    clean = np.sort([_unlike(psf, *one) for one in zip(stamps, places, strict=True)])
    return psf if clean[len(clean) // 4] < UNLIKE else None


def _fitted(
    first: Psf,
    stamps: NDArray[np.float64],
    places: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> Psf:
    """Width, exponent and ellipticity that leave least of stars whose places are known."""

    def psf_of(x: NDArray[np.float64]) -> Psf:
        beta = float(np.clip(first.beta * math.exp(x[1]), *BETAS))
        ellipticity = float(np.clip(first.ellipticity + x[2], 0.0, 0.7))
        return replace(first, fwhm=first.fwhm * math.exp(x[0]), beta=beta, ellipticity=ellipticity)

    def cost(x: NDArray[np.float64]) -> float:
        return _misfit(psf_of(x), stamps, places, weights)

    corners = np.array([[0.0, 0.0, 0.0], [0.2, 0.0, 0.0], [0.0, 0.3, 0.0], [0.0, 0.0, 0.1]])
    found = minimize(
        cost,
        corners[0],
        method="Nelder-Mead",
        options={"initial_simplex": corners, "maxfev": 90, "xatol": 5e-3, "fatol": 1e-3},
    )
    return psf_of(found.x)


def _unlike(psf: Psf, stamp: NDArray[np.float64], place: NDArray[np.float64]) -> float:
    """The share of a star's light, squared, that a PSF leaves."""
    left = _left_of(stamp, replace(psf, shift=(float(place[0]), float(place[1]))))
    return left / float(((stamp - np.median(stamp)) ** 2).sum())


def _place(psf: Psf, stamp: NDArray[np.float64], place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where a star lies in its stamp, as (dy, dx) from the middle, if it looks like that."""

    def cost(at: NDArray[np.float64]) -> float:
        return _left_of(stamp, replace(psf, shift=(float(at[0]), float(at[1]))))

    corners = place + np.array([[0.0, 0.0], [0.08, 0.0], [0.0, 0.08]])
    options = {"initial_simplex": corners, "maxfev": 25, "xatol": 5e-3}
    return np.asarray(minimize(cost, place, method="Nelder-Mead", options=options).x)


def _stamps(
    frames: Sequence[TelescopeFrame], picked: Sequence[NDArray[np.bool_]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Stamps (K, n, n) above the sky, the stars' places in them as (dy, dx) from the middle, and
    what a pixel's square is worth.
    """
    stamps: list[NDArray[np.float64]] = []
    places: list[tuple[float, float]] = []
    weights: list[float] = []
    side = 2 * HALF + 1
    for one, mask in zip(frames, picked, strict=True):
        xs, ys = one.sources.x[mask][:BRIGHTEST], one.sources.y[mask][:BRIGHTEST]
        for x, y in zip(xs, ys, strict=True):
            row, column = round(float(y)), round(float(x))
            window = Window(row - HALF, column - HALF, side, side)
            if window.clip(one.frame.shape) != window:
                continue
            step = np.arange(-HALF, HALF + 1.0)
            stamp = one.frame.read(window) - one.sky.at(row + step, column + step)
            peak = float(np.nanmax(stamp))
            if not np.isfinite(stamp).all() or peak < FIT_SNR * one.noise:
                continue
            stamps.append(np.asarray(stamp, np.float64) / peak)
            places.append((float(y) - row, float(x) - column))
            weights.append(min((peak / one.noise) ** 2, 1e4))
    best = np.argsort(-np.array(weights), kind="stable")[:MOST]
    made = np.array(stamps).reshape(-1, side, side)[best]
    return made, np.array(places).reshape(-1, 2)[best], np.array(weights)[best]


def _misfit(
    psf: Psf,
    stamps: NDArray[np.float64],
    places: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> float:
    """Median over the stars of what a PSF leaves of them, each with its best flux and sky."""
    left = [
        _left_of(stamp, replace(psf, shift=(float(dy), float(dx)))) * weight
        for stamp, (dy, dx), weight in zip(stamps, places, weights, strict=True)
    ]
    return float(np.median(left))


def _left_of(stamp: NDArray[np.float64], psf: Psf) -> float:
    """The sum of squares that a PSF leaves of a star, with its best flux and sky."""
    model = telescope_model.stamp(psf, HALF).numpy()
    light, sky = model - model.mean(), stamp - stamp.mean()
    flux = float((light * sky).sum() / max((light**2).sum(), 1e-30))
    return float(((sky - flux * light) ** 2).sum())
