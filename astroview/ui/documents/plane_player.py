"""Plays the planes of a cube: a button and a rate."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import label, number_box, tool
from astroview.ui.widgets.theme import DARK, Theme

RATE = 5  # planes a second, to begin with


class PlanePlayer(QWidget):
    """Asks for the next plane at a steady rate, but never before the last one is on screen.

    Signals
    -------
    stepped : 1
    changed
        Plays now, or no longer.
    """

    stepped = Signal(int)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = DARK
        self._waiting = False
        self._button = tool("Play the planes (P)", lambda: self.play(not self.playing))
        self._rate = number_box("Planes a second", "Planes a second, at most")
        self._rate.setRange(1, 30)
        self._rate.setValue(RATE)
        self._rate.setSuffix(" / s")
        self._rate.valueChanged.connect(lambda rate: self._clock.setInterval(1000 // rate))
        self._clock = QTimer(self, interval=1000 // RATE)
        self._clock.timeout.connect(self._tick)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 2, 14, 0)
        row.setSpacing(8)
        name = label("Play", "muted")
        name.setMinimumWidth(44)
        row.addWidget(name)
        row.addWidget(self._button)
        row.addWidget(self._rate)
        row.addStretch(1)
        self.hide()

    @property
    def playing(self) -> bool:
        return self._clock.isActive()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._button.setIcon(icons.icon("pause" if self.playing else "play", theme))

    def play(self, on: bool) -> None:
        """Play, or stop."""
        self._waiting = False
        if on:
            self._clock.start()
        else:
            self._clock.stop()
        self.set_theme(self._theme)
        self.changed.emit()

    def shown(self, on: bool) -> None:
        """Whether there is something to play."""
        self.setVisible(on)
        if not on and self.playing:
            self.play(on=False)

    def arrived(self) -> None:
        """The plane that was asked for is on screen."""
        self._waiting = False

    def _tick(self) -> None:
        if not self._waiting:
            self._waiting = True
            self.stepped.emit(1)
