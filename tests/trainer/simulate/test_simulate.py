"""The simulated sky: reproducible, flux-exact, as noisy as asked, and where its WCS says."""

import io
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from PIL import Image
from scipy import stats as statistics

from trainer.simulate import random_scene, rgb_scene
from trainer.simulate.detector import Detector, digitise, expose, poisson
from trainer.simulate.galaxies import Pose, elliptical
from trainer.simulate.grid import Grid
from trainer.simulate.optics import Optics, kernels, moffat, observe
from trainer.simulate.sample_frames import FRAMES, Pointing, SamplePlan, wcs_header
from trainer.simulate.scene import SPACE

SAMPLES = Path(__file__).parents[3] / "resources" / "samples"


@pytest.mark.parametrize("seed", [0, 3, 4, 16])  # a spiral, a nebula, a cluster, a deep field
def test_a_seed_is_one_sky(seed):
    first = rgb_scene(seed, 48)
    assert first.shape == (48, 48, 3)
    assert first.dtype == np.float32
    assert np.isfinite(first).all()
    assert first.min() >= 0
    assert first.max() > 10
    assert np.array_equal(first, rgb_scene(seed, 48))
    assert not np.array_equal(first, rgb_scene(seed + 1, 48))


def test_frames_need_not_be_square():
    assert random_scene(0, 40, 56).electrons.shape == (40, 56, 3)


@pytest.mark.parametrize("optics", [Optics(), SPACE, Optics(2.0, airy_fwhm=0.0, aureole=0.0)])
def test_a_psf_moves_light_but_keeps_it(optics):
    grid = Grid(96, 96, 2, 16)
    for kernel in kernels(optics, grid):
        assert kernel.min() >= 0
        assert kernel.sum() == pytest.approx(1, abs=1e-9)
    canvas = grid.empty(3)
    centre = np.array([47.5])
    grid.splat(canvas, centre, centre, np.array([[1e5, 2e5, 3e5]]))
    assert canvas.sum(axis=(0, 1)) == pytest.approx([1e5, 2e5, 3e5], rel=1e-6)
    # The margin holds the rest of the wings; a wide margin leaves almost nothing outside.
    seen = observe(canvas, grid, optics).sum(axis=(0, 1))
    assert np.all(seen <= np.array([1e5, 2e5, 3e5]) * (1 + 1e-5))
    assert np.all(seen >= np.array([1e5, 2e5, 3e5]) * 0.95)


def test_a_psf_is_as_wide_as_asked():
    kernel = moffat(256, fwhm=8.0, beta=3.0)
    row = kernel[128, 128:] / kernel[128, 128]
    half = np.interp(0.5, row[::-1], np.arange(128)[::-1])
    assert 2 * half == pytest.approx(8.0, rel=0.02)


def test_a_star_lies_where_it_was_put():
    grid = Grid(41, 41, 3, 10)
    canvas = grid.empty(3)
    grid.splat(canvas, np.array([20.3]), np.array([17.8]), np.full((1, 3), 1e5))
    image = observe(canvas, grid, Optics(2.0, airy_fwhm=0.0, aureole=0.0))[..., 1]
    box = image[14:27, 12:25].astype(np.float64)
    y, x = np.mgrid[14:27, 12:25]
    assert (box * y).sum() / box.sum() == pytest.approx(20.3, abs=0.03)
    assert (box * x).sum() / box.sum() == pytest.approx(17.8, abs=0.03)


def test_an_elliptical_has_the_flux_asked_for():
    grid = Grid(400, 400, 2, 0)
    light = elliptical(grid, Pose(200, 200, 0.7, 30), flux=1e6, effective=12, index=1.5)
    assert light[..., 1].sum() == pytest.approx(1e6, rel=0.02)


@pytest.mark.parametrize("mean", [0.0, 0.7, 6.0, 24.0, 26.0, 300.0])
def test_counts_are_poisson(mean):
    counts = poisson(np.random.default_rng(1), np.full((400, 400), mean, np.float32))
    assert np.array_equal(counts, np.rint(counts))
    assert counts.mean() == pytest.approx(mean, abs=5 * np.sqrt(mean / counts.size) + 1e-9)
    assert counts.var() == pytest.approx(mean, rel=0.02, abs=1e-9)
    k = np.arange(int(mean + 4 * mean**0.5) + 1)
    share = (counts.ravel()[:, None] <= k).mean(axis=0)
    assert np.abs(share - statistics.poisson.cdf(k, mean)).max() < 0.006


