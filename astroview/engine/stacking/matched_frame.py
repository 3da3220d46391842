"""Frames on one scale: their light, sky and noise in units of the reference, and their worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from astroview.core.frame import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from astroview.core.frame import Frame
    from astroview.core.sky.sky_noise import SkyNoise
    from astroview.engine.stacking.placement import Placement
    from astroview.engine.stacking.registration import Matched
    from astroview.engine.stacking.star_fits import FittedStars

    Numbers = NDArray[Any]

_PLACES, _BOX = 24, 11  # boxes a side that skies are compared in, and their side in pixels


@dataclass(frozen=True, eq=False)
class MatchedFrame:
    """A frame that takes part.

    Attributes
    ----------
    light
        Native units of this frame for one of the reference's, of the same star.
    area
        Of its pixels, in those of the reference.
    unit
        The noise of the reference's sky in its native units: what is computed with, so that
        numbers of any unit are near 1.
    sky
        (c, y, x): its sky at a place of the reference, in that unit.
    noise
        Of its sky, in that unit, per pixel of its own.
    """

    frame: Frame
    stars: FittedStars
    placement: Placement
    light: float
    area: float
    unit: float
    sky: tuple[float, float, float]
    noise: float

    @property
    def gain(self) -> float:
        """Its numbers for one of the reference's, of the same surface brightness."""
        return self.light * self.area

    @property
    def weight(self) -> float:
        """By noise and seeing: how much a point source gains by this frame."""
        wide = self.stars.fwhm if np.isfinite(self.stars.fwhm) else 1.0
        return 1.0 / (self.noise * max(wide * np.sqrt(self.area), 0.5)) ** 2

    def read(self, window: Window) -> tuple[Numbers, Numbers, Numbers]:
        """Samples above the sky in `unit`, and their places x, y on the reference."""
        samples = self.frame.read(window).astype(np.float64)
        y, x = np.mgrid[window.y : window.y + window.height, window.x : window.x + window.width]
        there_x, there_y = self.placement.to_reference(x.astype(float), y.astype(float))
        c, by_y, by_x = self.sky
        return (
            samples / (self.gain * self.unit) - (c + by_y * there_y + by_x * there_x),
            there_x,
            there_y,
        )

    def window(self, left: float, top: float, right: float, bottom: float) -> Window:
        """The part of the frame that shows a rectangle of the reference."""
        x, y = np.meshgrid(np.linspace(left, right, 9), np.linspace(top, bottom, 9))
        there_x, there_y = self.placement.to_frame(x, y)
        if not (np.isfinite(there_x).all() and np.isfinite(there_y).all()):
            return Window(0, 0, 0, 0)
        first_x, first_y = int(np.floor(there_x.min())), int(np.floor(there_y.min()))
        last_x, last_y = int(np.ceil(there_x.max())), int(np.ceil(there_y.max()))
        wanted = Window(first_y, first_x, last_y - first_y + 1, last_x - first_x + 1)
        return wanted.clip(self.frame.shape)


def light_ratio(stars: FittedStars, base: FittedStars, matched: Matched) -> float:
    """Fluxes here over those of the reference, of the same stars; NaN with fewer than three."""
    if len(matched.mine) < 3:
        return float("nan")
    here, there = stars.flux[matched.mine], base.flux[matched.theirs]
    weight = np.sqrt(np.maximum(there, 0))  # the brightest do not decide alone
    ratio = here / there
    good = np.ones(len(ratio), bool)
    middle = float(np.median(ratio))
    for _ in range(3):
        spread = max(1.4826 * float(np.median(np.abs(ratio[good] - middle))), 1e-6)
        good = np.abs(ratio - middle) <= 3 * spread
        middle = float(np.average(ratio[good], weights=weight[good]))
    return middle


def exposure_of(
    frame: Frame,
    stars: FittedStars,
    placement: Placement,
    light: float,
    sky: SkyNoise,
    reference: Frame,
    base: SkyNoise,
) -> MatchedFrame:
    """A frame with its light, sky and noise by those of the reference."""
    area = placement.local(frame.shape)[3] ** 2
    unit = base.sigmas[0] or 1.0
    noise = max(sky.sigmas[0] / (light * area * unit), 1e-6)
    level = base.level
    if frame is not reference:
        plane = _sky_difference(frame, placement, light * area, reference)
        if plane is None:
            level = (sky.level[0] / (light * area), 0.0, 0.0)
        else:
            level = tuple(a + b for a, b in zip(base.level, plane, strict=True))
    own = (level[0] / unit, level[1] / unit, level[2] / unit)
    return MatchedFrame(frame, stars, placement, light, area, unit, own, noise)


def _sky_difference(
    frame: Frame, placement: Placement, divisor: float, reference: Frame
) -> tuple[float, float, float] | None:
    """A plane (c, y, x) through frame minus reference, in boxes at the same places.

    What both show, nebulae too, falls out of the difference.
    """
    height, width = reference.shape
    half = _BOX // 2
    count = [max(2, min(_PLACES, n // _BOX)) for n in (height, width)]
    places: list[tuple[float, float, float]] = []
    for y in np.linspace(half, height - 1 - half, count[0]):
        for x in np.linspace(half, width - 1 - half, count[1]):
            to_x, to_y = placement.to_frame(np.array(x), np.array(y))
            if not (np.isfinite(to_x) and np.isfinite(to_y)):
                continue
            here = _box(reference, round(float(x)), round(float(y)))
            there = _box(frame, round(float(to_x)), round(float(to_y)))
            if np.isfinite(here) and np.isfinite(there):
                places.append((y, x, there / divisor - here))
    return _plane(np.array(places)) if len(places) >= 3 else None


def _box(frame: Frame, x: int, y: int) -> float:
    half = _BOX // 2
    window = Window(y - half, x - half, _BOX, _BOX).clip(frame.shape)
    if window.height * window.width < _BOX * _BOX // 2:
        return float("nan")
    samples = frame.read(window)
    good = samples[np.isfinite(samples)]
    return float(np.median(good)) if good.size > _BOX else float("nan")


def _plane(places: Numbers) -> tuple[float, float, float]:
    """Through (y, x, value), without outliers; a plain level where there are few."""
    y, x, value = places.T
    good = np.ones(len(value), bool)
    found = np.array([float(np.median(value)), 0.0, 0.0])
    rows: Any = np.column_stack([np.ones(len(value)), y, x])
    for _ in range(6):
        if good.sum() >= 20:
            found = np.linalg.lstsq(rows[good], value[good], rcond=None)[0]
        else:
            found = np.array([float(np.median(value[good])), 0.0, 0.0])
        off = np.abs(value - rows @ found)
        now = off <= 3 * 1.4826 * max(float(np.median(off[good])), 1e-30)
        if (now == good).all() or now.sum() < 3:
            break
        good = now
    return float(found[0]), float(found[1]), float(found[2])
