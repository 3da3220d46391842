"""Notices when an open file changes or goes on disk; offers to read it again."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from astroview.core.io.paths.plain_paths import is_folder, is_there
from astroview.core.texts import Text
from astroview.ui.documents.document import Document
from astroview.ui.documents.document_store import DocumentStore
from astroview.ui.shell.notice import Notice

QUIET_MS = 700  # a file that is being written, or replaced, is looked at when that is over

Stamp = tuple[int, int, int] | None  # time, size and place of a file; None: it is gone


class FileWatcher(QObject):
    """Watches the files of the open documents. What is shown stays as it is."""

    notice = Signal(object)

    def __init__(self, desk: DocumentStore, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stamps: dict[Path, Stamp] = {}
        self._changed: set[Path] = set()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._look)
        desk.changed.connect(self._opened)
        desk.removed.connect(lambda _: self._forget_closed())

    def _opened(self, document: Document) -> None:
        path = document.frame.path
        if path is not None and path not in self._stamps and "://" not in str(path):
            self._stamps[path] = _stamp(path)
            self._watcher.addPath(str(path))

    def _forget_closed(self) -> None:
        kept = {document.frame.path for document in self._desk.documents.values()}
        for path in [path for path in self._stamps if path not in kept]:
            del self._stamps[path]
            self._watcher.removePath(str(path))

    def _touched(self, name: str) -> None:
        self._changed.add(Path(name))
        self._quiet.start()

    def _look(self) -> None:
        changed, self._changed = self._changed, set()
        for path in sorted(changed & self._stamps.keys()):
            now, before = _stamp(path), self._stamps[path]
            self._stamps[path] = now
            if now is not None and str(path) not in self._watcher.files():
                self._watcher.addPath(str(path))  # it was replaced by another one
            if now != before:
                self._tell(path, gone=now is None)

    def _tell(self, path: Path, gone: bool) -> None:
        if gone:
            hint = "What was read of it stays on screen; save results while it is open."
            self.notice.emit(
                Notice(Text("{name} is no longer on disk.", name=path.name), hint, "error")
            )
            self._wait_for(path)
            return
        reload_ = partial(self._reload, path)
        hint = "The picture may mix old and new samples until it is read again."
        told = Notice(
            Text("{name} changed on disk.", name=path.name), hint, "error", "Reload", reload_
        )
        self.notice.emit(told)

    def _wait_for(self, path: Path) -> None:
        """A file that went may come back: its folder tells."""
        if is_folder(path.parent):
            self._watcher.addPath(str(path.parent))
            self._watcher.directoryChanged.connect(partial(self._came_back, path))

    def _came_back(self, path: Path, _folder: str) -> None:
        if path in self._stamps and self._stamps[path] is None and is_there(path):
            self._touched(str(path))

    def _reload(self, path: Path) -> None:
        for key, document in list(self._desk.documents.items()):
            if document.frame.path == path:
                self._stamps[path] = _stamp(path)
                self._desk.reload(key)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
