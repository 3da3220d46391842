"""Folders for results that are not saved yet; nothing is left behind, not even by a crash."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QLockFile

PREFIX = "astroview-"


class Scratch:
    """A folder of this process with one subfolder a job.

    Folders of processes that died are swept away when a new one is made.
    """

    def __init__(self, base: Path | None = None) -> None:
        base = base or Path(tempfile.gettempdir())
        sweep(base)
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        self._lock = QLockFile(str(self.folder / "lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._lock.tryLock(0)

    def make(self, job: str) -> Path:
        """The empty folder of a job."""
        folder = self.folder / job
        folder.mkdir()
        return folder

    def drop(self, folder: Path) -> None:
        """Delete a job's folder; arrays still mapped stay readable where the system allows."""
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Delete everything."""
        self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(base: Path) -> None:
    """Delete the scratch folders of processes that no longer run."""
    for folder in base.glob(f"{PREFIX}*"):
        lock_file = folder / "lock"
        if not lock_file.is_file():
            continue
        lock = QLockFile(str(lock_file))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):  # its owner died
            lock.unlock()
            shutil.rmtree(folder, ignore_errors=True)
