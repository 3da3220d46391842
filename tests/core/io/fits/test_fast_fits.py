"""The first look agrees with the real reader, or leaves the file to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.colour.stretch import auto_stretch
from astroview.core.io.fits.fast_fits import glimpse
from astroview.core.io.open_file import open_frame

VALUES = np.random.default_rng(3).normal(100, 30, (37, 53))


def write(path: Path, *hdus: fits.PrimaryHDU | fits.ImageHDU | fits.BinTableHDU) -> Path:
    fits.HDUList(list(hdus)).writeto(path)
    return path


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.int32, np.int64, "f4", "f8"])
def test_samples_are_those_of_the_reader(dtype: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.b.fits", fits.PrimaryHDU(VALUES.astype(dtype)))
    quick, real = glimpse(path), open_frame(path)
    assert quick is not None
    np.testing.assert_array_equal(quick.read(), real.read())
    assert quick.source == real.source
    assert (quick.name, quick.shape, quick.path) == (real.name, real.shape, real.path)
    assert auto_stretch(quick) == auto_stretch(real)


def test_scaled_and_blank(tmp_path: Path) -> None:
    hdu = fits.PrimaryHDU(VALUES.astype(np.int16))
    hdu.header.update({"BLANK": 100, "BSCALE": 0.5, "BZERO": 10.0})
    path = write(tmp_path / "a.fits", hdu)
    quick = glimpse(path)
    assert quick is not None
    assert np.isnan(quick.read()).any()
    np.testing.assert_array_equal(quick.read(), open_frame(path).read())


def test_an_extension_and_a_cube(tmp_path: Path) -> None:
    cube = np.stack([VALUES, VALUES + 1, VALUES + 2, VALUES + 3]).astype(np.float32)
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(), fits.ImageHDU(cube))
    quick = glimpse(path)
    assert quick is not None
    assert quick.source == open_frame(path).source


@pytest.mark.parametrize(
    "hdus",
    [
        (fits.PrimaryHDU(np.zeros((3, 20, 30), np.float32)),),  # may be colour
        (fits.PrimaryHDU(np.zeros(30, np.float32)),),
        (fits.PrimaryHDU(np.zeros((1, 30), np.float32)),),
        (fits.PrimaryHDU(), fits.CompImageHDU(VALUES.astype(np.float32))),
        (fits.PrimaryHDU(), fits.BinTableHDU.from_columns([fits.Column("a", "E", array=[1.0])])),
        (fits.PrimaryHDU(),),
    ],
)
def test_the_rest_is_left_to_the_reader(hdus: tuple, tmp_path: Path) -> None:
    assert glimpse(write(tmp_path / "a.fits", *hdus)) is None


@pytest.mark.parametrize("content", [b"", b"SIMPLE  =", b"\x89PNG" * 2000, b"SIMPLE  = T" * 3000])
def test_what_is_not_fits_is_left_to_the_reader(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.fits"
    path.write_bytes(content)
    assert glimpse(path) is None
    assert glimpse(tmp_path / "none.fits") is None


def test_a_truncated_file_is_left_to_the_reader(tmp_path: Path) -> None:
    path = write(tmp_path / "a.fits", fits.PrimaryHDU(VALUES))
    path.write_bytes(path.read_bytes()[:5000])
    assert glimpse(path) is None
