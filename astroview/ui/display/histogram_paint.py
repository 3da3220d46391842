"""What the histogram draws: counts, the curve, the ramp of colours, the handles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from astroview.ui.widgets.theme import Theme

COLOURS = ("#d8605a", "#58a868", "#5b86dc")  # of the channels


def paint_counts(
    painter: QPainter, area: QRectF, levels: NDArray[np.float32], theme: Theme, band: int | None
) -> None:
    """Filled outlines (C, bins), 0..1; the others stand back behind a chosen channel."""
    single, bins = len(levels) == 1, levels.shape[1]
    for channel, row in enumerate(levels):
        path = QPainterPath(area.bottomLeft())
        for i, level in enumerate(row):
            x = area.left() + (i + 0.5) / bins * area.width()
            path.lineTo(QPointF(x, area.bottom() - float(level) * area.height()))
        path.lineTo(area.bottomRight())
        fill = QColor(theme.muted if single else COLOURS[channel])
        behind = band is not None and band != channel
        fill.setAlphaF(0.55 if single else 0.16 if behind else 0.5)
        painter.fillPath(path, fill)


def paint_curve(painter: QPainter, area: QRectF, u: NDArray[np.float32], theme: Theme) -> None:
    """The transfer curve: u (0..1) at equal steps along the axis."""
    path = QPainterPath()
    for i, level in enumerate(u):
        x = area.left() + i / (len(u) - 1) * area.width()
        point = QPointF(x, area.bottom() - float(level) * area.height())
        path.lineTo(point) if i else path.moveTo(point)
    line = QColor(theme.text)
    line.setAlphaF(0.6)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, 1.2))
    painter.drawPath(path)


def paint_ramp(painter: QPainter, place: QRectF, colours: NDArray[np.uint32], theme: Theme) -> None:
    """The colours that the axis is shown in, left to right (0xffRRGGBB)."""
    row = np.ascontiguousarray(colours, np.uint32)
    image = QImage(row.data, len(row), 1, 4 * len(row), QImage.Format.Format_RGB32)
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(place, 2.5, 2.5)
    painter.setClipPath(shape)
    painter.drawImage(place, image)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.drawRoundedRect(place, 2.5, 2.5)


def paint_limit(painter: QPainter, x: float, area: QRectF, theme: Theme, lively: bool) -> None:
    """Black or white: a line with a grip at its foot."""
    colour = QColor(theme.accent_hover if lively else theme.accent)
    painter.setPen(QPen(colour, 2.0 if lively else 1.5))
    painter.drawLine(QPointF(x, area.top() - 4), QPointF(x, area.bottom() + 3))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    wide = 4.5 if lively else 3.5
    painter.drawRoundedRect(QRectF(x - wide, area.bottom() - 4, 2 * wide, 9), 2, 2)


def paint_midtone(painter: QPainter, at: QPointF, theme: Theme, lively: bool) -> None:
    """Middle grey: a diamond on the curve, so that it stays clear of the limits."""
    size = 6.0 if lively else 5.0
    corners = ((0, -size), (size, 0), (0, size), (-size, 0))
    diamond = QPolygonF([at + QPointF(x, y) for x, y in corners])
    painter.setPen(QPen(QColor(theme.field), 1.5))
    painter.setBrush(QColor(theme.accent_hover if lively else theme.accent))
    painter.drawPolygon(diamond)
