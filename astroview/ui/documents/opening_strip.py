"""A line in the status bar while files are opened: what, how far, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from astroview.ui.documents.file_loader import LoadStanding
from astroview.ui.i18n.translate import tr
from astroview.ui.widgets import icons
from astroview.ui.widgets.controls import Elided, tool
from astroview.ui.widgets.theme import Theme

PATIENCE_MS = 400  # what opens sooner is not worth a line
HEIGHT = 24  # of its button


class OpeningStrip(QWidget):
    """Shows itself when opening takes long."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = Elided("", Qt.TextElideMode.ElideRight)
        self._words.setObjectName("muted")
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar(textVisible=False, maximum=1000)
        self._bar.setFixedWidth(96)
        self._cancel = tool("Stop opening", self.cancelled.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._cancel.setFixedSize(28, HEIGHT)
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    @property
    def height_needed(self) -> int:
        """What the line takes of the status bar."""
        return HEIGHT + 2

    def show_standing(self, standing: LoadStanding | None) -> None:
        """Say how far opening is; None: it is over."""
        if standing is None:
            self._patience.stop()
            self.hide()
            return
        self._words.setText(words(standing))
        self.setToolTip(words(standing))
        self._bar.setValue(round(1000 * part(standing)))
        if self.isHidden() and not self._patience.isActive():
            self._patience.start()

    def set_theme(self, theme: Theme) -> None:
        self._cancel.setIcon(icons.icon("cancel", theme))


def words(standing: LoadStanding) -> str:
    """``Opening 3 of 500``, ``Unpacking m31.fits.gz`` or ``Downloading m31.fits``."""
    if standing.back:
        return _of_session(standing)
    if standing.fetched:
        return tr("Downloading {name}", name=standing.name)
    opening = standing.part is None
    if standing.of > 1:
        at, of = standing.done + 1, standing.of
        return (
            tr("Opening {at} of {of}", at=at, of=of)
            if opening
            else tr("Unpacking {at} of {of}", at=at, of=of)
        )
    return (
        tr("Opening {name}", name=standing.name)
        if opening
        else tr("Unpacking {name}", name=standing.name)
    )


def _of_session(standing: LoadStanding) -> str:
    if standing.of > 1:
        at, of = standing.done + 1, standing.of
        return tr("Bringing the session back, {at} of {of}", at=at, of=of)
    return tr("Bringing the session back")


def part(standing: LoadStanding) -> float:
    """0..1 of everything that is to be opened."""
    return (standing.done + (standing.part or 0.0)) / max(standing.of, 1)
