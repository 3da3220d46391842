"""Files on their way to the desk: one after the other, with progress, and stoppable."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import field
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.lazy_dataclass import dataclass
from astroview.core.memory_limits import TooLarge
from astroview.ui.documents import document
from astroview.ui.documents.document import LoadedFile
from astroview.ui.process.thread_pool import Background

TELL_EVERY_S = 0.1  # progress, at most so often
HOLD_MS = 1500  # a glimpse that is not painted by then is no reason to wait
Glimpse = Callable[[Path], LoadedFile | None]


@dataclass(eq=False)
class Batch:
    """Files asked for together: only the first one that opens is looked at."""

    fresh: bool = True

    def first(self) -> bool:
        """True for the first call."""
        fresh, self.fresh = self.fresh, False
        return fresh


@dataclass(frozen=True)
class LoadStanding:
    """How far opening is: the file being opened, ``done`` of ``of`` files, ``part`` of this one
    unpacked, or ``fetched`` from the network (None: it needs neither). ``back``: they are those of
    a session that is brought back.
    """

    name: str
    done: int
    of: int
    part: float | None = None
    fetched: bool = False
    back: bool = False


@dataclass(frozen=True, eq=False)
class _Wish:
    path: Path
    batch: Batch
    max_bytes: int | None = None


@dataclass(eq=False)
class _LoadReporter:
    """Passes progress on, and stops the work when asked to. Called in the working thread."""

    tell: object
    stop: Event = field(default_factory=Event)
    last: float = 0.0

    def __call__(self, done: int, of: int) -> None:
        if self.stop.is_set():
            raise Cancelled
        if monotonic() - self.last > TELL_EVERY_S and callable(self.tell):
            self.last = monotonic()
            self.tell(done / max(of, 1))


class FileLoader(QObject):
    """Opens files in the order they were asked for.

    Signals
    -------
    glimpsed : `LoadedFile` without header, or None: the file does not open after all
    loaded : (`LoadedFile`, `Batch`)
    failed : `AstroviewError`
    too_large : (path, `TooLarge`): whether it is to be opened nonetheless is asked
    standing : `LoadStanding`, or None: nothing is being opened
    """

    glimpsed = Signal(object)
    loaded = Signal(object, object)
    failed = Signal(object)
    too_large = Signal(object, object)
    standing = Signal(object)
    _unpacked = Signal(float)

    def __init__(self, background: Background, glimpse: Glimpse, parent: QObject) -> None:
        super().__init__(parent)
        self._background, self._glimpse = background, glimpse
        self._queue: deque[_Wish] = deque()
        self._now: _Wish | None = None
        self._held: _Wish | None = None
        self._teller = _LoadReporter(None)
        self._done, self._told = 0, 0.0
        self._hold = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._hold.timeout.connect(self.proceed)
        self._unpacked.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether files are still to be opened."""
        return self._now is not None

    def add(self, paths: Sequence[Path], batch: Batch, glimpse: bool) -> None:
        """Open files; ``glimpse`` at the first one, when nothing else is to be seen."""
        self._queue.extend(_Wish(path, batch) for path in paths)
        if self._now is None:
            self._next(glimpse)
        else:
            self._tell(None)

    def add_large(self, path: Path, max_bytes: int) -> None:
        """Open a file that may take so many bytes."""
        self._queue.append(_Wish(path, Batch(), max_bytes))
        if self._now is None:
            self._next()

    def proceed(self) -> None:
        """The glimpse is on screen: open the file properly."""
        held, self._held = self._held, None
        self._hold.stop()
        if held:
            self._load(held)

    def cancel(self) -> None:
        """Open no more files; the one under way is given up while it is being unpacked."""
        self._queue.clear()
        self._teller.stop.set()

    def _next(self, glimpse: bool = False) -> None:
        if not self._queue:
            self._now, self._done, self._told = None, 0, 0.0
            self.standing.emit(None)
            return
        wish = self._now = self._queue.popleft()
        self._tell(None)
        if glimpse:
            work = partial(self._glimpse, wish.path)
            self._background.run(work, partial(self._glimpsed, wish), self._failed)
        else:
            self._load(wish)

    def _glimpsed(self, wish: _Wish, loaded: LoadedFile | None) -> None:
        if loaded is None:
            self._load(wish)
            return
        self._held = wish
        self._hold.start()
        self.glimpsed.emit(loaded)

    def _load(self, wish: _Wish) -> None:
        self._teller = _LoadReporter(self._unpacked.emit)
        work = partial(_load, wish.path, self._teller, wish.max_bytes)
        self._background.run(work, partial(self._loaded, wish), self._failed)

    def _loaded(self, wish: _Wish, loaded: LoadedFile | None) -> None:
        self._done += 1
        if loaded:
            self.loaded.emit(loaded, wish.batch)
        else:
            self.glimpsed.emit(None)
        self._next()

    def _failed(self, error: AstroviewError) -> None:
        self._done += 1
        self.glimpsed.emit(None)
        if isinstance(error, TooLarge) and error.needs and self._now:
            self.too_large.emit(self._now.path, error)
        else:
            self.failed.emit(error)
        self._next()

    def _tell(self, part: float | None) -> None:
        if self._now and monotonic() - self._told > TELL_EVERY_S:
            self._told = monotonic()
            of = self._done + 1 + len(self._queue)
            self.standing.emit(LoadStanding(self._now.path.name, self._done, of, part))


def _load(path: Path, progress: _LoadReporter, max_bytes: int | None) -> LoadedFile | None:
    try:
        return document.load(path, progress=progress, max_bytes=max_bytes)
    except Cancelled:
        return None
