from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame, Window
from astroview.ui.render import sampling
from astroview.ui.render.rendering import Look
from astroview.ui.render.sampling import SamplingPlan


def frame_of(data: np.ndarray) -> Frame:
    return Frame("f", data.shape[:2], data[0, 0].size, "linear", ArraySource(data), None)


def test_overviews_are_small() -> None:
    for side in (100, 2000, 16384, 200_000):
        cells = sampling.overview_plan((side, side // 2)).cells
        assert max(cells.height, cells.width) <= sampling.OVERVIEW_SIDE


def test_plans_cover_what_is_wanted() -> None:
    for k in (1, 1.5, 4, 7.25):
        seen = QRectF(103, 207, 300, 200)
        assert sampling.plan_around(seen, k, (1000, 1000)).covers.contains(seen)
        edge = sampling.plan_around(QRectF(990, 990, 10, 10), k, (1000, 1000))
        assert edge.covers.right() >= 1000
        assert edge.covers.right() < 1000 + k


def test_a_cell_is_a_device_pixel_unless_enlarged() -> None:
    assert sampling.pitch_for(0.25) == 1
    assert sampling.pitch_for(1 / 0.6) == 1 / 0.6
    assert sampling.pitch_for(2.0000000001) == 2


@pytest.mark.parametrize("k", [1, 3, 8])
def test_sparse_samples_lie_where_the_means_do(k: int) -> None:
    y, x = np.mgrid[:103, :90]
    frame = frame_of(np.stack([y, x, x + y], -1).astype(np.float32))
    plan = SamplingPlan(Window(2, 1, 10, 9), k)
    quick = sampling.read(frame, sampling.sparse(plan, frame.shape))
    exact = sampling.read(frame, plan)
    assert quick.plan.covers == exact.plan.covers
    assert quick.values.shape == exact.values.shape
    assert abs(quick.values - exact.values).max() <= k


def test_sparse_samples_of_the_last_cells() -> None:
    frame = frame_of(np.arange(1, 122, dtype=np.float32).reshape(11, 11))
    plan = sampling.sparse(SamplingPlan(Window(0, 0, 3, 3), 5.0), frame.shape)
    assert sampling.read(frame, plan).values.shape == (3, 3)
    assert sampling.read(frame, plan).values.min() > 0


def test_render_and_invert() -> None:
    data = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    samples = sampling.read(frame_of(data), SamplingPlan(Window.whole((8, 8)), 1))
    patch = sampling.render(samples, Look(Stretch("linear", 0, 1)))
    assert patch.image.pixelColor(0, 0).red() == 0
    assert patch.image.pixelColor(7, 7).red() == 255
    assert patch.covers == QRectF(0, 0, 8, 8)
    inverted = sampling.render(samples, Look(Stretch("linear", 0, 1), invert=True))
    assert inverted.image.pixelColor(0, 0).red() == 255
