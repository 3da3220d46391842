"""A dialog of which there is one: asked for again it comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog


class SingleDialog:
    """Shows what ``make`` makes; it goes when it is closed."""

    def __init__(self, make: Callable[[], QDialog]) -> None:
        self._make = make
        self.dialog: QDialog | None = None

    def show(self, *_: object) -> None:
        """Bring it to the front, new where it is not on show."""
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        made = self.dialog = self._make()
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.finished.connect(self._gone)
        made.show()

    def _gone(self, _: int) -> None:
        self.dialog = None


def shower(make: Callable[[], QDialog]) -> Callable[..., None]:
    """What shows it, to be connected: a connection alone would not keep the object."""
    return partial(SingleDialog.show, SingleDialog(make))
