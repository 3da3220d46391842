"""The mark of the tool in hand, a place told by another program, and the point under the plot."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.viewer.overlays import outline_paint
from astroview.ui.viewer.paint_layers import Placing

Form = Literal["line", "box", "star"]
HANDLE = 3.5


@dataclass(frozen=True)
class Mark:
    """A mark in scene coordinates: both ends of a line, two corners, or a centre and its rim."""

    form: Form
    points: tuple[QPointF, ...]


class Marks:
    """Paints what the tools marked."""

    def __init__(self) -> None:
        self.shared: Callable[[Placing], bool] = lambda _: True  # as of `region_overlay.Shapes`
        self.mark: Mark | None = None
        self.target: QPointF | None = None  # what another program points at
        self.along: QPointF | None = None  # the place of the value under the mouse in the plot

    def paint(self, painter: QPainter, at: Placing) -> None:
        if not self.shared(at):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.target is not None:
            outline_paint.stroke(
                painter, _cross(at.point(self.target), 6, 18), outline_paint.ACCENT, 1.8
            )
        if self.mark is not None and self.mark.points:
            _paint_mark(painter, self.mark, at)
        if self.along is not None:
            dot = QPainterPath()
            dot.addEllipse(at.point(self.along), HANDLE, HANDLE)
            outline_paint.stroke(painter, dot, outline_paint.LIGHT, 2.0)


def _paint_mark(painter: QPainter, mark: Mark, at: Placing) -> None:
    points = [at.point(point) for point in mark.points]
    path = QPainterPath()
    if mark.form == "line":
        path.moveTo(points[0])
        path.lineTo(points[-1])
    elif mark.form == "box":
        box = QRectF(mark.points[0], mark.points[-1]).normalized()
        path.addPolygon(at.transform.map(QPolygonF(box)))
        path.closeSubpath()
    else:
        radius = hypot(points[-1].x() - points[0].x(), points[-1].y() - points[0].y())
        path = _cross(points[0], 3, 9)
        if radius > 2:
            path.addEllipse(points[0], radius, radius)
    outline_paint.stroke(painter, path, outline_paint.ACCENT, 1.6)
    for point in points if mark.form != "star" else ():
        knob = QPainterPath()
        knob.addRect(QRectF(-HANDLE, -HANDLE, 2 * HANDLE, 2 * HANDLE).translated(point))
        painter.fillPath(knob, outline_paint.PLATE)
        outline_paint.stroke(painter, knob, outline_paint.ACCENT, 1.2)


def _cross(middle: QPointF, inner: float, outer: float) -> QPainterPath:
    """Four strokes around a place, which stays free."""
    path = QPainterPath()
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        path.moveTo(middle + QPointF(dx * inner, dy * inner))
        path.lineTo(middle + QPointF(dx * outer, dy * outer))
    return path
