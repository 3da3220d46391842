"""1,024 x 768 pixels at twice the size are 512 x 384: the controls are whole beside a picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_name import find
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from astroview.core.settings import Settings
from astroview.ui.app import start
from astroview.ui.batch.batch_panel import PanelLook
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.shell.notice import Notice

WIDTH = 496  # what a window's frame leaves


@pytest.mark.usefixtures("qapp")
def test_the_controls_are_whole(qtbot: QtBot, tiny_frame: Path) -> None:
    running = start(RememberedChoices(Settings(), lasting=False))
    window = running.window
    window.open([tiny_frame])
    qtbot.waitUntil(lambda: window.settled and window.selection is not None)
    window.resize(WIDTH, 336)
    window.show()
    qtbot.waitExposed(window)
    assert window.body.splitter.minimumSizeHint().width() <= WIDTH
    enhance = find(window, QPushButton, "Enhance")
    assert enhance.mapTo(window, QPoint(enhance.width(), 0)).x() < window.width()
    running.close()


@pytest.mark.usefixtures("qapp")
def test_a_notice_leaves_the_controls_and_its_words_their_room(
    qtbot: QtBot, tiny_frame: Path
) -> None:
    running = start(RememberedChoices(Settings(), lasting=False))
    window = running.window
    window.open([tiny_frame])
    qtbot.waitUntil(lambda: window.settled and window.selection is not None)
    window.show()
    qtbot.waitExposed(window)
    words = "Compose colour from 3 bands"
    for width in (WIDTH, 700, 940, 1280, 1600):
        window.resize(width, 700)
        window.notices.tell(
            Notice("3 frames show one field", "In 3 bands.", button=words, stays=True)
        )
        strip, button = window.notices, find(window, QPushButton, words)
        assert strip.geometry().right() < window.body.right.mapTo(window.body, QPoint()).x()
        beside = abs(button.geometry().center().y() - strip.height() // 2) <= 2
        assert beside == (width >= 1280), width
    running.close()


@pytest.mark.usefixtures("qapp")
def test_a_notice_leaves_what_tells_how_work_goes_to_be_read(qtbot: QtBot) -> None:
    running = start(RememberedChoices(Settings(), lasting=False))
    window = running.window
    window.resize(1280, 700)
    window.show()
    window.spaces.go("batch")
    window.notices.tell(Notice("A frame is damaged.", "See the list.", "error"))
    panel = window.batch.panel
    panel.show_look(PanelLook("6 of 14", 0.4, "Pause", "pause"))
    words = next(one for one in panel.findChildren(QLabel) if one.text() == "6 of 14")
    qtbot.waitUntil(
        lambda: window.notices.geometry().bottom() < words.mapTo(window.body, QPoint()).y()
    )
    running.close()


def is_whole(button: QPushButton) -> bool:
    wanted = button.sizeHint()
    return button.height() >= wanted.height() and button.width() >= wanted.width()


@pytest.mark.usefixtures("qapp")
def test_the_page_without_a_frame_fits_too_and_can_be_used(qtbot: QtBot) -> None:
    running = start(RememberedChoices(Settings(), lasting=False))
    window = running.window
    window.resize(WIDTH, 336)
    window.show()
    qtbot.waitExposed(window)
    assert window.minimumSizeHint().width() <= WIDTH
    for words in ("Open a frame …", "Open the sample frame"):
        button = find(window.parts.empty, QPushButton, words)
        qtbot.waitUntil(lambda button=button: is_whole(button))
    picture, surround = window.parts.empty.grab().toImage(), window.parts.empty.surround
    assert picture.pixelColor(picture.width() // 2, 40) == surround  # what scrolls hides nothing
    assert picture.pixelColor(picture.width() // 2, picture.height() - 40) == surround
    running.close()
