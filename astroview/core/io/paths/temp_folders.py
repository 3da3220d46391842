"""Temporary folders that last as long as the process that made them, even where it is killed.

Each holds a lock that the system takes away with the process; so whoever finds the lock free
knows that nobody needs the folder any more. The locks are imported when the first is taken: a
window starts without.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TypeGuard

from astroview.core.io.paths.plain_paths import is_file

PREFIX = "astroview-"  # of all of them
LOCK = "held"  # in the folder
YOUNG_S = 60.0  # a folder may not be locked yet so soon


class HeldFolder:
    """A new temporary folder; `release` removes it."""

    def __init__(self, prefix: str) -> None:
        from filelock import FileLock

        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        self._lock = FileLock(self.path / LOCK, timeout=0)
        self._lock.acquire()

    def release(self) -> None:
        """Remove the folder with all that is in it."""
        self._lock.release(force=True)
        shutil.rmtree(self.path, ignore_errors=True)


def stays(path: Path | None) -> TypeGuard[Path]:
    """Whether there is a file, and it outlives the process that made it: it lies in no such
    folder.
    """
    if path is None:
        return False
    base = Path(tempfile.gettempdir())
    tops = (one for one in path.parents if one.parent == base and one.name.startswith(PREFIX))
    return not any(is_file(one / LOCK) for one in tops)


def sweep(prefix: str = PREFIX) -> None:
    """Remove the folders of that prefix whose processes are gone."""
    from filelock import FileLock, Timeout

    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        with suppress(OSError, Timeout):
            if is_file(folder / LOCK) and time.time() - folder.stat().st_mtime > YOUNG_S:
                with FileLock(folder / LOCK, timeout=0):
                    pass
                shutil.rmtree(folder, ignore_errors=True)
