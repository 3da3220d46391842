"""What a super-resolved frame did to the sky: fluxes kept, sources new and lost, residuals.

Legend: places are (y, x) in pixels of the array they were found in, a pixel's centre is whole;
``s`` the magnification, lengths in coarse pixels unless said; noise is of one coarse pixel.
A sample of the fine frame is a surface brightness: the mean of s x s is the coarse pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, maximum_filter
from scipy.spatial import KDTree

from astroview.core.bad_pixels.frame_noise import pixel_noise

FloatArray = NDArray[np.float32]
Places = NDArray[np.float64]

FOUND = 5.0  # sigma of the filtered frame above which there is a source
HINTED = 3.0  # sigma from which on a source is not called new, or lost
CORE, RING = 0.8, 2.4  # widths of the filter that finds: a bump minus what lies around it
REACH = 1.5  # coarse pixels within which two sources are one
APERTURE = 3.0  # radius in coarse pixels


@dataclass(frozen=True, eq=False)
class Trust:
    """Before and after.

    Attributes
    ----------
    places, before, after, error
        The flux ledger, a row for each source of the coarse frame that lies clear of its edges:
        place (N, 2), flux before and after in coarse units, and what the noise adds to it (N,).
    lost, new
        Sources of the coarse frame without one in the fine (coarse places), and of the fine
        without one in the coarse (fine places).
    residual
        Of the fine frame's box means from the coarse frame, in units of the noise: (H, W).
    """

    places: Places
    before: Places
    after: Places
    error: Places
    lost: Places
    new: Places
    residual: FloatArray

    @property
    def flux_ratio(self) -> float:
        """Median of after / before over the ledger; NaN without sources."""
        good = self.before > 0
        return float(np.median(self.after[good] / self.before[good])) if good.any() else np.nan

    @property
    def worst_residual(self) -> float:
        """The largest residual, in units of the noise."""
        return float(np.nanmax(np.abs(self.residual), initial=0.0))


def compare(
    before: FloatArray, after: FloatArray, noise: float | FloatArray | None = None
) -> Trust:
    """Compare a frame (H, W) with its super-resolved one (sH, sW).

    Parameters
    ----------
    noise
        Standard deviation of a coarse pixel, for all or for each (H, W); None estimates it from
        the pixel-scale noise of ``before``.
    """
    scale = after.shape[0] // before.shape[0]
    if noise is None:
        noise = noise_of(before)
    sure, fine = (find_sources(x, noise, s) for x, s in ((before, 1), (after, scale)))
    maybe, fine_maybe = (
        find_sources(x, noise, s, HINTED, in_gaps=True) for x, s in ((before, 1), (after, scale))
    )
    kept = matched(sure, to_coarse(fine_maybe, scale), REACH)
    known = matched(to_coarse(fine, scale), maybe, REACH)
    inner = inside(sure, before.shape, 2 * APERTURE)
    places = sure[inner]
    return Trust(
        places,
        fluxes(before, places, APERTURE),
        fluxes(after, to_fine(places, scale), APERTURE * scale) / scale**2,
        flux_errors(noise, places),
        sure[~kept],
        fine[~known],
        ((box_means(after, scale) - before) / noise).astype(np.float32),
    )


def noise_of(samples: FloatArray) -> float:
    """Standard deviation of a pixel's noise; of a frame without any, that of its samples."""
    return pixel_noise(samples) or _spread(samples)


def find_sources(
    samples: FloatArray,
    noise: float | FloatArray,
    scale: int = 1,
    threshold: float = FOUND,
    *,
    in_gaps: bool = False,
) -> Places:
    """Places (N, 2) of what stands out as a point does, brightest first.

    The frame is filtered with a Gaussian minus a wider one, as wide as a sharp star of the
    coarse frame whatever the scale, and local maxima above ``threshold`` times the noise that
    the filter leaves are kept. With a scale above 1 the noise is still that of coarse pixels.
    With ``in_gaps`` light that peaks where there are no data counts too: a source whose core is
    missing does so in a fine frame, and in a coarse one beside it.
    """
    filled = np.nan_to_num(np.asarray(samples, np.float32), nan=_middle(samples))
    seen = gaussian_filter(filled, CORE * scale) - gaussian_filter(filled, RING * scale)
    level = np.asarray(noise, np.float32) * np.float32(_left_noise())
    if level.ndim == 2 and scale > 1:
        level = level.repeat(scale, 0).repeat(scale, 1)
    peaks = (seen == maximum_filter(seen, 2 * scale + 1)) & (seen > threshold * level)
    peaks &= np.isfinite(samples) | in_gaps
    rows, columns = np.nonzero(peaks)
    order = np.argsort(-seen[rows, columns], kind="stable")
    return np.column_stack([rows, columns])[order].astype(np.float64)


