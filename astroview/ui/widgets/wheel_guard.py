"""The mouse wheel scrolls a panel and changes nothing in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget

CHANGED_BY_WHEEL = QComboBox | QAbstractSpinBox | QAbstractSlider


class WheelGuard(QObject):
    """Leaves the wheel to what a control stands in.

    A list or slider under the mouse would take a turn of the wheel for a choice, and start a job
    with it, while its user only scrolls by. Keys and clicks change it as ever.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()  # so that Qt offers it to the parent, up to the area that scrolls
        return True


def guard_wheel(widget: QWidget) -> None:
    """Guard a control that the wheel would change; others are left as they are."""
    if isinstance(widget, CHANGED_BY_WHEEL) and not isinstance(widget, QScrollBar):
        widget.installEventFilter(WheelGuard(widget))
