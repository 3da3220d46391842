"""What the second window tells while nothing is open."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from astroview.ui.viewer.second.second_window import SecondWindow
from astroview.ui.viewer.second.session_mirror import Shows


def test_without_a_frame_it_tells_what_it_will_show(qtbot: QtBot) -> None:
    window = SecondWindow(())
    qtbot.addWidget(window)

    def told() -> list[str]:
        labels = window.viewer.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisibleTo(window)]

    window.offer((), Shows())
    assert "first window" in " ".join(told())
    window.offer([(Shows("held", (1, "")), "m31")], Shows())
    assert told() == []
    window.offer(iter(()), Shows())
    assert told()
