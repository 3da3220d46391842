"""Whether the window may close while something is at work: asked once, in a box."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from astroview.ui.i18n.translate import tr


class ConfirmQuit(QObject):
    """Asks, and closes the window on Yes.

    ``asked`` is the box while it is open.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.asked: QMessageBox | None = None
        self.confirmed = False

    def ask(self, title: str, question: str, information: str, stay: str) -> None:
        """Ask, unless that is being asked already; texts are in the user's language.

        ``stay`` is on the button that keeps the window open.
        """
        if self.asked is not None:
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(title)
        box.setText(question)
        box.setInformativeText(information)
        quit_ = box.addButton(tr("Quit"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(stay, QMessageBox.ButtonRole.RejectRole))
        box.finished.connect(lambda _: self._answered(box, box.clickedButton() is quit_))
        self.asked = box
        box.open()

    def _answered(self, box: QMessageBox, yes: bool) -> None:
        self.asked, self.confirmed = None, yes
        box.deleteLater()
        if yes:
            QTimer.singleShot(0, self._window.close)
