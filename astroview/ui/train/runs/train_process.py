"""The trainer: the same command that a terminal runs, asked through its stdin.

What it does stands in the run folder (see `event_tail`). It tells of its end, and says a failure on
stdout as well: its folder may be what failed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject

from astroview.core.messages import train_messages as messages
from astroview.core.messages.train_messages import TrainRequest
from astroview.ui.process.json_process import LineProcess

log = logging.getLogger(__name__)
LEAVE_MS = 8000  # to keep a checkpoint and leave, when asked to
LOG = "log.txt"


class TrainProcess(LineProcess):
    """Runs one trainer; its stderr goes into a log in its run folder, where that takes it."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        farewell = messages.encode(messages.Leave())
        super().__init__(messages.decode, parent, farewell, LEAVE_MS)
        self._log = folder / LOG
        self.complained.connect(self._note)

    def send(self, request: TrainRequest) -> None:
        """Send a request; nothing happens when the process is gone."""
        self.tell(messages.encode(request))

    def _note(self, text: str) -> None:
        try:
            with self._log.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError as problem:
            log.warning("%s cannot be written: %s", self._log, problem)
