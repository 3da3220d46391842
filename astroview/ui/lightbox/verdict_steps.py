"""What the user says of frames: written at once beside the window, and undone with other steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from threading import Lock

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from astroview.core.errors import AstroviewError
from astroview.core.lightbox.verdicts import FrameVerdict, VerdictBook
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice

Verdicts = Mapping[str, FrameVerdict]


class VerdictSteps(QObject):
    """Keeps verdicts in the book, and steps in the window's history.

    Signals
    -------
    said : verdicts by path, to be shown
    notice : `Notice`
    """

    said = Signal(object)
    notice = Signal(object)

    def __init__(self, book: VerdictBook, undo: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._undo = book, undo
        self._background = Background(1, self)
        self._waiting: dict[str, FrameVerdict] = {}
        self._lock = Lock()

    def say(self, before: Verdicts, after: Verdicts, words: str) -> None:
        """A step: these verdicts are others now."""
        if dict(before) != dict(after):
            self._undo.push(VerdictStep(words, before, after, self.put))

    def put(self, verdicts: Verdicts) -> None:
        """Show verdicts, and write them soon."""
        with self._lock:
            self._waiting.update(verdicts)
        self.said.emit(verdicts)
        self._background.run(self._write, lambda _: None, self._failed)

    @property
    def busy(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._background.busy

    def close(self) -> None:
        """Write what is not written yet."""
        self._background.close()
        try:
            self._write()
        except AstroviewError:
            return  # it was told when it was said

    def _write(self) -> None:
        with self._lock:
            verdicts, self._waiting = self._waiting, {}
        if verdicts:
            self._book.put(verdicts)

    def _failed(self, error: AstroviewError) -> None:
        self.notice.emit(Notice.of(error))


class VerdictStep(QUndoCommand):
    """Some verdicts, and those before them."""

    def __init__(
        self, words: str, before: Verdicts, after: Verdicts, put: Callable[[Verdicts], None]
    ) -> None:
        super().__init__(words)
        self._back, self._forth = partial(put, before), partial(put, after)

    def undo(self) -> None:
        self._back()

    def redo(self) -> None:
        self._forth()
