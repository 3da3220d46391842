"""Where sessions are kept: a folder each, locked while its window is open.

A session that ended, well or not, is there for the next start. What it does not name is deleted
when it is taken up again; of sessions that ended, the oldest go when all of them take more room
than they may.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from astroview.core.io.paths.plain_paths import is_file, is_there
from astroview.core.lazy_dataclass import dataclass
from astroview.ui.documents.saved_sessions import session_file
from astroview.ui.documents.saved_sessions.session_file import COPIES, NAME, KeptSession
from astroview.ui.process.scratch_folders import Leases

log = logging.getLogger(__name__)
RESULTS = "results"
BEGUN = "begun"  # a file that is there while a session is being taken up
DAY = 86_400.0  # seconds
MAX_ENDED = 12  # sessions that ended and are still to be had


@dataclass(frozen=True)
class EndedSession:
    """A session that no window has open: its folder, when it was written, and what it holds."""

    folder: Path
    kept: KeptSession

    @property
    def cut_short(self) -> bool:
        """Whether its window was not closed: the program or the machine stopped."""
        return not self.kept.closed

    @property
    def troubled(self) -> bool:
        """Whether taking it up did not end well before."""
        return is_there(self.folder / BEGUN)


class SessionStore(Leases):
    """The folder of this window's session, made when something is to be kept; and the others.

    As `Leases` it holds the arrays of results.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.base = base
        self._home: Path | None = None
        self._lock: QLockFile | None = None

    @property
    def home(self) -> Path:
        """Of this window's session, made at the first call."""
        if self._home is None:
            name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.urandom(3).hex()}"
            self._take(self.base / name)
        assert self._home is not None
        return self._home

    @property
    def folder(self) -> Path:
        """Where the arrays of results are."""
        return self.home / RESULTS

    @property
    def begun(self) -> bool:
        """Whether there is a folder at all."""
        return self._home is not None

    def _take(self, home: Path) -> bool:
        for folder in (home / RESULTS, home / COPIES):
            folder.mkdir(parents=True, exist_ok=True)
        lock = _lock_of(home)
        if not lock.tryLock(0):
            return False
        self._home, self._lock = home, lock
        return True

    # ---- sessions that ended -----------------------------------------------------------

    def ended(self) -> list[EndedSession]:
        """Sessions that can be taken up, the last one first."""
        found: list[EndedSession] = []
        for folder in _folders(self.base):
            if folder == self._home or _is_open(folder):
                continue
            try:
                kept = session_file.read(folder)
            except (OSError, ValueError) as problem:
                log.warning("the session in %s cannot be read: %s", folder, problem)
                continue
            if kept.documents:
                found.append(EndedSession(folder, kept))
        return sorted(found, key=lambda one: one.kept.saved_at, reverse=True)

    def take_up(self, session: EndedSession) -> bool:
        """Go on in the folder of a session that ended; False when another window was faster.

        Only while this one has no folder of its own.
        """
        if self._home is not None or not self._take(session.folder):
            return False
        self.prune(session.kept)
        (self.home / BEGUN).touch()
        return True

    def taken_up(self) -> None:
        """It ended well."""
        if self._home:
            (self._home / BEGUN).unlink(missing_ok=True)

    def take_over(self, session: EndedSession) -> KeptSession | None:
        """Bring the files of a session that ended into this one's folder; None when another
        window was faster. The other session goes.
        """
        lock = _lock_of(session.folder)
        if session.folder == self._home or not lock.tryLock(0):
            return None
        names = {name: _moved(Path(name), session.folder, self.home)
                 for name in session_file.own_names(session.kept)}  # fmt: skip
        kept = session_file.placed(session.kept, lambda name: str(names[name]))
        lock.unlock()
        shutil.rmtree(session.folder, ignore_errors=True)
        return kept

    # ---- room --------------------------------------------------------------------------

    def prune(self, kept: KeptSession) -> None:
        """Delete what a session does not stand on."""
        if self._home is None:
            return
        files = session_file.own_files(kept, self._home)
        wanted = {*files, *(file.parent for file in files)}
        for folder in _entries(self.folder):
            if folder not in wanted:
                self.drop(folder)
        for file in _entries(self._home / COPIES):
            if file not in wanted:
                with contextlib.suppress(OSError):
                    file.unlink()

    def make_room(self, limit: int) -> list[str]:
        """Delete the oldest sessions that ended until all take at most ``limit`` bytes.

        Returns the names of the frames whose results went.
        """
        ended, gone = self.ended(), list[str]()
        for folder in _entries(self.base):
            if not is_file(folder / NAME) and _age(folder) > DAY and not _is_open(folder):
                shutil.rmtree(folder, ignore_errors=True)  # of a window that ended before it wrote
        total = size_of(self.base)
        while ended and (total > limit or len(ended) > MAX_ENDED):
            oldest = ended.pop()
            lock = _lock_of(oldest.folder)
            if not lock.tryLock(0):
                continue
            total -= size_of(oldest.folder)
            gone += [d.name for d in oldest.kept.documents if d.results]
            lock.unlock()
            shutil.rmtree(oldest.folder, ignore_errors=True)
        return gone

    @property
    def size(self) -> int:
        """Bytes that this session takes."""
        return size_of(self._home) if self._home else 0

    def close(self, empty: bool) -> None:
        """Leave the session to the next start; an ``empty`` one goes."""
        self.end()
        if self._home is None or self._lock is None:
            return
        self._lock.unlock()
        if empty:
            shutil.rmtree(self._home, ignore_errors=True)


def _moved(path: Path, source: Path, target: Path) -> Path:
    """Where a file of a session is once it was moved to another one's folder."""
    if not path.is_relative_to(source):
        return path
    parts = path.relative_to(source).parts
    to = target.joinpath(parts[0], f"{source.name[-6:]}-{parts[1]}", *parts[2:])
    to.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        path.replace(to)
    return to


def _lock_of(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / "lock"))
    lock.setStaleLockTime(0)  # stale only when its process is gone
    return lock


def _is_open(folder: Path) -> bool:
    if not is_there(folder / "lock"):
        return False
    lock = _lock_of(folder)
    if lock.tryLock(0):
        lock.unlock()
        return False
    return True


def _folders(base: Path) -> list[Path]:
    return [folder for folder in _entries(base) if is_file(folder / NAME)]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _age(folder: Path) -> float:
    """Seconds since something changed in a folder."""
    try:
        return time.time() - folder.stat().st_mtime
    except OSError:
        return 0.0


def size_of(folder: Path) -> int:
    """Bytes of the files in a folder and below."""
    total = 0
    for root, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                total += (Path(root) / name).stat().st_size
    return total
