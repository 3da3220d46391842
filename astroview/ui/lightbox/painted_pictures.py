"""Small pictures with painted colours, made by the worker one after the other, those in view first.

What was painted is kept in the cache, by the colorizer that painted it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from astroview.core.errors import AstroviewError
from astroview.core.lightbox.frame_cache import FileState, FrameCache
from astroview.core.messages import worker_messages
from astroview.core.options import EnhanceOptions
from astroview.ui.lightbox.tile_pictures import fitted, jpeg
from astroview.ui.process.thread_pool import Background
from astroview.ui.process.worker_client import Worker

KEPT_BYTES = 48_000_000
SIDE = 256  # of what is kept


class PaintedPictures(QObject):
    """Pictures by path; none is asked for until one `want`s it.

    Parameters
    ----------
    options
        What paints: the colorizer, the device.

    Signals
    -------
    changed
        A picture is there, or will not be.
    """

    changed = Signal()

    def __init__(
        self,
        worker: Worker,
        background: Background,
        cache: FrameCache,
        state_of: Callable[[str], FileState | None],
        options: Callable[[], EnhanceOptions],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._worker, self._background, self._cache = worker, background, cache
        self._state_of, self._options = state_of, options
        self.room = QSize(136, 104)
        self._kept: OrderedDict[str, QImage] = OrderedDict()
        self._bytes = 0
        self._wanted: list[str] = []
        self._looking = ""  # in the cache
        self._asked, self._path = "", ""  # of the worker
        worker.answered.connect(self._answered)

    @property
    def busy(self) -> bool:
        """Whether pictures are still to come."""
        return bool(self._looking or self._asked or self._wanted)

    def known(self, path: str) -> QImage | None:
        """The picture; None while it is not there, a null one when there will be none."""
        return self._kept.get(path)

    def want(self, paths: Sequence[str]) -> None:
        """These are in view, the first matter most; none for no more pictures."""
        self._wanted = [p for p in paths if p not in self._kept and p != self._path]
        self._next()

    def set_room(self, room: QSize) -> None:
        """Tiles have another size."""
        if room != self.room:
            self.room = room
            self.clear()

    def clear(self) -> None:
        """Forget all: another folder, another colorizer."""
        self._kept.clear()
        self._wanted = []
        self._bytes = 0

    def _kind(self) -> str:
        return f"painted by {self._options().colorizer or ''}"

    def _next(self) -> None:
        """Look for the next one in the cache first."""
        if self._looking or self._asked or not self._wanted:
            return
        path = self._looking = self._wanted.pop(0)
        work = partial(_cached, self._cache, self._state_of(path), self._kind(), self.room)
        self._background.run(work, partial(self._looked, path), partial(self._failed, path))

    def _looked(self, path: str, picture: QImage) -> None:
        self._looking = ""
        if not picture.isNull():
            self._keep(path, picture)
        else:
            self._path = path
            self._asked = self._worker.paint(path, self._options())

    def _answered(self, event: worker_messages.Event) -> None:
        if not self._asked or getattr(event, "id", "") != self._asked:
            return
        path = self._path
        if isinstance(event, worker_messages.Variation):
            rgb = np.load(event.file)
            work = partial(_put, self._cache, self._state_of(path), self._kind(), rgb, self.room)
            self._background.run(work, partial(self._keep, path), partial(self._failed, path))
            return
        self._asked, self._path = "", ""
        if not isinstance(event, worker_messages.Varied):
            self._keep(path, QImage())  # it has colours of its own, or cannot be read
        self._next()

    def _failed(self, path: str, _error: AstroviewError) -> None:
        self._looking = ""
        self._keep(path, QImage())

    def _keep(self, path: str, picture: QImage) -> None:
        self._kept[path] = picture
        self._bytes += picture.sizeInBytes()
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.sizeInBytes()
        self.changed.emit()
        self._next()


def _cached(cache: FrameCache, state: FileState | None, kind: str, room: QSize) -> QImage:
    data = cache.picture(state, kind) if state else None
    return fitted(data, room) if data else QImage()


def _put(
    cache: FrameCache, state: FileState | None, kind: str, rgb: np.ndarray, room: QSize
) -> QImage:
    picture = Image.fromarray(rgb)
    picture.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    data = jpeg(picture)
    if state:
        cache.put_picture(state, kind, data)
    return fitted(data, room)
