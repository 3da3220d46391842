"""The place under the mouse, marked in the other tiles."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QColor, QPainter, QPainterPath

from astroview.ui.documents.comparison import Mode
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing
from astroview.ui.viewer.viewer import Viewer

ARM, HOLE = 9.0, 3.0  # points
COLOUR = QColor(255, 255, 255, 220)


class TileCursor(QObject):
    """A small open cross where the mouse points to on the sky."""

    def __init__(self, viewer: Viewer) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._scene: QPointF | None = None
        self._pane = -1  # what the pane under the mouse shows
        viewer.pointed.connect(self._pointed)
        viewer.add_overlay(self)

    def paint(self, painter: QPainter, at: Placing) -> None:
        if self._scene is None or at.pane.shows == self._pane or self._viewer.mode is not Mode.TILE:
            return
        middle = at.point(self._scene)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline_paint.stroke(painter, cross(middle), COLOUR, 1.0)

    def _pointed(self, layer: object, scene: object) -> None:
        now = scene if layer is not None and isinstance(scene, QPointF) else None
        moved, self._scene = now != self._scene, now
        if self._viewer.mode is Mode.TILE and moved:
            self._pane = self._viewer.pane_under_mouse
            self._viewer.update()


def cross(middle: QPointF) -> QPainterPath:
    """Four arms with a hole between them."""
    path = QPainterPath()
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(middle + QPointF(x * HOLE, y * HOLE))
        path.lineTo(middle + QPointF(x * ARM, y * ARM))
    return path
