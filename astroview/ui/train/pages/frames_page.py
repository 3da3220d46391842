"""What a new run learns from: the folder, and below it what was found there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from astroview.ui.i18n.translate import noted, tr
from astroview.ui.widgets.controls import Elided, dress
from astroview.ui.widgets.theme import Theme

NOTHING_YET = noted("Drop a folder of your frames here, or choose one.")


class FramesPage(QWidget):
    """Names the folder; `place` puts below it what shows the frames.

    Signals
    -------
    choose, gather
        Another folder is wanted; frames are to be fetched from an archive.
    """

    choose = Signal()
    gather = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._path = Elided(tr("Frames to learn from")), Elided()
        dress(self._title, "heading")
        dress(self._path, "muted")
        self._choose = QPushButton(tr("Choose a folder …"))
        self._gather = QPushButton(tr("Get frames …"))
        self._choose.clicked.connect(self.choose)
        self._gather.clicked.connect(self.gather)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._path)
        head = QHBoxLayout()
        head.setContentsMargins(18, 12, 18, 8)
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self._choose)
        head.addWidget(self._gather)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._below: QWidget = QWidget()
        self._column.addWidget(self._below, 1)
        self.show_folder(None)

    def place(self, widget: QWidget) -> None:
        """What shows the frames of the folder, or fetches some."""
        if self._below is widget:
            return
        self._below.hide()
        self._column.removeWidget(self._below)
        self._below = widget
        self._column.addWidget(widget, 1)
        widget.show()

    def show_folder(self, folder: Path | None, pairs: Path | None = None) -> None:
        """Name the folder, and the list of pairs in use."""
        words = str(folder) if folder else tr(NOTHING_YET)
        if pairs:
            words += f"  ·  {tr('pairs by {name}', name=pairs.name)}"
        self._path.setText(words)
        self._path.setToolTip(str(folder) if folder else "")

    def set_theme(self, theme: Theme) -> None:
        """Its parts follow the style sheet."""
