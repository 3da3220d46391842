"""Pictures by path, read beside the window's thread when they come into view, not kept long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from astroview.core.errors import AstroviewError
from astroview.ui.process.thread_pool import Background


class PictureStore(QObject):
    """A bounded store of pictures.

    Parameters
    ----------
    read
        Gives the picture of a path, or a null one; called beside the window's thread.
    most_bytes
        Of pictures that are kept; the ones that were not looked at longest go first.
    wishes
        How many may wait; older ones have scrolled out of view.
    jobs
        How many are read at once.

    Signals
    -------
    changed
        A picture that was wished for is there.
    """

    changed = Signal()

    def __init__(
        self,
        background: Background,
        read: Callable[[str], QImage],
        most_bytes: int,
        wishes: int,
        parent: QObject | None = None,
        jobs: int = 1,
    ) -> None:
        super().__init__(parent)
        self._background, self._read, self._jobs = background, read, jobs
        self._most_bytes, self._most_wishes = most_bytes, wishes
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._bytes = 0
        self._wishes: OrderedDict[str, None] = OrderedDict()
        self._at_work: set[str] = set()

    @property
    def busy(self) -> bool:
        """Whether pictures are still to come."""
        return bool(self._at_work or self._wishes)

    def get(self, path: str) -> QImage | None:
        """The picture; None while it is not there (it is wished for then). May be null."""
        known = self._kept.get(path)
        if known is not None:
            self._kept.move_to_end(path)
            return known
        if path not in self._at_work:
            self._wishes[path] = None
            self._wishes.move_to_end(path)
            while len(self._wishes) > self._most_wishes:
                self._wishes.popitem(last=False)
            self._next()
        return None

    def known(self, path: str) -> QImage | None:
        """The picture; None while it is not there. Nothing is wished for."""
        found = self._kept.get(path)
        if found is not None:
            self._kept.move_to_end(path)
        return found

    def want(self, paths: Sequence[str]) -> None:
        """These are in view, the first matter most; nothing else is wished for any more."""
        new = [p for p in paths if p not in self._kept and p not in self._at_work]
        self._wishes = OrderedDict((path, None) for path in reversed(new[: self._most_wishes]))
        self._next()

    def clear(self) -> None:
        """Forget all pictures: files may have changed."""
        self._kept.clear()
        self._wishes.clear()
        self._bytes = 0

    def _next(self) -> None:
        """Fulfil the latest wishes."""
        while self._wishes and len(self._at_work) < self._jobs:
            path, _ = self._wishes.popitem()
            self._at_work.add(path)
            work, done = partial(self._read, path), partial(self._got, path)
            self._background.run(work, done, partial(self._lost, path))

    def _lost(self, path: str, _error: AstroviewError) -> None:
        self._got(path, QImage())

    def _got(self, path: str, picture: QImage) -> None:
        former = self._kept.pop(path, None)
        self._bytes += picture.sizeInBytes() - (former.sizeInBytes() if former else 0)
        self._kept[path] = picture
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        self._at_work.discard(path)
        self.changed.emit()
        self._next()
