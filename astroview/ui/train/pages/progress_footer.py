"""How far a search or a download is: words, a bar below them, and Stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import Elided, dress


class Footer(QFrame):
    """Draws; whether it is on show is decided by what it stands below.

    Signals
    -------
    stopped : Stop was pressed
    """

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        dress(self, "footer")
        self._words = Elided("", Qt.TextElideMode.ElideRight)
        self._bar = QProgressBar(textVisible=False)
        self._stop = QPushButton(tr("Stop"))
        self._stop.clicked.connect(self.stopped)
        words = QVBoxLayout()
        words.setSpacing(7)
        words.addWidget(self._words)
        words.addWidget(self._bar)
        foot = QHBoxLayout(self)
        foot.setContentsMargins(18, 8, 18, 8)
        foot.setSpacing(14)
        foot.addLayout(words, 1)
        foot.addWidget(self._stop)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def say(self, words: str) -> None:
        """Say how it goes, in the user's language."""
        self._words.setText(words)

    def show_part(self, done: int, of: int) -> None:
        """How much is done; ``of`` 0 is "busy"."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)

    def show_running(self, on: bool) -> None:
        """Show bar and Stop, or only the last words."""
        self._bar.setVisible(on)
        self._stop.setVisible(on)
