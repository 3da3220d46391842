"""The batch itself: the same command that a terminal runs, its events and its end."""

from __future__ import annotations

from PySide6.QtCore import QObject

from astroview.core.messages import batch_messages as messages
from astroview.core.messages.batch_messages import BatchRequest
from astroview.ui.batch.batch_plan import BatchPlan
from astroview.ui.process.json_process import Ending, LineProcess

__all__ = ["BatchProcess", "Ending"]


class BatchProcess(LineProcess):
    """Runs one batch at a time; says `BatchEvent`. What it did is kept by its journal.

    Parameters
    ----------
    command
        The program, and arguments that come before a plan's own.
    """

    def __init__(self, command: list[str], parent: QObject | None = None) -> None:
        super().__init__(messages.decode, parent, messages.encode(messages.Stop()))
        self._command = command

    def start(self, plan: BatchPlan) -> None:
        """Start the command for a plan."""
        self.begin([*self._command, *plan.arguments()])
        for paths in plan.rest():
            self.send(messages.Add(paths))

    def send(self, request: BatchRequest) -> None:
        """Send a request; nothing happens when the process is gone."""
        self.tell(messages.encode(request))
