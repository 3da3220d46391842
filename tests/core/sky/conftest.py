"""Frames with known contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from astropy.wcs import WCS

from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.region_files import Regions, read_regions

Make = Callable[..., Frame]


@pytest.fixture
def make() -> Make:
    """A frame of an array whose row 0 is the top row."""

    def make(array: np.ndarray, **more: object) -> Frame:
        channels = 1 if array.ndim == 2 else array.shape[2]
        values = array.astype(np.float32)
        more = {"unit": "adu", "wcs": None} | more
        return Frame("made", array.shape[:2], channels, "linear", ArraySource(values), None, **more)

    return make


@pytest.fixture
def tan() -> Callable[..., WCS]:
    """A tangent projection: centre, degrees per pixel, reference pixel, turn, systems."""

    def tan(
        ra: float = 150.0,
        dec: float = 2.0,
        scale: float = 1e-4,
        at: tuple[float, float] = (100.5, 80.5),
        turn: float = 0.0,
        kinds: tuple[str, str] = ("RA---TAN", "DEC--TAN"),
    ) -> WCS:
        wcs = WCS(naxis=2)
        wcs.wcs.ctype = list(kinds)
        wcs.wcs.crval = [ra, dec]
        wcs.wcs.crpix = list(at)
        wcs.wcs.cdelt = [-scale, scale]
        c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
        wcs.wcs.pc = [[c, -s], [s, c]]
        wcs.wcs.set()
        return wcs

    return tan


@pytest.fixture
def placed(tmp_path: Path) -> Callable[[Frame, str], Regions]:
    """What a region file of these words is on a frame."""

    def placed(frame: Frame, text: str) -> Regions:
        path = tmp_path / "some.reg"
        path.write_text(text)
        return read_regions(path, frame)

    return placed
