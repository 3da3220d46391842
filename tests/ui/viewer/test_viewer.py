"""What the viewer paints, on frames made of arrays."""

from __future__ import annotations

import numpy as np
import pytest
import waiting
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from astroview.core.colour.stretch import Stretch
from astroview.core.frame import ArraySource, Frame
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.layer import Layer, Look
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.panes import Mode
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.viewer.viewer_scene import ViewerScene

LOOK = Look(Stretch("linear", 0, 255))


def frame_of(data: np.ndarray) -> Frame:
    return Frame("f", data.shape[:2], 1, "linear", ArraySource(data), None)


@pytest.fixture
def viewer(qtbot) -> Viewer:
    made = Viewer()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def settle(*layers: Layer) -> None:
    waiting.in_window(lambda: all(layer.settled for layer in layers), 20)


def test_a_result_registers_exactly_on_its_input(viewer: Viewer, background: Background) -> None:
    blocks = np.random.default_rng(0).integers(0, 255, (40, 50)).astype(np.float32)
    before = Layer(frame_of(blocks), 1, LOOK, background)
    after = Layer(frame_of(blocks.repeat(2, 0).repeat(2, 1)), 2, LOOK, background)
    viewer.show_layers(ViewerScene((40, 50), before, after, "x2"), keep_view=False)
    for zoom in (1, 2, 4, 8):
        viewer.zoom_to(zoom, QPointF(130, 90))
        settle(before, after)
        viewer.set_mode(Mode.RESULT)
        result = viewer.grab().toImage().copy(0, 60, 400, 240)
        viewer.set_mode(Mode.ORIGINAL)
        assert viewer.grab().toImage().copy(0, 60, 400, 240) == result


def test_pixels_are_where_the_coordinates_say(viewer: Viewer, background: Background) -> None:
    data = np.zeros((30, 40), np.float32)
    data[12, 7] = 255
    layer = Layer(frame_of(data), 1, LOOK, background)
    viewer.show_layers(ViewerScene((30, 40), layer), keep_view=False)
    settle(layer)
    picture = viewer.grab().toImage()
    for x in range(0, 400, 3):
        for y in range(0, 300, 3):
            scene = viewer.scene_at(QPointF(x + 0.5, y + 0.5))
            white = picture.pixelColor(x, y).red() == 255
            assert white is (int(scene.x()) == 7 and int(scene.y()) == 12)


def test_large_frames_show_detail_and_old_pictures_stay(
    viewer: Viewer, background: Background
) -> None:
    data = np.zeros((5000, 6000), np.uint8)
    data[2500:2510, 3000:3010] = 255
    layer = Layer(frame_of(data), 1, LOOK, background)
    viewer.show_layers(ViewerScene((5000, 6000), layer), keep_view=False)
    settle(layer)
    viewer.zoom_to(4, viewer.rect().toRectF().center())
    assert layer.patches  # the overview, at once
    settle(layer)
    assert layer.patches[-1].reduction == 1
    picture = viewer.grab().toImage()
    assert picture.pixelColor(202, 152).red() == 255
    assert picture.pixelColor(180, 130).red() == 0
    viewer.fit()
    settle(layer)
    assert layer.patches[-1].reduction > 1


def test_a_failing_source_is_told_once(viewer: Viewer, background: Background, qtbot) -> None:
    from astroview.core.errors import UnreadableFrame

    class Gone:
        def read(self, window, step):
            raise UnreadableFrame("gone.fits has gone")

    layer = Layer(Frame("f", (50, 50), 1, "linear", Gone(), None), 1, LOOK, background)
    with qtbot.waitSignal(layer.failed) as told:
        viewer.show_layers(ViewerScene((50, 50), layer), keep_view=False)
    assert told.args[0].message == "gone.fits has gone"
    settle(layer)
    viewer.grab()


def test_overlays_lie_on_the_picture(viewer: Viewer, background: Background) -> None:
    class Cross:
        def paint(self, painter: QPainter, at: Placing) -> None:
            painter.fillRect(at.rect(QRectF(7, 12, 1, 1)), QColor("#ff0000"))
            assert at.scene(at.point(QPointF(7, 12))) == QPointF(7, 12)

    layer = Layer(frame_of(np.zeros((30, 40), np.float32)), 1, LOOK, background)
    viewer.show_layers(ViewerScene((30, 40), layer), keep_view=False)
    settle(layer)
    viewer.add_overlay(Cross())
    moves = []
    viewer.view_changed.connect(moves.append)
    viewer.zoom_to(5, QPointF(200, 150))
    picture = viewer.grab().toImage()
    red = [
        viewer.scene_at(QPointF(x + 0.5, y + 0.5))
        for x in range(0, 400, 2)
        for y in range(0, 300, 2)
        if picture.pixelColor(x, y) == QColor("#ff0000")
    ]
    assert red
    assert {(int(p.x()), int(p.y())) for p in red} == {(7, 12)}
    assert moves
    assert moves[-1].zoom == 5
