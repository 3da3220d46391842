"""A batch that is being put together: what was dropped, and the frames found in it."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.io.paths.plain_paths import is_folder
from astroview.core.settings import BatchSettings
from astroview.ui.batch.frame_search import FrameSearch
from astroview.ui.batch.queue_model import QueueModel, drafted
from astroview.ui.process.thread_pool import Background


class Draft(QObject):
    """Fills the queue with frames that are ready to be enhanced.

    Signals
    -------
    changed
        More frames were found, or the search is over.
    nothing : the paths in which there is no frame
    """

    changed = Signal()
    nothing = Signal(object)

    def __init__(self, model: QueueModel, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._listing = FrameSearch(background, self)
        self._listing.found.connect(self._found)
        self._listing.finished.connect(self._finished)
        self._waiting: deque[tuple[str, ...]] = deque()
        self._looked_in: tuple[str, ...] = ()
        self._count = 0
        self._choices = BatchSettings()
        self.roots: tuple[str, ...] = ()
        self.touched = False  # frames were taken out or put in another order

    @property
    def searching(self) -> bool:
        return self._listing.busy

    @property
    def paths(self) -> tuple[str, ...]:
        """What a batch is given: what was dropped, or each frame where that makes a difference."""
        return self._model.ids("ready") if self.touched else self.roots

    @property
    def suggestion(self) -> str:
        """An output folder beside what was dropped first."""
        if not self.roots:
            return ""
        first = Path(self.roots[0])
        return str(first.parent / (f"{first.name}_enhanced" if is_folder(first) else "enhanced"))

    @property
    def has_folder(self) -> bool:
        """Whether there is a folder that could be watched."""
        return any(is_folder(Path(root)) for root in self.roots)

    def add(self, paths: tuple[str, ...], choices: BatchSettings) -> None:
        """Look for frames in more files and folders."""
        fresh = tuple(dict.fromkeys(path for path in paths if path not in self.roots))
        self.roots += fresh
        self._choices = choices
        if fresh:
            self._waiting.append(fresh)
            self._next()

    def search_again(self, choices: BatchSettings) -> None:
        """Look for other frames in what was dropped."""
        roots = self.roots
        self.clear()
        self.add(roots, choices)

    def clear(self) -> None:
        """Forget everything."""
        self._listing.stop()
        self._waiting.clear()
        self.roots, self.touched = (), False
        self._model.clear()

    def _next(self) -> None:
        if self._listing.busy or not self._waiting:
            return
        self._looked_in, self._count = self._waiting.popleft(), 0
        self._listing.start(self._looked_in, self._choices.recursive, self._choices.include)
        self.changed.emit()

    def _found(self, paths: tuple[str, ...]) -> None:
        self._count += len(paths)
        self._model.add(drafted(path) for path in paths)
        self.changed.emit()

    def _finished(self) -> None:
        if self._count == 0:
            if not self._choices.watch:
                self.roots = tuple(root for root in self.roots if root not in self._looked_in)
            self.nothing.emit(self._looked_in)
        self._next()
        self.changed.emit()
