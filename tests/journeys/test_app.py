"""Start and end of the application, and what nobody expected."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFileOpenEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from astroview.core import settings
from astroview.ui import app
from astroview.ui.main_window import MainWindow
from astroview.ui.process.file_open_events import FileOpenEvents
from astroview.ui.viewer.paint_layers import Placing


@pytest.mark.usefixtures("qapp")
def test_run_opens_files_and_returns_when_closed(small: Path) -> None:
    seen: list[str] = []

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        if windows and windows[0].selection and windows[0].settled:
            seen.append(windows[0].windowTitle())
            windows[0].close()
        else:
            QTimer.singleShot(20, look)

    before = (sys.excepthook, logging.getLogger().handlers[:])
    QTimer.singleShot(20, look)
    assert app.run([small]) == 0
    assert seen == ["small – astroview"]
    assert (sys.excepthook, logging.getLogger().handlers) == before
    assert settings.load().settings.recent_files == (str(small),)
    assert (settings.folder() / "astroview.log").is_file()


class Shown(QObject):
    """Takes what would be shown by a file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


def test_the_unexpected_is_told_and_logged(window: MainWindow, tmp_path: Path, caplog) -> None:
    try:
        raise RuntimeError("out of cheese")
    except RuntimeError as error:
        app.Unexpected(window, tmp_path)(RuntimeError, error, error.__traceback__)
    assert window.notices.current
    assert "out of cheese" in window.notices.current.message
    assert "Traceback" in caplog.text
    assert window.notices.current.button == "Open log folder"
    shown = Shown()
    QDesktopServices.setUrlHandler("file", shown, "take")
    assert window.notices.current.act
    window.notices.current.act()
    QDesktopServices.unsetUrlHandler("file")
    assert shown.urls == [str(tmp_path)]


class Broken:
    """Paints nothing but an error, while it is broken."""

    def __init__(self) -> None:
        self.broken, self.painted = True, 0

    def paint(self, painter: QPainter, at: Placing) -> None:
        self.painted += 1
        if self.broken:
            raise RuntimeError("out of paint")


@pytest.mark.warns
@pytest.mark.qt_log_ignore("Painter ended with")
@pytest.mark.usefixtures("qapp")
def test_what_cannot_be_painted_ends_nothing(small: Path) -> None:
    """A painter that an error leaves behind is ended: else the next one ends the process."""
    overlay, told = Broken(), list[str]()

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        if windows and windows[0].selection and windows[0].settled:
            window = windows[0]
            told.extend([window.notices.current.message] if window.notices.current else [])
            if not overlay.painted:
                window.viewer.add_overlay(overlay)
            elif overlay.broken and overlay.painted >= 5:
                overlay.broken, overlay.painted = False, 1
            elif not overlay.broken and overlay.painted > 2:
                window.close()
                return
            window.viewer.update()
        QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)
    assert app.run([small]) == 0
    assert any("out of paint" in words for words in told)


@pytest.mark.parametrize("by_url", [False, True])
def test_a_file_that_a_finder_opens_arrives(
    window: MainWindow, qapp: QApplication, small: Path, qtbot: QtBot, by_url: bool
) -> None:
    door = FileOpenEvents(window.spaces.take, window)
    qapp.installEventFilter(door)
    try:
        event = QFileOpenEvent(QUrl.fromLocalFile(str(small)) if by_url else str(small))
        assert QApplication.sendEvent(qapp, event)
        qtbot.waitUntil(lambda: bool(window.selection) and window.settled)
    finally:
        qapp.removeEventFilter(door)
    assert window.windowTitle() == "small – astroview"
