"""How before and after share the viewer: panes, the split handle and the labels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

GRIP = 15.0  # radius of the split handle's knob
REACH = 9.0  # so far from the line a press still takes it
GAP = 3.0  # between side-by-side panes


class Mode(StrEnum):
    """What the viewer shows of a pair."""

    RESULT = "result"
    SPLIT = "split"
    SIDE = "side"
    ORIGINAL = "original"


@dataclass(frozen=True)
class Pane:
    """A part of the viewer: the area its view spans, the part of it that is painted."""

    area: QRectF
    clip: QRectF
    after: bool  # shows the result, not the original


def panes(mode: Mode, size: QSizeF, split: float, paired: bool) -> list[Pane]:
    """The panes of a mode; one pane with the original when there is no pair."""
    whole = QRectF(0, 0, size.width(), size.height())
    if not paired or mode is Mode.ORIGINAL:
        return [Pane(whole, whole, after=False)]
    if mode is Mode.RESULT:
        return [Pane(whole, whole, after=True)]
    if mode is Mode.SPLIT:
        x = line_x(size, split)
        return [
            Pane(whole, QRectF(0, 0, x, size.height()), after=False),
            Pane(whole, QRectF(x, 0, size.width() - x, size.height()), after=True),
        ]
    half = round((size.width() - GAP) / 2)
    left = QRectF(0, 0, half, size.height())
    right = QRectF(size.width() - half, 0, half, size.height())
    return [Pane(left, left, after=False), Pane(right, right, after=True)]


def line_x(size: QSizeF, split: float) -> float:
    """Where the split line stands, on a whole pixel."""
    return float(round(size.width() * split))


def touches(point: QPointF, size: QSizeF, split: float) -> bool:
    """Whether a press at this point takes the split line or its knob."""
    x = line_x(size, split)
    on_knob = (point - QPointF(x, size.height() / 2)).manhattanLength() <= GRIP * 1.5
    return on_knob or abs(point.x() - x) <= REACH


def paint_line(painter: QPainter, size: QSizeF, split: float, lively: bool) -> None:
    """The split line with its knob; ``lively`` while the mouse is on it."""
    x, y = line_x(size, split), size.height() / 2
    painter.setPen(QPen(QColor(0, 0, 0, 110), 3))
    painter.drawLine(QPointF(x, 0), QPointF(x, size.height()))
    painter.setPen(QPen(QColor(255, 255, 255, 230), 1))
    painter.drawLine(QPointF(x, 0), QPointF(x, size.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 1.5))
    painter.setBrush(QColor(255, 255, 255, 255 if lively else 235))
    painter.drawEllipse(QPointF(x, y), GRIP, GRIP)
    pen = QPen(QColor("#303030"), 1.8)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for side in (-1, 1):
        tip = QPointF(x + side * 8.2, y)
        arrow = [tip - QPointF(side * 3.6, 3.6), tip, tip - QPointF(side * 3.6, -3.6)]
        painter.drawPolyline(QPolygonF(arrow))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def paint_label(painter: QPainter, pane: Pane, text: str, right: bool) -> None:
    """A pill with the pane's name at its top outer corner; left out where it does not fit."""
    metrics = QFontMetricsF(painter.font())
    width, height = metrics.horizontalAdvance(text) + 20, metrics.height() + 8
    if pane.clip.width() < width + 24:
        return
    x = pane.clip.right() - width - 12 if right else pane.clip.left() + 12
    box = QRectF(x, pane.clip.top() + 12, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(18, 18, 18, 190))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor("#f2f2f2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
