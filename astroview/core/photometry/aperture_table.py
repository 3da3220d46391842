"""Fluxes and magnitudes of many stars in one aperture, as a table; by photutils."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.errors import AstroviewError
from astroview.core.frame import Frame, Window
from astroview.core.lazy_dataclass import dataclass
from astroview.core.library_warnings import collected_warnings
from astroview.core.sky.sky_map import sky_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 40_000_000  # samples that are searched for stars
CLEAR = 5.0  # sigmas of the sky that a star stands out
POGSON = 2.5 / np.log(10)


class NothingToMeasure(AstroviewError):
    """There is no star, or too much to search."""


@dataclass(frozen=True)
class Apertures:
    """Radii in pixels: of the aperture, and of the ring that the sky is taken from.

    `zero` is the magnitude of one unit; None: no magnitudes. `fwhm` is what is searched for.
    """

    radius: float = 5.0
    inner: float = 8.0
    outer: float = 14.0
    zero: float | None = None
    fwhm: float = 3.0

    def __post_init__(self) -> None:
        if not self.radius > 0 or not 0 < self.inner < self.outer:
            raise NothingToMeasure(
                "These radii make no ring", hint="Aperture and inner radius above 0, outer larger."
            )


@dataclass(frozen=True, eq=False)
class _Cut:
    """Grey samples (h, w), rows upwards, whose first pixel is (x, y) of the frame's."""

    data: NDArray[np.float64]
    x: int
    y: int


def find_stars(frame: Frame, window: Window, fwhm: float) -> NDArray[np.float64]:
    """Pixels (N, 2) of stars in a part of a frame, from 0, y upwards, the brightest first.

    Raises
    ------
    NothingToMeasure
        There is none, or the part is larger than `MOST` samples.
    """
    inside = window.clip(frame.shape)
    if inside.height * inside.width > MOST:
        raise NothingToMeasure("This is too much to search for stars", hint="Zoom in first.")
    from astropy.stats import sigma_clipped_stats
    from photutils.detection import DAOStarFinder

    cut = _cut(frame, inside)
    with collected_warnings():
        _, median, noise = sigma_clipped_stats(cut.data, mask=~np.isfinite(cut.data), sigma=3.0)
        finder = DAOStarFinder(threshold=CLEAR * float(noise), fwhm=fwhm)
        known = np.nan_to_num(cut.data - median)
        found: Any = finder(known) if noise > 0 else None
    if found is None or not len(found):
        raise NothingToMeasure("No stars stand out of the sky here", hint="Try another FWHM.")
    names = ("x_centroid", "y_centroid") if "x_centroid" in found.colnames else (
        "xcentroid", "ycentroid")  # fmt: skip
    order = np.argsort(-np.asarray(found["flux"], float))
    places = np.column_stack([np.asarray(found[name], float) for name in names])[order]
    return places + np.array([cut.x, cut.y])


def measure_stars(frame: Frame, places: NDArray[np.float64], how: Apertures) -> Any:
    """An astropy table of stars at pixels (N, 2) (from 0, y upwards).

    Columns: id, x, y (FITS, from 1), ra, dec (where there is a sky), flux above the sky of the
    ring (median, clipped at 3 sigma), its error (the sky's noise, and photons where GAIN is
    known), mag and mag_err (with a zero point; masked where the flux is not above 0), sky,
    sky_std, snr and npix (parts of pixels counted as such, those without data not).
    """
    from astropy.table import MaskedColumn, Table

    from astroview.core.fits_headers import number

    if not len(places):
        raise NothingToMeasure("There is no star to measure", hint="Draw regions or search.")
    cut = _around(frame, places, how.outer)
    sums = _sums(cut, places - np.array([cut.x, cut.y]), how)
    total, area, sky, std, ring = sums
    flux = total - sky * area
    variance = area * std**2 + (area * std) ** 2 / np.maximum(ring, 1)
    gain = number(frame.header, "GAIN", 0.0) if frame.header is not None else 0.0
    if gain > 0:
        variance = variance + np.maximum(flux, 0) / gain
    error = np.sqrt(variance)
    table = Table({"id": np.arange(1, len(places) + 1), "x": places[:, 0] + 1,
                    "y": places[:, 1] + 1})  # fmt: skip
    _add_sky(table, frame, places)
    table["flux"], table["flux_err"] = flux, error
    if how.zero is not None:
        with np.errstate(divide="ignore", invalid="ignore"):
            bad = ~(flux > 0)
            table["mag"] = MaskedColumn(how.zero - 2.5 * np.log10(np.where(bad, 1, flux)), mask=bad)
            table["mag_err"] = MaskedColumn(POGSON * error / np.where(bad, 1, flux), mask=bad)
    with np.errstate(divide="ignore", invalid="ignore"):
        for name, values in (("sky", sky), ("sky_std", std), ("snr", flux / error), ("npix", area)):
            table[name] = values
    table.meta = {"frame": frame.name, "unit": frame.own_unit, "radius": how.radius,
                  "inner": how.inner, "outer": how.outer, "zero_point": how.zero,
                  "gain": gain or None}  # fmt: skip
    return table