def _middle(samples: FloatArray) -> float:
    good = samples[np.isfinite(samples)]
    return float(np.median(good)) if good.size else 0.0


def _spread(samples: FloatArray) -> float:
    """Standard deviation; 1 of what has none."""
    good = samples[np.isfinite(samples)].astype(np.float64)
    return float(good.std()) if good.size and good.std() > 0 else 1.0


def _left_noise() -> float:
    """Standard deviation that the finding filter leaves of white noise of 1."""
    point = np.zeros((31, 31))
    point[15, 15] = 1
    answer: Any = gaussian_filter(point, CORE) - gaussian_filter(point, RING)
    return float(np.sqrt((answer**2).sum()))


def fluxes(samples: FloatArray, places: Places, radius: float) -> Places:
    """Sums (N,) in circles above the mean of a ring from 1.5 to 2 radii, in samples' units."""
    from photutils.aperture import CircularAnnulus, CircularAperture

    if len(places) == 0:
        return np.zeros(0)
    points = places[:, ::-1]
    circle = CircularAperture(points, radius)
    ring = CircularAnnulus(points, 1.5 * radius, 2 * radius)
    mask = ~np.isfinite(samples)
    sums: Any = circle.do_photometry(samples, mask=mask)[0]
    around: Any = ring.do_photometry(samples, mask=mask)[0]
    return np.asarray(sums - around * (circle.area / ring.area), np.float64)


def flux_errors(noise: float | FloatArray, places: Places) -> Places:
    """What the noise adds to `fluxes` of a coarse frame: the circle's and the ring's, (N,)."""
    from photutils.aperture import CircularAnnulus, CircularAperture

    circle = CircularAperture((0, 0), APERTURE)
    ring = CircularAnnulus((0, 0), 1.5 * APERTURE, 2 * APERTURE)
    share = _squares(circle) + _squares(ring) * (circle.area / ring.area) ** 2
    if np.ndim(noise) == 0:
        return np.full(len(places), float(noise) * np.sqrt(share))
    rows, columns = (np.rint(places[:, i]).astype(int) for i in (0, 1))
    local: Any = gaussian_filter(np.asarray(noise, np.float64) ** 2, APERTURE / 2)
    return np.sqrt(local[rows, columns] * share)


def _squares(aperture: Any) -> float:
    """The sum of squares of the pixels' parts in an aperture."""
    return float((aperture.to_mask().data ** 2).sum())


def matched(these: Places, those: Places, reach: float) -> NDArray[np.bool_]:
    """Whether each of these has one of those within reach, (N,)."""
    if len(these) == 0 or len(those) == 0:
        return np.zeros(len(these), bool)
    distance: Any = KDTree(those).query(these)[0]
    return distance <= reach


def inside(places: Places, shape: tuple[int, ...], margin: float) -> NDArray[np.bool_]:
    """Whether places lie at least ``margin`` pixels from the edges, (N,)."""
    height, width = shape[:2]
    y, x = places[:, 0], places[:, 1]
    return (y >= margin) & (x >= margin) & (y < height - margin) & (x < width - margin)


def to_fine(places: Places, scale: int) -> Places:
    """Places of the coarse frame in the fine one."""
    return (places + 0.5) * scale - 0.5


def to_coarse(places: Places, scale: int) -> Places:
    """Places of the fine frame in the coarse one."""
    return (places + 0.5) / scale - 0.5


def box_means(fine: FloatArray, scale: int) -> FloatArray:
    """Means over s x s boxes: what a detector with the coarse pixels would have seen."""
    height, width = (n // scale for n in fine.shape)
    boxes = fine[: height * scale, : width * scale].reshape(height, scale, width, scale)
    return boxes.mean((1, 3), dtype=np.float64).astype(np.float32)
