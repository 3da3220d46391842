"""Small pictures of frames: from the cache, else made of the file, beside the window."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from astroview.core.errors import AstroviewError, UnreadableFrame
from astroview.core.lightbox.frame_cache import FileState, FrameCache
from astroview.ui.process.thread_pool import Background
from astroview.ui.widgets.picture_store import PictureStore

KEPT_BYTES = 96_000_000
WISHES = 400
JOBS = 2
PLAIN = "plain"  # kind of the pictures of the file itself
QUALITY = 88  # of JPEG
LARGEST = 2_000_000_000  # bytes of a file that is opened for a small picture


class TilePictures(PictureStore):
    """Pictures by path, as large as a tile shows them.

    `problems` says of which files there is none, and why.
    """

    def __init__(
        self,
        background: Background,
        cache: FrameCache,
        state_of: Callable[[str], FileState | None],
        parent: QObject,
    ) -> None:
        super().__init__(background, self._picture, KEPT_BYTES, WISHES, parent, JOBS)
        self._cache, self._state_of = cache, state_of
        self.room = QSize(136, 104)  # device pixels
        self.problems: dict[str, str] = {}

    def set_room(self, room: QSize) -> None:
        """Tiles have another size."""
        if room != self.room:
            self.room = room
            self.clear()

    def _picture(self, path: str) -> QImage:
        state = self._state_of(path)
        if state is None:
            return QImage()
        data = self._cache.picture(state, PLAIN)
        if data is None:
            try:
                data = picture_of(path, state.size)
            except AstroviewError as problem:
                self.problems[path] = problem.message
                return QImage()
            self._cache.put_picture(state, PLAIN, data)
        return fitted(data, self.room)


def picture_of(path: str, size: int) -> bytes:
    """A JPEG of a frame as it opens, at most 256 pixels wide and high.

    Raises
    ------
    UnreadableFrame
        The file is no frame, or very large.
    """
    from astroview.core.bad_pixels.frame_noise import opening_stretch
    from astroview.core.io.fits.fast_fits import glimpse
    from astroview.core.io.open_file import open_frame
    from astroview.core.io.thumbnails import thumbnail

    if size > LARGEST:
        raise UnreadableFrame("Too large for a small picture", hint="Open it in View.")
    place = Path(path)
    frame = glimpse(place) or open_frame(place)
    return jpeg(thumbnail(frame, opening_stretch(frame)))


def jpeg(picture: Any) -> bytes:
    """A PIL picture as JPEG."""
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def fitted(data: bytes, room: QSize) -> QImage:
    """A picture that fits into a room of device pixels; never enlarged more than twice."""
    picture = QImage.fromData(data)
    if picture.isNull():
        return picture
    size = picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    mode = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return picture.scaled(size.expandedTo(QSize(1, 1)), *mode).convertToFormat(
        QImage.Format.Format_RGB32
    )
