"""Which run trains in this window, for the next one when this one should not get to its end."""

from __future__ import annotations

import logging
from pathlib import Path

from astroview.core import settings
from astroview.core.atomic_write import replacing_text
from astroview.ui.train import INTERRUPTED

log = logging.getLogger(__name__)


class Interrupted:
    """Keeps a file while a run trains.

    Parameters
    ----------
    lasting
        Whether anything is written; snapshots leave no trace.
    """

    def __init__(self, lasting: bool) -> None:
        self._lasting = lasting
        self._kept: Path | None = None

    def note(self, run: Path | None) -> None:
        """Which run trains now; None when none does."""
        if run == self._kept or not self._lasting:
            return
        self._kept = run
        path = settings.folder() / INTERRUPTED
        try:
            if run is None:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing_text(path, lasting=False) as file:
                file.write(f"{run}\n")
        except OSError as problem:
            log.warning("the run cannot be remembered: %s", problem)
