"""Lines and words that can be read on black sky and on white stars alike: light on a dark halo."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from astroview.ui.viewer.paint_layers import Placing

LIGHT = QColor(245, 245, 245, 235)
ACCENT = QColor("#ffc04d")
HALO = QColor(0, 0, 0, 150)
PLATE = QColor(18, 18, 18, 170)


def scene_to_screen(at: Placing) -> QTransform:
    """The transform that puts scene coordinates on a pane."""
    return at.transform


def on_screen(
    scene: NDArray[np.float64], at: Placing
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scene points (N, 2) as x and y (N,) on the screen."""
    m = at.transform
    x, y = scene[:, 0], scene[:, 1]
    return m.m11() * x + m.m21() * y + m.dx(), m.m12() * x + m.m22() * y + m.dy()


def stroke(
    painter: QPainter,
    path: QPainterPath,
    colour: QColor = LIGHT,
    width: float = 1.4,
    dashed: bool = False,
) -> None:
    """A line with a halo, as wide at every zoom: the path is in points of the viewer."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, wide in ((HALO, width + 2.0), (colour, width)):
        pen = QPen(ink, wide)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if dashed else Qt.PenCapStyle.RoundCap)
        if dashed and ink is not HALO:
            pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawPath(path)


def small(font: QFont, factor: float = 0.86) -> QFont:
    """The font of words on the picture."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * factor)
    return result


def plate_of(painter: QPainter, text: str) -> QRectF:
    """The room that words take, at the origin."""
    metrics = QFontMetricsF(painter.font())
    return QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)


def words(painter: QPainter, place: QRectF, text: str, colour: QColor = LIGHT) -> None:
    """Words on a dark plate."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PLATE)
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(colour)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
