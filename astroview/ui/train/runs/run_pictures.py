"""The pictures of a run: read as they are, or reduced when they are very large."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QImageReader

from astroview.ui.process.thread_pool import Background
from astroview.ui.widgets.picture_store import PictureStore

KEPT_BYTES = 96_000_000
WISHES = 64
LARGEST = 2048  # pixels of a side; larger pictures are reduced


class RunPictures(PictureStore):
    """A bounded store of pictures by path."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, read, KEPT_BYTES, WISHES, parent)


def read(path: str) -> QImage:
    """A picture as it is, or reduced when it is very large; null when it cannot be read."""
    reader = QImageReader(path)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        factor = LARGEST / max(size.width(), size.height())
        reader.setScaledSize(size * factor)
    return reader.read()
