"""The flux ledger of a result: its sources before and after, by signal-to-noise.

Legend: lengths in pixels of the original, places (y, x) there too, the top row 0; S/N is that of
the aperture's flux above the noise of the sky.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.colour.stretch import sample
from astroview.core.frame import ArraySource, Frame, Window
from astroview.engine.pipeline import bad_pixels, trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from astropy.table import Table

FloatArray = NDArray[np.float32]
Numbers = NDArray[np.float64]

MARK = "flux ledger: "  # of a history: how the line of the verdict begins
EDGES = (3.0, 10.0, 30.0, 100.0, np.inf)  # of the bins of S/N
APERTURE = 5.0  # radius of the fluxes: holds a star, and what sharpening moves within it
CENTRE = 2.5  # radius in which a source's centre is measured
FINE_PIXELS = 640 * 640  # of the result that the verdict in a header is made of, at most
CENTRES = 60  # sources, the brightest, of which centres are measured in a window
LEAST_SIDE = 16  # of a frame that has a verdict
WINDOWS = 2  # along each axis, where a frame is larger


@dataclass(frozen=True)
class Bin:
    """Sources of some S/N: how many, median flux after / before, its scatter, median shift."""

    low: float
    high: float
    count: int
    flux: float
    scatter: float
    shift: float


@dataclass(frozen=True, eq=False)
class FluxLedger:
    """Sources before and after.

    Attributes
    ----------
    places
        (N, 2) of the sources that were measured.
    before, after, sn
        Their fluxes in the original's unit, and their signal-to-noise, (N,).
    shift
        Distance of their centres before and after, pixels of the original, (N,); NaN unknown.
    lost, new
        Places of sources of the original without one in the result, and of the result's without
        one in the original.
    whole
        Whether all of the frame was looked at, or windows of it.
    """

    places: Numbers
    before: Numbers
    after: Numbers
    sn: Numbers
    shift: Numbers
    lost: Numbers
    new: Numbers
    whole: bool = True

    def bins(self) -> tuple[Bin, ...]:
        """By S/N, those with sources in them."""
        found = (self._bin(low, high) for low, high in pairwise(EDGES))
        return tuple(made for made in found if made.count)

    def _bin(self, low: float, high: float) -> Bin:
        some = (self.sn >= low) & (self.sn < high)
        ratio = self.after[some] / self.before[some]
        shift = self.shift[some & np.isfinite(self.shift)]
        middle = float(np.median(ratio)) if ratio.size else np.nan
        scatter = 1.4826 * float(np.median(np.abs(ratio - middle))) if ratio.size else np.nan
        return Bin(low, high, int(some.sum()), middle, scatter,
                   float(np.median(shift)) if shift.size else np.nan)  # fmt: skip

    def verdict(self) -> str:
        """One line: what became of the sources."""
        sure = self.sn >= EDGES[1]
        if not len(self.places):
            words = "no sources"
        else:
            some = sure if sure.any() else np.ones_like(sure)
            flux = float(np.median(self.after[some] / self.before[some]))
            shift = self.shift[some & np.isfinite(self.shift)]
            moved = f", shift {np.median(shift):.3f}" if shift.size else ""
            words = f"{len(self.places)} sources, flux x {flux:.4f}{moved}"
        return f"{words}, {len(self.lost)} lost, {len(self.new)} new"

    def table(self) -> Table:
        """Every source: kept, lost or new; x, y in pixels of the original as FITS counts rows
        from the top (0 is the centre of the first), fluxes, S/N, shift.
        """
        from astropy.table import Table

        none = np.full
        parts: list[tuple[str, Numbers, tuple[Numbers, ...]]] = [
            ("kept", self.places, (self.before, self.after, self.sn, self.shift))
        ]
        for kind, places in (("lost", self.lost), ("new", self.new)):
            parts.append((kind, places, tuple(none(len(places), np.nan) for _ in range(4))))
        names = ("flux_before", "flux_after", "sn", "shift")
        columns: dict[str, Any] = {
            "state": [kind for kind, places, _ in parts for _ in places],
            "x": np.concatenate([places[:, 1] for _, places, _ in parts]),
            "y": np.concatenate([places[:, 0] for _, places, _ in parts]),
        }
        for i, name in enumerate(names):
            columns[name] = np.concatenate([values[i] for _, _, values in parts])
        return Table(columns)


def ledger(before: Frame, after: Frame, scale: int, pixels: int | None = None) -> FluxLedger:
    """The ledger of an original and a result ``scale`` times as fine; colours are averaged.

    Parameters
    ----------
    pixels
        Of the result that are looked at, at most: of larger frames windows are; None: all.
    """
    windows = list(_windows(before.shape, scale, pixels))
    rule = bad_pixels.rule_for(before, sample(before))
    found = [_of_window(before, after, scale, window, rule) for window in windows]
    whole = len(windows) == 1 and windows[0] == Window.whole(before.shape)

    def joined(i: int) -> Numbers:
        return np.concatenate([part[i] for part in found])

    return FluxLedger(*(joined(i) for i in range(7)), whole=whole)


def verdict_line(frame: Frame, fine: NDArray[Any], scale: int) -> tuple[str, ...]:
    """For the history of a result with samples ``fine``: what became of its sources.

    Nothing where nothing was measured (display pictures, frames too small for a source).
    """
    if frame.kind != "linear" or scale == 1 or min(frame.shape) < LEAST_SIDE:
        return ()
    shape = (fine.shape[0], fine.shape[1])
    made = replace(frame, shape=shape, source=ArraySource(fine))
    found = ledger(frame, made, scale, FINE_PIXELS)
    return (f"{MARK}{found.verdict()}{'' if found.whole else ' (in windows)'}",)


def _windows(shape: tuple[int, int], scale: int, pixels: int | None) -> Iterator[Window]:
    height, width = shape
    if pixels is None or height * width * scale**2 <= pixels:
        yield Window.whole(shape)
        return
    side = int((pixels / WINDOWS**2) ** 0.5) // scale
    tall, wide = min(side, height), min(side, width)
    for i in range(WINDOWS):
        for j in range(WINDOWS):
            y = (2 * i + 1) * height // (2 * WINDOWS) - tall // 2
            x = (2 * j + 1) * width // (2 * WINDOWS) - wide // 2
            yield Window(max(0, y), max(0, x), tall, wide).clip(shape)


def _of_window(
    before: Frame, after: Frame, scale: int, window: Window, rule: bad_pixels.Rule | None
) -> tuple[Numbers, ...]:
    coarse = _grey(bad_pixels.without(before.read(window), rule))
    parts = (window.y, window.x, window.height, window.width)
    blank = np.isnan(coarse).repeat(scale, 0).repeat(scale, 1)
    fine = np.where(
        blank, np.float32(np.nan), _grey(after.read(Window(*(scale * n for n in parts))))
    )
    seen = trust.compare(coarse, fine)
    corner = np.array([window.y, window.x], np.float64)
    shift = _shifts(coarse, fine, seen.places, scale)
    here = trust.fluxes(coarse, seen.places, APERTURE)
    there = trust.fluxes(fine, trust.to_fine(seen.places, scale), APERTURE * scale) / scale**2
    new = trust.to_coarse(seen.new, scale)
    return (seen.places + corner, here, there, seen.before / seen.error, shift,
            seen.lost + corner, new + corner)  # fmt: skip


def _grey(samples: FloatArray) -> FloatArray:
    return samples if samples.ndim == 2 else samples.mean(axis=2)


def _shifts(coarse: FloatArray, fine: FloatArray, places: Numbers, scale: int) -> Numbers:
    if not len(places):
        return np.zeros(0)
    some = places[:CENTRES]
    here = _centres(coarse, some, 1)
    there = trust.to_coarse(_centres(fine, trust.to_fine(some, scale), scale), scale)
    shifts = np.full(len(places), np.nan)
    shifts[: len(some)] = np.hypot(*(there - here).T)
    return shifts


def _centres(samples: FloatArray, places: Numbers, scale: int) -> Numbers:
    """Centres of light (N, 2) in circles, above what lies around them; NaN where there is none."""
    from photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture

    from astroview.core.library_warnings import collected_warnings

    points, mask = places[:, ::-1], ~np.isfinite(samples)
    ring: Any = CircularAnnulus(points, 4 * scale, 6 * scale)
    with collected_warnings():
        sky: Any = ApertureStats(samples, ring, mask=mask).median
        local = np.nan_to_num(np.atleast_1d(sky))
        circle: Any = CircularAperture(points, CENTRE * scale)
        stats: Any = ApertureStats(samples, circle, mask=mask, local_bkg=local)
        return np.atleast_2d(stats.centroid)[:, ::-1]
