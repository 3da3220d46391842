"""Collapsed planes and moments equal numpy's; axes of several kinds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from astroview.core.cubes import cube_samples
from astroview.core.cubes.cube_samples import NoCube, Way, collapsed, cube_of
from astroview.core.cubes.spectral_axis import spectral_axis
from astroview.core.io.open_file import open_frame

STEP = 2.5e5


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, np.ndarray]:
    """A cube of whole numbers with a scale, a blank, and a fourth axis of length 1."""
    rng = np.random.default_rng(0)
    raw = rng.integers(100, 900, (1, 12, 9, 14)).astype(np.int16)
    raw[0, 3, 4, 5] = -32768
    raw[0, :, 1, 2] = -32768
    header = fits.Header({"CTYPE3": "FREQ", "CRVAL3": 1.4e9, "CRPIX3": 1.0, "CDELT3": STEP,
                          "CUNIT3": "Hz", "BUNIT": "K"})  # fmt: skip
    path = tmp_path / "cube.fits"
    hdu = fits.PrimaryHDU(raw, header)
    hdu.header.update({"BSCALE": 0.5, "BZERO": 10.0, "BLANK": -32768})
    hdu.writeto(path)
    data = np.where(raw[0] == -32768, np.nan, raw[0] * 0.5 + 10.0)
    with fits.open(path, mode="update", do_not_scale_image_data=True) as hdus:
        hdus[0].header.update({"BSCALE": 0.5, "BZERO": 10.0, "BLANK": -32768})
    return path, data


@pytest.mark.parametrize("at_once", [16_000_000, 400])
@pytest.mark.parametrize("way", cube_samples.WAYS)
def test_collapsed_planes_equal_numpy(
    written: tuple[Path, np.ndarray], way: Way, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cube_samples, "AT_ONCE", at_once)  # in blocks of rows, too
    path, data = written
    found = collapsed(cube_of(open_frame(path)), way, 2, 9)
    part = data[2:10].copy()
    empty = np.isnan(part).all(axis=0)
    part[:, empty] = 1.0
    v = ((1.4e9 + STEP * np.arange(12)) / 1e9)[2:10, None, None]
    m1 = np.nansum(part * v, 0) / np.nansum(part, 0)
    known = {
        "mean": np.nanmean(part, 0), "sum": np.nansum(part, 0), "median": np.nanmedian(part, 0),
        "maximum": np.nanmax(part, 0), "deviation": np.nanstd(part, 0),
        "moment0": np.nansum(part, 0) * STEP / 1e9, "moment1": m1,
        "moment2": np.nansum(part * (v - m1) ** 2, 0) / np.nansum(part, 0),
    }[way]  # fmt: skip
    assert np.isnan(found[empty]).all()
    assert found[~empty] == pytest.approx(known[~empty], rel=1e-9)


def test_axes_by_their_headers() -> None:
    log = fits.Header({"NAXIS": 3, "CTYPE3": "WAVE-LOG", "CUNIT3": "m", "CRVAL3": 5e-7,
                       "CRPIX3": 1.0, "CDELT3": 1e-9})  # fmt: skip
    axis = spectral_axis(log, 50)
    assert (axis.name, axis.unit) == ("Wavelength", "nm")
    assert axis.values == pytest.approx(500 * np.exp(np.arange(50) * 1e-9 / 5e-7), rel=1e-9)
    speed = fits.Header({"NAXIS": 3, "CTYPE3": "VRAD", "CUNIT3": "m/s", "CRVAL3": -2e4,
                         "CRPIX3": 3.0, "CDELT3": 500.0})  # fmt: skip
    axis = spectral_axis(speed, 6)
    assert axis.title == "Velocity (radio) (km/s)"
    assert axis.values == pytest.approx(-20 + 0.5 * (np.arange(6) - 2))
    assert spectral_axis(fits.Header(), 3).values.tolist() == [1, 2, 3]


def test_a_picture_is_no_cube(tiny_frame: Path) -> None:
    with pytest.raises(NoCube):
        cube_of(open_frame(tiny_frame))
