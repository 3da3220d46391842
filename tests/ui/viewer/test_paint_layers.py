"""What is read under the mouse is what is painted there, on screens of every density."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from astroview.ui.render.sampling import Patch
from astroview.ui.viewer.paint_layers import Placing, paint_patch
from astroview.ui.viewer.panes import BEFORE, Pane
from astroview.ui.viewer.viewport import Viewport

SIDE = 24  # of a frame whose pixels all have another colour
SCREEN = 60  # device pixels
NOWHERE = 0xFF0000FF
EDGE = 1e-3  # frame pixels: between two of them either is right


def numbered() -> Patch:
    """A picture that says in each pixel which one it is."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.uint32)
    pixels = np.ascontiguousarray(0xFF000000 | y << 16 | x << 8)
    image = QImage(pixels.data, SIDE, SIDE, 4 * SIDE, QImage.Format.Format_RGB32).copy()
    return Patch(image, QRectF(0, 0, SIDE, SIDE), 1)


def painted(at: Placing) -> QImage:
    screen = QImage(SCREEN, SCREEN, QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(at.ratio)
    screen.fill(NOWHERE)
    painter = QPainter(screen)
    paint_patch(painter, numbered(), 1, at)
    painter.end()
    return screen


@settings(max_examples=120, deadline=None)
@given(
    *(st.floats(0, SIDE), st.floats(0, SIDE), st.sampled_from((1.0, 1.25, 1.5, 2.0))),
    *(st.sampled_from((1, 1.5, 2, 3, 8)), st.sampled_from((0, 90, 180, 270)), st.booleans()),
)
@pytest.mark.usefixtures("qapp")
def test_what_is_read_is_what_is_painted(
    x: float, y: float, ratio: float, zoom: float, turn: int, mirrored: bool
) -> None:
    area = QRectF(QPointF(), QSizeF(SCREEN, SCREEN) / ratio)
    view = Viewport(x, y, zoom / ratio, turn, mirrored)
    at = Placing(view, Pane(area, area, BEFORE), ratio)
    screen = painted(at)
    for dx, dy in ((7, 11), (29, 30), (30, 29), (41, 8), (52, 50)):
        shown = screen.pixel(dx, dy)
        scene = at.pointed(QPointF(dx, dy) / ratio)
        if all(abs(one - round(one)) > EDGE for one in (scene.x(), scene.y())):
            inside = 0 <= scene.x() < SIDE and 0 <= scene.y() < SIDE
            told = 0xFF000000 | int(scene.y()) << 16 | int(scene.x()) << 8 if inside else NOWHERE
            assert shown == told, (dx, dy, hex(shown), hex(told))


@given(st.floats(0, SIDE), st.floats(0, SIDE), st.floats(0.05, 60), st.floats(0, 360))
def test_there_and_back(x: float, y: float, zoom: float, turn: float) -> None:
    area = QRectF(3, 5, 401, 299)
    at = Placing(Viewport(x, y, zoom, turn), Pane(area, area, BEFORE), 1.5)
    back = at.scene(at.point(QPointF(4.25, 9.5)))
    assert (back.x(), back.y()) == pytest.approx((4.25, 9.5), abs=1e-6)
