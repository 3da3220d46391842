"""Parts beside each other where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget


class WrappingRow(QWidget):
    """The first part stands at the left; the last at the right, or below it."""

    def __init__(self, parts: Sequence[Sequence[QWidget]], gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._parts = [_beside(part, gap) for part in parts]
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSpacing(gap)
        for i, part in enumerate(self._parts):
            self._box.addWidget(part)
            if i + 1 < len(self._parts):
                self._box.addStretch(1)

    def event(self, event: QEvent) -> bool:
        """Parts grow with their words."""
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

    def _arrange(self) -> None:
        sides = self._box.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        wanted = sum(part.sizeHint().width() + self._gap for part in self._parts) - self._gap
        beside = wanted <= room
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._box.direction() != way:
            self._box.setDirection(way)
            self.updateGeometry()


def _beside(widgets: Sequence[QWidget], gap: int) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    return holder
