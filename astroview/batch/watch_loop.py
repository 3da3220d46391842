"""A batch that lasts: what is written into watched folders joins it when it is complete."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

from astroview.batch.batch_state import BatchState
from astroview.batch.folder_watcher import watch
from astroview.batch.lister import Earlier, Lister
from astroview.batch.output_names import task_id
from astroview.core.errors import UnreadableFrame
from astroview.core.io.paths.find_frames import Filter, FoundFile
from astroview.core.io.paths.remote_paths import Place


def folders_of(paths: Sequence[Place]) -> tuple[Path, ...]:
    """The folders among some paths, to be watched.

    Raises
    ------
    UnreadableFrame
        There is none, or one is elsewhere (a URL).
    """
    if any(isinstance(path, str) for path in paths):
        raise UnreadableFrame(
            "Only folders of this machine can be watched", hint="Leave URLs off, or --watch."
        )
    folders = tuple(path for path in paths if isinstance(path, Path) and path.is_dir())
    if not folders:
        raise UnreadableFrame("There is no folder to watch", hint="Name one; it may be empty.")
    return folders


class WatchLoop:
    """Hands the lister what comes into some folders, in a thread of its own (see `work`)."""

    def __init__(
        self,
        folders: Sequence[Path],
        choice: Filter,
        earlier: Earlier,
        lister: Lister,
        board: BatchState,
    ) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._board = board
        self._out = board.out if isinstance(board.out, str) else board.out.resolve()
        self._filter, self._earlier, self._lister = choice, earlier, lister
        self._stop = threading.Event()
        lister.hold()

    def close(self) -> None:
        """Watch no more."""
        self._stop.set()

    def work(self) -> None:
        """Watch until `close`."""
        recursive = self._filter.recursive
        for path in watch(self._folders, self._stop, recursive=recursive, ignore=self._ignore):
            try:
                state = path.stat()
            except OSError:
                continue
            below = self._below(path).parent.as_posix()
            below = "" if below == "." else below
            if not self._lister.add(
                [FoundFile(str(path), below, state.st_size, state.st_mtime_ns)]
            ):
                return

    def _below(self, path: Path) -> Path:
        return next(path.relative_to(f) for f in self._folders if path.is_relative_to(f))

    def _ignore(self, path: Path) -> bool:
        below = self._below(path).as_posix()
        return not self._filter.takes(path.name, below) or self._is_own(path)

    def _is_own(self, path: Path) -> bool:
        """Whether it is a result, of this run or of an earlier one."""
        out = self._out
        if isinstance(out, Path) and path.is_relative_to(out):
            target = path.relative_to(out).as_posix()
            if out not in self._folders or task_id(target) in self._board.entries:
                return True
        return self._earlier(os.path.realpath(path))
