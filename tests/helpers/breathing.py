"""How long the window lets its events wait, but for what a busy machine makes it wait."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

TASKS = Path("/proc/self/task")


class Breathing(QObject):
    """Notes how long lies between turns of the event loop: work of the window's thread, and what
    it waits for. The time in which threads of this process stood in line for a core (Linux tells
    it) is left out: on a quiet machine there is none, on a busy one it is not the window's doing.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self._last, self._queued = time.perf_counter(), _in_line()
        self._clock = QTimer(self, interval=5)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def _tick(self) -> None:
        now, queued = time.perf_counter(), _in_line()
        stood = sum(max(0.0, queued[task] - self._queued.get(task, 0.0)) for task in queued)
        self.gaps.append(max(0.0, now - self._last - stood))
        self._last, self._queued = time.perf_counter(), queued


def _in_line() -> dict[str, float]:
    """Seconds that each thread has waited for a core; nothing where the system does not tell."""
    found: dict[str, float] = {}
    for task in TASKS.glob("*/schedstat"):
        try:
            found[task.parent.name] = int(task.read_text().split()[1]) / 1e9
        except (OSError, IndexError):
            continue  # the thread has ended
    return found
