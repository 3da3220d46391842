"""The pictures of a run, read beside the window's thread and not kept long."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from astroview.core.errors import AstroviewError
from astroview.ui.background import Background

KEPT_BYTES = 96_000_000
WISHES = 64  # that wait; older ones are not looked at any more
LARGEST = 2048  # pixels of a side; larger pictures are reduced


class Pictures(QObject):
    """A bounded store of pictures by path.

    Signals
    -------
    changed
        A picture that was wished for is there.
    """

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
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
            while len(self._wishes) > WISHES:
                self._wishes.popitem(last=False)
            self._next()
        return None

    def _next(self) -> None:
        if self._at_work or not self._wishes:
            return
        self._at_work, _ = self._wishes.popitem()
        path = self._at_work
        self._background.run(partial(read, path), partial(self._got, path), self._lost)

    def _lost(self, _error: AstroviewError) -> None:
        self._got(self._at_work, QImage())

    def _got(self, path: str, picture: QImage) -> None:
        self._kept[path] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        self._at_work = ""
        self.changed.emit()
        self._next()


def read(path: str) -> QImage:
    """A picture as it is, or reduced when it is very large; null when it cannot be read."""
    reader = QImageReader(path)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        factor = LARGEST / max(size.width(), size.height())
        reader.setScaledSize(size * factor)
    return reader.read()
