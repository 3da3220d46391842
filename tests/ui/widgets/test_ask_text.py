"""What is asked for stands there whole, as far as there is room."""

from __future__ import annotations

import pytest
from by_name import find
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from astroview.ui.widgets.ask_text import text_dialog

LEVELS = "  ".join(f"{level}.25" for level in range(1000, 1010))


@pytest.mark.parametrize(("width", "whole"), [(1200, True), (300, False)])
def test_the_field_is_as_wide_as_its_text_and_no_wider_than_the_window(
    qtbot: QtBot, width: int, whole: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(width, 200)
    dialog = text_dialog(window, "Contours", "Levels", LEVELS)
    dialog.adjustSize()
    field = find(dialog, QLineEdit, "Levels")
    assert (field.width() > field.fontMetrics().horizontalAdvance(LEVELS)) == whole
    assert dialog.width() <= width
