"""Saving in the background."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from astroview.core.colour.tone import Drawn
from astroview.core.frame import Frame
from astroview.core.io.fits.fits_choices import AS_MADE, FitsChoices
from astroview.core.texts import Text
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice


class Saver(QObject):
    """Saves one frame after the other and tells how it went."""

    notice = Signal(object)
    saved = Signal(object)  # Path

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(1, self)

    @property
    def busy(self) -> bool:
        return self._background.busy

    def save(
        self, frame: Frame, path: Path, stretch: Drawn, choices: FitsChoices = AS_MADE
    ) -> None:
        """Save as what the suffix says."""
        self.notice.emit(Notice(Text("Saving {name} …", name=path.name)))
        work = partial(_save, frame, path, stretch, choices)
        self._background.run(work, self._done, lambda e: self.notice.emit(Notice.of(e)))

    def close(self) -> None:
        """Let a save under way end."""
        self._background.close()

    def _done(self, path: Path) -> None:
        self.notice.emit(Notice.saved(path))
        self.saved.emit(path)


def _save(frame: Frame, path: Path, stretch: Drawn, choices: FitsChoices) -> Path:
    from astroview.core.io.save_file import save_frame  # its formats are slow to import

    return save_frame(frame, path, stretch, choices=choices)
