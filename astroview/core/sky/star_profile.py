"""A star's profile: centre, width, flux, background; or why there is none to measure.

Centre and flux by photutils; Gaussian and Moffat curves fitted to every pixel's value against
its distance from the centre, as IRAF's imexamine does: binning first would widen narrow stars.
"""

from __future__ import annotations

from math import ceil, floor, hypot, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.bad_pixels.saturation import saturation_level
from astroview.core.frame import Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.photometry.star_curves import (
    GAUSSIAN_FWHM,
    RadialCurve,
    fit_gaussian,
    fit_moffat,
)
from astroview.core.texts import Text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame

REACH = 6.0  # pixels from the click within which the peak is looked for
FIRST = 16  # half side of the first look
SMALLEST, LARGEST = 10.0, 80.0  # radius of the profile
CLEAR = 5.0  # the star must stand out so many sigma of the sky
NEAR_LEVEL = 0.98  # of the level of saturation: there samples have no more to say
NOT_ALONE = 0.1  # of the star's height: what a neighbour or the other half of a blend has


@dataclass(frozen=True)
class StarProfile:
    """What a click on a star tells; lengths in pixels of the frame that was measured.

    Attributes
    ----------
    x, y
        The centre, as a place.
    radius, values
        Distance from the centre (N,) and background-subtracted value (N,) of every pixel.
    flux, flux_error
        Sum above the background within `aperture` pixels, and what the sky's noise adds to it
        (photon noise of the star needs a gain and is left out).
    ellipticity
        1 - b/a from the second moments.
    remarks
        What to know before using the numbers, as sentences.
    """

    x: float
    y: float
    radius: NDArray[np.float64]
    values: NDArray[np.float64]
    gaussian: RadialCurve
    moffat: RadialCurve
    background: float
    noise: float
    peak: float
    aperture: float
    flux: float
    flux_error: float
    ellipticity: float
    unit: str
    remarks: tuple[str, ...] = ()

    @property
    def best(self) -> RadialCurve:
        """The curve that fits better."""
        return min(self.gaussian, self.moffat, key=lambda curve: curve.rms)


@dataclass(frozen=True)
class NoStar:
    """Why nothing was measured, in words for the user."""

    reason: str


@dataclass(frozen=True)
class _Cutout:
    """Grey samples (h, w) about a place, and where their first pixel lies in the frame."""

    samples: NDArray[np.float64]
    left: int
    top: int

    def index(self, x: float, y: float) -> tuple[float, float]:
        """A place as array coordinates (pixel centres are whole)."""
        return x - 0.5 - self.left, y - 0.5 - self.top


def measure_star(frame: Frame, x: float, y: float) -> StarProfile | NoStar:
    """The star nearest to a place; colour frames are measured on the mean of their channels."""
    with collected_warnings():  # the fits talk while they try
        try:
            return _measured(frame, x, y)
        except _Nothing as nothing:
            return NoStar(str(nothing))


class _Nothing(Exception):
    """There is no star; the text says why."""


@dataclass(frozen=True)
class _Look:
    """A star seen with a guess of its width: the pixels around it, and a Gaussian through them."""

    cut: _Cutout
    x: float
    y: float
    reach: float
    background: float
    noise: float
    radius: NDArray[np.float64]
    values: NDArray[np.float64]
    gaussian: RadialCurve


def _measured(frame: Frame, x: float, y: float) -> StarProfile:
    first = _cutout(frame, x, y, FIRST)
    sky, noise = _sky(first.samples)
    x, y = _peak(first, x, y, sky, noise)
    rough = _look(frame, x, y, _rough_width(first, x, y, sky))
    look = _look(frame, rough.x, rough.y, rough.gaussian.fwhm)
    moffat = fit_moffat(look.radius, look.values, look.gaussian)
    best = min(look.gaussian, moffat, key=lambda curve: curve.rms)
    _check(best, look.noise, look.reach)
    return _report(frame, look, moffat, best)


def _look(frame: Frame, x: float, y: float, width: float) -> _Look:
    reach = min(max(5 * width, SMALLEST), LARGEST)
    cut = _cutout(frame, x, y, ceil(reach) + 1)
    background, noise = _annulus(cut, x, y, max(3 * width, 6.0), reach)
    x, y = _centre(cut, x, y, width, background)
    radius, values = _spread(cut, x, y, reach, background)
    gaussian = fit_gaussian(radius, values, width)
    return _Look(cut, x, y, reach, background, noise, radius, values, gaussian)


