"""How much colour: a slider that tells its value when it is let go."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider

from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import dress

MOST = 2.0
_STEPS = 20  # to one unit


class VividnessSlider(QSlider):
    """From 0, grey, to twice the usual; a double click is the usual again.

    Signals
    -------
    chosen : float; by the user
    """

    chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, round(MOST * _STEPS))
        self.setPageStep(_STEPS // 4)
        self.setValue(_STEPS)
        self._told = 1.0
        dress(self, spoken="Vividness")
        self._say()
        self.valueChanged.connect(lambda _: self._moved())
        self.sliderReleased.connect(self._tell)

    @property
    def vividness(self) -> float:
        return self.value() / _STEPS

    def show_value(self, vividness: float) -> None:
        """Show what is chosen for the frame; nothing is told."""
        self._told = vividness
        self.setValue(round(vividness * _STEPS))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As usual again."""
        self.setValue(_STEPS)
        self._tell()
        event.accept()

    def _moved(self) -> None:
        self._say()
        if not self.isSliderDown():
            self._tell()

    def _tell(self) -> None:
        if abs(self.vividness - self._told) > 0.5 / _STEPS:
            self._told = self.vividness
            self.chosen.emit(self._told)

    def _say(self) -> None:
        self.setToolTip(
            tr("Colour times {vividness:.2f}; double-click for the usual", vividness=self.vividness)
        )
