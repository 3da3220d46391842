"""Two lines through the place that the mouse points at, in every picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPainterPath

from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

GAP = 6.0  # points that stay free around the place


class Crosshair:
    """Stays where the mouse was last."""

    def __init__(self) -> None:
        self.on = False
        self.place: QPointF | None = None  # scene coordinates

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.on or self.place is None:
            return
        point, clip = at.point(self.place), at.pane.clip
        path = QPainterPath()
        for start, end in (
            (QPointF(clip.left(), point.y()), QPointF(point.x() - GAP, point.y())),
            (QPointF(point.x() + GAP, point.y()), QPointF(clip.right(), point.y())),
            (QPointF(point.x(), clip.top()), QPointF(point.x(), point.y() - GAP)),
            (QPointF(point.x(), point.y() + GAP), QPointF(point.x(), clip.bottom())),
        ):
            path.moveTo(start)
            path.lineTo(end)
        outline_paint.stroke(painter, path, outline_paint.LIGHT, 1.0)
