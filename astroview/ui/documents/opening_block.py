"""What stands in place of the first page while a session or files are on their way."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.documents.opening_strip import words
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets.controls import label

WORDS_MS, CANCEL_MS = 300, 1000  # what is there sooner needs no words, and no way to stop it


class OpeningBlock(QWidget):
    """Says what comes, and offers to stop it when that takes long.

    Signals
    -------
    cancelled
        The user does not want to wait for it.
    """

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "title", wrap=True, centre=True)
        self._name = label("", "onpicture", wrap=True, centre=True)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.addStretch(3)
        for part in (self._words, self._name):
            column.addWidget(part)
        column.addSpacing(14)
        column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        for part in (self._words, self._name, self.cancel):
            rules = part.sizePolicy()
            rules.setRetainSizeWhenHidden(True)  # the words stay where they are
            part.setSizePolicy(rules)
        self._soon = QTimer(self, singleShot=True, interval=WORDS_MS)
        self._soon.timeout.connect(self._show_words)
        self._long = QTimer(self, singleShot=True, interval=CANCEL_MS)
        self._long.timeout.connect(self._offer_to_stop)
        self.show_standing(None)

    def show_standing(self, standing: LoadStanding | None) -> None:
        """Say how far it is; None: it is over."""
        if standing is None:
            self._soon.stop()
            self._long.stop()
            for part in (self._words, self._name, self.cancel, self):
                part.hide()
            return
        told = words(standing)
        self._words.setText(told)
        self._name.setText("" if standing.name in told else standing.name)
        if self.isHidden():
            self.show()
            self._soon.start()
            self._long.start()

    def _show_words(self) -> None:
        self._words.show()
        self._name.show()

    def _offer_to_stop(self) -> None:
        self.cancel.show()
        page = self.parentWidget()
        if page is not None and page.hasFocus():
            self.cancel.setFocus()
