"""The list of steps reads like every other list."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QUndoCommand, QUndoStack
from pytestqt.qtbot import QtBot

from astroview.ui.shell.history_panel import HistoryPanel
from astroview.ui.widgets.theme import DARK


def test_each_line_begins_with_a_capital(qtbot: QtBot) -> None:
    undo = QUndoStack()
    panel = HistoryPanel(undo, DARK)
    qtbot.addWidget(panel)
    for words in ("new region", "stretch", ""):
        undo.push(QUndoCommand(words))
    model, rows = panel.view.model(), panel.view.itemDelegate()
    shown = [
        rows.displayText(model.index(row, 0).data(), QLocale())  # type: ignore[attr-defined]
        for row in range(model.rowCount())
    ]
    assert shown[:3] == ["As it was opened", "New region", "Stretch"]
