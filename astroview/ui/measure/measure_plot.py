"""A small plot in the manner of the histogram: curves, points, round ticks, a value on hovering."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from astroview.core.sky.number_text import significant
from astroview.ui.display.histogram_paint import COLOURS
from astroview.ui.i18n.translate import local, tr
from astroview.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from astroview.core.sky.measure_reports import Plot, Series

CHANNELS: dict[str, str] = dict(zip(("red", "green", "blue"), COLOURS, strict=True))


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two, at most so many (and at least one where there is one)."""
    if not (np.isfinite(low) and np.isfinite(high)) or high <= low or most < 1:
        return []
    least = (high - low) / most
    power = 10.0 ** floor(log10(least))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= least * 0.9999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


class PlotView(QWidget):
    """Draws a `Plot`.

    Signals
    -------
    hovered
        0..1 along the x axis, or None when the mouse left.
    """

    hovered = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.plot: Plot | None = None  # what is drawn
        self._x = self._y = (0.0, 1.0)
        self._mouse: QPointF | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Profile plot"))

    def sizeHint(self) -> QSize:
        return QSize(230, 176)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def show_plot(self, plot: Plot | None) -> None:
        """Draw a plot, or nothing."""
        self.plot = plot
        if plot is not None:
            self._x = _range([s.x for s in plot.series], pad=0.0)
            self._y = _range([s.y for s in plot.series], pad=0.06)
        self.setVisible(plot is not None)
        self.update()

    # ---- geometry ------------------------------------------------------------------

    def _area(self) -> QRectF:
        line = self._metrics().height()
        left = 10 + max(
            (self._metrics().horizontalAdvance(t) for _, t in self._y_ticks()), default=0
        )
        return QRectF(self.rect()).adjusted(left, line + 8, -10, -2 * line - 9)

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._small())

    def _small(self):
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.84)
        return font

    def _y_ticks(self) -> list[tuple[float, str]]:
        return [(y, local(significant(y, 5))) for y in round_ticks(*self._y, 5)]

    def _place(self, area: QRectF, x: float, y: float) -> QPointF:
        (x0, x1), (y0, y1) = self._x, self._y
        return QPointF(
            area.left() + (x - x0) / (x1 - x0) * area.width(),
            area.bottom() - (y - y0) / (y1 - y0) * area.height(),
        )

    # ---- painting ------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        if self.plot is None:
            return
        painter.setFont(self._small())
        area = self._area()
        self._paint_axes(painter, area, self.plot)
        painter.setClipRect(area.adjusted(-2, -2, 2, 2))
        for series in self.plot.series:
            self._paint_series(painter, area, series)
        if self._mouse is not None and area.contains(self._mouse):
            self._paint_hover(painter, area, self.plot)

    def _paint_axes(self, painter: QPainter, area: QRectF, plot: Plot) -> None:
        line = self._metrics().height()
        for y, text in self._y_ticks():
            place = self._place(area, self._x[0], y)
            painter.setPen(QPen(QColor(self.theme.line), 1))
            painter.drawLine(place, QPointF(area.right(), place.y()))
            painter.setPen(QColor(self.theme.muted))
            box = QRectF(2, place.y() - line / 2, area.left() - 7, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QColor(self.theme.muted))
        for x in round_ticks(*self._x, 5):
            place = self._place(area, x, self._y[0])
            box = QRectF(place.x() - 30, area.bottom() + 3, 60, line)
            box.moveRight(min(box.right(), self.width() - 2.0))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, local(significant(x, 4)))
        foot = QRectF(area.left(), area.bottom() + 3 + line, area.width(), line)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, tr(plot.x_name))
        head = QRectF(8, 4, self.width() - 16, line)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft, tr(plot.y_name))
        names = [s for s in plot.series if s.name]
        right = head.right()
        for series in reversed(names):
            wide = self._metrics().horizontalAdvance(tr(series.name))
            painter.setPen(self._colour(series))
            painter.drawText(QRectF(right - wide, 4, wide + 2, line), 0, tr(series.name))
            right -= wide + 10

    def _colour(self, series: Series) -> QColor:
        named = {"accent": self.theme.accent_text, "text": self.theme.text}
        colour = QColor(named.get(series.colour) or CHANNELS[series.colour])
        if series.kind == "dots":
            colour.setAlphaF(0.55)
        return colour

    def _paint_series(self, painter: QPainter, area: QRectF, series: Series) -> None:
        points = [
            self._place(area, float(x), float(y)) if np.isfinite(y) else None
            for x, y in zip(*_thinned(series, int(area.width()) * 4), strict=True)
        ]
        if series.kind == "dots":
            pen = QPen(self._colour(series), 3.2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(QPolygonF([point for point in points if point is not None]))
            return
        path, down = QPainterPath(), False
        for point in points:
            if point is not None:
                path.lineTo(point) if down else path.moveTo(point)
            down = point is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._colour(series), 1.4))
        painter.drawPath(path)

    def _paint_hover(self, painter: QPainter, area: QRectF, plot: Plot) -> None:
        assert self._mouse is not None
        part = (self._mouse.x() - area.left()) / area.width()
        x = self._x[0] + part * (self._x[1] - self._x[0])
        series = plot.series[-1]
        y = float(series.y[int(np.argmin(np.abs(series.x - x)))])
        painter.setPen(QPen(QColor(self.theme.accent), 1))
        painter.drawLine(
            QPointF(self._mouse.x(), area.top()), QPointF(self._mouse.x(), area.bottom())
        )
        text = local(f"{significant(x, 4)}:  {significant(y, 5)}")
        wide = self._metrics().horizontalAdvance(text) + 10
        box = QRectF(0, area.top() + 1, wide, self._metrics().height() + 4)
        right = self._mouse.x() + wide + 6 < area.right()
        box.moveLeft(self._mouse.x() + 4 if right else self._mouse.x() - wide - 4)
        painter.fillRect(box, QColor(self.theme.panel))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    # ---- mouse ---------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse, area = event.position(), self._area()
        inside = self.plot is not None and area.contains(self._mouse)
        self.hovered.emit((self._mouse.x() - area.left()) / area.width() if inside else None)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse = None
        self.hovered.emit(None)
        self.update()


def _range(arrays: list, pad: float) -> tuple[float, float]:
    """The range of finite numbers, never empty, with some room around it."""
    known = np.concatenate([np.asarray(a, np.float64) for a in arrays])
    known = known[np.isfinite(known)]
    if known.size == 0:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    room = (high - low) * pad or (0.5 * abs(high) or 0.5 if high == low else 0.0)
    return low - room, high + room


def _thinned(series: Series, most: int) -> tuple[np.ndarray, np.ndarray]:
    """A long curve as the extremes of its pieces, so that no peak is lost."""
    x, y = series.x, series.y
    if series.kind == "dots" or len(x) <= most or most < 4:
        return x, y
    size = ceil(len(x) / (most // 2))
    pieces = range(0, len(x), size)
    kept = [i + f(np.nan_to_num(y[i : i + size])) for i in pieces for f in (np.argmin, np.argmax)]
    index = np.sort(np.asarray(kept))
    return x[index], y[index]
