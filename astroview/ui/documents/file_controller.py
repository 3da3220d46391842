"""Files in and out of the window: choosing, opening, dropping, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from astroview.core import resources
from astroview.core.atomic_write import never_over
from astroview.core.enhance.trust_level import trusted
from astroview.core.errors import CannotSave
from astroview.core.frame import Frame
from astroview.core.io.fits.fits_choices import FitsChoices
from astroview.core.io.paths.plain_paths import plain
from astroview.core.pixel_values import Values
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.documents.recent_files import RecentFiles
from astroview.ui.documents.saver import Saver
from astroview.ui.documents.session import Selection
from astroview.ui.remembered_choices import RememberedChoices
from astroview.ui.render.display_settings import drawn
from astroview.ui.shell import dialogs
from astroview.ui.shell.action_registry import Commands
from astroview.ui.shell.empty_page import EmptyPage
from astroview.ui.shell.notice import Notice


class FileController(QObject):
    """Asks where files are and where they go.

    Signals
    -------
    notice : `Notice`
    given : paths of files and folders that were chosen or dropped
    dropping : whether files hover over the window
    dropped : (paths, `QPoint` of the window), before they are given
    """

    notice = Signal(object)
    given = Signal(object)
    dropping = Signal(bool)
    dropped = Signal(object, object)

    def __init__(
        self, window: QMainWindow, desk: DocumentStore, saver: Saver, memory: RememberedChoices
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._saver, self._memory = window, desk, saver, memory
        self._selection: Callable[[], Selection | None] = lambda: None
        self._recent = RecentFiles(memory, self)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        desk.opened.connect(self._recent.remember)

    def serve(
        self, commands: Commands, page: EmptyPage, selection: Callable[[], Selection | None]
    ) -> None:
        """Serve the actions that have to do with files, and the page that says how to begin."""
        self._selection = selection
        commands.serve(
            {
                "open": self.choose_files,
                "open_folder": self.choose_folder,
                "sample": self.open_sample,
                "save": self.choose_target,
                "close": self.close_selected,
            }
        )
        page.open_files.connect(self.choose_files)
        page.open_sample.connect(self.open_sample)
        page.cancelled.connect(self._desk.opening.cancel)
        self._desk.opening.standing.connect(page.show_standing)
        self._recent.serve(commands.recent, page, lambda path: self.open([path]))

    def open(self, paths: Sequence[Path]) -> None:
        """Open files and folders in the background."""
        self._desk.open([plain(path) for path in paths])

    def open_sample(self) -> None:
        """Open the bundled sample frame."""
        found = sorted((resources.root() / "samples").glob("*.fits"))
        if found:
            self.open(found[:1])
        else:
            self.notice.emit(
                Notice("The sample frame is missing.", "Install astroview again.", "error")
            )

    def choose_files(self) -> None:
        """Ask for files."""
        self._give(dialogs.choose_files(self._window, self._memory.folder))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = dialogs.choose_folder(self._window, self._memory.folder)
        if folder:
            self._give([folder])

    def _give(self, paths: Sequence[Path]) -> None:
        if paths:
            self.given.emit([plain(path) for path in paths])

    # ---- saving and closing what is selected -----------------------------------------

    def choose_target(self) -> None:
        """Ask where to save what is selected, and save it."""
        chosen = self._selection()
        if chosen is None:
            return
        kept = self._memory
        target = dialogs.choose_target(self._window, _frame(chosen), kept.folder, kept.save_format)
        if target:
            self._memory.keep_target(target.path)
            self.save_as(target.path, target.values)

    def save_as(self, path: Path, values: Values = "auto") -> None:
        """Save what is selected, as displayed, in the background; as sums or means of pixels."""
        chosen = self._selection()
        if chosen:
            try:
                never_over(path, self._desk.originals)
            except CannotSave as problem:
                self.notice.emit(Notice.of(problem))
                return
            view = self._memory.settings.view
            frame = trusted(_frame(chosen), view.trust if view.trust_saved else 0.0)
            own = chosen.result.stretch if chosen.result else None
            shown = own or drawn(chosen.document.display, frame.channels)
            self._saver.save(frame, path, shown, FitsChoices(values))

    def close_selected(self) -> None:
        """Close the selected frame, or discard the selected result."""
        chosen = self._selection()
        if chosen:
            self._desk.remove(chosen.document.key, chosen.result.id if chosen.result else "")

    # ---- dropping ----------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files dropped on the window are given."""
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if _files(event.mimeData()):
                event.acceptProposedAction()
                self.dropping.emit(True)  # noqa: FBT003
            return True
        if event.type() == QEvent.Type.DragLeave:
            self.dropping.emit(False)  # noqa: FBT003
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.dropping.emit(False)  # noqa: FBT003
            self.dropped.emit(_files(event.mimeData()), event.position().toPoint())
            self._give(_files(event.mimeData()))
            event.acceptProposedAction()
            return True
        return False


def _frame(chosen: Selection) -> Frame:
    return chosen.result.frame if chosen.result else chosen.document.frame


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
