"""What a start does once, and not over and over."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.remembered_choices import RememberedChoices


class Styled(QObject):
    """Counts how often widgets are styled, but for those that are there before."""

    def __init__(self, before: list[QWidget]) -> None:
        super().__init__()
        self.times, self._before = 0, set(before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange and watched not in self._before
        return False


def test_a_widget_is_styled_once_and_not_with_each_parent_it_gets(qapp: QApplication) -> None:
    counted = Styled(QApplication.allWidgets())
    qapp.installEventFilter(counted)
    running = start(RememberedChoices(Settings(), lasting=False))
    qapp.removeEventFilter(counted)
    widgets = len(running.window.findChildren(QWidget))
    running.close()
    assert widgets > 300
    assert counted.times < 1.5 * widgets


@pytest.mark.fresh_start
def test_types_of_qt_that_nothing_uses_are_not_made_for_a_window() -> None:
    """Where a `QWidget` or `QObject` of Qt's own comes to Python for the first time, all of its
    hundred heirs are made, with their enums: as long as twenty panels take.
    """
    script = """
from PySide6 import QtGui, QtWidgets
from astroview.core.settings import Settings
from astroview.ui import app
from astroview.ui.remembered_choices import RememberedChoices
running = app.start(RememberedChoices(Settings(), lasting=False))
running.window.show()
running.app.processEvents()
print(*vars(QtGui), *vars(QtWidgets))
running.close()
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    made = set(run.stdout.split())
    assert "QTreeWidget" in made
    assert not made & {"QWizard", "QMdiArea", "QMovie", "QGraphicsWidget"}
