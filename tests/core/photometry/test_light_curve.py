"""A star over frames that are shifted, turned in time order, with a known brightness."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.frame import Frame
from astroview.core.io.open_file import open_frame
from astroview.core.photometry.aperture_table import Apertures, NothingToMeasure
from astroview.core.photometry.light_curve import light_curve

HOW = Apertures(radius=8.0, inner=12.0, outer=18.0, zero=25.0)
FLUXES = {3: 5000.0, 1: 8000.0, 2: 2000.0}  # by day


def frame(folder: Path, day: int, flux: float, shift: tuple[int, int]) -> Frame:
    """A star at the sky's reference, which lies elsewhere in each frame."""
    y, x = np.mgrid[:80, :90]
    cx, cy = 40 + shift[0], 35 + shift[1]  # from 0, y upwards
    data = 50 + flux / (2 * np.pi * 4) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 8)
    header = fits.Header()
    header.update(
        {"DATE-OBS": f"2024-03-{day:02}T12:00:00", "EXPTIME": 86.4, "CTYPE1": "RA---TAN",
         "CTYPE2": "DEC--TAN", "CRVAL1": 83.6, "CRVAL2": 22.0, "CRPIX1": cx + 1.0,
         "CRPIX2": cy + 1.0, "CDELT1": -1e-4, "CDELT2": 1e-4}
    )  # fmt: skip
    path = folder / f"d{day}.fits"
    fits.writeto(path, data.astype(np.float32), header)
    return open_frame(path)


def test_a_star_by_time(tmp_path: Path) -> None:
    shifts = {3: (0, 0), 1: (7, -4), 2: (-9, 12)}
    frames = [frame(tmp_path, day, flux, shifts[day]) for day, flux in FLUXES.items()]
    curve = light_curve(frames, frames[0], (40.0, 35.0), HOW)
    assert list(curve["frame"]) == ["d1", "d2", "d3"]
    assert np.asarray(curve["flux"]) == pytest.approx([8000, 2000, 5000], rel=2e-3)
    assert np.asarray(curve["mag"]) == pytest.approx(
        25 - 2.5 * np.log10([8000, 2000, 5000]), abs=2e-3
    )
    assert np.asarray(curve["mjd"]) == pytest.approx([60370.5005, 60371.5005, 60372.5005], abs=1e-7)
    assert np.asarray(curve["x"]) == pytest.approx([48, 32, 41], abs=1e-3)


def test_frames_elsewhere_are_left_out_and_none_is_said(tmp_path: Path) -> None:
    here = frame(tmp_path, 1, 5000.0, (0, 0))
    away = frame(tmp_path, 2, 5000.0, (500, 0))
    assert list(light_curve([here, away], here, (40.0, 35.0), HOW)["frame"]) == ["d1"]
    with pytest.raises(NothingToMeasure):
        light_curve([away], here, (40.0, 35.0), HOW)
