"""What keys do wherever the keyboard is: Enter presses a button, Escape leaves a field, or ends the
nearest of what is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMainWindow, QWidget

from astroview.core.lazy_dataclass import dataclass
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


@dataclass(frozen=True)
class EscapeKey:
    """Leaves a field, lays a tool aside, stops work, leaves the full screen, hides a notice.

    Attributes
    ----------
    home
        Gives the keyboard to what the workspace is about.
    steps
        Each ends something of its room, and says whether there was something.
    """

    window: QMainWindow
    home: Callable[[], None]
    steps: Sequence[Callable[[], bool]]
    full_screen: QAction
    dismiss: Callable[[], None]

    def press(self) -> None:
        """End the nearest thing that there is."""
        if leave(QApplication.focusWidget()):
            self.home()
        elif not any(step() for step in self.steps):
            if self.window.isFullScreen():
                self.full_screen.trigger()
            else:
                self.dismiss()
