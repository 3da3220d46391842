"""The controls for how a frame looks: histogram, limits, stretch, boost, invert."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from astroview.core.stretch import Stretch
from astroview.ui import display, icons
from astroview.ui.display import Display
from astroview.ui.histogram import Counts, Histogram
from astroview.ui.theme import Theme
from astroview.ui.widgets import NumberEdit, combo, dress, field, label, nice, section, tool

SLIDER = 500


class DisplayPanel(QWidget):
    """Shows and edits a `Display`; says ``changed`` with each new one."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._display = Display(Stretch())
        self._samples = np.zeros((1, 1), np.float32)
        self._auto = Stretch()
        rows, block = section("", first=True)
        self._reset = tool("Automatic display (R)", self.reset)
        self._histogram = Histogram(theme)
        self._method = combo("Limits", display.METHODS)
        self._kind = combo("Stretch", display.KIND_NAMES)
        self._low, self._high = NumberEdit("Black"), NumberEdit("White")
        self._boost = dress(QSlider(Qt.Orientation.Horizontal), spoken="Boost")
        self._boost.setMaximum(SLIDER)
        self._boost_value = label("", "muted")
        self._invert = tool("Invert: dark stars on a bright sky (I)", self._flip)
        self._invert.setCheckable(True)
        self._lay_out(rows)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(block)
        self._connect()
        self.set_theme(theme)
        self.setEnabled(False)

    def _lay_out(self, rows: QVBoxLayout) -> None:
        top = QHBoxLayout()
        top.addWidget(label("Display", "heading"), 1)
        top.setSpacing(2)
        top.addWidget(self._invert)
        top.addWidget(self._reset)
        rows.addLayout(top)
        rows.addWidget(self._histogram)
        limits = QHBoxLayout()
        limits.setSpacing(8)
        self._low.setToolTip("The value shown as black")
        self._high.setToolTip("The value shown as white")
        self._high.setAlignment(Qt.AlignmentFlag.AlignRight)
        limits.addWidget(self._low)
        limits.addWidget(self._high)
        rows.addLayout(limits)
        rows.addSpacing(2)
        rows.addLayout(field("Limits", self._method, 60))
        rows.addLayout(field("Stretch", self._kind, 60))
        boost = field("Boost", self._boost, 60)
        self._boost_value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00000"))
        self._boost_value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        boost.addWidget(self._boost_value)
        rows.addLayout(boost)

    def _connect(self) -> None:
        self._histogram.limits_dragged.connect(self._set_limits)
        self._low.edited.connect(lambda low: self._set_limits(low, self._high.number))
        self._high.edited.connect(lambda high: self._set_limits(self._low.number, high))
        self._method.activated.connect(self._set_method)
        self._kind.activated.connect(self._set_kind)
        self._boost.valueChanged.connect(self._set_boost)

    # ---- what others call ------------------------------------------------------------

    def show_frame(
        self, shown: Display, samples: NDArray[np.float32], counts: Counts, auto: Stretch
    ) -> None:
        """Show the choices of a frame; ``samples`` is a sparse sample of it."""
        self._samples, self._auto = samples, auto
        self._histogram.show_counts(counts)
        self.setEnabled(True)
        self._show(shown)

    def clear(self) -> None:
        """No frame is open."""
        self._histogram.show_counts(None)
        self.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        self._histogram.set_theme(theme)
        self._reset.setIcon(icons.icon("auto", theme))
        self._invert.setIcon(icons.icon("invert", theme))

    def reset(self) -> None:
        """Back to the automatic display."""
        if self.isEnabled():
            self._take(Display(self._auto))

    def set_invert(self, on: bool) -> None:
        """Dark stars on a bright sky."""
        if self.isEnabled():
            self._take(replace(self._display, invert=on))

    def set_kind(self, kind: str) -> None:
        """Choose a stretch by its key."""
        self._kind.setCurrentIndex(self._kind.findData(kind))
        self._set_kind()

    # ---- changes ---------------------------------------------------------------------

    def _set_limits(self, low: float, high: float) -> None:
        if low == high:
            self._show(self._display)
            return
        self._take(display.with_limits(self._display, min(low, high), max(low, high)))

    def _flip(self) -> None:
        self.set_invert(not self._display.invert)

    def _set_method(self) -> None:
        method = self._method.currentData()
        self._take(display.with_method(self._display, method, self._samples, self._auto))

    def _set_kind(self) -> None:
        self._take(display.with_kind(self._display, self._kind.currentData(), self._auto))

    def _set_boost(self, value: int) -> None:
        if round(display.boost_of(self._display.stretch) * SLIDER) != value:
            self._take(display.with_boost(self._display, value / SLIDER))

    def _take(self, wanted: Display) -> None:
        if wanted != self._display:
            self._show(wanted)
            self.changed.emit(wanted)

    def _show(self, shown: Display) -> None:
        self._display = shown
        stretch = shown.stretch
        self._histogram.show_stretch(stretch)
        self._low.set_number(stretch.low)
        self._high.set_number(stretch.high)
        self._method.setCurrentIndex(self._method.findData(shown.method))
        self._kind.setCurrentIndex(self._kind.findData(stretch.kind))
        self._invert.setChecked(shown.invert)
        boosted = stretch.kind in display.BOOST
        self._boost.setEnabled(boosted)
        self._boost.setValue(round(display.boost_of(stretch) * SLIDER))
        self._boost_value.setText(f"{stretch.parameter:.3g}" if boosted else "–")
        what = f"{stretch.kind} parameter {nice(stretch.parameter)}"
        self._boost.setToolTip(f"Lifts faint light ({what})" if boosted else "Not used here")
