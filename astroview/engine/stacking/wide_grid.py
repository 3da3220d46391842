"""A reference grid that reaches as far as any frame does, not only as far as the reference."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from astroview.core.fits_headers import number
from astroview.core.texts import Text
from astroview.engine.stacking.stack_choices import CannotCombine

if TYPE_CHECKING:
    from astropy.io import fits
    from astropy.wcs import WCS
    from numpy.typing import NDArray

    from astroview.core.frame import Window
    from astroview.engine.stacking.lay_together import LaidFrames
    from astroview.engine.stacking.matched_frame import MatchedFrame

_PIXEL = re.compile(r"CRPIX[12][A-Z]?|LTV[12]")  # cards that count pixels from the corner
_SECTION = re.compile(r"\w*SEC[A-Z]?\d*")  # parts of the reference's own chip
_PLACES = 17  # along each side of a frame, that are looked at
_MOST = 20.0  # times the reference: what reaches farther is laid wrongly


@dataclass(frozen=True)
class _NoSamples:
    """A grid has a form and a sky, and no samples of its own."""

    def read(self, window: Window, step: int) -> NDArray[np.float32]:
        return np.full(window.sampled(step), np.nan, np.float32)


def widened(together: LaidFrames) -> LaidFrames:
    """The same frames on a grid that covers them all; pixels of the reference stay where they are.

    Raises CannotCombine where that would be absurdly large.
    """
    base = together.reference
    low_y, low_x, high_y, high_x = 0.0, 0.0, base.shape[0] - 1.0, base.shape[1] - 1.0
    for exposure in together.exposures:
        x, y = exposure.placement.to_reference(*_outline(exposure.frame.shape))
        low_y, high_y = min(low_y, float(y.min())), max(high_y, float(y.max()))
        low_x, high_x = min(low_x, float(x.min())), max(high_x, float(x.max()))
    top, left = max(0, -round(low_y)), max(0, -round(low_x))
    height = top + max(base.shape[0], round(high_y) + 1)
    width = left + max(base.shape[1], round(high_x) + 1)
    if height * width > _MOST * base.shape[0] * base.shape[1]:
        raise CannotCombine(
            Text(
                "Together these frames reach over {width} x {height} pixels, the reference "
                "over {shape} x {shape_2}",
                width=width,
                height=height,
                shape=base.shape[1],
                shape_2=base.shape[0],
            ),
            hint="Combine fewer of them, or without --extent union.",
        )
    if (height, width) == base.shape:
        return together
    below = height - top - base.shape[0]
    grid = replace(
        base,
        shape=(height, width),
        source=_NoSamples(),
        header=None if base.header is None else _moved_cards(base.header, left, below),
        wcs=None if base.wcs is None else _moved_wcs(base.wcs, left, below, (height, width)),
    )
    c, by_y, by_x = together.sky.level
    stars = together.stars
    return replace(
        together,
        reference=grid,
        offset=(top, left),
        stars=replace(stars, x=stars.x + left, y=stars.y + top),
        sky=replace(together.sky, level=(c - by_y * top - by_x * left, by_y, by_x)),
        exposures=tuple(_moved(exposure, top, left) for exposure in together.exposures),
    )


def _outline(shape: tuple[int, int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """X and y of places along a frame's edges."""
    across, down = (np.linspace(0.0, n - 1.0, _PLACES) for n in (shape[1], shape[0]))
    x = np.concatenate([across, across, np.zeros(_PLACES), np.full(_PLACES, shape[1] - 1.0)])
    y = np.concatenate([np.zeros(_PLACES), np.full(_PLACES, shape[0] - 1.0), down, down])
    return x, y


def _moved(exposure: MatchedFrame, top: int, left: int) -> MatchedFrame:
    affine = exposure.placement.affine + np.array([[0.0, 0.0, left], [0.0, 0.0, top]])
    c, by_y, by_x = exposure.sky
    return replace(
        exposure,
        placement=replace(exposure.placement, affine=affine),
        sky=(c - by_y * top - by_x * left, by_y, by_x),
    )


def _moved_cards(header: fits.Header, left: int, below: int) -> fits.Header:
    """Rows count from the bottom in FITS."""
    moved = header.copy()
    for keyword in list(dict.fromkeys(moved)):
        if _PIXEL.fullmatch(keyword):
            moved[keyword] = number(moved, keyword, 0.0) + (below if "2" in keyword else left)
        elif _SECTION.fullmatch(keyword):
            moved.remove(keyword, ignore_missing=True, remove_all=True)
    return moved


def _moved_wcs(wcs: WCS, left: int, below: int, shape: tuple[int, int]) -> WCS:
    from astropy.wcs import DistortionLookupTable, Sip

    step = np.array([left, below], np.float64)
    moved = wcs.deepcopy()
    moved.wcs.crpix = wcs.wcs.crpix + step
    if wcs.sip is not None:
        sip = wcs.sip
        moved.sip = Sip(sip.a, sip.b, sip.ap, sip.bp, sip.crpix + step)
    for name in ("cpdis1", "cpdis2", "det2im1", "det2im2"):
        if (table := getattr(wcs, name)) is not None:
            start = tuple(np.asarray(table.crval) + step)
            kept = (table.data, tuple(table.crpix), start, tuple(table.cdelt))
            setattr(moved, name, DistortionLookupTable(*kept))
    moved.pixel_shape = (shape[1], shape[0])
    return moved
