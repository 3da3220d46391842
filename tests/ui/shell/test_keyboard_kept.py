"""The keyboard stays among the pages when what had it is switched off, hidden or gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from astroview.ui.shell.keyboard_focus import KeyboardKept

WAYS: list[Callable[[QPushButton], object]] = [
    lambda button: button.setEnabled(False),
    lambda button: button.hide(),
    lambda button: button.parentWidget().setEnabled(False),
    lambda button: button.parentWidget().hide(),
]


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("end", WAYS)
def test_a_button_that_ends_leaves_the_keyboard_on_its_page(
    qtbot: QtBot, end: Callable[[QPushButton], object]
) -> None:
    window, pages, page, group = QWidget(), QStackedWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    home, start, switch = (QPushButton(name) for name in ("home", "start", "switch"))
    for inside, parts in ((group, [start]), (page, [home, group]), (window, [pages, switch])):
        column = QVBoxLayout(inside)
        for part in parts:
            column.addWidget(part)
    pages.addWidget(page)
    KeyboardKept(pages, home.setFocus)
    window.resize(400, 300)
    window.show()
    window.activateWindow()
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    end(start)
    assert QApplication.focusWidget() is home
    switch.setFocus()  # who goes there of their own accord stays there
    assert switch.hasFocus()
