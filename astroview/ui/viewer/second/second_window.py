"""The second window: a picture, and above it a strip that says what it shows."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from astroview.ui.i18n.translate import noted, tr
from astroview.ui.viewer.second.session_mirror import Shows
from astroview.ui.viewer.viewer import Viewer
from astroview.ui.widgets.controls import combo, dress, label, scaled

FIXED = (("looked_at", noted("What is looked at")), ("tiles", noted("All frames, tiled")))


class SecondWindow(QWidget):
    """A top-level window; it decides nothing.

    Signals
    -------
    wished : `Shows` that was chosen
    locked : whether it is to move with the first window
    ended : it was closed by its user
    used : it became the active window
    """

    wished = Signal(object)
    locked = Signal(bool)
    ended = Signal()
    used = Signal()

    def __init__(self, full_screen_keys: Iterable[QKeySequence]) -> None:
        super().__init__()
        self.setObjectName("second_window")
        self.viewer = Viewer()
        self.viewer.setAccessibleName(tr("Picture of the second window"))
        self._empty = label(
            "A frame that is opened in the first window is shown here, too.",
            "onpicture", wrap=True, centre=True,
        )  # fmt: skip
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(self.viewer)
        inside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        inside.addWidget(self._empty)
        self.shows = combo("Shows", FIXED, tip="What this window shows")
        self.shows.setMinimumWidth(scaled(220))
        self.lock = dress(
            QCheckBox(tr("Move with the first window")),
            tip="Both windows show the same place of the sky, or the same pixels",
            spoken="Move with the first window",
        )
        self._strip = self._make_strip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self.viewer, 1)
        self.shows.activated.connect(lambda _: self.wished.emit(self.shows.currentData()))
        self.lock.toggled.connect(self.locked)
        for key in full_screen_keys:
            QShortcut(key, self, self.toggle_full_screen)
        self.setMinimumSize(320, 240)
        self.setTabOrder(self.shows, self.lock)
        self._strip.adjustSize()
        self.resize(900, 640)

    def _make_strip(self) -> QFrame:
        strip = dress(QFrame(), "panel")
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.shows)
        row.addWidget(self.lock)
        row.addStretch(1)
        return strip

    def offer(self, rows: Iterable[tuple[Shows, str]], chosen: Shows) -> None:
        """What can be shown beside the usual choices, and what is."""
        rows = list(rows)
        self._empty.setVisible(not rows)
        self.shows.clear()
        for what, words in FIXED:
            self.shows.addItem(tr(words), Shows(what))  # type: ignore[arg-type]
        for i, (shows, words) in enumerate(rows):
            if i == 0:
                self.shows.insertSeparator(self.shows.count())
            self.shows.addItem(words, shows)
        at = (i for i in range(self.shows.count()) if self.shows.itemData(i) == chosen)
        self.shows.setCurrentIndex(next(at, 0))

    def come_up(self) -> None:
        """Open on a screen that the first window is not on, if there is one."""
        own = QGuiApplication.primaryScreen()
        first = next((w for w in QGuiApplication.topLevelWindows() if w.isActive()), None)
        taken = first.screen() if first else own
        other = next((s for s in QGuiApplication.screens() if s is not taken), None)
        if other is not None:
            self.setGeometry(other.availableGeometry().adjusted(40, 40, -40, -40))
            self.showMaximized()
        else:
            self.show()
        self.viewer.setFocus()  # its keys are those of frames, not of the strip

    def toggle_full_screen(self) -> None:
        """Only the picture, on the whole screen; or as before."""
        on = not self.isFullScreen()
        self._strip.setVisible(not on)
        self.showFullScreen() if on else self.showNormal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.used.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.ended.emit()
