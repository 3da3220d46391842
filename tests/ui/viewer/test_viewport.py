from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from astroview.ui.viewer import viewport
from astroview.ui.viewer.viewport import Viewport

SIZE = QSizeF(800, 600)
places = st.floats(-500, 1500)
zooms = st.floats(0.01, 60)


@given(places, places, zooms, st.floats(0.2, 5), st.floats(0, 800), st.floats(0, 600))
def test_zoom_keeps_the_point_under_the_cursor(x, y, zoom, factor, at_x, at_y) -> None:
    at, before = QPointF(at_x, at_y), Viewport(x, y, zoom)
    one = before.to_scene(at, SIZE)
    other = before.zoomed(factor, at, SIZE).to_scene(at, SIZE)
    assert other.x() == pytest.approx(one.x(), abs=1e-6)
    assert other.y() == pytest.approx(one.y(), abs=1e-6)


def test_fit_shows_the_whole_frame_and_enlarges_tiny_ones_only_so_far() -> None:
    for shape in ((16000, 16000), (3, 4000), (1, 1), (700, 900)):
        fitted = viewport.fit(shape, SIZE)
        assert fitted.visible(SIZE).contains(QRectF(0, 0, shape[1], shape[0]))
        assert fitted.zoom <= 8


def test_one_to_one_lies_on_whole_device_pixels() -> None:
    for ratio in (1.0, 1.5, 2.0):
        placed = Viewport(100.37, 50.81, 1 / ratio).to_screen(QRectF(0, 0, 10, 10), SIZE, ratio)
        assert placed.x() * ratio == pytest.approx(round(placed.x() * ratio))
        assert placed.y() * ratio == pytest.approx(round(placed.y() * ratio))


def test_steps_go_up_and_down_and_end() -> None:
    assert viewport.next_step(0.9, up=True) == 1
    assert viewport.next_step(1.0, up=True) == 1.5
    assert viewport.next_step(1.0, up=False) == pytest.approx(2 / 3)
    assert viewport.next_step(1000, up=True) == viewport.LARGEST
    assert viewport.next_step(1e-9, up=False) == viewport.SMALLEST
