"""Signals that are heard while the window waits for events."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier


class SignalWakeup(QObject):
    """Wakes Python for every signal: its handlers run in Python only, and Qt waits outside it.

    So SIGTERM and Ctrl+C end the window at once, and not when the mouse moves next.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)  # noqa: FBT003 - the socket's own word
        self._former = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    def close(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._former)
        self._ear.close()
        self._mouth.close()

    def _heard(self) -> None:
        """Python runs the signal's handler before this ends."""
        self._ear.recv(4096)
