"""The steps that were done, as a list: click one to go back to it, or forward."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyledItemDelegate,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import dress, label, tool
from astroview.ui.widgets.theme import Theme


class HistoryPanel(QWidget):
    """A page that stands in place of the controls.

    Signals
    -------
    close_wished
    """

    close_wished = Signal()

    def __init__(self, undo: QUndoStack, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = dress(QUndoView(undo), "steps", spoken="Steps that can be undone")
        self.view.setEmptyLabel(tr("As it was opened"))
        self.view.setItemDelegate(_Steps(self.view))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._close = tool("Back to the controls", self.close_wished.emit)
        head = QHBoxLayout()
        head.addWidget(label("History", "heading"), 1)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._close.setIcon(icons.icon("close", theme))


class _Steps(QStyledItemDelegate):
    """Begins each line with a capital; in "Undo new region" the same words stand in a sentence."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        words = super().displayText(value, locale)
        return words[:1].upper() + words[1:]
