"""Tab goes as one reads, whatever was put into a window last."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from astroview.ui.widgets.tab_order import ReadingTabs


class Form(ReadingTabs, QDialog):
    """A column of a field, a row with what scrolls and pages, and a button; filled backwards."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(QPushButton("6"))
        halves, pages, scroll = QSplitter(), QStackedWidget(), QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.addWidget(QLineEdit("5"))
        pages.addWidget(QLineEdit("hidden"))
        pages.addWidget(QLineEdit("3"))
        pages.setCurrentIndex(1)
        halves.addWidget(scroll)
        halves.insertWidget(0, pages)
        column.insertWidget(0, halves)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        row.insertWidget(0, QLineEdit("4"))
        top = QHBoxLayout()
        column.insertLayout(0, top)
        top.addWidget(QLineEdit("2"))
        top.insertWidget(0, QLineEdit("1"))


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a dialog, without a screen
def test_tab_goes_as_one_reads(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    first = next(edit for edit in form.findChildren(QLineEdit) if edit.text() == "1")
    first.setFocus()
    been: list[str] = []
    for _ in range(7):
        now = form.focusWidget()
        been.append(now.text())  # type: ignore[union-attr]
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert been == ["1", "2", "3", "4", "5", "6", "1"]
