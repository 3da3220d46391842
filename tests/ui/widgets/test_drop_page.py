"""Whatever the size of text and window, what can be pressed is as large as its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from astroview.ui.batch.empty_queue import EmptyQueue
from astroview.ui.lightbox.empty_lightbox import EmptyLightbox
from astroview.ui.train.pages.begin_page import BeginPage
from astroview.ui.widgets.drop_page import DropPage
from astroview.ui.widgets.theme import DARK, Theme


def is_whole(button: QPushButton) -> bool:
    wanted = button.sizeHint()
    return button.height() >= wanted.height() and button.width() >= wanted.width()


@pytest.mark.qt_log_ignore("propagateSizeHints")  # of a page on its own, without a screen
@pytest.mark.parametrize("make", [BeginPage, EmptyQueue, EmptyLightbox])
@pytest.mark.parametrize("times", [1.0, 2.0])
def test_buttons_are_whole_under_large_text(
    qtbot: QtBot, qapp: QApplication, make: Callable[[Theme], DropPage], times: float
) -> None:
    usual, larger = qapp.font(), qapp.font()
    larger.setPointSizeF(usual.pointSizeF() * times)
    try:
        qapp.setFont(larger)
        page = make(DARK)
        qtbot.addWidget(page)
        page.show()
        for width, height in ((1366, 560), (1024, 400), (620, 380)):
            page.resize(width, height)
            qtbot.waitUntil(lambda: all(map(is_whole, page.buttons)), timeout=1000)
            assert page.size().toTuple() == (width, height)
    finally:
        qapp.setFont(usual)
