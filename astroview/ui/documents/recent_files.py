"""Recent files: remembered when they are opened, offered in the menu and on the empty page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMenu

from astroview.core.io.paths.called_apart import told_apart
from astroview.core.io.paths.plain_paths import plain
from astroview.core.io.paths.temp_folders import stays
from astroview.ui.shell.empty_page import EmptyPage

if TYPE_CHECKING:
    from astroview.ui.documents.document import Document
    from astroview.ui.remembered_choices import RememberedChoices

RECENT_LIMIT = 12


def with_recent(recent: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """The list of recent files with this one first, each once."""
    this = str(plain(path))
    return (this, *(other for other in recent if other != this))[:RECENT_LIMIT]


class RecentFiles(QObject):
    """Keeps the list, and shows it where a file can be chosen from it."""

    def __init__(self, memory: RememberedChoices, parent: QObject) -> None:
        super().__init__(parent)
        self._memory = memory
        self._refresh = QTimer(self, singleShot=True, interval=200)

    def remember(self, document: Document) -> None:
        """A file was opened; one that goes with the window is none to come back to."""
        if stays(document.frame.path):
            self._memory.keep_recent(document.frame.path)
            self._refresh.start()  # once for hundreds of files

    def serve(self, menu: QMenu, page: EmptyPage, open_file: Callable[[Path], None]) -> None:
        """Offer the files in a menu and on a page from now on."""

        def show() -> None:
            files = self._memory.recent
            page.show_recent(files)
            menu.clear()
            names = told_apart([(path.name, path) for path in files])
            for path, name in zip(files, names, strict=True):
                entry = menu.addAction(name, lambda p=path: open_file(p))
                entry.setToolTip(str(path))
            menu.setEnabled(bool(files))

        page.open_recent.connect(open_file)
        self._refresh.timeout.connect(show)
        show()
