"""Files that a Mac's Finder opens with the program: they come as events, not as arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FileOpenEvents(QObject):
    """A filter of the application's events. Only a Mac sends such, so only there it is put in: it
    sees every event there is.
    """

    def __init__(self, open_files: Callable[[list[Path]], object], parent: QObject) -> None:
        super().__init__(parent)
        self._open = open_files

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the file; all other events go on."""
        if isinstance(event, QFileOpenEvent):
            name = event.file() or event.url().toLocalFile()
            if name:
                self._open([Path(name)])
                return True
        return super().eventFilter(watched, event)
