"""S/N, seeing and oddness of skies that are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from astroview.core.frame import ArraySource, Frame
from astroview.core.lightbox.frame_quality import FrameQuality, outlier_scores, quality_of


def sky(sigma: float, seed: int = 1, stars: int = 20, noise: float = 5.0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:300, :260]
    data = rng.normal(100.0, noise, (300, 260))
    for _ in range(stars):
        cx, cy = rng.uniform(20, 240, 2)
        data += rng.uniform(500, 5000) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 2 / sigma**2)
    return data.astype(np.float32)


def frame(data: NDArray[np.float32]) -> Frame:
    shape = (data.shape[0], data.shape[1])
    return Frame("sky", shape, 1, "linear", ArraySource(data), None)


@pytest.mark.parametrize("sigma", [0.9, 1.5, 3.0])
def test_seeing_is_the_width_that_stars_have(sigma: float) -> None:
    found = quality_of(frame(sky(sigma)))
    assert found.seeing == pytest.approx(2.3548 * sigma, rel=0.03)
    assert found.stars >= 10
    assert found.level == pytest.approx(100, abs=0.5)
    assert found.noise == pytest.approx(5, rel=0.05)


def test_cosmic_rays_and_blends_do_not_set_the_seeing() -> None:
    data = sky(2.0)
    rng = np.random.default_rng(2)
    hits = rng.integers(10, 250, (60, 2))
    data[hits[:, 0], hits[:, 1]] += 20000
    assert quality_of(frame(data)).seeing == pytest.approx(4.71, rel=0.1)


def test_snr_is_the_brightest_hundredth_over_the_noise() -> None:
    data = np.full((200, 200), 100.0, np.float32)
    data += np.random.default_rng(3).normal(0, 2.0, data.shape).astype(np.float32)
    data[:6] = 160.0  # three hundredths
    found = quality_of(frame(data))
    assert found.snr == pytest.approx(30, rel=0.05)
    assert math.isnan(found.seeing)


def test_missing_samples_are_counted_and_nothing_is_invented() -> None:
    data = sky(1.5)
    data[:150] = np.nan
    assert quality_of(frame(data)).missing == pytest.approx(0.5, abs=0.01)
    empty = quality_of(frame(np.full((50, 50), np.nan, np.float32)))
    assert empty.missing == 1.0
    assert math.isnan(empty.snr)
    flat = quality_of(frame(np.full((50, 50), 7.0, np.float32)))
    assert (flat.level, flat.noise) == (7.0, 0.0)
    assert math.isnan(flat.snr)


def test_the_odd_one_stands_out_of_its_own_kind() -> None:
    usual = [quality_of(frame(sky(1.5, seed))) for seed in range(8)]
    cloudy = quality_of(frame(sky(2.6, 9, stars=6, noise=9.0)))
    qualities: list[FrameQuality | None] = [*usual, cloudy, None]
    scores = outlier_scores(qualities, ["r"] * 10)
    assert max(scores[:8]) < scores[8]
    assert scores[8] > 6
    assert math.isnan(scores[9])


def test_another_filter_is_not_odd() -> None:
    red = [quality_of(frame(sky(1.5, seed))) for seed in range(6)]
    blue = [quality_of(frame(sky(3.0, seed, noise=15.0))) for seed in range(20, 26)]
    few_blue = [*red, *red, blue[0]]
    assert outlier_scores(few_blue, ["r"] * 13)[-1] > 10
    apart = outlier_scores([*red, *blue], ["r"] * 6 + ["b"] * 6)
    assert max(apart) < 4


def test_few_frames_have_no_outliers() -> None:
    scores = outlier_scores([quality_of(frame(sky(1.5)))] * 3, [0] * 3)
    assert all(math.isnan(score) for score in scores)
