"""The line in which tags of frames are written."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from astroview.core.lightbox.verdicts import clean_tags

BETWEEN = ", "
BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason)


class TagLine(QLineEdit):
    """Tags with commas between them; by the keyboard one begins to write another one."""

    def offer(self, tags: list[str]) -> None:
        """Tags that are used already, to be completed while one types."""
        completer = _LastTag(tags, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def show_tags(self, tags: tuple[str, ...]) -> None:
        """Show tags, from the first one on."""
        self.setText(BETWEEN.join(tags))
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in BY_MOUSE:
            self.end(False)  # noqa: FBT003 - Qt's own
            if self.text().strip():
                self.insert(BETWEEN)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.show_tags(clean_tags(self.text()))


class _LastTag(QCompleter):
    """Completes the tag that is being written, and keeps those before it."""

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        line = self.widget()
        before = line.text().rpartition(",")[0] if isinstance(line, QLineEdit) else ""
        tag = super().pathFromIndex(index)
        return f"{before}{BETWEEN}{tag}" if before else tag
