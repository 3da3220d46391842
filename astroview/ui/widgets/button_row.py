"""Buttons beside each other where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from astroview.ui.widgets.controls import scaled

GAP = 10


class ButtonRow(QWidget):
    """Stands in the middle of the room it gets."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(GAP)
        self._box.addStretch(1)
        for button in self._buttons:
            button.setIconSize(QSize(scaled(18), scaled(18)))
            self._box.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self._box.addStretch(1)

    def event(self, event: QEvent) -> bool:
        """Buttons grow with their words, and with the style that they get when they are shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """One below the other fits."""
        widest = max(button.sizeHint().width() for button in self._buttons)
        return QSize(widest, self._box.minimumSize().height())

    def _arrange(self) -> None:
        wanted = sum(button.sizeHint().width() + GAP for button in self._buttons) - GAP
        beside = wanted <= self.width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.updateGeometry()
