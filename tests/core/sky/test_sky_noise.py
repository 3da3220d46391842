"""The sky of a frame: its level and noise, and where there is more than sky."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from astroview.core.frame import ArraySource, Frame
from astroview.core.sky.sky_noise import REACH, sky_of, sky_of_array

RNG = np.random.default_rng(11)


def field(shape: tuple[int, int] = (300, 320), blur: float = 0.0) -> np.ndarray:
    """Noise of 1 on a sky of 100, white or correlated."""
    noise = RNG.normal(size=shape)
    if blur:
        noise = gaussian_filter(noise, blur)
        noise /= noise.std()
    return (100 + noise).astype(np.float32)


@pytest.mark.parametrize("blur", [0.0, 0.8, 2.0])
def test_grain_is_sky_also_when_it_is_correlated(blur: float) -> None:
    x = field(blur=blur)
    sky = sky_of_array(x)
    assert sky
    assert sky.at(np.array([150.0]), np.array([160.0]))[0, 0] == pytest.approx(100, abs=0.5)
    assert sky.presence(x).mean() < 0.06


def test_stars_and_faint_extended_light_are_more_than_sky() -> None:
    x = field()
    y, column = np.mgrid[:300, :320]
    x += 1.5 * np.exp(-((y - 150) ** 2 + (column - 160) ** 2) / 1800)  # 1.5 sigma a pixel
    x[40, 50] += 8
    sky = sky_of_array(x)
    assert sky
    present = sky.presence(x)
    assert present[140:160, 150:170].mean() > 0.95
    assert present[40, 50] == 1
    assert present[250:, :60].mean() < 0.06


def test_a_gradient_of_the_sky_is_sky() -> None:
    x = field() + np.linspace(0, 8, 320, dtype=np.float32)[None]
    sky = sky_of_array(x)
    assert sky
    assert sky.presence(x).mean() < 0.1


def test_a_nebula_that_fills_the_frame_keeps_its_colour() -> None:
    y, column = np.mgrid[:300, :320]
    x = field() + (40 + 30 * np.sin(y / 40) * np.cos(column / 50)).astype(np.float32)
    x[:70, :70] = field((70, 70))
    sky = sky_of_array(x)
    assert sky
    assert sky.presence(x)[100:].mean() > 0.95


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.floats(-12, 12))
def test_a_part_of_a_frame_is_told_as_the_whole(top: int, left: int, decades: float) -> None:
    x = (field() * np.float32(10.0**decades)).astype(np.float32)
    x[60:64, 70:75] = np.nan
    sky = sky_of_array(x)
    assert sky
    whole = sky.presence(x)
    assert np.isfinite(whole).all()
    y, column = max(top - REACH, 0), max(left - REACH, 0)
    part = sky.presence(x[y : top + 60 + REACH, column : left + 60 + REACH], y, column)
    inside = part[top - y : top - y + 60, left - column : left - column + 60]
    assert inside == pytest.approx(whole[top : top + 60, left : left + 60], abs=1e-4)


@pytest.mark.parametrize("x", [np.zeros((40, 50)), np.full((3, 3), np.nan), np.ones((1, 1))])
def test_frames_with_no_sky_to_speak_of(x: np.ndarray) -> None:
    sky = sky_of_array(x.astype(np.float32))
    if sky is not None:
        assert (sky.presence(x.astype(np.float32)) == 0).all()


NO_DATA = [0.0, -9999.0, -32768.0, 65535.0, 1e30, float("inf")]


@pytest.mark.parametrize("value", NO_DATA)
def test_a_rim_of_what_stands_for_no_data_is_no_sky(value: float) -> None:
    blank = field()
    blank[:60] = blank[:, 260:] = np.nan
    named = np.where(np.isnan(blank), np.float32(value), blank)
    one, other = (
        sky_of(Frame("", x.shape, 1, "linear", ArraySource(x), None)) for x in (blank, named)
    )
    assert one
    assert one == other
    assert one.sigmas[0] == pytest.approx(1, rel=0.1)


def test_of_a_sky_of_zero_a_rim_of_zeros_tells_no_noise() -> None:
    x = field() - 100
    x[:200] = 0
    sky = sky_of(Frame("", x.shape, 1, "linear", ArraySource(x), None))
    assert sky
    assert sky.sigmas[0] == pytest.approx(1, rel=0.1)
    assert sky.presence(x).mean() < 0.06
