"""A watch folder: frames as an instrument writes them, each when it is complete.

The system tells of changes at once (watchfiles), where it can; network disks do not tell of what
other machines write, so that the folders are looked through every now and then as well. An event
only says where to look: what counts is the state of the file.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from astroview.core.errors import UnreadableFrame
from astroview.core.io.open_file import check_all_there, is_frame_file
from astroview.core.io.paths.find_frames import frames_in
from astroview.core.texts import Text

SETTLE_S = 2.0  # size and time of a file must stay the same for so long
PATIENCE_S = 60.0  # a file that cannot be opened is taken for broken after so long
OLD_S = 60.0  # what was last written so long ago has settled, even if clocks differ somewhat
TICK_S = 0.5
LOOK_S, LOOK_REMOTE_S = 60.0, 5.0  # between two looks at whole folders
LOOK_SHARE = 0.05  # of the time, at most, goes into looking
_REMOTE = ("nfs", "cifs", "smb", "afs", "9p", "ceph", "lustre", "gpfs", "beegfs", "fuse", "pvfs")


@dataclass(frozen=True)
class Stamp:
    """What changes whenever a file is written to or replaced."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def was_put_there(self) -> bool:
        """Whether the last thing that happened was no write: a rename into place, or a copy
        that ended by setting the times. On Windows this cannot be told.
        """
        return os.name != "nt" and self.ctime_ns > self.mtime_ns


def watch(
    folders: Sequence[Path],
    stop: Event,
    *,
    recursive: bool = True,
    settle_s: float = SETTLE_S,
    patience_s: float = PATIENCE_S,
    ignore: Callable[[Path], bool] | None = None,
) -> Iterator[Path]:
    """Yield the frame files of some folders: those that are there, then those that come.

    A file is yielded when it is complete: its size and time have stayed the same for `settle_s`,
    or it was renamed into place, and it can be opened and holds all that its headers promise. A
    file that stays broken for `patience_s` is yielded too, so that it fails with its reason. One
    that changes later is yielded again. Hidden files and folders are left out, and whatever
    `ignore` says, such as a batch's own results. Paths are absolute, symbolic links resolved in
    what is above the watched folders.

    Waits between files; ends when `stop` is set.

    Raises
    ------
    UnreadableFrame
        One of the folders does not exist.
    """
    for folder in folders:
        if not folder.is_dir():
            raise UnreadableFrame(
                Text("There is no folder {folder} to watch", folder=folder), hint="Make it first."
            )
    folders = [folder.resolve() for folder in folders]
    waiting = _Waiting(settle_s, patience_s)
    every = LOOK_REMOTE_S if any(map(is_remote, folders)) else LOOK_S
    look_at = 0.0  # the first tick comes when changes are already being told
    for changed in _ticks(folders, stop, recursive):
        began = time.monotonic()
        due = began >= look_at
        for path in _frames([*changed, *folders] if due else changed, folders, recursive):
            if not (ignore and ignore(path)):
                waiting.look(path)
        if due:
            now = time.monotonic()
            look_at = now + max(every, (now - began) / LOOK_SHARE)
        yield from waiting.complete(stop)


@dataclass(frozen=True)
class _SeenFile:
    """A file that is waited for: how it is, since when, and how often it was found broken so."""

    stamp: Stamp
    since: float
    refused: int = 0

    @property
    def calm_s(self) -> float:
        return time.monotonic() - self.since


class _Waiting:
    """Files that were seen, until they are complete; and how those were that were yielded."""

    def __init__(self, settle_s: float, patience_s: float) -> None:
        self._settle_s = settle_s
        self._patience_s = patience_s
        self._seen: dict[Path, _SeenFile] = {}
        self._given: dict[Path, Stamp] = {}

    def look(self, path: Path) -> None:
        """Note how a file is now."""
        stamp = _stamp(path)
        if stamp is None:
            self._seen.pop(path, None)
        elif self._given.get(path) != stamp and not self._knows(path, stamp):
            old = time.time() - stamp.mtime_ns / 1e9 > OLD_S
            self._seen[path] = _SeenFile(stamp, time.monotonic() - (self._settle_s if old else 0.0))

    def _knows(self, path: Path, stamp: Stamp) -> bool:
        return path in self._seen and self._seen[path].stamp == stamp

    def complete(self, stop: Event) -> Iterator[Path]:
        """The files that are complete by now, each once."""
        for path in list(self._seen):
            if stop.is_set():
                return
            self.look(path)  # it may have gone or grown
            if path in self._seen and self._is_complete(path):
                self._given[path] = self._seen.pop(path).stamp
                yield path

    def _is_complete(self, path: Path) -> bool:
        seen = self._seen[path]
        if seen.calm_s >= self._patience_s:
            return True  # complete or not
        settled = seen.calm_s >= self._settle_s
        tries = 2 if settled else int(seen.stamp.was_put_there)
        if seen.stamp.size == 0 or seen.refused >= tries:
            return False
        try:
            check_all_there(path)
        except UnreadableFrame:
            self._seen[path] = replace(seen, refused=2 if settled else 1)
            return False
        return _stamp(path) == seen.stamp


def _stamp(path: Path) -> Stamp | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return Stamp(state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def _ticks(folders: Sequence[Path], stop: Event, recursive: bool) -> Iterator[list[Path]]:
    """Paths that changed, every `TICK_S` at the latest; empty lists where nobody tells."""
    import watchfiles

    try:
        for changes in watchfiles.watch(
            *folders,
            watch_filter=None,
            stop_event=stop,
            debounce=200,
            rust_timeout=int(1000 * TICK_S),
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
        ):
            yield [Path(path) for _, path in changes]
    except (OSError, RuntimeError):  # the system watches no more folders, or none of this kind
        while not stop.wait(TICK_S):
            yield []


def _frames(paths: Iterable[Path], folders: Sequence[Path], recursive: bool) -> Iterator[Path]:
    """The visible frame files among some paths, and in the folders among them."""
    for path in paths:
        if path.is_dir():
            if not _is_hidden(path, folders) and (recursive or path in folders):
                yield from frames_in(path, recursive)
        elif is_frame_file(path) and not _is_hidden(path, folders):
            yield path


def _is_hidden(path: Path, folders: Sequence[Path]) -> bool:
    """Whether a part of the path below a watched folder begins with a dot."""
    below = (path.relative_to(f) for f in folders if path.is_relative_to(f))
    return all(any(part[0] == "." for part in rest.parts) for rest in below)


def is_remote(folder: Path) -> bool:
    """Whether a folder is on a network disk, as far as the system tells."""
    place = str(folder.resolve())
    if place.startswith("\\\\"):
        return True
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    best, kind = "", ""
    for line in mounts.splitlines():
        point, found = line.split(" ")[1:3]
        point = point.encode().decode("unicode_escape")  # blanks are written as \040
        if len(point) >= len(best) and Path(place).is_relative_to(point):
            best, kind = point, found
    return kind.startswith(_REMOTE)
