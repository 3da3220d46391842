"""The queue as it is painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from astroview.core.messages.batch_messages import Item
from astroview.ui.batch.queue_filter import QueueFilter
from astroview.ui.batch.queue_model import Column, QueueModel
from astroview.ui.batch.queue_view import QueueView
from astroview.ui.batch.row_thumbnails import Thumbnails
from astroview.ui.process.thread_pool import Background
from astroview.ui.widgets.theme import DARK


def test_the_row_under_the_mouse_is_lit_whole_and_alone(qtbot: QtBot) -> None:
    model = QueueModel()
    model.list_items(tuple(Item(f"i{k}", f"/d/{k}.fits", 9, f"/o/{k}.fits") for k in range(3)))
    background = Background(1)
    shown = QueueFilter(model)
    view = QueueView(shown, Thumbnails(background), DARK)
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()

    def ground(row: int) -> list[str]:
        picture = view.viewport().grab().toImage()
        cells = [view.visualRect(shown.index(row, column)) for column in Column]
        return [picture.pixelColor(cell.right() - 1, cell.bottom() - 2).name() for cell in cells]

    dark = ground(1)
    at = view.visualRect(shown.index(1, Column.TIME)).center()
    QTest.mouseMove(view.viewport(), at + QPoint(1, 0))
    QTest.mouseMove(view.viewport(), at)
    lit = ground(1)
    assert all(one != other for one, other in zip(lit, dark, strict=True))
    assert ground(0) == ground(2) == dark
    QCoreApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert ground(1) == dark
    background.close()
