"""The flux ledger of a result: its sources before and after, by signal-to-noise.

Legend: lengths in pixels of the original, places (y, x) there too, the top row 0; S/N is that of
the aperture's flux above the noise of the sky.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from astroview.core.bad_pixels.pixel_rule import Rule, read_good, rule_for
from astroview.core.colour.stretch import sample
from astroview.core.enhance.source_changes import EDGES, SnBin, sn_bins
from astroview.core.frame import ArraySource, Frame, Window, blocks
from astroview.core.io.file_flags import file_flags
from astroview.core.provenance import FLUX_LEDGER
from astroview.engine.pipeline import trust

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from astropy.table import Table

    from astroview.engine.pipeline.stage_progress import ProgressHook

FloatArray = NDArray[np.float32]
Numbers = NDArray[np.float64]

MARK = FLUX_LEDGER
CHANGED = 0.02  # share of a flux from which on it is told that it changed
APERTURE = 5.0  # radius of the fluxes: holds a star, and what sharpening moves within it
CENTRE = 2.5  # radius in which a source's centre is measured
FINE_PIXELS = 640 * 640  # of the result that the verdict in a header is made of, at most
SHOWN_PIXELS = 8192 * 8192  # of the result that are looked at for the window, at most
CENTRES = 60  # sources, the brightest, of which centres are measured in a window
LEAST_SIDE = 16  # of a frame that has a verdict
NOISE_SIDE = 1024  # of the window that a residual's unit is measured in
BLOCK = 4 * 2**20  # samples of a result at a time
SOURCE_ROW = np.dtype([("state", "U8"), *((name, "f8") for name in (
    "x", "y", "flux_before", "flux_after", "sn", "shift"))])  # fmt: skip
WINDOWS = 2  # along each axis, where a frame is larger


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
    lost_fluxes, new_fluxes
        (N, 2) of these, before and after.
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
    lost_fluxes: Numbers
    new_fluxes: Numbers
    whole: bool = True

    @property
    def changed(self) -> NDArray[np.bool_]:
        """Which of the measured sources have another flux, (N,): by more than `CHANGED` of it and
        more than its noise.
        """
        apart = np.abs(self.after - self.before)
        seen = np.abs(self.before)
        sure = (apart > CHANGED * seen) & (apart * np.maximum(self.sn, 0) > seen)
        return sure & ~self._gone

    @property
    def _gone(self) -> NDArray[np.bool_]:
        """Which of the measured sources are lost, (N,)."""
        return trust.matched(self.places, self.lost, 0.0)

    def bins(self) -> tuple[SnBin, ...]:
        """By S/N, those with sources in them."""
        return sn_bins(self.sn, self.after / self.before, self.shift)

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
        other = int(self.changed.sum())
        told = f", {other} with another flux" if other else ""
        return f"{words}{told}, {len(self.lost)} lost, {len(self.new)} new"

    def rows(self) -> NDArray[Any]:
        """Every source, a record each: ``state`` (kept, changed, lost or new), ``x``, ``y`` in
        pixels of the original from the top left (0 is the centre of the first), ``flux_before``,
        ``flux_after``, ``sn``, ``shift``; NaN where nothing was measured.
        """
        there = ~self._gone
        count = int(there.sum()), len(self.lost), len(self.new)
        made = np.zeros(sum(count), SOURCE_ROW)
        kept, lost, new = np.split(made, np.cumsum(count)[:2])
        kept["state"] = np.where(self.changed[there], "changed", "kept")
        lost["state"], new["state"] = "lost", "new"
        for part, places in ((kept, self.places[there]), (lost, self.lost), (new, self.new)):
            part["y"], part["x"] = places[:, 0], places[:, 1]
        kept["flux_before"], kept["flux_after"] = self.before[there], self.after[there]
        kept["sn"], kept["shift"] = self.sn[there], self.shift[there]
        for part, fluxes in ((lost, self.lost_fluxes), (new, self.new_fluxes)):
            part["flux_before"], part["flux_after"] = fluxes[:, 0], fluxes[:, 1]
            part["sn"] = part["shift"] = np.nan
        return made

    def table(self) -> Table:
        """`rows` as a table."""
        from astropy.table import Table

        return Table(self.rows())


def ledger(
    before: Frame,
    after: Frame,
    scale: int,
    pixels: int | None = None,
    *,
    data_quality: bool = True,
) -> FluxLedger:
    """The ledger of an original and a result ``scale`` times as fine; colours are averaged.

    Parameters
    ----------
    pixels
        Of the result that are looked at, at most: of larger frames windows are; None: all.
    data_quality
        Leave out what the file itself calls bad, as the enhancement did.
    """
    windows = list(_windows(before.shape, scale, pixels))
    rule = _rule_of(before, data_quality=data_quality)
    found = [_of_window(before, after, scale, window, rule) for window in windows]
    whole = len(windows) == 1 and windows[0] == Window.whole(before.shape)

    def joined(i: int) -> Numbers:
        return np.concatenate([part[i] for part in found])

    return FluxLedger(*(joined(i) for i in range(9)), whole=whole)


def _rule_of(before: Frame, *, data_quality: bool = True) -> Rule | None:
    flags = file_flags(before) if data_quality else None
    return rule_for(before, sample(before), flags)


def verdict_line(
    frame: Frame, fine: NDArray[Any], scale: int, *, data_quality: bool = True
) -> tuple[str, ...]:
    """For the history of a result with samples ``fine``: what became of its sources.

    Nothing where nothing was measured (display pictures, frames too small for a source).
    """
    if frame.kind != "linear" or scale == 1 or min(frame.shape) < LEAST_SIDE:
        return ()
    shape = (fine.shape[0], fine.shape[1])
    made = replace(frame, shape=shape, source=ArraySource(fine))
    found = ledger(frame, made, scale, FINE_PIXELS, data_quality=data_quality)
    return (f"{MARK}{found.verdict()}{'' if found.whole else ' (in windows)'}",)


def write_residual(
    before: Frame, after: Frame, scale: int, file: Path, progress: ProgressHook
) -> float:
    """Write how far a result's means over original pixels are from those, in units of the noise:
    ``.npy``, (H, W) float32, NaN where there are no data; returns the noise of a pixel.
    """
    height, width = before.shape
    middle = Window((height - NOISE_SIDE) // 2, (width - NOISE_SIDE) // 2, NOISE_SIDE, NOISE_SIDE)
    rule = _rule_of(before)
    noise = trust.noise_of(_grey(read_good(before, rule, middle)))
    made = np.lib.format.open_memmap(file, "w+", np.float32, (height, width))
    for window in blocks(before.shape, max(1, BLOCK // (scale * scale * width))):
        top, rows = window.y, window.height
        coarse = _grey(read_good(before, rule, window))
        fine = _grey(after.read(Window(scale * top, 0, scale * rows, scale * width)))
        made[window.slices] = (trust.box_means(fine, scale) - coarse) / noise
        progress(top + rows, height)
    made.flush()
    return noise


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
    before: Frame, after: Frame, scale: int, window: Window, rule: Rule | None
) -> tuple[Numbers, ...]:
    coarse = _grey(read_good(before, rule, window))
    parts = (window.y, window.x, window.height, window.width)
    blank = np.isnan(coarse).repeat(scale, 0).repeat(scale, 1)
    fine = np.where(
        blank, np.float32(np.nan), _grey(after.read(Window(*(scale * n for n in parts))))
    )
    seen = trust.compare(coarse, fine)
    corner = np.array([window.y, window.x], np.float64)
    shift = _shifts(coarse, fine, seen.places, scale)

    def fluxes(places: Numbers) -> Numbers:
        there = trust.fluxes(fine, trust.to_fine(places, scale), APERTURE * scale) / scale**2
        return np.column_stack([trust.fluxes(coarse, places, APERTURE), there])

    kept, new = fluxes(seen.places), trust.to_coarse(seen.new, scale)
    return (seen.places + corner, kept[:, 0], kept[:, 1], seen.before / seen.error, shift,
            seen.lost + corner, new + corner, fluxes(seen.lost), fluxes(new))  # fmt: skip


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
