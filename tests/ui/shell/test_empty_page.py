"""The page without a frame in windows of all sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from astroview.ui.shell.empty_page import EmptyPage


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a page on its own, without a screen
def test_lines_about_the_window_go_before_they_lie_on_each_other(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    for size, seen in (((800, 1200), True), ((283, 400), False), ((283, 2000), True)):
        page.resize(*size)
        page.show()
        qtbot.wait(20)
        assert page._about.isVisibleTo(page) == seen, size
    page.show_recent([Path("a.fits")])
    assert not page._about.isVisibleTo(page)
