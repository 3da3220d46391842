"""Frames laid on each other's grid: synthetic stars must come to lie where they belong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from astropy.io import fits
from astropy.wcs import WCS
from hypothesis import given, settings
from hypothesis import strategies as st

from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.sky.align import map_between, register, register_fitted
from astroview.core.sky.wcs import scaled_wcs

SKY = ((150.02, 2.21), (149.99, 2.19), (150.01, 2.195), (149.985, 2.212))  # four stars


def sky(
    shape: tuple[int, int],
    pixel_arcsec: float = 1.0,
    turn_deg: float = 0.0,
    ctype: str = "RA---TAN",
    galactic: bool = False,
) -> WCS:
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["GLON-TAN", "GLAT-TAN"] if galactic else [ctype, ctype.replace("RA--", "DEC-")]
    wcs.wcs.crval = [236.7356, 42.0212] if galactic else [150.0, 2.2]
    wcs.wcs.crpix = [shape[1] / 2, shape[0] / 2]
    side, a = pixel_arcsec / 3600, np.deg2rad(turn_deg)
    wcs.wcs.cd = side * np.array([[-np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])
    return wcs


def starry(shape: tuple[int, int], wcs: WCS, width: float = 3.0) -> Frame:
    """Gaussian stars on the sky as a frame (rows from the top)."""
    from astropy.coordinates import SkyCoord

    y, x = np.mgrid[: shape[0], : shape[1]]
    data = np.zeros(shape)
    for ra, dec in SKY:
        at_x, up = wcs.world_to_pixel(SkyCoord(ra, dec, unit="deg"))
        data += 1000 * np.exp(-((x - at_x) ** 2 + (y - (shape[0] - 1 - up)) ** 2) / (2 * width**2))
    source = ArraySource(data.astype(np.float32))
    return Frame("stars", shape, 1, "linear", source, None, hdu=0, header=fits.Header(), wcs=wcs)


def centroids(frame: Frame, like: Frame, scale: int) -> np.ndarray:
    """Where the stars of the base lie in a frame on its grid, in base pixels."""
    from astropy.coordinates import SkyCoord

    assert like.wcs
    data = np.nan_to_num(frame.read().astype(np.float64))
    y, x = np.mgrid[: data.shape[0], : data.shape[1]]
    found = []
    for ra, dec in SKY:
        at_x, up = like.wcs.world_to_pixel(SkyCoord(ra, dec, unit="deg"))
        near_x, near_y = scale * (at_x + 0.5) - 0.5, scale * (like.shape[0] - 0.5 - up) - 0.5
        near = np.hypot(x - near_x, y - near_y) < 14 * scale
        total = data[near].sum()
        place = np.array([(x * data)[near].sum(), (y * data)[near].sum()]) / total
        found.append((place + 0.5) / scale - 0.5)
    return np.array(found)


@pytest.mark.parametrize(
    "other_sky",
    [
        sky((420, 440), 1.0, 31.0),
        sky((420, 440), 0.7, -110.0),
        sky((420, 440), 1.0, 12.0, "RA---ARC"),
        sky((420, 440), 0.8, 63.0, galactic=True),
    ],
    ids=["turned", "finer", "projection", "galactic"],
)
def test_stars_come_to_lie_on_each_other(other_sky: WCS) -> None:
    base = starry((300, 320), sky((300, 320)))
    found = register(base, starry((420, 440), other_sky))
    assert found.by == "wcs"
    assert found.resampled
    assert found.frame.shape == tuple(side * found.frame.scale for side in base.shape)
    here = centroids(base, base, 1)
    there = centroids(found.frame, base, found.frame.scale)
    assert np.abs(here - there).max() < 0.01


@pytest.mark.parametrize("scale", [2, 4])
def test_a_magnified_frame_is_taken_as_it_is(scale: int) -> None:
    base = starry((150, 160), sky((150, 160)))
    fine_sky = scaled_wcs(base.wcs, scale)
    assert fine_sky
    fine = starry((150 * scale, 160 * scale), fine_sky, 3.0 * scale)
    for other in (fine, replace(fine, wcs=None)):
        found = register(base, other)
        assert not found.resampled
        assert found.frame.source is fine.source
        assert found.frame.scale == scale
    assert np.abs(centroids(base, base, 1) - centroids(fine, base, scale)).max() < 0.01


def test_frames_of_other_skies_are_fitted_in() -> None:
    base = starry((100, 100), sky((100, 100)))
    far = sky((100, 100))
    far.wcs.crval = [10.0, -70.0]
    found = register(base, replace(base, wcs=far))
    assert (found.by, found.apart, found.resampled) == ("fit", True, False)


@pytest.mark.parametrize("shape", [(50, 100), (100, 50), (300, 200), (7, 9), (1, 1)])
def test_all_of_a_fitted_frame_lies_in_the_middle(shape: tuple[int, int]) -> None:
    base = Frame("a", (100, 120), 1, "linear", ArraySource(np.zeros((100, 120))), None)
    data = np.arange(np.prod(shape), dtype=np.float32).reshape(shape) + 1
    other = Frame("b", shape, 1, "linear", ArraySource(data), None)
    made = register_fitted(base, other)
    values = made.frame.read()
    seen = np.isfinite(values)
    scale = made.frame.scale
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    sizes = (len(rows) / scale, len(columns) / scale)
    shares = [size / side for size, side in zip(sizes, base.shape, strict=True)]
    assert max(shares) == pytest.approx(1, abs=0.02)
    assert sizes[0] * shape[1] == pytest.approx(sizes[1] * shape[0], rel=0.05)
    middle = (rows.mean() + 0.5) / scale, (columns.mean() + 0.5) / scale
    assert middle == pytest.approx((50, 60), abs=1)
    x, y = map_between(base, other, "fit").grid(np.array([59.5]), np.array([49.5]))
    assert (x[0, 0], y[0, 0]) == pytest.approx(((shape[1] - 1) / 2, (shape[0] - 1) / 2))


def test_frames_of_another_form_share_their_first_pixel() -> None:
    data = np.arange(60, dtype=np.float32).reshape(6, 10)
    base = Frame("a", (4, 5), 1, "linear", ArraySource(np.zeros((4, 5))), None, hdu=0)
    other = Frame("b", (6, 10), 1, "linear", ArraySource(data), None, hdu=0)
    found = register(base, other).frame
    np.testing.assert_array_equal(found.read(), data[2:, :5])  # FITS counts from the bottom
    picture = register(replace(base, hdu=None), other).frame
    np.testing.assert_array_equal(picture.read(), data[:4, :5])


def test_nothing_is_invented_outside() -> None:
    base = starry((100, 100), sky((100, 100), 2.0))
    small = starry((60, 50), sky((60, 50), 2.0, 5.0))
    values = register(base, small).frame.read()
    assert np.isnan(values[:10]).all()
    assert np.isfinite(values[50, 50])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 250), st.integers(0, 250), st.integers(1, 60), st.integers(1, 4))
def test_windows_and_steps_are_parts_of_the_whole(y: int, x: int, side: int, step: int) -> None:
    """Reading a part gives what reading the whole gives there."""
    base, other = WINDOWED
    frame = register(base, other).frame
    window = Window(y, x, side, side).clip(frame.shape)
    part = frame.read(window, step)
    whole = WHOLE[window.slices][::step, ::step]
    if step == 1:  # coarser reads interpolate between fewer pixels
        np.testing.assert_allclose(part, whole, rtol=1e-4, atol=1e-2)
    assert part.shape == whole.shape


WINDOWED = (starry((300, 300), sky((300, 300))), starry((400, 400), sky((400, 400), 1.1, 20)))
WHOLE = register(*WINDOWED).frame.read()