def growth(frame: Frame, place: tuple[float, float], how: Apertures) -> NDArray[np.float64]:
    """(N, 2): radii to the inner one of the ring, and the flux above the sky within each."""
    from photutils.aperture import ApertureStats, CircularAperture

    places = np.array([place])
    cut = _around(frame, places, how.outer)
    sky = _sums(cut, places - np.array([cut.x, cut.y]), how)[2][0]
    radii = np.linspace(how.inner / 24, how.inner, 24)
    middle = places[0] - np.array([cut.x, cut.y])
    mask = ~np.isfinite(cut.data)
    rows: list[tuple[float, float]] = []
    with collected_warnings():
        for radius in radii:
            stats: Any = ApertureStats(cut.data, CircularAperture(middle, radius), mask=mask)
            rows.append((radius, float(stats.sum - sky * stats.sum_aper_area.value)))
    return np.array(rows)


def _sums(
    cut: _Cut, places: NDArray[np.float64], how: Apertures
) -> tuple[NDArray[np.float64], ...]:
    """Sums, areas, sky and its deviation, and the samples that the sky was taken from, (N,)."""
    from astropy.stats import SigmaClip
    from photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture

    mask = ~np.isfinite(cut.data)
    with collected_warnings():
        stats: Any = ApertureStats(cut.data, CircularAperture(places, how.radius), mask=mask)
        annulus = CircularAnnulus(places, how.inner, how.outer)
        clip = SigmaClip(sigma=3.0, maxiters=5)
        around: Any = ApertureStats(cut.data, annulus, mask=mask, sigma_clip=clip)
        found = (
            stats.sum, stats.sum_aper_area.value, around.median, around.std,
            around.center_aper_area.value,
        )  # fmt: skip
    return tuple(np.atleast_1d(np.asarray(one, np.float64)) for one in found)


def _add_sky(table: Any, frame: Frame, places: NDArray[np.float64]) -> None:
    sky = sky_map(frame)
    if sky is None:
        return
    from astropy import units

    from_top = np.column_stack([places[:, 0] + 0.5, frame.shape[0] - places[:, 1] - 0.5])
    for name, values in zip(("ra", "dec"), sky.to_sky(from_top).T, strict=True):
        table[name] = values
        table[name].unit = units.deg


def _around(frame: Frame, places: NDArray[np.float64], reach: float) -> _Cut:
    (left, bottom), (right, top) = places.min(axis=0) - reach, places.max(axis=0) + reach
    low, high = int(np.floor(bottom)) - 1, int(np.ceil(top)) + 2
    x, x2 = int(np.floor(left)) - 1, int(np.ceil(right)) + 2
    return _cut(frame, Window(frame.shape[0] - high, x, high - low, x2 - x))


def _cut(frame: Frame, window: Window) -> _Cut:
    inside = window.clip(frame.shape)
    samples = frame.read_exact(inside).astype(np.float64)[::-1]
    samples = samples.mean(axis=2) if samples.ndim == 3 else samples
    return _Cut(samples, inside.x, frame.shape[0] - inside.y - inside.height)
