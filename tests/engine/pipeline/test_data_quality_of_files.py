"""Pixels that a file's own planes call bad do not reach a network, and are given back as is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.nddata import CCDData, StdDevUncertainty

import astroview
from astroview.core.io.open_file import open_frame
from astroview.core.models.shelf import default_shelf
from astroview.core.options import EnhanceOptions
from astroview.engine.pipeline.enhance import enhance

X2 = EnhanceOptions(colorizer=None, superres="superres-x2", device="cpu", uncertainty=False)


def nothing(*_: object) -> None:
    """No progress is shown."""


def sky() -> np.ndarray:
    """Noise, a star, and pixels that are wrong by so little that only the file knows."""
    rng = np.random.default_rng(3)
    y, x = np.mgrid[:64, :64]
    samples = rng.normal(100, 5, (64, 64)) + 900 * np.exp(-((y - 40) ** 2 + (x - 40) ** 2) / 5)
    samples[20, 20], samples[30:33, 10] = 230, 40
    return samples.astype(np.float32)


@pytest.fixture
def flagged(tmp_path: Path) -> Path:
    quality, errors = np.zeros((64, 64), np.int32), np.full((64, 64), 5, np.float32)
    quality[20, 20], quality[5, 5] = 1, 64  # the second is no reason
    errors[30:33, 10] = np.nan
    path = tmp_path / "flagged.fits"
    fits.HDUList(
        [fits.PrimaryHDU(header=fits.Header({"TELESCOP": "JWST"})),
         fits.ImageHDU(sky(), name="SCI"), fits.ImageHDU(errors, name="ERR"),
         fits.ImageHDU(quality, name="DQ")]
    ).writeto(path)  # fmt: skip
    return path


def test_they_are_filled_given_back_and_named(flagged: Path, tmp_path: Path) -> None:
    frame = open_frame(flagged)
    made = enhance(frame, X2, tmp_path / "a", default_shelf(), nothing)
    fine = made.read()[::-1]
    assert (fine[40:42, 40:42] == 230).all()
    assert (fine[60:66, 20:22] == 40).all()
    assert made.made is not None
    assert made.made.bad_pixels == 4
    history = " | ".join(made.history)
    assert "1 flagged as bad by the file" in history
    assert "3 without a valid error" in history
    assert "DO_NOT_USE of JWST" in history
    ignored = enhance(
        frame, replace(X2, data_quality=False), tmp_path / "b", default_shelf(), nothing
    )
    assert ignored.made is not None
    assert ignored.made.bad_pixels == 0
    assert "data quality" not in " ".join(ignored.history)
    plain = ignored.read()[::-1]
    beside = (slice(38, 40), slice(38, 44))  # the row of fine pixels below the flagged one
    assert abs(plain[beside] - fine[beside]).max() > 1


def test_an_uncertainty_of_nddata_counts_too() -> None:
    errors = np.full((64, 64), 5.0)
    errors[20, 20] = 0
    ccd = CCDData(sky(), unit="adu", uncertainty=StdDevUncertainty(errors))
    kept = astroview.enhance(ccd, worker=False, device="cpu")
    assert np.isnan(kept.data[40:42, 40:42]).all()
    ignored = astroview.enhance(ccd, worker=False, device="cpu", data_quality=False)
    assert np.isfinite(ignored.data).all()
