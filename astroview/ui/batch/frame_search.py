"""What would be enhanced: the frames in the files and folders that were dropped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.io.open_file import is_frame_file
from astroview.core.io.paths.find_frames import Filter, FoundFile, find
from astroview.core.io.paths.plain_paths import is_folder
from astroview.ui.process.thread_pool import Background

CHUNK = 500


def walk(paths: Sequence[str], recursive: bool, include: str) -> Iterator[str]:
    """Frames among files, and in folders those whose names fit: as the batch itself finds them."""
    wanted = Filter(recursive, tuple(include.split()))
    given = [Path(path) for path in paths]
    meant = [path for path in given if is_folder(path) or is_frame_file(path)]
    for found in find(meant, wanted):
        if isinstance(found, FoundFile):
            yield found.source


def pieces(found: Iterator[str]) -> Iterator[tuple[str, ...]]:
    """What is found, in tuples of at most `CHUNK`."""
    while piece := tuple(itertools.islice(found, CHUNK)):
        yield piece


class FrameSearch(QObject):
    """Walks in a background thread; one walk at a time, a new one replaces it.

    Signals
    -------
    found : paths, a tuple of at most `CHUNK`
    finished
    """

    found = Signal(object)
    finished = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._walk: Iterator[tuple[str, ...]] | None = None

    @property
    def busy(self) -> bool:
        return self._walk is not None

    def start(self, paths: Sequence[str], recursive: bool, include: str) -> None:
        """Look for frames; what was looked for before is dropped."""
        self._walk = pieces(walk(paths, recursive, include))
        self._next(self._walk)

    def stop(self) -> None:
        """Want no more of it."""
        self._walk = None

    def _next(self, walking: Iterator[tuple[str, ...]]) -> None:
        work = partial(next, walking, ())
        self._background.run(work, partial(self._got, walking), lambda _: self._got(walking, ()))

    def _got(self, walking: Iterator[tuple[str, ...]], piece: tuple[str, ...]) -> None:
        if walking is not self._walk:
            return
        if piece:
            self.found.emit(piece)
            self._next(walking)
        else:
            self._walk = None
            self.finished.emit()