def _report(frame: Frame, look: _Look, moffat: RadialCurve, best: RadialCurve) -> StarProfile:
    cut, x, y = look.cut, look.x, look.y
    aperture = min(max(2.0 * best.fwhm, 3.0), look.reach)
    flux, area = _flux(cut, x, y, aperture, look.background)
    peak = float(np.nanmax(cut.samples[_near(cut, x, y, max(best.fwhm, 1.5))]))
    return StarProfile(
        x=x,
        y=y,
        radius=look.radius,
        values=look.values,
        gaussian=look.gaussian,
        moffat=moffat,
        background=look.background,
        noise=look.noise,
        peak=peak,
        aperture=aperture,
        flux=flux,
        flux_error=look.noise * sqrt(area),
        ellipticity=_ellipticity(cut, x, y, best.fwhm, look.background),
        unit=frame.unit,
        remarks=_remarks(look, best, aperture, peak, frame),
    )


def _cutout(frame: Frame, x: float, y: float, half: int) -> _Cutout:
    wanted = Window(floor(y) - half, floor(x) - half, 2 * half + 1, 2 * half + 1)
    window = wanted.clip(frame.shape)
    if window.height < 5 or window.width < 5:
        raise _Nothing("This is too close to the edge of the frame.")
    samples = frame.read(window).astype(np.float64)
    if samples.ndim == 3:
        samples = samples.mean(axis=2)
    if np.isfinite(samples).sum() < 25:
        raise _Nothing("There is no data here.")
    return _Cutout(samples, window.x, window.y)


def _sky(samples: NDArray[np.float64]) -> tuple[float, float]:
    """Median and standard deviation of the sky, without what stands out."""
    from astropy.stats import sigma_clipped_stats

    good = samples[np.isfinite(samples)]
    _, median, std = sigma_clipped_stats(good, sigma=3.0, maxiters=10)
    if std == 0:  # more than half of the pixels alike: pictures, models without noise
        std = float(np.std(good)) * 1e-3
    return float(median), max(float(std), 1e-30)


def _peak(cut: _Cutout, x: float, y: float, sky: float, noise: float) -> tuple[float, float]:
    """The brightest place near the click, on samples smoothed a little."""
    from scipy.ndimage import uniform_filter

    filled = np.where(np.isfinite(cut.samples), cut.samples, sky)
    smooth: Any = uniform_filter(filled, 3, mode="nearest")
    near = _near(cut, x, y, REACH)
    best = int(np.argmax(np.where(near, smooth, -np.inf)))
    row, column = divmod(best, cut.samples.shape[1])
    if smooth[row, column] - sky < CLEAR * noise / 3:  # a mean of nine has a third of the noise
        raise _Nothing("No star stands out from the sky here.")
    return column + cut.left + 0.5, row + cut.top + 0.5


def _near(cut: _Cutout, x: float, y: float, reach: float) -> NDArray[np.bool_]:
    column, row = cut.index(x, y)
    rows, columns = np.indices(cut.samples.shape)
    return np.hypot(rows - row, columns - column) <= reach


def _rough_width(cut: _Cutout, x: float, y: float, sky: float) -> float:
    """A first FWHM from the number of pixels above half of the peak around it."""
    from scipy.ndimage import label

    column, row = (round(v) for v in cut.index(x, y))
    level = np.where(np.isfinite(cut.samples), cut.samples, sky) - sky
    top = level[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].max()
    found: Any = label(level >= top / 2)
    parts = found[0]
    own: Any = parts[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2].max()
    return min(max(2 * sqrt(float((parts == own).sum()) / np.pi), 1.5), LARGEST / 5)


def _annulus(cut: _Cutout, x: float, y: float, inner: float, outer: float) -> tuple[float, float]:
    """Median and standard deviation of a ring around the star."""
    ring = _near(cut, x, y, outer) & ~_near(cut, x, y, min(inner, outer - 2))
    ring &= np.isfinite(cut.samples)
    if ring.sum() < 12:
        return _sky(cut.samples)
    return _sky(cut.samples[ring])


def _centre(
    cut: _Cutout, x: float, y: float, width: float, background: float
) -> tuple[float, float]:
    """The centre by a two-dimensional Gaussian fit to the star's core."""
    from photutils.centroids import centroid_2dg

    column, row = cut.index(x, y)
    half = max(3, ceil(1.5 * width))
    top, left = max(round(row) - half, 0), max(round(column) - half, 0)
    core = cut.samples[top : round(row) + half + 1, left : round(column) + half + 1] - background
    if np.isfinite(core).sum() < 9:
        raise _Nothing("Too few pixels have data here.")
    found: Any = centroid_2dg(np.where(np.isfinite(core), core, 0.0), mask=~np.isfinite(core))
    to_x, to_y = found[0] + left + cut.left + 0.5, found[1] + top + cut.top + 0.5
    if not hypot(to_x - x, to_y - y) <= max(REACH, 1.5 * width):
        raise _Nothing("No single star can be told apart here.")
    return float(to_x), float(to_y)


