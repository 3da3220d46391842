"""Small pictures of frames, read in the background when a row comes into view, and not kept long.

A key is the path of a picture that the batch wrote, or of a frame.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from astroview.core.bad_pixels.frame_noise import opening_stretch
from astroview.core.io import open_file
from astroview.ui.documents.document import THUMBNAIL, thumbnail
from astroview.ui.process.thread_pool import Background
from astroview.ui.widgets.picture_store import PictureStore

KEPT_BYTES = 22_000_000  # six hundred pictures
WISHES = 40
LARGEST = 64_000_000  # bytes of a frame that is opened for a thumbnail


class Thumbnails(PictureStore):
    """A bounded store of small pictures by path."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(background, load, KEPT_BYTES, WISHES, parent)


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
    frame = open_file.open_frame(Path(path))
    return thumbnail(frame, opening_stretch(frame))


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
