"""The page without a frame in windows of all sizes."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_name import words
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.shell.empty_page import ABOUT, EmptyPage


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a page on its own, without a screen
def test_lines_about_the_window_go_before_they_lie_on_each_other(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    for size, seen in (((800, 1200), True), ((283, 400), False), ((283, 2000), True)):
        page.resize(*size)
        page.show()
        qtbot.wait(20)
        assert (ABOUT[0] in words(page)) is seen, size
    page.show_recent([Path("a.fits")])
    assert ABOUT[0] not in words(page)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_recent_files_are_told_apart_and_shortened_to_the_page(qtbot: QtBot) -> None:
    window, page = QWidget(), EmptyPage()
    qtbot.addWidget(window)
    page.setParent(window)
    page.resize(1200, 900)
    long = f"{'m31_' * 20}.fits"
    page.show_recent([Path("/n/1/light.fits"), Path("/n/2/light.fits"), Path(f"/n/{long}")])
    window.show()
    page.show()
    words = [part.text() for part in page.findChildren(QPushButton)]
    assert {"1/light.fits", "2/light.fits", long} <= set(words)
    page.resize(300, 900)
    assert long not in [part.text() for part in page.findChildren(QPushButton)]
    seen = [part for part in page.findChildren(QPushButton) if part.isVisible()]
    qtbot.waitUntil(lambda: all(part.width() <= 300 for part in seen))


def offered(page: EmptyPage) -> list[str]:
    """The words of what can be pressed."""
    places = (QPoint(x, y) for y in range(0, page.height(), 8) for x in range(0, page.width(), 40))
    found = [page.childAt(place) for place in places]
    return sorted({part.text() for part in found if isinstance(part, QPushButton)})


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_nothing_can_be_begun_while_something_comes(qtbot: QtBot) -> None:
    page = EmptyPage()
    qtbot.addWidget(page)
    page.resize(700, 800)
    page.show_recent([Path("old.fits")])
    page.show()
    before = offered(page)
    assert before == ["Open a frame …", "Open the sample frame", "old.fits"]
    page.show_standing(LoadStanding("m31.fits", 0, 3, back=True))
    assert offered(page) == []
    qtbot.waitUntil(lambda: offered(page) == ["Cancel"])
    page.show_standing(LoadStanding("m33.fits", 1, 3, back=True))
    assert offered(page) == ["Cancel"]
    page.show_standing(None)
    assert offered(page) == before
