"""Waiting for something to become so: the one place in the tests where time is let pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(
    reached: Callable[[], T], what: str = "", seconds: float = 120, every_s: float = 0.02
) -> T:
    """Wait for files, threads and other processes; returns what ``reached`` gave."""
    end = time.monotonic() + seconds
    while not (found := reached()):
        assert time.monotonic() < end, f"still waiting after {seconds} s {what and f'for {what}'}"
        time.sleep(every_s)
    return found


def in_window(reached: Callable[[], object], seconds: float = 120) -> None:
    """Let the window work until something is so: asked after each event, and 100 times a second."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    end = time.monotonic() + seconds
    clock = QTimer(interval=10)  # wakes the loop where nothing else does
    clock.start()
    while not reached():
        assert time.monotonic() < end, f"still waiting after {seconds} s"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    clock.stop()
    QCoreApplication.processEvents()
