"""The noise of a sky is that of its sky, whatever else a frame holds."""

import numpy as np
import pytest

from astroview.core.bad_pixels.frame_noise import measure_frame, nearer, opening_stretch
from astroview.core.colour.stretch import auto_stretch
from astroview.core.frame import ArraySource, Frame

SIDE = 192


def framed(samples: np.ndarray) -> Frame:
    height, width = samples.shape[:2]
    channels = 1 if samples.ndim == 2 else 3
    return Frame(
        "a", (height, width), channels, "linear", ArraySource(samples.astype(np.float32)), None
    )


def white() -> np.ndarray:
    return np.random.default_rng(2).normal(100, 5, (SIDE, SIDE))


def galaxy() -> np.ndarray:
    rows, columns = np.mgrid[:SIDE, :SIDE] - SIDE / 2
    rng = np.random.default_rng(3)
    away = np.hypot(rows, columns * 1.4)
    arms = 1 + 0.5 * np.sin(3 * np.arctan2(rows, columns) + away / 4)
    knots = sum(
        np.exp(-((rows - y) ** 2 + (columns - x) ** 2) / 3) for y, x in rng.normal(0, 25, (80, 2))
    )
    return 400 * np.exp(-away / 25) * arms + 150 * knots


def found(samples: np.ndarray) -> tuple[float, float]:
    measured = measure_frame(framed(samples))
    assert measured is not None
    assert measured.sky_noise is not None
    return measured.noise, measured.sky_noise.grain


def test_white_noise_is_white_beside_a_galaxy_too():
    noise, grain = found(white())
    assert noise == pytest.approx(5, rel=0.05)
    assert grain == pytest.approx(1, abs=0.06)
    noise, grain = found(white() + galaxy())
    assert noise == pytest.approx(5, rel=0.1)
    assert grain == pytest.approx(1, abs=0.2)


def test_noise_that_was_spread_is_told_beside_a_galaxy_too():
    spread = white()
    spread = 100 + 0.6 * (spread + np.roll(spread, 1, 0) + np.roll(spread, 1, 1) - 300)
    alone, beside = found(spread)[1], found(spread + galaxy())[1]
    assert alone > 1.3
    assert beside == pytest.approx(alone, rel=0.15)


@pytest.mark.parametrize("scale", [1e-28, 1.0, 1e28])
def test_noise_goes_with_the_unit(scale: float):
    noise, grain = found(white() * scale)
    assert noise == pytest.approx(5 * scale, rel=0.05)
    assert grain == pytest.approx(1, abs=0.06)


@pytest.mark.parametrize("share", [0.005, 0.01, 0.03])
@pytest.mark.parametrize("level", [-1000, 20, 40])
def test_dead_pixels_make_no_sky_noisier(share: float, level: float):
    rng, samples = np.random.default_rng(8), white()
    dead = rng.choice(samples.size, round(share * samples.size), replace=False)
    samples.ravel()[dead] = level + rng.uniform(-5, 5, dead.size)
    noise, grain = found(samples)
    assert noise == pytest.approx(5, rel=0.12)
    assert grain == pytest.approx(1, abs=0.1)


def test_parts_of_one_value_and_gaps_are_no_sky():
    samples = white()
    samples[:100] = 0
    samples[150:, :60] = np.nan
    noise, grain = found(samples)
    assert noise == pytest.approx(5, rel=0.1)
    assert grain == pytest.approx(1, abs=0.1)


def test_colours_small_frames_and_frames_of_one_value():
    rgb = np.random.default_rng(4).normal(100, 5, (64, 64, 3))
    assert found(rgb)[0] == pytest.approx(5 / np.sqrt(3), rel=0.1)  # of their mean
    assert found(white()[:12, :40])[1] == pytest.approx(1, abs=0.3)
    assert found(np.full((64, 64), 7.0)) == (0.0, 1.0)


@pytest.mark.parametrize("value", [65535.0, -32768.0, -999.0])
def test_a_frame_opens_by_what_it_measured(value: float) -> None:
    x = np.random.default_rng(4).normal(100.0, 5.0, (300, 300)).astype(np.float32)
    x[150, 150] = 400.0
    sound = opening_stretch(framed(x))
    x[:, 40:43] = value
    damaged = opening_stretch(framed(x))
    assert damaged.low == pytest.approx(sound.low, abs=2.0)
    assert damaged.high == pytest.approx(sound.high, rel=0.05)
    assert auto_stretch(framed(x)) != damaged


@pytest.mark.parametrize("peak", [1e3, 1e6, 1e8, 1e11])
@pytest.mark.parametrize("scale", [1e-20, 1.0, 1e20])
def test_networks_tell_the_sky_from_one_value_beside_any_light(peak: float, scale: float):
    samples = white()
    samples[20:40, 30:50] += np.random.default_rng(9).random((20, 20)) * 5 * peak
    measured = measure_frame(framed(samples * scale))
    assert measured is not None
    assert measured.sky_noise is not None
    assert measured.sky_noise.level > 1e-4  # of what they see: their own errors are smaller
    assert measured.noise == pytest.approx(5 * scale, rel=0.05)
    assert measured.seen_through.forward(np.float32([5 * peak * scale])) < 4
    if peak < 1e6:
        assert measured.seen_through == measured.own


def test_what_rounding_leaves_of_a_smooth_model_is_no_noise():
    rows, columns = np.mgrid[:SIDE, :SIDE]
    model = 100 + 0.01 * np.hypot(rows, columns) + 1e7 * np.exp(-((rows - 90) ** 2) / 3)
    measured = measure_frame(framed(model))
    assert measured is not None
    assert measured.seen_through == measured.own
    assert nearer(measured.own, 100, 0.0) == measured.own
