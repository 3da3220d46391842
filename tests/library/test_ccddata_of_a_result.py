"""`Enhanced.ccddata`: what glue, Jdaviz and photutils take of a result is what its FITS holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.nddata import CCDData

import astroview
from astroview.core.errors import UnreadableFrame


def test_it_is_what_the_saved_file_holds(samples: Path, tmp_path: Path) -> None:
    with fits.open(samples / "galaxy.fits") as hdus:
        cut = np.asarray(hdus[0].data)[300:364, 300:380].astype(np.float32)
        cut[5, 7] = np.nan
        fits.PrimaryHDU(cut, hdus[0].header).writeto(tmp_path / "cut.fits")
    made = astroview.enhance(tmp_path / "cut.fits", worker=False)
    ccd = made.ccddata()
    assert isinstance(ccd, CCDData)
    saved = CCDData.read(made.save(tmp_path / "fine.fits", only_image=True), hdu=_hdu(tmp_path))
    assert np.array_equal(ccd.data, saved.data, equal_nan=True)
    assert ccd.unit == saved.unit == "adu"
    good = np.isfinite(cut)
    sums = ccd.data.reshape(64, 2, 80, 2).sum((1, 3))
    assert np.allclose(sums[good], cut[good], rtol=1e-4)  # apertures and gains hold
    assert ccd.mask[10:12, 14:16].all()
    assert ccd.mask.sum() == 4
    assert ccd.meta["AIMODEL1"]
    place = ccd.wcs.pixel_to_world_values(20.5, 40.5)
    assert np.allclose(place, made.before.wcs.pixel_to_world_values(10, 20))


def _hdu(folder: Path) -> int:
    """The HDU of a saved file that holds what was measured: behind a painted picture."""
    with fits.open(folder / "fine.fits") as hdus:
        return next(i for i, hdu in enumerate(hdus) if hdu.data is not None and hdu.data.ndim == 2)


def test_an_array_comes_bottom_row_first_and_colour_is_refused() -> None:
    counts = np.random.default_rng(2).poisson(300, (40, 48)).astype(np.float32)
    made = astroview.enhance(counts, colorize=False, worker=False)
    ccd = made.ccddata()
    assert str(ccd.unit) == ""
    assert np.allclose(ccd.data[::-1], made.samples)
    picture = np.random.default_rng(3).integers(0, 255, (32, 32, 3), dtype=np.uint8)
    with pytest.raises(UnreadableFrame, match="no CCDData"):
        astroview.enhance(picture, colorize=False, worker=False).ccddata()
