"""What leaves the Lightbox: lists, copies of files, frames for Batch and Train."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from astroview.core.errors import AstroviewError
from astroview.core.lightbox.frame_list import Copied, copy_files, frame_table
from astroview.core.lightbox.frame_query import FrameRow
from astroview.ui.i18n.translate import tr, tr_counted
from astroview.ui.process.thread_pool import Background
from astroview.ui.shell.notice import Notice

FILTERS = "ECSV (*.ecsv);;CSV (*.csv)"


class LeavingFrames(QObject):
    """Asks where to, and writes beside the window.

    Signals
    -------
    notice : `Notice`
    progressed : (done, of) of copies; of is 0 when they have ended
    """

    notice = Signal(object)
    progressed = Signal(int, int)

    def __init__(self, window: QWidget, chosen: Callable[[], list[FrameRow]]) -> None:
        super().__init__(window)
        self._window, self._chosen = window, chosen
        self._background = Background(1, self)
        self._stop = Event()

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._background.busy

    def choose_list(self, folder: str) -> None:
        """Ask for the file of a list, and write it."""
        title = tr_counted(
            "Export a list of {count} frame",
            "Export a list of {count:,} frames",
            len(self._chosen()),
        )
        name, _ = QFileDialog.getSaveFileName(
            self._window, title, str(Path(folder) / "frames.ecsv"), FILTERS
        )
        if name:
            self.write_list(Path(name))

    def write_list(self, path: Path) -> None:
        """Write what is known of the selected frames, or of all on show."""
        path = path if path.suffix else path.with_suffix(".ecsv")
        rows = self._chosen()
        words = tr_counted(
            "Saved {name} with {count} frame.",
            "Saved {name} with {count:,} frames.",
            len(rows),
            name=path.name,
        )
        told = Notice.saved(path, words)
        self._background.run(
            partial(_write, path, rows), lambda _: self.notice.emit(told), self._tell
        )

    def choose_folder(self, folder: str) -> None:
        """Ask where copies go, and make them."""
        title = tr_counted(
            "A folder for the copy of {count} frame",
            "A folder for the copies of {count:,} frames",
            len(self._chosen()),
        )
        name = QFileDialog.getExistingDirectory(self._window, title, folder)
        if name:
            self.copy_to(Path(name))

    def copy_to(self, folder: Path) -> None:
        """Copy the selected files, or all on show, into a folder."""
        paths = [row.path for row in self._chosen()]
        self._stop.clear()
        work = partial(copy_files, paths, folder, self._told)
        self._background.run(work, partial(self._copied, folder), self._tell)

    def cancel(self) -> None:
        """Copy no more; what is copied stays."""
        self._stop.set()

    def close(self) -> None:
        """End what runs."""
        self.cancel()
        self._background.close()

    def _told(self, done: int, of: int) -> None:
        """Called beside the window."""
        if self._stop.is_set():
            raise AstroviewError(
                tr("{done:,} of {of:,} files were copied.", done=done, of=of), tr("It was stopped.")
            )
        self.progressed.emit(done, of)

    def _copied(self, folder: Path, copied: Copied) -> None:
        self.progressed.emit(0, 0)
        told = tr_counted(
            "{count} file was copied to {name}.",
            "{count:,} files were copied to {name}.",
            copied.done,
            name=folder.name,
        )
        if not copied.failed:
            self.notice.emit(Notice(told, "", "done"))
            return
        path, reason = copied.failed[0]
        failed = tr(
            "{count:,} could not be copied, first {name}: {reason}",
            count=len(copied.failed),
            name=Path(path).name,
            reason=reason,
        )
        self.notice.emit(Notice(told, failed, "error"))

    def _tell(self, error: AstroviewError) -> None:
        self.progressed.emit(0, 0)
        self.notice.emit(Notice.of(error))


def _write(path: Path, rows: Sequence[FrameRow]) -> None:
    from astroview.core.photometry.table_files import write_stars

    write_stars(path, frame_table(rows))
