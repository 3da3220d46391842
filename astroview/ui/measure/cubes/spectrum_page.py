"""The page beside the picture with a spectrum: the plane that is shown, the range to collapse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.core.cubes.spectral_axis import SpectralAxis
from astroview.core.lazy_dataclass import dataclass
from astroview.core.sky.number_text import significant
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import combo, dress, field, label, tool
from astroview.ui.widgets.plot_axes import plot_axes
from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.theme import Theme

HEIGHT = 230
AXES = (  # what a header calls an axis is said so in words
    *(noted("Frequency"), noted("Wavelength"), noted("Wavelength in air"), noted("Energy")),
    *(noted("Velocity (radio)"), noted("Velocity (optical)"), noted("Velocity")),
    *(noted("Wavenumber"), noted("Redshift")),
)
WAYS = (
    ("mean", noted("Mean")), ("sum", noted("Sum")), ("median", noted("Median")),
    ("maximum", noted("Maximum")), ("deviation", noted("Std. deviation")),
    ("moment0", noted("Moment 0 (integral)")), ("moment1", noted("Moment 1 (mean value)")),
    ("moment2", noted("Moment 2 (variance)")),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Values (planes,) over an axis, and of what they are."""

    axis: SpectralAxis
    values: NDArray[np.float64]
    of: str
    unit: str


class SpectrumPage(QWidget):
    """Draws a spectrum; the line is the plane, the band the range that is collapsed.

    Signals
    -------
    plane_wished : a plane, from 0
    collapse : (way, first plane, last plane)
    """

    plane_wished = Signal(int)
    collapse = Signal(str, int, int)
    close_wished = Signal()
    copy = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shown: Spectrum | None = None
        self._hint = label(
            "Point at the picture of a cube, or choose a region.", "muted", wrap=True
        )
        self._of, self._value = label("", "muted", wrap=True), label("", "reading", wrap=True)
        self.plot: Any = pg.PlotWidget(self, axisItems=plot_axes())
        self.plot.setMinimumHeight(HEIGHT)
        self.plot.setFrameShape(self.plot.Shape.NoFrame)
        self.plot.setAccessibleName(tr("Spectrum"))
        self.curve = self.plot.plot(stepMode=None)
        self.at: Any = pg.InfiniteLine(angle=90, movable=True)
        self.at.sigPositionChangeFinished.connect(self._line_moved)
        self.band: Any = pg.LinearRegionItem(movable=True)
        self.band.setZValue(-5)
        self.plot.addItem(self.band)
        self.plot.addItem(self.at)
        self.band.sigRegionChanged.connect(self._say_range)
        self._way = combo("How", WAYS, noted("How planes become one picture"))
        self._range = label("", "muted", wrap=True)
        self._make = QPushButton(tr("Make a picture of these planes"))
        self._make.clicked.connect(self._collapse)
        self._copy = QPushButton(tr("Copy"))
        self._copy.setToolTip(tr("Copy the numbers as text"))
        self._copy.clicked.connect(self.copy)
        self._close = tool("Back to the controls (Esc)", self.close_wished.emit)
        self._build()
        self.set_theme(theme)
        self.show_spectrum(None, 0)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Spectrum", "heading"), 1)
        head.addWidget(self._close)
        inside = dress(QWidget(), "panel")
        page = QVBoxLayout(inside)
        page.setContentsMargins(14, 12, 14, 14)
        page.setSpacing(8)
        page.addLayout(head)
        for part in (self._hint, self._of, self.plot, self._value):
            page.addWidget(part)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(0, 8, 0, 0)
        below.setSpacing(8)
        below.addWidget(label("Collapse", "heading"))
        below.addWidget(self._range)
        below.addLayout(field("How", self._way, 50))
        below.addWidget(self._make)
        page.addWidget(self._below)
        page.addStretch(1)
        page.addWidget(self._copy)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(SideScroll(inside))

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))
        self._copy.setIcon(icons.icon("copy", theme))
        self.plot.setBackground(theme.field)
        self.curve.setPen(pg.mkPen(theme.text, width=1.2))
        self.at.setPen(pg.mkPen(theme.accent, width=1.6))
        shade = pg.mkColor(theme.accent)
        shade.setAlpha(38)
        self.band.setBrush(shade)
        for name in ("left", "bottom"):
            axis = self.plot.getPlotItem().getAxis(name)
            axis.setPen(theme.muted)
            axis.setTextPen(theme.muted)

    # ---- what is shown ---------------------------------------------------------------------

    def show_spectrum(self, shown: Spectrum | None, plane: int) -> None:
        """Draw a spectrum and the plane that is looked at; the band stays within one cube."""
        before, self.shown = self.shown, shown
        some = shown is not None
        self._hint.setVisible(not some)
        for part in (self._of, self.plot, self._value, self._below):
            part.setVisible(some)
        self._copy.setEnabled(some)
        if shown is None:
            return
        self._of.setText(tr(shown.of))
        self.curve.setData(shown.axis.values, shown.values, connect="finite")
        item = self.plot.getPlotItem()
        item.setLabel("bottom", shown.axis.titled(tr))
        item.setLabel("left", shown.unit)
        if before is None or before.axis is not shown.axis:
            ends = shown.axis.values
            self.band.setRegion((float(ends.min()), float(ends.max())))
            item.enableAutoRange()
        self.show_plane(plane)
        self._say_range()

    def show_plane(self, plane: int) -> None:
        """Another plane is looked at."""
        if self.shown is None or plane >= len(self.shown.values):
            return
        axis = self.shown.axis
        self.at.setPos(float(axis.values[plane]))
        value = significant(float(self.shown.values[plane]), 6)
        where = f"{significant(float(axis.values[plane]), 8)} {axis.unit}".strip()
        self._value.setText(local(f"{where}:  {value} {self.shown.unit}".strip()))

    @property
    def planes(self) -> tuple[int, int]:
        """The first and the last plane of the band, from 0."""
        if self.shown is None:
            return 0, 0
        low, high = self.band.getRegion()
        found = [_nearest(self.shown.axis, v) for v in (low, high)]
        return min(found), max(found)

    @property
    def text(self) -> str:
        """The spectrum with tabs, to paste."""
        if self.shown is None:
            return ""
        head = f"{self.shown.axis.title}\t{self.shown.of} ({self.shown.unit})"
        rows = zip(self.shown.axis.values, self.shown.values, strict=True)
        return "\n".join([head, *(f"{x:.10g}\t{y:.8g}" for x, y in rows)])

    def choose_way(self, way: str) -> None:
        self._way.setCurrentIndex(self._way.findData(way))

    def _say_range(self) -> None:
        if self.shown is None:
            return
        first, last = self.planes
        ends = self.shown.axis.values[[first, last]]
        self._range.setText(
            tr("Planes {first} to {last}", first=first + 1, last=last + 1)
            + local(f"\n{significant(float(ends[0]), 7)} – {significant(float(ends[1]), 7)}")
            + f" {self.shown.axis.unit}"
        )

    def _line_moved(self) -> None:
        if self.shown is not None:
            self.plane_wished.emit(_nearest(self.shown.axis, float(self.at.value())))

    def _collapse(self) -> None:
        self.collapse.emit(self._way.currentData(), *self.planes)


def _nearest(axis: SpectralAxis, value: float) -> int:
    return int(np.argmin(np.abs(axis.values - value)))
