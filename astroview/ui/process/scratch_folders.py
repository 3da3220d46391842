"""Folders for results that are not saved yet; nothing is left behind, not even by a crash."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from threading import RLock
from weakref import finalize

from PySide6.QtCore import QLockFile

from astroview.core.io.paths.plain_paths import is_file

PREFIX = "astroview-"


class Lease:
    """Holds scratch folders; see `Scratch.lease`."""


class Leases:
    """A folder with one subfolder a job, each kept for as long as somebody holds a lease of it."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder, self._ended = folder, False
        self._leases: Counter[Path] = Counter()
        self._lock_of_leases = RLock()  # a collector may come by while it is held

    @property
    def folder(self) -> Path:
        """Where the jobs' folders are."""
        assert self._folder is not None
        return self._folder

    def make(self, job: str) -> Path:
        """The empty folder of a job."""
        folder = self.folder / job
        folder.mkdir()
        return folder

    def lease(self, *folders: Path) -> Lease:
        """Keep folders of this one for as long as somebody holds what is returned.

        A folder is deleted when the last of its leases goes. Others than ours are let be.
        """
        ours = {folder for folder in folders if folder.parent == self.folder}
        with self._lock_of_leases:
            self._leases.update(ours)
        lease = Lease()
        finalize(lease, self._release, ours).atexit = False
        return lease

    def _release(self, folders: set[Path]) -> None:
        """May be called in any thread."""
        with self._lock_of_leases:
            self._leases.subtract(folders)
            unused = [folder for folder in folders if self._leases[folder] <= 0]
        for folder in unused if not self._ended else ():
            self.drop(folder)

    def drop(self, folder: Path) -> None:
        """Delete a job's folder; arrays still mapped stay readable where the system allows."""
        shutil.rmtree(folder, ignore_errors=True)

    def end(self) -> None:
        """Delete nothing any more: what is there is kept for the next run."""
        self._ended = True


class Scratch(Leases):
    """A folder of this process that goes with it.

    Folders of processes that died are swept away when a new one is made.
    """

    def __init__(self, base: Path | None = None) -> None:
        base = base or Path(tempfile.gettempdir())
        sweep(base)
        super().__init__(Path(tempfile.mkdtemp(prefix=PREFIX, dir=base)))
        self._lock = QLockFile(str(self.folder / "lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        self._lock.tryLock(0)

    def close(self) -> None:
        """Delete everything."""
        self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(base: Path) -> None:
    """Delete the scratch folders of processes that no longer run."""
    for folder in base.glob(f"{PREFIX}*"):
        lock_file = folder / "lock"
        if not is_file(lock_file):
            continue
        lock = QLockFile(str(lock_file))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):  # its owner died
            lock.unlock()
            shutil.rmtree(folder, ignore_errors=True)
