"""Parts beside each other where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from astroview.ui.widgets.controls import scaled


class WrappingRow(QWidget):
    """The first part stands at the left; the last at the right, or below it."""

    def __init__(self, parts: Sequence[Sequence[QWidget]], gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._parts = [_beside(part, gap) for part in parts]
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSpacing(gap)
        self._fill()

    def event(self, event: QEvent) -> bool:
        """Parts grow with their words, and with the style that they get when they are shown."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """One below the other fits."""
        sides = self._box.contentsMargins()
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest + sides.left() + sides.right(), self._box.minimumSize().height())

    def setContentsMargins(self, *sides: int) -> None:  # type: ignore[override]
        """Of what stands inside."""
        self._box.setContentsMargins(*sides)

    def _fill(self) -> None:
        for i, part in enumerate(self._parts):
            self._box.addWidget(part)
            if i + 1 < len(self._parts):
                self._box.addStretch(1)

    def _arrange(self) -> None:
        sides = self._box.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        wanted = sum(part.sizeHint().width() + self._gap for part in self._parts) - self._gap
        beside = wanted <= room
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.updateGeometry()


class ButtonRow(WrappingRow):
    """Buttons in the middle of the room they get."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        for button in buttons:
            button.setIconSize(QSize(scaled(18), scaled(18)))
        super().__init__([(button,) for button in buttons], 10)
        self.setContentsMargins(0, 0, 0, 0)

    def _fill(self) -> None:
        self._box.addStretch(1)
        for part in self._parts:
            self._box.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        self._box.addStretch(1)


def _beside(widgets: Sequence[QWidget], gap: int) -> QWidget:
    if len(widgets) == 1:
        return widgets[0]
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return holder
