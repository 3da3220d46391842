"""The histogram with its draggable limits, on an axis that spreads the sky.

Astronomical histograms are a spike beside an empty axis. This axis is asinh about the median
with the noise as unit: sky, faint structure and star cores each get room. Display pictures
(0..255) keep a linear axis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.core.stretch import Stretch
from astroview.ui.theme import Theme

BINS = 160
COLOURS = ("#d8605a", "#58a868", "#5b86dc")  # of the channels


@dataclass(frozen=True)
class Counts:
    """Counts (C, BINS), scaled 0..1, between the axis positions ``first`` and ``last``."""

    levels: NDArray[np.float32]
    centre: float
    unit: float  # 0: linear axis
    first: float
    last: float

    @staticmethod
    def none() -> Counts:
        """Of no samples."""
        return Counts(np.zeros((1, BINS), np.float32), 0.0, 0.0, 0.0, 1.0)

    def position(self, value: float) -> float:
        """0..1 along the axis."""
        a = float(np.arcsinh((value - self.centre) / self.unit)) if self.unit else value
        return (a - self.first) / (self.last - self.first)

    def value(self, position: float) -> float:
        """The native value at 0..1 along the axis."""
        a = self.first + position * (self.last - self.first)
        return self.centre + self.unit * float(np.sinh(a)) if self.unit else a


def count(samples: NDArray[np.float32], physical: bool, full_scale: float | None) -> Counts:
    """Histogram of (H, W) or (H, W, 3); NaN left out; any thread."""
    channels = samples.reshape(-1, 1 if samples.ndim == 2 else samples.shape[2]).T
    finite = samples[np.isfinite(samples)]
    if finite.size == 0:
        return Counts.none()
    centre, unit = 0.0, 0.0
    low, high = float(finite.min()), float(finite.max())
    if not physical:
        low, high = 0.0, max(high, full_scale or 1.0)
    else:
        centre = float(np.median(finite))
        spread = float(np.median(np.abs(finite - centre))) * 1.4826 or float(np.std(finite))
        unit = 2 * spread or 1.0
        channels = np.arcsinh((channels - centre) / unit)
        low, high = (float(np.arcsinh((v - centre) / unit)) for v in (low, high))
    pad = (high - low) * 0.04 or 0.5
    edges = np.linspace(low - pad, high + pad, BINS + 1)
    counted = [np.histogram(c[np.isfinite(c)], edges)[0] for c in channels]
    levels = np.sqrt(np.asarray(counted, np.float32))
    return Counts(levels / max(levels.max(), 1), centre, unit, edges[0], edges[-1])


class Histogram(QWidget):
    """Draws counts, the stretch's curve and two limits to drag."""

    limits_dragged = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setToolTip("Drag the two lines to set black and white")
        self.theme = theme
        self._counts: Counts | None = None
        self._stretch = Stretch()
        self._held: str | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Histogram")

    def sizeHint(self) -> QSize:
        return QSize(220, 92)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def show_counts(self, counts: Counts | None) -> None:
        self._counts = counts
        self.update()

    def show_stretch(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self.update()

    # ---- geometry ------------------------------------------------------------------

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -7.5)

    def _x(self, value: float) -> float:
        area = self._area()
        place = self._counts.position(value) if self._counts else 0.0
        return area.left() + min(max(place, 0.0), 1.0) * area.width()

    # ---- painting ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._area()
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.field))
        painter.drawRoundedRect(area.adjusted(-6, -6, 6, 6), 5, 5)
        if self._counts is None:
            return
        self._paint_counts(painter, self._counts, area)
        self._paint_curve(painter, self._counts, area)
        for value in (self._stretch.low, self._stretch.high):
            self._paint_limit(painter, self._x(value), area)

    def _paint_counts(self, painter: QPainter, counts: Counts, area: QRectF) -> None:
        single = len(counts.levels) == 1
        for row, colour in zip(counts.levels, COLOURS, strict=False):
            path = QPainterPath(area.bottomLeft())
            for i, level in enumerate(row):
                x = area.left() + (i + 0.5) / BINS * area.width()
                path.lineTo(QPointF(x, area.bottom() - float(level) * area.height()))
            path.lineTo(area.bottomRight())
            fill = QColor(self.theme.muted if single else colour)
            fill.setAlphaF(0.55 if single else 0.45)
            painter.fillPath(path, fill)

    def _paint_curve(self, painter: QPainter, counts: Counts, area: QRectF) -> None:
        places = np.linspace(0, 1, 80)
        values = np.array([counts.value(float(p)) for p in places], np.float32)
        levels = np.clip(self._stretch.forward(values), 0, 1)
        path = QPainterPath()
        for i, (place, level) in enumerate(zip(places, levels, strict=True)):
            x = area.left() + place * area.width()
            point = QPointF(x, area.bottom() - float(level) * area.height())
            path.lineTo(point) if i else path.moveTo(point)
        line = QColor(self.theme.text)
        line.setAlphaF(0.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 1.2))
        painter.drawPath(path)

    def _paint_limit(self, painter: QPainter, x: float, area: QRectF) -> None:
        painter.setPen(QPen(QColor(self.theme.accent), 1.5))
        painter.drawLine(QPointF(x, area.top() - 4), QPointF(x, area.bottom() + 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRoundedRect(QRectF(x - 3.5, area.bottom() - 4, 7, 10), 2, 2)

    # ---- mouse ---------------------------------------------------------------------

    def _near(self, x: float) -> str | None:
        low, high = self._x(self._stretch.low), self._x(self._stretch.high)
        distance, name = min((abs(x - low), "low"), (abs(x - high), "high"))
        return name if distance <= 8 else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._counts:
            self._held = self._near(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        near = self._held or (self._near(x) if self._counts else None)
        self.setCursor(Qt.CursorShape.SplitHCursor if near else Qt.CursorShape.ArrowCursor)
        if self._held is None or self._counts is None:
            return
        area = self._area()
        value = self._counts.value(min(max((x - area.left()) / area.width(), 0.0), 1.0))
        low, high = self._stretch.low, self._stretch.high
        low, high = (value, high) if self._held == "low" else (low, value)
        if low < high:
            self.limits_dragged.emit(low, high)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
