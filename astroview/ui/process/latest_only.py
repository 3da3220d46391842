"""One job at a time in the background; while it runs only the latest wish is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError
from astroview.ui.process.thread_pool import Background

Wish = tuple[Callable[[], Any], Callable[[Any], object]]


class Latest(QObject):
    """Wishes that replace each other.

    Signals
    -------
    failed : `AstroviewError` of a job
    """

    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._wish: Wish | None = None
        self._running: Callable[[Any], object] | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None

    def wish(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Do ``work`` in a thread once the job before has ended, unless another wish comes."""
        self._wish = (work, done)
        self._start()

    def drop(self) -> None:
        """No answer is wanted any more."""
        self._wish = None
        if self._running is not None:
            self._running = _nothing

    def _start(self) -> None:
        if self._running is not None or self._wish is None:
            return
        (work, done), self._wish = self._wish, None
        self._running = done
        self._background.run(work, self._done, self._failed)

    def _done(self, result: Any) -> None:
        done, self._running = self._running, None
        if done is not None:
            done(result)
        self._start()

    def _failed(self, error: AstroviewError) -> None:
        self._running = None
        self.failed.emit(error)
        self._start()


def _nothing(_: Any) -> None:
    """Takes an answer that is not wanted any more."""
