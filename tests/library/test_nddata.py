"""NDData and CCDData in, the same kind out: unit, mask, WCS and provenance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy import units
from astropy.io import fits
from astropy.nddata import CCDData, NDData, StdDevUncertainty
from astropy.wcs import WCS

import astroview
from astroview.core.errors import ModelRejected, UnreadableFrame

RNG = np.random.default_rng(3)


@pytest.fixture
def ccd(tiny_frame: Path) -> CCDData:
    """A frame as ccdproc has them: unit, mask, uncertainty, flags, WCS, header."""
    read = CCDData.read(tiny_frame)
    read.header["PIXSCALE"] = 0.36
    read.header["OBJECT"] = "M 101"
    read.mask = np.zeros(read.shape, bool)
    read.mask[7, 9:12] = True
    read.flags = np.arange(read.data.size).reshape(read.shape) % 3
    read.uncertainty = StdDevUncertainty(np.full(read.shape, 5.0))
    return read


@pytest.mark.parametrize("keyword", ["BAYERPAT", "COLORTYP", "bayerpat", "CFAPAT"])
@pytest.mark.parametrize("form", [dict, fits.Header])
def test_a_raw_frame_of_a_colour_camera_is_not_enhanced_as_grey(
    keyword: str, form: type, ccd: CCDData
) -> None:
    ccd.meta = form({keyword: "RGGB", "OBJECT": "M 31"})

    with pytest.raises(UnreadableFrame, match=r"colour camera \(RGGB\).*not grey") as refused:
        astroview.enhance(ccd, device="cpu")

    assert "debayered when it opens" in refused.value.hint


def test_ccddata_comes_back_as_ccddata(
    ccd: CCDData, tmp_path: Path, warm: astroview.Worker
) -> None:
    fine = astroview.enhance(ccd, device="cpu", worker=warm)

    assert type(fine) is CCDData
    assert fine.unit == units.adu
    assert np.array_equal(fine.mask, ccd.mask.repeat(2, 0).repeat(2, 1))
    assert np.array_equal(np.isnan(fine.data), fine.mask)
    assert np.array_equal(fine.flags, ccd.flags.repeat(2, 0).repeat(2, 1))
    sums = fine.data.reshape(48, 2, 64, 2).sum((1, 3))  # adu are per pixel
    assert np.abs(sums / ccd.data - 1)[~ccd.mask].max() < 1e-5
    assert (fine.header["AIVALUES"], fine.header["AISCALE"]) == ("sum", 2)
    there, here = fine.wcs.pixel_to_world(2 * 20 + 0.5, 60.5), ccd.wcs.pixel_to_world(20, 30)
    assert there.separation(here).arcsec < 1e-3
    assert fine.header["OBJECT"] == "M 101"
    assert fine.header["PIXSCALE"] == pytest.approx(0.18)
    assert fine.header["AIMODEL1"] == "superres-x2"
    assert len(fine.header["AISHA1"]) == 64
    history = " ".join(fine.header["HISTORY"])
    assert "super-resolution" in history
    assert fine.uncertainty is None
    assert "uncertainty dropped" in history
    assert "AIMODEL1" not in ccd.header  # the given one is as it was
    assert ccd.data.shape == (48, 64)

    fine.write(tmp_path / "fine.fits")
    again = CCDData.read(tmp_path / "fine.fits")
    assert np.array_equal(again.data, fine.data, equal_nan=True)
    assert again.header["AIMODEL1"] == "superres-x2"
    assert np.array_equal(again.mask, fine.mask)
    assert fits.getheader(tmp_path / "fine.fits")["BUNIT"] == "adu"


def test_it_agrees_with_the_file(ccd: CCDData, tiny_frame: Path, warm: astroview.Worker) -> None:
    ccd.mask = None
    fine = astroview.enhance(ccd, device="cpu", worker=False)
    file = astroview.enhance(tiny_frame, colorize=False, device="cpu", worker=warm)
    assert np.array_equal(fine.data, file.samples / 4)
    assert fine.mask is None
    as_means = astroview.enhance(ccd, values="mean", device="cpu", worker=False)
    assert np.array_equal(as_means.data, file.samples)
    twice = astroview.enhance(fine, device="cpu", worker=False)
    assert twice.data.sum() == pytest.approx(ccd.data.sum(), rel=1e-5)
    assert (twice.header["AIVALUES"], twice.header["AISCALE"]) == ("sum", 4)
    back = astroview.enhance(fine, values="mean", device="cpu", worker=False)
    assert back.data.mean() == pytest.approx(ccd.data.mean(), rel=1e-5)


def test_plain_nddata_with_a_plain_meta(warm: astroview.Worker, tmp_path: Path) -> None:
    data = NDData(
        RNG.poisson(400, (30, 34)),
        mask=np.broadcast_to(RNG.random(34) < 0.1, (30, 34)),
        meta={"PIXSCALE": 0.4, "observer": "A. Leavitt", "HISTORY": "flat-fielded"},
    )
    fine = astroview.enhance(data, device="cpu", worker=warm)
    assert type(fine) is NDData
    assert fine.unit is None
    assert fine.data.shape == (60, 68)
    assert fine.meta["PIXSCALE"] == pytest.approx(0.2)
    assert fine.meta["observer"] == "A. Leavitt"
    assert fine.meta["HISTORY"].startswith("flat-fielded")
    assert "sha256" in fine.meta["HISTORY"]
    assert data.meta["PIXSCALE"] == 0.4
    CCDData(fine.data, unit="adu", meta=fine.meta).write(tmp_path / "meta.fits")


def test_what_cannot_be_rescaled_is_dropped_and_named(warm: astroview.Worker) -> None:
    spectral = WCS(naxis=2)
    spectral.wcs.ctype = "WAVE", "LINEAR"
    spectral.wcs.set()
    ccd = CCDData(RNG.normal(9, 1, (24, 24)), unit="electron", wcs=spectral, psf=np.eye(3))
    fine = astroview.enhance(ccd, device="cpu", worker=warm)
    assert fine.wcs is None
    assert fine.psf is None
    assert "wcs dropped" in fine.meta["HISTORY"]
    assert "psf dropped" in fine.meta["HISTORY"]


def test_colour_and_cubes_are_refused_with_a_hint() -> None:
    ccd = CCDData(np.ones((8, 8)), unit="adu")
    with pytest.raises(ModelRejected, match="no place for colour") as caught:
        astroview.enhance(ccd, colorize=True)
    assert "ccd.data" in caught.value.hint
    with pytest.raises(UnreadableFrame, match="3 dimensions"):
        astroview.enhance(NDData(np.ones((2, 8, 8))))
    with pytest.raises(astroview.AstroviewError, match="nothing to do"):
        astroview.enhance(ccd, scale=1)
