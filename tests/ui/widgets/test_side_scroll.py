"""A side panel scrolls, and nothing of it moves for its bar."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from astroview.ui.widgets.side_scroll import SideScroll
from astroview.ui.widgets.wrapping_row import ButtonRow


def test_it_scrolls_and_nothing_moves(qtbot: QtBot, qapp: QApplication) -> None:
    inside = QWidget()
    column = QVBoxLayout(inside)
    for i in range(40):
        column.addWidget(QLabel(f"row {i}"))
    scroll = SideScroll(inside)
    qtbot.addWidget(scroll)
    scroll.resize(200, 4000)
    scroll.show()
    qapp.processEvents()
    assert not scroll.bar.isVisible()
    width = inside.width()
    scroll.resize(200, 300)
    qapp.processEvents()
    assert scroll.bar.isVisible()
    assert inside.width() == width == 200
    assert scroll.bar.geometry().right() == 199
    at = QPointF(50, 50)
    turn = QWheelEvent(
        *(at, QPointF(scroll.viewport().mapToGlobal(at.toPoint())), QPoint(), QPoint(0, -240)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(scroll.viewport(), turn)
    assert scroll.bar.value() == -inside.y() > 0
    scroll.bar.setValue(scroll.bar.maximum())
    assert inside.geometry().bottom() == 299


def test_buttons_stand_as_there_is_room(qtbot: QtBot, qapp: QApplication) -> None:
    buttons = [QPushButton("Open a frame …"), QPushButton("Open the sample frame")]
    around = QWidget()  # a window would grow with what it holds
    qtbot.addWidget(around)
    row = ButtonRow(buttons)
    row.setParent(around)
    row.resize(600, 80)
    around.show()
    qapp.processEvents()
    assert buttons[0].y() == buttons[1].y()
    for changed in (lambda: row.resize(200, 120), lambda: buttons[1].setText(30 * "wide ")):
        row.resize(600, 120)
        qapp.processEvents()
        changed()
        for _ in range(2):
            qapp.processEvents()
        assert buttons[0].geometry().bottom() < buttons[1].y()
        assert all(button.width() >= button.sizeHint().width() for button in buttons[:1])
