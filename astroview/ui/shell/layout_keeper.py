"""The window's place and the widths of its panels, kept soon after they changed: a window that is
killed comes back where it was.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSplitter, QWidget

CALM_MS = 1500  # an edge that is dragged moves all the time
KINDS = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


class LayoutKeeper(QObject):
    """Calls ``keep`` when the window or its panels have come to rest somewhere else."""

    def __init__(self, window: QWidget, splitter: QSplitter, keep: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(keep)
        window.installEventFilter(self)
        splitter.splitterMoved.connect(lambda *_: self._calm.start())

    @property
    def pending(self) -> bool:
        """Whether something is not kept yet."""
        return self._calm.isActive()

    def close(self) -> None:
        """The window closes, and keeps all itself."""
        self._calm.stop()
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in KINDS and self._window.isVisible():
            self._calm.start()
        return False
