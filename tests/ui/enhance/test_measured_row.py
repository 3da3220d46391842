"""What is said of the surveys goes when something else is chosen."""

from __future__ import annotations

from by_name import words
from pytestqt.qtbot import QtBot

from astroview.ui.enhance.measured_row import MeasuredRow


def test_a_problem_with_surveys_is_told_until_a_picture_is_chosen(qtbot: QtBot) -> None:
    row = MeasuredRow()
    qtbot.addWidget(row)
    row.begin()
    row.end("The surveys cannot be reached.")
    assert "cannot be reached" in words(row)
    row.show_choice("/pictures/m31.png")
    assert "cannot be reached" not in words(row)
    row.begin()
    row.show_choice("/pictures/m33.png")  # while they are asked that is still so
    assert "Asking" in words(row)
