"""A curve over the steps of a run: as it is, smoothed, and beside the base model's value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from astroview.core.lazy_dataclass import dataclass
from astroview.ui.i18n.translate import local, tr
from astroview.ui.train.runs.smooth_curves import Floats, past_for, smooth, thin
from astroview.ui.widgets.controls import Elided, dress, label
from astroview.ui.widgets.plot_axes import plot_axes
from astroview.ui.widgets.theme import Theme

HEIGHT = 168
FAINT = 0.35  # of the accent, for values under their smooth curve


@dataclass(frozen=True)
class ChartLine:
    """What a chart shows: a curve, what it is compared with, and its best step, if any.

    ``smoothed`` draws a smooth curve over the values; ``higher`` says whether more is better.
    """

    steps: Floats
    values: Floats
    smoothed: bool = False
    base: float | None = None
    best_step: float | None = None
    higher: bool = True

    def same(self, other: ChartLine) -> bool:
        """Whether another one looks the same."""
        mine, others = (
            (x.smoothed, x.base, x.best_step, x.higher, len(x.steps)) for x in (self, other)
        )
        return mine == others and bool(
            (self.steps == other.steps).all()
            and np.array_equal(self.values, other.values, equal_nan=True)
        )


class Chart(QWidget):
    """Draws a `ChartLine`; the wheel zooms, a double click shows everything again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._line: ChartLine | None = None
        self.title, self._value = label("", "heading"), Elided("", Qt.TextElideMode.ElideRight)
        dress(self._value, "muted")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addWidget(self._value, 1)
        self._plot: Any = pg.PlotWidget(self, axisItems=plot_axes())
        self._plot.setMinimumSize(120, HEIGHT)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._raw, self._smooth = self._curve(), self._curve()
        self._best = self._plot.plot(symbol="o", symbolSize=10, pen=None)
        place = {"position": 0.98, "anchors": [(1, 0), (1, 1)]}  # below the line, or above it
        self._base = pg.InfiniteLine(angle=0, label=tr("base model"), labelOpts=place)
        self._at = pg.InfiniteLine(angle=90)
        self._shape()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.head)
        column.addWidget(self._plot, 1)
        self.set_theme(theme)
        self.clear()

    def _curve(self) -> Any:
        """A curve whose pieces are drawn one by one: a third of the time of one wide path."""
        curve = self._plot.plot(antialias=True)
        curve.curve.setSegmentedLineMode("on")
        return curve

    def _shape(self) -> None:
        item = self._plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.addItem(self._base, ignoreBounds=False)
        item.addItem(self._at, ignoreBounds=True)
        item.getViewBox().setDefaultPadding(0.06)
        item.getViewBox().setLimits(xMin=0)
        self._plot.scene().sigMouseMoved.connect(self._hovered)
        self._plot.scene().sigMouseClicked.connect(
            lambda click: item.enableAutoRange() if click.double() else None
        )

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._plot.setBackground(theme.panel)
        axis_pen = pg.mkPen(theme.line)
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() * 0.85, 7.0))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(axis_pen)
            axis.setTextPen(theme.muted)
            axis.setTickFont(font)
            axis.setStyle(maxTickLevel=0)  # half of the time of a picture went into small ticks
        self._base.setPen(pg.mkPen(theme.muted, width=1, style=Qt.PenStyle.DashLine))
        self._base.label.setColor(theme.muted)
        self._at.setPen(pg.mkPen(theme.faint, width=1))
        self._best.setSymbolBrush(theme.accent)
        self._best.setSymbolPen(pg.mkPen(theme.panel, width=1.5))
        self._pens()

    def _pens(self) -> None:
        faint = _over(self._theme.panel, self._theme.accent, FAINT)
        smoothed = self._line is not None and self._line.smoothed
        self._raw.setPen(pg.mkPen(faint if smoothed else self._theme.accent, width=1.6))
        self._smooth.setPen(pg.mkPen(self._theme.accent, width=2))

    def show_line(self, line: ChartLine | None, digits: int = 4) -> None:
        """Draw a curve; None while there is nothing to draw."""
        if line is None or not len(line.steps):
            self.clear()
            return
        if self._line is not None and line.same(self._line):
            return  # painting a chart takes longer than all else that follows an event
        self._line, self._digits = line, digits
        self._show_numbers(on=True)
        steps, values = thin(line.steps, line.values)
        smoothed = smooth(values, past_for(len(values))) if line.smoothed else values
        self._raw.setData(steps, values)
        self._smooth.setData(*((steps, smoothed) if line.smoothed else ((), ())))
        few = len(line.steps) == 1 or (len(line.steps) <= 40 and not line.smoothed)
        self._raw.setSymbol("o" if few else None)
        self._raw.setSymbolSize(5)
        self._raw.setSymbolPen(None)
        self._raw.setSymbolBrush(self._theme.accent)
        self._base.setVisible(line.base is not None)
        if line.base is not None:
            self._base.setValue(line.base)
        best = np.flatnonzero(line.steps == line.best_step)
        self._best.setData(line.steps[best], line.values[best])
        self._now = float(smoothed[-1])
        self._pens()
        self._say(self._now)

    def clear(self) -> None:
        """Show an empty chart."""
        self._line = None
        for curve in (self._raw, self._smooth, self._best):
            curve.setData((), ())
        self._base.hide()
        self._at.hide()
        self._show_numbers(on=False)
        self._plot.getPlotItem().enableAutoRange()
        self._value.setText(tr("nothing yet"))

    def _show_numbers(self, on: bool) -> None:
        """The numbers of the axes; those of another run say nothing."""
        for name in ("left", "bottom"):
            self._plot.getAxis(name).setStyle(showValues=on)

    def _say(self, value: float, step: float | None = None) -> None:
        line = self._line
        words = local(f"{value:.{self._digits}g}")
        if step is not None:
            words = f"{tr('step {step:,.0f}', step=step)}:  {words}"
        if line and line.base is not None:
            words += f"  ·  {beside_base(value, line.base, higher=line.higher)}"
            self._value.setToolTip(tr("Beside the base model"))
        self._value.setText(words)

    def _hovered(self, point: QPointF) -> None:
        """Read the curve under the cursor."""
        line, box = self._line, self._plot.getPlotItem().getViewBox()
        inside = line is not None and box.sceneBoundingRect().contains(point)
        self._at.setVisible(inside)
        if line is None:
            return
        if not inside:
            self._say(self._now)
            return
        step = box.mapSceneToView(point).x()
        nearest = int(np.argmin(np.abs(line.steps - step)))
        self._at.setValue(float(line.steps[nearest]))
        self._say(float(line.values[nearest]), float(line.steps[nearest]))

    def leaveEvent(self, event: object) -> None:  # type: ignore[override]
        self._at.hide()
        if self._line:
            self._say(self._now)


def _over(ground: str, colour: str, share: float) -> QColor:
    """A colour as it looks over a ground; pieces of a curve that overlap look the same."""
    below, above = QColor(ground), QColor(colour)
    pairs = (
        (below.red(), above.red()),
        (below.green(), above.green()),
        (below.blue(), above.blue()),
    )
    return QColor(*(round(b + share * (a - b)) for b, a in pairs))


def beside_base(value: float, base: float, *, higher: bool) -> str:
    """How a value compares with the base model's; ``higher`` says whether more is better."""
    gap = local(f"{abs(value - base):.2g}")
    if value == base:
        return tr("as the base")
    if (value > base) is higher:
        return tr("{gap} better", gap=gap)
    return tr("{gap} worse", gap=gap)
