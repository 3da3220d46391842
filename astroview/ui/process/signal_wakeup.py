"""Signals that are heard while the window waits for events."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

ENDING = (signal.SIGINT, signal.SIGTERM)


class SignalWakeup(QObject):
    """SIGTERM and Ctrl+C end the window at once, and not when the mouse moves next.

    Every signal wakes Python: its handlers run in Python only, and Qt waits outside it. They do not
    raise as elsewhere: the error would end in whichever slot happens to run. Instead ``leave`` is
    called with an exit code when the events that are at hand are done.
    """

    def __init__(self, parent: QObject, leave: Callable[[int], object]) -> None:
        super().__init__(parent)
        self._leave = leave
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)  # noqa: FBT003 - the socket's own word
        self._fd = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._former = {number: signal.signal(number, self._told) for number in ENDING}
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)

    def close(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)
        for number, handler in self._former.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd)
        self._ear.close()
        self._mouth.close()

    def _told(self, number: int, _frame: object) -> None:
        QTimer.singleShot(0, partial(self._leave, 128 + number))

    def _heard(self) -> None:
        """Python runs the signal's handler before this ends."""
        self._ear.recv(4096)
