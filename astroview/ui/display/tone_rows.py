"""Gamma, contrast and bias: folded away until they are wanted."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from astroview.core.colour.tone import Tone
from astroview.ui.i18n.translate import local, noted, tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, field, label, scaled
from astroview.ui.widgets.theme import Theme
from astroview.ui.widgets.wheel_guard import guard_wheel

STEPS = 400
FOLD_MARK = 40  # pixels of the fold beside its text
# Name, attribute of Tone, ends of the slider, whether it runs by factors, tooltip.
ROWS = (
    (noted("Gamma"), "gamma", 0.2, 5.0, True, noted("Above 1 lifts what is dark")),
    (noted("Contrast"), "contrast", 0.1, 10.0, True, noted("Right-drag the picture up or down")),
    (noted("Bias"), "bias", 0.0, 1.0, False, noted("Right-drag the picture to the left or right")),
)


class _Slider(QSlider):
    """A slider that a double click sets back."""

    reset = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()


class ToneRows(QWidget):
    """Shows and edits a `Tone`; says ``changed`` with each new one."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__()
        self._tone = Tone()
        self._sliders: dict[str, _Slider] = {}
        self._values: dict[str, QLabel] = {}
        self._fold = dress(QToolButton(), "fold", tip="Gamma, contrast and bias")
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setIconSize(QSize(scaled(12), scaled(12)))
        self._fold.toggled.connect(self._unfold)
        self._body = QWidget()
        rows = QVBoxLayout(self._body)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(8)
        for name, key, *_, tip in ROWS:
            rows.addLayout(self._row(name, key, tip))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        self._fold.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        top.addWidget(self._fold, 1)
        column.addLayout(top)
        column.addWidget(self._body)
        self._body.hide()
        self.set_theme(theme)
        self.show_tone(Tone())

    def _row(self, name: str, key: str, tip: str) -> QHBoxLayout:
        slider = _Slider(Qt.Orientation.Horizontal)
        guard_wheel(slider)
        slider.setToolTip(f"{tr(tip)} {tr('(double click: back)')}")
        slider.setAccessibleName(tr(name))
        slider.setMaximum(STEPS)
        slider.valueChanged.connect(lambda value: self._slid(key, value))
        slider.reset.connect(lambda: self._set(key, getattr(Tone(), key)))
        value = label("")
        value.setObjectName("muted")
        value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00000"))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = field(name, slider, 60)
        row.addWidget(value)
        self._sliders[key], self._values[key] = slider, value
        return row

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._unfold(self._fold.isChecked())

    def show_tone(self, tone: Tone) -> None:
        """Show values without saying so; other than neutral ones are told when folded."""
        self._tone = tone
        for _, key, low, high, factors, _ in ROWS:
            number = getattr(tone, key)
            with QSignalBlocker(self._sliders[key]):
                self._sliders[key].setValue(round(_place(number, low, high, factors) * STEPS))
            self._values[key].setText(local(f"{number:.2f}"))
        self._name_fold()

    def unfold(self) -> None:
        """Show the sliders."""
        self._fold.setChecked(True)

    def _unfold(self, on: bool) -> None:
        self._body.setVisible(on)
        self._name_fold()
        self._fold.setIcon(icons.icon("fold_open" if on else "fold_closed", self._theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_fold()

    def _name_fold(self) -> None:
        """What differs from neutral is told while the sliders are folded, as there is room."""
        told = self._tone != Tone() and not self._fold.isChecked()
        text = f"{tr('Tone')}  ·  {describe(self._tone)}" if told else tr("Tone")
        room = self.width() - FOLD_MARK
        self._fold.setText(
            self._fold.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        )

    def _slid(self, key: str, value: int) -> None:
        _, _, low, high, factors, _ = next(row for row in ROWS if row[1] == key)
        self._set(key, round(_number(value / STEPS, low, high, factors), 3))

    def _set(self, key: str, number: float) -> None:
        tone = replace(self._tone, **{key: number})
        if tone != self._tone:
            self.changed.emit(tone)


def describe(tone: Tone) -> str:
    """What differs from neutral, in a few words."""
    parts = [
        local(f"{tr(name).lower()} {getattr(tone, key):.2f}")
        for name, key, *_ in ROWS
        if getattr(tone, key) != getattr(Tone(), key)
    ]
    return ", ".join(parts)


def _place(number: float, low: float, high: float, factors: bool) -> float:
    place = log(number / low) / log(high / low) if factors else (number - low) / (high - low)
    return min(max(place, 0.0), 1.0)


def _number(place: float, low: float, high: float, factors: bool) -> float:
    return low * exp(place * log(high / low)) if factors else low + place * (high - low)
