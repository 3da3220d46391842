"""Pictures by path, read beside the window's thread when they come into view, not kept long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
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
    ) -> None:
        super().__init__(parent)
        self._background, self._read = background, read
        self._most_bytes, self._most_wishes = most_bytes, wishes
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._bytes = 0
        self._wishes: OrderedDict[str, None] = OrderedDict()
        self._at_work = ""

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
        if path != self._at_work:
            self._wishes[path] = None
            self._wishes.move_to_end(path)
            while len(self._wishes) > self._most_wishes:
                self._wishes.popitem(last=False)
            self._next()
        return None

    def clear(self) -> None:
        """Forget all pictures: files may have changed."""
        self._kept.clear()
        self._wishes.clear()
        self._bytes = 0

    def _next(self) -> None:
        """Fulfil the latest wish."""
        if self._at_work or not self._wishes:
            return
        self._at_work, _ = self._wishes.popitem()
        path = self._at_work
        self._background.run(partial(self._read, path), partial(self._got, path), self._lost)

    def _lost(self, _error: AstroviewError) -> None:
        self._got(self._at_work, QImage())

    def _got(self, path: str, picture: QImage) -> None:
        self._kept[path] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        self._at_work = ""
        self.changed.emit()
        self._next()
