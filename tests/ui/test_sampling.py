from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from astroview.core.frame import ArraySource, Frame, Window
from astroview.core.stretch import Stretch
from astroview.ui import sampling


def frame_of(data: np.ndarray) -> Frame:
    return Frame("f", data.shape[:2], data[0, 0].size, "linear", ArraySource(data), None)


@pytest.mark.parametrize("shape", [(12, 18), (13, 19), (1, 5), (7, 8, 3)])
@pytest.mark.parametrize("box", [1, 2, 5])
def test_box_mean(shape: tuple[int, ...], box: int) -> None:
    values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    values[0, 0] = np.nan
    means = sampling.box_mean(values, box)
    assert means.shape[:2] == tuple(-(-n // box) for n in shape[:2])
    for i, j in ((0, 0), (means.shape[0] - 1, means.shape[1] - 1)):
        part = values[i * box : (i + 1) * box, j * box : (j + 1) * box]
        if np.isfinite(part).any():
            expected = np.nanmean(part, axis=(0, 1))
            np.testing.assert_allclose(means[i, j], expected, rtol=1e-4, atol=1e-6)


def test_all_nan_stays_nan() -> None:
    assert np.isnan(sampling.box_mean(np.full((4, 4), np.nan, np.float32), 2)).all()


def test_plans_read_a_bounded_number_of_samples() -> None:
    for side in (100, 2000, 16384, 200_000):
        todo = sampling.overview_plan((side, side))
        assert (side / todo.step) ** 2 <= 1.1 * sampling.READ_AT_MOST
        assert side / todo.reduction <= 2.2 * sampling.OVERVIEW_SIDE


def test_windows_cover_the_visible_part_on_a_steady_grid() -> None:
    seen = QRectF(103, 207, 300, 200)
    window = sampling.window_around(seen, 4, (1000, 1000))
    assert window.x % 4 == window.y % 4 == 0
    assert QRectF(window.x, window.y, window.width, window.height).contains(seen)
    edge = sampling.window_around(QRectF(990, 990, 10, 10), 4, (1000, 1000))
    assert (edge.x + edge.width, edge.y + edge.height) == (1000, 1000)


def test_render_and_invert() -> None:
    data = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    samples = sampling.read(frame_of(data), sampling.plan(Window.whole((8, 8)), 1))
    patch = sampling.render(samples, Stretch("linear", 0, 1), invert=False)
    assert patch.image.pixelColor(0, 0).red() == 0
    assert patch.image.pixelColor(7, 7).red() == 255
    assert patch.covers == QRectF(0, 0, 8, 8)
    inverted = sampling.render(samples, Stretch("linear", 0, 1), invert=True)
    assert inverted.image.pixelColor(0, 0).red() == 255
