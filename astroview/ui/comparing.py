"""How before and after are compared: the modes' actions, and a glance while Space is held."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from astroview.ui.commands import Commands
from astroview.ui.compare import Mode
from astroview.ui.memory import Memory
from astroview.ui.viewer import Viewer

TAKES_SPACE = QAbstractButton | QComboBox | QLineEdit | QPlainTextEdit


class Comparing(QObject):
    """Chooses and remembers how the viewer compares."""

    def __init__(self, viewer: Viewer, memory: Memory, commands: Commands) -> None:
        super().__init__(viewer)
        self._viewer, self._memory, self._commands = viewer, memory, commands
        viewer.set_mode(memory.mode)
        viewer.mode_changed.connect(commands.update)
        commands.serve(
            {mode.value: partial(self._choose, mode) for mode in Mode},
            ticked={mode.value: partial(self._ticked, mode) for mode in Mode},
        )
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def show_result(self) -> None:
        """A result just came: see that it shows."""
        if self._viewer.mode is Mode.ORIGINAL:
            self.set_mode(Mode.SPLIT)

    def set_mode(self, mode: Mode) -> None:
        """Compare in that way from now on."""
        self._viewer.set_mode(mode)
        self._memory.keep_mode(mode)
        self._commands.update()

    def close(self) -> None:
        """Listen to the keyboard no longer."""
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _choose(self, mode: Mode, _on: bool = False) -> None:
        self.set_mode(mode)

    def _ticked(self, mode: Mode) -> bool:
        return self._commands.actions[mode.value].isEnabled() and mode is self._viewer.mode

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space shows the original while it is held, unless a control wants it."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        window: QWidget = self._viewer.window()
        if event.key() != Qt.Key.Key_Space or not window.isActiveWindow():
            return False
        if isinstance(QApplication.focusWidget(), TAKES_SPACE):
            return False
        if not event.isAutoRepeat():
            self._viewer.set_peek(event.type() == QEvent.Type.KeyPress)
        return True
