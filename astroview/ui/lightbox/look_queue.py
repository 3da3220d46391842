"""Files that are to be looked at, by a process beside the window: those in view first.

A few are asked for at a time, so that what comes into view waits for no more than these. What was
found out goes into the cache; a file that ends the process is asked for alone, and then left out.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from astroview.core.errors import AstroviewError
from astroview.core.lightbox.frame_cache import FileKnowledge, FileState, FrameCache
from astroview.core.lightbox.frame_facts import FrameFacts
from astroview.core.lightbox.frame_quality import FrameQuality
from astroview.core.lightbox.look_at import SeenFile
from astroview.core.messages import worker_messages
from astroview.ui.i18n.translate import noted
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Worker

AT_ONCE = 24
MEASURED_AT_ONCE = 8
ENDED_IT = noted("Reading it ended the program that reads; it may be damaged")


class LookQueue(QObject):
    """One request at a time.

    Parameters
    ----------
    worker
        A process of its own: it is at work for hours, where the one that enhances is not.
    is_known
        Whether a file was looked at already (path, measured).

    Signals
    -------
    seen : tuple of `SeenFile`
    progressed : (done, of, measured) of what was asked for as a whole
    ended : what was asked for as a whole is there, or was cancelled
    """

    seen = Signal(object)
    progressed = Signal(int, int, bool)
    ended = Signal()

    def __init__(
        self,
        worker: Worker,
        background: Background,
        cache: FrameCache,
        is_known: Callable[[str, bool], bool],
        state_of: Callable[[str], FileState | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._worker, self._background, self._cache = worker, background, cache
        self._is_known, self._state_of = is_known, state_of
        self._front: list[str] = []  # in view
        self._all: deque[str] = deque()  # asked for as a whole
        self._measure = False
        self._done = self._of = 0
        self._began = 0.0
        self._asked = ""
        self._files: list[str] = []
        self._measuring = self._of_all = False  # the request that is out
        self._suspects: deque[str] = deque()  # of which one ended the process
        worker.answered.connect(self._answered)

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return bool(self._asked or self._front or self._all or self._suspects)

    @property
    def whole(self) -> bool:
        """Whether something was asked for as a whole and is not there yet."""
        return bool(self._of)

    @property
    def left_s(self) -> float | None:
        """Seconds until all is there; None until it can be told."""
        took = time.monotonic() - self._began
        return took / self._done * (self._of - self._done) if self._done > 20 else None

    def want(self, paths: Sequence[str]) -> None:
        """These are in view."""
        self._front = [path for path in paths if not self._is_known(path, False)]  # noqa: FBT003
        self._next()

    def look_at_all(self, paths: Sequence[str], measure: bool) -> None:
        """Look at all of these, with progress; what is known is not looked at again."""
        self._all = deque(path for path in paths if not self._is_known(path, measure))
        self._measure, self._done, self._of = measure, 0, len(self._all)
        self._began = time.monotonic()
        if self._of:
            self.progressed.emit(0, self._of, measure)
            self._next()
        else:
            self.ended.emit()

    def cancel(self) -> None:
        """Look at no more than what is in view."""
        if self._of:
            self._all.clear()
            self._of = self._done = 0
            self.ended.emit()

    def clear(self) -> None:
        """Another folder."""
        self._front = []
        self._suspects.clear()
        if self._asked:
            self._worker.forget(self._asked)
            self._asked = ""
        self.cancel()

    def _next(self) -> None:
        if self._asked:
            return
        if self._suspects:
            self._ask([self._suspects.popleft()], self._measuring, self._of_all)
        elif self._front:
            front, self._front = self._front[:AT_ONCE], self._front[AT_ONCE:]
            self._ask(front, measure=False, of_all=False)
        elif self._all:
            most = min(MEASURED_AT_ONCE if self._measure else AT_ONCE, len(self._all))
            some = [self._all.popleft() for _ in range(most)]
            self._ask(some, self._measure, of_all=True)

    def _ask(self, paths: Sequence[str], measure: bool, of_all: bool) -> None:
        new = tuple(path for path in paths if not self._is_known(path, measure))
        self._of_all = of_all
        self._count(len(paths) - len(new))
        if not new:
            self._next()
            return
        self._files, self._measuring = list(new), measure
        self._asked = self._worker.look_at(new, measure)

    def _answered(self, event: worker_messages.Event) -> None:
        if not self._asked or getattr(event, "id", "") != self._asked:
            return
        self._asked = ""
        if isinstance(event, worker_messages.LookedAt):
            self._take(event.found)
        elif len(self._files) > 1:
            self._suspects.extend(self._files)
        else:
            facts, state = FrameFacts(problem=ENDED_IT), self._state_of(self._files[0])
            if state:  # not kept: it may be another program's fault
                place = (state.path, state.size, state.mtime_ns)
                self._tell((SeenFile(*place, facts, FrameQuality()),))
        self._next()

    def _take(self, found: tuple[SeenFile, ...]) -> None:
        keep = [
            (FileState(s.path, s.size, s.mtime_ns), FileKnowledge(s.facts, s.quality))
            for s in found
        ]
        self._background.run(partial(self._cache.put, keep), _nothing, _failed)
        self._tell(found)

    def _tell(self, found: tuple[SeenFile, ...]) -> None:
        self.seen.emit(found)
        self._count(len(found))

    def _count(self, number: int) -> None:
        if not self._of or not number or not self._of_all:
            return
        self._done = min(self._done + number, self._of)
        self.progressed.emit(self._done, self._of, self._measure)
        if not self._all and not self._suspects:
            self._of = self._done = 0
            self.ended.emit()


def _nothing(_: object) -> None:
    """What is kept is kept."""


def _failed(_: AstroviewError) -> None:
    """The log has it."""
