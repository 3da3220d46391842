"""The better frame of a pair on the poorer one's grid."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from scipy.ndimage import gaussian_filter

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import open_frame
from astroview.core.sky.align import pixel_map
from trainer.curate.curated_samples import CuratedSample, pixel_pair
from trainer.curate.pair_grid import laid_on, overlap
from trainer.curate.star_alignment import by_stars, differ

POINTS = 4  # a side of a pixel
STEP = 1e-4  # degrees of a coarse pixel


def sky(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Brightness at places in coarse pixels from the field's middle."""
    made = 10 + 0.02 * x
    for at_x, at_y, width in ((-8, 3, 2.5), (6, -7, 3.5), (12, 10, 2.0)):
        made = made + 50 * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * width**2))
    return made


def write(file: Path, side: int, pixel: float, shift: tuple[float, float], turn: float) -> Path:
    """A frame of that field: pixels of so many coarse ones, its middle shifted and turned."""
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [150.0, 2.0]
    wcs.wcs.crpix = [(side + 1) / 2 - shift[0] / pixel, (side + 1) / 2 - shift[1] / pixel]
    cos, sin = np.cos(turn), np.sin(turn)
    wcs.wcs.cd = STEP * pixel * np.array([[-cos, sin], [sin, cos]])
    fine = (np.arange(side * POINTS) + 0.5) / POINTS - 0.5  # a pixel is the mean over its area
    column, row = np.meshgrid(fine, fine)
    across, up = column + 1 - wcs.wcs.crpix[0], row + 1 - wcs.wcs.crpix[1]
    x, y = pixel * (cos * across - sin * up), pixel * (sin * across + cos * up)
    seen = sky(x, y).reshape(side, POINTS, side, POINTS).mean((1, 3)).astype(np.float32)
    fits.PrimaryHDU(seen, wcs.to_header()).writeto(file)
    return file


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize(
    ("pixel", "shift", "turn"), [(0.2, (0.0, 0.0), 0.0), (0.2, (1.3, -0.8), 0.2), (0.7, (0, 0), 0)]
)
def test_a_finer_frame_lies_where_its_sky_does(
    tmp_path: Path, scale: int, pixel: float, shift: tuple[float, float], turn: float
):
    low = open_frame(write(tmp_path / "low.fits", 40, 1.0, (0.0, 0.0), 0.0))
    high = open_frame(write(tmp_path / "high.fits", round(44 / pixel), pixel, shift, turn))
    found = laid_on(low, high, scale)
    assert found.shape == (40 * scale, 40 * scale)
    inner = found[6 * scale : -6 * scale, 6 * scale : -6 * scale]
    assert np.isfinite(inner).all()
    means = found.reshape(40, scale, 40, scale).mean((1, 3))[8:-8, 8:-8]
    blurred = 0.3 if pixel < 0.5 else 0.9  # by pixels that are nearly as large, which is theirs
    np.testing.assert_allclose(means, low.read()[8:-8, 8:-8], atol=blurred)


def stars_at(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Thirty stars, at places in coarse pixels from the field's middle."""
    rng = np.random.default_rng(5)
    made = np.full(np.broadcast(x, y).shape, 10.0)
    for _ in range(30):
        (at_x, at_y), light = rng.uniform(-27, 27, 2), 10 ** rng.uniform(1.5, 2.6)
        made += light * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * 1.1**2))
    return made


def bare(file: Path, side: int, pixel: float, shift: tuple[float, float], turn: float) -> Path:
    """A frame of those stars that tells no sky coordinates, with a little noise."""
    fine = ((np.arange(side * POINTS) + 0.5) / POINTS - side / 2) * pixel
    across, up = np.meshgrid(fine, fine)
    cos, sin = np.cos(turn), np.sin(turn)
    x, y = cos * across - sin * up + shift[0], sin * across + cos * up + shift[1]
    seen = stars_at(x, y).reshape(side, POINTS, side, POINTS).mean((1, 3))
    seen += np.random.default_rng(side).normal(0, 0.3, seen.shape)
    fits.PrimaryHDU(seen.astype(np.float32)).writeto(file)
    return file


