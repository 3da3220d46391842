"""Finds the files of a batch while others already work on the first of them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from astroview.batch.batch_state import BatchState
from astroview.batch.bounded_queue import BoundedQueue
from astroview.batch.output_names import Namer, Task, looks_like_result, task_id
from astroview.core.bands.band_sets import with_sets
from astroview.core.errors import UnreadableFrame
from astroview.core.io.paths.file_names import Words
from astroview.core.io.paths.find_frames import Filter, FoundFile, Unlisted, find
from astroview.core.io.paths.remote_paths import Place
from astroview.core.messages.batch_messages import LISTED_AT_MOST

FLUSH_S = 0.2  # files that were found are told no later


class Earlier:
    """Which files in the output folder are results, and so no inputs when it is searched."""

    def __init__(self, out: Place, targets: Iterable[str], words: Words) -> None:
        if isinstance(out, str):
            self._out = f"{out.rstrip('/')}/"
        else:
            self._out = os.path.join(os.path.realpath(out), "")  # noqa: PTH118
        self._targets = frozenset(targets)
        self._words = words

    def __call__(self, path: str) -> bool:
        if not path.startswith(self._out):
            return False
        below = path[len(self._out) :].replace(os.sep, "/")
        return below in self._targets or looks_like_result(Path(path).name, self._words)


class Lister:
    """Adds tasks to the board for paths, in a thread of its own (see `work`).

    Parameters
    ----------
    sets
        Where sets of bands are noted (see `core.bands.band_sets`); None: every file is for itself.
    """

    def __init__(
        self,
        paths: Sequence[Place],
        choice: Filter,
        namer: Namer,
        board: BatchState,
        earlier: Earlier,
        sets: Path | None = None,
    ) -> None:
        self._filter, self._namer, self._board = choice, namer, board
        self._earlier, self._sets = earlier, sets
        self._wanted: BoundedQueue[tuple[Place | FoundFile, ...]] = BoundedQueue(10_000)
        self._asked = 1  # without paths: wait for the first to be added
        self._idle = not paths
        if paths:
            self._wanted.put(tuple(paths))
        self._closed = False

    def hold(self) -> None:
        """Let the batch last, whatever was listed: others come."""
        self._asked += 1

    def add(self, paths: Sequence[Place | FoundFile]) -> bool:
        """List these as well; False when the batch has ended."""
        if not self._board.expect():
            return False
        self._asked += not self._idle
        self._idle = False
        return self._wanted.put(tuple(paths))

    def close(self) -> None:
        """List nothing more."""
        self._closed = True
        self._wanted.close(drop=True)

    def work(self) -> None:
        """List what is asked for until `close`."""
        while (paths := self._wanted.get()) is not None:
            try:
                self._list(paths)
            finally:
                self._asked -= 1
                self._board.add([], more=self._asked > 0)

    def _list(self, paths: Sequence[Place | FoundFile]) -> None:
        tasks: list[Task] = []
        told = time.monotonic()
        given = [path for path in paths if isinstance(path, FoundFile)]
        others = [path for path in paths if not isinstance(path, FoundFile)]
        listed = find(others, self._filter, [self._board.out], self._earlier)
        if self._sets is not None:
            listed = with_sets(listed, self._sets)
        for found in chain(given, listed):
            if self._closed:
                return
            if isinstance(found, Unlisted):
                task = Task(task_id("\0" + found.source), found.source, "", 0, 0)
                self._board.refuse(task, found.problem, found.hint)
                continue
            tasks.append(self._namer.task(found))
            # The first one is told at once, so that work on it begins.
            if len(tasks) >= LISTED_AT_MOST or time.monotonic() - told > FLUSH_S:
                self._board.add(tasks, more=True)
                tasks, told = [], time.monotonic()
        self._board.add(tasks, more=True)


def check_bands(
    paths: Sequence[Place], out: Place, *, watch: bool = False, cluster: bool = False
) -> None:
    """Refuse to compose bands where each would be taken for itself, or its set not be found.

    Raises
    ------
    UnreadableFrame
        Folders are watched; a path is a URL; a cluster is to see sets that lie on this machine.
    """
    if watch:
        raise UnreadableFrame(
            "Bands cannot be composed while folders are watched: more of a set may come",
            hint="Run the batch without --watch when all bands are there, or leave --bands off.",
        )
    if any(isinstance(path, str) for path in paths):
        raise UnreadableFrame(
            "Bands are composed only in folders of this machine",
            hint="Copy the frames here first, or leave --bands off.",
        )
    if cluster and isinstance(out, str):
        raise UnreadableFrame(
            "The machines of a cluster find sets of bands only in a folder that all share",
            hint="Name such a folder with --out, or leave --bands off.",
        )
