"""Differences in units of the noise."""

from __future__ import annotations

import numpy as np
import pytest

from astroview.core.colour.difference import between, box_means, noise, rounded_up
from astroview.core.frame import ArraySource, Frame, Window


def frame_of(data: np.ndarray) -> Frame:
    return Frame("f", data.shape[:2], 1, "linear", ArraySource(data), None, "adu")


def test_noise_is_measured_beside_stars_and_slopes() -> None:
    rng = np.random.default_rng(1)
    y, x = np.mgrid[:300, :400]
    sky = 100 + 0.5 * x + 0.2 * y + rng.normal(0, 7, (300, 400))
    for at_y, at_x in rng.integers(10, 290, (60, 2)):
        sky += 5000 * np.exp(-((x - at_x) ** 2 + (y - at_y) ** 2) / 8)
    assert noise(frame_of(sky)) == pytest.approx(7, rel=0.1)


@pytest.mark.parametrize("shape", [(1, 1), (1, 50), (50, 1), (2, 2)])
def test_noise_of_slivers_is_a_number(shape: tuple[int, int]) -> None:
    assert noise(frame_of(np.arange(np.prod(shape)).reshape(shape))) > 0
    assert noise(frame_of(np.full(shape, np.nan))) == 1


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_box_means_at_any_step(scale: int) -> None:
    rng = np.random.default_rng(2)
    coarse = rng.normal(size=(30, 40)).astype(np.float32)
    spread = rng.normal(size=(30, 40, scale, scale))
    spread -= spread.mean(axis=(2, 3), keepdims=True)
    fine = (coarse[..., None, None] + spread).transpose(0, 2, 1, 3).reshape(30 * scale, 40 * scale)
    for window, step in ((Window(0, 0, 30, 40), 1), (Window(3, 5, 20, 21), 3)):
        found = box_means(frame_of(fine), window, step, scale)
        np.testing.assert_allclose(found, coarse[window.slices][::step, ::step], atol=1e-5)


def test_a_change_shows_in_units_of_the_noise() -> None:
    rng = np.random.default_rng(3)
    before = rng.normal(100, 4, (200, 200)).astype(np.float32)
    after = before.repeat(2, 0).repeat(2, 1)
    after[100:102, 60:62] += 40
    found = between(frame_of(before), frame_of(after), 2)
    assert found.sigma == pytest.approx(4, rel=0.1)
    values = found.frame.read()
    assert values[50, 30] == pytest.approx(40 / found.sigma, rel=1e-4)
    assert np.abs(np.delete(values.ravel(), 50 * 200 + 30)).max() < 1e-5
    assert found.largest == pytest.approx(10, rel=0.1)
    assert found.beyond == pytest.approx(1 / 40000)


@pytest.mark.parametrize(
    ("size", "end"), [(0, 0.01), (0.011, 0.02), (0.9, 1), (4.2, 5), (5.1, 10), (260, 300)]
)
def test_legends_end_at_round_numbers(size: float, end: float) -> None:
    assert rounded_up(size) == pytest.approx(end)