def _spread(
    cut: _Cutout, x: float, y: float, reach: float, background: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Distance and height of every pixel around the centre, nearest first."""
    column, row = cut.index(x, y)
    rows, columns = np.indices(cut.samples.shape)
    radius = np.hypot(rows - row, columns - column).ravel()
    values = cut.samples.ravel() - background
    kept = np.flatnonzero((radius <= reach) & np.isfinite(values))
    kept = kept[np.argsort(radius[kept])]
    return radius[kept], values[kept]


def _check(best: RadialCurve, noise: float, reach: float) -> None:
    if significance(best.amplitude, best.fwhm, noise) < CLEAR:
        raise _Nothing("No star stands out from the sky here.")
    if best.fwhm > 1.2 * reach:
        raise _Nothing("What is here is too wide for a star.")
    if best.fwhm < 1.15:
        raise _Nothing("This is a single bright pixel: a hot pixel or a cosmic ray, not a star.")


def significance(amplitude: float, fwhm: float, noise: float) -> float:
    """Signal-to-noise of a Gaussian star, all of its pixels weighted best, on a noisy sky.

    A wide star can stand out by little in each pixel and by much in all of them.
    """
    return amplitude / noise * sqrt(np.pi) * fwhm / GAUSSIAN_FWHM


def _flux(
    cut: _Cutout, x: float, y: float, aperture: float, background: float
) -> tuple[float, float]:
    """Sum above the background inside a circle, exact at its edge; and the circle's area."""
    from photutils.aperture import ApertureStats, CircularAperture

    circle = CircularAperture(cut.index(x, y), aperture)
    inside: Any = ApertureStats(
        cut.samples - background, circle, mask=~np.isfinite(cut.samples), sum_method="exact"
    )
    area: Any = inside.sum_aper_area
    return float(inside.sum), float(area.value)


def _ellipticity(cut: _Cutout, x: float, y: float, fwhm: float, background: float) -> float:
    from photutils.aperture import ApertureStats, CircularAperture

    circle = CircularAperture(cut.index(x, y), max(1.2 * fwhm, 2.5))
    inside: Any = ApertureStats(
        cut.samples - background, circle, mask=~np.isfinite(cut.samples), sum_method="center"
    )
    return float(inside.ellipticity)


def _remarks(
    look: _Look, best: RadialCurve, aperture: float, peak: float, frame: Frame
) -> tuple[str, ...]:
    said: list[str] = []
    core = look.cut.samples[_near(look.cut, look.x, look.y, max(best.fwhm, 1.5))]
    level = saturation_level(frame)
    if level is not None and peak >= NEAR_LEVEL * level:
        said.append(
            Text(
                "The star is saturated: its peak reaches {level:.6g}, the detector's most.",
                level=level,
            )
        )
    elif (core >= peak - 1e-6 * abs(peak)).sum() >= 4:
        said.append("The top is flat: the star is probably saturated.")
    said += _company(look, best, aperture)
    if not np.isfinite(core).all():
        said.append("Pixels without data lie in the star.")
    height, width = frame.shape
    if min(look.x, look.y, width - look.x, height - look.y) < aperture:
        said.append("The star is cut by the edge of the frame.")
    if best.fwhm < 1.5:
        said.append("The star is undersampled (or a cosmic ray): its width is uncertain.")
    if frame.channels == 3:
        said.append("Measured on the mean of red, green and blue.")
    return tuple(said)


def _company(look: _Look, best: RadialCurve, aperture: float) -> list[str]:
    """What stands beside the star: inside its aperture a blend, outside it a neighbour."""
    from scipy.ndimage import maximum_filter, uniform_filter

    cut = look.cut
    column, row = cut.index(look.x, look.y)
    rows, columns = np.indices(cut.samples.shape)
    away = np.hypot(rows - row, columns - column)
    rest = np.nan_to_num(cut.samples - look.background - best.at(away))
    smooth: Any = uniform_filter(rest, 3, mode="nearest")
    least = max(CLEAR * look.noise / 3, NOT_ALONE * best.amplitude)
    # Nearer than this, what is left over is the fit's own, a ring and no spot.
    peaks = (smooth == maximum_filter(smooth, 5)) & (smooth > least) & (away > 0.8 * best.fwhm)
    peaks &= (away <= look.reach) & (away > 1.5)
    if not peaks.any():
        return []
    brightest = int(np.argmax(np.where(peaks, smooth, -np.inf)))
    distance = float(away.ravel()[brightest])
    share = float(smooth.ravel()[brightest]) / best.amplitude
    if distance <= aperture:
        return [
            Text(
                "This is a blend: a neighbour, {distance:.1f} pixels away, is in the "
                "aperture with {share:.0%} of the height. Width and flux are of both.",
                distance=distance,
                share=share,
            )
        ]
    return [
        Text(
            "A neighbour, {distance:.1f} pixels away, has {share:.0%} of the height.",
            distance=distance,
            share=share,
        )
    ]
