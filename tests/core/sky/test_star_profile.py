"""Star profiles against stars of known width, against photutils, and where there is no star."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits
from photutils.centroids import centroid_2dg
from photutils.profiles import RadialProfile

from astroview.core.io import open_file
from astroview.core.sky.star_profile import NoStar, StarProfile, measure_star


def moffat(fwhm: float, x0: float, y0: float, beta: float, side: int = 101) -> np.ndarray:
    """A star of peak 1 at a place, averaged over each pixel; beta 0 for a Gaussian."""
    fine = (np.arange(side * 7) + 0.5) / 7
    x, y = np.meshgrid(fine, fine)
    r2 = (x - x0) ** 2 + (y - y0) ** 2
    if beta == 0:
        star = np.exp(-4 * np.log(2) * r2 / fwhm**2)
    else:
        star = (1 + r2 / (fwhm / 2) ** 2 * (2 ** (1 / beta) - 1)) ** -beta
    return star.reshape(side, 7, side, 7).mean((1, 3))


@pytest.mark.parametrize("beta", [0, 3.0])
@pytest.mark.parametrize("fwhm", [2.0, 3.5, 7.0])
def test_known_stars(make, fwhm: float, beta: float) -> None:
    rng = np.random.default_rng(1)
    star = 2000 * moffat(fwhm, 50.8, 49.1, beta)
    frame = make(star + rng.normal(100, 3, star.shape))
    found = measure_star(frame, 52.3, 47.0)
    assert isinstance(found, StarProfile)
    assert (found.x, found.y) == pytest.approx((50.8, 49.1), abs=0.03)
    assert found.best.fwhm == pytest.approx(fwhm, rel=0.09 if fwhm < 3 else 0.03)
    assert found.background == pytest.approx(100, abs=1.0)
    assert found.noise == pytest.approx(3, rel=0.25)
    part = 0.99 if beta == 0 else 0.95  # of a Moffat's light lies inside two widths
    assert found.flux == pytest.approx(part * star.sum(), rel=0.02)
    assert found.ellipticity < 0.06
    assert (found.best is found.moffat) is (beta > 0)


def test_against_photutils(make) -> None:
    rng = np.random.default_rng(4)
    image = 800 * moffat(4.0, 50.3, 50.6, 0) + rng.normal(20, 2, (101, 101))
    found = measure_star(make(image), 50, 50)
    assert isinstance(found, StarProfile)
    centre = centroid_2dg(image[40:61, 40:61] - 20) + 40.5
    assert (found.x, found.y) == pytest.approx(tuple(centre), abs=0.02)
    rings = RadialProfile(image - found.background, centre - 0.5, np.arange(0, 15))
    assert found.gaussian.fwhm == pytest.approx(rings.gaussian_fwhm, rel=0.05)
    near = found.radius <= 2
    assert found.gaussian.at(found.radius[near]) == pytest.approx(found.values[near], abs=25)


def test_no_star_on_noise(make) -> None:
    frame = make(np.random.default_rng(0).normal(100, 3, (60, 60)))
    places = np.random.default_rng(1).uniform(5, 55, (40, 2))
    found = [measure_star(frame, x, y) for x, y in places]
    assert all(isinstance(one, NoStar) for one in found)
    assert "No star" in found[0].reason


@pytest.mark.parametrize("value", [0.0, 7.0, np.nan])
def test_no_star_on_nothing(make, value: float) -> None:
    assert isinstance(measure_star(make(np.full((40, 40), value)), 20, 20), NoStar)
    assert isinstance(measure_star(make(np.full((2, 40), value)), 1, 20), NoStar)


def test_a_hot_pixel_is_no_star(make) -> None:
    image = np.random.default_rng(0).normal(100, 3, (60, 60))
    image[30, 30] += 3000
    found = measure_star(make(image), 30, 30)
    assert isinstance(found, NoStar)
    assert "hot pixel" in found.reason


def test_remarks(make) -> None:
    image = np.random.default_rng(0).normal(100, 3, (101, 101)) + 5000 * moffat(6, 50, 50, 0)
    flat = measure_star(make(np.minimum(image, 3000)), 50, 50)
    assert isinstance(flat, StarProfile)
    assert any("saturated" in remark for remark in flat.remarks)
    image[50, 51] = np.nan
    holed = measure_star(make(image), 50, 50)
    assert isinstance(holed, StarProfile)
    assert any("without data" in remark for remark in holed.remarks)
    edge = measure_star(make(image[:, :54]), 50, 50)
    assert isinstance(edge, StarProfile)
    assert any("edge" in remark for remark in edge.remarks)


def test_elongated_stars_are_told(make) -> None:
    y, x = np.mgrid[:81, :81] + 0.5
    image = 900 * np.exp(-((x - 40) ** 2) / 18 - ((y - 40) ** 2) / 4.5)
    found = measure_star(make(image + np.random.default_rng(0).normal(10, 1, x.shape)), 41, 40)
    assert isinstance(found, StarProfile)
    assert found.ellipticity > 0.3


def test_real_stars(shared_data: Path) -> None:
    """Isolated stars of a real plate: all of one width, each where it was clicked."""
    frame = open_file.open_frame(shared_data / "fits" / "astropy+astropy" / "m13.fits")
    places = [(36.0, 72.7), (264.4, 97.1), (49.8, 138.3), (182.6, 269.1), (82.0, 249.5)]
    found = [measure_star(frame, x + 1.5, y - 1) for x, y in places]
    for star, (x, y) in zip(found, places, strict=True):
        assert isinstance(star, StarProfile)
        assert (star.x, star.y) == pytest.approx((x, y), abs=0.3)
        assert star.best.fwhm == pytest.approx(3.25, abs=0.1)


@pytest.mark.parametrize("fwhm", [2.5, 4.0, 6.0])
def test_faint_stars_are_measured(make, fwhm: float) -> None:
    """Of 12 stars at S/N 10 to 15 (all pixels weighted best) none is turned away."""
    for seed in range(12):
        rng = np.random.default_rng(seed)
        x, y = rng.uniform(46, 54, 2)
        star = moffat(fwhm, x, y, 0)
        height = rng.uniform(10, 15) * 5 / np.sqrt((star**2).sum())
        found = measure_star(make(height * star + rng.normal(100, 5, star.shape)), x, y)
        assert isinstance(found, StarProfile), (seed, found)
        assert np.hypot(found.x - x, found.y - y) < 0.4 * fwhm


def test_saturated_stars_are_told_by_the_header(make) -> None:
    rng = np.random.default_rng(3)
    star = np.minimum(90000 * moffat(3.0, 50, 50, 0) + rng.normal(100, 3, (101, 101)), 60000)
    ramp = star - 0.01 * np.arange(101 * 101).reshape(101, 101) / 101  # the top is not quite flat
    marked = make(ramp, header=fits.Header({"SATURATE": 60000.0}))
    found = measure_star(marked, 50, 50)
    assert isinstance(found, StarProfile)
    assert any("is saturated" in remark and "60000" in remark for remark in found.remarks)
    below = measure_star(make(ramp / 2, header=fits.Header({"SATURATE": 60000.0})), 50, 50)
    assert isinstance(below, StarProfile)
    assert not any("is saturated" in remark for remark in below.remarks)


@pytest.mark.parametrize(
    ("distance", "share", "word"),
    [(3.5, 0.5, "blend"), (9.0, 0.4, "A neighbour"), (9.0, 0.03, ""), (3.0, 0.0, "")],
)
def test_company_is_told(make, distance: float, share: float, word: str) -> None:
    rng = np.random.default_rng(6)
    both = moffat(2.5, 50.2, 49.8, 0) + share * moffat(2.5, 50.2 + distance, 49.8, 0)
    found = measure_star(make(1000 * both + rng.normal(100, 5, both.shape)), 50, 50)
    assert isinstance(found, StarProfile)
    told = [remark for remark in found.remarks if "neighbour" in remark]
    assert bool(told) is bool(word)
    assert not told or word in told[0]
