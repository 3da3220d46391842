"""The batch that is not ended yet, across the window's own end."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QLockFile

from astroview.core import settings
from astroview.ui.batch import batch_plan as plans
from astroview.ui.batch.batch_phase import BatchStanding
from astroview.ui.batch.batch_plan import BatchPlan, Unfinished

log = logging.getLogger(__name__)


class Remembered:
    """Keeps the unfinished batch of one window; a second window keeps none.

    Parameters
    ----------
    lasting
        Whether anything is written; snapshots leave no trace.
    """

    def __init__(self, lasting: bool) -> None:
        self._lock = QLockFile(str(settings.folder() / "batch.lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._lasting = lasting and _made(settings.folder()) and self._lock.tryLock(0)
        self.unfinished: Unfinished | None = plans.recall() if self._lasting else None

    def keep(self, plan: BatchPlan, standing: BatchStanding) -> None:
        """The batch is begun and not ended."""
        self.unfinished = Unfinished(plan, standing.ended, standing.total)
        if self._lasting:
            try:
                plans.keep(self.unfinished)
            except OSError as problem:
                log.warning("the batch cannot be remembered: %s", problem)

    def forget(self) -> None:
        """There is nothing to resume."""
        self.unfinished = None
        if self._lasting:
            try:
                plans.forget()
            except OSError as problem:
                log.warning("the batch cannot be forgotten: %s", problem)

    def close(self) -> None:
        """Let another window remember."""
        self._lasting = False
        self._lock.unlock()


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True
