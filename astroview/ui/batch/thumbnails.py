"""Small pictures of frames, read in the background when a row comes into view, and not kept long.

A key is the path of a picture that the batch wrote, or of a frame.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from astroview.core import files, stretch
from astroview.ui.background import Background
from astroview.ui.documents import THUMBNAIL, thumbnail

KEPT = 600  # pictures, about 36 kB each
WISHES = 40  # that wait; older ones have scrolled out of view
LARGEST = 64_000_000  # bytes of a frame that is opened for a thumbnail


class Thumbnails(QObject):
    """A bounded store of pictures.

    Signals
    -------
    changed
        A picture that was wished for is there.
    """

    changed = Signal()

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._pictures: OrderedDict[str, QImage] = OrderedDict()
        self._wishes: OrderedDict[str, None] = OrderedDict()
        self._at_work = ""

    def picture(self, path: str) -> QImage | None:
        """The picture; None while it is not there (it is wished for then). May be null."""
        known = self._pictures.get(path)
        if known is not None:
            self._pictures.move_to_end(path)
            return known
        if path != self._at_work:
            self._wishes[path] = None
            self._wishes.move_to_end(path)
            while len(self._wishes) > WISHES:
                self._wishes.popitem(last=False)
            self._next()
        return None

    def clear(self) -> None:
        """Forget all pictures: files may have changed."""
        self._pictures.clear()
        self._wishes.clear()

    def _next(self) -> None:
        """Fulfil the latest wish."""
        if self._at_work or not self._wishes:
            return
        self._at_work, _ = self._wishes.popitem()
        missing = partial(self._got, QImage())
        self._background.run(partial(load, self._at_work), self._got, lambda _error: missing())

    def _got(self, picture: QImage) -> None:
        self._pictures[self._at_work] = picture
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self._at_work = ""
        self.changed.emit()
        self._next()


def load(path: str) -> QImage:
    """A square thumbnail of a picture or frame; null when there is none to be had.

    Raises
    ------
    UnreadableFrame
        The file is no frame.
    """
    if path.lower().endswith(".png"):
        picture = _scaled(path)
        if not picture.isNull():
            return picture
    try:
        if Path(path).stat().st_size > LARGEST:
            return QImage()
    except OSError:
        return QImage()
    frame = files.open_frame(Path(path))
    return thumbnail(frame, stretch.auto_stretch(frame))


def _scaled(path: str) -> QImage:
    reader = QImageReader(path)
    size = reader.size()
    if not size.isValid():
        return QImage()
    square = QSize(THUMBNAIL, THUMBNAIL)
    grown = size.scaled(square, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(grown)
    cut = QRect((grown.width() - THUMBNAIL) // 2, (grown.height() - THUMBNAIL) // 2, 0, 0)
    cut.setSize(square)
    reader.setScaledClipRect(cut)
    return reader.read()