def test_noise_is_poisson_plus_read():
    detector = Detector(sky=200, read_noise=9, full_well=1e6)
    flat = np.full((500, 500), 50, np.float32)
    noisy = expose(np.random.default_rng(2), flat, detector)
    assert noisy.mean() == pytest.approx(250, abs=0.2)
    assert noisy.var() == pytest.approx(250 + 81, rel=0.02)


def test_a_full_well_clips_and_gain_divides():
    detector = Detector(sky=0, read_noise=0, gain=2, full_well=1000, bias=100)
    bright = expose(np.random.default_rng(3), np.full((4, 4), 5e4, np.float32), detector)
    assert np.all(bright == 1000)
    assert np.all(digitise(bright, detector) == 600)


def test_north_is_up_and_east_is_left():
    wcs = WCS(wcs_header(Pointing(150.0, 2.0, 0.5), 100, 120))
    ra, dec = wcs.pixel_to_world_values(59.5, 49.5)
    assert (float(ra), float(dec)) == pytest.approx((150.0, 2.0), abs=1e-9)
    _, up = wcs.pixel_to_world_values(59.5, 59.5)
    left, _ = wcs.pixel_to_world_values(49.5, 49.5)
    assert float(up) - 2.0 == pytest.approx(5 / 3600, rel=1e-4)
    assert float(left) > 150.0


@pytest.fixture(scope="module")
def plans() -> dict[str, SamplePlan]:
    return {name: sample.plan() for name, sample in FRAMES.items()}


@pytest.mark.parametrize("name", sorted(FRAMES))
def test_bundled_frames_are_what_the_generator_makes(plans, name):
    bundled = (SAMPLES / name).read_bytes()
    assert len(bundled) < 4e6
    made = FRAMES[name].encode(plans[name])
    if bundled == made:
        return
    # Another processor or library may round the last bit differently, in a few pixels.
    then, now = _pixels(name, bundled), _pixels(name, made)
    span = float(np.percentile(then, 99) - np.percentile(then, 1))
    assert then.shape == now.shape
    assert np.mean(np.abs(then - now) > 1e-3 * span) < 1e-3


def _pixels(name: str, data: bytes) -> np.ndarray:
    if name.endswith(".png"):
        return np.asarray(Image.open(io.BytesIO(data)), dtype=np.float64)
    return fits.getdata(io.BytesIO(data)).astype(np.float64)


def test_the_wcs_of_a_frame_finds_a_catalogue_star(plans):
    stars = plans["galaxy.fits"].scene.stars
    with fits.open(SAMPLES / "galaxy.fits") as hdus:
        plane, wcs = hdus[0].data.astype(float), WCS(hdus[0].header)
        assert hdus[0].header["BUNIT"] == "adu"
    height, width = plane.shape
    lonely = _lonely(stars, height, width)
    assert len(lonely) >= 3
    for y, x in lonely:
        sky = wcs.pixel_to_world(x, height - 1 - y)
        column, row = (round(float(v)) for v in wcs.world_to_pixel(sky))
        box = plane[row - 4 : row + 5, column - 4 : column + 5]
        peak = np.unravel_index(box.argmax(), box.shape)
        assert max(abs(peak[0] - 4), abs(peak[1] - 4)) <= 1


def _lonely(stars, height: int, width: int) -> list[tuple[float, float]]:
    """Positions of bright, unsaturated stars away from the galaxy and the edges."""
    chosen = (stars.flux[:, 1] > 2e4) & (stars.flux[:, 1] < 3e5)
    chosen &= (stars.y > 8) & (stars.y < height - 9) & (stars.x > 8) & (stars.x < width - 9)
    chosen &= np.hypot(stars.y - height / 2, stars.x - width / 2) > 260
    return [(float(y), float(x)) for y, x in zip(stars.y[chosen], stars.x[chosen], strict=True)]
