"""What keys do wherever the keyboard is: Enter presses a button, Escape leaves a field, or ends the
nearest of what is under way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

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


def leave(focused: QWidget | None, before: str) -> bool:
    """Empty a search, take back what was being typed (``before`` stood there when the keyboard
    came); whether it was a field at all.
    """
    if not isinstance(focused, QLineEdit):
        return False
    if isinstance(focused, NumberEdit):
        focused.set_number(focused.number)
    elif focused.isClearButtonEnabled():
        focused.clear()
    elif focused.completer():
        focused.setText(before)  # it would take an undo for typing, and offer what completes that
    else:
        while focused.text() != before and focused.isUndoAvailable():
            focused.undo()  # who follows what is typed hears of it
    return True


class FieldBefore(QObject):
    """Remembers what stood in a field when the keyboard came to it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.text = ""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def _moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QLineEdit):
            self.text = now.text()


class KeyboardKept(QObject):
    """Keeps the keyboard among the pages of a stack when what had it is switched off or hidden, as
    a button is that was pressed. Qt gives it to whatever is next in the window, and one step
    behind the last button is the switch between the pages, where Space leaves this one.
    """

    def __init__(self, pages: QStackedWidget, home: Callable[[], None]) -> None:
        super().__init__(pages)
        self._pages, self._home = pages, home
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        pages = self._pages
        if old is None or not pages.isVisible() or not pages.isAncestorOf(old):
            return
        gone = not old.isEnabled() or not old.isVisible()
        strayed = now is None or (now.window() is pages.window() and not pages.isAncestorOf(now))
        if gone and strayed:
            self._home()


@dataclass(frozen=True)
class EscapeKey:
    """Leaves a field, lays a tool aside, stops work, leaves the full screen, hides a notice.

    Attributes
    ----------
    before
        What the field held that the keyboard is in.
    home
        Gives the keyboard to what the workspace is about.
    steps
        Each ends something of its room, and says whether there was something.
    """

    window: QMainWindow
    before: FieldBefore
    home: Callable[[], None]
    steps: Sequence[Callable[[], bool]]
    full_screen: QAction
    dismiss: Callable[[], None]

    def press(self) -> None:
        """End the nearest thing that there is."""
        if leave(QApplication.focusWidget(), self.before.text):
            self.home()
        elif not any(step() for step in self.steps):
            if self.window.isFullScreen():
                self.full_screen.trigger()
            else:
                self.dismiss()
