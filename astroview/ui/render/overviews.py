"""Builds the overview levels of large frames in the background, one frame at a time."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from itertools import count
from pathlib import Path
from weakref import WeakKeyDictionary, finalize

from PySide6.QtCore import QObject, QTimer, Signal

from astroview.core.errors import AstroviewError, Cancelled
from astroview.core.frame import Frame
from astroview.core.io import pyramid
from astroview.ui.process.thread_pool import Background
from astroview.ui.render.sampling import Overviews

log = logging.getLogger(__name__)
PAUSE_MS = 100  # the first picture is painted before the building begins
SPARE = 2**30  # bytes of the scratch disk that are left to others


class OverviewBuilder(QObject):
    """Keeps the levels of the frames looked at, as long as anyone keeps the frame.

    Parameters
    ----------
    new_folder
        Makes the empty scratch folder of that name.
    """

    built = Signal(object, object)  # Frame, Overviews

    def __init__(self, new_folder: Callable[[str], Path], parent: QObject) -> None:
        super().__init__(parent)
        self._new_folder = new_folder
        self._background = Background(1, self)
        self._known: WeakKeyDictionary[Frame, Overviews] = WeakKeyDictionary()
        self._names = count(1)
        self._wanted: list[Frame] = []
        self._building: _Stop | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether levels are still to be built."""
        return self._building is not None or bool(self._wanted)

    def want(self, frames: Iterable[Frame]) -> None:
        """Build for these frames, where they are large; stop building for others."""
        large = [frame for frame in frames if pyramid.worth_it(frame.shape)]
        for frame in large:
            if frame in self._known:
                self.built.emit(frame, self._known[frame])
        now = self._building
        if now and now.frame not in large:
            now.stopped = True
        self._wanted = [f for f in large if f not in self._known and not (now and now.frame is f)]
        if self._wanted and not now:
            self._pause.start()

    def close(self) -> None:
        """Stop; nothing is delivered any more."""
        self._wanted = []
        if self._building:
            self._building.stopped = True
        self._background.close()

    def _start(self) -> None:
        if self._building or not self._wanted:
            return
        frame = self._wanted.pop(0)
        folder = self._new_folder(f"overview-{next(self._names)}")
        finalize(frame, shutil.rmtree, folder, ignore_errors=True)
        stop = self._building = _Stop(frame)
        self._background.run(
            partial(_build, frame, folder, stop), partial(self._done, frame), self._failed
        )

    def _done(self, frame: Frame, made: Overviews | None) -> None:
        self._building = None
        if made:
            self._known[frame] = made
            self.built.emit(frame, made)
        self._start()

    def _failed(self, error: AstroviewError) -> None:
        """The sparse picture stays; a file that is gone is told by whoever shows it."""
        log.warning("no overview: %s", error.message)
        self._building = None
        self._start()


class _Stop:
    """Ends a build at its next step."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.stopped = False

    def __call__(self, done: int, of: int) -> None:
        if self.stopped:
            raise Cancelled


def _build(frame: Frame, folder: Path, stop: _Stop) -> Overviews | None:
    if frame.preview > 1:
        return Overviews(pyramid.of_preview(frame.source, frame.shape, frame.preview))
    samples = frame.shape[0] * frame.shape[1] * (frame.channels + (2 if frame.chroma else 0))
    if shutil.disk_usage(folder).free < samples // 3 + SPARE:
        log.warning("no room for the overview of %s", frame.name)
        return None
    try:
        chroma = None
        if frame.chroma:
            painted = folder / "chroma"
            painted.mkdir()
            chroma = pyramid.build(frame.chroma, frame.shape, painted, stop)
        return Overviews(pyramid.build(frame.source, frame.shape, folder, stop), chroma)
    except Cancelled:
        return None
