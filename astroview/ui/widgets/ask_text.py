"""Asking for a line of text."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QWidget

ROOM = 40  # pixels of the field beside its text
MOST = 0.8  # of the window's width


def text_dialog(parent: QWidget, title: str, words: str, text: str = "") -> QInputDialog:
    """A dialog with a field that shows all of its text, as far as the window is wide."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(words)
    dialog.setTextValue(text)
    field = dialog.findChild(QLineEdit)
    if field is not None:
        field.setAccessibleName(words)
        wanted = field.fontMetrics().horizontalAdvance(text) + ROOM
        field.setMinimumWidth(min(wanted, round(MOST * parent.window().width())))
    return dialog


def ask_text(parent: QWidget, title: str, words: str, text: str = "") -> str | None:
    """Ask for a line; None when the user thought better of it."""
    dialog = text_dialog(parent, title, words, text)
    taken = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return dialog.textValue() if taken else None
