"""The line that says what is being opened comes and goes without moving anything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from astroview.ui.status_bar import StatusBar

BARS = "QProgressBar { max-height: 4px; border: 0 }"  # as the style sheet of all has it


@pytest.mark.parametrize("points", [7, 10, 14, 22])
def test_the_status_bar_keeps_its_height(qtbot: QtBot, points: int) -> None:
    def needed(opening: bool, part: float | None) -> QSize:
        bar = StatusBar()
        qtbot.addWidget(bar)
        bar.setStyleSheet(f"{BARS} * {{ font-size: {points}pt }}")
        bar.ensurePolished()
        bar.opening.setVisible(opening)
        bar.show_work("Enhancing", part)
        return bar.minimumSizeHint().expandedTo(bar.minimumSize())

    calm = needed(opening=False, part=None).height()
    assert needed(opening=True, part=None).height() == calm
    assert needed(opening=False, part=0.5).height() == calm