@pytest.mark.parametrize(
    ("pixel", "shift", "turn"), [(0.5, (2.3, -1.4), 0.0), (0.4, (-1.7, 0.6), 0.5)]
)
def test_frames_without_coordinates_are_laid_by_their_stars(
    tmp_path: Path, pixel: float, shift: tuple[float, float], turn: float
):
    pytest.importorskip("astroalign")
    low = open_frame(bare(tmp_path / "low.fits", 64, 1.0, (0.0, 0.0), 0.0))
    high = open_frame(bare(tmp_path / "high.fits", round(76 / pixel), pixel, shift, turn))
    found = laid_on(low, high, 2)[::-1]  # FITS counts rows from the bottom
    inner = (slice(24, -24), slice(24, -24))
    assert np.isfinite(found[inner]).all()
    fine = ((np.arange(128 * POINTS) + 0.5) / POINTS - 64) * 0.5
    x, y = np.meshgrid(fine, fine)
    truth = stars_at(x, y).reshape(128, POINTS, 128, POINTS).mean((1, 3))
    off = found[inner] - truth[inner]
    assert np.sqrt((off**2).mean()) < 0.02 * truth[inner].max()
    by_extent = pixel_map(low, high)
    assert differ(by_stars(low, high), by_extent, low.shape, 1 / pixel)


def test_frames_of_one_extent_are_not_resampled_for_their_stars_noise(tmp_path: Path):
    pytest.importorskip("astroalign")
    low = open_frame(bare(tmp_path / "low.fits", 64, 1.0, (0.0, 0.0), 0.0))
    high = open_frame(bare(tmp_path / "high.fits", 128, 0.5, (0.0, 0.0), 0.0))
    assert by_stars(low, high) is not None
    np.testing.assert_array_equal(laid_on(low, high, 2), high.read())


def test_stars_of_another_field_lay_nothing(tmp_path: Path):
    low = open_frame(bare(tmp_path / "low.fits", 64, 1.0, (0.0, 0.0), 0.0))
    noise = np.random.default_rng(8).normal(10, 1, (128, 128)).astype(np.float32)
    fits.PrimaryHDU(noise).writeto(tmp_path / "other.fits")
    assert by_stars(low, open_frame(tmp_path / "other.fits")) is None


def test_what_lies_there_already_is_taken_as_it_is(tmp_path: Path):
    low = open_frame(write(tmp_path / "low.fits", 40, 1.0, (0.0, 0.0), 0.0))
    high = open_frame(write(tmp_path / "high.fits", 80, 0.5, (0.0, 0.0), 0.0))
    assert np.array_equal(laid_on(low, high, 2), high.read())


def test_only_what_both_know_is_left():
    rng = np.random.default_rng(2)
    low, high = rng.normal(size=(40, 50)), rng.normal(size=(80, 100))
    low[:, 44] = np.nan
    high[3, 5] = np.nan
    one, other = overlap(low.astype(np.float32), high.astype(np.float32), 2)
    assert np.isfinite(one).all()
    assert np.isfinite(other).all()
    assert other.shape == tuple(2 * n for n in one.shape)
    assert one.size > 0.7 * low.size
    with pytest.raises(UnreadableFrame):
        overlap(np.full((40, 40), np.nan, np.float32), np.zeros((80, 80), np.float32), 2)


def test_a_real_pair_of_two_telescopes_shows_one_field(shared_data: Path):
    folder = shared_data / "bands" / "hsc_hst_pair"
    sample = CuratedSample(
        "pair", (folder / "Cut_HSC.fits", folder / "Cut_HST.fits"), "one", held_out=False, scale=5
    )
    low, high = pixel_pair(sample, 2)
    assert high.shape == tuple(2 * n for n in low.shape)
    soft = gaussian_filter(high.astype(float), 3)
    means = soft.reshape(low.shape[0], 2, low.shape[1], 2).mean((1, 3))
    assert np.corrcoef(means.ravel(), low.astype(float).ravel())[0, 1] > 0.5
