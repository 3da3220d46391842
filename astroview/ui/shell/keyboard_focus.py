"""What keys do wherever the keyboard is: Enter presses a button, Escape leaves a field."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from astroview.ui.widgets.controls import NumberEdit


def press(event: QKeyEvent, focused: QWidget | None) -> bool:
    """Enter does what Space does on a button, which Qt has in dialogs only; whether it did."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == (
        Qt.KeyboardModifier.NoModifier
    )
    if enter and plain and isinstance(focused, QAbstractButton) and focused.isEnabled():
        focused.click()
        return True
    return False


def leave(focused: QWidget | None) -> bool:
    """Empty a search, take back a number that was being typed; whether it was a field at all."""
    if not isinstance(focused, QLineEdit):
        return False
    if isinstance(focused, NumberEdit):
        focused.set_number(focused.number)
    elif focused.isClearButtonEnabled():
        focused.clear()
    return True
